/**
 * What the types of meetings allow, and what they refuse.
 */
import { DateTime, Redacted } from "effect"
import {
  AnswerNeed,
  EnrollmentQuestionType,
  GridType,
  type MeetingControl,
  MeetingDevice,
  MeetingReminders,
  type Meetings,
  type NewEnrollmentQuestion,
  type NewPanelist,
  type NewSeat,
  PanelistType,
  SpecialQuestion
} from "effect-wecom/oa/meetings"

declare const meetings: Meetings["Service"]
declare const control: MeetingControl["Service"]

const at = DateTime.makeUnsafe(0)
const meeting = { admin_userid: "zhangsan", title: "周会", meeting_start: at, meeting_duration: 3600 }

// Every rule can be written out, and by its function.
const rules: ReadonlyArray<MeetingReminders.MeetingReminders> = [
  { remind_before: [MeetingReminders.MeetingRemindBefore.Hour] },
  { is_repeat: true, repeat_type: 0, repeat_until: at },
  { is_repeat: true, repeat_type: 1, is_custom_repeat: true, repeat_interval: 1, repeat_day_of_week: [1] },
  { is_repeat: true, repeat_type: 2, is_custom_repeat: true, repeat_interval: 1, repeat_day_of_month: [1] },
  { remind_before: [900], ...MeetingReminders.workdays({ times: 5 }) }
]

// A rule has the fields that WeCom uses for it, and says that it repeats.
const refusedRules: ReadonlyArray<MeetingReminders.MeetingReminders> = [
  // @ts-expect-error days of the week are of weekly rules
  { is_repeat: true, repeat_type: 7, repeat_day_of_week: [1] },
  // @ts-expect-error `is_repeat` is needed
  { repeat_type: 1 },
  // @ts-expect-error there is no such type
  { is_repeat: true, repeat_type: 5 }
]

// Passwords are secrets from where they enter.
meetings.create({ ...meeting, settings: { password: Redacted.make("1234") }, reminders: rules[0] })
// @ts-expect-error a password in the open
meetings.create({ ...meeting, settings: { password: "1234" } })
// @ts-expect-error an administrator is needed
meetings.create({ title: "周会" })
// @ts-expect-error one of the two numbers is needed
meetings.get({ sub_meetingid: "s1" })

// Whom something is done to is one person, with a device.
control.setMuted({ meetingid: "m1", option: true, operated_user: { tmp_openid: "t1", instance_id: MeetingDevice.Pc } })
const muted = { tmp_openid: "t1", instance_id: MeetingDevice.Pc }
// @ts-expect-error the option is a boolean
control.setMuted({ meetingid: "m1", option: "true", operated_user: muted })
// @ts-expect-error the device is needed
control.setMuted({ meetingid: "m1", option: true, operated_user: { tmp_openid: "t1" } })

// A question is a choice, a text, or one of WeCom's own.
const questions: ReadonlyArray<NewEnrollmentQuestion> = [
  {
    is_required: AnswerNeed.Required,
    question_type: EnrollmentQuestionType.Single,
    question_title: "午餐",
    option_list: [{ content: "米饭" }]
  },
  { is_required: AnswerNeed.Optional, question_type: EnrollmentQuestionType.Text, question_title: "留言" },
  { is_required: AnswerNeed.Optional, special_type: SpecialQuestion.Mobile },
  // @ts-expect-error a choice needs options
  { is_required: AnswerNeed.Required, question_type: EnrollmentQuestionType.Multiple, question_title: "午餐" },
  // @ts-expect-error whether an answer is needed has to be said
  { special_type: SpecialQuestion.Mobile }
]

// Panelists and seats have what their type needs.
const panelists: ReadonlyArray<NewPanelist> = [
  { guest_type: PanelistType.Internal, userid: "lisi" },
  { guest_type: PanelistType.External, area: "86", phone_number: "1", guest_name: "客人" },
  // @ts-expect-error a panelist from outside has a phone and a name
  { guest_type: PanelistType.External, userid: "lisi" }
]
const seats: ReadonlyArray<NewSeat> = [
  { grid_id: "1", grid_type: GridType.Video, userid: "lisi", nick_name: "小李" },
  { grid_id: "1", grid_type: GridType.Share },
  { grid_id: "1", grid_type: GridType.Tool, tool_sdkid: "sdk1" },
  // @ts-expect-error a video has a name
  { grid_id: "1", grid_type: GridType.Video, userid: "lisi" },
  // @ts-expect-error an app has an id
  { grid_id: "1", grid_type: GridType.Tool }
]

export { panelists, questions, refusedRules, seats }
