import { NodeHttpClient, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Array, Config, Console, DateTime, Effect, Equal, FileSystem, Layer, Schema } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Calendars, type Schedule, Schedules, ScheduleStatus } from "effect-wecom/oa/calendars"

/** An entry of the team's own calendar. */
export class Entry extends Schema.Class<Entry>("Entry")({
  title: Schema.String,
  start: Schema.DateTimeUtcFromString,
  end: Schema.DateTimeUtcFromString,
  attendees: Schema.Array(Schema.String)
}) {}

/** An entry as both sides had it after the last sync, and its schedule. */
const Synced = Schema.Struct({ schedule_id: Schema.String, entry: Entry })

/** The team's calendar: entries by their id, those of the last sync, and the calendar of WeCom. */
export const TeamCalendar = Schema.Struct({
  cal_id: Schema.optionalKey(Schema.String),
  entries: Schema.Record(Schema.String, Entry),
  synced: Schema.Record(Schema.String, Synced)
})
export type TeamCalendar = typeof TeamCalendar.Type

const written = (entry: Entry) => ({
  summary: entry.title,
  start_time: entry.start,
  end_time: entry.end,
  attendees: entry.attendees.map((userid) => ({ userid }))
})

/** A schedule as an entry; nothing of one that is cancelled. */
const entryOf = (schedule: Schedule | undefined): Entry | undefined => {
  const { end_time: end, start_time: start, status } = schedule ?? {}
  return schedule === undefined || start === undefined || end === undefined || status === ScheduleStatus.Cancelled
    ? undefined
    : new Entry({
      title: schedule.summary ?? "",
      start,
      end,
      attendees: schedule.attendees.map(({ userid }) => userid)
    })
}

/** Brings both sides together. What somebody changed in WeCom counts, then what was changed here. */
export const sync = Effect.fn("sync")(function*(team: TeamCalendar, member: string) {
  const calendars = yield* Calendars
  const schedules = yield* Schedules
  const cal_id = team.cal_id ?? (yield* calendars.create({
    calendar: { summary: "团队日历", color: "#3370FF", admins: [member], shares: [{ userid: member }] }
  })).cal_id

  const entries = { ...team.entries }
  const synced = { ...team.synced }
  const ids = Object.values(synced).map(({ schedule_id }) => schedule_id)
  const found = (yield* Effect.forEach(
    Array.chunksOf(ids, 1000),
    (schedule_id_list) => schedules.getMany({ schedule_id_list })
  )).flat()
  const there = new Map(found.map((schedule) => [schedule.schedule_id, schedule]))

  for (const [id, { entry: before, schedule_id }] of Object.entries(team.synced)) {
    const schedule = there.get(schedule_id)
    const remote = entryOf(schedule)
    const local = entries[id]
    if (schedule === undefined || remote === undefined) {
      // Cancelled in WeCom.
      delete entries[id]
      delete synced[id]
    } else if (!Equal.equals(remote, before)) {
      entries[id] = remote
      synced[id] = { schedule_id, entry: remote }
    } else if (local === undefined) {
      yield* schedules.cancel({ schedule_id })
      delete synced[id]
    } else if (!Equal.equals(local, before)) {
      yield* schedules.update({ schedule: schedule.edited(written(local)) })
      synced[id] = { schedule_id, entry: local }
    }
  }

  for (const [id, entry] of Object.entries(entries)) {
    if (id in synced) continue
    const schedule_id = yield* schedules.create({ schedule: { cal_id, ...written(entry) } })
    synced[id] = { schedule_id, entry }
  }
  return { cal_id, entries, synced }
})

if (import.meta.main) {
  Effect.gen(function*() {
    const path = yield* Config.NonEmptyString("CALENDAR_FILE")
    const member = yield* Config.NonEmptyString("CALENDAR_ADMIN")
    const files = yield* FileSystem.FileSystem
    const Text = Schema.fromJsonString(TeamCalendar)
    const team = yield* Schema.decodeEffect(Text)(yield* files.readFileString(path))
    const next = yield* sync(team, member)
    yield* files.writeFileString(path, yield* Schema.encodeEffect(Text)(next))
    for (const { attendees, start, title } of Object.values(next.entries)) {
      yield* Console.log([DateTime.formatIso(start), title, attendees.join(";")].join("\t"))
    }
  }).pipe(
    Effect.provide(
      Layer.mergeAll(Calendars.layer, Schedules.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici),
        Layer.merge(NodeServices.layer)
      )
    ),
    NodeRuntime.runMain
  )
}
