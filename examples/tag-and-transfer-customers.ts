import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Array, Effect, Layer, Stream } from "effect"
import { PartialResult, TokenCache, WeComClient, WeComError } from "effect-wecom"
import { Customers, CustomerTags, CustomerTransfers, CustomerTransferStatus } from "effect-wecom/customers"

/** The id of a tag of the corp, which is made where there is none. */
const tagId = Effect.fn("tagId")(function*(group_name: string, name: string) {
  const tags = yield* CustomerTags
  const groups = yield* tags.list()
  const found = groups.find((group) => group.group_name === group_name)?.tag.find((tag) => tag.name === name)
  if (found !== undefined) return found.id
  const { tag: [made] } = yield* tags.create({ group_name, tag: [{ name }] })
  return yield* Effect.fromNullishOr(made?.id)
})

/** Puts a tag on every customer of a member. Says how many. */
export const tagCustomers = Effect.fn("tagCustomers")(function*(userid: string, group: string, tag: string) {
  const customers = yield* Customers
  const tags = yield* CustomerTags
  const id = yield* tagId(group, tag)
  return yield* customers.listAllByUsers({ userid_list: [userid], limit: 100 }).pipe(
    Stream.filter(({ follow_info }) => !follow_info.tag_id.includes(id)),
    Stream.mapEffect(
      ({ external_contact: { external_userid } }) => tags.mark({ userid, external_userid, add_tag: [id] }),
      { concurrency: 5 }
    ),
    Stream.runCount
  )
})

/** Starts handing every customer of a member who stays over to another. Returns those for whom it failed. */
export const handOver = Effect.fn("handOver")(function*(handover_userid: string, takeover_userid: string) {
  const customers = yield* Customers
  const transfers = yield* CustomerTransfers
  const ids = yield* customers.list({ userid: handover_userid }).pipe(
    WeComError.catchCode(84061, () => Effect.succeed([])) // a member without customers
  )
  const answers = yield* Effect.forEach(
    Array.chunksOf(ids, 100),
    (external_userid) => transfers.transfer({ handover_userid, takeover_userid, external_userid })
  )
  const failed = PartialResult.failures(answers.flat())
  for (const { errcode, external_userid, label } of failed) {
    yield* Effect.logWarning(`${external_userid} stays with ${handover_userid}: ${errcode} ${label ?? ""}`)
  }
  return failed
})

/** The same for the customers of members who left; fails if any customer is refused. */
export const handOverUnassigned = Effect.fn("handOverUnassigned")(function*(takeover_userid: string) {
  const transfers = yield* CustomerTransfers
  // Collected first, as the list shrinks while its customers are handed over.
  const unassigned = yield* Stream.runCollect(transfers.listAllUnassigned())
  for (const [handover_userid, customers] of Map.groupBy(unassigned, (customer) => customer.handover_userid)) {
    yield* Effect.forEach(
      Array.chunksOf(customers.map((customer) => customer.external_userid), 100),
      (external_userid) =>
        PartialResult.failOnPartial(
          transfers.transferResigned({ handover_userid, takeover_userid, external_userid })
        ),
      { discard: true }
    )
  }
  return unassigned.length
})

/** How handing over stands: how many customers are in which state. It takes 24 hours, and customers may refuse. */
export const progress = Effect.fn("progress")(function*(handover_userid: string, takeover_userid: string) {
  const transfers = yield* CustomerTransfers
  return yield* Stream.concat(
    transfers.listAllResults({ handover_userid, takeover_userid }),
    transfers.listAllResignedResults({ handover_userid, takeover_userid })
  ).pipe(
    Stream.runFold(
      (): Record<string, number> => ({}),
      (counts, { status }) => {
        const label = CustomerTransferStatus.label(status) ?? `${status}`
        return { ...counts, [label]: (counts[label] ?? 0) + 1 }
      }
    )
  )
})

if (import.meta.main) {
  Effect.gen(function*() {
    yield* Effect.log("tagged", yield* tagCustomers("zhangsan", "交接", "2026"))
    yield* Effect.log("not handed over", yield* handOver("zhangsan", "lisi"))
    yield* Effect.log("without anybody", yield* handOverUnassigned("lisi"))
    yield* Effect.log("progress", yield* progress("zhangsan", "lisi"))
  }).pipe(
    Effect.provide(
      Layer.mergeAll(Customers.layer, CustomerTags.layer, CustomerTransfers.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
