/**
 * 参会成员: who is invited to a meeting, who is in it, and who waits to enter.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { cursor, millis, occurrence, page } from "./fields.ts"
import { MeetingDevice } from "./MeetingDevice.ts"
import { MeetingGuest, NewMeetingGuest } from "./MeetingGuest.ts"
import { MeetingRole, WebinarRole } from "./MeetingRole.ts"

/** 入会方式. */
export const JoinType = Wire.oneOf({
  Pstn: [0, "PSTN 普通用户，标准的手机或固话类型"],
  Voip: [1, "普通 VOIP 用户"],
  CastVoip: [2, "附属投屏 VOIP"],
  LinuxVoip: [3, "linux sdk for VOIP"],
  AudioPstn: [4, "附属语音 PSTN"],
  VideoPstn: [5, "附属视频 PSTN"],
  LinuxPstn: [6, "linux sdk for PSTN"]
})

/** 健康度. */
export const MeetingHealth = Wire.oneOf({ NoData: [0, "无数据"], Healthy: [1, "健康"], Alarming: [2, "告警"] })

/** 音频, 视频, 共享屏幕 or 网络质量. */
export const MeetingQualityLevel = Wire.oneOf({
  NoData: [0, "无数据"],
  Good: [1, "好"],
  Fair: [2, "较好"],
  Medium: [3, "中"],
  Poor: [4, "差"]
})

const person = Wire.optionals({
  /** Of members of the corp, in the app's visible range. */
  userid: Schema.String,
  /** 会中临时ID: of everybody, for this meeting. */
  tmp_openid: Schema.String,
  instance_id: MeetingDevice.schema
})

const presence = {
  ...person,
  ...Wire.optionals({
    join_time: Wire.quoted(Wire.time),
    role: MeetingRole.schema,
    join_type: JoinType.schema,
    /** 麦克风状态. */
    audio_state: Schema.Boolean,
    /** 摄像头状态. */
    video_state: Schema.Boolean,
    screen_shared_state: Schema.Boolean
  })
}

/** 会中成员: somebody who is in a meeting now, with one device. */
export class PresentAttendee extends Schema.Class<PresentAttendee>("effect-wecom/PresentAttendee")(presence) {}

/** 已参会成员: somebody who was in a meeting, with one device, once. */
export class MeetingAttendee extends Schema.Class<MeetingAttendee>("effect-wecom/MeetingAttendee")({
  ...presence,
  ...Wire.optionals({
    quit_time: Wire.quoted(Wire.time),
    webinar_role: WebinarRole.schema,
    /** 网络类型, such as `WIFI`, of those who are in the meeting. */
    net: Schema.String,
    /** Of the link that they came with: see `createLink`. */
    customer_data: Schema.String
  })
}) {}

/** 等候室成员. */
export class WaitingAttendee extends Schema.Class<WaitingAttendee>("effect-wecom/WaitingAttendee")({
  ...person,
  /** Of the link that they came with: see `createLink`. */
  customer_data: Wire.optional(Schema.String)
}) {}

/** 等候室成员记录: somebody who was in the waiting room, once. */
export class WaitingRecord extends Schema.Class<WaitingRecord>("effect-wecom/WaitingRecord")({
  ...person,
  ...Wire.optionals({ join_time: millis, quit_time: millis })
}) {}

/** 用户专属参会链接. Anyone who has it can enter. */
export class MeetingLink extends Schema.Class<MeetingLink>("effect-wecom/MeetingLink")({
  /** What tells whose link it is. */
  customer_data: Schema.String,
  meeting_short_url: Wire.secret
}) {}

/** 会议嘉宾列表. */
export class MeetingGuests extends Schema.Class<MeetingGuests>("effect-wecom/MeetingGuests")({
  ...Wire.optionals({ meetingid: Schema.String, meeting_code: Schema.String, title: Schema.String }),
  guests: Wire.list(MeetingGuest)
}) {}

/** A member's device that has entered a meeting. */
export class EnteredDevice extends Schema.Class<EnteredDevice>("effect-wecom/EnteredDevice")({
  meetingid: Schema.String,
  instance_id: Wire.optional(MeetingDevice.schema)
}) {}

const quality = {
  ...Wire.optionals({
    quality: MeetingHealth.schema,
    audio_quality: MeetingQualityLevel.schema,
    video_quality: MeetingQualityLevel.schema,
    screen_share_quality: MeetingQualityLevel.schema,
    network_quality: MeetingQualityLevel.schema
  }),
  /** 告警的具体问题. */
  problems: Wire.list(Schema.String)
}

/** 健康度 of one attendee with one device. */
export class AttendeeQuality extends Schema.Class<AttendeeQuality>("effect-wecom/AttendeeQuality")({
  ...person,
  ...quality
}) {}

