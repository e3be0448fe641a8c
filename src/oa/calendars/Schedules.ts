/**
 * 管理日程: what is in the calendars of an app, and who attends.
 */
import type * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import { ignores } from "../../internal/wire/overlooked.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { Reminders, RemindTime, ScheduleReminders } from "./Reminders.ts"
import { ScheduleAttendee } from "./ScheduleAttendee.ts"
import { ScheduleStatus } from "./ScheduleStatus.ts"

/** 操作模式: which occurrences of a repeating schedule are changed or cancelled. */
export const OccurrenceMode = Wire.oneOf({
  All: [0, "全部"],
  This: [1, "仅此日程"],
  ThisAndLater: [2, "本次及后续日程"]
})

/** 日程. */
export class Schedule extends Schema.Class<Schedule>("effect-wecom/Schedule")({
  schedule_id: Schema.String,
  ...Wire.optionals({
    /** Counts up; of `listByCalendar` alone. */
    sequence: Wire.int64,
    cal_id: Schema.String,
    summary: Schema.String,
    description: Schema.String,
    location: Schema.String,
    start_time: Wire.time,
    end_time: Wire.time,
    is_whole_day: Wire.flag,
    /** A cancelled schedule can still be read. */
    status: ScheduleStatus.schema,
    reminders: ScheduleReminders,
    /** Of schedules made before administrators. */
    organizer: Schema.String
  }),
  /** Userids. */
  admins: Wire.list(Schema.String),
  /** `listByCalendar` returns at most 300. */
  attendees: Wire.list(ScheduleAttendee)
}) {
  /**
   * The schedule as `update` takes it, with some changes: what `update` is not given it removes.
   *
   * @example
   * ```ts
   * schedules.update({ schedule: schedule.edited({ summary: "评审改期" }) })
   * ```
   */
  edited(changes: Partial<Omit<ScheduleEdit, "schedule_id">> = {}): ScheduleEdit {
    return {
      schedule_id: this.schedule_id,
      // WeCom sends both times; `update` would refuse to leave them out.
      start_time: this.start_time as DateTime.Utc,
      end_time: this.end_time as DateTime.Utc,
      is_whole_day: this.is_whole_day,
      summary: this.summary,
      description: this.description,
      location: this.location,
      admins: this.admins,
      attendees: this.attendees.map(({ userid }) => ({ userid })),
      reminders: this.reminders?.input,
      ...changes
    }
  }
}

/** 日程参与者 to invite. */
const attendee = Schema.Struct({
  /** At most 64 bytes. */
  userid: Wire.text(64)
})

const details = {
  start_time: Wire.time,
  end_time: Wire.time,
  ...Wire.optionals({
    /** Default: false. */
    is_whole_day: Wire.flag,
    /** At most 128 characters. Default: shown as 新建事件. */
    summary: Wire.chars(128),
    /** At most 1000 characters. */
    description: Wire.chars(1000),
    /** At most 128 characters. */
    location: Wire.chars(128),
    /** Userids, at most 3, who have to be among those that it is shared with (90492). */
    admins: Wire.items(Wire.filledText, 3),
    /** At most 1000. */
    attendees: Wire.items(attendee, 1000),
    /** Default: no reminder, no repetition. */
    reminders: Reminders
  })
}

/** Those that only a whole-day schedule may have. */
const wholeDayRemindTimes: ReadonlySet<number> = new Set([
  RemindTime.NineOClock,
  RemindTime.TwoDaysBefore,
  RemindTime.WeekBefore
])

const forWholeDays = Schema.makeFilter((
  { is_whole_day, reminders }: {
    readonly is_whole_day?: boolean | undefined
    readonly reminders?: Reminders | undefined
  }
) => {
  const index = is_whole_day === true
    ? -1
    : reminders?.remind_time_diffs?.findIndex((seconds) => wholeDayRemindTimes.has(seconds)) ?? -1
  return index < 0 ||
    { path: ["reminders", "remind_time_diffs", index], issue: "is for whole-day schedules: set is_whole_day" }
})

/** `end_time` is not before `start_time`. */
const inOrder = Wire.period("start_time", "end_time", Infinity)

