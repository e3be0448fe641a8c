/**
 * 接收的消息和事件: what 微信客服 hands over of customers and servicers.
 */
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as Json from "../internal/kernel/json.ts"
import { lenient } from "../internal/wire/mend.ts"
import * as Wire from "../Wire.ts"
import { KfChannelsContext } from "./KfChannelsContext.ts"
import { KfStopType } from "./KfStopType.ts"

/** 消息来源. */
export const KfOrigin = Wire.oneOf({
  Customer: [3, "微信客户发送的消息"],
  System: [4, "系统推送的事件消息"],
  Servicer: [5, "接待人员在企业微信客户端发送的消息"]
})

/** 消息发送失败类型. */
export const KfFailType = Wire.oneOf({
  Unknown: [0, "未知原因"],
  AccountDeleted: [1, "客服账号已删除"],
  AppClosed: [2, "应用已关闭"],
  Expired: [4, "会话已过期，超过48小时"],
  Closed: [5, "会话已关闭"],
  TooMany: [6, "超过5条限制"],
  Unverified: [8, "主体未验证"],
  Rejected: [10, "用户拒收"],
  NobodyLoggedIn: [11, "企业未有成员登录企业微信App"],
  TypeForbidden: [12, "发送的消息为客服组件禁发的消息类型"],
  Insecure: [13, "安全限制"]
})

/** 接待人员接待状态, in events. */
export const KfServicingStatus = Wire.oneOf({
  Serving: [1, "接待中"],
  Stopped: [2, "停止接待"]
})

/** 会话状态变更类型: what a servicer did in the WeCom client. */
export const KfSessionChange = Wire.oneOf({
  Taken: [1, "从接待池接入会话"],
  Transferred: [2, "转接会话"],
  Ended: [3, "结束会话"],
  Reopened: [4, "重新接入已结束/已转接会话"]
})

/** 视频号消息类型. */
export const KfChannelsKind = Wire.oneOf({
  Post: [1, "视频号动态"],
  Live: [2, "视频号直播"],
  Card: [3, "视频号名片"]
})

/** A text that is empty where the wire has none. */
const textOrEmpty = Schema.optional(Schema.NullOr(Schema.String)).pipe(
  Schema.decodeTo(Schema.String, {
    decode: SchemaGetter.transformOptional((wire) => Option.some(Option.getOrElse(wire, () => null) ?? "")),
    encode: SchemaGetter.transformOptional(Option.filter((text: string) => text !== ""))
  })
)

/** What comes with every message; a message that is quoted in another one has none of it. */
const header = {
  /** Unique within the account; empty in quoted messages. */
  msgid: textOrEmpty,
  ...Wire.optionals({
    /** The account. Not of events, which name it themselves. */
    open_kfid: Schema.String,
    /** The customer. Not of events, which name the customer themselves. */
    external_userid: Schema.String,
    send_time: Wire.time,
    origin: KfOrigin.schema,
    /** The servicer who sent it, where the origin is `Servicer`. */
    servicer_userid: Schema.String
  })
}

const message = <const Type extends string, const F extends Schema.Struct.Fields>(msgtype: Type, fields: F) =>
  Schema.Struct({ ...header, msgtype: Schema.Literal(msgtype), ...fields })

const Media = Schema.Struct({ media_id: Schema.String })

/** 文本消息. */
export const Text = message("text", {
  text: Schema.Struct({
    content: Schema.String,
    /** Of the menu item that the customer answered with. */
    menu_id: Wire.optional(Schema.String)
  })
})

/** 图片消息. */
export const Image = message("image", { image: Media })

/** 语音消息, in the format that was asked for. */
export const Voice = message("voice", { voice: Media })

/** 视频消息. */
export const Video = message("video", { video: Media })

/** 文件消息. */
export const File = message("file", { file: Media })

/** 位置消息. Degrees. */
export const Location = message("location", {
  location: Schema.Struct({
    latitude: Wire.number,
    longitude: Wire.number,
    ...Wire.optionals({
      name: Schema.String,
      address: Schema.String
    })
  })
})

/** 链接消息. */
export const Link = message("link", {
  link: Schema.Struct({
    ...Wire.optionals({
      title: Schema.String,
      desc: Schema.String,
      url: Schema.String,
      /** The address of the thumbnail. */
      pic_url: Schema.String
    })
  })
})