/** 会议健康度, with a page of attendees, in the order in which they came. */
export class MeetingQuality extends Schema.Class<MeetingQuality>("effect-wecom/MeetingQuality")({
  ...quality,
  attendees: Wire.list(AttendeeQuality),
  ...page
}) {}

const meeting = { meetingid: Schema.NonEmptyString }

/** A page of the list. */
export class MeetingInviteePage extends Schema.Opaque<MeetingInviteePage>()(
  Schema.Struct({ ...page, invitees: Wire.list(Schema.Struct({ userid: Schema.String })) })
) {}

/** A page of the list. */
export class PresentAttendeePage extends Schema.Opaque<PresentAttendeePage>()(
  Schema.Struct({
    ...page,
    /** In no table of the document: its example has `"1"`. */
    status: Wire.optional(Schema.String),
    attendees: Wire.list(PresentAttendee)
  })
) {}

/** A page of the list. */
export class MeetingAttendeePage extends Schema.Opaque<MeetingAttendeePage>()(
  Schema.Struct({ ...page, attendees: Wire.list(MeetingAttendee) })
) {}

/** A page of the list. */
export class WaitingAttendeePage extends Schema.Opaque<WaitingAttendeePage>()(
  Schema.Struct({ ...page, user_list: Wire.list(WaitingAttendee) })
) {}

/** A page of the list. */
export class WaitingRecordPage extends Schema.Opaque<WaitingRecordPage>()(
  Schema.Struct({ ...page, user_list: Wire.list(WaitingRecord) })
) {}

/**
 * 参会成员: who is invited to a meeting, who is in it, and who waits to enter.
 *
 * For meetings that the app has made, and members in its visible range. Only the corp's own apps (自建应用) may.
 */
