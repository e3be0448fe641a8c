/** 客户朋友圈规则组管理. */
import { type MomentPrivilege, MomentStrategies, MomentStrategy } from "../../../../customers/MomentStrategies.ts"
import { route } from "../../../engine/Route.ts"
import * as Strategies from "../Strategies.ts"

const { endpoints } = MomentStrategies

/** Everything that is not forbidden is allowed. */
const strategies = Strategies.make<MomentPrivilege>("moment-strategies", (privilege) => ({
  view_moment_list: true,
  send_moment: true,
  manage_moment_cover_and_sign: true,
  ...privilege
}))

export const momentStrategies = [
  route(endpoints.list, strategies.list),
  route(endpoints.get, (call) => new MomentStrategy(strategies.get(call))),
  route(endpoints.listRange, strategies.listRange),
  route(endpoints.create, strategies.create),
  route(endpoints.update, strategies.update),
  route(endpoints.delete, strategies.delete)
]