/** 名片消息: a member's card. */
export const BusinessCard = message("business_card", { business_card: Schema.Struct({ userid: Schema.String }) })

/** 小程序消息. */
export const Miniprogram = message("miniprogram", {
  miniprogram: Schema.Struct({
    ...Wire.optionals({
      title: Schema.String,
      appid: Schema.String,
      pagepath: Schema.String,
      thumb_media_id: Schema.String
    })
  })
})

/** 菜单项. Told apart by `type`; one that is not understood is kept as it is, as `Unknown`. */
export const MenuItem = Wire.variants("type", [
  Schema.Struct({
    type: Schema.Literal("click"),
    click: Schema.Struct({ id: Wire.optional(Schema.String), content: Wire.optional(Schema.String) })
  }),
  Schema.Struct({
    type: Schema.Literal("view"),
    view: Schema.Struct({ url: Wire.optional(Schema.String), content: Wire.optional(Schema.String) })
  }),
  Schema.Struct({
    type: Schema.Literal("miniprogram"),
    miniprogram: Schema.Struct({
      ...Wire.optionals({
        appid: Schema.String,
        pagepath: Schema.String,
        content: Schema.String
      })
    })
  }),
  Schema.Struct({
    type: Schema.Literal("text"),
    text: Schema.Struct({ content: Wire.optional(Schema.String), no_newline: Wire.optional(Wire.flag) })
  })
])

/** 菜单消息, which a servicer sent. */
export const Menu = message("msgmenu", {
  msgmenu: Schema.Struct({
    head_content: Wire.optional(Schema.String),
    list: Wire.list(MenuItem),
    tail_content: Wire.optional(Schema.String)
  })
})

/** 视频号商品消息. */
export const ChannelsShopProduct = message("channels_shop_product", {
  channels_shop_product: Schema.Struct({
    ...Wire.optionals({
      product_id: Schema.String,
      /** The address of the picture. */
      head_image: Schema.String,
      title: Schema.String,
      /** In fen, a hundredth of a yuan. */
      sales_price: Wire.id,
      shop_nickname: Schema.String,
      /** The address of the shop's picture. */
      shop_head_image: Schema.String
    })
  })
})

/** 视频号订单消息. */
export const ChannelsShopOrder = message("channels_shop_order", {
  channels_shop_order: Schema.Struct({
    ...Wire.optionals({
      order_id: Schema.String,
      product_titles: Schema.String,
      /** The price, in words. */
      price_wording: Schema.String,
      state: Schema.String,
      image_url: Schema.String,
      shop_nickname: Schema.String
    })
  })
})

/** 聊天记录消息: messages that were forwarded together. */
export const MergedMessages = message("merged_msg", {
  merged_msg: Schema.Struct({
    title: Wire.optional(Schema.String),
    item: Wire.list(Schema.Struct({
      ...Wire.optionals({
        send_time: Wire.time,
        msgtype: Schema.String,
        sender_name: Schema.String,
        /** The message as JSON: {@link readQuoted} reads it. */
        msg_content: Schema.String
      })
    }))
  })
})

/** 视频号消息. */
export const Channels = message("channels", {
  channels: Wire.optional(Schema.Struct({
    ...Wire.optionals({
      sub_type: KfChannelsKind.schema,
      /** Of the 视频号. */
      nickname: Schema.String,
      /** Of a post. */
      title: Schema.String
    })
  }))
})

/** 会议消息. What it says is not handed over. */
export const Meeting = message("meeting", {})

/** 日程消息. What it says is not handed over. */
export const Calendar = message("calendar", {})

/** 笔记消息. What it says is not handed over. */
export const Note = message("note", {})

const event = <const Type extends string, const F extends Schema.Struct.Fields>(event_type: Type, fields: F) =>
  Schema.Struct({ event_type: Schema.Literal(event_type), open_kfid: Wire.optional(Schema.String), ...fields })

const customer = { external_userid: Wire.optional(Schema.String) }

