/** 管理收集表. */
import * as DateTime from "effect/DateTime"
import { FormQuestion } from "../../../../oa/documents/FormQuestion.ts"
import {
  Form,
  Forms,
  FormSetting,
  FormStatistics,
  FormStatisticType,
  FormSubmission
} from "../../../../oa/documents/Forms.ts"
import { refuse, route } from "../../../engine/Route.ts"
import { askedOf, formOf, formOfRound, formsOf } from "../Forms.ts"

const { endpoints } = Forms

const day = 86_400_000

export const forms = [
  route(endpoints.create, (call) => {
    const { app, corp, input: { form_info }, world } = call
    const id = world.id("form-")
    formsOf(corp).set(id, {
      id,
      owner: app,
      title: form_info.form_title,
      description: form_info.form_desc,
      header: form_info.form_header,
      questions: form_info.form_question.items,
      setting: form_info.form_setting ?? {},
      repeated_id: world.id("round-"),
      answers: []
    })
    return id
  }),

  route(endpoints.update, (call) => {
    const form = formOf(call, call.input.formid)
    if (call.input.oper === 2) form.setting = call.input.form_info.form_setting
    else {
      const { form_desc, form_header, form_question, form_title } = call.input.form_info
      form.title = form_title ?? form.title
      form.description = form_desc ?? form.description
      form.header = form_header ?? form.header
      form.questions = form_question?.items ?? form.questions
    }
  }),

  route(endpoints.get, (call) => {
    const { description, header, id, questions, repeated_id, setting, title } = formOf(call, call.input.formid)
    return new Form({
      formid: id,
      form_title: title,
      form_desc: description,
      form_header: header,
      form_question: {
        items: questions.map((question) => new FormQuestion({ ...question, option_item: question.option_item ?? [] }))
      },
      form_setting: new FormSetting(setting),
      repeated_id: [repeated_id]
    })
  }),

  route(endpoints.getStatistics, (call) => {
    const { corp, input } = call
    const form = formOfRound(call, input.repeated_id)
    const asked = askedOf(corp, form)
    const filled = new Set(form.answers.map(({ userid }) => userid))
    const missing = asked.filter((userid) => !filled.has(userid))
    const { cursor = 0, limit = 10_000 } = input.req_type === FormStatisticType.Counts ? {} : input
    const submitted = input.req_type === FormStatisticType.Submitted
      ? form.answers.filter(({ ctime }) => {
        const at = ctime === undefined ? 0 : DateTime.toEpochMillis(ctime)
        // In China's time, whole days.
        const dayOf = (time: number) => Math.floor((time + day / 3) / day)
        return dayOf(at) >= dayOf(DateTime.toEpochMillis(input.start_time)) &&
          dayOf(at) <= dayOf(DateTime.toEpochMillis(input.end_time))
      })
      : []
    const all = input.req_type === FormStatisticType.Missing ? missing.length : submitted.length
    const end = Math.min(cursor + limit, all)
    return new FormStatistics({
      fill_cnt: form.answers.length,
      fill_user_cnt: filled.size,
      unfill_user_cnt: missing.length,
      submit_users: submitted.slice(cursor, end).map(({ answer_id, ctime, userid, user_name }) =>
        new FormSubmission({ answer_id, userid, user_name, submit_time: ctime, tmp_external_userid: undefined })
      ),
      unfill_users: input.req_type === FormStatisticType.Missing
        ? missing.slice(cursor, end).map((userid) => ({ userid, user_name: undefined }))
        : [],
      has_more: end < all,
      cursor: end
    })
  }),

  route(endpoints.getAnswers, (call) => {
    const { answers } = formOfRound(call, call.input.repeated_id)
    return call.input.answer_ids.map((id) =>
      answers.find(({ answer_id }) => answer_id === id) ?? refuse(40_058, "invalid answer_id")
    )
  })
]
