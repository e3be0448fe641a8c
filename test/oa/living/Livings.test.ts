import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted, Stream } from "effect"
import { inspect } from "node:util"
import { Livings, LivingType, ReplayStatus } from "../../../src/oa/living/Livings.ts"
import { LivingStatus } from "../../../src/oa/living/LivingStatus.ts"
import { canned, refusal } from "../support.ts"

const reservation = {
  anchor_userid: "zhangsan",
  theme: "产品发布",
  living_start: DateTime.makeUnsafe(1_800_000_000_000),
  living_duration: 3600
}

describe("creating a broadcast", () => {
  it.effect("takes pictures for an activity", () => {
    const { run, sent } = canned(Livings.layer, () => ({ livingid: "lv1" }))
    return run(Effect.gen(function*() {
      const livings = yield* Livings
      assert.strictEqual(yield* livings.create({ ...reservation, description: "新品" }), "lv1")
      yield* livings.create({
        ...reservation,
        type: LivingType.Activity,
        activity_cover_mediaid: "M1",
        activity_detail: { description: "新品", image_list: ["M2"] }
      })
      const wire = {
        anchor_userid: "zhangsan",
        theme: "产品发布",
        living_start: 1_800_000_000,
        living_duration: 3600
      }
      assert.deepStrictEqual(sent(), [
        { ...wire, description: "新品" },
        {
          ...wire,
          type: 4,
          activity_cover_mediaid: "M1",
          activity_detail: { description: "新品", image_list: ["M2"] }
        }
      ])
    }))
  })

  it.effect("refuses what WeCom would refuse or drop, by its field", () => {
    const { run, sent } = canned(Livings.layer)
    return run(Effect.gen(function*() {
      const livings = yield* Livings
      const refused = (changes: object) => refusal(livings.create({ ...reservation, ...changes }))
      assert.deepStrictEqual(yield* refused({ theme: "字".repeat(21) }), [
        "theme: at most 20 characters are allowed, got 21"
      ])
      assert.deepStrictEqual(yield* refused({ description: "字".repeat(101) }), [
        "description: at most 100 characters are allowed, got 101"
      ])
      assert.deepStrictEqual(yield* refused({ type: 5 }), ["type: expected one of 0, 1, 2, 3, 4"])
      assert.deepStrictEqual(yield* refused({ activity_cover_mediaid: "M1" }), [
        "type: must be 4 (活动直播), or WeCom ignores activity_cover_mediaid"
      ])
      assert.deepStrictEqual(
        yield* refused({ type: 4, activity_detail: { image_list: ["1", "2", "3", "4", "5", "6"] } }),
        ["activity_detail.image_list: at most 5 items are allowed, got 6"]
      )
      assert.deepStrictEqual(yield* refusal(livings.update({ livingid: "lv1", theme: "字".repeat(21) })), [
        "theme: at most 60 bytes of UTF-8 are allowed, got 63"
      ])
      assert.deepStrictEqual(sent(), [])
    }))
  })
})

it.effect("a broadcast keeps the address to broadcast to for itself", () => {
  const { calls, run } = canned(Livings.layer, () => ({
    living_info: {
      theme: "产品发布",
      status: 0,
      type: 4,
      living_start: 1_800_000_000,
      open_replay: 1,
      replay_status: 1,
      push_stream_url: "rtmp://push.example/secret"
    }
  }))
  return run(Effect.gen(function*() {
    const living = yield* (yield* Livings).get({ livingid: "lv1" })
    assert.strictEqual(living.status, LivingStatus.Reserved)
    assert.strictEqual(living.replay_status, ReplayStatus.Generating)
    assert.deepStrictEqual(living.living_start, reservation.living_start)
    if (living.push_stream_url === undefined) return assert.fail("no address")
    assert.strictEqual(Redacted.value(living.push_stream_url), "rtmp://push.example/secret")
    assert.notInclude(inspect(living, { depth: 5 }) + JSON.stringify(living), "secret")
    assert.strictEqual(calls()[0]?.query.get("livingid"), "lv1")
  }))
})