/** 用户进入会话事件: a customer opened the chat through an address of the account. */
export const EnterSession = event("enter_session", {
  ...customer,
  ...Wire.optionals({
    /** Of the address, as it was made. */
    scene: Schema.String,
    /** Of the address, as it was added to. */
    scene_param: Schema.String,
    /**
     * For `KfMessages.sendOnEvent` within 20 seconds; not where the customer has written, or was greeted, within 48 hours.
     */
    welcome_code: Schema.String,
    /** Where the customer came from a 视频号. */
    wechat_channels: KfChannelsContext
  })
})

/** 消息发送失败事件: a message that `KfMessages.send` had taken did not arrive. */
export const MessageSendFailed = event("msg_send_fail", {
  ...customer,
  ...Wire.optionals({
    fail_msgid: Schema.String,
    fail_type: KfFailType.schema
  })
})

/** 接待人员接待状态变更事件: a servicer begins or stops to take sessions. */
export const ServicerStatusChanged = event("servicer_status_change", {
  ...Wire.optionals({
    servicer_userid: Schema.String,
    status: KfServicingStatus.schema,
    /** Where the status is `Stopped`. */
    stop_type: KfStopType.schema
  })
})

/** 会话状态变更事件: a servicer took, transferred, ended or reopened a session. */
export const SessionStatusChanged = event("session_status_change", {
  ...customer,
  ...Wire.optionals({
    change_type: KfSessionChange.schema,
    /** Not where it was `Taken`. */
    old_servicer_userid: Schema.String,
    /** Not where it was `Ended`. */
    new_servicer_userid: Schema.String,
    /** For `KfMessages.sendOnEvent`: within 48 hours where it was `Taken`, within 20 seconds where it was `Ended`. */
    msg_code: Schema.String
  })
})

/** 用户撤回消息事件: a customer recalled a message. */
export const CustomerRecalled = event("user_recall_msg", { ...customer, recall_msgid: Wire.optional(Schema.String) })

/** 接待人员撤回消息事件: a servicer recalled a message. */
export const ServicerRecalled = event("servicer_recall_msg", {
  ...customer,
  ...Wire.optionals({
    recall_msgid: Schema.String,
    servicer_userid: Schema.String
  })
})

/** 拒收客户消息变更事件: a servicer takes no more messages of a customer, or takes them again. */
export const RejectSwitchChanged = event("reject_customer_msg_switch_change", {
  ...customer,
  ...Wire.optionals({
    servicer_userid: Schema.String,
    /** Whether they are rejected now. */
    reject_switch: Wire.flag
  })
})

/** 事件. Told apart by `event_type`; one that is not understood is kept as it is, as `Unknown`. */
export const KfEvent = Wire.variants("event_type", [
  EnterSession,
  MessageSendFailed,
  ServicerStatusChanged,
  SessionStatusChanged,
  CustomerRecalled,
  ServicerRecalled,
  RejectSwitchChanged
])
/** 事件. Told apart by `event_type`. */
export type KfEvent = typeof KfEvent.Type

/** 事件消息. */
export const EventMessage = message("event", { event: KfEvent })

const kfReceived = Wire.variants("msgtype", [
  Text,
  Image,
  Voice,
  Video,
  File,
  Location,
  Link,
  BusinessCard,
  Miniprogram,
  Menu,
  ChannelsShopProduct,
  ChannelsShopOrder,
  MergedMessages,
  Channels,
  Meeting,
  Calendar,
  Note,
  EventMessage
])

/**
 * 接收的消息. Told apart by `msgtype`; one that is not understood is kept as it is, as `Unknown`: it must not keep those after
 * it from being read.
 */
export type KfReceived = Exclude<typeof kfReceived.Type, never> // named, so that an editor shows the name

/**
 * 接收的消息. Told apart by `msgtype`; one that is not understood is kept as it is, as `Unknown`: it must not keep those after
 * it from being read.
 */
export const KfReceived: Schema.Codec<KfReceived, typeof kfReceived.Encoded> = kfReceived

/** Reads a message that is quoted in another one (`msg_content` of 聊天记录消息); none where it is no JSON object. */
export const readQuoted = (msg_content: string): Option.Option<KfReceived> => {
  try {
    const { exit } = readMessage(Json.parse(msg_content))
    return Exit.getSuccess(exit) as Option.Option<KfReceived> // decoded by its schema
  } catch {
    return Option.none()
  }
}

const readMessage = lenient(KfReceived)