const newSchedule = Schema.Struct({
  ...details,
  /** At most 64 bytes. Default: the app's default calendar. Third-party apps have to name one. */
  cal_id: Wire.optional(Wire.text(64))
}).check(inOrder, forWholeDays)
/** 日程信息 of a schedule to make. */
export interface NewSchedule extends Schema.Struct.Type<typeof newSchedule.fields> {}
/** 日程信息 of a schedule to make. */
export const NewSchedule: Schema.Codec<NewSchedule, typeof newSchedule.Encoded> = newSchedule

const scheduleEdit = Schema.Struct({ schedule_id: Wire.filledText, ...details }).check(inOrder, forWholeDays)
/** 日程信息 of a schedule to change, as a whole: see {@link Schedule.edited}. */
export interface ScheduleEdit extends Schema.Struct.Type<typeof scheduleEdit.fields> {}
/** 日程信息 of a schedule to change, as a whole: see {@link Schedule.edited}. */
export const ScheduleEdit: Schema.Codec<ScheduleEdit, typeof scheduleEdit.Encoded> = scheduleEdit

/** All of a schedule. */
interface Whole {
  /** Default: `All`. */
  readonly op_mode?: typeof OccurrenceMode.All | undefined
  readonly op_start_time?: undefined
}

/** Some occurrences of a schedule that repeats. */
interface Some {
  readonly op_mode: typeof OccurrenceMode.This | typeof OccurrenceMode.ThisAndLater
  /** When the occurrence starts (90482 if none starts then). */
  readonly op_start_time: DateTime.Utc
}

const occurrences = Wire.optionals({ op_mode: OccurrenceMode.schema, op_start_time: Wire.time })

/** An occurrence is named if and only if the mode is for one. */
const consistently = Schema.makeFilter(({ op_mode, op_start_time }: Schema.Struct.Type<typeof occurrences>) =>
  (op_mode ?? OccurrenceMode.All) === OccurrenceMode.All
    ? op_start_time === undefined ||
      { path: ["op_mode"], issue: `must be 1 or 2, or ${ignores("op_start_time")}` }
    : op_start_time !== undefined ||
      { path: ["op_start_time"], issue: "is needed to name an occurrence: when it starts (90482)" }
)

interface UpdateFields {
  readonly schedule: ScheduleEdit
  /** Whether the attendees stay as they are. Default: false. */
  readonly skip_attendees?: boolean | undefined
}

/** A schedule as it shall be, and of one that repeats, from which occurrence on. */
export type ScheduleUpdate = UpdateFields & (Whole | Some)

const scheduleUpdate = Schema.Struct({
  ...occurrences,
  skip_attendees: Wire.optional(Wire.flag),
  schedule: ScheduleEdit
}).check(
  consistently,
  Schema.makeFilter(({ op_mode, schedule: { reminders } }) =>
    op_mode !== OccurrenceMode.This || reminders?.is_repeat !== true ||
    { path: ["schedule", "reminders", "is_repeat"], issue: "a single occurrence cannot repeat (90484)" }
  )
)
/** A schedule as it shall be, and of one that repeats, from which occurrence on. */
export const ScheduleUpdate = // what the check says, as a type
  scheduleUpdate as Schema.ConstraintCodec<ScheduleUpdate, typeof scheduleUpdate.Encoded>

/** A schedule, and of one that repeats, which occurrences to cancel. */
export type ScheduleCancellation = { readonly schedule_id: string } & (Whole | Some)

const scheduleCancellation = Schema.Struct({ schedule_id: Wire.filledText, ...occurrences }).check(consistently)
/** A schedule, and of one that repeats, which occurrences to cancel. */
export const ScheduleCancellation = // what the check says, as a type
  scheduleCancellation as Schema.ConstraintCodec<ScheduleCancellation, typeof scheduleCancellation.Encoded>

const attendance = { schedule_id: Wire.filledText, attendees: Wire.items(attendee, 1000, 1) }

/** One page of the schedules of a calendar. */
export class SchedulePage extends Schema.Opaque<SchedulePage>()(
  Schema.Struct({ schedule_list: Wire.list(Schedule) })
) {}

