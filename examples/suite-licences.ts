import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, Console, DateTime, Effect, Layer, Stream } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { LicenceAccounts, LicenceNeeds, LicenceOrders, LicenceType } from "effect-wecom/licences"

/** What a corp that has installed the suite needs: licences for whom, and for whom soon. */
export const review = Effect.fn("review")(function*(corpid: string, userids: ReadonlyArray<string>) {
  const of = { corpid, type: LicenceType.Base }
  return {
    without: yield* Stream.runCollect(LicenceNeeds.unlicensed(of, Stream.fromIterable(userids))),
    ending: yield* Stream.runCollect(LicenceNeeds.ending({ ...of, within: "30 days" }))
  }
})

/** Gives licences that have been bought to members without one; returns those for whom there was none. */
export const activate = Effect.fn("activate")(
  function*(corpid: string, order_id: string, userids: ReadonlyArray<string>) {
    const orders = yield* LicenceOrders
    const accounts = yield* LicenceAccounts
    const codes = yield* Stream.runCollect(orders.listAllAccounts({ order_id }))
    const active_list = codes.flatMap(({ active_code }, index) => {
      const userid = userids[index]
      return active_code === undefined || userid === undefined ? [] : [{ active_code, userid }]
    })
    if (active_list.length === 0) return userids
    const results = yield* accounts.activateMany({ corpid, active_list })
    const done = new Set(results.filter(({ errcode }) => errcode === 0).map(({ userid }) => userid))
    return userids.filter((userid) => !done.has(userid))
  }
)

if (import.meta.main) {
  const provider = Config.all({
    corpId: Config.NonEmptyString("WECOM_PROVIDER_CORP_ID"),
    providerSecret: Config.Redacted("WECOM_PROVIDER_SECRET")
  }).pipe(Config.map(WeComApp.provider))

  Effect.gen(function*() {
    const corpid = yield* Config.NonEmptyString("CORP")
    const { ending, without } = yield* review(corpid, (yield* Config.String("MEMBERS")).split(","))
    yield* Console.log(`without a licence: ${without.join(", ")}`)
    for (const { expire_time, userid } of ending) {
      yield* Console.log(`${userid} until ${expire_time === undefined ? "?" : DateTime.formatIso(expire_time)}`)
    }
  }).pipe(
    Effect.provide(
      LicenceAccounts.layer.pipe(
        Layer.provide(WeComClient.layerConfig(provider)),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
