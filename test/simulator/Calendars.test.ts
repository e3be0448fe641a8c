/** Calendars and schedules on the simulator: in raw JSON, as any other client would, and what members do about them. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as CalendarActs from "../../src/simulator/areas/calendars/CalendarActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { selfBuilt } from "../../src/simulator/engine/Power.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { type Answer, called } from "./raw.ts"

const simulated = Effect.provide(Layer.suspend(() => Simulator.layerTest()))

const calendar = (path: string, body: object) => called.post(`/cgi-bin/oa/calendar/${path}`, body)

const schedule = (path: string, body: object) => called.post(`/cgi-bin/oa/schedule/${path}`, body)

const ok = { errcode: 0, errmsg: "ok" }

const addCalendar = (fields: object = {}) =>
  Effect.map(
    calendar("add", {
      calendar: { summary: "团队", color: "#00FF00", admins: ["zhangsan"], shares: [{ userid: "zhangsan" }], ...fields }
    }),
    ({ cal_id }) => cal_id as string
  )

/** Wednesday, 2022-09-07 at 14:00 in China. */
const start = 1_662_530_400
const week = 7 * 86_400

const lesson = { summary: "体育课", start_time: start, end_time: start + 3600, attendees: [{ userid: "lisi" }] }

const addSchedule = (cal_id: string | undefined, fields: object = {}) =>
  Effect.map(
    schedule("add", { schedule: { ...lesson, cal_id, ...fields } }),
    ({ schedule_id }) => schedule_id as string
  )

const weekly = { is_repeat: 1, repeat_type: 1 }

type Fields = Readonly<Record<string, unknown>>

const schedules = (answer: Answer) => answer.schedule_list as ReadonlyArray<Fields>

const read = (...ids: ReadonlyArray<string>) => Effect.map(schedule("get", { schedule_id_list: ids }), schedules)

describe("calendars", () => {
  it.effect("are kept as they are written, and replaced as a whole", () =>
    Effect.gen(function*() {
      const cal_id = yield* addCalendar({ description: "说明" })
      const { calendar_list } = yield* calendar("get", { cal_id_list: [cal_id, "wc-none"] })
      assert.deepStrictEqual(calendar_list, [{
        cal_id,
        summary: "团队",
        color: "#00FF00",
        description: "说明",
        admins: ["zhangsan"],
        shares: [{ userid: "zhangsan", permission: 1 }]
      }])
      assert.deepStrictEqual(
        yield* calendar("update", {
          calendar: { cal_id, summary: "改名", color: "#0000FF", shares: [{ userid: "LISI", permission: 3 }] }
        }),
        ok
      )
      const changed = yield* calendar("get", { cal_id_list: [cal_id] })
      assert.deepStrictEqual(changed.calendar_list, [{
        cal_id,
        summary: "改名",
        color: "#0000FF",
        admins: [],
        shares: [{ userid: "lisi", permission: 3 }]
      }])
    }).pipe(simulated))

  it.effect("are made without those who cannot have them", () =>
    Effect.gen(function*() {
      const made = yield* calendar("add", {
        calendar: { summary: "团队", color: "#00FF00", shares: [{ userid: "lisi" }, { userid: "nobody" }] }
      })
      assert.strictEqual(made.errcode, 0)
      const { shares: [failed] } = made.fail_result as { readonly shares: ReadonlyArray<Fields> }
      assert.strictEqual(failed?.["userid"], "nobody")
      assert.strictEqual(failed?.["errcode"], 60111)
    }).pipe(simulated))

  it.effect("are refused with the documented errcodes", () =>
    Effect.gen(function*() {
      const code = (fields: object) =>
        Effect.map(
          calendar("add", { calendar: { summary: "团队", color: "#00FF00", ...fields } }),
          ({ errcode }) => errcode
        )
      assert.strictEqual(yield* code({ color: "green" }), 90473)
      assert.strictEqual(yield* code({ is_public: 1 }), 90483)
      assert.strictEqual(yield* code({ admins: ["lisi"], shares: [{ userid: "zhangsan" }] }), 90492)
      assert.strictEqual((yield* calendar("del", { cal_id: "wc-none" })).errcode, 90457)
      const cal_id = yield* addCalendar()
      assert.deepStrictEqual(yield* calendar("del", { cal_id }), ok)
      assert.strictEqual((yield* calendar("del", { cal_id })).errcode, 90459)
      assert.strictEqual((yield* schedule("add", { schedule: { ...lesson, cal_id } })).errcode, 90459)
    }).pipe(simulated))

  it.effect("cancel what stands in them when they are deleted", () =>
    Effect.gen(function*() {
      const cal_id = yield* addCalendar()
      const id = yield* addSchedule(cal_id)
      yield* calendar("del", { cal_id })
      assert.deepStrictEqual((yield* read(id)).map(({ status }) => status), [1])
      assert.strictEqual((yield* schedule("get_by_calendar", { cal_id })).errcode, 90459)
    }).pipe(simulated))

  it.effect("are open to apps with the power alone", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* calendar("get", { cal_id_list: ["wc1"] })).errcode, 48002)
    }).pipe(Effect.provide(Layer.suspend(() =>
      Simulator.layerTest({
        corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, powers: selfBuilt })) }]
      })
    ))))
})

