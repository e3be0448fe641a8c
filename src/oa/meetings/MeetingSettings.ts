/**
 * 会议配置: how a meeting is run.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { digits } from "../digits.ts"
import { userids } from "./fields.ts"

/** 成员入会时静音. */
export const EnterMute = Wire.oneOf({
  Off: [0, "关闭"],
  On: [1, "开启"],
  BeyondSix: [2, "超过6人后自动开启静音"]
})

/** 来电提醒方式: whose phone rings when a meeting begins. */
export const RingScope = Wire.oneOf({
  Nobody: [1, "不提醒"],
  Hosts: [2, "仅提醒主持人"],
  Everybody: [3, "提醒所有成员"],
  Some: [4, "指定部分人响铃"]
})

/** 水印样式. */
export const WatermarkStyle = Wire.oneOf({ SingleRow: [0, "单排"], SeveralRows: [1, "多排"] })

/** 自动会议录制类型. */
export const AutoRecording = Wire.oneOf({
  None: ["none", "禁用"],
  Local: ["local", "本地录制"],
  Cloud: ["cloud", "云录制"]
})

const switches = {
  /** 等候室. Default: false. */
  enable_waiting_room: Schema.Boolean,
  /** Whether members may enter before a host does. Default: true. */
  allow_enter_before_host: Schema.Boolean,
  /** Default: `BeyondSix`. */
  enable_enter_mute: EnterMute.schema,
  /** Whether members may unmute themselves. Default: true. */
  allow_unmute_self: Schema.Boolean,
  /** Whether people from outside the corp may enter. Default: true. */
  allow_external_user: Schema.Boolean,
  /** 屏幕水印. Default: false. */
  enable_screen_watermark: Schema.Boolean,
  /** Needs `enable_screen_watermark`. Default: `SingleRow`. */
  watermark_type: WatermarkStyle.schema,
  /** Where the corp has locked it, it has to be what the corp has. */
  auto_record_type: AutoRecording.schema,
  /** Whether recording begins with any member, not with a host. Needs `Cloud`. Default: false. */
  attendee_join_auto_record: Schema.Boolean,
  /** Whether hosts may pause and stop the recording. Needs `Cloud`. Default: true. */
  enable_host_pause_auto_record: Schema.Boolean,
  /** 报名. */
  enable_enroll: Schema.Boolean,
  /** 主持人密钥. Default: false. */
  enable_host_key: Schema.Boolean,
  /** 全体静音. Works only with `allow_unmute_self: false`, which needs it. */
  mute_all: Schema.Boolean,
  /** 同声传译; set when the meeting is made. Default: false. */
  enable_interpreter: Schema.Boolean,
  /** Default: `Hosts`. */
  remind_scope: RingScope.schema
}

/** 会议配置 to make or change: most of it needs the advanced features (高级功能). */
export class NewMeetingSettings extends Schema.Opaque<NewMeetingSettings>()(
  Schema.Struct({
    ...Wire.optionals({
      ...switches,
      /** 入会密码: 4 to 6 digits. */
      password: digits(4, 6),
      /** 6 digits. Default: one is made. */
      host_key: digits(6, 6),
      /** At most 10 userids, without the administrator's. */
      hosts: userids(10),
      /** Whose phones ring with the scope `Some`: nobody's if it is empty. */
      ring_users: userids(Infinity)
    })
  }).check(
    Schema.makeFilter(({ allow_unmute_self, mute_all }) =>
      allow_unmute_self !== false || mute_all !== undefined ||
      { path: ["mute_all"], issue: "is needed with allow_unmute_self: false" }
    ),
    Schema.makeFilter((settings) => {
      const used = (["attendee_join_auto_record", "enable_host_pause_auto_record"] as const)
        .find((key) => settings[key] === true)
      return used === undefined || settings.auto_record_type === AutoRecording.Cloud ||
        { path: ["auto_record_type"], issue: `must be cloud for ${used}` }
    })
  )
) {}

const people = Wire.optional(Schema.Struct({ userid: Wire.list(Schema.String) }))

/** 会议配置 of a meeting. */
export class MeetingSettings extends Schema.Class<MeetingSettings>("effect-wecom/MeetingSettings")({
  ...Wire.optionals({
    ...switches,
    need_password: Schema.Boolean,
    password: Wire.secret,
    host_key: Wire.secret,
    /** What `enable_enter_mute` is, in answers where that is a boolean. */
    enable_enter_mute_type: EnterMute.schema,
    /** 是否允许成员上传文档. */
    enable_doc_upload_permission: Schema.Boolean
  }),
  hosts: people,
  /** 当前主持人. */
  current_hosts: people,
  /** 联席主持人. */
  co_hosts: people,
  ring_users: people
}) {}
