import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect, Layer, Stream } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { Users } from "effect-wecom/contacts"
import { ChainContacts, ChainCustomers, CorpGroups, CorpGroupType, MemberCorp } from "effect-wecom/partners"

/** Which dealers of the chain have a visitor of the brand's mini program as their customer, with their names. */
export const dealersOf = Effect.fn("dealersOf")(
  function*(visitor: { readonly unionid: string; readonly openid: string }) {
    const customers = yield* ChainCustomers
    const contacts = yield* ChainContacts
    const found = yield* customers.listExternalUserids(visitor)
    const chains = yield* contacts.listChains()
    const names = new Map<string | undefined, string | undefined>()
    for (const { chain_id } of chains) {
      yield* Stream.runForEach(
        contacts.listAllCorps({ chain_id, limit: 100 }),
        ({ corp_name, corpid }) => Effect.sync(() => names.set(corpid, corp_name))
      )
    }
    return found.map(({ corpid, external_userid }) => ({ corpid, external_userid, name: names.get(corpid) }))
  }
)

/** How many members a dealer has: the brand's app is shared with them, and calls there as their own. */
export const membersOf = Effect.fn("membersOf")(function*(corpid: string) {
  const groups = yield* CorpGroups
  const users = yield* Users
  const shared = yield* Stream.runCollect(groups.listAllSharedApps({ corpid, business_type: CorpGroupType.Chain }))
  const agentid = shared[0]?.agentid
  if (agentid === undefined) return 0
  const dealer = yield* MemberCorp.app({ corpid, agentid, business_type: CorpGroupType.Chain })
  const ids = yield* users.listIds({}).pipe(WeComApp.use(dealer))
  return ids.dept_user.length
})

if (import.meta.main) {
  Effect.gen(function*() {
    const unionid = yield* Config.NonEmptyString("UNIONID")
    const openid = yield* Config.NonEmptyString("OPENID")
    for (const { corpid, external_userid, name } of yield* dealersOf({ unionid, openid })) {
      yield* Console.log(`${name ?? corpid}: ${external_userid}, ${yield* membersOf(corpid)} members`)
    }
  }).pipe(
    Effect.provide(
      Layer.mergeAll(ChainContacts.layer, ChainCustomers.layer, CorpGroups.layer, Users.layer).pipe(
        Layer.provideMerge(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET, WECOM_AGENT_ID
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
