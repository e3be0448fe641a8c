/**
 * 会议事件: meetings and webinars (网络研讨会) that were made through the API. Who did it is `FromUserName` where it was a
 * member of the corp, `sys` where it was WeCom itself, and otherwise known by `FromUserTmpOpenId` alone.
 *
 * @see https://developer.work.weixin.qq.com/document/path/99081
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { MeetingRole } from "../../oa/meetings/MeetingRole.ts"
import { PstnStatus } from "../../oa/meetings/PstnStatus.ts"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 素材类型. */
export const MediumType = Wire.oneOf({ Video: [1, "视频"], Image: [2, "图片"], File: [3, "文件"] })

/** 会议室应答结果. */
export const RoomResponse = Wire.oneOf({
  NoAnswer: [0, "无应答"],
  Joining: [2, "入会中"],
  Refused: [3, "被拒绝"],
  Cancelled: [5, "取消呼叫"]
})

/** 会议发起的结果. */
export const MeetingStartStatus = Wire.oneOf({ Succeeded: [1, "发起成功"], Failed: [2, "发起失败"] })

const meeting = () => ({
  ...Wire.optionals({
    /** Who did it, where it was a member of the corp; `sys` where it was WeCom itself. */
    FromUserName: Schema.String,
    /** 操作者的会中临时ID. Not where it was WeCom itself. */
    FromUserTmpOpenId: Schema.String
  }),
  MeetingId: Schema.String
})

const person = () => ({
  ...Wire.optionals({
    /** Where they are a member of the corp. */
    UserId: Schema.String,
    /** 会中临时ID. */
    TmpOpenId: Schema.String
  })
})

const done = () => ({
  ...meeting(),
  /** 被操作者: whom it was done to. */
  OperatedUser: CallbackWire.optional(Schema.Struct(person()))
})

const roleChanged = () => ({
  ...meeting(),
  /** 被操作者: whose role it is. */
  OperatedUser: CallbackWire.optional(Schema.Struct({
    ...person(),
    /** The role from now on. */
    UserRole: CallbackWire.optional(MeetingRole.schema)
  }))
})

const enrollment = () => ({
  ...meeting(),
  /** 报名ID. */
  EnrollId: Schema.String
})

/** `true` or `false`, in words. */
const InWords = () =>
  Schema.Union([Schema.Boolean, Schema.String]).pipe(
    Schema.decodeTo(
      Schema.Boolean,
      SchemaTransformation.transform<boolean, boolean | string>({
        decode: (wire) => wire === true || wire === "true",
        encode: (value) => value
      })
    )
  )

const uploaded = () => ({
  /** Whether it succeeded. */
  UploadStatus: Wire.flag,
  /** Why it failed. */
  ErrorMsg: Wire.optional(Schema.String)
})

/**
 * 修改会议事件: an administrator of the meeting changed it.
 * @see https://developer.work.weixin.qq.com/document/path/99081
 */
export class MeetingModified extends Event<MeetingModified>()("event/meeting_change/modify_meeting", meeting) {}

/**
 * 取消会议事件: an administrator of the meeting cancelled it.
 * @see https://developer.work.weixin.qq.com/document/path/99082
 */
export class MeetingCancelled extends Event<MeetingCancelled>()("event/meeting_change/cancel_meeting", meeting) {}

/**
 * 会议开始事件.
 * @see https://developer.work.weixin.qq.com/document/path/98333
 */
export class MeetingStarted extends Event<MeetingStarted>()("event/meeting_change/meeting_start", meeting) {}

/**
 * 会议结束事件.
 * @see https://developer.work.weixin.qq.com/document/path/98337
 */
export class MeetingEnded extends Event<MeetingEnded>()("event/meeting_change/meeting_end", meeting) {}

/**
 * 会议全体静音事件.
 * @see https://developer.work.weixin.qq.com/document/path/98341
 */
export class MeetingMuted extends Event<MeetingMuted>()("event/meeting_change/meeting_mute_all", meeting) {}

