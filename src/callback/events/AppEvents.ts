/**
 * 事件格式: what happens between members and an app.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 成员关注: a member was added to the app's visible range. */
export class MemberSubscribed extends Event<MemberSubscribed>()("event/subscribe", () => ({
  EventKey: Wire.optional(Schema.String)
})) {}

/** 取消关注: a member was removed from the app's visible range. */
export class MemberUnsubscribed extends Event<MemberUnsubscribed>()("event/unsubscribe", () => ({
  EventKey: Wire.optional(Schema.String)
})) {}

/** 进入应用: a member opened the app's conversation. Sent only when switched on in the admin console. */
export class AgentEntered extends Event<AgentEntered>()("event/enter_agent", () => ({
  /** Always empty. */
  EventKey: Schema.String
})) {}

/** 上报地理位置: where a member is, while the app's conversation is open. */
export class LocationReported extends Event<LocationReported>()("event/LOCATION", () => ({
  /** In degrees. */
  Latitude: Wire.number,
  /** In degrees. */
  Longitude: Wire.number,
  /** The accuracy, in metres. */
  Precision: Wire.number,
  /** `wxwork` when reported from inside WeCom. */
  AppType: Wire.optional(Schema.String)
})) {}

/** 点击菜单拉取消息: a member chose a menu button of type `click`. */
export class MenuClicked extends Event<MenuClicked>()("event/click", () => ({
  /** The key of the button. */
  EventKey: Schema.String
})) {}

/** 点击菜单跳转链接: a member chose a menu button of type `view`. */
export class MenuViewed extends Event<MenuViewed>()("event/view", () => ({
  /** The URL of the button. */
  EventKey: Schema.String
})) {}

/** 模板卡片事件推送: a member chose a button of a template card, or submitted it. */
export class TemplateCardSubmitted extends Event<TemplateCardSubmitted>()("event/template_card_event", () => ({
  /** The key of the button. */
  EventKey: Schema.String,
  /** The task id of the card. */
  TaskId: Schema.String,
  /** The card's type, such as `button_interaction`. */
  CardType: Schema.String,
  /** For `message/update_template_card`: valid for 72 hours, once. */
  ResponseCode: Schema.String,
  /** The options that were chosen in each question of the card. */
  SelectedItems: CallbackWire.wrapped(
    "SelectedItem",
    Schema.Struct({ QuestionKey: Schema.String, OptionIds: CallbackWire.wrapped("OptionId", Schema.String) })
  )
}), { spellings: { OpitonIds: "OptionIds", OpitonId: "OptionId" } }) {}
