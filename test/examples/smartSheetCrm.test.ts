/**
 * `examples/smart-sheet-crm.ts`: in one process with 10,000 customers, and as a program against a simulator over HTTP.
 */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted } from "effect"
import { HttpServer } from "effect/http"
import { create, imported, largeAndWon, sync, volume } from "../../examples/smart-sheet-crm.ts"
import { Documents } from "../../src/oa/documents/Documents.ts"
import { SmartSheetFields } from "../../src/oa/smart-sheets/SmartSheetFields.ts"
import { SmartSheetRecords } from "../../src/oa/smart-sheets/SmartSheetRecords.ts"
import { SmartSheets } from "../../src/oa/smart-sheets/SmartSheets.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { run } from "./child.ts"

const wecom = Layer.mergeAll(Documents.layer, SmartSheets.layer, SmartSheetFields.layer, SmartSheetRecords.layer).pipe(
  Layer.provideMerge(Simulator.layerTest())
)

const records = (name: string) =>
  Effect.flatMap(Simulator, ({ calls }) => calls(`/cgi-bin/wedoc/smartsheet/${name}_records`))

describe("examples/smart-sheet-crm.ts", () => {
  it.effect("keeps 10,000 customers up to date within the limits, filters and sums them", () =>
    Effect.gen(function*() {
      const docid = yield* create()
      const customers = imported(10_000, DateTime.makeUnsafe("2026-12-01T02:00:00Z"))
      assert.deepStrictEqual(yield* sync(docid, customers), { added: 10_000, updated: 0, unchanged: 0 })
      assert.lengthOf(yield* records("add"), 20)
      const changed = customers.map((customer, i) => i < 700 ? { ...customer, 名称: "改名" } : customer)
      assert.deepStrictEqual(yield* sync(docid, changed), { added: 0, updated: 700, unchanged: 9_300 })
      assert.lengthOf(yield* records("update"), 2)
      assert.deepStrictEqual(yield* largeAndWon(docid, 9_980), ["公司9980", "公司9990"])
      assert.strictEqual(yield* volume(docid), customers.reduce((sum, customer) => sum + (customer.合同金额 ?? 0), 0))
    }).pipe(Effect.provide(wecom)))

  it.live("runs as a program", () =>
    Effect.gen(function*() {
      const [{ secret } = assert.fail("the simulated corp has no app")] = defaultCorp.apps
      const url = yield* HttpServer.addressFormattedWith(Effect.succeed)
      const { code, output } = yield* run("examples/smart-sheet-crm.ts", {
        WECOM_BASE_URL: url,
        WECOM_CORP_ID: defaultCorp.corpId,
        WECOM_CORP_SECRET: Redacted.isRedacted(secret) ? Redacted.value(secret) : secret
      })
      assert.strictEqual(code, 0, output)
      assert.match(output, /added: 1000/)
      assert.match(output, /公司990/)
    }).pipe(Effect.provide(SimulatorServer.layer({ corps: [defaultCorp] }))))
})
