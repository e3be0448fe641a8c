/** What both crypto layers share: everything but the primitives. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import type { CallbackCipher, MediaCipher } from "../../callback/CallbackCipher.ts"
import {
  AccountInvalid,
  type CallbackError,
  DecryptionFailed,
  SignatureMismatch
} from "../../callback/CallbackError.ts"
import { failure } from "./failure.ts"
import * as Frame from "./frame.ts"

/** What a runtime must bring: AES-256-CBC over whole blocks, without any padding of its own. */
export interface Primitives {
  readonly sha1: (text: string) => Effect.Effect<string>
  readonly decryptBlocks: (bytes: Uint8Array) => Effect.Effect<Uint8Array, CallbackError>
  readonly encryptBlocks: (bytes: Uint8Array<ArrayBuffer>) => Effect.Effect<Uint8Array>
  /** AES-256-GCM; `sealed` ends in its tag of 16 bytes. Fails with `DecryptionFailed`. */
  readonly decryptSealed: (
    sealed: Uint8Array,
    nonce: Uint8Array<ArrayBuffer>,
    associated: Uint8Array<ArrayBuffer>
  ) => Effect.Effect<Uint8Array, CallbackError>
  /** UTF-8; what is none becomes the replacement character. */
  readonly toText: (bytes: Uint8Array) => string
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

/** What makes ciphers, of the primitives that a runtime has for a key. */
export const makeCrypto = (
  primitivesOf: (key: Uint8Array<ArrayBuffer>) => Effect.Effect<Primitives>
) => ({
  make: (
    { encodingAesKey, token }: { readonly encodingAesKey: Redacted.Redacted; readonly token: Redacted.Redacted }
  ): Effect.Effect<CallbackCipher, CallbackError> =>
    Effect.flatMap(
      keyBytes(encodingAesKey),
      (key) => Effect.map(primitivesOf(key), (primitives) => make(token, primitives))
    ),
  makeMedia: (aeskey: Redacted.Redacted): Effect.Effect<MediaCipher, CallbackError> =>
    Effect.flatMap(mediaKeyBytes(aeskey), (key) => Effect.map(primitivesOf(key), mediaCipher))
})

/** The 32 bytes of the key of one file. */
export const mediaKeyBytes = (aeskey: Redacted.Redacted): Exit.Exit<Uint8Array<ArrayBuffer>, CallbackError> => {
  const key = bytesOf(Redacted.value(aeskey).trim())
  return key?.length === 32 ? Exit.succeed(key) : decryptionFailed("key")
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

const decryptWhole = (primitives: Primitives, bytes: Uint8Array) =>
  bytes.length === 0 || bytes.length % 16 !== 0
    ? decryptionFailed("length")
    : primitives.decryptBlocks(bytes)

const mediaCipher = (primitives: Primitives): MediaCipher => ({
  decryptMedia: (bytes) =>
    Effect.flatMap(decryptWhole(primitives, bytes), (padded) => {
      const media = Frame.unpad(padded)
      return media === undefined ? decryptionFailed("padding") : Exit.succeed(media)
    }),
  encryptMedia: (bytes) => primitives.encryptBlocks(Frame.pad(bytes))
})

/** Builds the cipher of one account. */
const make = (token: Redacted.Redacted, primitives: Primitives): CallbackCipher => {
  const secret = Redacted.value(token)
  const sign: CallbackCipher["sign"] = ({ timestamp, nonce, encrypt }) =>
    primitives.sha1([secret, timestamp, nonce, encrypt].toSorted().join(""))
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
      return Effect.flatMapEager(decryptWhole(primitives, bytes), (padded) => {
        const frame = Frame.decode(padded, primitives.toText)
        return typeof frame === "string" ? decryptionFailed(frame) : Exit.succeed(frame)
      })
    },
    encrypt: (frame, random) =>
      random === undefined ? Effect.suspend(() => encrypt(frame, primitives.random())) : encrypt(frame, random),
    random: primitives.random,
    decryptResource: ({ associated_data = "", ciphertext, nonce }) => {
      const sealed = primitives.fromBase64(ciphertext)
      if (sealed === undefined) return decryptionFailed("base64")
      return sealed.length < 16 ? decryptionFailed("length") : Effect.map(
        primitives.decryptSealed(sealed, encoder.encode(nonce), encoder.encode(associated_data)),
        primitives.toText
      )
    },
    ...mediaCipher(primitives)
  }
}

const encoder = new TextEncoder()

export const decryptionFailed = (
  problem: DecryptionFailed["problem"]
): Exit.Exit<never, CallbackError> => Exit.fail(failed(problem))

/** What a refusal by the runtime's own cipher becomes. */
export const cipherFailed = (): CallbackError => failed("cipher")

/** What is said of a text that was sealed otherwise. */
export const tagFailed = (): CallbackError => failed("tag")

export const failed = (problem: DecryptionFailed["problem"]): CallbackError =>
  failure(new DecryptionFailed({ problem }, { disableChecks: true }))

const mismatch = (): Exit.Exit<never, CallbackError> =>
  Exit.fail(failure(new SignatureMismatch({}, { disableChecks: true })))

const constantTimeEquals = (expected: string, actual: string): boolean => {
  if (expected.length !== actual.length) return false
  let difference = 0
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ actual.charCodeAt(i)
  return difference === 0
}
