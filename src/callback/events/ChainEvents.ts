/**
 * 上下游事件: the corp's chain of partners upstream and downstream. What the app of 上下游 did itself is not told.
 *
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

const chain = () => ({ ChainId: Schema.String })

const groups = () => ({ ...chain(), GroupIds: CallbackWire.wrapped("GroupId", Wire.int) })

/** Corps that have joined already. */
const corps = () => ({ ...chain(), CorpIds: CallbackWire.wrapped("CorpId", Schema.String) })

/**
 * 创建上下游空间事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainCreated extends Event<ChainCreated>()("event/change_chain/create_chain", () => ({
  ...groups(),
  ...corps()
})) {}

/**
 * 更新上下游空间事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainUpdated extends Event<ChainUpdated>()("event/change_chain/update_chain", chain) {}

/**
 * 删除上下游空间事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainDeleted extends Event<ChainDeleted>()("event/change_chain/delete_chain", chain) {}

/**
 * 新增上下游分组事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainGroupsCreated extends Event<ChainGroupsCreated>()("event/change_chain/create_group", groups) {}

/**
 * 更新上下游分组事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainGroupsUpdated extends Event<ChainGroupsUpdated>()("event/change_chain/update_group", groups) {}

/**
 * 删除上下游分组事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainGroupsDeleted extends Event<ChainGroupsDeleted>()("event/change_chain/delete_group", groups) {}

/**
 * 企业加入上下游事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainCorpsJoined extends Event<ChainCorpsJoined>()("event/change_chain/corp_join", corps) {}

/**
 * 更新企业事件: corps are in other groups now.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainCorpsUpdated extends Event<ChainCorpsUpdated>()("event/change_chain/update_corp", corps) {}

/**
 * 移除企业事件.
 * @see https://developer.work.weixin.qq.com/document/path/95796
 */
export class ChainCorpsRemoved extends Event<ChainCorpsRemoved>()("event/change_chain/remove_corp", corps) {}
