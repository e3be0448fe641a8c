/**
 * 网络研讨会 (Webinar): meetings of a few panelists before an audience of up to 50,000.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { digits } from "../digits.ts"
import { area } from "./fields.ts"
import { AutoRecording, WatermarkStyle } from "./MeetingSettings.ts"
import { MeetingState } from "./MeetingState.ts"

/** 观众观看限制类型. */
export const Admission = Wire.oneOf({ Public: [0, "公开"], Enrolled: [1, "报名"], Password: [2, "密码"] })

/** 嘉宾类型. */
export const PanelistType = Wire.oneOf({
  Internal: [1, "内部嘉宾"],
  External: [2, "外部嘉宾"],
  Invited: [3, "链接嘉宾"]
})

const media = Wire.optionals({
  /** Whether panelists are muted when they enter. Default: true. */
  enable_enter_mute: Schema.Boolean,
  /** Whether panelists may unmute themselves. Default: true. */
  allow_unmute_self: Schema.Boolean,
  /** Whether panelists may enter before a host does. Default: true. */
  allow_enter_before_host: Schema.Boolean,
  /** 屏幕共享水印. Default: false. */
  enable_screen_watermark: Schema.Boolean,
  /** Needs `enable_screen_watermark`. Default: `SingleRow`. */
  watermark_type: WatermarkStyle.schema,
  /**
   * 是否仅企业内部成员可入会. The documents contradict each other: where a webinar is made, `true` lets everybody in;
   * where it is changed or read, `true` is for members of the corp alone.
   */
  allow_external_user: Schema.Boolean,
  /** Where the corp has locked it, it has to be what the corp has. */
  auto_record_type: AutoRecording.schema,
  /** Whether recording begins with any attendee, not with a host. Needs `Cloud`. Default: false. */
  attendee_join_auto_record: Schema.Boolean,
  /** Whether hosts may pause and stop the recording. Needs `Cloud`. Default: true. */
  enable_host_pause_auto_record: Schema.Boolean
})

const shown = {
  /** 主办方. */
  sponsor: Wire.chars(40),
  /** 封面图片: PNG or JPEG of at most 5 MB and more than 640*360, fetched later: see the callback 素材上传结果. */
  cover_url: Schema.String,
  /** At most 5000 characters, plain. Needs `activity_page`. */
  description: Wire.chars(5000),
  /** Whether anyone who comes with the link of panelists is one. Default: false. */
  enable_guest_invite_link: Schema.Boolean,
  /** 问答. Default: true. */
  enable_qa: Schema.Boolean,
  /** 活动页. Default: true. */
  activity_page: Schema.Boolean,
  /** Whether the page shows how many have enrolled; it needs `activity_page`. Default: true. */
  display_number_of_attendees: Wire.flag,
  /** 准备模式. */
  preparation_mode: Schema.Boolean
}

const host = Schema.Struct({ userid: Schema.NonEmptyString })

const details = {
  /** 1 to 255 characters. */
  title: Wire.chars(255),
  /** At most half an hour ago. */
  start_time: Wire.quoted(Wire.time),
  end_time: Wire.quoted(Wire.time),
  admission_type: Admission.schema,
  /** Whether the audience may watch it again: needs `auto_record_type: Cloud`. */
  playback_for_audience: Schema.Boolean,
  ...Wire.optionals({
    ...shown,
    /** 4 to 6 digits; of the admission `Password` alone, which needs it. */
    password: digits(4, 6),
    /** Replaces those it had. Default: the administrator. */
    hosts: Schema.Array(host),
    media_setting: Schema.Struct(media),
    /** 聊天敏感词: at most 50, each of at most 10 Chinese characters. */
    sensitive_words: Wire.items(Wire.words(10), 50),
    /** 人工审核. Default: false. */
    enable_manual_check: Schema.Boolean
  })
}

interface Details extends Schema.Struct.Type<typeof details> {}

