/** Broadcasts on the simulator: in raw JSON, as any other client would, and what those who watch do. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import * as Acts from "../../src/simulator/areas/living/LivingActs.ts"
import { hearing, monday } from "../support/hearing.ts"
import { called } from "./raw.ts"

const living = (path: string, body: object) => called.post(`/cgi-bin/living/${path}`, body)

const code = (path: string, body: object) => Effect.map(living(path, body), ({ errcode }) => errcode)

const reserve = (fields: object = {}) =>
  Effect.map(
    living("create", {
      anchor_userid: "ZhangSan",
      theme: "新员工培训",
      living_start: monday + 3600,
      living_duration: 3600,
      ...fields
    }),
    ({ livingid }) => livingid as string
  )

const info = (livingid: string) =>
  Effect.map(
    called.get(`/cgi-bin/living/get_living_info?livingid=${livingid}`),
    ({ living_info }) => living_info as Readonly<Record<string, unknown>>
  )

describe("broadcasts", () => {
  it.effect("are changed and cancelled before they begin, and expire", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        const livingid = yield* reserve({ type: 4, activity_detail: { description: "活动" } })
        assert.strictEqual(yield* code("modify", { livingid, theme: "改名", living_duration: 1800 }), 0)
        const { push_stream_url, ...rest } = yield* info(livingid)
        assert.include(push_stream_url as string, livingid)
        assert.deepStrictEqual(rest, {
          livingid,
          theme: "改名",
          description: "活动",
          type: 4,
          status: 0,
          anchor_userid: "zhangsan",
          main_department: 2,
          reserve_start: monday + 3600,
          reserve_living_duration: 1800,
          living_start: monday + 3600,
          living_duration: 1800,
          viewer_num: 0,
          comment_num: 0,
          mic_num: 0,
          online_count: 0,
          subscribe_count: 0,
          open_replay: 0
        })
        const { livingid_list, next_cursor } = yield* living("get_user_all_livingid", { userid: "zhangsan", limit: 1 })
        assert.deepStrictEqual(livingid_list, [livingid])
        assert.strictEqual(next_cursor, "")
        assert.strictEqual(yield* code("cancel", { livingid }), 0)
        assert.strictEqual(yield* code("cancel", { livingid }), 92006)
        assert.strictEqual(yield* code("modify", { livingid, theme: "又改" }), 92006)
        assert.strictEqual(yield* code("cancel", { livingid: "none" }), 40058)
        assert.strictEqual(
          (yield* living("create", { anchor_userid: "nobody", theme: "x", living_start: monday, living_duration: 60 }))
            .errcode,
          60111
        )
        const late = yield* reserve()
        yield* TestClock.adjust("3 hours")
        assert.deepInclude(yield* info(late), { status: 3 })
        assert.include((yield* Effect.flip(Acts.start({ livingid: late }))).message, "not reserved")
        assert.deepStrictEqual(
          heard.map((event) => event.header.key === "event/living_status_change" && "Status" in event && event.Status),
          [0, 4, 0]
        )
      })
    ))

  it.effect("are watched by members and others, and leave a replay", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        const livingid = yield* reserve()
        const lisi = { livingid, userid: "lisi" }
        const guest = { livingid, external_userid: "wm1", name: "客户", invitor: { userid: "zhangsan" } }
        yield* Acts.subscribe(lisi)
        assert.include((yield* Effect.flip(Acts.watch(lisi))).message, "not on the air")
        yield* Acts.start({ livingid })
        yield* Acts.watch(lisi)
        yield* TestClock.adjust("10 seconds")
        yield* Acts.leave(lisi)
        yield* TestClock.adjust("10 seconds")
        yield* Acts.watch(lisi)
        yield* Acts.comment(lisi)
        yield* Acts.watch(guest)
        yield* Acts.speak(guest)
        const shop = yield* Acts.goToShop(guest)
        assert.deepInclude(yield* info(livingid), {
          status: 1,
          living_start: monday,
          living_duration: 20,
          viewer_num: 2,
          comment_num: 1,
          mic_num: 1,
          online_count: 2,
          subscribe_count: 1
        })
        assert.deepInclude(yield* living("get_living_share_info", { ww_share_code: shop }), {
          livingid,
          viewer_external_userid: "wm1",
          invitor_userid: "zhangsan"
        })
        assert.strictEqual(yield* code("get_living_share_info", { ww_share_code: "none" }), 40058)
        yield* TestClock.adjust("5 seconds")
        yield* Acts.end({ livingid })
        assert.deepInclude(yield* info(livingid), { status: 2, living_duration: 25, open_replay: 1, replay_status: 1 })
        assert.strictEqual(yield* code("delete_replay_data", { livingid }), 92007)
        yield* TestClock.adjust("1 minute")
        assert.deepInclude(yield* info(livingid), { replay_status: 0 })
        assert.strictEqual(yield* code("delete_replay_data", { livingid }), 0)
        assert.deepInclude(yield* info(livingid), { replay_status: 2 })
        const stat = yield* living("get_watch_stat", { livingid, next_key: "0" })
        assert.deepStrictEqual([stat.ending, stat.stat_info], [1, {
          users: [{ userid: "lisi", watch_time: 15, is_comment: 1, is_mic: 0 }],
          external_users: [{
            external_userid: "wm1",
            type: 1,
            name: "客户",
            watch_time: 5,
            is_comment: 0,
            is_mic: 1,
            invitor_userid: "zhangsan"
          }]
        }])
        assert.strictEqual(yield* code("get_living_code", { livingid, openid: "o1" }), 0)
        assert.lengthOf(heard, 3)
      })
    ))

  it.effect("show who watched page by page", () =>
    hearing(() =>
      Effect.gen(function*() {
        const livingid = yield* reserve()
        yield* Acts.start({ livingid })
        for (let index = 0; index < 150; index++) yield* Acts.watch({ livingid, external_userid: `wm${index}` })
        const first = yield* living("get_watch_stat", { livingid })
        const second = yield* living("get_watch_stat", { livingid, next_key: first.next_key })
        const sizes = [first, second].map(({ stat_info }) =>
          (stat_info as { readonly external_users: ReadonlyArray<unknown> }).external_users.length
        )
        assert.deepStrictEqual([sizes, first.ending, second.ending], [[100, 50], 0, 1])
      })
    ))
})
