/**
 * 重复会议相关配置: when the attendees of a meeting are reminded, and how it repeats.
 *
 * @example
 * ```ts
 * // Every second Monday and Wednesday, ten times, with a reminder 15 minutes before.
 * const reminders: MeetingReminders.MeetingReminders = {
 *   remind_before: [MeetingReminders.MeetingRemindBefore.QuarterHour],
 *   ...MeetingReminders.weekly({ every: 2, days: [1, 3], times: 10 })
 * }
 * ```
 */
import type * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { ignores } from "../../internal/wire/overlooked.ts"
import * as Wire from "../../Wire.ts"

/** 周期性会议类型. */
export const MeetingRepeatType = Wire.oneOf({
  Daily: [0, "每日"],
  Weekly: [1, "每周"],
  Monthly: [2, "每月"],
  Workdays: [7, "工作日"]
})

/** 结束重复类型. */
export const MeetingRepeatEnd = Wire.oneOf({ Date: [0, "按日期结束重复"], Count: [1, "按次数结束重复"] })

/** 会议开始前多久提醒成员, in seconds. WeCom takes any other value for `AtStart`. */
export const MeetingRemindBefore = Wire.oneOf({
  AtStart: [0, "会议开始时"],
  FiveMinutes: [300, "5分钟前"],
  QuarterHour: [900, "15分钟前"],
  Hour: [3600, "一小时前"],
  Day: [86_400, "一天前"]
})

const rule = {
  repeat_type: MeetingRepeatType.schema,
  /** Whether the interval and the days count; not for `Workdays`. Default: false. */
  is_custom_repeat: Wire.flag,
  /** Every how many days, weeks or months. Needed with `is_custom_repeat`. */
  repeat_interval: Wire.intFrom(1),
  /** Default: `Date`. */
  repeat_until_type: MeetingRepeatEnd.schema,
  /** How many meetings, with the end `Count`: at most 200, monthly 50. Default: 7. */
  repeat_until_count: Wire.intBetween(1, 200),
  /** The end, with the end `Date`: at most 200 meetings, monthly 50. Default: in 7 days. */
  repeat_until: Wire.time
}

/** Default: false. */
const is_repeat = Wire.flag

const reminders = Wire.optionals({
  ...rule,
  is_repeat,
  /** 1 (Monday) to 7 (Sunday); of weekly meetings with `is_custom_repeat`. The day of the start is added. */
  repeat_day_of_week: Schema.Array(Wire.intBetween(1, 7)),
  /** 1 to 31; of monthly meetings with `is_custom_repeat`. The day of the start is added. */
  repeat_day_of_month: Schema.Array(Wire.intBetween(1, 31)),
  /** Default: no reminder. */
  remind_before: Schema.Array(MeetingRemindBefore.schema)
})

type Fields = Schema.Struct.Type<typeof reminders>

/** What every meeting may say. */
export interface MeetingReminding extends Pick<Fields, "remind_before"> {}

/** It does not repeat. */
export interface OnceMeeting extends MeetingReminding {
  readonly is_repeat?: false | undefined
  readonly repeat_type?: undefined
}

/** What every meeting that repeats may say. */
export interface RepeatingMeeting
  extends
    MeetingReminding,
    Pick<Fields, "is_custom_repeat" | "repeat_interval" | "repeat_until_type" | "repeat_until_count" | "repeat_until">
{
  readonly is_repeat: true
}

/** 每日. */
export interface DailyMeeting extends RepeatingMeeting {
  readonly repeat_type: typeof MeetingRepeatType.Daily
}

/** 每周. */
export interface WeeklyMeeting extends RepeatingMeeting, Pick<Fields, "repeat_day_of_week"> {
  readonly repeat_type: typeof MeetingRepeatType.Weekly
}

/** 每月. */
export interface MonthlyMeeting extends RepeatingMeeting, Pick<Fields, "repeat_day_of_month"> {
  readonly repeat_type: typeof MeetingRepeatType.Monthly
}

/** 工作日. */
export interface WorkdayMeeting extends RepeatingMeeting {
  readonly repeat_type: typeof MeetingRepeatType.Workdays
}

/** 重复会议相关配置, told apart by `repeat_type`: each rule has the fields that WeCom uses for it, and no others. */
export type MeetingReminders = OnceMeeting | DailyMeeting | WeeklyMeeting | MonthlyMeeting | WorkdayMeeting

