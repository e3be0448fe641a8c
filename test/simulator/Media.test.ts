import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, token, upload } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const base = "https://qyapi.weixin.qq.com"

const download = (mediaId: unknown, headers = {}) =>
  Effect.gen(function*() {
    const value = yield* token
    const response = yield* HttpClient.get(`${base}/cgi-bin/media/get?access_token=${value}&media_id=${mediaId}`, {
      headers
    })
    return { response, bytes: new Uint8Array(yield* response.arrayBuffer) }
  })

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 256)

describe("media", () => {
  it.effect("come down as they went up, with their name", () =>
    Effect.gen(function*() {
      const answer = yield* upload("file", bytes, "name=\"media\"; filename=\"报告 1.bin\"")
      assert.strictEqual(answer.errcode, 0)
      assert.strictEqual(answer.type, "file")
      const { bytes: got, response } = yield* download(answer.media_id)
      assert.strictEqual(response.status, 200)
      assert.deepStrictEqual(got, bytes)
      const name = Buffer.from(response.headers["content-disposition"] ?? "", "latin1").toString("utf8")
      assert.strictEqual(name, "attachment; filename=\"报告 1.bin\"")
    }).pipe(simulated))

  it.effect("come down in ranges", () =>
    Effect.gen(function*() {
      const { media_id } = yield* upload("file", bytes)
      const first = yield* download(media_id, { range: "bytes=0-15" })
      assert.strictEqual(first.response.status, 206)
      assert.strictEqual(first.response.headers["content-range"], "bytes 0-15/1000")
      assert.deepStrictEqual(first.bytes, bytes.subarray(0, 16))
      const last = yield* download(media_id, { range: "bytes=990-" })
      assert.deepStrictEqual(last.bytes, bytes.subarray(990))
      const beyond = yield* download(media_id, { range: "bytes=1000-" })
      assert.include(new TextDecoder().decode(beyond.bytes), "\"errcode\":40146")
    }).pipe(simulated))

  it.effect("serve for three days", () =>
    Effect.gen(function*() {
      const { media_id } = yield* upload("file", bytes)
      yield* TestClock.adjust("71 hours")
      assert.strictEqual((yield* download(media_id)).bytes.length, 1000)
      yield* TestClock.adjust("1 hour")
      const { bytes: got, response } = yield* download(media_id)
      assert.strictEqual(response.headers["content-disposition"], undefined)
      assert.include(new TextDecoder().decode(got), "\"errcode\":40007")
    }).pipe(simulated))

  it.effect("are refused by size, type and form", () =>
    Effect.gen(function*() {
      const code = (...args: Parameters<typeof upload>) => Effect.map(upload(...args), ({ errcode }) => errcode)
      assert.strictEqual(yield* code("file", new Uint8Array(5)), 44001)
      assert.strictEqual(yield* code("voice", new Uint8Array(2 * 1024 * 1024 + 1)), 45001)
      assert.strictEqual(yield* code("file", new Uint8Array(2 * 1024 * 1024 + 1)), 0)
      assert.strictEqual(yield* code("smell", bytes), 40004)
      assert.strictEqual(yield* code("file", bytes, "name=\"attachment\"; filename=\"a\""), 44001)
      assert.strictEqual(yield* code("file", bytes, "name=\"media\"; filename*=UTF-8''a.txt"), 44001)
      assert.strictEqual(yield* code("file", bytes, "name=\"media\""), 44001)
    }).pipe(simulated))

  it.effect("may be permanent images, whose URL shows them", () =>
    Effect.gen(function*() {
      const answer = yield* upload("", bytes, undefined, "/cgi-bin/media/uploadimg")
      assert.match(String(answer.url), /\/_simulator\/images\//)
    }).pipe(simulated))

  it.effect("may be fetched from a URL by a job, told when it is done", () =>
    Effect.gen(function*() {
      const job = yield* called.post("/cgi-bin/media/upload_by_url", {
        scene: 1,
        type: "file",
        filename: "a.pdf",
        url: "https://example.com/a.pdf",
        md5: "0".repeat(32)
      })
      const result = called.post("/cgi-bin/media/get_upload_by_url_result", { jobid: job.jobid })
      assert.strictEqual((yield* result).status, 1)
      yield* TestClock.adjust("1 second")
      const done = yield* result
      assert.strictEqual(done.status, 2)
      assert.deepInclude(done.detail, { errcode: 0, errmsg: "ok" })
      yield* TestClock.adjust("2 hours")
      assert.strictEqual((yield* result).errcode, 40089)
    }).pipe(simulated))
})
