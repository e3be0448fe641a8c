import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { CallReason, EmergencyCalls } from "../../../src/oa/phone/EmergencyCalls.ts"
import * as PartialResult from "../../../src/PartialResult.ts"
import { answering } from "../../support/answering.ts"

describe("emergency calls", () => {
  it.effect("tell which calls were not started", () => {
    const { run } = answering(EmergencyCalls.layer, () => ({
      errcode: 0,
      states: [{ code: 0, callid: "6-1", userid: "zhangsan" }, { code: 301051, userid: "lisi" }]
    }))
    return run(Effect.gen(function*() {
      const calls = yield* EmergencyCalls
      const started = yield* calls.call({ callee_userid: ["zhangsan", "lisi"] })
      assert.strictEqual(started[0]?.callid, "6-1")
      const partial = yield* Effect.flip(
        PartialResult.failOnPartial(calls.call({ callee_userid: ["zhangsan", "lisi"] }))
      )
      assert.strictEqual(partial._tag, "PartialFailure")
      assert.match(partial.message, /1 item failed: 1 with 301051/)
    }))
  })

  it.effect("tell how a call ended, also for reasons to come", () => {
    const answers = [{ istalked: 1, calltime: 1557306531, talktime: 2, reason: 0 }, { istalked: 0, reason: 21 }]
    const { run } = answering(EmergencyCalls.layer, () => ({ errcode: 0, ...answers.shift() }))
    return run(Effect.gen(function*() {
      const calls = yield* EmergencyCalls
      const first = yield* calls.getState({ callee_userid: "zhangsan", callid: "6-1" })
      assert.isTrue(first.istalked)
      assert.strictEqual(CallReason.label(first.reason!), "正常结束")
      const second = yield* calls.getState({ callee_userid: "zhangsan", callid: "6-1" })
      assert.isFalse(second.istalked)
      assert.strictEqual(second.reason, 21)
    }))
  })

  it.effect("need somebody to call", () => {
    const { run, sent } = answering(EmergencyCalls.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const calls = yield* EmergencyCalls
      assert.match((yield* Effect.flip(calls.call({ callee_userid: [""] }))).message, /callee_userid\[0\]/)
      assert.match(
        (yield* Effect.flip(calls.getState({ callee_userid: "zhangsan", callid: "" }))).message,
        /callid: /
      )
      assert.lengthOf(sent(), 0)
    }))
  })
})
