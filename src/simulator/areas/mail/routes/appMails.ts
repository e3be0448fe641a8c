/** 发送邮件, 获取接收的邮件, 管理应用邮箱账号. */
import * as DateTime from "effect/DateTime"
import { ScheduleReminders } from "../../../../oa/calendars/Reminders.ts"
import { Schedule } from "../../../../oa/calendars/Schedules.ts"
import { ScheduleStatus } from "../../../../oa/calendars/ScheduleStatus.ts"
import { AppMailAccount, AppMailAddress } from "../../../../oa/mail/AppMailAccount.ts"
import { AppMails, ReceivedMail, ReceivedMailPage } from "../../../../oa/mail/AppMails.ts"
import {
  type Mail,
  MailAutoRecord,
  MailContentType,
  type MailMeeting,
  type MailReminders,
  type MailSchedule,
  MailScheduleMethod
} from "../../../../oa/mail/Mail.ts"
import { AutoRecording } from "../../../../oa/meetings/MeetingSettings.ts"
import { permit } from "../../../engine/Access.ts"
import { announce } from "../../../engine/Audience.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import { seenMember } from "../../../engine/Sight.ts"
import { type Corp, findMember } from "../../../engine/World.ts"
import * as Calendars from "../../calendars/Calendars.ts"
import * as Meetings from "../../meetings/Meetings.ts"
import { calendarText } from "../eml.ts"
import * as State from "../Mails.ts"

type Call = AppCall<Mail>

type MailPeople = NonNullable<Mail["cc"]>

/** The addresses of those who are named: of members, whom the app has to see, and others as they are written. */
const addressesOf = (call: AppCall<unknown>, { emails = [], userids = [] }: MailPeople = {}): ReadonlyArray<string> => {
  if (!emails.every(State.isAddress)) refuse(60105)
  return [...emails, ...userids.map((userid) => State.addressOf(call.corp, seenMember(call, userid)))]
}

/** The userids of those who get a mail, as members of the corp. */
const membersAt = (corp: Corp, addresses: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(addresses.flatMap((address) => {
    const holder = State.holderOf(corp, address)
    return holder?.kind === "member" ? [holder.member.user.userid] : []
  }))
]

/** id转译: puts names in the place of ids; what stands for nobody stays. */
const translated = (corp: Corp, text: string): string =>
  text.replaceAll(
    /\$(departmentName|userAliasOrName|userAlias|userName)=([^$]+)\$/g,
    (whole, kind: string, id: string) => {
      if (kind === "departmentName") return corp.departments.get(Number(id))?.name ?? whole
      const user = findMember(corp, id)?.user
      const alias = user?.alias === "" ? undefined : user?.alias
      return (kind === "userName" ? user?.name : kind === "userAlias" ? alias : alias ?? user?.name) ?? whole
    }
  )

const remindersOf = (reminders: typeof MailReminders.Type): ScheduleReminders => {
  const { remind_before_event_mins: minutes, remind_time_diffs = [], timezone = 8 } = reminders
  return new ScheduleReminders({
    is_remind: reminders.is_remind,
    remind_before_event_secs: minutes === undefined ? undefined : minutes * 60,
    remind_time_diffs,
    timezone,
    is_repeat: reminders.is_repeat,
    repeat_type: reminders.repeat_type,
    repeat_until: reminders.repeat_until,
    is_custom_repeat: reminders.is_custom_repeat,
    repeat_interval: reminders.repeat_interval,
    repeat_day_of_week: reminders.repeat_day_of_week ?? [],
    repeat_day_of_month: reminders.repeat_day_of_month ?? [],
    exclude_time_list: []
  })
}

/** Makes, changes or cancels the schedule of a mail; returns it. */
const schedule = (call: Call, mail: typeof MailSchedule.Type, userids: ReadonlyArray<string>): Schedule => {
  permit(call.app, { powers: ["calendars"] })
  const admins = mail.schedule_admins?.userids ?? []
  if (!admins.every((admin) => userids.includes(admin))) refuse(90715)
  const { schedule_id } = mail
  const before = schedule_id === undefined ? undefined : Calendars.scheduleOf(call, schedule_id)
  if (before !== undefined && mail.method === MailScheduleMethod.Cancel) {
    Calendars.cancel(call, before)
    return before
  }
  const written = (id: string): Schedule =>
    new Schedule({
      schedule_id: id,
      summary: call.input.subject,
      description: call.input.content,
      location: mail.location,
      start_time: mail.start_time,
      end_time: mail.end_time,
      reminders: mail.reminders && remindersOf(mail.reminders),
      admins,
      attendees: Calendars.attending(before?.attendees ?? [], userids),
      status: ScheduleStatus.Normal
    })
  if (before !== undefined) {
    const after = written(before.schedule_id)
    Calendars.putSchedule(call, after)
    return after
  }
  const made = Calendars.schedules.add(call, written)
  Calendars.byMail(call.corp).add(made.schedule_id)
  return made
}

const recordings: { readonly [type: number]: typeof AutoRecording.values[number] } = {
  [MailAutoRecord.Off]: AutoRecording.None,
  [MailAutoRecord.Local]: AutoRecording.Local,
  [MailAutoRecord.Cloud]: AutoRecording.Cloud
}