it.effect("one user watches in WeChat with a code of their own", () => {
  const { run, sent } = canned(Livings.layer, () => ({ living_code: "a&b" }))
  return run(Effect.gen(function*() {
    const code = yield* (yield* Livings).getWatchCode({ livingid: "lv1", openid: "o1" })
    assert.notInclude(inspect(code), "a&b")
    assert.strictEqual(Livings.watchPath(code), "pages/watch/index?living_code=a%26b")
    assert.strictEqual(Livings.watchPath(code, { replay: true }), "pages/watch/index?living_code=a%26b&replay=1")
    assert.match(Livings.watchMiniProgram.appId, /^wx/)
    assert.deepStrictEqual(sent(), [{ livingid: "lv1", openid: "o1" }])
  }))
})

describe("those who have watched", () => {
  it.effect("come from inside and outside the corp, until a page says that it is the last", () => {
    const { run, sent } = canned(
      Livings.layer,
      ({ body }) =>
        (body as { readonly next_key?: string }).next_key === undefined
          ? {
            ending: 0,
            next_key: "k1",
            stat_info: {
              users: [{ userid: "zhangsan", watch_time: 30, is_comment: 1, is_mic: 0 }],
              external_users: [{ external_userid: "wm1", type: 1, name: "李", watch_time: 60, invitor_userid: "lisi" }]
            }
          }
          : { ending: 1, next_key: "k2", stat_info: { external_users: [{ external_userid: "wm2", type: 2 }] } }
    )
    return run(Effect.gen(function*() {
      const viewers = yield* Stream.runCollect((yield* Livings).listAllViewers({ livingid: "lv1" }))
      assert.deepStrictEqual(
        viewers.map((viewer) => viewer.kind === "member" ? viewer.userid : viewer.external_userid),
        ["zhangsan", "wm1", "wm2"]
      )
      assert.isTrue(viewers[0]?.is_comment)
      assert.strictEqual(viewers[1]?.invitor_userid, "lisi")
      assert.deepStrictEqual(sent(), [{ livingid: "lv1" }, { livingid: "lv1", next_key: "k1" }])
    }))
  })

  it.effect("end in an error if more are said to follow, and nothing leads there", () => {
    const { run } = canned(
      Livings.layer,
      () => ({ ending: 0, next_key: "k1", stat_info: { users: [{ userid: "a" }] } })
    )
    return run(Effect.gen(function*() {
      const { reason } = yield* Effect.flip(Stream.runDrain((yield* Livings).listAllViewers({ livingid: "lv1" })))
      assert.strictEqual(reason._tag, "ResponseInvalid")
    }))
  })

  it.effect("end with a page that says neither", () => {
    const { run } = canned(Livings.layer, () => ({ stat_info: { users: [{ userid: "a" }] } }))
    return run(Effect.gen(function*() {
      assert.lengthOf(yield* Stream.runCollect((yield* Livings).listAllViewers({ livingid: "lv1" })), 1)
    }))
  })
})

it.effect("the ids of a member's broadcasts are read page by page", () => {
  const { run, sent } = canned(
    Livings.layer,
    ({ body }) =>
      (body as { readonly cursor?: string }).cursor === undefined
        ? { livingid_list: ["lv1", "lv2"], next_cursor: "c1" }
        : { livingid_list: ["lv3"], next_cursor: "" }
  )
  return run(Effect.gen(function*() {
    const livings = yield* Livings
    const ids = yield* Stream.runCollect(livings.listAllIds({ userid: "zhangsan", limit: 2 }))
    assert.deepStrictEqual(ids, ["lv1", "lv2", "lv3"])
    assert.deepStrictEqual(sent()[1], { userid: "zhangsan", limit: 2, cursor: "c1" })
    assert.match((yield* refusal(livings.listIds({ userid: "zhangsan", limit: 101 })))[0] ?? "", /^limit: /)
  }))
})
