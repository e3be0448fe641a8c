/**
 * 日程事件: calendars and schedules that were made through the API.
 *
 * @see https://developer.work.weixin.qq.com/document/path/93651
 */
import * as Schema from "effect/Schema"
import { Event } from "../EventDefinition.ts"

const calendar = () => ({ CalId: Schema.String })

const schedule = () => ({
  /** The calendar that it stands in. */
  CalId: Schema.String,
  ScheduleId: Schema.String
})

/**
 * 新建日历事件. No longer in the documents.
 * @see https://developer.work.weixin.qq.com/document/path/93651
 */
export class CalendarAdded extends Event<CalendarAdded>()("event/add_calendar", calendar) {}

/**
 * 修改日历事件: an administrator of the calendar changed it.
 * @see https://developer.work.weixin.qq.com/document/path/97730
 */
export class CalendarModified extends Event<CalendarModified>()("event/modify_calendar", calendar) {}

/**
 * 删除日历事件: an administrator of the calendar deleted it.
 * @see https://developer.work.weixin.qq.com/document/path/97728
 */
export class CalendarDeleted extends Event<CalendarDeleted>()("event/delete_calendar", calendar) {}

/**
 * 添加日程事件: somebody put a schedule into a calendar of the app. No longer in the documents.
 * @see https://developer.work.weixin.qq.com/document/path/93651
 */
export class ScheduleAdded extends Event<ScheduleAdded>()("event/add_schedule", schedule) {}

/**
 * 修改日程事件: an administrator of the schedule changed it.
 * @see https://developer.work.weixin.qq.com/document/path/97731
 */
export class ScheduleModified extends Event<ScheduleModified>()("event/modify_schedule", schedule) {}

/**
 * 删除日程事件: an administrator of the schedule deleted it.
 * @see https://developer.work.weixin.qq.com/document/path/97732
 */
export class ScheduleDeleted extends Event<ScheduleDeleted>()("event/delete_schedule", schedule) {}

/**
 * 日程回执事件: the sender has accepted, declined, or put off the answer to an invitation.
 * @see https://developer.work.weixin.qq.com/document/path/98111
 */
export class ScheduleResponded extends Event<ScheduleResponded>()("event/respond_schedule", schedule) {}
