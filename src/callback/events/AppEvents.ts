/**
 * 事件格式: what happens between members and an app.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 扫描信息. */
const ScanCodeInfo = () =>
  Schema.Struct({
    /** Mostly `qrcode`. */
    ScanType: Schema.String,
    /** What the code says. */
    ScanResult: Schema.String
  })

/** 图片列表: one wrapper around all pictures, or, as servers of today send it, around each. */
const PicList = () => {
  const Picture = Schema.Struct({
    /** To verify the message that brings the picture. */
    PicMd5Sum: Schema.String
  })
  const Wrapper = Schema.Struct({ item: CallbackWire.siblings(Picture) })
  return CallbackWire.siblings(Wrapper).pipe(
    Schema.decodeTo(
      Schema.Array(Schema.toType(Picture)),
      SchemaTransformation.transform<ReadonlyArray<typeof Picture.Type>, ReadonlyArray<typeof Wrapper.Type>>({
        decode: (wrappers) => wrappers.flatMap(({ item }) => item),
        encode: (pictures) => pictures.map((picture) => ({ item: [picture] }))
      })
    )
  )
}

/** 发送的图片信息. The pictures themselves come as messages. */
const SendPicsInfo = () =>
  Schema.Struct({
    /** How many were sent. */
    Count: Wire.int,
    PicList: PicList()
  })

const menuButton = () => ({
  /** The key of the button. */
  EventKey: Schema.String
})

const scanned = () => ({ ...menuButton(), ScanCodeInfo: ScanCodeInfo() })

const pictured = () => ({ ...menuButton(), SendPicsInfo: SendPicsInfo() })

const effectTime = () => ({
  /** When it takes effect. */
  EffectTime: CallbackWire.optional(Wire.time)
})

const sharing = () => ({
  /** The corp that shares its app, where it is not `ToUserName`. */
  CorpId: Wire.optional(Schema.String),
  /** Of the older suites of several apps. */
  AppId: CallbackWire.optional(Wire.int)
})

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

/**
 * 通用模板卡片右上角菜单事件推送: a member chose an entry of the menu in a card's corner.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class TemplateCardMenuChosen extends Event<TemplateCardMenuChosen>()("event/template_card_menu_event", () => ({
  /** The key of the entry. */
  EventKey: Schema.String,
  /** The task id of the card. */
  TaskId: Schema.String,
  /** The card's type, such as `text_notice`. */
  CardType: Schema.String,
  /** For `message/update_template_card`: valid for 72 hours, once. */
  ResponseCode: Schema.String
})) {}

/**
 * 任务卡片事件推送: a member chose a button of a task card (任务卡片), which template cards have replaced.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class TaskCardClicked extends Event<TaskCardClicked>()("event/taskcard_click", () => ({
  /** The key of the button. */
  EventKey: Schema.String,
  /** The task id of the card. */
  TaskId: Schema.String
})) {}

/**
 * 点击菜单跳转小程序: a member chose a menu button of type `view_miniprogram`.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class MenuMiniprogramViewed extends Event<MenuMiniprogramViewed>()("event/view_miniprogram", () => ({
  /** The page that it opens. */
  EventKey: Schema.String
})) {}

/**
 * 扫码推事件: a member scanned a code with a menu button of type `scancode_push`, and was shown what it says.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class MenuCodeScanned extends Event<MenuCodeScanned>()("event/scancode_push", scanned) {}

/**
 * 扫码推事件且弹出“消息接收中”提示框: a member scanned a code with a menu button of type `scancode_waitmsg`, and waits for an
 * answer.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class MenuCodeScannedWaiting extends Event<MenuCodeScannedWaiting>()("event/scancode_waitmsg", scanned) {}

/**
 * 弹出系统拍照发图: a member took photos with a menu button of type `pic_sysphoto`.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class MenuPhotosTaken extends Event<MenuPhotosTaken>()("event/pic_sysphoto", pictured) {}

/**
 * 弹出拍照或者相册发图: a member took or chose pictures with a menu button of type `pic_photo_or_album`.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class MenuPicturesChosen extends Event<MenuPicturesChosen>()("event/pic_photo_or_album", pictured) {}

/**
 * 弹出微信相册发图器: a member chose pictures of WeChat's album with a menu button of type `pic_weixin`.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class MenuAlbumPicturesChosen extends Event<MenuAlbumPicturesChosen>()("event/pic_weixin", pictured) {}

/**
 * 弹出地理位置选择器: a member chose a place with a menu button of type `location_select`.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class MenuLocationSelected extends Event<MenuLocationSelected>()("event/location_select", () => ({
  ...menuButton(),
  SendLocationInfo: Schema.Struct({
    /** Latitude, in degrees. */
    Location_X: Wire.number,
    /** Longitude, in degrees. */
    Location_Y: Wire.number,
    /** The zoom of the map. */
    Scale: Wire.number,
    /** The address. */
    Label: Schema.String,
    /** The name of the place, often empty. */
    Poiname: Wire.optional(Schema.String)
  }),
  /** `wxwork` when sent from inside WeCom. */
  AppType: Wire.optional(Schema.String)
})) {}

/**
 * 企业互联共享应用事件: the corp shares an app of its own with a linked corp, or no longer does.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class LinkedCorpSharingChanged extends Event<LinkedCorpSharingChanged>()("event/share_agent_change", sharing) {}

/**
 * 上下游共享应用事件: the corp shares an app of its own with a partner downstream, or no longer does.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class ChainSharingChanged extends Event<ChainSharingChanged>()("event/share_chain_change", sharing) {}

/**
 * 长期未使用应用停用预警事件: nobody has used the app for long; it will be closed at `EffectTime`.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class InactiveAgentWarned extends Event<InactiveAgentWarned>()("event/inactive_alert", effectTime) {}

/**
 * 长期未使用应用临时停用事件: nobody has used the app for long; it is closed.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class InactiveAgentClosed extends Event<InactiveAgentClosed>()("event/close_inactive_agent", () => ({})) {}

/**
 * 长期未使用应用重新启用事件: an administrator opened the app that was closed for want of use.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class InactiveAgentReopened extends Event<InactiveAgentReopened>()("event/reopen_inactive_agent", () => ({})) {}

/**
 * 应用低活跃预警事件: few use the app; from `EffectTime` on it may see less of the customers.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class LowActivityWarned extends Event<LowActivityWarned>()("event/low_active_alert", effectTime) {}

/**
 * 低活跃应用事件: few use the app; it may see less of the customers.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class LowActivityBegun extends Event<LowActivityBegun>()("event/low_active", () => ({})) {}

/**
 * 低活跃应用活跃恢复事件: enough members use the app again.
 * @see https://developer.work.weixin.qq.com/document/path/90240
 */
export class ActivityRestored extends Event<ActivityRestored>()("event/active_restored", () => ({})) {}

/**
 * 修改设置工作台自定义开关事件: an administrator switched the app's own display on the workbench on or off.
 * @see https://developer.work.weixin.qq.com/document/path/92535
 */
export class WorkbenchModeSwitched extends Event<WorkbenchModeSwitched>()("event/switch_workbench_mode", () => ({
  /** Whether it is on. */
  Mode: Wire.flag
})) {}

/**
 * 应用管理员变更: who administers the app has changed.
 * @see https://developer.work.weixin.qq.com/document/path/95038
 */
export class AppAdminChanged extends Event<AppAdminChanged>()("event/change_app_admin", () => ({})) {}
