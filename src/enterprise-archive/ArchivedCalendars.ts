/**
 * 日程内容存档: the archived schedules of members.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { ScheduleReminders } from "../oa/calendars/Reminders.ts"
import { ScheduleAttendee } from "../oa/calendars/ScheduleAttendee.ts"
import { ScheduleStatus } from "../oa/calendars/ScheduleStatus.ts"
import * as Wire from "../Wire.ts"

/** 存档日程. */
export class ArchivedSchedule extends Schema.Class<ArchivedSchedule>("effect-wecom/ArchivedSchedule")({
  schedule_id: Schema.String,
  ...Wire.optionals({
    /** Userid. */
    organizer: Schema.String,
    cal_id: Schema.String,
    summary: Schema.String,
    description: Schema.String,
    location: Schema.String,
    start_time: Wire.time,
    end_time: Wire.time,
    /** A cancelled schedule can still be read. */
    status: ScheduleStatus.schema,
    reminders: ScheduleReminders
  }),
  attendees: Wire.list(ScheduleAttendee)
}) {}

/**
 * 日程内容存档: the archived schedules of members, in the calendar that every member has by default. For the corp's own
 * apps that 文件内容存档 lists under 可调用接口的应用 and that may read schedules.
 */
export class ArchivedCalendars
  extends Domain.Service<ArchivedCalendars>()("enterprise-archive/ArchivedCalendars", "企业数据存档·日程内容存档", {
    /**
     * 获取默认日历本ID. Returns the id of a member's default calendar.
     * @see https://developer.work.weixin.qq.com/document/path/101696
     */
    getDefault: Endpoint.query("/cgi-bin/security/calendar/get_default_calendar", 101696, () => ({
      body: { userid: Wire.filledText },
      success: Endpoint.pluck("cal_id", Schema.String)
    })),
    /**
     * 获取日程详情. Up to 10 schedules of a member's default calendar; callbacks have their ids.
     * @see https://developer.work.weixin.qq.com/document/path/101697
     */
    getSchedules: Endpoint.query("/cgi-bin/security/calendar/get_schedule_detail", 101697, () => ({
      body: {
        /** From `getDefault` or a callback. */
        cal_id: Wire.filledText,
        /** 1 to 10. */
        schedule_id_list: Wire.items(Wire.filledText, 10, 1)
      },
      success: Endpoint.pluck("schedule_list", Wire.list(ArchivedSchedule))
    }))
  })
{}
