/**
 * 智能机器人: what members write to a bot, and what happens to its answers. They come as JSON; field names are the
 * vendor's, in lower case.
 *
 * @see https://developer.work.weixin.qq.com/document/path/100719
 * @see https://developer.work.weixin.qq.com/document/path/101027
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

const text = () => Schema.Struct({ content: Schema.String })

/** A file to download within 5 minutes: its content is encrypted, see `SmartRobotMedia`. */
const file = () =>
  Schema.Struct({
    url: Schema.String,
    ...Wire.optionals({
      /** The key of this file alone, base64: a long connection brings one with every link, a callback URL none. */
      aeskey: Wire.secret,
      /** The file's name, where it is told; otherwise the download tells it. */
      filename: Schema.String
    })
  })

const mixed = () =>
  Schema.Struct({
    msg_item: Schema.Array(Wire.variants("msgtype", [
      Schema.Struct({ msgtype: Schema.Literal("text"), text: text() }),
      Schema.Struct({ msgtype: Schema.Literal("image"), image: file() })
    ]))
  })

/** 引用: the message that a member quoted. */
const quote = () =>
  Wire.optional(Wire.variants("msgtype", [
    Schema.Struct({ msgtype: Schema.Literal("text"), text: text() }),
    Schema.Struct({ msgtype: Schema.Literal("image"), image: file() }),
    Schema.Struct({ msgtype: Schema.Literal("mixed"), mixed: mixed() }),
    Schema.Struct({ msgtype: Schema.Literal("voice"), voice: text() }),
    Schema.Struct({ msgtype: Schema.Literal("file"), file: file() }),
    Schema.Struct({ msgtype: Schema.Literal("video"), video: file() })
  ]))

/** 文本消息: in a group, one that mentions the bot. */
export class SmartRobotText extends Event<SmartRobotText>()("bot:text", () => ({
  text: text(),
  quote: quote()
})) {}

/** 图片消息, in a single chat. */
export class SmartRobotImage extends Event<SmartRobotImage>()("bot:image", () => ({
  image: file(),
  quote: quote()
})) {}

/** 图文混排消息: texts and pictures in their order. */
export class SmartRobotMixed extends Event<SmartRobotMixed>()("bot:mixed", () => ({
  mixed: mixed(),
  quote: quote()
})) {}

/** 语音消息, as the text that WeCom heard. */
export class SmartRobotVoice extends Event<SmartRobotVoice>()("bot:voice", () => ({
  voice: text(),
  quote: quote()
})) {}

/** 文件消息, in a single chat; at most 100 MB. */
export class SmartRobotFile extends Event<SmartRobotFile>()("bot:file", () => ({
  file: file(),
  quote: quote()
})) {}

/** 视频消息, in a single chat. */
export class SmartRobotVideo extends Event<SmartRobotVideo>()("bot:video", () => ({
  video: file(),
  quote: quote()
})) {}

/** 流式消息刷新: WeCom asks what a stream says by now, again and again until it is finished, for 6 minutes at most. */
export class SmartRobotStreamPolled extends Event<SmartRobotStreamPolled>()("bot:stream", () => ({
  /** The id that the first reply chose. */
  stream: Schema.Struct({ id: Schema.String })
})) {}

/** 进入会话事件: a member opened the single chat for the first time today. Answer within 5 seconds to welcome. */
export class SmartRobotEntered extends Event<SmartRobotEntered>()("bot:event/enter_chat", () => ({})) {}

/** 模板卡片事件: a member chose a button of the bot's card. Delivered once, without repeats. */
export class SmartRobotCardSubmitted extends Event<SmartRobotCardSubmitted>()("bot:event/template_card_event", () => ({
  event: Schema.Struct({
    template_card_event: Schema.Struct({
      card_type: Schema.String,
      /** The key of the button. */
      event_key: Schema.String,
      task_id: Schema.String,
      /** The options that were chosen in each question. */
      selected_items: CallbackWire.wrapped(
        "selected_item",
        Schema.Struct({ question_key: Schema.String, option_ids: CallbackWire.wrapped("option_id", Schema.String) })
      )
    })
  })
})) {}

/** 用户反馈: what a member thinks of an answer. */
export const FeedbackType = Wire.oneOf({ Accurate: [1, "准确"], Inaccurate: [2, "不准确"], Withdrawn: [3, "取消"] })

/** 不准确的原因: why an answer was called inaccurate. */
export const InaccurateReason = Wire.oneOf({
  Irrelevant: [1, "与问题无关"],
  Incomplete: [2, "内容不完整"],
  Wrong: [3, "内容有错误"],
  BadAnalysis: [4, "数据分析错误"]
})

/** 用户反馈事件: a member judged an answer that carried a feedback id. Takes no reply. */
export class SmartRobotJudged extends Event<SmartRobotJudged>()("bot:event/feedback_event", () => ({
  event: Schema.Struct({
    feedback_event: Schema.Struct({
      /** The feedback id of the answer. */
      id: Schema.String,
      type: FeedbackType.schema,
      ...Wire.optionals({
        content: Schema.String,
        inaccurate_reason_list: Schema.Array(InaccurateReason.schema)
      })
    })
  })
})) {}

/** 连接断开事件: another long connection took this one's place. Never sent to a URL. */
export class SmartRobotDisconnected
  extends Event<SmartRobotDisconnected>()("bot:event/disconnected_event", () => ({}))
{}