/**
 * 管理日程: what is in the calendars of an app, and who attends.
 *
 * An app sees and changes only the schedules that it has made itself, 20,000 a day; attendees have to be members that it
 * sees. WeCom notifies them of every change.
 */
export class Schedules extends Domain.Service<Schedules>()("oa/calendars/Schedules", "OA·日历日程", {
  /**
   * 创建日程. Puts a schedule into a calendar of the app, and returns its id.
   *
   * Rules of repetition are written with the functions of `Reminders`.
   * @see https://developer.work.weixin.qq.com/document/path/93648
   */
  create: Endpoint.post("/cgi-bin/oa/schedule/add", 93648, () => ({
    body: {
      schedule: NewSchedule,
      /** Only for old third-party suites of several apps. */
      agentid: Wire.optional(Wire.int)
    },
    success: Endpoint.pluck("schedule_id", Schema.String)
  })),
  /**
   * 更新日程. Replaces the schedule as a whole: what is left out is removed. {@link Schedule.edited} keeps the rest.
   *
   * Of a repeating schedule, `op_mode` picks occurrences: those become a schedule of their own, whose id is returned. A
   * single one cannot repeat (90484), and only a repeating schedule has occurrences (90485). Times, whole days and the
   * rule of repetition of a schedule with a booked room cannot be changed: cancel the booking first.
   * @see https://developer.work.weixin.qq.com/document/path/97720
   * @see https://developer.work.weixin.qq.com/document/path/96204
   */
  update: Endpoint.post("/cgi-bin/oa/schedule/update", 97720, () => ({
    body: ScheduleUpdate,
    success: Endpoint.pluck("schedule_id", Wire.optional(Schema.String))
  })),
  /**
   * 新增日程参与者. Those who attend already stay; 1000 in all.
   * @see https://developer.work.weixin.qq.com/document/path/97721
   */
  addAttendees: Endpoint.post("/cgi-bin/oa/schedule/add_attendees", 97721, () => ({ body: attendance })),
  /**
   * 删除日程参与者. The others stay.
   * @see https://developer.work.weixin.qq.com/document/path/97722
   */
  removeAttendees: Endpoint.post("/cgi-bin/oa/schedule/del_attendees", 97722, () => ({ body: attendance })),
  /**
   * 获取日历下的日程列表. One page of the schedules of a calendar of the app.
   * @see https://developer.work.weixin.qq.com/document/path/97723
   */
  listByCalendar: Endpoint.query("/cgi-bin/oa/schedule/get_by_calendar", { doc: 97723, int64: ["sequence"] }, () => ({
    body: {
      cal_id: Wire.filledText,
      ...Wire.optionals({
        /** Default: 0. */
        offset: Wire.intFrom(0),
        /** 1 to 1000. Default: 500. */
        limit: Wire.intBetween(1, 1000)
      })
    },
    success: SchedulePage
  })),
  /**
   * 获取日程详情. Schedules of the app, by their ids; cancelled ones too, see their `status`.
   * @see https://developer.work.weixin.qq.com/document/path/97724
   */
  getMany: Endpoint.query("/cgi-bin/oa/schedule/get", 97724, () => ({
    /** At most 1000. */
    body: { schedule_id_list: Wire.items(Wire.filledText, 1000, 1) },
    success: Endpoint.pluck("schedule_list", Wire.list(Schedule))
  })),
  /**
   * 取消日程. All of it, or some occurrences of one that repeats.
   * @see https://developer.work.weixin.qq.com/document/path/97725
   */
  cancel: Endpoint.post("/cgi-bin/oa/schedule/del", 97725, () => ({
    body: ScheduleCancellation
  }))
}, (endpoints) => ({
  /**
   * 获取日历下的日程列表. All schedules of a calendar, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/97723
   */
  listAllByCalendar: Paging.make(endpoints.listByCalendar, {
    items: (page) => page.schedule_list,
    // Only an empty page is the last: shorter ones than asked for may come before.
    next: ({ schedule_list: { length } }, input) =>
      length === 0 ? undefined : { ...input, offset: (input.offset ?? 0) + length }
  })
})) {}
