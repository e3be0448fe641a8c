import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Stream } from "effect"
import { SchoolLivings } from "../../src/school/SchoolLivings.ts"
import { canned } from "../oa/support.ts"

describe("those who watched a lesson", () => {
  it.effect("come from all pages, told apart by kind", () => {
    const { run, sent } = canned(
      SchoolLivings.layer,
      ({ body }) =>
        (body as { readonly next_cursor?: string }).next_cursor === undefined
          ? {
            has_more: 1,
            next_cursor: "C2",
            stat_info: {
              students: [{ student_userid: "s1", partyids: [10], watch_time: 30, is_comment: 1 }],
              parents: [{ parent_userid: "p1", student_userid: "s1" }]
            }
          }
          // The last page has a cursor too: only `has_more` counts.
          : { has_more: 0, next_cursor: "C3", stat_info: { visitors: [{ nickname: "微信用户", leave_time: 0 }] } }
    )
    return run(Effect.gen(function*() {
      const livings = yield* SchoolLivings
      const viewers = yield* Stream.runCollect(livings.listAllViewers({ livingid: "lv1" }))
      assert.deepStrictEqual(viewers.map(({ kind }) => kind), ["student", "parent", "guest"])
      assert.deepStrictEqual(sent(), [{ livingid: "lv1" }, { livingid: "lv1", next_cursor: "C2" }])
    }))
  })

  it.effect("come from the older call as well, until it says that it is at its end", () => {
    const { run, sent } = canned(
      SchoolLivings.layer,
      ({ body }) =>
        (body as { readonly next_key?: string }).next_key === undefined
          ? { ending: 0, next_key: "K2", stat_infoes: { students: [{ student_userid: "s1", parent_userid: "p1" }] } }
          : { ending: 1, next_key: "K3", stat_infoes: { visitors: [{ nickname: "微信用户" }] } }
    )
    return run(Effect.gen(function*() {
      const livings = yield* SchoolLivings
      const viewers = yield* Stream.runCollect(livings.listAllStudentViewers({ livingid: "lv1" }))
      assert.deepStrictEqual(viewers.map(({ kind }) => kind), ["student", "guest"])
      assert.deepStrictEqual(sent(), [{ livingid: "lv1" }, { livingid: "lv1", next_key: "K2" }])
    }))
  })

  it.effect("do not end early where the key stands still", () => {
    const { run } = canned(SchoolLivings.layer, () => ({ ending: 0, next_key: "K", stat_info: { students: [] } }))
    return run(Effect.gen(function*() {
      const livings = yield* SchoolLivings
      const { reason } = yield* Effect.flip(Stream.runCollect(livings.listAllStudentAbsentees({ livingid: "lv1" })))
      assert.strictEqual(reason._tag, "ResponseInvalid")
    }))
  })
})

it.effect("a lesson keeps the address to broadcast to for itself", () => {
  const { run } = canned(SchoolLivings.layer, () => ({
    living_info: {
      theme: "勾股定理",
      living_range: { partyids: [1], group_names: null },
      push_stream_url: "rtmp://hush"
    }
  }))
  return run(Effect.gen(function*() {
    const livings = yield* SchoolLivings
    const living = yield* livings.get({ livingid: "lv1" })
    assert.deepStrictEqual(living.living_range, { partyids: [1], group_names: [] })
    assert.notInclude(JSON.stringify(living), "rtmp")
    if (living.push_stream_url === undefined) return assert.fail("there is no address")
    assert.strictEqual(Redacted.value(living.push_stream_url), "rtmp://hush")
  }))
})
