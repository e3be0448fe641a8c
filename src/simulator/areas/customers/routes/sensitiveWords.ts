/** 管理聊天敏感词. */
import { SensitiveWordRule, SensitiveWordRuleSummary, SensitiveWords } from "../../../../customers/SensitiveWords.ts"
import { existing, merged, refuse, route } from "../../../engine/Route.ts"
import { seenDepartment, seenMember, type Viewer } from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { timeOf } from "../../../engine/Times.ts"
import { type App, type Corp } from "../../../engine/World.ts"

const { endpoints } = SensitiveWords

interface Kept {
  /** None once it is deleted. */
  rule: SensitiveWordRule | undefined
  readonly owner: App
}

const rulesOf = State.make("customers/sensitive-words", () => new Map<string, Kept>())

const ruleOf = (corp: Corp, id: string): { readonly kept: Kept; readonly rule: SensitiveWordRule } => {
  const kept = existing(rulesOf(corp), id, 41070)
  return { kept, rule: kept.rule ?? refuse(41071) }
}

/** The rule with an id, which the app made. */
const ownRuleOf = (corp: Corp, app: App, id: string) => {
  const found = ruleOf(corp, id)
  return found.kept.owner === app ? found : refuse(48002)
}

interface Range {
  readonly user_list?: ReadonlyArray<string> | undefined
  readonly department_list?: ReadonlyArray<number> | undefined
}

const check = (viewer: Viewer, range: Range): void => {
  for (const userid of range.user_list ?? []) seenMember(viewer, userid)
  for (const id of range.department_list ?? []) seenDepartment(viewer, id)
}

const unique = (corp: Corp, id: string | undefined, name: string | undefined): void => {
  for (const { rule } of rulesOf(corp).values()) {
    if (rule !== undefined && rule.rule_id !== id && rule.rule_name === name) refuse(41077)
  }
}

const changed = <Item>(
  before: ReadonlyArray<Item> = [],
  added: ReadonlyArray<Item> = [],
  removed: ReadonlyArray<Item> = []
): ReadonlyArray<Item> => [...new Set([...before, ...added])].filter((item) => !removed.includes(item))

const maxRules = 100

const maxUsers = 10_000

const codes = { word_list: 41083, semantics_list: 41084, "extra_rule.semantics_list": 41084 }

export const sensitiveWords = [
  route(endpoints.create, ({ app, corp, input, now, world }) => {
    const { applicable_range, ...rest } = input
    check({ app, corp }, applicable_range)
    unique(corp, undefined, input.rule_name)
    if ([...rulesOf(corp).values()].filter(({ rule }) => rule !== undefined).length >= maxRules) refuse(41069)
    const rule_id = world.id("rule-")
    const rule = new SensitiveWordRule({
      semantics_list: [],
      ...rest,
      rule_id,
      create_time: timeOf(now),
      applicable_range: {
        user_list: applicable_range.user_list ?? [],
        department_list: applicable_range.department_list ?? []
      }
    })
    rulesOf(corp).set(rule_id, { rule, owner: app })
    return rule_id
  }, codes),
  route(endpoints.list, ({ corp }) =>
    [...rulesOf(corp).values()].flatMap(({ rule }) =>
      rule === undefined ? [] : [
        new SensitiveWordRuleSummary({
          rule_id: rule.rule_id,
          rule_name: rule.rule_name,
          create_time: rule.create_time
        })
      ]
    )),
  route(endpoints.get, ({ corp, input }) => ruleOf(corp, input.rule_id).rule),
  route(endpoints.update, ({ app, corp, input }) => {
    const { kept, rule } = ownRuleOf(corp, app, input.rule_id)
    const { add_applicable_range = {}, extra_rule, remove_applicable_range = {}, word_list = [], ...rest } = input
    check({ app, corp }, add_applicable_range)
    unique(corp, rule.rule_id, input.rule_name)
    const applicable_range = {
      user_list: changed(
        rule.applicable_range?.user_list,
        add_applicable_range.user_list,
        remove_applicable_range.user_list
      ),
      department_list: changed(
        rule.applicable_range?.department_list,
        add_applicable_range.department_list,
        remove_applicable_range.department_list
      )
    }
    if (applicable_range.user_list.length > maxUsers) refuse(41076)
    kept.rule = new SensitiveWordRule(merged(rule, {
      ...rest,
      applicable_range,
      word_list: word_list.length === 0 ? undefined : word_list,
      semantics_list: extra_rule?.semantics_list
    }))
  }, codes),
  route(endpoints.delete, ({ app, corp, input }) => {
    ownRuleOf(corp, app, input.rule_id).kept.rule = undefined
  })
]
