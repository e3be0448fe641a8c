/** What both crypto layers share: everything but the primitives. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import type { CallbackCipher } from "../../callback/CallbackCipher.ts"
import {
  AccountInvalid,
  type CallbackError,
  DecryptionFailed,
  SignatureMismatch
} from "../../callback/CallbackError.ts"
import { failure } from "../../internal/callback/failure.ts"
import * as Frame from "./frame.ts"

/** What a runtime must bring: AES-256-CBC over whole blocks, without any padding of its own. */
export interface Primitives {
  readonly sha1: (text: string) => Effect.Effect<string>
  readonly decryptBlocks: (bytes: Uint8Array) => Effect.Effect<Uint8Array, CallbackError>
  readonly encryptBlocks: (bytes: Uint8Array<ArrayBuffer>) => Effect.Effect<Uint8Array>
  readonly fromBase64: (text: string) => Uint8Array | undefined
  readonly toBase64: (bytes: Uint8Array) => string
  readonly random: () => Uint8Array
}

/** The 32 bytes of an EncodingAESKey: 43 letters and digits. Its two spare bits are random, so nothing strict may decode it. */
export const keyBytes = (
  encodingAesKey: Redacted.Redacted
): Exit.Exit<Uint8Array<ArrayBuffer>, CallbackError> => {
  const text = Redacted.value(encodingAesKey)
  if (!/^[A-Za-z0-9]{43}$/.test(text)) {
    return Exit.fail(failure(
      new AccountInvalid({
        setting: "encodingAesKey",
        problem: /\s/.test(text)
          ? "there is white space in it: an EncodingAESKey is 43 letters and digits"
          : text.length === 43
          ? "an EncodingAESKey holds letters and digits only"
          : `an EncodingAESKey has 43 characters, this one has ${text.length}`
      })
    ))
  }
  return Exit.succeed(Uint8Array.from(atob(`${text}=`), (character) => character.charCodeAt(0)))
}

/** Builds the cipher of one account. */
export const make = (token: Redacted.Redacted, primitives: Primitives): CallbackCipher => {
  const secret = Redacted.value(token)
  const sign: CallbackCipher["sign"] = ({ timestamp, nonce, encrypt }) =>
    primitives.sha1([secret, timestamp, nonce, encrypt].toSorted().join(""))
  const decryptBlocks = (bytes: Uint8Array) =>
    bytes.length === 0 || bytes.length % 16 !== 0
      ? decryptionFailed("length")
      : primitives.decryptBlocks(bytes)
  const encrypt = (frame: Frame.Frame, random: Uint8Array): Effect.Effect<string> =>
    Effect.mapEager(primitives.encryptBlocks(Frame.encode(frame, random)), primitives.toBase64)
  return {
    sign,
    verify: (signed) =>
      Effect.flatMapEager(
        sign(signed),
        (expected) => constantTimeEquals(expected, signed.signature) ? Exit.void : mismatch()
      ),
    decrypt: (encrypt) => {
      const bytes = primitives.fromBase64(encrypt)
      if (bytes === undefined) return decryptionFailed("base64")
      return Effect.flatMapEager(decryptBlocks(bytes), (padded) => {
        const frame = Frame.decode(padded)
        return typeof frame === "string" ? decryptionFailed(frame) : Exit.succeed(frame)
      })
    },
    encrypt: (frame, random) =>
      random === undefined ? Effect.suspend(() => encrypt(frame, primitives.random())) : encrypt(frame, random),
    random: primitives.random,
    decryptMedia: (bytes) =>
      Effect.flatMap(decryptBlocks(bytes), (padded) => {
        const media = Frame.unpad(padded)
        return media === undefined ? decryptionFailed("padding") : Exit.succeed(media)
      }),
    encryptMedia: (bytes) => primitives.encryptBlocks(Frame.pad(bytes))
  }
}

export const decryptionFailed = (
  problem: DecryptionFailed["problem"]
): Exit.Exit<never, CallbackError> => Exit.fail(failure(new DecryptionFailed({ problem }, { disableChecks: true })))

/** What a refusal by the runtime's own cipher becomes. */
export const cipherFailed = (): CallbackError =>
  failure(new DecryptionFailed({ problem: "cipher" }, { disableChecks: true }))

const mismatch = (): Exit.Exit<never, CallbackError> =>
  Exit.fail(failure(new SignatureMismatch({}, { disableChecks: true })))

const constantTimeEquals = (expected: string, actual: string): boolean => {
  if (expected.length !== actual.length) return false
  let difference = 0
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ actual.charCodeAt(i)
  return difference === 0
}
