/**
 * The events of the office: each is caused by what people or apps do on the simulator, and reaches the handler of its key
 * through encryption, HTTP and decoding. Those that nothing here causes are named with the reason, and sent by `notify`.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as CalendarEvents from "../../src/callback/events/CalendarEvents.ts"
import * as DriveEvents from "../../src/callback/events/DriveEvents.ts"
import * as LivingEvents from "../../src/callback/events/LivingEvents.ts"
import * as MailEvents from "../../src/callback/events/MailEvents.ts"
import * as MeetingEvents from "../../src/callback/events/MeetingEvents.ts"
import * as MeetingRoomEvents from "../../src/callback/events/MeetingRoomEvents.ts"
import { VipAccountRequested, VipAccountRequestFinished } from "../../src/callback/events/SecurityEvents.ts"
import * as AdvancedFeatureActs from "../../src/simulator/areas/advanced-features/AdvancedFeatureActs.ts"
import * as CalendarActs from "../../src/simulator/areas/calendars/CalendarActs.ts"
import { capacity } from "../../src/simulator/areas/drive/Drive.ts"
import * as DriveActs from "../../src/simulator/areas/drive/DriveActs.ts"
import * as LivingActs from "../../src/simulator/areas/living/LivingActs.ts"
import * as MailActs from "../../src/simulator/areas/mail/MailActs.ts"
import * as RoomActs from "../../src/simulator/areas/meeting-rooms/MeetingRoomActs.ts"
import * as MeetingActs from "../../src/simulator/areas/meetings/MeetingActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { callback, layerWeComWith, options, serve } from "../support/backend.ts"
import { monday } from "../support/hearing.ts"
import { called } from "./raw.ts"

/** The keys of a family of events. */
const keysOf = (family: object): ReadonlyArray<string> =>
  Object.values(family).flatMap((member) =>
    typeof member === "function" && typeof member.key === "string" ? [member.key] : []
  )

const keys = [
  ...[CalendarEvents, DriveEvents, LivingEvents, MailEvents, MeetingEvents, MeetingRoomEvents].flatMap(keysOf),
  // 高级功能, which stands with security.
  VipAccountRequested.key,
  VipAccountRequestFinished.key
]

/** What WeCom itself no longer sends. */
const unsent = new Map([
  ["event/add_calendar", "no longer in the documents"],
  ["event/add_schedule", "no longer in the documents"]
])

const suite = {
  suiteId: "ww1234567890suite1",
  secret: "suite-secret",
  installations: [{ corpId: defaultCorp.corpId, permanentCode: "permanent", agentId: 1000009, callback }]
}

/** Notes for each key how often its own handler was called. */
const counting = <A, E, R>(program: (heard: Map<string, number>) => Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const heard = new Map<string, number>()
    const note = (key: string) =>
      Effect.sync(() => {
        heard.set(key, (heard.get(key) ?? 0) + 1)
      })
    yield* serve(CallbackRouter.layer({
      ...options,
      // A handler of any event, under keys that the compiler does not see.
      handlers: Object.fromEntries(keys.map((key) => [key, () => note(key)])) as never,
      fallback: ({ header }) => note(`unexpected ${header.key}`)
    }))
    return yield* program(heard)
  }).pipe(
    Effect.scoped,
    Effect.provide(layerWeComWith([suite])),
    (run) => Effect.andThen(TestClock.setTime(monday * 1000), run)
  )

const post = (path: string, body: object) =>
  Effect.tap(called.post(`/cgi-bin/${path}`, body), ({ errcode, errmsg }) =>
    Effect.sync(() => {
      assert.strictEqual(errcode ?? 0, 0, `${path}: ${errmsg}`)
    }))

const host = "zhangsan"
const time = { start_time: monday + 3600, end_time: monday + 7200 }

const advanced = Effect.gen(function*() {
  const apply_id = yield* AdvancedFeatureActs.apply({ userid: host, business_type: 3 })
  yield* AdvancedFeatureActs.finish({ apply_id, end: "rejected" })
})

