import { NodeHttpClient, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Config, Console, DateTime, Effect, FileSystem, Layer, Path, Schema, Stream } from "effect"
import { Paging, TokenCache, WeComClient } from "effect-wecom"
import { AdminOperationDetail, SecurityRecords } from "effect-wecom/security"
import { Ndjson } from "effect/encoding"

// #region line
/** One line of the export: what somebody did. */
export const Line = Schema.Struct({
  log: Schema.Literals(["admin", "member"]),
  time: Schema.optional(Schema.DateTimeUtcFromString),
  userid: Schema.optional(Schema.String),
  /** The number of what was done; for administrators with WeCom's words for it. */
  type: Schema.optional(Schema.Int),
  action: Schema.optional(Schema.String),
  detail: Schema.optional(Schema.String),
  ip: Schema.optional(Schema.String)
})
// #endregion

// #region operations
/** What administrators and members did in a time, as one stream. */
const operations = Effect.fn("operations")(function*({ end, start }: Paging.Period) {
  const { listAllAdminOperations, listAllMemberOperations } = yield* SecurityRecords
  const time = { start_time: start, end_time: end }
  return Stream.concat(
    listAllAdminOperations(time).pipe(
      Stream.map(({ detail_info, detail_type, ip, time, userid }): typeof Line.Type => ({
        log: "admin",
        time,
        userid,
        type: detail_type,
        action: detail_type === undefined ? undefined : AdminOperationDetail.label(detail_type),
        detail: detail_info,
        ip
      }))
    ),
    listAllMemberOperations(time).pipe(
      Stream.map(({ detail_info, ip, oper_type, time, userid }): typeof Line.Type => ({
        log: "member",
        time,
        userid,
        type: oper_type,
        action: undefined,
        detail: detail_info,
        ip
      }))
    )
  )
})
// #endregion

// #region export
/**
 * Writes a day's operations to `directory`, a file of NDJSON for each hour. Hours that are there are not read again: run
 * it again after a failure, and it continues where it stopped. A file is complete as soon as it has its name.
 */
export const exportDay = Effect.fn("exportDay")(function*(
  { day, directory }: { readonly day: DateTime.Zoned; readonly directory: string }
) {
  const files = yield* FileSystem.FileSystem
  const path = yield* Path.Path
  yield* files.makeDirectory(directory, { recursive: true })
  const start = DateTime.startOf(day, "day")
  const end = DateTime.endOf(day, "day")
  const written: Array<string> = []
  for (
    const [hour, period] of Paging.periods({
      start: DateTime.toUtc(start),
      end: DateTime.toUtc(end),
      size: "1 hour"
    }).entries()
  ) {
    const name = `${DateTime.formatIsoDate(day)}T${`${hour}`.padStart(2, "0")}.ndjson`
    const file = path.join(directory, name)
    // An hour that is not over yet is left for a later run.
    if ((yield* files.exists(file)) || (yield* DateTime.isFuture(period.end))) continue
    yield* Stream.unwrap(operations(period)).pipe(
      Stream.pipeThroughChannel(Ndjson.encodeSchema(Line)()),
      Stream.run(files.sink(`${file}.part`))
    )
    yield* files.rename(`${file}.part`, file)
    written.push(name)
  }
  return written
})
// #endregion

if (import.meta.main) {
  Effect.gen(function*() {
    // Yesterday in China, where WeCom's days begin. The logs go back 180 days.
    const day = DateTime.setZoneNamedUnsafe(DateTime.subtract(yield* DateTime.now, { days: 1 }), "Asia/Shanghai")
    const directory = yield* Config.String("AUDIT_DIRECTORY").pipe(Config.withDefault("audit"))
    const written = yield* exportDay({ day, directory })
    yield* Console.log(`${written.length} files written to ${directory}`)
  }).pipe(
    Effect.provide([
      SecurityRecords.layer.pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      ),
      NodeServices.layer
    ]),
    NodeRuntime.runMain
  )
}
