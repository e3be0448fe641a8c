/**
 * Files of the long connection: each with a key of its own, decrypted while they come.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted, Stream } from "effect"
import { HttpClient, type HttpClientError, HttpClientResponse } from "effect/http"
import { createCipheriv, randomBytes } from "node:crypto"
import type { CallbackError } from "../../src/callback/CallbackError.ts"
import { SmartRobotMedia } from "../../src/callback/SmartRobotMedia.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"

/** Encrypts as WeCom does: AES-256-CBC, its IV the beginning of the key, padded to 32 bytes. */
const encrypt = (key: Uint8Array, content: Uint8Array): Uint8Array => {
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false)
  const pad = 32 - content.length % 32
  return Buffer.concat([cipher.update(Buffer.concat([content, Buffer.alloc(pad, pad)])), cipher.final()])
}

/** A server whose answer comes in pieces of so many bytes. */
const serving = (bytes: Uint8Array, size: number, disposition?: string) => {
  const http = HttpClient.make((request) =>
    Effect.sync(() => {
      let at = 0
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (at >= bytes.length) return controller.close()
          controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)))
          at += size
        }
      })
      return HttpClientResponse.fromWeb(
        request,
        new Response(body, disposition === undefined ? {} : { headers: { "content-disposition": disposition } })
      )
    })
  )
  return Effect.provide(
    SmartRobotMedia.layerSocket.pipe(
      Layer.provide([Layer.succeed(HttpClient.HttpClient, http), NodeCallbackCrypto.layer])
    )
  )
}

const base64 = (key: Uint8Array) => Redacted.make(Buffer.from(key).toString("base64"))

describe("a file of a long connection", () => {
  const key = new Uint8Array(32).map((_, i) => 255 - i * 3)

  const lengths = [0, 1, 15, 16, 17, 31, 32, 33, 1000, 100_001]

  it.effect.each(lengths.flatMap((length) => [7, 32, 1000, 65_536].map((size) => ({ length, size }))))(
    "of $length bytes, in pieces of $size, comes back as it was",
    ({ length, size }) => {
      const content = new Uint8Array(randomBytes(length))
      return Effect.gen(function*() {
        const { download, open } = yield* SmartRobotMedia
        const file = { url: "https://example.com/file", aeskey: base64(key) }
        assert.isTrue(Buffer.from(yield* download(file)).equals(content))
        const opened = yield* open(file)
        assert.isTrue(Buffer.concat(yield* Stream.runCollect(opened.content)).equals(content))
      }).pipe(serving(encrypt(key, content), size))
    }
  )

  it.effect("is told by its name, and streams without being held", () =>
    Effect.gen(function*() {
      const { open } = yield* SmartRobotMedia
      const { content, filename } = yield* open({ url: "https://example.com/file", aeskey: base64(key) })
      assert.strictEqual(filename, "报告 1.pdf")
      const sizes = yield* Stream.runCollect(Stream.map(content, ({ length }) => length))
      assert.isAtLeast(sizes.length, 15)
      assert.strictEqual(sizes.reduce((sum, size) => sum + size, 0), 1_000_000)
    }).pipe(
      serving(
        encrypt(key, new Uint8Array(1_000_000)),
        65_536,
        "attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.pdf"
      )
    ))

  it.effect.each([
    { name: "another key", aeskey: base64(new Uint8Array(32)), problem: "padding" },
    { name: "no key", aeskey: undefined, problem: "key" },
    { name: "a short key", aeskey: Redacted.make("c2hvcnQ="), problem: "key" }
  ])("with $name fails, typed, however it is read", ({ aeskey, problem }) =>
    Effect.gen(function*() {
      const { download, open } = yield* SmartRobotMedia
      const file = { url: "https://example.com/file?sign=SIGNATURE", aeskey }
      for (
        const read of [download(file), Effect.flatMap(open(file), ({ content }) => Stream.runDrain(content))]
      ) {
        const error = yield* Effect.flip<unknown, CallbackError | HttpClientError.HttpClientError, never>(read)
        if (error._tag !== "CallbackError" || error.reason._tag !== "DecryptionFailed") {
          return assert.fail(String(error))
        }
        assert.strictEqual(error.reason.problem, problem)
        assert.notInclude(String(error), "SIGNATURE")
      }
    }).pipe(serving(encrypt(key, new Uint8Array(1000)), 100)))

  it.effect("that was cut off fails, typed", () =>
    Effect.gen(function*() {
      const { open } = yield* SmartRobotMedia
      const { content } = yield* open({ url: "https://example.com/file", aeskey: base64(key) })
      const error = yield* Effect.flip(Stream.runDrain(content))
      assert.strictEqual(error._tag === "CallbackError" ? error.reason._tag : error._tag, "DecryptionFailed")
    }).pipe(serving(encrypt(key, new Uint8Array(1000)).subarray(0, 1000), 100)))
})
