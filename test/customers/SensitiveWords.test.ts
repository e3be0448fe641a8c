import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { InterceptSemantics, InterceptType, SensitiveWords } from "../../src/customers/SensitiveWords.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

const rule = {
  rule_name: "返现",
  word_list: ["返现", "刷单"],
  intercept_type: InterceptType.Block,
  applicable_range: { user_list: ["zhangsan"] }
} as const

describe("sensitive words", () => {
  it.effect("are kept in rules", () =>
    Effect.gen(function*() {
      const words = yield* SensitiveWords
      const rule_id = yield* words.create({ ...rule, semantics_list: [InterceptSemantics.Mobile] })
      assert.deepStrictEqual((yield* words.list()).map(({ rule_id, rule_name }) => [rule_id, rule_name]), [
        [rule_id, "返现"]
      ])
      yield* words.update({
        rule_id,
        word_list: [],
        extra_rule: { semantics_list: [] },
        intercept_type: InterceptType.Warn,
        add_applicable_range: { department_list: [3] }
      })
      const kept = yield* words.get({ rule_id })
      assert.deepStrictEqual([kept.word_list, kept.semantics, kept.intercept_type, kept.applicable_range], [
        ["返现", "刷单"],
        [],
        InterceptType.Warn,
        { user_list: ["zhangsan"], department_list: [3] }
      ])
      assert.strictEqual(yield* errcode(words.create(rule)), 41077)
      yield* words.delete({ rule_id })
      assert.strictEqual(yield* errcode(words.get({ rule_id })), 41071)
    }).pipe(simulated))

  it.effect("come with their semantics wherever a server has them", () =>
    Effect.gen(function*() {
      for (const where of [{ semantics_list: [1, 3] }, { extra_rule: { semantics_list: [1, 3] } }]) {
        const { layer } = canned(() => ({ errcode: 0, rule: { rule_id: 1, rule_name: "返现", ...where } }))
        const kept = yield* Effect.provide(SensitiveWords.use((words) => words.get({ rule_id: "1" })), layer)
        assert.deepStrictEqual([kept.rule_id, kept.semantics], ["1", [1, 3]])
      }
    }))

  it.effect("refuse rules for nobody, and words that are empty or too long, before anything is sent", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const words = yield* SensitiveWords
      const named = "POST /cgi-bin/externalcontact/add_intercept_rule | "
      assert.strictEqual(
        // @ts-expect-error: to whom it applies
        yield* refusal(words.create({ ...rule, applicable_range: {} })),
        `${named}applicable_range.user_list: at least one of user_list, department_list is needed`
      )
      assert.strictEqual(
        yield* refusal(words.create({ ...rule, word_list: ["好", ""] })),
        `${named}word_list[1]: must not be blank`
      )
      assert.strictEqual(
        yield* refusal(words.create({ ...rule, word_list: ["字".repeat(33)] })),
        `${named}word_list[0]: at most 32 characters are allowed, got 33`
      )
      assert.strictEqual(
        yield* refusal(words.create({ ...rule, intercept_type: 3 })),
        `${named}intercept_type: expected one of 1, 2`
      )
      assert.deepStrictEqual(bodies(), [])
    }).pipe(Effect.provide(layer))
  })
})
