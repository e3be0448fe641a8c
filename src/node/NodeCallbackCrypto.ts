/**
 * Callback cryptography over `node:crypto`, for Node, Bun and Deno.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as NodeCrypto from "node:crypto"
import { CallbackCrypto } from "../callback/CallbackCrypto.ts"
import * as Cipher from "../internal/callback/cipher.ts"

/** The fast layer: the key object is made once per account, and every operation is synchronous. */
export const layer: Layer.Layer<CallbackCrypto> = Layer.succeed(
  CallbackCrypto,
  CallbackCrypto.of(Cipher.makeCrypto((bytes) => {
    const key = NodeCrypto.createSecretKey(bytes)
    const iv = bytes.subarray(0, 16)
    return Exit.succeed({
      sha1: (text) => Exit.succeed(NodeCrypto.hash("sha1", text)),
      decryptBlocks: (bytes) => {
        const decipher = NodeCrypto.createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
        return Exit.succeed(whole(decipher, bytes))
      },
      encryptBlocks: (bytes) => {
        const cipher = NodeCrypto.createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
        return Exit.succeed(whole(cipher, bytes))
      },
      decryptSealed: (sealed, nonce, associated) =>
        Effect.try({
          try: () => {
            const decipher = NodeCrypto.createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 })
              .setAAD(associated).setAuthTag(sealed.subarray(-16))
            // Its end is where the tag is compared.
            return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
          },
          catch: Cipher.tagFailed
        }),
      fromBase64,
      toText: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
      toBase64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
      random
    })
  }))
)

// Of whole blocks without padding, Node leaves nothing for the end; Deno keeps the last block back.
const whole = (cipher: NodeCrypto.Cipheriv | NodeCrypto.Decipheriv, bytes: Uint8Array): Uint8Array => {
  const blocks = cipher.update(bytes)
  return blocks.length === bytes.length ? blocks : Buffer.concat([blocks, cipher.final()])
}

// Buffer.from skips what is not base64 instead of refusing it: then bytes are missing.
const fromBase64 = (text: string): Uint8Array | undefined => {
  const bytes = Buffer.from(text, "base64")
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0
  return text.length % 4 === 0 && bytes.length === text.length / 4 * 3 - padding ? bytes : undefined
}

// One call to the system for 256 messages instead of for each.
const pool = Buffer.alloc(16 * 256)
let used = pool.length

const random = (): Uint8Array => {
  if (used === pool.length) {
    NodeCrypto.randomFillSync(pool)
    used = 0
  }
  return pool.subarray(used, used += 16)
}
