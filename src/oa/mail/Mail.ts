/**
 * 邮件: what an app sends by mail: an ordinary mail, one that makes a schedule, or one that makes a meeting.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { digits } from "../digits.ts"

/** 内容类型. */
export const MailContentType = Wire.oneOf({ Html: ["html", "HTML"], Text: ["text", "纯文本"] })

/** 日程方法, 会议方法. */
export const MailScheduleMethod = Wire.oneOf({
  /** Makes one, or changes the one of `schedule_id`. */
  Request: ["request", "请求"],
  /** Needs a `schedule_id`. */
  Cancel: ["cancel", "取消"]
})

/** 重复类型. */
export const MailRepeatType = Wire.oneOf({
  Daily: [0, "每日"],
  Weekly: [1, "每周"],
  Monthly: [2, "每月"],
  Yearly: [5, "每年"]
})

const people = Schema.Struct(Wire.optionals({
  /** Addresses of mail. */
  emails: Schema.Array(Wire.filledText),
  /** Userids of members whom the app may see. */
  userids: Schema.Array(Wire.filledText)
}))

const recipients = people.check(Wire.anyOf("emails", "userids"))

const members = Schema.Struct({ userids: Schema.Array(Wire.filledText) })

/** 重复和提醒. */
export class MailReminders extends Schema.Opaque<MailReminders>()(Schema.Struct(Wire.optionals({
  is_remind: Wire.flag,
  /** Minutes before the start; below 0 after it. Used if `is_remind` is `true`. */
  remind_before_event_mins: Wire.int,
  /** Seconds from the start, as in schedules. */
  remind_time_diffs: Schema.Array(Wire.int),
  /** Hours from UTC, -12 to 12. Default: 8. */
  timezone: Wire.intBetween(-12, 12),
  is_repeat: Wire.flag,
  /** If not `true`, it repeats on the weekday, or the day of the month, of its start. */
  is_custom_repeat: Wire.flag,
  repeat_type: MailRepeatType.schema,
  /** 2 for every second day, week, month or year. Needs `is_custom_repeat`. */
  repeat_interval: Wire.intFrom(1),
  /** 1 (Monday) to 7 (Sunday), of a weekly repetition. */
  repeat_day_of_week: Schema.Array(Wire.intBetween(1, 7)),
  /** 1 to 31, of a monthly or yearly repetition. */
  repeat_day_of_month: Schema.Array(Wire.intBetween(1, 31)),
  repeat_week_of_month: Schema.Array(Wire.int),
  /** 1 to 12, of a yearly repetition. */
  repeat_month_of_year: Schema.Array(Wire.intBetween(1, 12)),
  /** Default: for ever. */
  repeat_until: Wire.time
}))) {}

const ofSchedule = {
  ...Wire.optionals({
    /** Of the schedule or meeting to change or to cancel. */
    schedule_id: Schema.String,
    /** Default: `Request`. */
    method: MailScheduleMethod.schema,
    location: Schema.String
  }),
  start_time: Wire.time,
  end_time: Wire.time,
  ...Wire.optionals({
    reminders: MailReminders,
    /** Up to 3 administrators, by userid, who have to be among the recipients. */
    schedule_admins: Schema.Struct({ userids: Wire.items(Wire.filledText, 3) })
  })
}

/** 日程: of a mail that makes, changes or cancels a schedule or a meeting; its subject and content are those of the mail. */
export class MailSchedule extends Schema.Opaque<MailSchedule>()(
  Schema.Struct(ofSchedule).check(
    Schema.makeFilter(({ end_time, method, schedule_id, start_time }) =>
      method === MailScheduleMethod.Cancel && schedule_id === undefined
        ? { path: ["schedule_id"], issue: "is needed to cancel" }
        : end_time.epochMilliseconds >= start_time.epochMilliseconds ||
          { path: ["end_time"], issue: "must not be before start_time" }
    )
  )
) {}

/** 自动录制. */
export const MailAutoRecord = Wire.oneOf({ Off: [0, "不录制"], Local: [1, "本地录制"], Cloud: [2, "云录制"] })

/** 成员入会限制. */
export const MailEnterRestraint = Wire.oneOf({ Everybody: [0, "所有人"], Corp: [2, "仅企业内部用户"] })

