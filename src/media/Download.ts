/**
 * A file that was received: a stream of bytes with what the headers say of it.
 */
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { WeComError } from "../WeComError.ts"

/** A file that was received. */
export interface Download {
  /** The name in `Content-Disposition`, where there is one. */
  readonly filename: string | undefined
  readonly contentType: string | undefined
  /** The length in bytes of what comes, if the server says it: of the range, where one was asked for. */
  readonly size: number | undefined
  /** Where the bytes lie in the whole file, when a range was asked for. */
  readonly range: { readonly start: number; readonly end: number; readonly total: number | undefined } | undefined
  /** The bytes as they arrive. Can be consumed once. */
  readonly stream: Stream.Stream<Uint8Array, WeComError>
  /** All bytes. */
  readonly bytes: Effect.Effect<Uint8Array, WeComError>
}