const calendars = Effect.gen(function*() {
  const { cal_id } = yield* post("oa/calendar/add", {
    calendar: { summary: "团队", color: "#00FF00", admins: [host], shares: [{ userid: host }] }
  })
  const schedule = { ...time, cal_id, admins: [host], attendees: [{ userid: "lisi" }] }
  const { schedule_id } = yield* post("oa/schedule/add", { schedule })
  const of = { userid: host, cal_id: cal_id as string, schedule_id: schedule_id as string }
  yield* CalendarActs.respond({ ...of, userid: "lisi", response: 2 })
  yield* CalendarActs.modifySchedule({ ...of, changes: { summary: "改期" } })
  yield* CalendarActs.deleteSchedule(of)
  yield* CalendarActs.modifyCalendar({ ...of, changes: { summary: "改名" } })
  yield* CalendarActs.deleteCalendar(of)
})

const drive = Effect.gen(function*() {
  const admin = { type: 1, userid: host, auth: 7 }
  const { spaceid } = yield* post("wedrive/space_create", { space_name: "资料", auth_info: [admin] })
  const space = { userid: host, spaceid: spaceid as string }
  const created = yield* post("wedrive/file_upload", {
    spaceid,
    fatherid: spaceid,
    file_name: "a.txt",
    file_base64_content: btoa("内".length.toString())
  })
  const { fileid: folder } = yield* post("wedrive/file_create", {
    spaceid,
    fatherid: spaceid,
    file_type: 1,
    file_name: "旧"
  })
  const file = { userid: host, fileid: created.fileid as string }
  yield* DriveActs.renameFile({ ...file, name: "b.txt" })
  yield* DriveActs.updateFile({ ...file, size: 2 })
  yield* DriveActs.moveFile({ ...file, folder: folder as string })
  yield* DriveActs.deleteFile(file)
  assert.lengthOf(yield* DriveActs.checkCapacity({}), 0)
  yield* DriveActs.createFile({ ...space, name: "大.bin", size: capacity * 0.95 })
  yield* DriveActs.checkCapacity({})
  yield* DriveActs.setSecurity({ ...space, settings: { ban_share_external: true } })
  yield* DriveActs.setMembers({ ...space, members: [{ type: 1, userid: host, auth: 7 }] })
  yield* DriveActs.dismissSpace(space)
})

const living = Effect.gen(function*() {
  const { livingid } = yield* post("living/create", {
    anchor_userid: host,
    theme: "培训",
    living_start: monday,
    living_duration: 3600
  })
  yield* LivingActs.start({ livingid: livingid as string })
  yield* LivingActs.end({ livingid: livingid as string })
})

const mail = Effect.gen(function*() {
  const { email } = yield* post("exmail/app/get_email_alias", {})
  const address = `service@${(email as string).split("@")[1]}`
  yield* post("exmail/publicmail/create", { email: address, name: "客服", userid_list: { list: [host] } })
  yield* MailActs.write({ from: host, to: [email as string, address], subject: "你好", content: "在吗" })
})

const rooms = Effect.gen(function*() {
  const { meetingroom_id } = yield* post("oa/meetingroom/add", { name: "朝霞", capacity: 8 })
  const booking_id = yield* RoomActs.book({
    userid: host,
    meetingroom_id: meetingroom_id as number,
    from: time.start_time * 1000,
    to: time.end_time * 1000
  })
  yield* RoomActs.cancel({ booking_id, userid: host })
})

