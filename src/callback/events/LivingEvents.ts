/**
 * 直播事件: broadcasts that were made through the API.
 *
 * @see https://developer.work.weixin.qq.com/document/path/94145
 */
import * as Schema from "effect/Schema"
import { LivingStatus } from "../../oa/living/LivingStatus.ts"
import { Event } from "../EventDefinition.ts"

/**
 * 直播回调事件: a broadcast was reserved, began, ended or was cancelled.
 * @see https://developer.work.weixin.qq.com/document/path/94145
 */
export class LivingStatusChanged extends Event<LivingStatusChanged>()("event/living_status_change", () => ({
  LivingId: Schema.String,
  Status: LivingStatus.schema
})) {}
