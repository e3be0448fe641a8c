/** The customers that a brand shares with its dealers, on the simulator; and the chain's own acts and rules. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { dealersOf, membersOf } from "../../examples/chain-customers.ts"
import { Users } from "../../src/contacts/Users.ts"
import { ChainContacts, ChainIdentity, ChainImportStatus } from "../../src/partners/ChainContacts.ts"
import { ChainCustomers } from "../../src/partners/ChainCustomers.ts"
import { ChainRules } from "../../src/partners/ChainRules.ts"
import { CorpGroups } from "../../src/partners/CorpGroups.ts"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import * as ChainActs from "../../src/simulator/areas/partners/ChainActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const dealer = {
  corpId: "wwdealer",
  name: "华东经销商",
  apps: [{ agentId: 1000009, secret: "dealer-secret" }],
  members: [{ userid: "a" }, { userid: "b" }]
}

const simulated = Effect.provide(
  Layer.suspend(() =>
    Layer.mergeAll(ChainContacts.layer, ChainCustomers.layer, ChainRules.layer, CorpGroups.layer, Users.layer).pipe(
      Layer.provideMerge(Simulator.layerTest({ corps: [defaultCorp, dealer] }))
    )
  )
)

/** A chain that the dealer has joined, where the visitor is a customer of both. */
const prepared = Effect.gen(function*() {
  const { world } = yield* Simulator
  const chain_id = yield* ChainActs.create({ name: "经销商" })
  yield* ChainActs.join({ chain_id, member: "wwdealer" })
  yield* ChainActs.shareApp({ agentId: 1000002, member: "wwdealer", memberAgentId: 1000009 })
  yield* addCustomer(world, { unionid: "u1", external_userid: "wm1", followedBy: ["lisi"] })
  yield* addCustomer(world, { corpId: "wwdealer", unionid: "u1", external_userid: "wm2", followedBy: ["a"] })
  return chain_id
})

describe("examples/chain-customers.ts", () => {
  it.effect("finds the dealers that have a visitor as their customer, and calls as they do", () =>
    Effect.gen(function*() {
      yield* prepared
      assert.deepStrictEqual(yield* dealersOf({ unionid: "u1", openid: "o1" }), [
        { corpid: defaultCorp.corpId, external_userid: "wm1", name: undefined },
        { corpid: "wwdealer", external_userid: "wm2", name: "华东经销商" }
      ])
      assert.deepStrictEqual(yield* dealersOf({ unionid: "nobody", openid: "o1" }), [])
      assert.strictEqual(yield* membersOf("wwdealer"), 2)
      assert.strictEqual(yield* membersOf("wwother"), 0)
      const simulator = yield* Simulator
      assert.lengthOf(yield* simulator.calls("/cgi-bin/corpgroup/corp/gettoken"), 1)
    }).pipe(simulated))

  it.effect("calls on after the dealer's token has expired", () =>
    Effect.gen(function*() {
      yield* prepared
      const simulator = yield* Simulator
      assert.strictEqual(yield* membersOf("wwdealer"), 2)
      yield* simulator.expireTokens({ corpId: "wwdealer" })
      assert.strictEqual(yield* membersOf("wwdealer"), 2)
    }).pipe(simulated))
})

describe("a chain of the simulator", () => {
  it.effect("takes in corps by an import, and loses them again", () =>
    Effect.gen(function*() {
      const contacts = yield* ChainContacts
      const chain_id = yield* prepared
      const contact_list = [{
        corp_name: "华北经销商",
        group_path: "华北区/北京市",
        custom_id: "N1",
        contact_info_list: [{ name: "王五", identity_type: ChainIdentity.Principal, mobile: "13000000001" }]
      }]
      const jobid = yield* contacts.import({ chain_id, contact_list })
      assert.strictEqual((yield* contacts.getImport({ jobid })).status, ChainImportStatus.Running)
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual((yield* contacts.getImport({ jobid })).status, ChainImportStatus.Done)
      const groups = yield* contacts.listGroups({ chain_id })
      assert.deepStrictEqual(groups.map(({ group_name, parentid }) => [group_name, parentid]), [
        ["经销商", 0],
        ["华北区", 1],
        ["北京市", 2]
      ])
      const listed = contacts.listCorps({ chain_id, groupid: 3, need_pending: true })
      const [invited] = (yield* listed).group_corps
      assert.isFalse(invited?.is_joined)
      const again = yield* contacts.import({ chain_id, contact_list })
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual((yield* contacts.getImport({ jobid: again })).result?.fail_list[0]?.errcode, 670009)
      yield* contacts.removeCorp({ chain_id, pending_corpid: invited?.pending_corpid ?? "" })
      assert.deepStrictEqual((yield* listed).group_corps, [])
      assert.strictEqual((yield* Effect.flip(contacts.listGroups({ chain_id: "none" }))).errcode, 670002)
    }).pipe(simulated))

  it.effect("keeps rules about those who are there", () =>
    Effect.gen(function*() {
      const rules = yield* ChainRules
      const chain_id = yield* prepared
      const rule_info = { owner_corp_range: { userids: ["lisi"] }, member_corp_range: { corpids: ["wwdealer"] } }
      const rule_id = yield* rules.create({ chain_id, rule_info })
      assert.deepStrictEqual((yield* rules.get({ chain_id, rule_id })).member_corp_range?.corpids, ["wwdealer"])
      yield* rules.update({ chain_id, rule_id, rule_info: { ...rule_info, member_corp_range: { groupids: [1] } } })
      assert.deepStrictEqual((yield* rules.get({ chain_id, rule_id })).member_corp_range?.groupids, [1])
      const wrong = { ...rule_info, member_corp_range: { corpids: ["wwother"] } }
      assert.strictEqual((yield* Effect.flip(rules.create({ chain_id, rule_info: wrong }))).errcode, 670004)
      yield* rules.delete({ chain_id, rule_id })
      assert.deepStrictEqual(yield* rules.listIds({ chain_id }), [])
    }).pipe(simulated))
})