const meetings = Effect.gen(function*() {
  const create = (fields: object = {}) =>
    Effect.map(
      post("meeting/create", {
        admin_userid: host,
        title: "周会",
        meeting_start: time.start_time,
        meeting_duration: 3600,
        ...fields
      }),
      ({ meetingid }) => meetingid as string
    )
  const listed = (path: string, meetingid: string, list: string) =>
    Effect.map(
      post(`meeting/${path}`, { meetingid }),
      (answer) => answer[list] as ReadonlyArray<{ tmp_openid: string; instance_id: number; userid: string }>
    )
  const settings = { enable_waiting_room: true, allow_enter_before_host: false, enable_enroll: true }
  const meetingid = yield* create({ settings })
  yield* post("meeting/update", { meetingid, title: "例会" })
  const lisi = { meetingid, userid: "lisi" }
  const zhangsan = { meetingid, userid: host }
  yield* MeetingActs.enroll(lisi)
  yield* MeetingActs.cancelEnrollment(lisi)
  yield* MeetingActs.join(lisi)
  yield* MeetingActs.join(zhangsan)
  yield* MeetingActs.join(lisi)
  const operate = (operate_type: number, list: string, path: string) =>
    Effect.gen(function*() {
      const all = yield* listed(path, meetingid, list)
      const operated_users = all.filter(({ userid }) => userid === "lisi")
        .map(({ instance_id, tmp_openid }) => ({ instance_id, tmp_openid }))
      yield* post("meeting/realcontrol/manage_waiting_room_users", { meetingid, operate_type, operated_users })
    })
  yield* operate(1, "user_list", "waitingroom/get_current_user_list")
  yield* operate(2, "attendees", "get_realtime_attendee_list")
  yield* operate(3, "user_list", "waitingroom/get_current_user_list")
  yield* MeetingActs.share({ ...zhangsan, sharing: true })
  yield* MeetingActs.share({ ...zhangsan, sharing: false })
  yield* post("meeting/realcontrol/set", { meetingid, mute_all: true })
  yield* post("meeting/realcontrol/set", { meetingid, mute_all: false })
  yield* MeetingActs.join({ ...lisi, userid: "wangwu" })
  const [inside] = yield* listed("get_realtime_attendee_list", meetingid, "attendees")
  const operated_user = { tmp_openid: inside?.tmp_openid, instance_id: inside?.instance_id }
  yield* post("meeting/realcontrol/set_cohost", { meetingid, operated_user, action: true })
  yield* post("meeting/rooms/call", { meetingid, meeting_room_id: "rooms-1" })
  yield* MeetingActs.answerRoomCall({ meetingid, answer: "joining" })
  yield* post("meeting/phone/callout", { meetingid, phone_numbers: [{ area: "86", phone: "13500000000" }] })
  yield* MeetingActs.startRecording(zhangsan)
  yield* MeetingActs.pauseRecording({ ...zhangsan, paused: true })
  yield* MeetingActs.pauseRecording({ ...zhangsan, paused: false })
  yield* MeetingActs.stopRecording(zhangsan)
  yield* TestClock.adjust("1 minute")
  const { record_meetings } = yield* post("meeting/record/list", {
    meetingid,
    start_time: monday - 60,
    end_time: monday + 60
  })
  const [{ meeting_record_id } = { meeting_record_id: "" }] = record_meetings as ReadonlyArray<
    { readonly meeting_record_id: string }
  >
  yield* post("meeting/record/delete", { meetingid, meeting_record_id })
  yield* MeetingActs.leave(zhangsan)
  yield* MeetingActs.join(zhangsan)
  yield* MeetingActs.end(zhangsan)
  yield* post("meeting/cancel", { meetingid: yield* create() })
})

const webinars = Effect.gen(function*() {
  const { meetingid } = yield* post("meeting/webinar/create", {
    admin_userid: host,
    title: "发布会",
    start_time: `${time.start_time}`,
    end_time: `${time.end_time}`,
    admission_type: 0,
    playback_for_audience: false,
    cover_url: "https://files.example.com/cover.gif"
  })
  yield* post("meeting/webinar/update_warm_up", {
    meetingid,
    warm_up_picture: "https://files.example.com/warm-up.png"
  })
  yield* TestClock.adjust("1 second")
  const of = { meetingid: meetingid as string, userid: host }
  yield* MeetingActs.join(of)
  yield* MeetingActs.join({ ...of, userid: "lisi" })
  yield* MeetingActs.setWebinarRole({ ...of, member: "lisi", role: 34 })
  const { attendees } = yield* post("meeting/get_realtime_attendee_list", { meetingid })
  assert.deepStrictEqual(
    (attendees as ReadonlyArray<{ readonly role: number }>).map(({ role }) => role),
    [2, 34]
  )
})

describe("the events of the office", () => {
  it.effect("are all caused on the simulator, and reach typed handlers", () =>
    counting((heard) =>
      Effect.gen(function*() {
        assert.isAbove(keys.length, 50)
        yield* Effect.all([advanced, calendars, drive, living, mail, rooms, meetings, webinars])
        assert.deepStrictEqual([...heard.keys()].filter((key) => !keys.includes(key)), [])
        assert.deepStrictEqual(keys.filter((key) => !heard.has(key)).toSorted(), [...unsent.keys()].toSorted())
        const { notify } = yield* Simulator
        const header = `<ToUserName>${defaultCorp.corpId}</ToUserName><FromUserName>lisi</FromUserName>` +
          `<CreateTime>${monday}</CreateTime><MsgType>event</MsgType><CalId>wc1</CalId><ScheduleId>s1</ScheduleId>`
        for (const key of unsent.keys()) {
          yield* notify(`<xml>${header}<Event>${key.replace("event/", "")}</Event></xml>`)
        }
        assert.sameMembers([...heard.keys()], keys)
      })
    ))
})
