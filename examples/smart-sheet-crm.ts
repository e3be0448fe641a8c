import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, Console, DateTime, Effect, Layer, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Documents, DocumentType } from "effect-wecom/oa/documents"
import {
  Column,
  CurrencyType,
  FilterOperator,
  SmartSheetFields,
  SmartSheetRecords,
  SmartSheets,
  SmartTable
} from "effect-wecom/oa/smart-sheets"

// #region define
/** The customers of a company, as a sheet that sales and programs edit together. */
export const Customers = SmartTable.define({
  name: "客户",
  fields: {
    编号: Column.text,
    名称: Column.text,
    阶段: Column.choice(["线索", "谈判", "成交"]),
    合同金额: Column.optional(Column.currency({ currency_type: CurrencyType.CNY })),
    员工数: Column.optional(Column.number({ decimal_places: 0 })),
    负责人: Column.users,
    下次联系: Column.optional(Column.date())
  }
})
export type Customer = SmartTable.TypeOf<typeof Customers>
// #endregion

/** A smart sheet for it. Keep its `docid`: WeCom tells it only now. */
export const create = Effect.fn("create")(function*() {
  const documents = yield* Documents
  const { docid, url } = yield* documents.create({ doc_type: DocumentType.SmartSheet, doc_name: "客户管理" })
  yield* Console.log(`the customers are at ${url}`)
  return docid
})

// #region sync
/** Brings the sheet up to date with the customers of another system: repeat it as often as you like. */
export const sync = Effect.fn("sync")(function*(docid: string, customers: Iterable<Customer>) {
  const table = yield* Customers.open({ docid }) // adds the sheet and its fields if they are missing
  return yield* table.upsertMany(customers, { key: "编号" })
})
// #endregion

// #region read
/** Large companies that have signed, and their number. */
export const largeAndWon = Effect.fn("largeAndWon")(function*(docid: string, employees: number) {
  const table = yield* Customers.open({ docid })
  return yield* table.all({
    where: [
      { field_title: "阶段", operator: FilterOperator.Is, value: "成交" },
      { field_title: "员工数", operator: FilterOperator.IsGreaterOrEqual, value: employees }
    ]
  }).pipe(Stream.map(({ value }) => value.名称), Stream.runCollect)
})

/** The sum of all contracts, read page by page. */
export const volume = Effect.fn("volume")(function*(docid: string) {
  const table = yield* Customers.open({ docid })
  return yield* table.all().pipe(
    Stream.runFold(() => 0, (sum, { value }) => sum + (value.合同金额 ?? 0))
  )
})
// #endregion

/** What another system would send. */
export const imported = (count: number, next: DateTime.Utc): ReadonlyArray<Customer> =>
  Array.from({ length: count }, (_, i): Customer => ({
    编号: `C${i}`,
    名称: `公司${i}`,
    阶段: i % 10 === 0 ? "成交" : i % 3 === 0 ? "谈判" : "线索",
    合同金额: i % 10 === 0 ? i : undefined,
    员工数: i,
    负责人: ["zhangsan"],
    下次联系: next
  }))

if (import.meta.main) {
  Effect.gen(function*() {
    const docid = yield* Config.String("WECOM_DOCID").pipe(Effect.catch(() => create()))
    yield* Console.log("synced", yield* sync(docid, imported(1_000, yield* DateTime.now)))
    yield* Console.log("large and won", yield* largeAndWon(docid, 990))
    yield* Console.log("volume", yield* volume(docid))
  }).pipe(
    Effect.provide(
      Layer.mergeAll(Documents.layer, SmartSheets.layer, SmartSheetFields.layer, SmartSheetRecords.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