const checks = [
  Wire.period("start_time", "end_time", Infinity),
  Schema.makeFilter(({ admission_type, password }: Details) =>
    admission_type !== Admission.Password || password !== undefined ||
    { path: ["password"], issue: "is needed for admission by password" }
  ),
  Schema.makeFilter(({ media_setting, playback_for_audience }: Details) =>
    !playback_for_audience || media_setting?.auto_record_type === undefined ||
    media_setting.auto_record_type === AutoRecording.Cloud ||
    { path: ["media_setting", "auto_record_type"], issue: "must be cloud for playback_for_audience" }
  )
] as const

/** 网络研讨会 to make. */
export class NewWebinar extends Schema.Opaque<NewWebinar>()(
  Schema.Struct({ admin_userid: Schema.NonEmptyString, ...details }).check(...checks)
) {}

/** 网络研讨会 to change, as a whole. */
export class WebinarEdit extends Schema.Opaque<WebinarEdit>()(
  Schema.Struct({ meetingid: Schema.NonEmptyString, ...details }).check(...checks)
) {}

const links = {
  password: Wire.secret,
  /** 观众入会链接. */
  audience_join_link: Schema.String,
  /** 嘉宾入会链接: with `enable_guest_invite_link` anyone who comes with it is a panelist. */
  guest_join_link: Wire.secret,
  /** 人工审核链接. */
  manual_check_link: Schema.String,
  manual_check_password: Wire.secret
}

const facts = {
  title: Schema.String,
  /** 会议号. */
  meeting_code: Schema.String,
  start_time: Wire.quoted(Wire.time),
  end_time: Wire.quoted(Wire.time),
  admission_type: Admission.schema
}

/** 网络研讨会 that was made. */
export class CreatedWebinar extends Schema.Class<CreatedWebinar>("effect-wecom/CreatedWebinar")({
  meetingid: Schema.String,
  ...Wire.optionals({ ...facts, ...links })
}) {}

/** 网络研讨会. */
export class Webinar extends Schema.Class<Webinar>("effect-wecom/Webinar")({
  meetingid: Schema.String,
  ...Wire.optionals({
    ...facts,
    ...links,
    ...shown,
    status: MeetingState.schema,
    media_setting: Schema.Struct({
      ...media,
      /** What the document's example calls `enable_enter_mute`. */
      mute_enable_join: Wire.optional(Schema.Boolean)
    }),
    enable_manual_check: Schema.Boolean,
    playback_for_audience: Schema.Boolean,
    playback_url: Wire.secret,
    /** 暖场图片. */
    warm_up_picture: Schema.String,
    /** 暖场视频. */
    warm_up_video: Schema.String,
    allow_attendees_invite_others: Schema.Boolean
  }),
  hosts: Wire.list(Schema.Struct({ userid: Schema.String })),
  sensitive_words: Wire.list(Schema.String)
}) {}

/** 网络研讨会嘉宾. */
export class Panelist extends Schema.Class<Panelist>("effect-wecom/Panelist")({
  guest_type: PanelistType.schema,
  ...Wire.optionals({
    userid: Schema.String,
    area: Wire.id,
    phone_number: Schema.String,
    guest_name: Schema.String,
    email: Schema.String
  })
}) {}

/** 内部嘉宾. */
export interface InternalPanelist {
  readonly guest_type: typeof PanelistType.Internal
  readonly userid: string
}

/** 外部嘉宾. */
export interface ExternalPanelist {
  readonly guest_type: typeof PanelistType.External
  /** 国家/地区代码, such as `86`. */
  readonly area: string
  readonly phone_number: string
  /** 1 to 16 characters. */
  readonly guest_name: string
  readonly email?: string | undefined
}

/** 网络研讨会嘉宾 to invite, told apart by `guest_type`. */
export type NewPanelist = InternalPanelist | ExternalPanelist

