import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"
import { Agents } from "../../src/apps/Agents.ts"
import { ChainContacts, ChainIdentity, ChainImportOutcome } from "../../src/partners/ChainContacts.ts"
import { ChainCustomers } from "../../src/partners/ChainCustomers.ts"
import { ChainRules } from "../../src/partners/ChainRules.ts"
import { CorpGroups, CorpGroupType } from "../../src/partners/CorpGroups.ts"
import { canned, refusal } from "../oa/support.ts"

describe("corps that an app is shared with", () => {
  it.effect("come page after page, until the answer says that it ends", () => {
    const { run, sent } = canned(CorpGroups.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? { ending: 0, next_cursor: "c", corp_list: [{ corpid: "ww2", agentid: 1111 }] }
        : { ending: 1, next_cursor: "d", corp_list: [{ corpid: "ww3", agentid: "1112" }] }
    })
    return Effect.gen(function*() {
      const groups = yield* CorpGroups
      const found = yield* Stream.runCollect(
        groups.listAllSharedApps({ business_type: CorpGroupType.Chain, limit: 1 })
      )
      assert.deepStrictEqual(found.map(({ agentid, corpid }) => [corpid, agentid]), [["ww2", 1111], ["ww3", 1112]])
      assert.deepStrictEqual(sent()[0], { agentid: 1000002, business_type: 1, limit: 1 })
      assert.strictEqual(sent().length, 2)
    }).pipe(run)
  })

  it.effect("give tokens and sessions that are not printed", () => {
    const { run, sent } = canned(
      CorpGroups.layer,
      ({ path }) =>
        path.endsWith("transfer_session")
          ? { userid: "abcdef", session_key: "session2" }
          : { access_token: "token2", expires_in: 7200 }
    )
    return Effect.gen(function*() {
      const groups = yield* CorpGroups
      const token = yield* groups.getToken({ corpid: "ww2", agentid: 1111 })
      assert.strictEqual(Redacted.value(token.access_token), "token2")
      assert.notInclude(JSON.stringify(token), "token2")
      const session = yield* groups.transferSession({ userid: "wm1", session_key: Redacted.make("session1") })
      assert.strictEqual(Redacted.value(session.session_key), "session2")
      assert.deepStrictEqual(sent().at(-1), { userid: "wm1", session_key: "session1" })
    }).pipe(run)
  })
})

const person = { name: "张三", identity_type: ChainIdentity.Principal, mobile: "13000000001" }
const corp = { corp_name: "飞飞培训学校", contact_info_list: [person] }

