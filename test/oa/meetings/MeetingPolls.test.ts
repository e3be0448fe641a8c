import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { MeetingDevice } from "../../../src/oa/meetings/MeetingDevice.ts"
import { MeetingPolls, PollQuestionType, PollStatus } from "../../../src/oa/meetings/MeetingPolls.ts"
import { canned, refusal } from "../support.ts"

const operator = { meetingid: "m1", operator_userid: "zhangsan", instance_id: MeetingDevice.Pc }

const question = (...poll_option: ReadonlyArray<string>) => ({
  question_desc: "去哪里",
  question_type: PollQuestionType.Single,
  poll_option
})

describe("polls", () => {
  it.effect("ask 1 to 10 questions with 2 to 10 options", () => {
    const { run, sent } = canned(MeetingPolls.layer, () => ({ poll_theme_id: "th1" }))
    return run(Effect.gen(function*() {
      const polls = yield* MeetingPolls
      const theme = (poll_questions: ReadonlyArray<ReturnType<typeof question>>) => ({
        ...operator,
        poll_topic: "团建",
        poll_desc: "投票",
        poll_questions
      })
      assert.strictEqual(yield* polls.createTheme({ ...theme([question("山", "海")]), is_anony: true }), "th1")
      assert.deepStrictEqual(yield* refusal(polls.createTheme(theme([question("山", "海"), question("山")]))), [
        "poll_questions[1].poll_option: at least 2 items are needed"
      ])
      yield* polls.updateTheme({ ...theme([question("山")]), poll_theme_id: "th1" })
      assert.lengthOf(sent(), 2)
      const many = Array.from({ length: 11 }, (_, index) => `${index}`)
      assert.deepStrictEqual(yield* refusal(polls.createTheme(theme([question(...many)]))), [
        "poll_questions[0].poll_option: at most 10 items are allowed, got 11"
      ])
      assert.deepStrictEqual(yield* refusal(polls.createTheme(theme([]))), [
        "poll_questions: at least 1 item is needed"
      ])
    }))
  })

  it.effect("are deleted by poll or by theme, and tell who chose what", () => {
    const { run } = canned(MeetingPolls.layer, () => ({
      status: 2,
      is_shared: 0,
      vote_total_num: 2,
      poll_question_data: [{
        question_id: 7,
        option_info: [{ option_id: 1111, option_num: 2, rate: 66.6, option_user: [{ userid: "lisi" }] }]
      }]
    }))
    return run(Effect.gen(function*() {
      const polls = yield* MeetingPolls
      const detail = yield* polls.get({ ...operator, poll_id: "p1" })
      assert.strictEqual(detail.status, PollStatus.Ended)
      assert.isFalse(detail.is_shared)
      const [option] = detail.poll_question_data[0]?.option_info ?? []
      assert.deepStrictEqual([option?.option_id, option?.rate, option?.option_user[0]?.userid], ["1111", 66.6, "lisi"])
      assert.deepStrictEqual(yield* refusal(polls.delete({ ...operator, poll_id: "" })), [
        "poll_id: at least one of poll_id, poll_theme_id is needed"
      ])
    }))
  })
})