const checked = Schema.Struct(reminders).check(
  Schema.makeFilter(({ is_repeat, repeat_type }) =>
    is_repeat === true || repeat_type === undefined ||
    { path: ["is_repeat"], issue: `must be true, or ${ignores("repeat_type")}` }
  ),
  Schema.makeFilter((input) => {
    const used = (["repeat_day_of_week", "repeat_day_of_month"] as const).find((key) => input[key] !== undefined)
    if (input.is_custom_repeat !== true) {
      return used === undefined || { path: ["is_custom_repeat"], issue: `must be true, or ${ignores(used)}` }
    }
    return input.repeat_interval === undefined
      ? { path: ["repeat_interval"], issue: "is needed if is_custom_repeat is true" }
      : input.repeat_type !== MeetingRepeatType.Workdays ||
        { path: ["repeat_type"], issue: "workdays have no rule of their own: leave out is_custom_repeat" }
  }),
  Schema.makeFilter(({ repeat_type, repeat_until_count = 0 }) =>
    repeat_type !== MeetingRepeatType.Monthly || repeat_until_count <= 50 ||
    { path: ["repeat_until_count"], issue: "at most 50 monthly meetings are allowed" }
  )
)

/** 重复会议相关配置. */
export const MeetingReminders = // one rule as a type; WeCom's own example has the fields of two
  checked as Schema.ConstraintCodec<MeetingReminders, typeof checked.Encoded>

/** When a meeting no longer repeats: after a time, or after a number of meetings. */
export interface MeetingRepetition {
  /** Every how many days, weeks or months. Default: 1. */
  readonly every?: number | undefined
  /** The end; not together with `times`. Default: in 7 days. */
  readonly until?: DateTime.Utc | undefined
  /** How many meetings: at most 200, monthly 50. */
  readonly times?: number | undefined
}

const written = ({ every, times, until }: MeetingRepetition, days?: ReadonlyArray<number>) => ({
  is_repeat: true as const,
  ...(times === undefined
    ? { repeat_until: until }
    : { repeat_until_type: MeetingRepeatEnd.Count, repeat_until_count: times }),
  ...(every === undefined && days === undefined ? {} : { is_custom_repeat: true, repeat_interval: every ?? 1 })
})

/** 每日, or every so many days. */
export const daily = (repetition: MeetingRepetition = {}): DailyMeeting => ({
  repeat_type: MeetingRepeatType.Daily,
  ...written(repetition)
})

/** 每周 on the weekday of the start, or on `days`: 1 (Monday) to 7 (Sunday). */
export const weekly = (
  { days, ...repetition }: MeetingRepetition & { readonly days?: ReadonlyArray<number> | undefined } = {}
): WeeklyMeeting => ({
  repeat_type: MeetingRepeatType.Weekly,
  repeat_day_of_week: days,
  ...written(repetition, days)
})

/** 每月 on the day of the start, or on `days`: 1 to 31. */
export const monthly = (
  { days, ...repetition }: MeetingRepetition & { readonly days?: ReadonlyArray<number> | undefined } = {}
): MonthlyMeeting => ({
  repeat_type: MeetingRepeatType.Monthly,
  repeat_day_of_month: days,
  ...written(repetition, days)
})

/** 每个工作日. */
export const workdays = (repetition: Omit<MeetingRepetition, "every"> = {}): WorkdayMeeting => ({
  repeat_type: MeetingRepeatType.Workdays,
  ...written(repetition)
})

const days = {
  /** 1 (Monday) to 7 (Sunday). */
  repeat_day_of_week: Wire.list(Wire.int),
  repeat_day_of_month: Wire.list(Wire.int)
}

/** 重复会议相关配置 of a meeting, as WeCom returns it: fields that its rule does not use may be there too. */
export class MeetingRepeatRule extends Schema.Class<MeetingRepeatRule>("effect-wecom/MeetingRepeatRule")({
  ...Wire.optionals({ ...rule, is_repeat }),
  ...days,
  /** Seconds before the start. */
  remind_before: Wire.list(Wire.int)
}) {}

/** 周期性会议分段: some meetings of a series that somebody has given a rule of their own. */
export class MeetingSegment extends Schema.Class<MeetingSegment>("effect-wecom/MeetingSegment")({
  repeat_id: Schema.String,
  ...Wire.optionals(rule),
  ...days
}) {}