describe("chains", () => {
  it.effect("take in only what WeCom allows", () => {
    const { calls, run } = canned(ChainContacts.layer)
    return Effect.gen(function*() {
      const contacts = yield* ChainContacts
      const says = (...contact_list: ReadonlyArray<typeof corp>) =>
        refusal(contacts.import({ chain_id: "C", contact_list }))
      const people = (count: number, wrong: object = {}) =>
        Array.from({ length: count }, () => ({ ...person, ...wrong }))
      const members = (count: number) => people(count, { identity_type: ChainIdentity.Member })
      const at = "contact_list[0].contact_info_list"
      assert.deepStrictEqual(yield* says({ ...corp, corp_name: "a/b" }), [
        "contact_list[0].corp_name: only Chinese, letters, digits, spaces and -_()（） are allowed"
      ])
      assert.deepStrictEqual(yield* says({ ...corp, contact_info_list: people(6) }), [
        `${at}: at most 5 principals are allowed`
      ])
      assert.deepStrictEqual(yield* says({ ...corp, contact_info_list: members(201) }), [
        `${at}: at most 200 items are allowed, got 201`
      ])
      const large = { ...corp, contact_info_list: members(200) }
      assert.deepStrictEqual(yield* says(...Array.from({ length: 11 }, () => large)), [
        "contact_list: at most 2000 people are allowed, got 2200"
      ])
      for (const user_custom_id of ["0100", "13000000001", "1234567890123", "18446744073709551615", "a"]) {
        assert.deepStrictEqual(yield* says({ ...corp, contact_info_list: people(1, { user_custom_id }) }), [
          `${at}[0].user_custom_id: expected a number from 1 to 2^64 - 2 without a leading 0, not of 11 or 13 digits`
        ])
      }
      assert.deepStrictEqual(
        // The type asks for one of the two.
        yield* refusal(contacts.removeCorp({ chain_id: "C" } as never)),
        ["corpid: at least one of corpid, pending_corpid is needed"]
      )
      assert.deepStrictEqual(calls(), [])
    }).pipe(run)
  })

  it.effect("tell what of an import failed, and list their corps", () => {
    const { run } = canned(ChainContacts.layer, ({ body, path }) => {
      if (path.endsWith("getresult")) {
        const fail_list = [{ corp_name: "甲", errcode: 670016, contact_info_list: [{ mobile: "1", errcode: 670016 }] }]
        return { status: 3, result: { chain_id: "C", import_status: 2, fail_list } }
      }
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? { has_more: true, next_cursor: "c", group_corps: [{ corpid: "ww2", is_joined: 1 }] }
        : { has_more: 0, group_corps: [{ pending_corpid: "p3", is_joined: false, groupid: "2" }] }
    })
    return Effect.gen(function*() {
      const contacts = yield* ChainContacts
      const { result } = yield* contacts.getImport({ jobid: "J" })
      assert.strictEqual(result?.import_status, ChainImportOutcome.Some)
      assert.deepStrictEqual(result?.fail_list.map(({ contact_info_list }) => contact_info_list[0]?.mobile), ["1"])
      const corps = yield* Stream.runCollect(contacts.listAllCorps({ chain_id: "C", need_pending: true, limit: 1 }))
      assert.deepStrictEqual(corps.map(({ corpid, is_joined }) => [corpid, is_joined]), [
        ["ww2", true],
        [undefined, false]
      ])
    }).pipe(run)
  })

  it.effect("have rules about somebody, for somebody", () => {
    const { run, sent } = canned(ChainRules.layer, () => ({ rule_id: 1 }))
    return Effect.gen(function*() {
      const rules = yield* ChainRules
      const rule_info = { owner_corp_range: { userids: ["zhangsan"] }, member_corp_range: { groupids: [2] } }
      assert.strictEqual(yield* rules.create({ chain_id: "C", rule_info }), 1)
      assert.deepStrictEqual(sent(), [{ chain_id: "C", rule_info }])
      const nobody = { ...rule_info, member_corp_range: { corpids: [] } }
      assert.deepStrictEqual(yield* refusal(rules.update({ chain_id: "C", rule_id: 1, rule_info: nobody })), [
        "rule_info.member_corp_range.groupids: at least one of groupids, corpids is needed"
      ])
    }).pipe(run)
  })

  it.effect("connect visitors of a brand with customers", () => {
    const { run, sent } = canned(
      Layer.mergeAll(ChainCustomers.layer, Agents.layer),
      ({ path }) =>
        path.endsWith("unionid_to_pending_id")
          ? { pending_id: "p1" }
          : { external_userid_info: [{ corpid: "ww2", external_userid: "wm2" }] }
    )
    return Effect.gen(function*() {
      const customers = yield* ChainCustomers
      const visitor = { unionid: "u", openid: "o" }
      assert.strictEqual(yield* customers.convertUnionidToPendingId(visitor), "p1")
      const ids = yield* customers.listExternalUserids({ ...visitor, mass_call_ticket: Redacted.make("ticket") })
      assert.deepStrictEqual(ids.map(({ corpid, external_userid }) => [corpid, external_userid]), [["ww2", "wm2"]])
      const external_userid = Array.from({ length: 101 }, () => "wm")
      assert.deepStrictEqual(yield* refusal(customers.listPendingIds({ external_userid })), [
        "external_userid: at most 100 items are allowed, got 101"
      ])
      const agents = yield* Agents
      yield* agents.claimCustomizedApp({ suite_access_token: Redacted.make("suite") })
      assert.deepStrictEqual(sent().at(-1), { suite_access_token: "suite" })
    }).pipe(run)
  })
})