export class MeetingAttendees extends Domain.Service<MeetingAttendees>()("oa/meetings/MeetingAttendees", "OA·会议", {
  /**
   * 获取会议受邀成员列表. One page.
   * @see https://developer.work.weixin.qq.com/document/path/98160
   */
  listInvitees: Endpoint.query("/cgi-bin/meeting/get_invitees", 98160, () => ({
    body: { ...meeting, cursor: Wire.optional(Schema.String) },
    success: MeetingInviteePage
  })),
  /**
   * 更新会议受邀成员列表. Replaces the list as a whole; the administrator has to be in it.
   * @see https://developer.work.weixin.qq.com/document/path/98162
   */
  setInvitees: Endpoint.post("/cgi-bin/meeting/set_invitees", { doc: 98162, idempotent: true }, () => ({
    body: {
      ...meeting,
      /** At most 2000, and no more than the corp's meeting rooms hold. */
      invitees: Wire.optional(Wire.items(Schema.Struct({ userid: Schema.NonEmptyString }), 2000))
    }
  })),
  /**
   * 创建用户专属参会链接. Anyone who comes with the link is known by its `customer_data`, in callbacks too. Not for webinars.
   * @see https://developer.work.weixin.qq.com/document/path/98818
   */
  createLink: Endpoint.post("/cgi-bin/meeting/create_customer_short_url", 98818, () => ({
    body: {
      ...meeting,
      /** At most 256 bytes. */
      customer_data: Wire.text(256)
    },
    success: Endpoint.pluck("meeting_short_url_customer_data", MeetingLink)
  })),
  /**
   * 获取用户专属参会链接. All of a meeting. Not for webinars, nor for meetings with a personal number (个人会议号).
   * @see https://developer.work.weixin.qq.com/document/path/98819
   */
  listLinks: Endpoint.query("/cgi-bin/meeting/get_customer_short_url", 98819, () => ({
    body: meeting,
    success: Endpoint.pluck("meeting_short_url_customer_data_list", Wire.list(MeetingLink))
  })),
  /**
   * 获取实时会中成员列表. One page of those who are in the meeting now.
   * @see https://developer.work.weixin.qq.com/document/path/98157
   */
  listPresent: Endpoint.query("/cgi-bin/meeting/get_realtime_attendee_list", 98157, () => ({
    body: {
      ...occurrence,
      ...cursor,
      /** 1 to 50; the same from page to page. */
      limit: Wire.optional(Wire.intBetween(1, 50))
    },
    success: PresentAttendeePage
  })),
  /**
   * 获取已参会成员列表. One page of those who have been in a meeting or a webinar; none before it has begun.
   *
   * The times choose those who took part then, and have no effect on a meeting that repeats.
   * @see https://developer.work.weixin.qq.com/document/path/98156
   */
  list: Endpoint.query("/cgi-bin/meeting/get_attendee_list", 98156, () => ({
    body: Schema.Struct({
      ...occurrence,
      ...Wire.optionals({
        /** Default: 31 days ago; 90 if there is no `end_time` either. */
        start_time: Wire.time,
        /** At most 31 days after `start_time`. Default: now. */
        end_time: Wire.time
      }),
      ...cursor,
      /** 1 to 100; the same from page to page. */
      limit: Wire.optional(Wire.intBetween(1, 100))
    }).check(Wire.period("start_time", "end_time", 31)),
    success: MeetingAttendeePage
  })),
  /**
   * 获取实时等候室成员列表. One page of those who wait now; none unless the meeting is being held.
   * @see https://developer.work.weixin.qq.com/document/path/98163
   */
  listWaiting: Endpoint.query("/cgi-bin/meeting/waitingroom/get_current_user_list", 98163, () => ({
    body: {
      ...meeting,
      ...cursor,
      /** 1 to 50; the same from page to page. Default: 10. */
      limit: Wire.optional(Wire.intBetween(1, 50))
    },
    success: WaitingAttendeePage
  })),
  /**
   * 获取等候室成员记录. One page of those who have been in the waiting room, at any time.
   * @see https://developer.work.weixin.qq.com/document/path/98164
   */
  listWaitingRecords: Endpoint.query("/cgi-bin/meeting/waitingroom/get_user_list", 98164, () => ({
    body: {
      ...meeting,
      ...cursor,
      /** 1 to 50; the same from page to page. Default: 20. */
      limit: Wire.optional(Wire.intBetween(1, 50))
    },
    success: WaitingRecordPage
  })),
  /**
   * 获取成员设备是否入会. Which of a member's devices have entered which of some meetings, which the corp has made.
   * @see https://developer.work.weixin.qq.com/document/path/98165
   */
  listDevices: Endpoint.query("/cgi-bin/meeting/check_device_in_meeting", 98165, () => ({
    body: {
      userid: Schema.NonEmptyString,
      /** Default: all devices. */
      instance_id_list: Wire.optional(Schema.Array(MeetingDevice.schema)),
      meetingid_list: Wire.items(Wire.filledText, Infinity, 1)
    },
    success: Endpoint.pluck("result_list", Wire.list(EnteredDevice))
  })),
  /**
   * 获取会议嘉宾列表.
   * @see https://developer.work.weixin.qq.com/document/path/99039
   */
  listGuests: Endpoint.query("/cgi-bin/meeting/get_guests", 99039, () => ({
    body: meeting,
    success: MeetingGuests
  })),
  /**
   * 更新会议嘉宾列表. Replaces the list as a whole.
   * @see https://developer.work.weixin.qq.com/document/path/99040
   */
  setGuests: Endpoint.post("/cgi-bin/meeting/set_guests", { doc: 99040, idempotent: true }, () => ({
    body: { ...meeting, guests: Schema.Array(NewMeetingGuest) }
  })),
  /**
   * 获取会议健康度. Of a meeting that has ended, and one page of its attendees. From the first who enters to the last who
   * leaves, the meeting is one media room: `start_time` picks the first that began then or later, in the last 7 days.
   * @see https://developer.work.weixin.qq.com/document/path/98821
   */
  getQuality: Endpoint.query("/cgi-bin/meeting/get_quality", 98821, () => ({
    body: {
      ...occurrence,
      start_time: Wire.time,
      ...cursor,
      /** 1 to 50; the same from page to page. Default: 50. */
      limit: Wire.optional(Wire.intBetween(1, 50))
    },
    success: MeetingQuality
  }))
}, (endpoints) => ({
  /**
   * 获取会议受邀成员列表. All of them, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98160
   */
  listAllInvitees: Paging.byCursor(endpoints.listInvitees, "invitees"),
  /**
   * 获取实时会中成员列表. All who are in the meeting, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98157
   */
  listAllPresent: Paging.byCursor(endpoints.listPresent, "attendees"),
  /**
   * 获取已参会成员列表. All who have been in the meeting, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98156
   */
  listAll: Paging.byCursor(endpoints.list, "attendees"),
  /**
   * 获取实时等候室成员列表. All who wait, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98163
   */
  listAllWaiting: Paging.byCursor(endpoints.listWaiting, "user_list"),
  /**
   * 获取等候室成员记录. All of them, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98164
   */
  listAllWaitingRecords: Paging.byCursor(endpoints.listWaitingRecords, "user_list"),
  /**
   * 获取会议健康度. Those of all attendees, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98821
   */
  listAllQualities: Paging.make(endpoints.getQuality, {
    items: (page) => page.attendees,
    next: Paging.followCursor()
  })
})) {}
