/** 通讯录查看权限管理. */
import { ContactRule, ContactRules } from "../../contacts/ContactRules.ts"
import { existing, merged, route } from "../Route.ts"
import { area } from "../World.ts"

const { endpoints } = ContactRules

const rulesOf = area(() => new Map<number, ContactRule>())

export const contactRules = [
  route(endpoints.create, ({ corp, input, world }) =>
    input.rules.map((rule) => {
      const rule_id = 10_000 + world.next()
      rulesOf(corp).set(rule_id, new ContactRule({ ...rule, rule_id }))
      return rule_id
    })),
  route(endpoints.list, ({ corp }) => [...rulesOf(corp).values()]),
  route(endpoints.update, ({ corp, input }) => {
    const rules = rulesOf(corp)
    const changed = input.rules.map(({ rule_type: _, ...rule }) =>
      new ContactRule(merged(existing(rules, rule.rule_id, 40058, "rule_id not found"), rule))
    )
    for (const rule of changed) rules.set(rule.rule_id, rule)
    return changed
  }),
  route(endpoints.delete, ({ corp, input: { rule_ids } }) => {
    const rules = rulesOf(corp)
    for (const id of rule_ids) existing(rules, id, 40058, "rule_id not found")
    for (const id of rule_ids) rules.delete(id)
  })
]
