import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Array, Config, Console, DateTime, Effect, Layer, Stream } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { LicenceAccounts, LicenceNeeds, LicenceOrders, LicenceStatus, LicenceType } from "effect-wecom/licences"

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
    // Those that nobody has yet: WeCom takes 1,000 at once.
    const free = yield* orders.listAllAccounts({ order_id }).pipe(
      Stream.flatMap(({ active_code }) => Stream.fromIterable(Array.fromNullishOr(active_code))),
      Stream.grouped(1000),
      Stream.mapEffect((active_code_list) => accounts.getMany({ corpid, active_code_list })),
      Stream.flatMap(({ active_info_list }) => Stream.fromIterable(active_info_list)),
      Stream.filter(({ status }) => status === LicenceStatus.Unbound),
      Stream.map(({ active_code }) => active_code),
      Stream.take(userids.length),
      Stream.runCollect
    )
    const pairs = Array.zipWith(free, userids, (active_code, userid) => ({ active_code, userid }))
    const done = new Set<string>()
    for (const active_list of Array.chunksOf(pairs, 1000)) {
      for (const { errcode, userid } of yield* accounts.activateMany({ corpid, active_list })) {
        if (errcode === 0 && userid !== undefined) done.add(userid)
      }
    }
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
