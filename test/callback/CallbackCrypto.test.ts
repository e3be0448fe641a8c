/**
 * Signing and encrypting callbacks, the same on both layers.
 */
import { assert, describe, layer } from "@effect/vitest"
import { Effect, type Layer, Redacted, Schema } from "effect"
import { readFileSync } from "node:fs"
import type { CallbackCipher } from "../../src/callback/CallbackCipher.ts"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { hasShared, needsShared, sharedText } from "../support/shared.ts"
import * as Sender from "./sender.ts"

interface Vector {
  readonly id: string
  readonly kind: string
  readonly token: string | null
  readonly encodingAesKey: string | null
  readonly receiveId: string | null
  readonly timestamp: string | null
  readonly nonce: string | null
  readonly encrypt: string
  readonly msgSignature: string | null
  readonly plaintext: string | null
  readonly random?: string | null
  readonly random_b64?: string
  readonly expect: "ok" | "signature-mismatch" | "fails"
}

const vectorsIn = (text: string): ReadonlyArray<Vector> => JSON.parse(text).callback

const own = vectorsIn(readFileSync(new URL("../fixtures/callbacks/vectors.json", import.meta.url), "utf8"))
const shared = hasShared ? vectorsIn(sharedText("wecom/crypto_vectors.json")) : []

const cipherOf = (token: string | null, encodingAesKey: string | null) =>
  Effect.flatMap(CallbackCrypto, (crypto) =>
    crypto.make({
      token: Redacted.make(token ?? "unknown"),
      // The vector that knows only a signature has no key.
      encodingAesKey: Redacted.make(encodingAesKey ?? Sender.corp.encodingAesKey)
    }))

const reasonOf = <A, E extends { readonly reason: { readonly _tag: string } }, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => error.reason._tag)

const check = Effect.fnUntraced(function*(vector: Vector) {
  const cipher = yield* cipherOf(vector.token, vector.encodingAesKey)
  if (vector.msgSignature !== null && vector.timestamp !== null && vector.nonce !== null) {
    const verified = cipher.verify({
      timestamp: vector.timestamp,
      nonce: vector.nonce,
      encrypt: vector.encrypt,
      signature: vector.msgSignature
    })
    if (vector.expect === "ok") yield* verified
    else assert.strictEqual(yield* reasonOf(verified), "SignatureMismatch")
  }
  if (vector.encodingAesKey === null) return
  if (vector.expect === "fails") {
    assert.strictEqual(yield* reasonOf(cipher.decrypt(vector.encrypt)), "DecryptionFailed")
    return
  }
  const opened = yield* cipher.decrypt(vector.encrypt)
  assert.deepStrictEqual(opened, { message: vector.plaintext, receiveId: vector.receiveId })
  const random = vector.random_b64 === undefined
    ? Buffer.from(vector.random ?? "")
    : Buffer.from(vector.random_b64, "base64")
  assert.strictEqual(yield* cipher.encrypt(opened, random), vector.encrypt)
})

const layers: Record<string, Layer.Layer<CallbackCrypto>> = {
  "node:crypto": NodeCallbackCrypto.layer,
  WebCrypto: CallbackCrypto.layerWebCrypto
}