/**
 * 会议解除全体静音事件: it may come more than once, and without a mute before.
 * @see https://developer.work.weixin.qq.com/document/path/98345
 */
export class MeetingUnmuted extends Event<MeetingUnmuted>()("event/meeting_change/meeting_unmute_all", meeting) {}

/**
 * 成员入会事件: for each who joins, hosts included.
 * @see https://developer.work.weixin.qq.com/document/path/98348
 */
export class MeetingJoined extends Event<MeetingJoined>()("event/meeting_change/join_meeting", meeting) {}

/**
 * 成员离会事件.
 * @see https://developer.work.weixin.qq.com/document/path/98352
 */
export class MeetingLeft extends Event<MeetingLeft>()("event/meeting_change/quit_meeting", meeting) {}

/**
 * 成员等待主持人入会事件: where the meeting lets members in before its host.
 * @see https://developer.work.weixin.qq.com/document/path/98353
 */
export class MeetingHostAwaited
  extends Event<MeetingHostAwaited>()("event/meeting_change/join_meeting_before_host", meeting)
{}

/**
 * 成员进入等候室事件.
 * @see https://developer.work.weixin.qq.com/document/path/98354
 */
export class WaitingRoomJoined extends Event<WaitingRoomJoined>()("event/meeting_change/join_waiting_room", meeting) {}

/**
 * 成员离开等候室事件: they left, or a host sent them away.
 * @see https://developer.work.weixin.qq.com/document/path/98355
 */
export class WaitingRoomLeft extends Event<WaitingRoomLeft>()("event/meeting_change/quit_waiting_room", done) {}

/**
 * 成员从等候室进入会议事件: a host let somebody in.
 * @see https://developer.work.weixin.qq.com/document/path/98393
 */
export class WaitingRoomAdmitted
  extends Event<WaitingRoomAdmitted>()("event/meeting_change/join_from_meeting_room", done)
{}

/**
 * 成员从会议中被移入等候室事件.
 * @see https://developer.work.weixin.qq.com/document/path/98394
 */
export class WaitingRoomReturned
  extends Event<WaitingRoomReturned>()("event/meeting_change/move_to_waiting_room", done)
{}

/**
 * 共享屏幕开启事件.
 * @see https://developer.work.weixin.qq.com/document/path/98395
 */
export class ScreenShareStarted
  extends Event<ScreenShareStarted>()("event/meeting_change/open_screen_share", meeting)
{}

/**
 * 共享屏幕结束事件.
 * @see https://developer.work.weixin.qq.com/document/path/98396
 */
export class ScreenShareEnded extends Event<ScreenShareEnded>()("event/meeting_change/close_screen_share", meeting) {}

/**
 * 会议成员角色变更事件.
 * @see https://developer.work.weixin.qq.com/document/path/98397
 */
export class MeetingRoleChanged extends Event<MeetingRoleChanged>()("event/meeting_change/role_change", roleChanged) {}

/**
 * 网络研讨会成员角色变更事件.
 * @see https://developer.work.weixin.qq.com/document/path/98771
 */
export class WebinarRoleChanged
  extends Event<WebinarRoleChanged>()("event/meeting_change/webinar_role_change", roleChanged)
{}

/**
 * 网络研讨会暖场上传结果: what became of pictures and videos uploaded through the API.
 * @see https://developer.work.weixin.qq.com/document/path/98773
 */
export class WebinarWarmUpUploaded
  extends Event<WebinarWarmUpUploaded>()("event/meeting_change/webinar_warm_up_upload", () => ({
    ...meeting(),
    /** 暖场配置信息. */
    WarmUpInfo: Schema.Struct({
      ...Wire.optionals({
        /** The picture's URL. */
        WarmUpPicture: Schema.String,
        /** The video's URL. */
        WarmUpVideo: Schema.String
      }),
      ...uploaded()
    })
  }))
{}

/**
 * PSTN外呼状态更新事件: how far a telephone call into the meeting is.
 * @see https://developer.work.weixin.qq.com/document/path/98774
 */
