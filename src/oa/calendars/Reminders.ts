/**
 * 提醒相关信息: when the attendees of a schedule are reminded, and how it repeats.
 *
 * @example
 * ```ts
 * // Every second Monday and Wednesday, with a reminder 15 minutes before.
 * const reminders: Reminders.Reminders = {
 *   is_remind: true,
 *   remind_time_diffs: [Reminders.RemindTime.QuarterHourBefore],
 *   ...Reminders.weekly({ every: 2, days: [1, 3] })
 * }
 * ```
 */
import type * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { ignores } from "../../internal/wire/overlooked.ts"
import * as Wire from "../../Wire.ts"

/** 重复类型. */
export const RepeatType = Wire.oneOf({
  Daily: [0, "每日"],
  Weekly: [1, "每周"],
  Monthly: [2, "每月"],
  Yearly: [5, "每年"],
  Workdays: [7, "工作日"]
})

/** 提醒时间与日程开始时间的差值, in seconds. */
export const RemindTime = Wire.oneOf({
  AtStart: [0, "事件开始时"],
  FiveMinutesBefore: [-300, "事件开始前5分钟"],
  QuarterHourBefore: [-900, "事件开始前15分钟"],
  HourBefore: [-3600, "事件开始前1小时"],
  DayBefore: [-86_400, "事件开始前1天"],
  /** Of whole-day schedules alone. */
  NineOClock: [32_400, "事件开始当天（09：00）"],
  /** Of whole-day schedules alone. */
  TwoDaysBefore: [-172_800, "事件开始前两天"],
  /** Of whole-day schedules alone. */
  WeekBefore: [-604_800, "事件开始前1周"]
})

const RemindBefore = Wire.oneOf({
  AtStart: [0, "事件开始时"],
  FiveMinutes: [300, "事件开始前5分钟"],
  QuarterHour: [900, "事件开始前15分钟"],
  Hour: [3600, "事件开始前1小时"],
  Day: [86_400, "事件开始前1天"]
})

const reminding = Wire.optionals({
  is_remind: Wire.flag,
  /** Used only if `is_remind` is `true`; preferred to `remind_before_event_secs`. */
  remind_time_diffs: Schema.Array(RemindTime.schema),
  /** Seconds before the start: 0, 300, 900, 3600 or 86400. WeCom will drop it: use `remind_time_diffs`. */
  remind_before_event_secs: RemindBefore.schema,
  /** Hours from UTC, -12 to 12. Default: 8. */
  timezone: Wire.intBetween(-12, 12)
})

const repeating = Wire.optionals({
  /** Default: for ever. */
  repeat_until: Wire.time,
  /** If not `true`, it repeats on the weekday, or the day of the month, of its start. */
  is_custom_repeat: Wire.flag,
  /** 1 for every day, week, month or year, 2 for every second. Needs `is_custom_repeat`, which needs it (90486). */
  repeat_interval: Wire.intFrom(1)
})

const days = Wire.optionals({
  /** 1 (Monday) to 7 (Sunday). Needs `is_custom_repeat`. */
  repeat_day_of_week: Schema.Array(Wire.intBetween(1, 7)),
  /** 1 to 31. Needs `is_custom_repeat`. */
  repeat_day_of_month: Schema.Array(Wire.intBetween(1, 31))
})

/** What every schedule may say. */
export interface Reminding extends Schema.Struct.Type<typeof reminding> {}

/** It does not repeat. */
export interface OnceReminders extends Reminding {
  readonly is_repeat?: false | undefined
  readonly repeat_type?: undefined
}

/** What every schedule that repeats may say. */
export interface Repeating extends Reminding, Schema.Struct.Type<typeof repeating> {
  readonly is_repeat: true
}

/** 每日. */
export interface DailyReminders extends Repeating {
  readonly repeat_type: typeof RepeatType.Daily
}

/** 每周. */
export interface WeeklyReminders extends Repeating, Pick<Schema.Struct.Type<typeof days>, "repeat_day_of_week"> {
  readonly repeat_type: typeof RepeatType.Weekly
}

/** 每月. */
export interface MonthlyReminders extends Repeating, Pick<Schema.Struct.Type<typeof days>, "repeat_day_of_month"> {
  readonly repeat_type: typeof RepeatType.Monthly
}

/** 每年. */
export interface YearlyReminders extends Repeating {
  readonly repeat_type: typeof RepeatType.Yearly
}

/** 工作日. */
export interface WorkdayReminders extends Repeating {
  readonly repeat_type: typeof RepeatType.Workdays
}

/** 提醒相关信息, told apart by `repeat_type`: each rule has the fields that WeCom uses for it, and no others. */
export type Reminders =
  | OnceReminders
  | DailyReminders
  | WeeklyReminders
  | MonthlyReminders
  | YearlyReminders
  | WorkdayReminders

const fields = Schema.Struct({
  ...reminding,
  ...Wire.optionals({ is_repeat: Wire.flag, repeat_type: RepeatType.schema }),
  ...repeating,
  ...days
})

const customFields = ["repeat_interval", "repeat_day_of_week", "repeat_day_of_month"] as const