for (const [name, crypto] of Object.entries(layers)) {
  layer(crypto)(`CallbackCrypto on ${name}`, (it) => {
    describe("vectors", () => {
      it.effect.each([...own])("own: $id", check)

      it("of the reference data are there", (context) => {
        needsShared(context)
        assert.isAtLeast(shared.length, 20)
      })

      it.effect.each([...shared])("shared: $id", check)
    })

    const roundTrip = (cipher: CallbackCipher, message: string) =>
      Effect.map(
        Effect.flatMap(cipher.encrypt({ message, receiveId: "ww" }), cipher.decrypt),
        (opened) => assert.deepStrictEqual(opened, { message, receiveId: "ww" })
      )

    it.effect("every message length from 0 to 200 comes back", () =>
      Effect.gen(function*() {
        const cipher = yield* cipherOf(Sender.corp.token, Sender.corp.encodingAesKey)
        for (let length = 0; length <= 200; length++) yield* roundTrip(cipher, "x".repeat(length))
      }))

    it.effect.prop("any text comes back", [Schema.String], ([message]) =>
      // UTF-8 has no lone surrogates.
      Effect.flatMap(cipherOf(Sender.corp.token, Sender.corp.encodingAesKey), (cipher) =>
        roundTrip(cipher, message.toWellFormed())))

    it.effect("decrypts what another implementation encrypted, and the other way round", () =>
      Effect.gen(function*() {
        const cipher = yield* cipherOf(Sender.corp.token, Sender.corp.encodingAesKey)
        for (let length = 0; length <= 64; length++) {
          const message = "文".repeat(length)
          assert.strictEqual((yield* cipher.decrypt(Sender.encrypt(Sender.corp, message))).message, message)
          const encrypted = yield* cipher.encrypt({ message, receiveId: "ww" })
          assert.deepStrictEqual(Sender.decrypt(Sender.corp, encrypted), { message, receiveId: "ww" })
        }
      }))

    it.effect("two encryptions of one message differ", () =>
      Effect.gen(function*() {
        const cipher = yield* cipherOf(Sender.corp.token, Sender.corp.encodingAesKey)
        const texts = yield* Effect.replicateEffect(cipher.encrypt({ message: "m", receiveId: "" }), 600)
        assert.strictEqual(new Set(texts).size, 600)
      }))

    it.effect("files come back, whatever their length", () =>
      Effect.gen(function*() {
        const cipher = yield* cipherOf(Sender.corp.token, Sender.corp.encodingAesKey)
        for (let length = 0; length <= 96; length++) {
          const file = new Uint8Array(length).fill(length)
          const opened = yield* Effect.flatMap(cipher.encryptMedia(file), cipher.decryptMedia)
          assert.deepStrictEqual([...opened], [...file])
        }
      }))

    it.effect("a changed bit of the ciphertext is refused by the signature", () =>
      Effect.gen(function*() {
        const cipher = yield* cipherOf(Sender.corp.token, Sender.corp.encodingAesKey)
        const values = { timestamp: "1", nonce: "2", encrypt: Sender.encrypt(Sender.corp, "message") }
        const signature = Sender.sign(Sender.corp, values.timestamp, values.nonce, values.encrypt)
        yield* cipher.verify({ ...values, signature })
        const bytes = Buffer.from(values.encrypt, "base64")
        for (let i = 0; i < bytes.length; i++) {
          const tampered = Buffer.from(bytes)
          tampered[i] = (tampered[i] ?? 0) ^ 1
          const encrypt = tampered.toString("base64")
          assert.strictEqual(yield* reasonOf(cipher.verify({ ...values, encrypt, signature })), "SignatureMismatch")
        }
        for (const wrong of ["", signature.slice(1), signature.toUpperCase(), `${signature}0`]) {
          assert.strictEqual(yield* reasonOf(cipher.verify({ ...values, signature: wrong })), "SignatureMismatch")
        }
      }))

    it.effect("what is no ciphertext of this key is refused, and it says which part was wrong", () =>
      Effect.gen(function*() {
        const cipher = yield* cipherOf(Sender.corp.token, Sender.corp.encodingAesKey)
        const problem = (encrypt: string) =>
          Effect.map(
            Effect.flip(cipher.decrypt(encrypt)),
            (error) => error.reason._tag === "DecryptionFailed" ? error.reason.problem : error.reason._tag
          )
        const filled = (length: number, byte: number) => Array.from({ length }, () => byte)
        const blocks = (...bytes: ReadonlyArray<number>) => Sender.encryptBlocks(Sender.corp, Buffer.from(bytes))
        const padded = (head: ReadonlyArray<number>, pad: number) => [
          ...head,
          ...filled(64 - head.length, pad)
        ]
        assert.strictEqual(yield* problem("not base64!"), "base64")
        assert.strictEqual(yield* problem("AAA"), "base64")
        assert.strictEqual(yield* problem(""), "length")
        assert.strictEqual(yield* problem("AAAA"), "length")
        assert.strictEqual(yield* problem(blocks(...padded([], 0))), "padding")
        assert.strictEqual(yield* problem(blocks(...padded([], 33))), "padding")
        assert.strictEqual(yield* problem(blocks(...filled(63, 7), 9)), "padding")
        assert.strictEqual(yield* problem(blocks(...filled(32, 32))), "frame")
        const head = filled(16, 1)
        assert.strictEqual(
          yield* problem(blocks(...padded([...head, 0, 0, 1, 0, ...filled(12, 65)], 32))),
          "frame"
        )
      }))

    it.effect("a malformed EncodingAESKey is refused, without printing it", () =>
      Effect.gen(function*() {
        const crypto = yield* CallbackCrypto
        for (const key of ["", "short", `${Sender.corp.encodingAesKey}A`, `${Sender.corp.encodingAesKey.slice(1)}+`]) {
          const error = yield* Effect.flip(
            crypto.make({ token: Redacted.make("t"), encodingAesKey: Redacted.make(key) })
          )
          assert.strictEqual(error.reason._tag, "AccountInvalid")
          if (key !== "") assert.notInclude(`${error.message} ${JSON.stringify(error)}`, key)
        }
      }))
  })
}
