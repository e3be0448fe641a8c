import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Message from "../../src/messages/Message.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { SchoolAudience, type SchoolMessage, SchoolMessages } from "../../src/school/SchoolMessages.ts"
import { canned, refusal } from "../oa/support.ts"

const send = (message: SchoolMessage) => SchoolMessages.use((messages) => messages.send(message))

/** What a message is refused for. The types know that it is: tests send it all the same. */
const refused = (message: object) => refusal(send(message as SchoolMessage))

const many = (length: number) => Array.from({ length }, (_, index) => `u${index}`)

describe("a message to a school", () => {
  it.effect("is the content of any message, with recipients beside it", () => {
    const { run, sent } = canned(SchoolMessages.layer)
    return run(Effect.gen(function*() {
      yield* send({
        ...Message.text("明天放假"),
        recv_scope: SchoolAudience.ParentsAndStudents,
        to_party: [3, 4],
        toall: false,
        enable_id_trans: true,
        enable_duplicate_check: true,
        duplicate_check_interval: 600
      })
      yield* send({ ...Message.video("M1", { title: "校庆" }), toall: true })
      yield* send({
        msgtype: "miniprogram",
        miniprogram: { appid: "wx1", title: "夏令营", thumb_media_id: "M2", pagepath: "pages/camp" },
        to_student_userid: ["lisi"]
      })
      assert.deepStrictEqual(sent(), [
        {
          agentid: 1000002,
          msgtype: "text",
          text: { content: "明天放假" },
          recv_scope: 2,
          to_party: ["3", "4"],
          toall: 0,
          enable_id_trans: 1,
          enable_duplicate_check: 1,
          duplicate_check_interval: 600
        },
        { agentid: 1000002, msgtype: "video", video: { media_id: "M1", title: "校庆" }, toall: 1 },
        {
          agentid: 1000002,
          msgtype: "miniprogram",
          miniprogram: { appid: "wx1", title: "夏令营", thumb_media_id: "M2", pagepath: "pages/camp" },
          to_student_userid: ["lisi"]
        }
      ])
    }))
  })

  it.effect("is refused with nobody to receive it, too many, or a type that schools do not have", () => {
    const { calls, run } = canned(SchoolMessages.layer)
    const text = Message.text("好")
    return run(Effect.gen(function*() {
      const needed = "to_parent_userid: at least one of to_parent_userid, to_student_userid, to_party, toall is needed"
      assert.deepStrictEqual(yield* refused({ ...text }), [needed])
      assert.deepStrictEqual(yield* refused({ ...text, to_parent_userid: [], toall: false }), [needed])
      assert.deepStrictEqual(
        yield* refused({ ...text, recv_scope: SchoolAudience.Students, to_parent_userid: ["p1"] }),
        ["to_student_userid: at least one of to_student_userid, to_party, toall is needed"]
      )
      assert.deepStrictEqual(yield* refused({ ...text, to_parent_userid: many(1001) }), [
        "to_parent_userid: at most 1000 items are allowed, got 1001"
      ])
      assert.deepStrictEqual(yield* refused({ ...text, to_party: many(101).map((_, id) => id) }), [
        "to_party: at most 100 items are allowed, got 101"
      ])
      assert.deepStrictEqual(yield* refused({ ...text, toall: true, recv_scope: 3 }), [
        "recv_scope: expected one of 0, 1, 2"
      ])
      assert.lengthOf(yield* refused({ ...text, toall: true, duplicate_check_interval: 14_401 }), 1)
      assert.isNotEmpty(yield* refused({ ...Message.markdown("好"), toall: true }))
      assert.deepStrictEqual(calls(), [])
    }))
  })

  it.effect("tells whom it did not reach", () => {
    const { run } = canned(SchoolMessages.layer, () => ({
      invalid_parent_userid: ["p2"],
      invalid_student_userid: null,
      invalid_party: [7]
    }))
    return run(Effect.gen(function*() {
      const failure = yield* send({ ...Message.text("好"), to_parent_userid: ["p1", "p2"], to_party: [7] }).pipe(
        PartialResult.failOnPartialBy((sent) => sent.unreached),
        Effect.flip
      )
      if (failure._tag !== "PartialFailure") return assert.fail(failure._tag)
      assert.deepStrictEqual(failure.failed, [{ kind: "parent", id: "p2" }, { kind: "party", id: "7" }])
    }))
  })
})
