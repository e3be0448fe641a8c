/** 异步导出接口. The files are made when the job is, and can be fetched when it is done. */
import * as Digest from "effect/crypto/Digest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { CallbackCrypto } from "../../../../callback/CallbackCrypto.ts"
import { BatchJobType } from "../../../../callback/events/JobEvents.ts"
import { ContactExport, ExportedFile, ExportResult, ExportStatus } from "../../../../contacts/ContactExport.ts"
import { Departments } from "../../../../contacts/Departments.ts"
import { TagMembers, Tags } from "../../../../contacts/Tags.ts"
import { UserName, Users } from "../../../../contacts/Users.ts"
import * as Endpoint from "../../../../Endpoint.ts"
import { announce, toApp } from "../../../engine/Audience.ts"
import { jobFinished } from "../../../engine/Jobs.ts"
import { Recent } from "../../../engine/Recent.ts"
import { type AppCall, existing, openRoute, refuse, route } from "../../../engine/Route.ts"
import { seenMembers, seenUnder, shownDepartment, shownUser, type Viewer } from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { type App } from "../../../engine/World.ts"
import { tagMembers } from "./tags.ts"

const { endpoints } = ContactExport

/** How long a job takes. */
export const exportTime = 2000

/** How long the links to its files serve. */
const linkLife = 2 * 3600_000

interface Job {
  readonly owner: App
  readonly endsAt: number
  readonly files: ReadonlyArray<ExportedFile>
}

/** What the links lead to. */
interface Stored {
  readonly bytes: Uint8Array
  readonly endsAt: number
}

const jobsOf = State.make("contacts/export-jobs", () => new Recent<string, Job>())
const stored = State.make("contacts/export-files", () => new Recent<string, Stored>(({ bytes }) => bytes.length))

/** Where the files are: beside the API, so that a base URL with a path of its own leads there too. */
const link = Endpoint.download(
  "/cgi-bin/_simulator/export",
  { doc: 94854, credential: "none" },
  () => ({ query: { corp: Schema.String, file: Schema.String } })
)

export const contactExport = [
  route(endpoints.startUserNames, (call) =>
    start(
      call,
      BatchJobType.ExportUserNames,
      Users.endpoints.listNames,
      chunked(
        shownUsers(call).map(({ department, name, userid }) => new UserName({ userid, name, department })),
        call.input.block_size
      )
    )),
  route(endpoints.startUsers, (call) =>
    start(
      call,
      BatchJobType.ExportUsers,
      Users.endpoints.list,
      chunked(shownUsers(call), call.input.block_size)
    )),
  route(
    endpoints.startDepartments,
    (call) =>
      start(
        call,
        BatchJobType.ExportDepartments,
        Departments.endpoints.list,
        chunked(
          seenUnder(call).map((department) => shownDepartment(call, department)),
          call.input.block_size
        )
      )
  ),
  route(endpoints.startTagMembers, (call) => {
    const { partylist, tagname, userlist } = tagMembers(
      call,
      existing(call.corp.tags, call.input.tagid, 40068)
    )
    const entries = [...userlist, ...partylist]
    return start(
      call,
      BatchJobType.ExportTagUsers,
      Tags.endpoints.get,
      chunked(entries, call.input.block_size).map((entries) =>
        new TagMembers({
          tagname,
          userlist: entries.filter((entry) => typeof entry === "object"),
          partylist: entries.filter((entry) => typeof entry === "number")
        })
      )
    )
  }),
  route(endpoints.getResult, ({ app, corp, input, now }) => {
    const { endsAt, files, owner } = existing(jobsOf(corp), input.jobid, 40088)
    if (owner !== app) return refuse(40088)
    return endsAt <= now
      ? new ExportResult({ status: ExportStatus.Finished, data_list: files })
      : new ExportResult({ status: ExportStatus.Running, data_list: [] })
  }),
  openRoute(link, ({ input, now, world }) => {
    const file = existing(stored(existing(world.corps, input.corp, 40035)), input.file, 40035)
    if (file.endsAt <= now) return refuse(40035, "the link has expired")
    return { filename: "data.json", contentType: "application/octet-stream", bytes: file.bytes }
  })
]

const shownUsers = (viewer: Viewer) => seenMembers(viewer).map((member) => shownUser(viewer, member))

const chunked = <A>(items: ReadonlyArray<A>, size = 1_000_000): ReadonlyArray<ReadonlyArray<A>> => {
  const chunks: Array<ReadonlyArray<A>> = []
  for (let start = 0; start < Math.max(items.length, 1); start += size) chunks.push(items.slice(start, start + size))
  return chunks
}

/** Makes one file of each value, as the answer of an endpoint has it, encrypted; tells the app when they are there. */
const start = <I, A>(
  call: Omit<AppCall<void>, "input"> & { readonly input: { readonly encoding_aeskey: Redacted.Redacted } },
  type: typeof BatchJobType.schema.Type,
  endpoint: Endpoint.Endpoint<I, A>,
  values: ReadonlyArray<A>
): Effect.Effect<string> =>
  Effect.gen(function*() {
    const { app, corp, input, now, world } = call
    const { make } = yield* CallbackCrypto
    const { digestHex } = yield* Digest.Digest
    const cipher = yield* Effect.orDie(make({ token: Redacted.make(""), encodingAesKey: input.encoding_aeskey }))
    const encode = Schema.encodeUnknownEffect(
      Schema.fromJsonString(Endpoint.describe(endpoint).schemas.success as Schema.Codec<unknown>), // needs no services
      { disableChecks: true }
    )
    const endsAt = now + exportTime
    const files = yield* Effect.forEach(values, (value) =>
      Effect.gen(function*() {
        const text = yield* Effect.orDie(encode(value))
        const bytes = yield* cipher.encryptMedia(new TextEncoder().encode(text))
        const id = world.text(32)
        stored(corp).set(id, { bytes, endsAt: endsAt + linkLife })
        return new ExportedFile({
          url: Redacted.make(`${world.origin}/cgi-bin/_simulator/export?corp=${corp.id}&file=${id}`),
          size: bytes.length,
          md5: yield* digestHex(Digest.md5, bytes)
        })
      }))
    const jobid = world.id("jobid_")
    jobsOf(corp).set(jobid, { owner: app, endsAt, files })
    call.later(exportTime, (now) => announce({ ...call, now }, toApp(app, jobFinished(jobid, type))))
    return jobid
  }).pipe(Effect.provide([CallbackCrypto.layerWebCrypto, Digest.layerWebCrypto]))
