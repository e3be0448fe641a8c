import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { BookingStatus, MeetingRooms, RoomEquipment } from "../../../src/oa/meeting-rooms/MeetingRooms.ts"
import { canned, refusal } from "../support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const place = { city: "深圳", building: "腾讯大厦", floor: "18F" }

describe("rooms", () => {
  it.effect("are added and edited with a whole place, or with none", () => {
    const { run, sent } = canned(MeetingRooms.layer, () => ({ meetingroom_id: 7 }))
    return run(Effect.gen(function*() {
      const rooms = yield* MeetingRooms
      const room = { name: "18F-会议室", capacity: 10 }
      const id = yield* rooms.create({
        ...room,
        ...place,
        coordinate: { latitude: 22.540503, longitude: 113.934528 },
        equipment: [RoomEquipment.Television, RoomEquipment.Whiteboard],
        range: { department_list: [1] }
      })
      assert.strictEqual(id, 7)
      yield* rooms.update({ meetingroom_id: 7, capacity: 12 })
      assert.deepStrictEqual(sent(), [
        {
          ...room,
          ...place,
          coordinate: { latitude: "22.540503", longitude: "113.934528" },
          equipment: [1, 4],
          range: { department_list: [1] }
        },
        { meetingroom_id: 7, capacity: 12 }
      ])
      const together = "city, building and floor are needed together"
      assert.deepStrictEqual(yield* refusal(rooms.create({ ...room, city: "深圳" })), [`building: ${together}`])
      assert.deepStrictEqual(yield* refusal(rooms.update({ meetingroom_id: 7, floor: "18F" })), [`city: ${together}`])
      assert.deepStrictEqual(yield* refusal(rooms.create({ ...room, name: "字".repeat(31) })), [
        "name: at most 30 characters are allowed, got 31"
      ])
      assert.deepStrictEqual(yield* refusal(rooms.create({ ...room, equipment: [6] })), [
        "equipment[0]: expected one of 1, 2, 3, 4, 5"
      ])
      assert.lengthOf(sent(), 2)
    }))
  })

  it.effect("are found by a place that names what is around it", () => {
    const { run, sent } = canned(MeetingRooms.layer, () => ({
      meetingroom_list: [{
        meetingroom_id: 1,
        name: "18F-会议室",
        ...place,
        equipment: [1, 9],
        coordinate: { latitude: "22.540503", longitude: 113.934528 },
        need_approval: 1
      }]
    }))
    return run(Effect.gen(function*() {
      const rooms = yield* MeetingRooms
      const [room] = yield* rooms.list({ city: "深圳", building: "腾讯大厦" })
      assert.deepStrictEqual(room?.coordinate, { latitude: 22.540503, longitude: 113.934528 })
      assert.deepStrictEqual(room?.equipment, [RoomEquipment.Television, 9])
      assert.isTrue(room?.need_approval)
      yield* rooms.list()
      assert.deepStrictEqual(yield* refusal(rooms.list({ building: "腾讯大厦" })), [
        "city: is needed to search by building"
      ])
      assert.deepStrictEqual(yield* refusal(rooms.list({ city: "深圳", floor: "18F" })), [
        "building: is needed to search by floor"
      ])
      assert.deepStrictEqual(sent(), [{ city: "深圳", building: "腾讯大厦" }, {}])
    }))
  })
})

describe("bookings", () => {
  const booking = {
    booking_id: "bk1",
    master_booking_id: "rb1",
    schedule_id: "s1",
    start_time: 1_800_000_000,
    end_time: 1_800_003_600,
    booker: "zhangsan",
    status: 3
  }

  it.effect("are listed within one day", () => {
    const { run, sent } = canned(MeetingRooms.layer, () => ({
      booking_list: [{ meetingroom_id: 1, schedule: [booking] }, { meetingroom_id: 2 }]
    }))
    return run(Effect.gen(function*() {
      const rooms = yield* MeetingRooms
      const start_time = at(1_593_532_800)
      const [taken, free] = yield* rooms.listBookings({ start_time, end_time: at(1_593_619_200) })
      assert.strictEqual(taken?.schedule[0]?.status, BookingStatus.InApproval)
      assert.deepStrictEqual(free?.schedule, [])
      yield* rooms.listBookings()
      assert.deepStrictEqual(sent(), [{ start_time: 1_593_532_800, end_time: 1_593_619_200 }, {}])
      assert.deepStrictEqual(yield* refusal(rooms.listBookings({ start_time, end_time: at(1_593_619_201) })), [
        "end_time: must be on the day of start_time"
      ])
      assert.deepStrictEqual(yield* refusal(rooms.listBookings({ start_time, end_time: at(1_593_532_799) })), [
        "end_time: must not be before start_time"
      ])
      assert.deepStrictEqual(yield* refusal(rooms.listBookings({ floor: "18F" })), [
        "building: is needed to search by floor"
      ])
    }))
  })

  it.effect("are made for a time, a schedule or a meeting, and name the days that others have", () => {
    const { run, sent } = canned(
      MeetingRooms.layer,
      ({ path }) =>
        path.endsWith("/book")
          ? { booking_id: "bk1", schedule_id: "s1" }
          : path.endsWith("/bookinfo/get")
          ? { meetingroom_id: 1, schedule: booking }
          : { booking_id: "bk2", conflict_date: [1_672_502_400] }
    )
    return run(Effect.gen(function*() {
      const rooms = yield* MeetingRooms
      const times = { start_time: at(1_800_000_000), end_time: at(1_800_003_600) }
      const booked = yield* rooms.book({ meetingroom_id: 1, booker: "zhangsan", subject: "周会", ...times })
      assert.deepStrictEqual([booked.booking_id, booked.schedule_id], ["bk1", "s1"])
      const series = yield* rooms.bookBySchedule({ meetingroom_id: 1, schedule_id: "s1", booker: "zhangsan" })
      assert.deepStrictEqual(series.conflict_date, [at(1_672_502_400)])
      const meeting = yield* rooms.bookByMeeting({ meetingroom_id: 1, meetingid: "hy1", booker: "zhangsan" })
      assert.strictEqual(meeting.booking_id, "bk2")
      const { schedule } = yield* rooms.getBooking({ meetingroom_id: 1, booking_id: "bk1" })
      assert.strictEqual(schedule.master_booking_id, "rb1")
      yield* rooms.cancelBooking({ booking_id: "bk1", keep_schedule: true })
      yield* rooms.cancelBooking({ booking_id: "bk2", cancel_date: at(1_672_502_400) })
      assert.deepStrictEqual(sent().slice(-2), [
        { booking_id: "bk1", keep_schedule: 1 },
        { booking_id: "bk2", cancel_date: 1_672_502_400 }
      ])
      assert.deepStrictEqual(
        yield* refusal(rooms.book({
          meetingroom_id: 1,
          booker: "zhangsan",
          start_time: times.end_time,
          end_time: times.start_time
        })),
        ["end_time: must not be before start_time"]
      )
    }))
  })
})
