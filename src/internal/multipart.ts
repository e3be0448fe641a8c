/**
 * A multipart body with one file, streamed. The file name goes out as raw UTF-8: the vendor does not read RFC 2231.
 */
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as Stream from "effect/Stream"
import type { Upload } from "../media/Upload.ts"

const encoder = new TextEncoder()

/** The body that sends `file` as the part `part`; `moved` is told of every chunk. */
export const body = (part: string, file: Upload, moved: () => void): HttpBody.HttpBody => {
  // Unguessable, so that no content can close the part and open another.
  const boundary = `----effect-wecom-${crypto.randomUUID()}`
  const footer = encoder.encode(`\r\n--${boundary}--\r\n`)
  const header = encoder.encode(
    `--${boundary}\r\n` +
      `Content-Disposition: form-data; name="${part}"; filename="${
        escape(file.filename)
      }"; filelength=${file.size}\r\n` +
      `Content-Type: ${file.contentType ?? "application/octet-stream"}\r\n\r\n`
  )
  return HttpBody.stream(
    Stream.concat(Stream.concat(Stream.succeed(header), sized(file, moved)), Stream.succeed(footer)),
    `multipart/form-data; boundary=${boundary}`,
    header.length + file.size + footer.length
  )
}

/** The content, failing where it is not as long as it was said to be. */
const sized = (file: Upload, moved: () => void): Stream.Stream<Uint8Array, BodyError> =>
  Stream.suspend(() => {
    let seen = 0
    const wrong = () => new BodyError(`the content has ${seen} bytes or more, but its size was given as ${file.size}`)
    return file.stream.pipe(
      Stream.mapError((cause) => new BodyError(`reading the content failed: ${describe(cause)}`)),
      Stream.tap((chunk) => {
        moved()
        seen += chunk.length
        return seen > file.size ? Effect.fail(wrong()) : Effect.void
      }),
      Stream.onEnd(Effect.suspend(() => seen === file.size ? Effect.void : Effect.fail(wrong())))
    )
  })

/** A body that could not be read: the caller's fault, not the connection's. */
export class BodyError extends Error {}

const describe = (cause: unknown): string => cause instanceof Error ? cause.message : String(cause)

const escape = (name: string): string => name.replace(/[\r\n"]/g, (character) => encodeURIComponent(character))
