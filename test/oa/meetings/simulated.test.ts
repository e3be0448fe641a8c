/** Meetings on the simulator: the example, and in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Duration, Effect, Fiber, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { arrange, attendance, recordingOf } from "../../../examples/hold-a-meeting.ts"
import * as CallbackRouter from "../../../src/callback/CallbackRouter.ts"
import { MeetingRooms } from "../../../src/oa/meeting-rooms/MeetingRooms.ts"
import { MeetingAttendees } from "../../../src/oa/meetings/MeetingAttendees.ts"
import { MeetingRecordings } from "../../../src/oa/meetings/MeetingRecordings.ts"
import { Meetings } from "../../../src/oa/meetings/Meetings.ts"
import * as Acts from "../../../src/simulator/areas/meetings/MeetingActs.ts"
import { addRoom } from "../../../src/simulator/areas/meetings/Meetings.ts"
import { Simulator } from "../../../src/simulator/Simulator.ts"
import { called } from "../../simulator/raw.ts"
import { layerWeCom, options, serve } from "../../support/backend.ts"

const noon = 1_800_000_000

const services = Layer.mergeAll(Meetings.layer, MeetingAttendees.layer, MeetingRecordings.layer, MeetingRooms.layer)

/** A backend that hears what is told, and a program with it, at {@link noon}. */
const listening = <A, E, R>(program: (heard: Array<string>) => Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const heard: Array<string> = []
    yield* serve(CallbackRouter.layer({
      ...options,
      handlers: {
        "event/meeting_change/join_meeting": ({ FromUserName, MeetingId }) =>
          Effect.sync(() => {
            heard.push(`${FromUserName} joins ${MeetingId.length > 0 ? "it" : "nothing"}`)
          })
      },
      fallback: ({ header }) =>
        Effect.sync(() => {
          heard.push(header.key.replace(/^event\/meeting_\w+?\//, ""))
        })
    }))
    return yield* program(heard)
  }).pipe(
    Effect.scoped,
    Effect.provide(Layer.provideMerge(services, layerWeCom)),
    (run) => Effect.andThen(TestClock.setTime(noon * 1000), run)
  )

const plan = {
  title: "周会",
  administrator: "zhangsan",
  invitees: ["zhangsan", "lisi"],
  start: DateTime.makeUnsafe((noon + 3600) * 1000),
  duration: Duration.minutes(30),
  seats: 6
}

const create = (fields: object = {}) =>
  Effect.map(
    called.post("/cgi-bin/meeting/create", {
      admin_userid: "zhangsan",
      title: "周会",
      meeting_start: noon + 3600,
      meeting_duration: 3600,
      invitees: { userid: ["zhangsan", "lisi"] },
      ...fields
    }),
    ({ meetingid }) => meetingid as string
  )

const code = (path: string, body: object) =>
  Effect.map(called.post(`/cgi-bin/meeting/${path}`, body), ({ errcode }) => errcode)

describe("examples/hold-a-meeting.ts", () => {
  it.effect("books the smallest room that is free, holds the meeting, and finds its recording", () =>
    listening((heard) =>
      Effect.gen(function*() {
        assert.strictEqual((yield* Effect.flip(arrange(plan)))._tag, "NoRoom")
        const rooms = yield* MeetingRooms
        for (const [name, capacity] of [["晚霞", 20], ["朝霞", 8], ["小间", 4]] as const) {
          yield* rooms.create({ name, capacity })
        }
        const { meetingid, room } = yield* arrange(plan)
        assert.strictEqual(room, "朝霞")
        // The small room is taken, so the next one is the larger, and then there is none.
        assert.strictEqual((yield* arrange(plan)).room, "晚霞")
        const taken = yield* Effect.flip(arrange(plan))
        assert.strictEqual(taken._tag === "WeComError" ? taken.errcode : 0, 40058)
        assert.deepStrictEqual(heard, ["cancel_meeting"])
        yield* rooms.create({ name: "夕照", capacity: 6 })
        assert.strictEqual((yield* arrange(plan)).room, "夕照")
        heard.length = 0

        const waiting = yield* Effect.forkChild(attendance(meetingid), { startImmediately: true })
        yield* TestClock.adjust("1 hour")
        yield* Acts.join({ meetingid, userid: "zhangsan" })
        yield* TestClock.adjust("5 minutes")
        yield* Acts.join({ meetingid, userid: "lisi" })
        yield* TestClock.adjust("10 minutes")
        yield* Acts.leave({ meetingid, userid: "lisi" })
        yield* TestClock.adjust("5 minutes")
        yield* Acts.end({ meetingid, userid: "zhangsan" })
        yield* TestClock.adjust("1 minute")
        const { seconds, visits } = yield* Fiber.join(waiting)
        assert.strictEqual(visits, 2)
        assert.deepStrictEqual([...seconds], [["zhangsan", 1200], ["lisi", 600]])

        const [address] = yield* recordingOf(meetingid)
        assert.match(Redacted.value(address ?? Redacted.make("")), /^https:\/\/recording\.example\.com\/view\//)
        assert.deepStrictEqual(heard, [
          "meeting_start",
          "start_meeting",
          "zhangsan joins it",
          "start_recording",
          "lisi joins it",
          "quit_meeting",
          "stop_recording",
          "meeting_end",
          "recording_complete"
        ])
      })
    ))
})

describe("meetings on the simulator", () => {
  it.effect("are found by both numbers, changed and cancelled before they begin", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const meetingid = yield* create({ settings: { password: "1234" } })
        assert.strictEqual(yield* code("update", { meetingid, title: "改期", settings: { mute_all: true } }), 0)
        const found = yield* called.post("/cgi-bin/meeting/get_info", { meetingid })
        assert.deepStrictEqual([found.title, found.status, found.meeting_start], ["改期", 1, noon + 3600])
        assert.deepInclude(found.settings, { password: "1234", need_password: true, mute_all: true })
        const again = yield* called.post("/cgi-bin/meeting/get_info", { meeting_code: found.meeting_code })
        assert.strictEqual(again.title, "改期")
        const mine = yield* called.post("/cgi-bin/meeting/get_user_meetingid", { userid: "lisi" })
        assert.deepStrictEqual(mine.meetingid_list, [meetingid])
        assert.strictEqual(yield* code("cancel", { meetingid }), 0)
        assert.strictEqual(yield* code("cancel", { meetingid }), 400041)
        assert.strictEqual(yield* code("get_info", { meetingid: "nothing" }), 40058)
        assert.deepStrictEqual(heard, ["modify_meeting", "cancel_meeting"])
        assert.include((yield* Effect.flip(Acts.join({ meetingid, userid: "lisi" }))).message, "cancelled")
      })
    ))

  it.effect("begin in the future, with members that there are", () =>
    listening(() =>
      Effect.gen(function*() {
        const past = { admin_userid: "zhangsan", title: "周会", meeting_start: noon - 60, meeting_duration: 3600 }
        assert.strictEqual(yield* code("create", past), 400222)
        assert.strictEqual(yield* code("create", { ...past, meeting_start: noon + 60, admin_userid: "nobody" }), 60111)
      })
    ))

  it.effect("let people wait, in and out", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const meetingid = yield* create({ settings: { enable_waiting_room: true, allow_enter_before_host: false } })
        yield* Acts.join({ meetingid, userid: "lisi" })
        yield* Acts.join({ meetingid, userid: "zhangsan" })
        yield* Acts.join({ meetingid, userid: "lisi", device: 4 })
        const waiting = yield* called.post("/cgi-bin/meeting/waitingroom/get_current_user_list", { meetingid })
        const [lisi] = waiting.user_list as ReadonlyArray<{ tmp_openid: string; instance_id: number; userid: string }>
        assert.deepInclude(lisi, { userid: "lisi", instance_id: 4 })
        const user = { tmp_openid: lisi?.tmp_openid, instance_id: 4 }
        const operate = (operate_type: number, more: object = {}) =>
          code("realcontrol/manage_waiting_room_users", { meetingid, operate_type, operated_users: [user], ...more })
        assert.strictEqual(yield* operate(1), 0)
        // No longer there to be let in.
        assert.strictEqual(yield* operate(1), 730000)
        const inside = yield* called.post("/cgi-bin/meeting/get_realtime_attendee_list", { meetingid })
        assert.lengthOf(inside.attendees as ReadonlyArray<unknown>, 2)
        assert.strictEqual(yield* operate(2), 0)
        assert.strictEqual(yield* operate(3, { allow_rejoin: false }), 0)
        assert.include((yield* Effect.flip(Acts.join({ meetingid, userid: "lisi" }))).message, "may not come again")
        const record = yield* called.post("/cgi-bin/meeting/waitingroom/get_user_list", { meetingid })
        assert.lengthOf(record.user_list as ReadonlyArray<unknown>, 2)
        assert.deepStrictEqual(heard, [
          "join_meeting_before_host",
          "meeting_start",
          "start_meeting",
          "zhangsan joins it",
          "join_waiting_room",
          "join_from_meeting_room",
          "lisi joins it",
          "move_to_waiting_room",
          "quit_waiting_room"
        ])
      })
    ))

  it.effect("are controlled while they are held, and not before", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const meetingid = yield* create()
        assert.strictEqual(yield* code("realcontrol/set", { meetingid, mute_all: true }), 40058)
        yield* Acts.join({ meetingid, userid: "zhangsan" })
        yield* Acts.join({ meetingid, userid: "lisi" })
        yield* Acts.share({ meetingid, userid: "lisi", sharing: true })
        const list = () =>
          Effect.map(
            called.post("/cgi-bin/meeting/get_realtime_attendee_list", { meetingid }),
            ({ attendees }) => attendees as ReadonlyArray<{ tmp_openid: string; audio_state: boolean; role: number }>
          )
        const operated_user = { tmp_openid: (yield* list())[1]?.tmp_openid, instance_id: 1 }
        heard.length = 0
        assert.strictEqual(yield* code("realcontrol/set", { meetingid, mute_all: true, meeting_locked: true }), 0)
        assert.strictEqual(yield* code("realcontrol/mute_user", { meetingid, operated_user, option: false }), 0)
        assert.strictEqual(yield* code("realcontrol/set_cohost", { meetingid, operated_user, action: true }), 0)
        assert.strictEqual(yield* code("realcontrol/close_screen_share", { meetingid, operated_user }), 0)
        assert.deepStrictEqual((yield* list()).map(({ audio_state, role }) => [audio_state, role]), [
          [false, 2],
          [true, 6]
        ])
        assert.include((yield* Effect.flip(Acts.join({ meetingid, userid: "wangwu" }))).message, "locked")
        assert.strictEqual(yield* code("realcontrol/dismiss", { meetingid, force_dismiss: 0 }), 40058)
        assert.strictEqual(
          yield* code("realcontrol/kickout_users", { meetingid, operated_users: [operated_user], allow_rejoin: true }),
          0
        )
        assert.strictEqual(yield* code("realcontrol/dismiss", { meetingid, retrieve_code: 1 }), 0)
        assert.include((yield* Effect.flip(Acts.join({ meetingid, userid: "zhangsan" }))).message, "any more")
        assert.deepStrictEqual(heard, [
          "meeting_mute_all",
          "role_change",
          "close_screen_share",
          "quit_meeting",
          "meeting_end"
        ])
        const starts = yield* called.post("/cgi-bin/meeting/statistics/get_start_list", {
          type: 1,
          begin_time: noon,
          end_time: noon + 60
        })
        assert.deepStrictEqual(starts.meeting_list, [{ userid: "zhangsan", start_time: noon }])
      })
    ))

  it.effect("are recorded when somebody says so, and forget it when an app does", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const meetingid = yield* create()
        yield* Acts.join({ meetingid, userid: "zhangsan" })
        yield* Acts.startRecording({ meetingid, userid: "zhangsan" })
        yield* TestClock.adjust("10 seconds")
        heard.length = 0
        yield* Acts.stopRecording({ meetingid, userid: "zhangsan" })
        const list = () =>
          Effect.map(
            called.post("/cgi-bin/meeting/record/list", { meetingid, start_time: noon - 60, end_time: noon + 60 }),
            ({ record_meetings }) =>
              record_meetings as ReadonlyArray<{
                readonly meeting_record_id: string
                readonly state: number
                readonly record_files?: ReadonlyArray<{ readonly record_size: number }>
              }>
          )
        const [converting] = yield* list()
        const recording = { meetingid, meeting_record_id: converting?.meeting_record_id }
        assert.strictEqual(converting?.state, 1)
        assert.strictEqual(yield* code("record/get_file_list", recording), 40058)
        yield* TestClock.adjust("1 minute")
        const [ready] = yield* list()
        assert.strictEqual(ready?.state, 3)
        assert.strictEqual(ready?.record_files?.[0]?.record_size, 1_000_000)
        assert.strictEqual(yield* code("record/delete", recording), 0)
        assert.deepStrictEqual(yield* list(), [])
        assert.deepStrictEqual(heard, ["stop_recording", "recording_complete", "delete_recording"])
      })
    ))

  it.effect("pause their recording, and go on with it", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const meetingid = yield* create({ settings: { auto_record_type: "cloud" } })
        const host = { meetingid, userid: "zhangsan" }
        yield* Acts.join(host)
        yield* Acts.pauseRecording({ ...host, paused: true })
        assert.include(
          (yield* Effect.flip(Acts.pauseRecording({ ...host, paused: true }))).message,
          "not being recorded"
        )
        yield* Acts.pauseRecording({ ...host, paused: false })
        assert.deepStrictEqual(heard.slice(-3), ["start_recording", "pause_recording", "resume_recording"])
      })
    ))

  it.effect("are enrolled for, with answers, by those who do it themselves and by import", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const closed = yield* create()
        assert.strictEqual(yield* code("enroll/list", { meetingid: closed }), 40058)
        const meetingid = yield* create({ settings: { enable_enroll: true } })
        const configured = yield* called.post("/cgi-bin/meeting/enroll/set_config", {
          meetingid,
          approve_type: 2,
          is_collect_question: 2,
          question_list: [{ is_required: 2, question_type: 3, question_title: "部门" }]
        })
        assert.strictEqual(configured.question_count, 1)
        yield* Acts.enroll({ meetingid, userid: "lisi", answers: [["研发部"]] })
        const imported = yield* called.post("/cgi-bin/meeting/enroll/import", {
          meetingid,
          enroll_list: [{ area: "86", phone_number: "13500000000" }, { userid: "wangwu" }]
        })
        assert.strictEqual(imported.total_count, 2)
        const list = (status: number) =>
          Effect.map(
            called.post("/cgi-bin/meeting/enroll/list", { meetingid, status }),
            ({ enroll_list }) =>
              enroll_list as ReadonlyArray<
                { enroll_id: string; enroll_time: string; nick_name: string; userid: string; answer_list?: object }
              >
          )
        const [pending] = yield* list(1)
        assert.deepInclude(pending, { enroll_time: "2027/01/15 16:00", nick_name: "李四", userid: "lisi" })
        assert.deepStrictEqual(pending?.answer_list, [
          { answer_content: ["研发部"], is_required: 2, question_num: 1, question_title: "部门", question_type: 3 }
        ])
        assert.deepStrictEqual((yield* list(3)).map(({ nick_name }) => nick_name), ["13500000000", "王五"])
        const approved = yield* called.post("/cgi-bin/meeting/enroll/approve", {
          meetingid,
          action: 3,
          enroll_id_list: [pending?.enroll_id, "nothing"]
        })
        assert.strictEqual(approved.handled_count, 1)
        assert.lengthOf(yield* list(3), 3)
        yield* Acts.cancelEnrollment({ meetingid, userid: "lisi" })
        assert.lengthOf(yield* list(0), 2)
        assert.deepStrictEqual(heard, ["enroll", "cancel_enroll"])
      })
    ))

  it.effect("have rooms with devices, each for one meeting at a time", () =>
    listening(() =>
      Effect.gen(function*() {
        const { world } = yield* Simulator
        const id = yield* addRoom(world, { name: "夕照", capacity: 6 })
        const [first, second] = [yield* create(), yield* create()]
        const book = (meetingid: string) => code("rooms/book", { meetingid, meeting_room_id_list: [id] })
        assert.strictEqual(yield* book(first), 0)
        assert.strictEqual(yield* book(second), 40058)
        const booked = yield* called.post("/cgi-bin/meeting/rooms/list_meetings", { meeting_room_id: id })
        assert.deepStrictEqual(
          (booked.meeting_info_list as ReadonlyArray<{ readonly meetingid: string }>).map(({ meetingid }) => meetingid),
          [first]
        )
        assert.strictEqual(yield* code("rooms/release", { meetingid: first, meeting_room_id_list: [id] }), 0)
        assert.strictEqual(yield* book(second), 0)
        const { meeting_room_list } = yield* called.post("/cgi-bin/meeting/rooms/list", { meeting_room_name: "夕照" })
        assert.lengthOf(meeting_room_list as ReadonlyArray<unknown>, 1)
      })
    ))

  it.effect("have backgrounds, which are fetched after the call", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const meetingid = yield* create()
        const add = (...names: ReadonlyArray<string>) =>
          called.post("/cgi-bin/meeting/layout/add_background", {
            meetingid,
            image_list: names.map((name) => ({ image_md5: name, image_url: `https://files.example.com/${name}` })),
            default_image_order: names.length
          })
        const added = yield* add("a.png", "b.jpg")
        const [a, b] = added.background_list as ReadonlyArray<{ readonly background_id: string }>
        assert.strictEqual(added.selected_background_id, b?.background_id)
        assert.deepStrictEqual(heard, [])
        yield* TestClock.adjust("1 second")
        assert.deepStrictEqual(heard, ["medium_upload"])
        const remove = (background_id: string | undefined) =>
          code("layout/delete_background", { meetingid, background_id })
        assert.strictEqual(yield* remove(b?.background_id), 40058)
        assert.strictEqual(yield* code("layout/set_default_background", { meetingid, selected_background_id: "" }), 0)
        assert.strictEqual(yield* remove(b?.background_id), 0)
        assert.deepInclude(yield* called.post("/cgi-bin/meeting/layout/list_background", { meetingid }), {
          selected_background_id: "",
          background_list: [{ background_id: a?.background_id, image_md5: "a.png" }]
        })
        assert.strictEqual((yield* add("1", "2", "3", "4", "5", "6", "7")).errcode, 40058)
      })
    ))

  it.effect("call rooms and phones, which answer", () =>
    listening((heard) =>
      Effect.gen(function*() {
        const meetingid = yield* create()
        yield* Acts.join({ meetingid, userid: "zhangsan" })
        heard.length = 0
        const call = { meetingid, meeting_room_id: "rooms-1" }
        const status = () =>
          Effect.map(called.post("/cgi-bin/meeting/rooms/get_response_status", call), ({ status }) => status)
        assert.strictEqual(yield* status(), 1)
        yield* called.post("/cgi-bin/meeting/rooms/call", call)
        assert.strictEqual(yield* status(), 4)
        yield* Acts.answerRoomCall({ meetingid, answer: "joining" })
        assert.strictEqual(yield* status(), 2)
        const { invite_id } = yield* called.post("/cgi-bin/meeting/rooms/call", call)
        assert.strictEqual(yield* code("rooms/cancel_call", { ...call, invite_id }), 0)
        assert.strictEqual(yield* status(), 5)

        const phone_numbers = [{ area: 86, phone: "13500000000" }, { area: 86, phone: "x" }]
        const dialled = yield* called.post("/cgi-bin/meeting/phone/callout", { meetingid, phone_numbers })
        assert.deepStrictEqual(dialled.invalid_phone_numbers, [{ area: 86, phone: "x" }])
        yield* Acts.answerPhoneCall({ meetingid, phone: "13500000000", status: "START_ACCEPT" })
        const found = yield* called.post("/cgi-bin/meeting/phone/get_tmp_openid", { meetingid, phone_numbers })
        assert.lengthOf(found.tmp_openid_list as ReadonlyArray<unknown>, 1)
        assert.deepStrictEqual(heard, [
          "meeting_room_response",
          "meeting_room_response",
          "pstn_status_update",
          "pstn_status_update"
        ])
      })
    ))
})
