/**
 * 会议室连接器 (MRA): devices of other makes that take part in meetings, by SIP or H.323.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { MeetingDevice } from "./MeetingDevice.ts"
import { MeetingRole, WebinarRole } from "./MeetingRole.ts"

/** 默认分屏设置. */
export const SplitScreen = Wire.oneOf({ Equal: [1, "等分模式"], Full: [2, "全屏模式"], OneAndMore: [3, "1+N"] })

/** 非视频与会者在分屏中显示方式. */
export const NoVideoDisplay = Wire.oneOf({ Show: [1, "显示"], Hide: [2, "隐藏"] })

/** MRA 状态信息. */
export class ConnectorStatus extends Schema.Class<ConnectorStatus>("effect-wecom/ConnectorStatus")({
  ...Wire.optionals({
    tmp_openid: Schema.String,
    instance_id: MeetingDevice.schema,
    user_role: MeetingRole.schema,
    webinar_member_role: WebinarRole.schema,
    /** While it is in the meeting. */
    ip: Schema.String,
    name: Schema.String,
    /** 麦克风状态. */
    audio_state: Schema.Boolean,
    /** 摄像头状态. */
    video_state: Schema.Boolean,
    screen_shared_state: Schema.Boolean,
    default_layout: SplitScreen.schema,
    /** 举手状态. */
    raise_hands_state: Schema.Boolean
  })
}) {}

const connector = {
  meetingid: Schema.NonEmptyString,
  mra: Schema.Struct({
    /** 会中临时ID. */
    tmp_openid: Schema.NonEmptyString
  })
}

/**
 * 会议室连接器 (MRA): devices of other makes that take part in meetings, by SIP or H.323.
 *
 * For meetings that the app has made. Only the corp's own apps (自建应用) may.
 */
export class RoomConnectors extends Domain.Service<RoomConnectors>()("oa/meetings/RoomConnectors", "OA·会议", {
  /**
   * 获取 MRA 状态信息.
   * @see https://developer.work.weixin.qq.com/document/path/98786
   */
  getStatus: Endpoint.query("/cgi-bin/meeting/mra/query_status", 98786, () => ({
    body: { meetingid: Schema.NonEmptyString, tmp_openid: Schema.NonEmptyString },
    success: ConnectorStatus
  })),
  /**
   * 切换 MRA 默认布局. Not while it shows a layout of the meeting or of its own, or a video in focus.
   * @see https://developer.work.weixin.qq.com/document/path/98787
   */
  setDefaultLayout: Endpoint.post("/cgi-bin/meeting/mra/set_default_layout", { doc: 98787, idempotent: true }, () => ({
    body: { ...connector, default_layout: SplitScreen.schema, default_novideo_user: NoVideoDisplay.schema }
  })),
  /**
   * 设置 MRA 举手或手放下.
   * @see https://developer.work.weixin.qq.com/document/path/98788
   */
  setRaisedHand: Endpoint.post("/cgi-bin/meeting/mra/set_raise_hand", { doc: 98788, idempotent: true }, () => ({
    body: {
      ...connector,
      /** `false`: the hand goes down. */
      raise_hand: Schema.Boolean
    }
  })),
  /**
   * 挂断 MRA 呼叫.
   * @see https://developer.work.weixin.qq.com/document/path/98789
   */
  finishCall: Endpoint.post(
    "/cgi-bin/meeting/mra/hangup",
    { doc: 98789, idempotent: true },
    () => ({ body: connector })
  )
}) {}
