/** 会议录制. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import {
  MeetingRecordings,
  Recording,
  RecordingAddress,
  RecordingAddresses,
  RecordingFile,
  RecordingFileDetail,
  RecordingState
} from "../../../../oa/meetings/MeetingRecordings.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import { timeOf } from "../../../engine/Times.ts"
import * as State from "../Meetings.ts"
import { ofPage, tellAll } from "./shared.ts"

const { meetings } = State

/** A link that is good for a while. */
const link = (kind: string, { fileId }: State.Recording) =>
  Redacted.make(`https://recording.example.com/${kind}/${fileId}`)

const addressOf = (recording: State.Recording) => ({
  record_file_id: recording.fileId,
  view_address: link("view", recording),
  download_address: link("download", recording),
  download_address_file_type: "mp4",
  audio_address: link("audio", recording),
  audio_address_file_type: "m4a"
})

/** Bytes of a recording: 100 kB a second. */
const sizeOf = ({ from, to = from }: State.Recording) => `${Math.round((to - from) / 1000) * 100_000}`

/** A recording of a meeting that has been converted. */
const converted = (
  call: AppCall<unknown>,
  held: State.Held,
  select: (recording: State.Recording) => boolean,
  missing: number
): State.Recording => {
  const recording = held.recordings.find(select) ?? refuse(missing)
  return State.isConverted(recording, call.now) ? recording : refuse(40058, "the recording is being converted")
}

export const meetingRecordings = [
  route(MeetingRecordings.endpoints.list, (call) => {
    const { cursor, end_time, limit = 10, meeting_code, meetingid, start_time, userid } = call.input
    const from = DateTime.toEpochMillis(start_time)
    const to = DateTime.toEpochMillis(end_time)
    const of = (held: State.Held) =>
      meetingid !== undefined
        ? held.meetingid === meetingid
        : meeting_code !== undefined
        ? held.code === meeting_code
        : held.details.admin_userid === userid
    const all = meetings.list(call, ({ value }) => of(value)).flatMap((held) =>
      held.recordings.filter((recording) => recording.from >= from && recording.from <= to)
        .map((recording) => ({ held, recording }))
    )
    const { items, ...page } = ofPage(pageOf(all, cursor, limit))
    return {
      ...page,
      record_meetings: items.map(({ held, recording }) => {
        const ready = State.isConverted(recording, call.now)
        return new Recording({
          meeting_record_id: recording.id,
          meetingid: held.meetingid,
          meeting_code: held.code,
          host_user_id: held.details.admin_userid,
          meeting_start_time: timeOf(recording.from),
          title: held.details.title,
          state: ready ? RecordingState.Ready : RecordingState.Recording,
          record_files: ready
            ? [
              new RecordingFile({
                record_file_id: recording.fileId,
                record_start_time: timeOf(recording.from),
                record_end_time: timeOf(recording.to ?? recording.from),
                record_size: sizeOf(recording),
                sharing_state: false
              })
            ]
            : []
        })
      })
    }
  }),

  route(MeetingRecordings.endpoints.listAddresses, (call) => {
    const { meeting_record_id, meetingid } = call.input
    const held = meetings.get(call, meetingid)
    const recording = converted(call, held, ({ id }) => id === meeting_record_id, 730002)
    return new RecordingAddresses({
      meeting_record_id,
      meetingid,
      meeting_code: held.code,
      title: held.details.title,
      record_files: [new RecordingAddress({ ...addressOf(recording), meeting_summary: [] })]
    })
  }),

  route(MeetingRecordings.endpoints.getFile, (call) => {
    const { meetingid, record_file_id } = call.input
    const held = meetings.get(call, meetingid)
    const recording = converted(call, held, ({ fileId }) => fileId === record_file_id, 730001)
    return new RecordingFileDetail({
      ...addressOf(recording),
      meetingid,
      meeting_code: held.code,
      record_name: held.details.title,
      meeting_record_name: held.details.title,
      start_time: timeOf(recording.from),
      end_time: timeOf(recording.to ?? recording.from),
      ai_meeting_transcripts: []
    })
  }),

  route(MeetingRecordings.endpoints.delete, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    const recording = converted(call, held, ({ id }) => id === call.input.meeting_record_id, 730002)
    tellAll(call, State.deleteRecordings(held, (one) => one === recording))
  }),

  route(MeetingRecordings.endpoints.deleteFile, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    const recording = converted(call, held, ({ fileId }) => fileId === call.input.record_file_id, 730001)
    tellAll(call, State.deleteRecordings(held, (one) => one === recording))
  })
]
