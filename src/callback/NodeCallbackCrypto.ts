/**
 * Callback cryptography over `node:crypto`, for Node, Bun and Deno.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as NodeCrypto from "node:crypto"
import * as Cipher from "../internal/callbackCipher.ts"
import { CallbackCrypto } from "./CallbackCrypto.ts"

/** The fast layer: the key object is made once per account, and every operation is synchronous. */
export const layer: Layer.Layer<CallbackCrypto> = Layer.succeed(
  CallbackCrypto,
  CallbackCrypto.of({
    make: ({ token, encodingAesKey }) =>
      Effect.map(Cipher.keyBytes(encodingAesKey), (bytes) => {
        const key = NodeCrypto.createSecretKey(bytes)
        const iv = bytes.subarray(0, 16)
        return Cipher.make(token, {
          sha1: (text) => Exit.succeed(NodeCrypto.hash("sha1", text)),
          decryptBlocks: (bytes) => {
            const decipher = NodeCrypto.createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
            return Exit.succeed(Buffer.concat([decipher.update(bytes), decipher.final()]))
          },
          encryptBlocks: (bytes) => {
            const cipher = NodeCrypto.createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
            return Exit.succeed(Buffer.concat([cipher.update(bytes), cipher.final()]))
          },
          fromBase64: (text) => isBase64(text) ? Buffer.from(text, "base64") : undefined,
          toBase64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
          random: () => NodeCrypto.randomBytes(16)
        })
      })
  })
)

// Buffer.from skips what is not base64 instead of refusing it.
const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
