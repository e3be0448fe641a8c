import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { FormItemStatus, FormReplyType, type NewFormQuestion } from "../../../src/oa/documents/FormQuestion.ts"
import { Forms, FormStatisticType } from "../../../src/oa/documents/Forms.ts"
import { canned, refusal } from "../support.ts"

const question: NewFormQuestion = {
  question_id: 1,
  title: "姓名",
  pos: 1,
  status: FormItemStatus.Normal,
  reply_type: FormReplyType.Text,
  must_reply: true
}

describe("forms", () => {
  it.effect("refuse settings and options of other types of questions", () => {
    const { run, sent } = canned(Forms.layer, () => ({ formid: "F" }))
    return run(Effect.gen(function*() {
      const forms = yield* Forms
      const create = (...items: ReadonlyArray<NewFormQuestion>) =>
        forms.create({ form_info: { form_title: "报名", form_question: { items } } })
      assert.strictEqual(yield* create(question), "F")
      assert.deepStrictEqual(sent(), [{ form_info: { form_title: "报名", form_question: { items: [question] } } }])
      assert.deepStrictEqual(yield* refusal(create({ ...question, reply_type: FormReplyType.Dropdown })), [
        "form_info.form_question.items[0].option_item: is needed"
      ])
      assert.deepStrictEqual(
        yield* refusal(create({ ...question, question_extend_setting: { radio_setting: { add_other_option: true } } })),
        [
          "form_info.form_question.items[0].question_extend_setting.radio_setting: is of another reply_type, which has text_setting"
        ]
      )
      assert.deepStrictEqual(
        yield* refusal(create({ ...question, question_extend_setting: { text_setting: { validation_detail: 1 } } })),
        ["form_info.form_question.items[0].question_extend_setting.text_setting.char_len: is needed for a length"]
      )
      assert.deepStrictEqual(yield* refusal(create(...Array.from({ length: 201 }, () => question))), [
        "form_info.form_question.items: at most 200 items are allowed, got 201"
      ])
      assert.deepStrictEqual(
        yield* refusal(forms.create({
          form_info: {
            form_title: "日报",
            form_question: { items: [question] },
            form_setting: { timed_repeat_info: { enable: true } }
          }
        })),
        ["form_info.form_setting.fill_in_range: is needed for a form that repeats"]
      )
    }))
  })

  it.effect("tell who has answered, as a stream, and read the answers", () => {
    const { run, sent } = canned(Forms.layer, ({ body, path }) => {
      if (path.endsWith("get_form_answer")) {
        return {
          answer: {
            answer_list: [{
              answer_id: 15,
              reply: { items: [{ question_id: 2, option_reply: [2] }, { question_id: 9, hologram_reply: {} }] }
            }]
          }
        }
      }
      return (body as { readonly cursor?: number }).cursor === 1
        ? { submit_users: [{ tmp_external_userid: "t", answer_id: 2 }], has_more: false, cursor: 2 }
        : { submit_users: [{ userid: "a", answer_id: 1, submit_time: 1668418200 }], has_more: true, cursor: 1 }
    })
    const day = DateTime.makeUnsafe("2026-11-28T00:00:00Z")
    return run(Effect.gen(function*() {
      const forms = yield* Forms
      const submitted = yield* Stream.runCollect(forms.listAllSubmitted({
        req_type: FormStatisticType.Submitted,
        repeated_id: "R",
        start_time: day,
        end_time: day
      }))
      assert.deepStrictEqual(submitted.map(({ answer_id }) => answer_id), ["1", "2"])
      assert.strictEqual(sent().length, 2)
      const [answer] = yield* forms.getAnswers({
        repeated_id: "R",
        answer_ids: submitted.map(({ answer_id }) => answer_id)
      })
      assert.deepStrictEqual(answer?.replyTo(2)?.option_reply, [2])
      assert.strictEqual(answer?.replyTo(3), undefined)
      assert.deepStrictEqual(
        yield* refusal(
          forms.getAnswers({ repeated_id: "R", answer_ids: Array.from({ length: 101 }, (_, i) => `${i}`) })
        ),
        ["answer_ids: at most 100 items are allowed, got 101"]
      )
    }))
  })
})