describe("schedules", () => {
  it.effect("are listed by calendar in pages, until one is empty", () =>
    Effect.gen(function*() {
      const cal_id = yield* addCalendar()
      const other = yield* addCalendar()
      yield* addSchedule(other)
      const ids = yield* Effect.forEach([1, 2, 3], (index) => addSchedule(cal_id, { summary: `第${index}` }))
      const page = (offset: number) =>
        Effect.map(schedule("get_by_calendar", { cal_id, offset, limit: 2 }), (answer) =>
          schedules(answer).map(({ schedule_id }) => schedule_id))
      assert.deepStrictEqual(yield* page(0), ids.slice(0, 2))
      assert.deepStrictEqual(yield* page(2), ids.slice(2))
      assert.deepStrictEqual(yield* page(3), [])
      assert.strictEqual((yield* schedule("get_by_calendar", { cal_id, limit: 1001 })).errcode, 90469)
    }).pipe(simulated))

  it.effect("stand in the default calendar if they name none", () =>
    Effect.gen(function*() {
      const [own] = yield* read(yield* addSchedule(undefined))
      assert.isString(own?.["cal_id"])
      const chosen = yield* addCalendar({ set_as_default: 1 })
      const [next] = yield* read(yield* addSchedule(undefined))
      assert.strictEqual(next?.["cal_id"], chosen)
    }).pipe(simulated))

  it.effect("have attendees who come and go, and keep what they answered", () =>
    Effect.gen(function*() {
      const id = yield* addSchedule(yield* addCalendar())
      yield* CalendarActs.respond({ userid: "lisi", schedule_id: id, response: 2 })
      assert.deepStrictEqual(
        yield* schedule("add_attendees", {
          schedule_id: id,
          attendees: [{ userid: "lisi" }, { userid: "wangwu" }, { userid: "zhangsan" }]
        }),
        ok
      )
      yield* schedule("del_attendees", { schedule_id: id, attendees: [{ userid: "wangwu" }] })
      yield* schedule("update", { skip_attendees: 1, schedule: { ...lesson, schedule_id: id, summary: "改期" } })
      const [found] = yield* read(id)
      assert.strictEqual(found?.["summary"], "改期")
      assert.deepStrictEqual(found?.["attendees"], [
        { userid: "lisi", response_status: 2 },
        { userid: "zhangsan", response_status: 0 }
      ])
      const nobody = { schedule_id: id, attendees: [{ userid: "nobody" }] }
      assert.strictEqual((yield* schedule("add_attendees", nobody)).errcode, 60111)
    }).pipe(simulated))

  it.effect("are cancelled once, and can still be read", () =>
    Effect.gen(function*() {
      const id = yield* addSchedule(yield* addCalendar())
      assert.deepStrictEqual(yield* schedule("del", { schedule_id: id }), ok)
      assert.strictEqual((yield* schedule("del", { schedule_id: id })).errcode, 90460)
      assert.strictEqual((yield* schedule("del", { schedule_id: "none" })).errcode, 90461)
      assert.deepStrictEqual((yield* read(id)).map(({ status }) => status), [1])
    }).pipe(simulated))

  it.effect("that repeat are changed in one occurrence, which becomes a schedule of its own", () =>
    Effect.gen(function*() {
      const cal_id = yield* addCalendar()
      const id = yield* addSchedule(cal_id, { reminders: weekly })
      const moved = { ...lesson, schedule_id: id, start_time: start + week + 7200, end_time: start + week + 10_800 }
      const change = { op_mode: 1, op_start_time: start + week, schedule: moved }
      const { schedule_id: part } = yield* schedule("update", change)
      assert.strictEqual((yield* schedule("update", change)).errcode, 90482, "it is not the series' any more")
      const [series, one] = yield* read(id, part as string)
      assert.deepInclude(series?.["reminders"], { exclude_time_list: [{ start_time: start + week }] })
      assert.strictEqual(one?.["start_time"], start + week + 7200)
      assert.strictEqual(one?.["cal_id"], cal_id)
      assert.strictEqual(
        (yield* schedule("update", { ...change, op_start_time: start + week + 60 })).errcode,
        90482,
        "none starts then"
      )
      const single = yield* addSchedule(cal_id)
      assert.strictEqual(
        (yield* schedule("del", { schedule_id: single, op_mode: 1, op_start_time: start })).errcode,
        90485,
        "it does not repeat"
      )
    }).pipe(simulated))

  it.effect("that repeat end before the occurrence from which on they are cancelled", () =>
    Effect.gen(function*() {
      const id = yield* addSchedule(yield* addCalendar(), { reminders: weekly })
      yield* schedule("del", { schedule_id: id, op_mode: 2, op_start_time: start + 3 * week })
      const [series] = yield* read(id)
      assert.deepInclude(series?.["reminders"], { repeat_until: start + 3 * week - 1 })
      assert.strictEqual(series?.["status"], 0)
      yield* schedule("del", { schedule_id: id, op_mode: 2, op_start_time: start })
      assert.deepStrictEqual((yield* read(id)).map(({ status }) => status), [1])
    }).pipe(simulated))

  const rules: ReadonlyArray<readonly [name: string, rule: object, yes: number, no: number]> = [
    ["every second day", { repeat_type: 0, is_custom_repeat: 1, repeat_interval: 2 }, 4, 3],
    [
      "on Fridays of every second week",
      {
        repeat_type: 1,
        is_custom_repeat: 1,
        repeat_interval: 2,
        repeat_day_of_week: [5]
      },
      16,
      9
    ],
    ["on the 7th of the month", { repeat_type: 2 }, 30, 28],
    [
      "on two days of the month",
      {
        repeat_type: 2,
        is_custom_repeat: 1,
        repeat_interval: 1,
        repeat_day_of_month: [8, 31]
      },
      54,
      23
    ],
    ["on the date of its start", { repeat_type: 5 }, 365, 364],
    ["on workdays", { repeat_type: 7 }, 5, 3]
  ]
  for (const [name, rule, yes, no] of rules) {
    it.effect(`repeat ${name}`, () =>
      Effect.gen(function*() {
        const id = yield* addSchedule(undefined, { reminders: { is_repeat: 1, ...rule } })
        const cancel = (days: number) =>
          schedule("del", { schedule_id: id, op_mode: 1, op_start_time: start + days * 86_400 })
        assert.strictEqual((yield* cancel(no)).errcode, 90482)
        assert.strictEqual((yield* cancel(yes)).errcode, 0)
      }).pipe(simulated))
  }
})

