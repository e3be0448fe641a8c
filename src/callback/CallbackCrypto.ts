/**
 * The encryption and signature of callbacks (加解密方案).
 *
 * This module imports nothing of Node: on edge runtimes take {@link CallbackCrypto.layerWebCrypto}; on Node, Bun and
 * Deno `NodeCallbackCrypto.layer` is some twenty times faster.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90968
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Hex from "effect/encoding/Hex"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Cipher from "../internal/callback/cipher.ts"
import type { CallbackCipher, MediaCipher } from "./CallbackCipher.ts"
import type { CallbackError } from "./CallbackError.ts"

/** The token and the EncodingAESKey of a callback URL, as the admin console shows them. */
export interface CallbackSecrets {
  readonly token: Redacted.Redacted
  readonly encodingAesKey: Redacted.Redacted
}

/** Makes ciphers: the one place where callbacks depend on the runtime's cryptography. */
export class CallbackCrypto extends Context.Service<CallbackCrypto, {
  /** Prepares the key of one account; fails with `AccountInvalid` when the EncodingAESKey is not 43 letters and digits. */
  readonly make: (secrets: CallbackSecrets) => Effect.Effect<CallbackCipher, CallbackError>
  /** Prepares the own key of a file (`aeskey`, base64); fails with `DecryptionFailed` when it is none. */
  readonly makeMedia: (aeskey: Redacted.Redacted) => Effect.Effect<MediaCipher, CallbackError>
}>()("effect-wecom/CallbackCrypto") {
  /** Web Cryptography, present in every runtime. */
  static readonly layerWebCrypto: Layer.Layer<CallbackCrypto> = Layer.sync(
    CallbackCrypto,
    () =>
      CallbackCrypto.of(Cipher.makeCrypto((bytes) =>
        Effect.gen(function*() {
          const importKey = (algorithm: string) =>
            Effect.promise(() => crypto.subtle.importKey("raw", bytes, algorithm, false, ["encrypt", "decrypt"]))
          const key = yield* importKey("AES-CBC")
          const sealingKey = yield* importKey("AES-GCM")
          const iv = bytes.slice(0, 16)
          const encrypt = (data: Uint8Array<ArrayBuffer>, iv: Uint8Array<ArrayBuffer>) =>
            crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, data)
          return {
            sha1: (text) =>
              Effect.map(
                Effect.promise(() => crypto.subtle.digest("SHA-1", encoder.encode(text))),
                (digest) => Hex.encode(new Uint8Array(digest))
              ),
            // WebCrypto insists on PKCS#7 over 16-byte blocks. Encrypting nothing, chained to the last block, gives the
            // one block whose padding satisfies it and leaves WeCom's own padding, up to 32 bytes, untouched.
            decryptBlocks: (bytes) =>
              Effect.tryPromise({
                try: async () => {
                  const tail = await encrypt(new Uint8Array(0), bytes.slice(-16))
                  const chained = new Uint8Array(bytes.length + 16)
                  chained.set(bytes)
                  chained.set(new Uint8Array(tail), bytes.length)
                  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, key, chained))
                },
                catch: Cipher.cipherFailed
              }),
            encryptBlocks: (bytes) =>
              Effect.map(
                Effect.promise(() => encrypt(bytes, iv)),
                (encrypted) => new Uint8Array(encrypted, 0, encrypted.byteLength - 16)
              ),
            decryptSealed: (sealed, nonce, associated) =>
              Effect.tryPromise({
                try: async () =>
                  new Uint8Array(
                    await crypto.subtle.decrypt(
                      { name: "AES-GCM", iv: nonce, additionalData: associated },
                      sealingKey,
                      sealed.slice()
                    )
                  ),
                catch: Cipher.tagFailed
              }),
            toText: (bytes) => decoder.decode(bytes),
            fromBase64: (text) => Result.getOrUndefined(Base64.decode(text)),
            toBase64: Base64.encode,
            random: () => crypto.getRandomValues(new Uint8Array(16))
          }
        })
      ))
  )
}

const encoder = new TextEncoder()
const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
