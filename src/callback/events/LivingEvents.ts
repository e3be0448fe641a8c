/**
 * 直播事件: broadcasts that were made through the API.
 *
 * @see https://developer.work.weixin.qq.com/document/path/94145
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

/** 直播状态. */
export const LivingStatus = Wire.oneOf({
  Reserved: [0, "预约中"],
  Living: [1, "直播中"],
  Ended: [2, "已结束"],
  /** Not told by events so far. */
  Expired: [3, "已过期"],
  Cancelled: [4, "已取消"]
})

/**
 * 直播回调事件: a broadcast was reserved, began, ended or was cancelled.
 * @see https://developer.work.weixin.qq.com/document/path/94145
 */
export class LivingStatusChanged extends Event<LivingStatusChanged>()("event/living_status_change", () => ({
  LivingId: Schema.String,
  Status: LivingStatus.schema
})) {}
