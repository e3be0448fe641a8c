import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { CallType, DialRecords } from "../../../src/oa/phone/DialRecords.ts"
import { answering } from "../../support/answering.ts"

const at = (day: number) => DateTime.makeUnsafe(Date.UTC(2026, 0, day))

describe("dial records", () => {
  it.effect("tell who spoke with whom, phone numbers as text", () => {
    const record = {
      call_time: 1536508800,
      total_duration: 15,
      call_type: 2,
      caller: { userid: "zhangsan", duration: 10 },
      callee: [{ phone: 13800000000, duration: 3 }, { userid: "lisi", duration: 2 }]
    }
    const { run } = answering(DialRecords.layer, () => ({ errcode: 0, record: [record] }))
    return run(Effect.gen(function*() {
      const [call] = yield* (yield* DialRecords).list()
      assert.strictEqual(call?.call_type, CallType.Multi)
      assert.deepStrictEqual(call?.callee.map(({ phone, userid }) => phone ?? userid), ["13800000000", "lisi"])
    }))
  })

  it.effect("stream on past pages from which calls were left out", () => {
    const { run, sent } = answering(DialRecords.layer, ({ body }) => {
      const { offset = 0 } = body as { readonly offset?: number }
      // Of every page of two, one call is of a member whom the app may not see.
      return { errcode: 0, record: offset < 6 ? [{ call_time: 1536508800 + offset }] : [] }
    })
    return run(Effect.gen(function*() {
      const records = yield* Stream.runCollect((yield* DialRecords).listAll({ limit: 2 }))
      assert.lengthOf(records, 3)
      assert.deepStrictEqual(
        sent().map(({ body }) => body),
        [{ limit: 2 }, { limit: 2, offset: 2 }, { limit: 2, offset: 4 }, { limit: 2, offset: 6 }]
      )
    }))
  })

  it.effect("are not asked for with a time that WeCom would cut", () => {
    const { run, sent } = answering(DialRecords.layer, () => ({ errcode: 0, record: [] }))
    return run(Effect.gen(function*() {
      const records = yield* DialRecords
      yield* records.list({ start_time: at(1), end_time: at(31) })
      yield* records.list({ end_time: at(31) })
      for (
        const [input, message] of [
          [{ start_time: at(1), end_time: at(32) }, /end_time: at most 30 days after start_time/],
          [{ start_time: at(2), end_time: at(1) }, /end_time: must not be before start_time/],
          [{ limit: 101 }, /limit: /]
        ] as const
      ) {
        assert.match((yield* Effect.flip(records.list(input))).message, message)
      }
      assert.lengthOf(sent(), 2)
    }))
  })
})
