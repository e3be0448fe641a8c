/**
 * 预约会议: meetings that an app makes for members.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { cursor, occurrence, userids } from "./fields.ts"
import { MeetingGuest, NewMeetingGuest } from "./MeetingGuest.ts"
import { MeetingReminders, MeetingRepeatRule, MeetingSegment } from "./MeetingReminders.ts"
import { MeetingSettings, NewMeetingSettings } from "./MeetingSettings.ts"
import { MeetingType } from "./MeetingType.ts"

/** 会议的状态. */
export const MeetingStatus = Wire.oneOf({
  Waiting: [1, "待开始"],
  Running: [2, "会议中"],
  Ended: [3, "已结束"],
  Cancelled: [4, "已取消"],
  Expired: [5, "已过期"]
})

/** 与会状态. */
export const AttendanceStatus = Wire.oneOf({ Attended: [1, "已参与"], Absent: [2, "未参与"] })

/** 子会议状态. */
export const SubMeetingStatus = Wire.oneOf({ Existing: [0, "默认（存在）"], Deleted: [1, "已删除"] })

const attendance = Wire.optionals({
  status: AttendanceStatus.schema,
  first_join_time: Wire.time,
  last_quit_time: Wire.time,
  total_join_count: Wire.int,
  /** Seconds. */
  cumulative_time: Wire.int
})

/** 企业内部成员 of a meeting. */
export class MeetingAttendance extends Schema.Class<MeetingAttendance>("effect-wecom/MeetingAttendance")({
  userid: Schema.String,
  ...attendance
}) {}

/** 会中参会的外部联系人. Those who came with WeChat are not returned. */
export class ExternalAttendance extends Schema.Class<ExternalAttendance>("effect-wecom/ExternalAttendance")({
  /** Of this meeting alone; `IdConversion` makes an external_userid of it. */
  tmp_external_userid: Schema.String,
  ...attendance
}) {}

/** 子会议: one meeting of a series. */
export class SubMeeting extends Schema.Class<SubMeeting>("effect-wecom/SubMeeting")({
  sub_meetingid: Schema.String,
  ...Wire.optionals({
    status: SubMeetingStatus.schema,
    start_time: Wire.time,
    end_time: Wire.time,
    title: Schema.String,
    /** Of the {@link MeetingSegment} that it belongs to. */
    repeat_id: Schema.String
  })
}) {}

/** 会议详情. */
export class Meeting extends Schema.Class<Meeting>("effect-wecom/Meeting")({
  ...Wire.optionals({
    /** Of some answers alone: the document has none. */
    meetingid: Schema.String,
    admin_userid: Schema.String,
    title: Schema.String,
    meeting_start: Wire.time,
    /** Seconds. */
    meeting_duration: Wire.int,
    description: Schema.String,
    location: Schema.String,
    /** The department of who made it. */
    main_department: Wire.int,
    status: MeetingStatus.schema,
    meeting_type: MeetingType.schema,
    /** The app that made it. */
    agentid: Wire.int,
    attendees: Schema.Struct({
      member: Wire.list(MeetingAttendance),
      tmp_external_user: Wire.list(ExternalAttendance)
    }),
    settings: MeetingSettings,
    cal_id: Schema.String,
    reminders: MeetingRepeatRule,
    /** 会议号. */
    meeting_code: Schema.String,
    /** 入会链接. */
    meeting_link: Schema.String,
    /** Only the creator and the hosts may know. */
    has_vote: Schema.Boolean,
    has_more_sub_meeting: Wire.flag,
    remain_sub_meetings: Wire.int,
    /** The one that is held, or the next. */
    current_sub_meetingid: Schema.String
  }),
  sub_meetings: Wire.list(SubMeeting),
  guests: Wire.list(MeetingGuest),
  sub_repeat_list: Wire.list(MeetingSegment)
}) {}

const excess_users = Wire.list(Schema.String)

/** A meeting that was made. */
export class CreatedMeeting extends Schema.Class<CreatedMeeting>("effect-wecom/CreatedMeeting")({
  meetingid: Schema.String,
  /** 无效会议账号: userids of those invited who have no meeting account; of corps with the professional edition alone. */
  excess_users,
  ...Wire.optionals({
    /** 会议号; with the advanced features alone. */
    meeting_code: Schema.String,
    /** 入会链接; with the advanced features alone. */
    meeting_link: Schema.String
  })
}) {}

/** Seconds: 300 to 86399. */
const meeting_duration = Wire.intBetween(300, 86_399)

/** 1 to 255 characters; without the advanced features 20, or 40 bytes. */
const title = Wire.chars(255)

const details = Wire.optionals({
  /** At most 500 bytes or characters. */
  description: Wire.chars(500),
  /** At most 18 Chinese characters or 36 letters; without the advanced features 128 characters. */
  location: Wire.chars(128),
  /** At most 300, and no more than the administrator may invite: `MeetingAttendees.setInvitees` takes 2000. */
  invitees: userids(300),
  settings: NewMeetingSettings,
  /** A calendar of the app, at most 64 bytes. Third-party apps need one. Default: those of the attendees. */
  cal_id: Wire.text(64),
  reminders: MeetingReminders,
  guests: Schema.Array(NewMeetingGuest),
  /** Only for old third-party suites of several apps. */
  agentid: Wire.int
})