/** Makes, changes or cancels the meeting of a mail, which goes with its schedule. */
const meeting = (call: Call, mail: typeof MailMeeting.Type, made: Schedule, userids: ReadonlyArray<string>): void => {
  permit(call.app, { powers: ["meetings"] })
  const [admin_userid = ""] = mail.meeting_admins.userids
  if (!userids.includes(admin_userid)) refuse(730009)
  const { end_time, location, schedule_id, start_time, summary = "" } = made
  if (start_time === undefined || end_time === undefined) return
  const { auto_record, enable_enter_mute, password, remind_scope, ...switches } = mail.option ?? {}
  const details: Meetings.Held["details"] = {
    admin_userid,
    title: summary,
    location,
    meeting_start: start_time,
    meeting_duration: (DateTime.toEpochMillis(end_time) - DateTime.toEpochMillis(start_time)) / 1000,
    invitees: { userid: userids },
    settings: {
      enable_waiting_room: switches.enable_waiting_room,
      allow_enter_before_host: switches.allow_enter_before_host,
      enable_screen_watermark: switches.enable_screen_watermark,
      enable_enter_mute,
      remind_scope,
      auto_record_type: auto_record === undefined ? undefined : recordings[auto_record],
      hosts: mail.hosts && { userid: mail.hosts.userids },
      password
    }
  }
  const { meetings } = State.mailOf(call.corp)
  const meetingid = meetings.get(schedule_id)
  if (meetingid === undefined) {
    meetings.set(schedule_id, Meetings.hold(call, details).meetingid)
    return
  }
  const held = Meetings.meetings.get(call, meetingid)
  if (call.input.schedule?.method === MailScheduleMethod.Cancel) Meetings.cancel(held)
  else held.details = details
}

/** What a mail says of its schedule, for the calendars of those who get it. */
const calendarOf = ({ end_time, location, schedule_id, start_time, summary = "" }: Schedule, isCancelled: boolean) =>
  start_time === undefined || end_time === undefined ? undefined : calendarText(isCancelled ? "CANCEL" : "REQUEST", {
    id: schedule_id,
    from: DateTime.toEpochMillis(start_time),
    to: DateTime.toEpochMillis(end_time),
    subject: summary,
    location
  })

export const appMails = [
  route(AppMails.endpoints.send, (call) => {
    const { app, corp, input, now, world } = call
    const text = (value: string) => input.enable_id_trans === true ? translated(corp, value) : value
    const [to, cc, bcc] = [input.to, input.cc, input.bcc].map((people) => addressesOf(call, people))
    if (to === undefined || cc === undefined || bcc === undefined || to.length === 0) return refuse(60105)
    const userids = membersAt(corp, [...to, ...cc, ...bcc])
    const made = input.schedule && schedule(call, input.schedule, userids)
    if (made !== undefined && input.meeting !== undefined) meeting(call, input.meeting, made, userids)
    const { tellings } = State.send(world, corp, {
      from: State.accountOf(corp, app).email,
      to,
      cc,
      bcc,
      subject: text(input.subject),
      content: text(input.content),
      isHtml: input.content_type !== MailContentType.Text,
      attachments: (input.attachment_list ?? []).map(({ content, file_name }) => ({
        file_name: text(file_name),
        content
      })),
      at: now,
      calendar: made && calendarOf(made, input.schedule?.method === MailScheduleMethod.Cancel)
    })
    for (const telling of tellings) announce(call, telling)
  }, { "schedule.schedule_id": 90461 }),

  route(AppMails.endpoints.list, (call) => {
    const { begin_time, cursor, end_time, limit = 100 } = call.input
    const [from, to] = [DateTime.toEpochMillis(begin_time), DateTime.toEpochMillis(end_time)]
    const came = State.boxOf(call.corp, { kind: "app", app: call.app })
      .filter(({ mail }) => mail.at >= from && mail.at <= to)
    const { items, next_cursor } = pageOf(came, cursor, limit)
    return new ReceivedMailPage({
      mail_list: items.map(({ mail }) => new ReceivedMail({ mail_id: mail.id })),
      has_more: next_cursor !== undefined,
      next_cursor
    })
  }),

  route(AppMails.endpoints.get, (call) => {
    const box = State.boxOf(call.corp, { kind: "app", app: call.app })
    const received = box.find(({ mail }) => mail.id === call.input.mail_id) ?? refuse(710004)
    received.isRead = true
    return received.mail.text
  }),

  route(AppMailAccount.endpoints.get, ({ app, corp }) => new AppMailAddress(State.accountOf(corp, app))),

  route(AppMailAccount.endpoints.update, (call) => {
    const { app, corp, input: { new_email } } = call
    const { alias_list, email } = State.accountOf(corp, app)
    if (new_email === email) return
    if (!State.isOwn(corp, new_email)) refuse(State.isAddress(new_email) ? 81015 : 60105)
    const isItsOwn = alias_list.includes(new_email)
    if (!isItsOwn && State.isInUse(corp, new_email)) refuse(60106)
    State.mailOf(corp).apps.set(app, {
      email: new_email,
      alias_list: [...alias_list.filter((alias) => alias !== new_email), email]
    })
  }, { new_email: 60105 })
]
