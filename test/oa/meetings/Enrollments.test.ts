import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Stream } from "effect"
import {
  AnswerNeed,
  EnrollmentAction,
  EnrollmentQuestionType,
  EnrollmentStatus,
  type NewEnrollmentQuestion,
  QuestionCollection,
  SpecialQuestion
} from "../../../src/oa/meetings/Enrollment.ts"
import { MeetingEnrollments } from "../../../src/oa/meetings/MeetingEnrollments.ts"
import { WebinarEnrollments } from "../../../src/oa/meetings/WebinarEnrollments.ts"
import { canned, refusal } from "../support.ts"

const services = Layer.merge(MeetingEnrollments.layer, WebinarEnrollments.layer)

describe("what is asked of those who enrol", () => {
  it.effect("is a choice, a text, or a question of WeCom's own", () => {
    const { run, sent } = canned(services, () => ({ question_count: 3 }))
    return run(Effect.gen(function*() {
      const count = yield* (yield* MeetingEnrollments).setConfig({
        meetingid: "m1",
        is_collect_question: QuestionCollection.On,
        question_list: [
          {
            is_required: AnswerNeed.Required,
            question_type: EnrollmentQuestionType.Single,
            question_title: "午餐",
            option_list: [{ content: "米饭" }, { content: "面条" }]
          },
          { is_required: AnswerNeed.Optional, question_type: EnrollmentQuestionType.Text, question_title: "留言" },
          { is_required: AnswerNeed.Required, special_type: SpecialQuestion.Email }
        ]
      })
      assert.strictEqual(count, 3)
      assert.deepStrictEqual(sent(), [{
        meetingid: "m1",
        is_collect_question: 2,
        question_list: [
          {
            is_required: 2,
            question_type: 1,
            question_title: "午餐",
            option_list: [{ content: "米饭" }, { content: "面条" }]
          },
          { is_required: 1, question_type: 3, question_title: "留言" },
          { is_required: 2, special_type: 3 }
        ]
      }])
    }))
  })

  it.effect("is refused where it would not be asked", () => {
    const { run } = canned(services)
    return run(Effect.gen(function*() {
      const enrollments = yield* MeetingEnrollments
      const refused = (question: object) =>
        // questions that no type allows
        refusal(enrollments.setConfig({ meetingid: "m1", question_list: [question as NewEnrollmentQuestion] }))
      assert.deepStrictEqual(yield* refused({ is_required: 1 }), [
        "question_list[0].question_type: is needed, unless special_type says what is asked"
      ])
      assert.deepStrictEqual(yield* refused({ is_required: 1, question_type: 1, question_title: "午餐" }), [
        "question_list[0].option_list: is needed for a choice"
      ])
      assert.deepStrictEqual(
        yield* refused({ is_required: 1, question_type: 3, question_title: "留言", option_list: [{ content: "是" }] }),
        ["question_list[0].option_list: is for choices: WeCom ignores it"]
      )
      assert.deepStrictEqual(
        yield* refused({
          is_required: 1,
          question_type: 1,
          question_title: "午餐",
          option_list: Array.from({ length: 9 }, () => ({ content: "米饭" }))
        }),
        ["question_list[0].option_list: at most 8 items are allowed, got 9"]
      )
      assert.lengthOf(
        yield* refused({ is_required: 1, question_type: 1, question_title: "字".repeat(41), option_list: [] }),
        1
      )
    }))
  })
})

describe("those who have enrolled", () => {
  it.effect("are all listed, their ids as texts", () => {
    const { calls, run } = canned(services, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? {
          has_more: true,
          next_cursor: "c",
          enroll_list: [{ enroll_id: 1_386_442, status: 3, enroll_code: "111", enroll_time: "2023-03-23 10:00:00" }]
        }
        : {
          has_more: false,
          enroll_list: [{
            enroll_id: "me2",
            enroll_time: "2023/03/23 14:00",
            status: 1,
            answer_list: [{ answer_content: ["甲"] }]
          }]
        }
    })
    return run(Effect.gen(function*() {
      const [first, second] = yield* Stream.runCollect((yield* WebinarEnrollments).listAll({ meetingid: "m1" }))
      assert.strictEqual(first?.enroll_id, "1386442")
      assert.strictEqual(first?.status, EnrollmentStatus.Approved)
      assert.deepStrictEqual(first?.enrolledAt, DateTime.makeUnsafe("2023-03-23T02:00:00Z"))
      assert.deepStrictEqual(second?.enrolledAt, DateTime.makeUnsafe("2023-03-23T06:00:00Z"))
      assert.notInclude(JSON.stringify(first), "\"111\"")
      assert.deepStrictEqual(second?.answer_list[0]?.answer_content, ["甲"])
      assert.strictEqual(calls()[0]?.path, "/cgi-bin/meeting/webinar/enroll/list")
    }))
  })

  it.effect("are imported by userid or by phone, approved and deleted", () => {
    const { calls, run } = canned(services, ({ path }) =>
      path.endsWith("import")
        ? { total_count: 1, enroll_list: [{ enroll_id: "me1", userid: "lisi" }] }
        : path.endsWith("approve")
        ? { handled_count: 2 }
        : { total_count: 1 })
    return run(Effect.gen(function*() {
      const enrollments = yield* MeetingEnrollments
      const imported = yield* enrollments.import({ meetingid: "m1", enroll_list: [{ userid: "lisi" }] })
      assert.strictEqual(imported.enroll_list[0]?.enroll_id, "me1")
      assert.strictEqual(
        yield* enrollments.approve({
          meetingid: "m1",
          action: EnrollmentAction.Approve,
          enroll_id_list: ["me1", "me2"]
        }),
        2
      )
      assert.strictEqual(yield* enrollments.delete({ meetingid: "m1", enroll_id_list: [{ enroll_id: "me1" }] }), 1)
      assert.deepStrictEqual(calls().map(({ body }) => body).slice(1), [
        { meetingid: "m1", action: 3, enroll_id_list: ["me1", "me2"] },
        { meetingid: "m1", enroll_id_list: [{ enroll_id: "me1" }] }
      ])
      const refused = (enrollment: object) =>
        refusal(enrollments.import({ meetingid: "m1", enroll_list: [enrollment] }))
      assert.deepStrictEqual(yield* refused({ nick_name: "客人" }), [
        "enroll_list[0].userid: at least one of userid, phone_number is needed"
      ])
      assert.deepStrictEqual(yield* refused({ phone_number: "13500000000" }), [
        "enroll_list[0].area: is needed with phone_number"
      ])
    }))
  })
})