const newPanelist = Schema.Struct({
  guest_type: PanelistType.schema,
  ...Wire.optionals({
    userid: Schema.String,
    area,
    phone_number: Schema.String,
    guest_name: Wire.chars(16),
    email: Schema.String
  })
}).check(
  Schema.makeFilter((panelist) => {
    const needed = panelist.guest_type === PanelistType.Internal
      ? ["userid"] as const
      : ["area", "phone_number", "guest_name"] as const
    const missing = needed.find((key) => panelist[key] === undefined || panelist[key] === "")
    return missing === undefined || { path: [missing], issue: `is needed for guest_type ${panelist.guest_type}` }
  })
)

/** 网络研讨会嘉宾 to invite. */
export const NewPanelist = // what the check says, as a type
  newPanelist as unknown as Schema.ConstraintCodec<NewPanelist, typeof newPanelist.Encoded>

/** A webinar, by either of its numbers; `meetingid` is preferred. */
const webinarRef = Wire.withAnyOf("meetingid", "meeting_code")(
  Schema.Struct(Wire.optionals({ meetingid: Schema.String, meeting_code: Schema.String }))
)

/**
 * 网络研讨会 (Webinar): meetings of a few panelists before an audience of up to 50,000.
 *
 * An app sees and changes only the webinars that it has made. Only the corp's own apps (自建应用) may.
 */
export class Webinars extends Domain.Service<Webinars>()("oa/meetings/Webinars", "OA·会议", {
  /**
   * 创建网络研讨会.
   * @see https://developer.work.weixin.qq.com/document/path/98842
   */
  create: Endpoint.post("/cgi-bin/meeting/webinar/create", 98842, () => ({
    body: NewWebinar,
    success: CreatedWebinar
  })),
  /**
   * 修改网络研讨会. Title, times, admission and playback are always set.
   * @see https://developer.work.weixin.qq.com/document/path/98843
   */
  update: Endpoint.post("/cgi-bin/meeting/webinar/update", { doc: 98843, idempotent: true }, () => ({
    body: WebinarEdit
  })),
  /**
   * 取消网络研讨会.
   * @see https://developer.work.weixin.qq.com/document/path/98870
   */
  cancel: Endpoint.post("/cgi-bin/meeting/webinar/cancel", 98870, () => ({
    body: { meetingid: Schema.NonEmptyString }
  })),
  /**
   * 获取网络研讨会详情. By its id, or by the number that people enter.
   * @see https://developer.work.weixin.qq.com/document/path/98860
   */
  get: Endpoint.query("/cgi-bin/meeting/webinar/get", { doc: 98860, withoutErrcode: "meetingid" }, () => ({
    body: webinarRef,
    success: Webinar
  })),
  /**
   * 获取网络研讨会嘉宾列表.
   * @see https://developer.work.weixin.qq.com/document/path/98871
   */
  listPanelists: Endpoint.query("/cgi-bin/meeting/webinar/list_guest", 98871, () => ({
    body: webinarRef,
    success: Endpoint.pluck("guests", Wire.list(Panelist))
  })),
  /**
   * 更新网络研讨会嘉宾列表. Replaces the list as a whole.
   * @see https://developer.work.weixin.qq.com/document/path/98872
   */
  setPanelists: Endpoint.post("/cgi-bin/meeting/webinar/update_guest_list", { doc: 98872, idempotent: true }, () => ({
    body: { meetingid: Schema.NonEmptyString, guests: Schema.Array(NewPanelist) }
  })),
  /**
   * 管理网络研讨会暖场配置. What those see who come in the 15 minutes before. WeCom fetches the file later: see the callback
   * 网络研讨会暖场上传结果.
   * @see https://developer.work.weixin.qq.com/document/path/98882
   */
  setWarmUp: Endpoint.post("/cgi-bin/meeting/webinar/update_warm_up", { doc: 98882, idempotent: true }, () => ({
    body: {
      meetingid: Schema.NonEmptyString,
      ...Wire.optionals({
        /** PNG or JPEG of at most 5 MB, best 1280*720; preferred to a video. */
        warm_up_picture: Schema.String,
        /** MP4 of at most 1 GB, best 1280*720. */
        warm_up_video: Schema.String,
        /** Whether attendees may invite others. Default: true. */
        allow_attendees_invite_others: Schema.Boolean
      })
    }
  }))
}) {}