/** 预约会议 to make. */
export class NewMeeting extends Schema.Opaque<NewMeeting>()(Schema.Struct({
  admin_userid: Schema.NonEmptyString,
  title,
  ...details,
  ...Wire.optionals({
    /** In the future. Needed without the advanced features. */
    meeting_start: Wire.time,
    meeting_duration
  })
})) {}

/** 预约会议 to change: what is left out stays as it is. */
export class MeetingUpdate extends Schema.Opaque<MeetingUpdate>()(
  Schema.Struct({
    meetingid: Schema.NonEmptyString,
    ...details,
    ...Wire.optionals({
      title,
      /** In the future. Needs `meeting_duration`. */
      meeting_start: Wire.time,
      /** Needs `meeting_start`. */
      meeting_duration,
      /** Seconds before the start. Default: 0. WeCom has replaced it with `reminders.remind_before`. */
      remind_time: Wire.int
    })
  }).check(
    Schema.makeFilter(({ meeting_duration, meeting_start }) =>
      (meeting_duration === undefined) === (meeting_start === undefined) ||
      {
        path: [meeting_start === undefined ? "meeting_start" : "meeting_duration"],
        issue: "meeting_start and meeting_duration are changed together"
      }
    )
  )
) {}

/** A meeting, by either of its numbers, and of one that repeats, which occurrence. */
const meetingRef = Wire.withAnyOf("meetingid", "meeting_code")(
  Schema.Struct(
    Wire.optionals({ meetingid: Wire.filledText, meeting_code: Schema.String, sub_meetingid: Schema.String })
  )
)

/** A page of the ids of meetings. */
export class MeetingIdPage extends Schema.Opaque<MeetingIdPage>()(
  Schema.Struct({ next_cursor: Wire.optional(Schema.String), meetingid_list: Wire.list(Schema.String) })
) {}

/**
 * 预约会议: meetings that an app makes for members.
 *
 * An app sees and changes only the meetings that it has made. Members are notified of every change. Meetings of corps
 * without the advanced features (高级功能) know fewer settings.
 */
export class Meetings extends Domain.Service<Meetings>()("oa/meetings/Meetings", "OA·会议", {
  /**
   * 创建预约会议. Who made it is the app; the administrator, and everybody invited, has to be in the app's visible range.
   *
   * Rules of repetition are written with the functions of `MeetingReminders`.
   * @see https://developer.work.weixin.qq.com/document/path/98148
   * @see https://developer.work.weixin.qq.com/document/path/99104
   */
  create: Endpoint.post("/cgi-bin/meeting/create", 98148, () => ({ body: NewMeeting, success: CreatedMeeting })),
  /**
   * 修改预约会议. Only before it has begun. Returns the userids of those invited who have no meeting account.
   * @see https://developer.work.weixin.qq.com/document/path/98154
   * @see https://developer.work.weixin.qq.com/document/path/99047
   */
  update: Endpoint.post("/cgi-bin/meeting/update", { doc: 98154, idempotent: true }, () => ({
    body: MeetingUpdate,
    success: Endpoint.pluck("excess_users", excess_users)
  })),
  /**
   * 取消预约会议. Only before it has begun; of a series all meetings, or one.
   * @see https://developer.work.weixin.qq.com/document/path/98153
   * @see https://developer.work.weixin.qq.com/document/path/99048
   */
  cancel: Endpoint.post("/cgi-bin/meeting/cancel", 98153, () => ({
    /** Without `sub_meetingid`: the whole series. */
    body: occurrence
  })),
  /**
   * 获取会议详情. By the id, or by the number that members enter.
   * @see https://developer.work.weixin.qq.com/document/path/98149
   * @see https://developer.work.weixin.qq.com/document/path/99049
   */
  get: Endpoint.query("/cgi-bin/meeting/get_info", 98149, () => ({ body: meetingRef, success: Meeting })),
  /**
   * 获取成员会议ID列表. One page of the ids of a member's meetings that the app has made; `end_time` bounds past meetings
   * alone.
   * @see https://developer.work.weixin.qq.com/document/path/98714
   */
  listIds: Endpoint.query("/cgi-bin/meeting/get_user_meetingid", 98714, () => ({
    body: Schema.Struct({
      userid: Schema.NonEmptyString,
      ...cursor,
      /** 1 to 100; the same from page to page. Default: 100. */
      limit: Wire.optional(Wire.intBetween(1, 100)),
      ...Wire.optionals({
        begin_time: Wire.time,
        /** At most 180 days after `begin_time`. Default: now. */
        end_time: Wire.time
      })
    }).check(Wire.period("begin_time", "end_time", 180)),
    success: MeetingIdPage
  }))
}, (endpoints) => ({
  /**
   * 获取成员会议ID列表. The ids of all of a member's meetings that the app has made, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98714
   */
  listAllIds: Paging.byCursor(endpoints.listIds, "meetingid_list")
})) {}
