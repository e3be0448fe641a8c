/** 通讯录查看权限管理. */
import { ContactRule, ContactRules } from "../../../../contacts/ContactRules.ts"
import * as Collection from "../../../engine/Collection.ts"
import { merged, route } from "../../../engine/Route.ts"

const { endpoints } = ContactRules

const rules = Collection.make<ContactRule, number>("contacts/rules", {
  id: (world) => 10_000 + world.next(),
  missing: 40058,
  message: "rule_id not found"
})

export const contactRules = [
  route(
    endpoints.create,
    (call) =>
      call.input.rules.map((rule) => rules.add(call, (rule_id) => new ContactRule({ ...rule, rule_id })).rule_id)
  ),
  route(endpoints.list, (call) => rules.list(call)),
  route(endpoints.update, (call) => {
    for (const { rule_id } of call.input.rules) rules.get(call, rule_id)
    return call.input.rules.map(({ rule_type: _, ...rule }) =>
      rules.update(call, rule.rule_id, (before) => new ContactRule(merged(before, rule)))
    )
  }),
  route(endpoints.delete, (call) => {
    const { rule_ids } = call.input
    for (const id of rule_ids) rules.get(call, id)
    for (const id of rule_ids) rules.remove(call, id)
  })
]