/** 提醒相关信息. What WeCom would ignore in silence is refused. */
export const Reminders = fields.check(
  Schema.makeFilter(({ is_repeat, repeat_type }) =>
    (is_repeat === true) === (repeat_type !== undefined) ||
    (is_repeat === true
      ? { path: ["repeat_type"], issue: "is needed if is_repeat is true" }
      : { path: ["is_repeat"], issue: `must be true, or ${ignores("repeat_type")}` })
  ),
  Schema.makeFilter((rule) => {
    const used = customFields.find((key) => rule[key] !== undefined)
    return rule.is_custom_repeat === true
      ? rule.repeat_interval !== undefined ||
        { path: ["repeat_interval"], issue: "is needed if is_custom_repeat is true (90486)" }
      : used === undefined || { path: ["is_custom_repeat"], issue: `must be true, or ${ignores(used)}` }
  })
  // One rule as a type; WeCom's own example has the fields of two.
) as Schema.ConstraintCodec<Reminders, typeof fields.Encoded>

/** What every rule may say. */
export interface Repetition {
  /** Every how many days, weeks, months or years. Default: 1. */
  readonly every?: number | undefined
  /** Default: for ever. */
  readonly until?: DateTime.Utc | undefined
}

/** 每日, or every so many days. */
export const daily = (repetition: Repetition = {}): DailyReminders => ({
  repeat_type: RepeatType.Daily,
  ...written(repetition)
})

/** 每周 on the weekday of the start, or on `days`: 1 (Monday) to 7 (Sunday). */
export const weekly = (
  { days, ...repetition }: Repetition & { readonly days?: ReadonlyArray<number> | undefined } = {}
): WeeklyReminders => ({
  repeat_type: RepeatType.Weekly,
  ...written(repetition, days),
  repeat_day_of_week: days
})

/** 每月 on the day of the start, or on `days`: 1 to 31. */
export const monthly = (
  { days, ...repetition }: Repetition & { readonly days?: ReadonlyArray<number> | undefined } = {}
): MonthlyReminders => ({
  repeat_type: RepeatType.Monthly,
  ...written(repetition, days),
  repeat_day_of_month: days
})

/** 每年 on the date of the start, or every so many years. */
export const yearly = (repetition: Repetition = {}): YearlyReminders => ({
  repeat_type: RepeatType.Yearly,
  ...written(repetition)
})

/** 工作日: Monday to Friday. */
export const workdays = (
  { until }: { readonly until?: DateTime.Utc | undefined } = {}
): WorkdayReminders => ({ repeat_type: RepeatType.Workdays, ...written({ until }) })

const written = ({ every, until }: Repetition, days?: ReadonlyArray<number>) => ({
  is_repeat: true as const,
  repeat_until: until,
  ...(every === undefined && days === undefined ? {} : { is_custom_repeat: true, repeat_interval: every ?? 1 })
})

/** 提醒相关信息 of a schedule, as WeCom returns it: fields that its rule does not use may be there too. */
export class ScheduleReminders extends Schema.Class<ScheduleReminders>("effect-wecom/ScheduleReminders")({
  ...Wire.optionals({
    is_remind: Wire.flag,
    /** Seconds before the start. */
    remind_before_event_secs: Wire.int,
    is_repeat: Wire.flag,
    repeat_type: RepeatType.schema,
    /** `undefined`: for ever. */
    repeat_until: Wire.time,
    is_custom_repeat: Wire.flag,
    repeat_interval: Wire.int,
    /** Hours from UTC. */
    timezone: Wire.int
  }),
  /** Seconds from the start, -604800 to 86399: members choose others than {@link RemindTime} too. */
  remind_time_diffs: Wire.list(Wire.int),
  /** 1 (Monday) to 7 (Sunday). */
  repeat_day_of_week: Wire.list(Wire.int),
  repeat_day_of_month: Wire.list(Wire.int),
  /** Occurrences that were changed or cancelled on their own, by the time at which they would start. */
  exclude_time_list: Wire.list(Schema.Struct({ start_time: Wire.time }))
}) {
  /** The same as `Schedules.update` takes it, with what the rule uses. */
  get input(): Reminders {
    const repetition = {
      until: this.repeat_until,
      every: this.is_custom_repeat === true ? this.repeat_interval : undefined
    }
    const daysOf = (days: ReadonlyArray<number>) => this.is_custom_repeat === true && days.length > 0 ? days : undefined
    const reminding = {
      is_remind: this.is_remind,
      timezone: this.timezone,
      ...(this.remind_time_diffs.length > 0
        ? { remind_time_diffs: this.remind_time_diffs }
        : { remind_before_event_secs: this.remind_before_event_secs })
    }
    if (this.is_repeat !== true) return reminding
    switch (this.repeat_type) {
      case RepeatType.Daily:
        return { ...reminding, ...daily(repetition) }
      case RepeatType.Weekly:
        return { ...reminding, ...weekly({ ...repetition, days: daysOf(this.repeat_day_of_week) }) }
      case RepeatType.Monthly:
        return { ...reminding, ...monthly({ ...repetition, days: daysOf(this.repeat_day_of_month) }) }
      case RepeatType.Yearly:
        return { ...reminding, ...yearly(repetition) }
      case RepeatType.Workdays:
        return { ...reminding, ...workdays(repetition) }
      default:
        // A rule that is not known: refused when it is sent, rather than lost.
        return { ...reminding, is_repeat: true, repeat_type: this.repeat_type as typeof RepeatType.Daily }
    }
  }
}
