/**
 * Files in blocks of 2 MiB, and the SHA-1 values that an upload in blocks is announced with.
 */
import type { _SHA1 } from "@noble/hashes/legacy.js"
import { sha1 } from "@noble/hashes/legacy.js"
import * as Effect from "effect/Effect"
import * as Hex from "effect/encoding/Hex"
import * as Stream from "effect/Stream"
import { concat } from "../../internal/kernel/multipart.ts"

/** The length of a block in bytes; the last may be shorter. */
export const blockSize = 2_097_152

/** Cuts a stream into blocks, whatever chunks it comes in. */
export const blocksOf = <E>(content: Stream.Stream<Uint8Array, E>): Stream.Stream<Uint8Array, E> =>
  content.pipe(
    Stream.mapAccum(
      (): { readonly chunks: ReadonlyArray<Uint8Array>; readonly size: number } => ({ chunks: [], size: 0 }),
      ({ chunks, size }, chunk: Uint8Array) => {
        const pending = [...chunks, chunk]
        const total = size + chunk.length
        if (total < blockSize) return [{ chunks: pending, size: total }, []] as const
        const whole = concat(pending)
        const full = Math.floor(total / blockSize)
        const blocks = Array.from(
          { length: full },
          (_, index) => whole.slice(index * blockSize, (index + 1) * blockSize)
        )
        const rest = whole.slice(full * blockSize)
        return [{ chunks: rest.length === 0 ? [] : [rest], size: rest.length }, blocks] as const
      },
      { onHalt: ({ chunks, size }) => size === 0 ? [] : [concat(chunks)] }
    )
  )

/**
 * 分块累积sha: of each block but the last the state of SHA-1 after it, its five words as they lie in the memory of a
 * little-endian machine; of the last, the SHA-1 of the whole.
 */
export const blockShas = <E>(content: Stream.Stream<Uint8Array, E>): Effect.Effect<ReadonlyArray<string>, E> =>
  Effect.suspend(() => {
    const hash = sha1.create()
    const states: Array<string> = []
    return blocksOf(content).pipe(
      Stream.runForEach((block) =>
        Effect.sync(() => {
          hash.update(block)
          states.push(stateOf(hash as unknown as SHA1)) // what `sha1.create` makes
        })
      ),
      Effect.map(() => [...states.slice(0, -1), Hex.encode(hash.digest())])
    )
  })

/** The words of a hash, which the library keeps to itself. */
interface SHA1 {
  readonly get: _SHA1 extends infer Hash ? Hash extends { get: infer Get } ? Get : () => ReadonlyArray<number> : never
}

const stateOf = (hash: SHA1): string => {
  const bytes = new DataView(new ArrayBuffer(20))
  hash.get().forEach((word, index) => bytes.setInt32(index * 4, word, true))
  return Hex.encode(new Uint8Array(bytes.buffer))
}
