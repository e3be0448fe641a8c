import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, DateTime, Duration, Effect, Layer, Redacted, Schedule, Schema, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { MeetingRooms } from "effect-wecom/oa/meeting-rooms"
import {
  AutoRecording,
  MeetingAttendees,
  MeetingRecordings,
  MeetingReminders,
  Meetings,
  MeetingStatus,
  RecordingState
} from "effect-wecom/oa/meetings"

export interface Plan {
  readonly title: string
  /** The userid of the administrator. */
  readonly administrator: string
  readonly invitees: ReadonlyArray<string>
  readonly start: DateTime.Utc
  readonly duration: Duration.Duration
  /** How many people the room has to hold. */
  readonly seats: number
}

/** No room holds so many people. */
export class NoRoom extends Schema.TaggedError<NoRoom>("NoRoom")("NoRoom", { seats: Schema.Int }) {}

/** Makes a meeting that is recorded, and books the smallest room for it that is free. Returns both. */
export const arrange = Effect.fn("arrange")(function*(plan: Plan) {
  const meetings = yield* Meetings
  const rooms = yield* MeetingRooms

  // Rooms that need approval cannot be booked here.
  const large = (yield* rooms.list()).filter(({ capacity = 0, need_approval }) =>
    need_approval !== true && capacity >= plan.seats
  )
  if (large.length === 0) return yield* new NoRoom({ seats: plan.seats })

  const { meeting_link, meetingid } = yield* meetings.create({
    admin_userid: plan.administrator,
    title: plan.title,
    meeting_start: plan.start,
    meeting_duration: Duration.toSeconds(plan.duration),
    invitees: { userid: plan.invitees },
    settings: { auto_record_type: AutoRecording.Cloud, attendee_join_auto_record: true },
    reminders: { remind_before: [MeetingReminders.MeetingRemindBefore.QuarterHour] }
  })

  const smallestFirst = large.toSorted((a, b) => (a.capacity ?? 0) - (b.capacity ?? 0))
  const room = yield* Effect.firstSuccessOf(
    smallestFirst.map(({ meetingroom_id, name }) =>
      Effect.as(rooms.bookByMeeting({ meetingroom_id, meetingid, booker: plan.administrator }), name)
    )
  ).pipe(
    // All of them are taken: without a room there is no meeting.
    Effect.onError(() => Effect.ignore(meetings.cancel({ meetingid })))
  )
  return { meetingid, meeting_link, room }
})

/** Waits until a meeting has ended. Returns who took part, each with the seconds that they were there. */
export const attendance = Effect.fn("attendance")(function*(meetingid: string) {
  const meetings = yield* Meetings
  const attendees = yield* MeetingAttendees
  const { attendees: invited } = yield* meetings.get({ meetingid }).pipe(
    Effect.repeat({ until: ({ status }) => status === MeetingStatus.Ended, schedule: Schedule.spaced("1 minute") })
  )
  const came = yield* Stream.runCollect(attendees.listAll({ meetingid }))
  return {
    visits: came.length,
    seconds: new Map(invited?.member.map(({ cumulative_time = 0, userid }) => [userid, cumulative_time]))
  }
})

/** Waits until the recording of a meeting can be watched. Returns where: a secret, because anyone who has it can watch. */
export const recordingOf = Effect.fn("recordingOf")(function*(meetingid: string) {
  const recordings = yield* MeetingRecordings
  const now = yield* DateTime.now
  const month = { start_time: DateTime.subtractDuration(now, Duration.days(30)), end_time: now }
  const { record_meetings } = yield* recordings.list({ meetingid, ...month }).pipe(
    Effect.repeat({
      until: (page) => page.record_meetings.some(({ state }) => state === RecordingState.Ready),
      schedule: Schedule.spaced("1 minute")
    })
  )
  const [recording] = record_meetings.filter(({ state }) => state === RecordingState.Ready)
  const { meeting_record_id } = yield* Effect.fromNullishOr(recording)
  const { record_files } = yield* recordings.listAddresses({ meetingid, meeting_record_id })
  return record_files.flatMap(({ view_address }) => view_address ?? [])
})

if (import.meta.main) {
  Effect.gen(function*() {
    const administrator = yield* Config.NonEmptyString("ADMINISTRATOR")
    const { meeting_link, meetingid, room } = yield* arrange({
      title: "周会",
      administrator,
      invitees: [administrator],
      start: DateTime.addDuration(yield* DateTime.now, Duration.hours(1)),
      duration: Duration.minutes(30),
      seats: 6
    })
    yield* Effect.log(`${meeting_link ?? meetingid} in ${room ?? "no room"}`)
    const { seconds } = yield* attendance(meetingid)
    yield* Effect.log(...seconds)
    const addresses = yield* recordingOf(meetingid)
    yield* Effect.log(`${addresses.length} files, the first at ${new URL(Redacted.value(addresses[0]!)).host}`)
  }).pipe(
    Effect.provide(
      Layer.mergeAll(Meetings.layer, MeetingAttendees.layer, MeetingRecordings.layer, MeetingRooms.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