export class PstnStatusUpdated extends Event<PstnStatusUpdated>()("event/meeting_change/pstn_status_update", () => ({
  ...meeting(),
  PstnStatus: PstnStatus.schema
})) {}

/**
 * 素材上传结果: what became of files uploaded through the API.
 * @see https://developer.work.weixin.qq.com/document/path/98775
 */
export class MediumUploaded extends Event<MediumUploaded>()("event/meeting_change/medium_upload", () => ({
  ...meeting(),
  /** Whether all succeeded: otherwise all have to be uploaded again. */
  AllUploadStatus: InWords(),
  UploadInfo: CallbackWire.repeated(Schema.Struct({
    MediumUrl: Wire.optional(Schema.String),
    MediumType: CallbackWire.optional(MediumType.schema),
    ...uploaded()
  }))
})) {}

/**
 * 开始云录制事件.
 * @see https://developer.work.weixin.qq.com/document/path/98398
 */
export class RecordingStarted extends Event<RecordingStarted>()("event/meeting_change/start_recording", meeting) {}

/**
 * 暂停云录制事件.
 * @see https://developer.work.weixin.qq.com/document/path/98399
 */
export class RecordingPaused extends Event<RecordingPaused>()("event/meeting_change/pause_recording", meeting) {}

/**
 * 恢复云录制事件.
 * @see https://developer.work.weixin.qq.com/document/path/98400
 */
export class RecordingResumed extends Event<RecordingResumed>()("event/meeting_change/resume_recording", meeting) {}

/**
 * 停止云录制事件: a host stopped it, or the meeting ended.
 * @see https://developer.work.weixin.qq.com/document/path/98401
 */
export class RecordingStopped extends Event<RecordingStopped>()("event/meeting_change/stop_recording", meeting) {}

/**
 * 云录制已完成事件: the meeting has ended and its recording can be watched.
 * @see https://developer.work.weixin.qq.com/document/path/98402
 */
export class RecordingCompleted
  extends Event<RecordingCompleted>()("event/meeting_change/recording_complete", meeting)
{}

/**
 * 删除云录制事件: somebody deleted a recording, by hand or through the API.
 * @see https://developer.work.weixin.qq.com/document/path/98404
 */
export class RecordingDeleted extends Event<RecordingDeleted>()("event/meeting_change/delete_recording", meeting) {}

/**
 * 用户报名事件.
 * @see https://developer.work.weixin.qq.com/document/path/98781
 */
export class MeetingEnrolled extends Event<MeetingEnrolled>()("event/meeting_change/enroll", enrollment) {}

/**
 * 用户取消报名事件.
 * @see https://developer.work.weixin.qq.com/document/path/98782
 */
export class MeetingEnrollmentCancelled
  extends Event<MeetingEnrollmentCancelled>()("event/meeting_change/cancel_enroll", enrollment)
{}

/**
 * 会议室应答事件: a room that the meeting called has answered; `MeetingRoomId` or `MraAddress` tells which.
 * @see https://developer.work.weixin.qq.com/document/path/98783
 */
export class MeetingRoomResponded
  extends Event<MeetingRoomResponded>()("event/meeting_change/meeting_room_response", () => ({
    ...meeting(),
    MeetingRoomId: Wire.optional(Schema.String),
    /** MRA设备. */
    MraAddress: CallbackWire.optional(Schema.Struct({
      Protocol: CallbackWire.optional(Wire.int),
      DialString: Wire.optional(Schema.String)
    })),
    RoomResponseStatus: RoomResponse.schema
  }))
{}

/**
 * 会议发起事件: a member whom the app sees began a quick meeting, or was the first to join a reserved one.
 * @see https://developer.work.weixin.qq.com/document/path/99648
 */
export class MeetingLaunched extends Event<MeetingLaunched>()("event/meeting_statistics/start_meeting", () => ({
  Status: MeetingStartStatus.schema
})) {}
