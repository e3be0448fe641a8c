/** 素材管理. */
import * as DateTime from "effect/DateTime"
import { UploadFinished } from "../../../callback/events/JobEvents.ts"
import { Media, UploadByUrlResult, UploadByUrlStatus, UploadedMedia } from "../../../media/Media.ts"
import { announce, event, toApp } from "../../engine/Audience.ts"
import { Recent } from "../../engine/Recent.ts"
import { also, existing, refuse, route } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import { type Corp, type File, findMedia, keepMedia } from "../../engine/World.ts"

const { endpoints } = Media

interface Job {
  readonly url: string
  readonly type: string
  readonly filename: string
  readonly at: number
  mediaId: string | undefined
}

const jobs = State.make("media/jobs", () => new Recent<string, Job>())

/** Images that last: what their URLs show. */
export const images = State.make("media/images", () => new Recent<string, File>(({ bytes }) => bytes.length))

/** How long the server takes to fetch a file. */
const fetching = 1000

/** How long the result of a job is kept. */
const jobLife = 3600_000

const stored = (corp: Corp, mediaId: string, now: number): File =>
  (findMedia(corp, mediaId, now) ?? refuse(40007, "invalid media_id")).file

export const media = [
  route(endpoints.upload, ({ corp, input, now, world }) =>
    new UploadedMedia({
      type: input.type,
      media_id: keepMedia(world, corp, input.type, input.media, now),
      created_at: DateTime.makeUnsafe(now)
    }), { type: 40004 }),
  route(endpoints.uploadAttachment, ({ corp, input, now, world }) =>
    new UploadedMedia({
      type: input.media_type,
      media_id: keepMedia(world, corp, input.media_type, input.media, now),
      created_at: DateTime.makeUnsafe(now)
    }), { media_type: 40004, attachment_type: 41065 }),
  also(
    route(endpoints.uploadImage, ({ corp, input, world }) => {
      const id = world.id("image-")
      images(corp).set(id, input.media)
      return `${world.origin}/_simulator/images/${id}`
    }),
    { part: true }
  ),
  route(endpoints.get, ({ corp, input, now }) => stored(corp, input.media_id, now)),
  route(endpoints.getHdVoice, ({ corp, input, now }) => ({
    ...stored(corp, input.media_id, now),
    contentType: "voice/speex"
  })),
  route(endpoints.uploadByUrl, (call) => {
    const { app, corp, input, now, world } = call
    if (!URL.canParse(input.url)) refuse(830001)
    const id = world.id("job-")
    jobs(corp).set(id, { url: input.url, type: input.type, filename: input.filename, at: now, mediaId: undefined })
    call.later(fetching, (now) => announce({ ...call, now }, toApp(app, event(UploadFinished, { JobId: id }))))
    return id
  }),
  route(endpoints.getUploadByUrlResult, ({ corp, input, now, world }) => {
    const job = existing(jobs(corp), input.jobid, 40088)
    if (now - job.at > jobLife) refuse(40089)
    if (now - job.at < fetching) return new UploadByUrlResult({ status: UploadByUrlStatus.Running, detail: undefined })
    // Nothing is fetched: the file is the URL, written down.
    job.mediaId ??= keepMedia(world, corp, job.type, {
      filename: job.filename,
      contentType: "application/octet-stream",
      bytes: new TextEncoder().encode(job.url)
    }, job.at + fetching)
    return new UploadByUrlResult({
      status: UploadByUrlStatus.Finished,
      detail: {
        errcode: 0,
        errmsg: "ok",
        media_id: job.mediaId,
        created_at: DateTime.makeUnsafe(job.at + fetching)
      }
    })
  })
]
