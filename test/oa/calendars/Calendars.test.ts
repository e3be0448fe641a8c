import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { CalendarPermission, Calendars } from "../../../src/oa/calendars/Calendars.ts"
import * as PartialResult from "../../../src/PartialResult.ts"
import { canned, refusal } from "../support.ts"

const details = { summary: "发布日历", color: "#0000FF" }

describe("creating a calendar", () => {
  it.effect("tells whom it could not be given to", () => {
    const { run, sent } = canned(Calendars.layer, () => ({
      cal_id: "wc1",
      fail_result: { shares: [{ errcode: 40001, errmsg: "not found", userid: "nobody" }] }
    }))
    return run(Effect.gen(function*() {
      const calendars = yield* Calendars
      const create = calendars.create({
        calendar: {
          ...details,
          admins: ["zhangsan"],
          shares: [{ userid: "zhangsan" }, { userid: "nobody", permission: CalendarPermission.FreeBusy }],
          is_public: true,
          public_range: { partyids: [1] }
        }
      })
      const { cal_id, failedShares } = yield* create
      assert.strictEqual(cal_id, "wc1")
      assert.deepStrictEqual(failedShares.map(({ userid }) => userid), ["nobody"])
      assert.deepStrictEqual(sent(), [{
        calendar: {
          summary: "发布日历",
          color: "#0000FF",
          admins: ["zhangsan"],
          shares: [{ userid: "zhangsan" }, { userid: "nobody", permission: 3 }],
          is_public: 1,
          public_range: { partyids: [1] }
        }
      }])
      const error = yield* Effect.flip(create.pipe(PartialResult.failOnPartialBy((created) => created.failedShares)))
      if (error._tag !== "PartialFailure") return assert.fail(error.message)
      assert.strictEqual(error.failed[0]?.errcode, 40001)
    }))
  })

  it.effect("refuses what WeCom would refuse, by its field", () => {
    const { run, sent } = canned(Calendars.layer)
    return run(Effect.gen(function*() {
      const calendars = yield* Calendars
      const refused = (calendar: Partial<Parameters<typeof calendars.create>[0]["calendar"]>) =>
        refusal(calendars.create({ calendar: { ...details, ...calendar } }))
      assert.deepStrictEqual(yield* refused({ summary: " " }), ["calendar.summary: must not be blank"])
      assert.deepStrictEqual(yield* refused({ summary: "字".repeat(129) }), [
        "calendar.summary: at most 128 characters are allowed, got 129"
      ])
      assert.deepStrictEqual(yield* refused({ color: "blue" }), [
        "calendar.color: expected an RGB colour, such as #0000FF"
      ])
      assert.deepStrictEqual(yield* refused({ description: "字".repeat(513) }), [
        "calendar.description: at most 512 characters are allowed, got 513"
      ])
      assert.deepStrictEqual(yield* refused({ admins: ["a", "b", "c", "d"] }), [
        "calendar.admins: at most 3 items are allowed, got 4"
      ])
      assert.deepStrictEqual(yield* refused({ shares: [{ userid: "a", permission: 2 }] }), [
        "calendar.shares[0].permission: expected one of 1, 3"
      ])
      assert.deepStrictEqual(yield* refused({ is_corp_calendar: true }), [
        "calendar.public_range: is needed for a public calendar, or one of the whole corp (90483)"
      ])
      assert.deepStrictEqual(sent(), [])
    }))
  })
})

describe("a calendar", () => {
  const wire = {
    cal_id: "wc1",
    adminis: ["zhangsan"],
    ...details,
    description: "每周发布",
    shares: [{ userid: "lisi", permission: 1 }, { userid: "wangwu", readonly: 1 }],
    is_public: 1,
    public_range: { userids: ["lisi"] }
  }

  it.effect("has its administrators under either spelling, and lists though they are left out", () => {
    const { run, sent } = canned(Calendars.layer, () => ({
      calendar_list: [wire, { cal_id: "wc2", admins: ["lisi"] }, { cal_id: "wc3" }]
    }))
    return run(Effect.gen(function*() {
      const [first, second, third] = yield* (yield* Calendars).getMany({ cal_id_list: ["wc1", "wc2", "wc3"] })
      assert.deepStrictEqual(first?.administrators, ["zhangsan"])
      assert.deepStrictEqual(second?.administrators, ["lisi"])
      assert.deepStrictEqual(third?.administrators, [])
      assert.deepStrictEqual(third?.shares, [])
      assert.isTrue(first?.is_public)
      assert.deepStrictEqual(sent(), [{ cal_id_list: ["wc1", "wc2", "wc3"] }])
    }))
  })

  it.effect("is edited as a whole: what does not change is sent again", () => {
    const { run, sent } = canned(
      Calendars.layer,
      ({ path }) => path.endsWith("/get") ? { calendar_list: [wire] } : {}
    )
    return run(Effect.gen(function*() {
      const calendars = yield* Calendars
      const [calendar] = yield* calendars.getMany({ cal_id_list: ["wc1"] })
      if (calendar === undefined) return assert.fail("no calendar")
      const { failedShares } = yield* calendars.update({ calendar: calendar.edited({ color: "#FF0000" }) })
      assert.deepStrictEqual(failedShares, [])
      assert.deepStrictEqual(sent()[1], {
        calendar: {
          cal_id: "wc1",
          summary: "发布日历",
          color: "#FF0000",
          description: "每周发布",
          admins: ["zhangsan"],
          public_range: { userids: ["lisi"], partyids: [] },
          shares: [{ userid: "lisi", permission: 1 }, { userid: "wangwu" }]
        }
      })
    }))
  })
})

it.effect("at least one and at most 1000 calendars are read at once", () => {
  const { run } = canned(Calendars.layer)
  return run(Effect.gen(function*() {
    const calendars = yield* Calendars
    assert.deepStrictEqual(yield* refusal(calendars.getMany({ cal_id_list: [] })), [
      "cal_id_list: at least 1 item is needed"
    ])
    assert.deepStrictEqual(yield* refusal(calendars.getMany({ cal_id_list: Array(1001).fill("wc1") })), [
      "cal_id_list: at most 1000 items are allowed, got 1001"
    ])
  }))
})