/** 成员入会时静音. */
export const MailEnterMute = Wire.oneOf({ Off: [0, "关闭"], On: [1, "开启"], AboveSix: [2, "超过6人后自动开启"] })

/** 会议开始时提醒. */
export const MailRemindScope = Wire.oneOf({
  Nobody: [1, "不提醒"],
  Hosts: [2, "仅提醒主持人"],
  Everybody: [3, "提醒所有成员"]
})

/** 会议设置. */
export class MailMeetingOptions extends Schema.Opaque<MailMeetingOptions>()(Schema.Struct(Wire.optionals({
  /** 4 to 6 digits. */
  password: digits(4, 6),
  /** Default: `Off`. */
  auto_record: MailAutoRecord.schema,
  /** 等候室. Default: false. */
  enable_waiting_room: Schema.Boolean,
  /** Default: true. */
  allow_enter_before_host: Schema.Boolean,
  /** Default: `Everybody`. */
  enter_restraint: MailEnterRestraint.schema,
  /** Default: false. */
  enable_screen_watermark: Schema.Boolean,
  /** 0: one row, 1: many. Default: 0. */
  water_mark_type: Wire.intBetween(0, 1),
  /** Default: `AboveSix`. */
  enable_enter_mute: MailEnterMute.schema,
  /** Default: `Hosts`. */
  remind_scope: MailRemindScope.schema
}))) {}

/** 会议: of a mail that makes, changes or cancels a meeting. */
export class MailMeeting extends Schema.Opaque<MailMeeting>()(Schema.Struct({
  /** The one administrator, by userid, who has to be among the recipients. */
  meeting_admins: Schema.Struct({ userids: Wire.items(Wire.filledText, 1, 1) }),
  ...Wire.optionals({
    /** 主持人. At most 10, by userid. */
    hosts: Schema.Struct({ userids: Wire.items(Wire.filledText, 10) }),
    option: MailMeetingOptions
  })
})) {}

/** 附件. */
export class MailAttachment extends Schema.Opaque<MailAttachment>()(Schema.Struct({
  file_name: Wire.filledText,
  /** The bytes; they travel as base64. */
  content: Wire.base64
})) {}

const largest = 50 * 1024 ** 2

const fields = Schema.Struct({
  /** By mail address, by userid, or both. */
  to: recipients,
  ...Wire.optionals({ cc: people, bcc: people }),
  subject: Wire.filledText,
  content: Schema.String,
  ...Wire.optionals({
    /** Default: `Html`. */
    content_type: MailContentType.schema,
    /** At most 200, and 50 MiB with the content. */
    attachment_list: Wire.items(MailAttachment, 200),
    /** Whether `$userName=USERID$`, `$departmentName=ID$` and their like are put in. Default: false. */
    enable_id_trans: Wire.flag
  })
})

/** What all mails have. */
export interface MailFields extends Schema.Struct.Type<typeof fields.fields> {}

/** 普通邮件. */
export interface OrdinaryMail extends MailFields {
  readonly schedule?: undefined
  readonly meeting?: undefined
}

/** 日程邮件: makes, changes or cancels a schedule. */
export interface ScheduleMail extends MailFields {
  readonly schedule: typeof MailSchedule.Type
  readonly meeting?: undefined
}

/** 会议邮件: makes, changes or cancels a meeting. */
export interface MeetingMail extends MailFields {
  readonly schedule: typeof MailSchedule.Type
  readonly meeting: typeof MailMeeting.Type
}

/** 邮件. */
export type Mail = OrdinaryMail | ScheduleMail | MeetingMail

/** 邮件. */
export const Mail = Wire.narrow<Mail>()(
  Schema.Struct({ ...fields.fields, ...Wire.optionals({ schedule: MailSchedule, meeting: MailMeeting }) }).check(
    Schema.makeFilter(({ meeting, schedule }) =>
      meeting === undefined || schedule !== undefined ||
      { path: ["schedule"], issue: "is needed for a meeting" }
    ),
    Schema.makeFilter(({ attachment_list = [], content }) =>
      attachment_list.reduce((sum, { content }) => sum + content.length, content.length) <= largest ||
      { path: ["attachment_list"], issue: "at most 50 MiB are allowed, the content included" }
    )
  )
)

/** Members, by userid, as the parts of a meeting have them. */
export const mailMembers = (...userids: ReadonlyArray<string>): typeof members.Type => ({ userids })
