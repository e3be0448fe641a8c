/** 会议报名, 网络研讨会报名. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import {
  Enrollment,
  EnrollmentAction,
  EnrollmentAnswer,
  EnrollmentConfig,
  EnrollmentId,
  EnrollmentQuestion,
  EnrollmentSource,
  EnrollmentStatus,
  ImportedEnrollment,
  ImportedEnrollments,
  type NewEnrollmentQuestion,
  QuestionCollection
} from "../../../../oa/meetings/Enrollment.ts"
import { MeetingEnrollments } from "../../../../oa/meetings/MeetingEnrollments.ts"
import { WebinarEnrollments } from "../../../../oa/meetings/WebinarEnrollments.ts"
import type { Caller } from "../../../engine/Collection.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { merged, refuse, route } from "../../../engine/Route.ts"
import { seenMember } from "../../../engine/Sight.ts"
import * as State from "../Meetings.ts"
import { ofPage } from "./shared.ts"

type Call = Caller & { readonly input: { readonly meetingid: string } }

/** A meeting, or a webinar, that people enrol for. */
const enrollable = (call: Call): State.Held => {
  const held = State.meetings.get(call, call.input.meetingid)
  return held.details.settings?.enable_enroll === true ? held : refuse(40058, "nobody can enrol for the meeting")
}

const questionsOf = ({ enrollment }: State.Held): ReadonlyArray<NewEnrollmentQuestion> =>
  enrollment.is_collect_question === QuestionCollection.On ? enrollment.question_list ?? [] : []

/** In China's time, as the document's example has it. */
const timeText = (at: number): string =>
  DateTime.formatIso(DateTime.makeUnsafe(at + 8 * 3_600_000)).slice(0, 16).replaceAll("-", "/").replace("T", " ")

const enrollmentOf = (held: State.Held, one: State.Enrolled): Enrollment =>
  new Enrollment({
    enroll_id: one.id,
    enroll_time: timeText(one.at),
    enroll_source_type: one.imported ? EnrollmentSource.Imported : EnrollmentSource.Manual,
    nick_name: one.name,
    status: one.status,
    userid: one.userid,
    tmp_openid: one.userid === undefined ? undefined : held.openIds.get(one.userid),
    enroll_code: codeOf(one),
    answer_list: questionsOf(held).flatMap((question, index) => {
      const answer_content = one.answers[index]
      return answer_content === undefined
        ? []
        : [new EnrollmentAnswer({ ...question, answer_content, question_num: index + 1 })]
    })
  })

/** 报名码. */
const codeOf = ({ id }: State.Enrolled) => Redacted.make(id.slice(-6))

const decided: { readonly [action: number]: number } = {
  [EnrollmentAction.Revoke]: EnrollmentStatus.Pending,
  [EnrollmentAction.Reject]: EnrollmentStatus.Rejected,
  [EnrollmentAction.Approve]: EnrollmentStatus.Approved
}

/** The routes of meetings, which those of webinars are like. */
const routesOf = (endpoints: typeof MeetingEnrollments.endpoints | typeof WebinarEnrollments.endpoints) => [
  route(endpoints.setConfig, (call) => {
    const held = enrollable(call)
    const { meetingid: _, ...changes } = call.input
    held.enrollment = merged(held.enrollment, changes)
    return questionsOf(held).length
  }),

  route(endpoints.getConfig, (call) => {
    const { question_list: _, ...config } = enrollable(call).enrollment
    const questions = questionsOf(enrollable(call))
    return new EnrollmentConfig({
      ...config,
      question_list: questions.map((question) => new EnrollmentQuestion({ option_list: [], ...question }))
    })
  }),

  route(endpoints.listIds, (call) => {
    const held = enrollable(call)
    const byUser = new Map(
      [...held.enrolled.values()].flatMap(({ id, userid }) => userid === undefined ? [] : [[userid, id]])
    )
    const users = new Map([...held.openIds].map(([userid, openId]) => [openId, userid]))
    return call.input.tmp_openid_list.flatMap((tmp_openid) => {
      const enroll_id = byUser.get(users.get(tmp_openid) ?? "")
      return enroll_id === undefined ? [] : [new EnrollmentId({ tmp_openid, enroll_id })]
    })
  }),

  route(endpoints.list, (call) => {
    const held = enrollable(call)
    const { cursor, limit = 50, status = 0 } = call.input
    const all = [...held.enrolled.values()].filter((one) => status === 0 || one.status === status)
    const { items, ...page } = ofPage(pageOf(all, cursor, limit))
    return { ...page, enroll_list: items.map((one) => enrollmentOf(held, one)) }
  }),

  route(endpoints.approve, (call) => {
    const { enrolled } = enrollable(call)
    const { action, enroll_id_list } = call.input
    const known = enroll_id_list.flatMap((id) => enrolled.get(id) ?? [])
    for (const one of known) one.status = decided[action] ?? one.status
    return known.length
  }),

  route(endpoints.import, (call) => {
    const held = enrollable(call)
    const imported = call.input.enroll_list.map(({ area, nick_name, phone_number, userid }) => {
      const member = userid === undefined ? undefined : seenMember(call, userid).user
      const id = call.world.id("me")
      State.enroll(held, {
        id,
        userid: member?.userid,
        phone: phone_number === undefined ? undefined : { area, number: phone_number },
        name: nick_name ?? member?.name ?? phone_number ?? id,
        at: call.now,
        answers: [],
        imported: true
      })
      return held.enrolled.get(id) ?? []
    })
    return new ImportedEnrollments({
      total_count: imported.length,
      enroll_list: imported.flat().map((one) =>
        new ImportedEnrollment({
          enroll_id: one.id,
          userid: one.userid,
          area: one.phone?.area,
          phone_number: one.phone?.number,
          nick_name: one.name,
          enroll_code: codeOf(one)
        })
      )
    })
  }),

  route(endpoints.delete, (call) => {
    const { enrolled } = enrollable(call)
    return call.input.enroll_id_list.filter(({ enroll_id }) => enrolled.delete(enroll_id)).length
  })
]

export const meetingEnrollments = [
  ...routesOf(MeetingEnrollments.endpoints),
  ...routesOf(WebinarEnrollments.endpoints)
]
