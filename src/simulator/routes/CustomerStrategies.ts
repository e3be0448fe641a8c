/** 客户联系规则组管理. */
import { CustomerStrategies, CustomerStrategy, type StrategyPrivilege } from "../../customers/CustomerStrategies.ts"
import type { RangeNode } from "../../customers/StrategyRange.ts"
import { timeOf } from "../Customers.ts"
import { pageOf } from "../Pages.ts"
import { existing, refuse, route } from "../Route.ts"
import { type App, area, type Corp } from "../World.ts"
import { memberOf } from "./Customers.ts"
import { departmentsUnder } from "./Departments.ts"

const { endpoints } = CustomerStrategies

/** A rule group, as it is kept. */
export interface Strategy {
  readonly id: number
  readonly owner: App
  readonly parent: Strategy | undefined
  name: string
  /** In milliseconds of the epoch. */
  readonly at: number
  admins: ReadonlyArray<string>
  privilege: typeof StrategyPrivilege.Type
  readonly range: Array<RangeNode>
}

const strategiesOf = area(() => new Map<number, Strategy>())

/** The rule group with an id, which the app made. */
export const strategyOf = (corp: Corp, app: App, id: number): Strategy => {
  const strategy = existing(strategiesOf(corp), id, 40058, "invalid strategy_id")
  return strategy.owner === app ? strategy : refuse(48002)
}

/** Whether a rule group is for a member. */
export const covers = (corp: Corp, strategyId: number, userid: string): boolean => {
  const strategy = strategiesOf(corp).get(strategyId)
  return strategy !== undefined && covered(corp, strategy.range, { type: 1, userid })
}

/** Whether a range has a node in it. */
const covered = (corp: Corp, range: ReadonlyArray<RangeNode>, node: RangeNode): boolean => {
  const departments = node.type === 2 ? [node.partyid] : memberOf(corp, node.userid).user.department
  return range.some((other) =>
    other.type === 1
      ? node.type === 1 && other.userid.toLowerCase() === node.userid.toLowerCase()
      : departmentsUnder(corp, other.partyid).some(({ id }) => departments.includes(id))
  )
}

/** How many levels of rule groups there may be. */
export const maxLevels = 5

/** Checks that the nodes of a range are there, and part of the range above. */
export const checkRange = (
  corp: Corp,
  parent: { readonly range: ReadonlyArray<RangeNode> } | undefined,
  range: ReadonlyArray<RangeNode>
): void => {
  for (const node of range) {
    if (node.type === 1) memberOf(corp, node.userid)
    else existing(corp.departments, node.partyid, 60003)
    if (parent !== undefined && !covered(corp, parent.range, node)) {
      refuse(40058, "range is not part of that of the parent")
    }
  }
}

const sameNode = (a: RangeNode, b: RangeNode): boolean =>
  a.type === 1
    ? b.type === 1 && a.userid.toLowerCase() === b.userid.toLowerCase()
    : b.type === 2 && a.partyid === b.partyid

const maxRange = 3000

/** Removes nodes from a range, then adds others. */
export const changeRange = (
  range: Array<RangeNode>,
  removed: ReadonlyArray<RangeNode>,
  added: ReadonlyArray<RangeNode>
): void => {
  const kept = range.filter((node) => !removed.some((other) => sameNode(node, other)))
  const fresh = added.filter((node) => !kept.some((other) => sameNode(node, other)))
  if (kept.length + fresh.length > maxRange) refuse(81017)
  range.splice(0, range.length, ...kept, ...fresh)
}

/** Everything that is not forbidden is allowed; the first five cannot be forbidden. */
const allowed = (privilege: typeof StrategyPrivilege.Type = {}): typeof StrategyPrivilege.Type => ({
  share_customer: true,
  oper_resign_customer: true,
  oper_resign_group: true,
  send_customer_msg: true,
  edit_welcome_msg: true,
  view_behavior_data: true,
  view_room_data: true,
  send_group_msg: true,
  room_deduplication: true,
  rapid_reply: true,
  onjob_customer_transfer: true,
  edit_anti_spam_rule: true,
  export_customer_list: true,
  export_customer_data: true,
  export_customer_group_list: true,
  manage_customer_tag: true,
  ...privilege,
  view_customer_list: true,
  view_customer_data: true,
  view_room_list: true,
  contact_me: true,
  join_room: true
})

export const customerStrategies = [
  route(endpoints.list, ({ app, corp, input }) => {
    const own = [...strategiesOf(corp).values()].filter(({ owner }) => owner === app)
    const { items, next_cursor } = pageOf(own, input.cursor, input.limit ?? 1000)
    return { strategy: items.map(({ id }) => ({ strategy_id: id })), next_cursor }
  }),
  route(endpoints.get, ({ app, corp, input }) => {
    const { admins, at, id, name, parent, privilege } = strategyOf(corp, app, input.strategy_id)
    return new CustomerStrategy({
      strategy_id: id,
      parent_id: parent?.id ?? 0,
      strategy_name: name,
      create_time: timeOf(at),
      admin_list: admins,
      privilege: parent?.privilege ?? privilege
    })
  }),
  route(endpoints.getRange, ({ app, corp, input }) => {
    const { range } = strategyOf(corp, app, input.strategy_id)
    const { items, next_cursor } = pageOf(range, input.cursor, input.limit ?? 1000)
    return { range: items, next_cursor }
  }),
  route(endpoints.create, ({ app, corp, input, now, world }) => {
    const parent = input.parent_id ? strategyOf(corp, app, input.parent_id) : undefined
    let levels = 1
    for (let above = parent; above !== undefined; above = above.parent) levels += 1
    if (levels > maxLevels) refuse(40058, `at most ${maxLevels} levels`)
    for (const userid of input.admin_list) memberOf(corp, userid)
    checkRange(corp, parent, input.range)
    const id = world.next()
    strategiesOf(corp).set(id, {
      id,
      owner: app,
      parent,
      name: input.strategy_name,
      at: now,
      admins: input.admin_list,
      privilege: allowed(input.privilege),
      range: [...input.range]
    })
    return id
  }),
  route(endpoints.update, ({ app, corp, input }) => {
    const strategy = strategyOf(corp, app, input.strategy_id)
    const { admin_list = [], range_add = [], range_del = [] } = input
    for (const userid of admin_list) memberOf(corp, userid)
    checkRange(corp, strategy.parent, range_add)
    changeRange(strategy.range, range_del, range_add)
    if (admin_list.length > 0) strategy.admins = admin_list
    if (input.privilege !== undefined) strategy.privilege = allowed(input.privilege)
    strategy.name = input.strategy_name ?? strategy.name
  }),
  route(endpoints.delete, ({ app, corp, input }) => {
    strategyOf(corp, app, input.strategy_id)
    strategiesOf(corp).delete(input.strategy_id)
  })
]
