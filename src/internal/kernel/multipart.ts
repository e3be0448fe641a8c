/**
 * A multipart body with one file, streamed. The file name goes out as raw UTF-8: WeCom does not read RFC 2231.
 */
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as Stream from "effect/Stream"
import type { Size } from "../../Endpoint.ts"
import type { Upload } from "../../media/Upload.ts"

const encoder = new TextEncoder()

/** The body that sends `file` as the part `part`; `moved` is told of every chunk. */
export const body = (part: string, file: Upload, moved: () => void): HttpBody.HttpBody => {
  // Unguessable, so that no content can close the part and open another.
  const boundary = `----effect-wecom-${crypto.randomUUID()}`
  const footer = encoder.encode(`\r\n--${boundary}--\r\n`)
  const filename = escape(baseName(file.filename))
  const disposition = `form-data; name="${part}"; filename="${filename}"; filelength=${file.size}`
  const header = encoder.encode(
    `--${boundary}\r\n` +
      `Content-Disposition: ${disposition}\r\n` +
      `Content-Type: ${file.contentType ?? "application/octet-stream"}\r\n\r\n`
  )
  const contentType = `multipart/form-data; boundary=${boundary}`
  // What `fetch` sends as a stream carries no length.
  if (file.content !== undefined && file.content.length <= largestWhole) {
    return HttpBody.uint8Array(concat([header, file.content, footer]), contentType)
  }
  return HttpBody.stream(
    Stream.concat(Stream.concat(Stream.succeed(header), sized(file, moved)), Stream.succeed(footer)),
    contentType,
    header.length + file.size + footer.length
  )
}

/** Bytes in memory are sent whole up to this size, in a time that no idle limit comes near; larger ones as a stream. */
const largestWhole = 2 * 1024 * 1024

/** The last part of a path: recipients see a name, not where the file was. */
export const baseName = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1)

/** One array of bytes from many. */
export const concat = (chunks: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}

/** What of a file can be seen to be wrong before it is sent. */
export const flaw = (file: Upload, limits: Size | undefined): string | undefined =>
  baseName(file.filename) === ""
    ? "a file name is needed"
    : /[\r\n]/.test(file.contentType ?? "")
    ? "the content type is not one"
    : !Number.isSafeInteger(file.size) || file.size < 0
    ? "the size is not a number of bytes"
    : limits !== undefined && (file.size < limits.min || file.size > limits.max)
    ? `from ${limits.min} to ${limits.max} bytes are allowed, got ${file.size}`
    : undefined

/**
 * The content in pieces small enough that they tell how far the transfer is; it fails where it is not as long as it was
 * said to be.
 */
const sized = (file: Upload, moved: () => void): Stream.Stream<Uint8Array, BodyError> =>
  Stream.suspend(() => {
    let seen = 0
    const wrong = () =>
      Effect.fail(
        new BodyError(
          `the content has ${seen} bytes${seen > file.size ? " or more" : ""}, but its size was given as ${file.size}`
        )
      )
    return file.stream.pipe(
      Stream.mapError((cause) => new BodyError(`reading the content failed: ${describe(cause)}`)),
      Stream.mapArray(Arr.flatMap(pieces)),
      Stream.tap((piece) => {
        moved()
        seen += piece.length
        return seen > file.size ? wrong() : Effect.void
      }),
      Stream.onEnd(Effect.suspend(() => seen === file.size ? Effect.void : wrong()))
    )
  })

const pieceSize = 64 * 1024

const pieces = (chunk: Uint8Array): Arr.NonEmptyReadonlyArray<Uint8Array> =>
  chunk.length <= pieceSize
    ? [chunk]
    : Arr.makeBy(Math.ceil(chunk.length / pieceSize), (i) => chunk.subarray(i * pieceSize, (i + 1) * pieceSize))

/** A body that could not be read: the caller's fault, not the connection's. */
export class BodyError extends Error {}

const describe = (cause: unknown): string => cause instanceof Error ? cause.message : String(cause)

const escape = (name: string): string => name.replace(/[\r\n"]/g, (character) => encodeURIComponent(character))
