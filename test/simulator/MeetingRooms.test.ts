/** Meeting rooms on the simulator: in raw JSON, as any other client would, and what members do with them. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as Acts from "../../src/simulator/areas/meeting-rooms/MeetingRoomActs.ts"
import { addRoom } from "../../src/simulator/areas/meeting-rooms/MeetingRooms.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { hearing, monday } from "../support/hearing.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.suspend(() => Simulator.layerTest()))

const rooms = (path: string, body: object) => called.post(`/cgi-bin/oa/meetingroom/${path}`, body)

const code = (path: string, body: object) => Effect.map(rooms(path, body), ({ errcode }) => errcode)

const place = { city: "深圳", building: "腾讯大厦", floor: "18F" }

const add = (fields: object = {}) =>
  Effect.map(rooms("add", { name: "朝霞", capacity: 8, ...fields }), ({ meetingroom_id }) => meetingroom_id as number)

const hour = 3600
const day = 24 * hour

/** Midnight in China of {@link monday}. */
const midnight = monday - 10 * hour

const booking = (meetingroom_id: number, fields: object = {}) => ({
  meetingroom_id,
  booker: "zhangsan",
  start_time: monday + hour,
  end_time: monday + 2 * hour,
  ...fields
})

interface Booked {
  readonly booking_id: string
  readonly start_time: number
  readonly end_time: number
  readonly booker: string
  readonly status: number
}

const list = (body: object) =>
  Effect.map(
    rooms("get_booking_info", body),
    ({ booking_list }) =>
      booking_list as ReadonlyArray<{ readonly meetingroom_id: number; readonly schedule: ReadonlyArray<Booked> }>
  )

const scheduleOf = (schedule_id: unknown) =>
  Effect.map(
    called.post("/cgi-bin/oa/schedule/get", { schedule_id_list: [schedule_id] }),
    ({ schedule_list }) => (schedule_list as ReadonlyArray<Readonly<Record<string, unknown>>>)[0]
  )

describe("rooms", () => {
  it.effect("are found by place and equipment, and keep the coordinate of their building", () =>
    Effect.gen(function*() {
      const coordinate = { latitude: "22.540503", longitude: "113.934528" }
      const first = yield* add({ ...place, coordinate, equipment: [1, 2, 3], range: { user_list: ["lisi"] } })
      const second = yield* add({
        name: "晚霞",
        ...place,
        floor: "19F",
        coordinate: { latitude: "1", longitude: "2" },
        equipment: [2]
      })
      const found = (body: object) =>
        Effect.map(
          rooms("list", body),
          ({ meetingroom_list }) => meetingroom_list as ReadonlyArray<Readonly<Record<string, unknown>>>
        )
      assert.deepStrictEqual(yield* found({ ...place, equipment: [1, 3] }), [
        {
          meetingroom_id: first,
          name: "朝霞",
          capacity: 8,
          ...place,
          coordinate,
          equipment: [1, 2, 3],
          need_approval: 0
        }
      ])
      const inBuilding = yield* found({ city: "深圳", building: "腾讯大厦" })
      assert.deepInclude(inBuilding[1], { meetingroom_id: second, coordinate })
      assert.lengthOf(yield* found({ equipment: [3, 4] }), 0)
      assert.strictEqual(yield* code("edit", { meetingroom_id: second, capacity: 20, name: "落日" }), 0)
      assert.deepInclude((yield* found({}))[1], { name: "落日", capacity: 20, floor: "19F" })
      assert.strictEqual(yield* code("edit", { meetingroom_id: 0, capacity: 20 }), 40058)
      assert.strictEqual(yield* code("add", { name: "x", capacity: 1, range: { user_list: ["nobody"] } }), 60111)
      assert.strictEqual(yield* code("del", { meetingroom_id: second }), 0)
      assert.strictEqual(yield* code("del", { meetingroom_id: second }), 40058)
      assert.lengthOf(yield* found({}), 1)
    }).pipe(simulated))

  it.effect("are for members and departments that the app sees", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* code("add", { name: "x", capacity: 1, range: { department_list: [2] } }), 0)
      assert.strictEqual(yield* code("add", { name: "x", capacity: 1, range: { department_list: [3] } }), 60030)
    }).pipe(Effect.provide(Layer.suspend(() =>
      Simulator.layerTest({
        corps: [{
          ...defaultCorp,
          apps: defaultCorp.apps.map((app) => ({ ...app, visible: { departments: [2] } }))
        }]
      })
    ))))
})

