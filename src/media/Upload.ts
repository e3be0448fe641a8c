/**
 * A file to send: bytes, a file of the disk, or a stream that can be run again.
 */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type * as PlatformError from "effect/PlatformError"
import * as Stream from "effect/Stream"

/** A file to send. Its content is read again for every attempt, so a retry sends from byte 0. */
export interface Upload {
  /** The name that recipients see, sent as raw UTF-8; folders before it are left out. */
  readonly filename: string
  /** The length of the content in bytes. */
  readonly size: number
  /** Default: `application/octet-stream`. */
  readonly contentType?: string | undefined
  /** The content, where it is in memory. */
  readonly content?: Uint8Array | undefined
  /** The content. Running it twice must give the same bytes. */
  readonly stream: Stream.Stream<Uint8Array, unknown>
}

/** What the content is called. */
export interface Options {
  readonly filename: string
  readonly contentType?: string | undefined
}

/** Bytes in memory. */
export const bytes = (content: Uint8Array, options: Options): Upload => ({
  ...options,
  size: content.length,
  content,
  stream: Stream.succeed(content)
})

/** UTF-8 text. */
export const text = (content: string, options: Options): Upload => bytes(new TextEncoder().encode(content), options)

/** A stream that can be run again, of a known size in bytes. */
export const stream = <E>(
  content: Stream.Stream<Uint8Array, E>,
  options: Options & { readonly size: number }
): Upload => ({ ...options, stream: content })

/** A file of the disk, read as it is sent. */
export const file = (
  path: string,
  options?: Partial<Options>
): Effect.Effect<Upload, PlatformError.PlatformError, FileSystem.FileSystem | Path.Path> =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const { basename } = yield* Path.Path
    const info = yield* fs.stat(path)
    return {
      filename: options?.filename ?? basename(path),
      contentType: options?.contentType,
      size: Number(info.size),
      stream: fs.stream(path)
    }
  })