describe("what members do", () => {
  it.effect("reaches typed handlers of the app that made it", () =>
    Effect.gen(function*() {
      const heard: Array<readonly [string, string, string]> = []
      const hear = (event: {
        readonly header: { readonly key: string }
        readonly FromUserName: string
        readonly CalId: string
        readonly ScheduleId?: string
      }) =>
        Effect.sync(() => {
          heard.push([event.header.key, event.FromUserName, event.ScheduleId ?? event.CalId])
        })
      yield* serve(CallbackRouter.layer({
        ...options,
        handlers: {
          "event/modify_calendar": hear,
          "event/delete_calendar": hear,
          "event/modify_schedule": hear,
          "event/delete_schedule": hear,
          "event/respond_schedule": hear
        },
        fallback: () => Effect.void
      }))
      const cal_id = yield* addCalendar()
      const schedule_id = yield* addSchedule(cal_id)
      const userid = "zhangsan"
      const [answered] = yield* CalendarActs.respond({ userid: "LiSi", schedule_id, response: 4 })
      assert.isTrue(answered?.acknowledged)
      yield* CalendarActs.modifyCalendar({ userid, cal_id, changes: { summary: "新名" } })
      yield* CalendarActs.modifySchedule({ userid, schedule_id, changes: { location: "操场" } })
      yield* CalendarActs.deleteSchedule({ userid, schedule_id })
      yield* CalendarActs.deleteCalendar({ userid, cal_id })
      assert.deepStrictEqual(heard, [
        ["event/respond_schedule", "lisi", schedule_id],
        ["event/modify_calendar", userid, cal_id],
        ["event/modify_schedule", userid, schedule_id],
        ["event/delete_schedule", userid, schedule_id],
        ["event/delete_calendar", userid, cal_id]
      ])
      const [found] = yield* read(schedule_id)
      assert.deepInclude(found, { location: "操场", status: 1, attendees: [{ userid: "lisi", response_status: 4 }] })
    }).pipe(Effect.scoped, Effect.provide(layerWeCom)))

  it.effect("is what they may do", () =>
    Effect.gen(function*() {
      const cal_id = yield* addCalendar()
      const schedule_id = yield* addSchedule(cal_id)
      const message = <A, R>(act: Effect.Effect<A, { readonly message: string }, R>) =>
        Effect.map(Effect.flip(act), ({ message }) => message)
      assert.match(yield* message(CalendarActs.deleteCalendar({ userid: "lisi", cal_id })), /no administrator/)
      assert.match(yield* message(CalendarActs.deleteSchedule({ userid: "lisi", schedule_id })), /no administrator/)
      assert.match(
        yield* message(CalendarActs.respond({ userid: "wangwu", schedule_id, response: 2 })),
        /does not attend/
      )
    }).pipe(simulated))
})
