/** 客户朋友圈规则组管理. */
import { type MomentPrivilege, MomentStrategies, MomentStrategy } from "../../customers/MomentStrategies.ts"
import type { RangeNode } from "../../customers/StrategyRange.ts"
import { timeOf } from "../Customers.ts"
import { pageOf } from "../Pages.ts"
import { existing, refuse, route } from "../Route.ts"
import { type App, area, type Corp } from "../World.ts"
import { memberOf } from "./Customers.ts"
import { changeRange, checkRange, maxLevels } from "./CustomerStrategies.ts"

const { endpoints } = MomentStrategies

interface Strategy {
  readonly id: number
  readonly owner: App
  readonly parent: Strategy | undefined
  name: string
  /** In milliseconds of the epoch. */
  readonly at: number
  admins: ReadonlyArray<string>
  privilege: MomentPrivilege
  readonly range: Array<RangeNode>
}

const strategiesOf = area(() => new Map<number, Strategy>())

/** The rule group with an id, which the app made. */
const strategyOf = (corp: Corp, app: App, id: number): Strategy => {
  const strategy = existing(strategiesOf(corp), id, 40058, "invalid strategy_id")
  return strategy.owner === app ? strategy : refuse(48002)
}

/** Everything that is not forbidden is allowed. */
const allowed = (privilege: MomentPrivilege): MomentPrivilege => ({
  view_moment_list: true,
  send_moment: true,
  manage_moment_cover_and_sign: true,
  ...privilege
})

export const momentStrategies = [
  route(endpoints.list, ({ app, corp, input }) => {
    const own = [...strategiesOf(corp).values()].filter(({ owner }) => owner === app)
    const { items, next_cursor } = pageOf(own, input.cursor, input.limit ?? 1000)
    return { strategy: items.map(({ id }) => ({ strategy_id: id })), next_cursor }
  }),
  route(endpoints.get, ({ app, corp, input }) => {
    const { admins, at, id, name, parent, privilege } = strategyOf(corp, app, input.strategy_id)
    return new MomentStrategy({
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
