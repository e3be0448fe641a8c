/**
 * 会中控制: what a host would do in a meeting that is being held.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { MeetingParticipant } from "./MeetingDevice.ts"
import { EnterMute } from "./MeetingSettings.ts"

/** 允许参会者聊天设置. */
export const MeetingChat = Wire.oneOf({
  Free: [0, "允许参会者自由聊天"],
  Public: [1, "仅允许参会者公开聊天"],
  HostOnly: [2, "仅允许私聊主持人"]
})

/** 等候室成员的操作类型. */
export const WaitingRoomAction = Wire.oneOf({
  Admit: [1, "主持人将等候室成员移入会议"],
  SendBack: [2, "主持人将会中成员移入等候室"],
  Remove: [3, "主持人将等候室成员移出等候室"]
})

/** 会中设置 to change: what is left out stays as it is. */
export class RunningMeetingSettings extends Schema.Opaque<RunningMeetingSettings>()(
  Schema.Struct({
    meetingid: Schema.NonEmptyString,
    ...Wire.optionals({
      mute_all: Schema.Boolean,
      /** Whether members may unmute themselves; works with `mute_all: true` alone, which it needs. */
      allow_unmute_self: Schema.Boolean,
      enable_enter_mute: EnterMute.schema,
      /** 锁定会议. */
      meeting_locked: Schema.Boolean,
      hide_meeting_code_password: Schema.Boolean,
      allow_chat: MeetingChat.schema,
      /** Whether attendees may share their screens. */
      allow_share_screen: Schema.Boolean,
      /** Whether only members of the corp may enter, as the document has it: the contrary of its name. */
      allow_external_user: Schema.Boolean,
      /** 成员入会是否播放提示音. */
      play_ivr_on_join: Schema.Boolean,
      enable_waiting_room: Schema.Boolean
    })
  }).check(
    Schema.makeFilter(({ allow_unmute_self, mute_all }) =>
      allow_unmute_self === undefined || mute_all !== undefined ||
      { path: ["mute_all"], issue: "is needed with allow_unmute_self" }
    )
  )
) {}

const meeting = { meetingid: Schema.NonEmptyString }

const user = { ...meeting, operated_user: MeetingParticipant }

const users = { ...meeting, operated_users: Wire.items(MeetingParticipant, Infinity, 1) }

/**
 * 会中控制: what a host would do in a meeting that is being held.
 *
 * For meetings that the app has made. Only the corp's own apps (自建应用) may. Whom it is done to is known by their
 * 会中临时ID and their device.
 */
export class MeetingControl extends Domain.Service<MeetingControl>()("oa/meetings/MeetingControl", "OA·会议", {
  /**
   * 管理会中设置. Connectors (MRA) cannot be told.
   * @see https://developer.work.weixin.qq.com/document/path/98175
   */
  set: Endpoint.post("/cgi-bin/meeting/realcontrol/set", { doc: 98175, idempotent: true }, () => ({
    body: RunningMeetingSettings
  })),
  /**
   * 管理联席主持人. Makes somebody a co-host, or takes it from them. Not for connectors (MRA), phones and mini programs.
   * @see https://developer.work.weixin.qq.com/document/path/98180
   */
  setCoHost: Endpoint.post("/cgi-bin/meeting/realcontrol/set_cohost", { doc: 98180, idempotent: true }, () => ({
    body: {
      ...user,
      /** `true`: makes them one. */
      action: Schema.Boolean
    }
  })),
  /**
   * 静音成员.
   * @see https://developer.work.weixin.qq.com/document/path/98184
   */
  setMuted: Endpoint.post("/cgi-bin/meeting/realcontrol/mute_user", { doc: 98184, idempotent: true }, () => ({
    body: {
      ...user,
      /** `true`: mutes them; `false`: unmutes them. */
      option: Schema.Boolean
    }
  })),
  /**
   * 关闭或开启成员视频. Only that of a connector (MRA) can be switched on.
   * @see https://developer.work.weixin.qq.com/document/path/98189
   */
  setVideo: Endpoint.post(
    "/cgi-bin/meeting/realcontrol/switch_user_video",
    { doc: 98189, idempotent: true },
    () => ({
      body: {
        ...user,
        /** Default: false. */
        video: Wire.optional(Schema.Boolean)
      }
    })
  ),
  /**
   * 关闭成员屏幕共享. Not for connectors (MRA).
   * @see https://developer.work.weixin.qq.com/document/path/98185
   */
  closeScreenShare: Endpoint.post(
    "/cgi-bin/meeting/realcontrol/close_screen_share",
    { doc: 98185, idempotent: true },
    () => ({ body: user })
  ),
  /**
   * 修改成员在会中显示的昵称.
   * @see https://developer.work.weixin.qq.com/document/path/98188
   */
  setNicknames: Endpoint.post("/cgi-bin/meeting/realcontrol/set_nicknames", { doc: 98188, idempotent: true }, () => ({
    body: {
      ...meeting,
      operated_users: Wire.items(
        Schema.Struct({
          ...MeetingParticipant.fields,
          /** At most 20 characters. */
          nickname: Wire.optional(Wire.chars(20))
        }),
        Infinity,
        1
      )
    }
  })),
  /**
   * 管理等候室成员. Lets those who wait in, sends those who are in back, or removes those who wait.
   * @see https://developer.work.weixin.qq.com/document/path/98186
   */
  updateWaitingRoom: Endpoint.post("/cgi-bin/meeting/realcontrol/manage_waiting_room_users", 98186, () => ({
    body: {
      ...users,
      operate_type: WaitingRoomAction.schema,
      /** Whether those removed may come again: of `Remove` alone, and not of connectors (MRA). */
      allow_rejoin: Wire.optional(Schema.Boolean)
    }
  })),
  /**
   * 移出成员.
   * @see https://developer.work.weixin.qq.com/document/path/98181
   */
  removeUsers: Endpoint.post("/cgi-bin/meeting/realcontrol/kickout_users", 98181, () => ({
    body: {
      ...users,
      /** Whether they may come again. */
      allow_rejoin: Schema.Boolean
    }
  })),
  /**
   * 结束会议.
   * @see https://developer.work.weixin.qq.com/document/path/98187
   */
  finish: Endpoint.post("/cgi-bin/meeting/realcontrol/dismiss", 98187, () => ({
    body: {
      ...meeting,
      ...Wire.optionals({
        /** Whether it ends with people in it. Default: true. */
        force_dismiss: Wire.flag,
        /**
         * 回收会议号: whether nobody may enter again. Default: false. For a series with meetings to come it has to be
         * `false`; a quick meeting (快速会议) takes no notice.
         */
        retrieve_code: Wire.flag
      })
    }
  }))
}) {}
