import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { HealthReports } from "../../src/school/HealthReports.ts"
import { canned, refusal } from "../oa/support.ts"

describe("health reports", () => {
  it.effect("answers of members and of parents are told apart, and end with an empty page", () => {
    const { run, sent } = canned(HealthReports.layer, ({ body }) => ({
      answers: (body as { readonly offset?: number }).offset === undefined
        ? [
          {
            id_type: 1,
            userid: "u1",
            report_time: 1_600_000_000,
            report_values: [{ question_id: 1, single_choice: 2 }]
          },
          { id_type: 2, student_userid: "s1", parent_userid: "p1", report_values: [{ question_id: 2, text: "广州" }] },
          { id_type: 9, visitor: "v1" }
        ]
        : []
    }))
    return run(Effect.gen(function*() {
      const reports = yield* HealthReports
      const answers = yield* Stream.runCollect(reports.listAllAnswers({ jobid: "J1", date: "2026-03-27" }))
      assert.deepStrictEqual(
        answers.map((answer) =>
          answer.id_type === 1 ? answer.userid : answer.id_type === 2 ? answer.student_userid : answer.value
        ),
        ["u1", "s1", { id_type: 9, visitor: "v1" }]
      )
      assert.deepStrictEqual(sent().at(-1), { jobid: "J1", date: "2026-03-27", offset: 3 })
    }))
  })

  it.effect("jobs are listed until the answer says that there are no more", () => {
    const { run, sent } = canned(
      HealthReports.layer,
      ({ body }) =>
        (body as { readonly offset?: number }).offset === undefined
          ? { ending: 0, jobids: ["J1", "J2"] }
          : { ending: 1, jobids: ["J3"] }
    )
    return run(Effect.gen(function*() {
      const reports = yield* HealthReports
      assert.deepStrictEqual(yield* Stream.runCollect(reports.listAllJobIds()), ["J1", "J2", "J3"])
      assert.deepStrictEqual(sent(), [{}, { offset: 2 }])
    }))
  })

  it.effect("a day has to be one", () => {
    const { calls, run } = canned(HealthReports.layer)
    return run(Effect.gen(function*() {
      const reports = yield* HealthReports
      assert.deepStrictEqual(yield* refusal(reports.getUse({ date: "2026/3/27" })), [
        "date: expected a day, such as 2026-03-27"
      ])
      assert.lengthOf(yield* refusal(reports.listJobIds({ limit: 101 })), 1)
      assert.deepStrictEqual(calls(), [])
    }))
  })
})
