/**
 * Rule groups: those of 客户联系 and those of 客户朋友圈 are alike but for what they allow.
 */
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { RangeNode, ShownRangeNode } from "./StrategyRange.ts"

/** What a rule group has, but for what it allows. */
export const strategyFields = {
  strategy_id: Wire.int,
  ...Wire.optionals({
    /** The rule group above; 0 for none. */
    parent_id: Wire.int,
    strategy_name: Schema.String,
    create_time: Wire.time
  }),
  /** Userids of the administrators. */
  admin_list: Wire.list(Schema.String)
}

/** One page of ids of rule groups. */
export class StrategyPage extends Schema.Opaque<StrategyPage>()(
  Schema.Struct({
    strategy: Wire.list(Schema.Struct({ strategy_id: Wire.int })),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** One page of the members and departments of a rule group. */
export class StrategyRangePage extends Schema.Opaque<StrategyRangePage>()(
  Schema.Struct({ range: Wire.list(ShownRangeNode), next_cursor: Wire.optional(Schema.String) })
) {}

/** The endpoints of rule groups; a call that changes one may name `nodes` members and departments. */
export const strategyEndpoints = <Strategy extends Endpoint.AnyCodec, Privilege extends Endpoint.AnyCodec>(
  kind: "customer_strategy" | "moment_strategy",
  doc: number,
  strategy: Strategy,
  privilege: Privilege,
  nodes: number
) => {
  const path = `/cgi-bin/externalcontact/${kind}`
  const list = Endpoint.query(`${path}/list`, doc, () => ({
    body: page(),
    success: StrategyPage
  }))
  const listRange = Endpoint.query(`${path}/get_range`, doc, () => ({
    body: { strategy_id: Wire.int, ...page() },
    success: StrategyRangePage
  }))
  return {
    list,
    listAll: Paging.byCursor(list, "strategy"),
    get: Endpoint.query(`${path}/get`, doc, () => ({
      body: { strategy_id: Wire.int },
      success: Endpoint.pluck("strategy", strategy)
    })),
    listRange,
    listAllRange: Paging.byCursor(listRange, "range"),
    create: Endpoint.post(`${path}/create`, doc, () => ({
      body: { ...newStrategy(nodes), privilege: Wire.optional(privilege) },
      success: Endpoint.pluck("strategy_id", Wire.int)
    })),
    update: Endpoint.post(`${path}/edit`, doc, () => ({
      body: { ...strategyChange(nodes), privilege: Wire.optional(privilege) }
    })),
    delete: Endpoint.post(`${path}/del`, doc, () => ({ body: { strategy_id: Wire.int } }))
  }
}

const page = () => ({
  ...Wire.optionals({
    /** Items of a page: 1 to 1000. Default: 1000. */
    limit: Wire.intBetween(1, 1000),
    cursor: Schema.String
  })
})

/** A new rule group but for what it allows; a call may name `nodes` members and departments. */
export const newStrategy = (nodes: number) => ({
  /** The rule group above; 0 or left out for none. */
  parent_id: Wire.optional(Wire.int),
  strategy_name: Wire.filledText,
  /** 1 to 20 userids. */
  admin_list: Wire.items(Wire.filledText, 20, 1),
  range: Wire.items(RangeNode, nodes, 1)
})

/** What changes of a rule group but for what it allows; a call may name `nodes` members and departments. */
export const strategyChange = (nodes: number) => ({
  strategy_id: Wire.int,
  ...Wire.optionals({
    strategy_name: Schema.String,
    /** At most 20 userids. */
    admin_list: Wire.items(Wire.filledText, 20),
    range_add: Wire.items(RangeNode, nodes),
    range_del: Wire.items(RangeNode, nodes)
  })
})
