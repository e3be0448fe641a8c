/**
 * Decrypts the files of bots while they come: AES-256-CBC, whose IV is the beginning of the key, padded to 32 bytes.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { CallbackError } from "../../callback/CallbackError.ts"
import { cipherFailed, decryptionFailed } from "../callback/cipher.ts"

const block = 16

/** The padding is 1 to 32 bytes: that much is held back until the end. */
const maxPadding = 32

/** The decrypted bytes of a stream; it fails with `DecryptionFailed` if the key is another. */
export const decryptStream = <E>(
  key: Uint8Array<ArrayBuffer>,
  encrypted: Stream.Stream<Uint8Array, E>
): Stream.Stream<Uint8Array, E | CallbackError> =>
  Stream.unwrap(Effect.promise(async () => {
    const imported = await crypto.subtle.importKey("raw", key, "AES-CBC", false, ["encrypt", "decrypt"])
    let iv: Uint8Array<ArrayBuffer> = key.slice(0, block)
    let held: Uint8Array<ArrayBuffer> = new Uint8Array(0)

    // WebCrypto insists on PKCS#7 over 16-byte blocks. Encrypting nothing, chained to the last block, gives the one block
    // whose padding satisfies it and leaves the file's own padding, up to 32 bytes, untouched.
    const decrypt = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
      const tail = await crypto.subtle.encrypt(
        { name: "AES-CBC", iv: bytes.slice(-block) },
        imported,
        new Uint8Array(0)
      )
      const decrypted = await crypto.subtle.decrypt(
        { name: "AES-CBC", iv },
        imported,
        concat(bytes, new Uint8Array(tail))
      )
      iv = bytes.slice(-block)
      return new Uint8Array(decrypted)
    }
    const run = (bytes: Uint8Array<ArrayBuffer>) =>
      Effect.tryPromise({ try: () => decrypt(bytes), catch: cipherFailed })

    const piece = (bytes: Uint8Array): Effect.Effect<Uint8Array, CallbackError> => {
      const whole = concat(held, bytes)
      // At least the padding stays behind.
      const ready = Math.max(0, Math.floor((whole.length - maxPadding) / block) * block)
      held = whole.slice(ready)
      return ready === 0 ? Effect.succeed(new Uint8Array(0)) : run(whole.slice(0, ready))
    }

    const last = Effect.suspend((): Effect.Effect<Uint8Array, CallbackError> =>
      held.length === 0 || held.length % block !== 0
        ? decryptionFailed("length")
        : Effect.flatMap(run(held), (bytes) => {
          const padding = bytes.at(-1) ?? 0
          return padding >= 1 && padding <= maxPadding && padding <= bytes.length &&
              bytes.subarray(-padding).every((byte) => byte === padding)
            ? Effect.succeed(bytes.subarray(0, -padding))
            : decryptionFailed("padding")
        })
    )

    return Stream.concat(Stream.mapEffect(encrypted, piece), Stream.fromEffect(last)).pipe(
      Stream.filter((bytes) => bytes.length > 0)
    )
  }))

const concat = (first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
