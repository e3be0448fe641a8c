/** 客户联系规则组管理. */
import {
  CustomerStrategies,
  CustomerStrategy,
  type StrategyPrivilege
} from "../../../../customers/CustomerStrategies.ts"
import { route } from "../../../engine/Route.ts"
import * as Strategies from "../Strategies.ts"

const { endpoints } = CustomerStrategies

/** The rule groups of customers: everything that is not forbidden is allowed; the last five cannot be forbidden. */
export const strategies = Strategies.make<typeof StrategyPrivilege.Type>("customer-strategies", (privilege) => ({
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
}))

export const customerStrategies = [
  route(endpoints.list, strategies.list),
  route(endpoints.get, (call) => new CustomerStrategy(strategies.get(call))),
  route(endpoints.listRange, strategies.listRange),
  route(endpoints.create, strategies.create),
  route(endpoints.update, strategies.update),
  route(endpoints.delete, strategies.delete)
]
