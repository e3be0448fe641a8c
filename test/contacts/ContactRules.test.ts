import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ContactRules, ContactRuleType } from "../../src/contacts/ContactRules.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

describe("rules of who may see whom", () => {
  it.effect("are created, listed, changed and deleted", () =>
    Effect.gen(function*() {
      const rules = yield* ContactRules
      const ids = yield* rules.create({
        rules: [
          { rule_type: ContactRuleType.Hidden, range: { partyid: [2] }, whitelist: { userid: ["zhangsan"] } },
          {
            rule_type: ContactRuleType.Nobody,
            range: { tagid: [3] },
            exclude: { partyid: [3] },
            is_allowed_search: true
          }
        ]
      })
      assert.lengthOf(ids, 2)
      const [first = 0, second = 0] = ids
      const listed = yield* rules.list()
      assert.deepStrictEqual(listed.map(({ rule_id, rule_type }) => [rule_id, rule_type]), [[first, 1], [second, 3]])
      assert.deepStrictEqual(listed[1]?.exclude, { partyid: [3] })
      assert.strictEqual(listed[1]?.is_allowed_search, true)
      const [changed] = yield* rules.update({ rules: [{ rule_id: first, whitelist: { userid: ["lisi"] } }] })
      assert.deepStrictEqual(changed?.whitelist, { userid: ["lisi"] })
      assert.deepStrictEqual(changed?.range, { partyid: [2] })
      assert.strictEqual(yield* errcode(rules.update({ rules: [{ rule_id: 1 }] })), 40058)
      yield* rules.delete({ rule_ids: ids })
      assert.deepStrictEqual(yield* rules.list(), [])
      assert.strictEqual(yield* errcode(rules.delete({ rule_ids: ids })), 40058)
    }).pipe(simulated()))

  it.effect("send what the document says", () => {
    const { layer, sent } = canned(() => ({ errcode: 0, rule_ids: [10001] }))
    const rule = {
      rule_type: ContactRuleType.OwnDepartment,
      range: { userid: ["zhangsan"], partyid: [1], tagid: [] },
      is_allowed_search: false
    }
    return Effect.gen(function*() {
      const rules = yield* ContactRules
      assert.deepStrictEqual(yield* rules.create({ rules: [rule] }), [10001])
      assert.deepStrictEqual(sent()[0]?.body, { rules: [rule] })
      yield* rules.list()
      assert.deepStrictEqual(sent()[1]?.body, {})
    }).pipe(Effect.provide(layer))
  })

  it.effect("are refused beyond 100, and beyond the limits of their scopes", () =>
    Effect.gen(function*() {
      const rules = yield* ContactRules
      const rule = { rule_type: ContactRuleType.Hidden, range: { partyid: [2] } }
      assert.deepStrictEqual(yield* refusal(rules.create({ rules: Array.from({ length: 101 }, () => rule) })), [
        "rules: at most 100 items are allowed, got 101"
      ])
      assert.deepStrictEqual(yield* refusal(rules.create({ rules: [] })), ["rules: at least 1 item is needed"])
      const wide = { ...rule, range: { partyid: Array.from({ length: 101 }, (_, id) => id) } }
      assert.deepStrictEqual(yield* refusal(rules.create({ rules: [wide] })), [
        "rules[0].range.partyid: at most 100 items are allowed, got 101"
      ])
    }).pipe(simulated()))
})