describe("bookings", () => {
  it.effect("take whole half hours, make a schedule, and refuse who comes later", () =>
    hearing(() =>
      Effect.gen(function*() {
        const room = yield* add()
        const booked = yield* rooms("book", {
          ...booking(room, { start_time: monday + hour + 900, end_time: monday + hour + 2700 }),
          subject: "周会",
          attendees: ["lisi"]
        })
        const whole = { start_time: monday + hour, end_time: monday + 2 * hour, booker: "zhangsan", status: 0 }
        assert.deepStrictEqual(yield* list({ meetingroom_id: room }), [
          {
            meetingroom_id: room,
            schedule: [{ booking_id: booked.booking_id, schedule_id: booked.schedule_id, ...whole }]
          }
        ] as never)
        assert.deepInclude(yield* scheduleOf(booked.schedule_id), {
          summary: "周会",
          location: "朝霞",
          start_time: whole.start_time,
          end_time: whole.end_time,
          attendees: [{ userid: "zhangsan", response_status: 0 }, { userid: "lisi", response_status: 0 }]
        })
        const refused = yield* rooms("book", booking(room, { booker: "lisi", start_time: monday + 2 * hour - 60 }))
        assert.strictEqual(refused.errcode, 40058)
        assert.include(refused.errmsg, "taken")
        assert.strictEqual(
          yield* code("book", booking(room, { start_time: monday + 2 * hour, end_time: monday + 3 * hour })),
          0
        )
        // Another day, and another room.
        assert.deepStrictEqual(
          yield* list({ meetingroom_id: room, start_time: midnight + day, end_time: midnight + day + hour }),
          [
            { meetingroom_id: room, schedule: [] }
          ]
        )
        assert.strictEqual(yield* code("book", booking(yield* add())), 0)
        assert.strictEqual(yield* code("book", booking(0)), 40058)
        assert.strictEqual(yield* code("book", booking(room, { booker: "nobody" })), 60111)
      })
    ))

  it.effect("begin now at the earliest", () =>
    hearing(() =>
      Effect.gen(function*() {
        const room = yield* add()
        const book = (start: number, end: number) =>
          rooms("book", booking(room, { start_time: monday + start, end_time: monday + end }))
        assert.strictEqual((yield* book(-2 * hour, -hour)).errcode, 40058)
        // 45 minutes ago: the half hour that is over is left out.
        yield* book(-2700, 1800)
        const [only] = yield* list({ meetingroom_id: room, start_time: midnight, end_time: midnight + day })
        assert.deepStrictEqual(only?.schedule.map(({ end_time, start_time }) => [start_time, end_time]), [
          [monday, monday + 1800]
        ])
      })
    ))

  it.effect("are cancelled by the app that made them, with their schedule or without", () =>
    hearing(() =>
      Effect.gen(function*() {
        const room = yield* add()
        const first = yield* rooms("book", booking(room))
        assert.strictEqual(yield* code("cancel_book", { booking_id: first.booking_id, keep_schedule: 1 }), 0)
        assert.deepInclude(yield* scheduleOf(first.schedule_id), { status: 0 })
        const gone = yield* rooms("bookinfo/get", { meetingroom_id: room, booking_id: first.booking_id })
        assert.deepInclude(gone.schedule, { booking_id: first.booking_id, status: 1 })
        const again = yield* rooms("book", booking(room))
        assert.strictEqual(yield* code("cancel_book", { booking_id: again.booking_id }), 0)
        assert.deepInclude(yield* scheduleOf(again.schedule_id), { status: 1 })
        const mine = yield* Acts.book({
          meetingroom_id: room,
          userid: "lisi",
          from: monday * 1000,
          to: (monday + 60) * 1000
        })
        assert.strictEqual(yield* code("cancel_book", { booking_id: mine }), 90499)
        assert.strictEqual(yield* code("cancel_book", { booking_id: "none" }), 40058)
        const legacy = yield* rooms("get_booking_info_by_meeting_id", { meetingroom_id: room, meeting_id: mine })
        assert.deepInclude(legacy.schedule, { meeting_id: mine, booker: "lisi", start_time: monday })
      })
    ))

  it.effect("of a schedule that repeats leave out the days on which somebody else has the room", () =>
    hearing(() =>
      Effect.gen(function*() {
        const room = yield* add()
        yield* rooms("book", booking(room, { start_time: monday + 2 * day, end_time: monday + 2 * day + hour }))
        const { schedule_id } = yield* called.post("/cgi-bin/oa/schedule/add", {
          schedule: {
            start_time: monday,
            end_time: monday + hour,
            reminders: { is_repeat: 1, repeat_type: 0, repeat_until: monday + 3 * day }
          }
        })
        const booked = yield* rooms("book_by_schedule", { meetingroom_id: room, schedule_id, booker: "zhangsan" })
        assert.deepStrictEqual(booked.conflict_date, [midnight + 2 * day])
        const again = { meetingroom_id: yield* add(), schedule_id, booker: "zhangsan" }
        assert.strictEqual(yield* code("book_by_schedule", again), 90498)
        const update = {
          schedule: { schedule_id, start_time: monday + hour, end_time: monday + 2 * hour }
        }
        assert.strictEqual((yield* called.post("/cgi-bin/oa/schedule/update", update)).errcode, 90700)
        const detail = yield* rooms("bookinfo/get", { meetingroom_id: room, booking_id: booked.booking_id })
        const { schedule: first } = detail as unknown as { readonly schedule: Booked & { master_booking_id: string } }
        assert.strictEqual(first.master_booking_id, booked.booking_id)
        assert.notStrictEqual(first.booking_id, booked.booking_id)
        const on = (date: number) =>
          Effect.map(
            list({ meetingroom_id: room, start_time: date, end_time: date + day - 1 }),
            ([only]) => only?.schedule.length
          )
        const dates = [0, 1, 2, 3, 4].map((days) => midnight + days * day)
        assert.deepStrictEqual(yield* Effect.forEach(dates, on), [1, 1, 1, 1, 0])
        const { booking_id } = booked
        assert.strictEqual(yield* code("cancel_book", { booking_id, cancel_date: midnight + day }), 0)
        assert.strictEqual(yield* code("cancel_book", { booking_id, cancel_date: midnight + 9 * day }), 40058)
        assert.deepStrictEqual(yield* Effect.forEach(dates, on), [1, 0, 1, 1, 0])
        assert.strictEqual(yield* code("cancel_book", { booking_id }), 0)
        assert.deepStrictEqual(yield* Effect.forEach(dates, on), [0, 0, 1, 0, 0])
        assert.strictEqual((yield* called.post("/cgi-bin/oa/schedule/update", update)).errcode, 0)
      })
    ))

  it.effect("of a meeting end with it", () =>
    hearing(() =>
      Effect.gen(function*() {
        const room = yield* add()
        const create = (reminders?: object) =>
          Effect.map(
            called.post("/cgi-bin/meeting/create", {
              admin_userid: "zhangsan",
              title: "周会",
              meeting_start: monday + hour,
              meeting_duration: hour,
              reminders
            }),
            ({ meetingid }) => meetingid as string
          )
        const meetingid = yield* create()
        const by = { meetingroom_id: room, booker: "zhangsan" }
        assert.strictEqual(yield* code("book_by_meeting", { ...by, meetingid }), 0)
        assert.strictEqual(yield* code("book_by_meeting", { ...by, meetingid: "none" }), 90602)
        // A series of which the first one is taken.
        const series = yield* create({
          is_repeat: 1,
          repeat_type: 1,
          repeat_until_type: 1,
          repeat_until_count: 3
        })
        const booked = yield* rooms("book_by_meeting", { ...by, meetingid: series })
        assert.deepStrictEqual(booked.conflict_date, [midnight])
        assert.strictEqual((yield* called.post("/cgi-bin/meeting/cancel", { meetingid })).errcode, 0)
        assert.strictEqual(yield* code("book", booking(room)), 0)
        assert.strictEqual(
          yield* code(
            "book",
            booking(room, { start_time: monday + 21 * day + hour, end_time: monday + 21 * day + 2 * hour })
          ),
          0
        )
        assert.strictEqual(
          yield* code(
            "book",
            booking(room, { start_time: monday + 14 * day + hour, end_time: monday + 14 * day + 2 * hour })
          ),
          40058
        )
      })
    ))

  it.effect("of members are told, need approval where a room does, and move with their schedule", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        const { world } = yield* Simulator
        const meetingroom_id = yield* addRoom(world, { name: "夕照", capacity: 4, need_approval: true })
        const at = { from: (monday + hour) * 1000, to: (monday + 2 * hour) * 1000 }
        const booking_id = yield* Acts.book({ meetingroom_id, userid: "lisi", ...at })
        const status = () =>
          Effect.map(
            rooms("bookinfo/get", { meetingroom_id, booking_id }),
            ({ schedule }) => (schedule as Booked).status
          )
        assert.strictEqual(yield* status(), 2)
        yield* Acts.decide({ booking_id, step: "submitted" })
        assert.strictEqual(yield* status(), 3)
        yield* Acts.decide({ booking_id, step: "approved" })
        assert.strictEqual(yield* status(), 0)
        assert.strictEqual(yield* code("book", booking(meetingroom_id)), 40058)
        assert.include((yield* Effect.flip(Acts.book({ meetingroom_id, userid: "zhangsan", ...at }))).message, "taken")
        yield* Acts.cancel({ booking_id, userid: "lisi" })
        assert.strictEqual(yield* status(), 1)

        const open = yield* add({ name: "朝霞" })
        yield* called.post("/cgi-bin/oa/calendar/add", {
          calendar: { summary: "团队", color: "#00FF00", set_as_default: 1 }
        })
        const { schedule_id } = yield* called.post("/cgi-bin/oa/schedule/add", {
          schedule: {
            start_time: monday,
            end_time: monday + hour,
            attendees: [{ userid: "zhangsan" }],
            admins: ["zhangsan"]
          }
        })
        yield* rooms("book_by_schedule", { meetingroom_id: open, schedule_id, booker: "zhangsan" })
        const later = { from: (monday + 3 * hour) * 1000, to: (monday + 4 * hour) * 1000 }
        yield* Acts.reschedule({ schedule_id: schedule_id as string, userid: "zhangsan", ...later })
        const [only] = yield* list({ meetingroom_id: open })
        assert.deepStrictEqual(only?.schedule.map(({ start_time }) => start_time), [monday + 3 * hour])
        assert.deepStrictEqual(
          heard.map((event) => [event.header.key, "FromUserName" in event ? event.FromUserName : undefined]),
          [
            ["event/book_meeting_room", "lisi"],
            ["event/cancel_meeting_room", "lisi"],
            ["event/modify_schedule", "zhangsan"],
            ["event/cancel_meeting_room", "zhangsan"],
            ["event/book_meeting_room", "zhangsan"]
          ]
        )
        yield* Acts.close({ meetingroom_id: open, closed: true })
        assert.strictEqual(yield* code("book", booking(open)), 90711)
      })
    ))
})
