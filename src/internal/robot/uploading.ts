/** Uploads over the long connection: announced, sent in pieces, finished. */
import * as Digest from "effect/crypto/Digest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Option from "effect/Option"
import { ResponseInvalid, WeComError } from "../../WeComError.ts"
import * as Failure from "../kernel/failure.ts"
import type { Session } from "./session.ts"

const pieceSize = 512 * 1024

/** More pieces at a time make the server answer `system error`. */
const concurrency = 2

/** WeCom takes up to 8 seconds for a piece. */
const timeout = Duration.seconds(30)

const sizes = { file: 20, image: 10, video: 10, voice: 2 }

const init = "aibot_upload_media_init"

/** A file to upload. */
export interface SmartRobotUpload {
  /** file: at most 20 MB; image and video (mp4): 10 MB; voice (AMR): 2 MB and 60 seconds. */
  readonly type: "file" | "image" | "voice" | "video"
  /** At most 256 bytes. */
  readonly filename: string
  /** At least 5 bytes. */
  readonly content: Uint8Array
  /** Called after each piece, with the bytes sent so far. */
  readonly onProgress?: ((sent: number, total: number) => Effect.Effect<void>) | undefined
}

/** Uploads a file and returns its media id. */
export const upload = (
  { request }: Session,
  { content, filename, onProgress, type }: SmartRobotUpload
): Effect.Effect<string, WeComError> =>
  Effect.gen(function*() {
    const total = content.length
    if (total < 5) return yield* Failure.invalid(init, "content", `expected at least 5 bytes, got ${total}`)
    if (total > sizes[type] * 1024 * 1024) {
      return yield* Failure.invalid(
        init,
        "content",
        `expected at most ${sizes[type]} MiB for ${type}, got ${total} bytes`
      )
    }
    const nameSize = new TextEncoder().encode(filename).length
    if (nameSize === 0 || nameSize > 256) {
      return yield* Failure.invalid(init, "filename", `expected 1 to 256 bytes, got ${nameSize}`)
    }
    const chunks = Math.ceil(total / pieceSize)
    const md5 = yield* md5Of(content)
    const ask = (cmd: string, body: () => object) => request({ cmd, body, repeatable: true, timeout, within })
    const { upload_id } = yield* ask(init, () => ({ type, filename, total_size: total, total_chunks: chunks, md5 }))
    let sent = 0
    yield* Effect.forEach(Array.from({ length: chunks }, (_, index) => index), (index) => {
      const piece = content.subarray(index * pieceSize, (index + 1) * pieceSize)
      return Effect.andThen(
        ask("aibot_upload_media_chunk", () => ({ upload_id, chunk_index: index, base64_data: Base64.encode(piece) })),
        Effect.suspend(() => {
          sent += piece.length
          return onProgress?.(sent, total) ?? Effect.void
        })
      )
    }, { concurrency, discard: true })
    const { media_id } = yield* ask("aibot_upload_media_finish", () => ({ upload_id }))
    if (typeof media_id === "string") return media_id
    return yield* new WeComError({
      endpoint: "aibot_upload_media_finish",
      reason: new ResponseInvalid({
        status: 200,
        issues: [{ field: "media_id", message: "expected a text" }],
        foreign: false,
        done: true,
        repeatable: false
      })
    })
  })

/** As long as an upload session lives. */
const within = Duration.minutes(30)

/** By the digests of the context, such as `NodeCrypto.layer`; the portable ones if there are none. */
const md5Of = (content: Uint8Array): Effect.Effect<string> =>
  Effect.flatMap(Effect.serviceOption(Digest.Digest), (given) =>
    Option.isSome(given)
      ? given.value.digestHex(Digest.md5, content)
      : Digest.Digest.use(({ digestHex }) => digestHex(Digest.md5, content)).pipe(
        Effect.provide(Digest.layerWebCrypto)
      ))
