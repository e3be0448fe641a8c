import { NodeHttpClient, NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Fiber, FileSystem, type Layer, Path, Stream } from "effect"
import { FetchHttpClient, type HttpClient } from "effect/http"
import { Media } from "../../src/media/Media.ts"
import * as Upload from "../../src/media/Upload.ts"
import * as NodeClient from "../../src/node/NodeClient.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { against as serving, type Handler, json, readAll } from "./server.ts"

const accepted = { errcode: 0, errmsg: "", type: "file", media_id: "M1", created_at: "1380000000" }

/** Accepts every file, and keeps what came over the wire. */
const recording = (answer: (token: string | null) => object = () => accepted) => {
  const received: Array<
    { readonly url: URL; readonly headers: NodeJS.Dict<string | string[]>; readonly body: Buffer }
  > = []
  const handler: Handler = async (request, response, url) => {
    const body = await readAll(request)
    received.push({ url, headers: request.headers, body })
    json(response, answer(url.searchParams.get("access_token")))
  }
  return { handler, received }
}

/** What must be on the wire for one part. */
const multipart = (contentType: string | undefined, head: string, content: Uint8Array): Buffer => {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(contentType ?? "")?.[1]
  assert.isDefined(boundary)
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`, "utf8"),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`, "utf8")
  ])
}

const upload = (media: Upload.Upload, type = "file") => Media.use((service) => service.upload({ type, media }))

const issue = (media: Upload.Upload, type?: string) =>
  Effect.map(Effect.flip(upload(media, type)), ({ endpoint, reason }) => {
    assert.strictEqual(endpoint, "POST /cgi-bin/media/upload")
    assert.strictEqual(reason._tag, "RequestInvalid")
    return reason._tag === "RequestInvalid" ? reason.issues[0] : undefined
  })

const suite = (client: Layer.Layer<HttpClient.HttpClient>) => {
  const against: typeof serving = (handler, http = client) => serving(handler, http)
  describe("uploading", () => {
    it.live("sends one part with the raw UTF-8 file name, its length, and a Content-Length", () => {
      const { handler, received } = recording()
      const content = Buffer.from("周报：本周完成三项，--boundary\r\n\0\xff", "utf8")
      return Effect.gen(function*() {
        const uploaded = yield* upload(
          Upload.bytes(content, { filename: "第三季度 报表😀.txt", contentType: "text/plain" })
        )
        assert.strictEqual(uploaded.media_id, "M1")
        assert.deepStrictEqual(uploaded.created_at, DateTime.makeUnsafe(1380000000_000))
        const [{ body, headers, url }] = received as [typeof received[number]]
        assert.strictEqual(url.search, "?type=file&access_token=T1")
        const head = "Content-Disposition: form-data; name=\"media\"; filename=\"第三季度 报表😀.txt\"; " +
          `filelength=${content.length}\r\nContent-Type: text/plain`
        const expected = multipart(headers["content-type"] as string, head, content)
        assert.strictEqual(body.toString("hex"), expected.toString("hex"))
        assert.strictEqual(headers["content-length"], String(expected.length))
        assert.isUndefined(headers["transfer-encoding"])
      }).pipe(Effect.provide(against(handler)))
    })

    for (
      const [name, http] of [["fetch", FetchHttpClient.layer], ["node:http", NodeHttpClient.layerNodeHttp]] as const
    ) {
      it.live(`sends the same through ${name}`, () => {
        const { handler, received } = recording((token) => token === "T1" ? { errcode: 40014 } : accepted)
        const content = new Uint8Array(200_000).map((_, i) => i * 13)
        return Effect.gen(function*() {
          yield* upload(Upload.bytes(content, { filename: "图.png", contentType: "image/png" }), "image")
          assert.lengthOf(received, 2)
          const head = "Content-Disposition: form-data; name=\"media\"; filename=\"图.png\"; filelength=200000\r\n" +
            "Content-Type: image/png"
          for (const { body, headers } of received) {
            assert.isTrue(body.equals(multipart(headers["content-type"] as string, head, content)))
          }
          const short = yield* issue(Upload.stream(Stream.empty, { filename: "a", size: 4000 }))
          assert.deepStrictEqual(short?.field, "media")
        }).pipe(Effect.provide(against(handler, http)))
      })
    }

    it.live("keeps a file name from ending its header", () => {
      const { handler, received } = recording()
      return Effect.gen(function*() {
        yield* upload(Upload.text("abcdef", { filename: "a\"\r\nX-Evil: 1.txt" }))
        assert.include(received[0]?.body.toString(), "filename=\"a%22%0D%0AX-Evil: 1.txt\"; filelength=6\r\n")
        const issueOf = yield* issue(Upload.text("abcdef", { filename: "a", contentType: "text/plain\r\nX-Evil: 1" }))
        assert.deepStrictEqual(issueOf, { field: "media", message: "the content type is not one" })
        assert.deepStrictEqual(yield* issue(Upload.text("abcdef", { filename: "" })), {
          field: "media",
          message: "a file name is needed"
        })
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("reads a file of the disk as it is sent", () => {
      const { handler, received } = recording()
      return Effect.gen(function*() {
        const fs = yield* FileSystem.FileSystem
        const path = (yield* Path.Path).join(yield* fs.makeTempDirectoryScoped(), "合同.pdf")
        const content = new Uint8Array(300_000).map((_, i) => i * 31)
        yield* fs.writeFile(path, content)
        yield* upload(yield* Upload.file(path))
        const [{ body, headers }] = received as [typeof received[number]]
        const head = "Content-Disposition: form-data; name=\"media\"; filename=\"合同.pdf\"; filelength=300000\r\n" +
          "Content-Type: application/octet-stream"
        assert.isTrue(body.equals(multipart(headers["content-type"] as string, head, content)))
      }).pipe(Effect.provide([against(handler), NodeServices.layer]), Effect.scoped)
    })

    it.live("sends from byte 0 again with a fresh token", () => {
      const { handler, received } = recording((token) =>
        token === "T1" ? { errcode: 42001, errmsg: "ended" } : accepted
      )
      let runs = 0
      const chunks = Array.from({ length: 40 }, (_, i) => new Uint8Array(10_000).fill(i))
      const content = Stream.suspend(() => {
        runs++
        return Stream.fromIterable(chunks)
      })
      return Effect.gen(function*() {
        yield* upload(Upload.stream(content, { filename: "a.bin", size: 400_000 }))
        assert.strictEqual(runs, 2)
        assert.deepStrictEqual(received.map(({ url }) => url.searchParams.get("access_token")), ["T1", "T2"])
        for (const { body } of received) {
          const start = body.indexOf("\r\n\r\n") + 4
          assert.isTrue(body.subarray(start, start + 400_000).equals(Buffer.concat(chunks)))
        }
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("takes an error that comes before the body was read for what it is", () => {
      const { handler, received } = recording()
      const early: Handler = (request, response, url) =>
        url.searchParams.get("access_token") === "T1"
          ? json(response, { errcode: 40014, errmsg: "unknown" })
          : handler(request, response, url)
      return Effect.gen(function*() {
        yield* upload(Upload.bytes(new Uint8Array(5_000_000), { filename: "a.bin" }))
        assert.lengthOf(received, 1)
      }).pipe(Effect.provide(against(early)))
    })

    it.live("refuses a content of another length than was said, and one that cannot be read", () => {
      const { handler, received } = recording()
      const parts = (count: number) => Stream.fromIterable(Array.from({ length: count }, () => new Uint8Array(1000)))
      return Effect.gen(function*() {
        const short = yield* issue(Upload.stream(parts(3), { filename: "a", size: 4000 }))
        assert.deepStrictEqual(short, {
          field: "media",
          message: "the content has 3000 bytes, but its size was given as 4000"
        })
        const long = yield* issue(Upload.stream(parts(5), { filename: "a", size: 4000 }))
        assert.deepStrictEqual(long, {
          field: "media",
          message: "the content has 5000 bytes or more, but its size was given as 4000"
        })
        const broken = yield* issue(
          Upload.stream(Stream.concat(parts(1), Stream.fail(new Error("disk gone"))), { filename: "a", size: 4000 })
        )
        assert.deepStrictEqual(broken, { field: "media", message: "reading the content failed: disk gone" })
        for (const size of [-1, 1.5, NaN]) {
          const wrong = yield* issue(Upload.stream(parts(1), { filename: "a", size }))
          assert.deepStrictEqual(wrong, { field: "media", message: "the size is not a number of bytes" })
        }
        assert.lengthOf(received, 0)
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("refuses a file that is too small or too large for its kind, and sends nothing", () => {
      const { handler, received } = recording()
      const sized = (size: number) => Upload.stream(Stream.die("read"), { filename: "a", size })
      const MiB = 1024 * 1024
      const refused = (size: number, max: number) => ({
        field: "media",
        message: `from 6 to ${max} bytes are allowed, got ${size}`
      })
      return Effect.gen(function*() {
        for (const [type, mebibytes] of [["image", 10], ["voice", 2], ["video", 10], ["file", 20]] as const) {
          const max = mebibytes * MiB
          assert.deepStrictEqual(yield* issue(sized(5), type), refused(5, max))
          assert.deepStrictEqual(yield* issue(sized(max + 1), type), refused(max + 1, max))
        }
        const media = yield* Media
        const attachment = { media_type: "image", attachment_type: 1 } as const
        for (const size of [5, 10 * MiB + 1]) {
          const error = yield* Effect.flip(media.uploadAttachment({ ...attachment, media: sized(size) }))
          assert.include(error.message, `from 6 to ${10 * MiB} bytes are allowed, got ${size}`)
        }
        for (const size of [4, 2 * MiB + 1]) {
          const error = yield* Effect.flip(media.uploadImage({ media: sized(size) }))
          assert.include(error.message, `from 5 to ${2 * MiB} bytes are allowed, got ${size}`)
        }
        const unknown = yield* Effect.flip(media.upload({ type: "sticker", media: sized(6) }))
        assert.include(unknown.message, "type: expected one of image, voice, video, file")
        assert.lengthOf(received, 0)
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("takes a file of exactly the largest size", () => {
      const { handler, received } = recording()
      return Effect.gen(function*() {
        yield* upload(Upload.bytes(new Uint8Array(2 * 1024 * 1024), { filename: "a.amr" }), "voice")
        yield* upload(Upload.text("123456", { filename: "a.amr" }), "voice")
        assert.lengthOf(received, 2)
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("reads no further ahead than the connection takes", () => {
      const reading = Promise.withResolvers<void>()
      const handler: Handler = async (request, response) => {
        await reading.promise
        await readAll(request)
        json(response, accepted)
      }
      const size = 20 * 1024 * 1024
      let produced = 0
      const content = Stream.range(1, size / 65536).pipe(
        Stream.rechunk(1),
        Stream.map(() => {
          produced += 65536
          return new Uint8Array(65536)
        })
      )
      return Effect.gen(function*() {
        const fiber = yield* Effect.forkChild(upload(Upload.stream(content, { filename: "a.bin", size })))
        yield* Effect.sleep("300 millis")
        // What the two socket buffers hold: the rest has not been asked for.
        assert.isBelow(produced, size * 0.75)
        reading.resolve()
        yield* Fiber.join(fiber)
        assert.strictEqual(produced, size)
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("gives up when nothing moves for the idle time, and not when it is only slow", () => {
      const stuck: Handler = () => {}
      const { handler, received } = recording()
      const slow = Stream.range(1, 8).pipe(
        Stream.rechunk(1),
        Stream.mapEffect(() => Effect.delay(Effect.succeed(new Uint8Array(1000)), "150 millis"))
      )
      return Effect.gen(function*() {
        const error = yield* Effect.flip(
          upload(Upload.text("123456", { filename: "a" })).pipe(
            WeComClient.withOptions({ idle: "1 second" }),
            Effect.provide(against(stuck))
          )
        )
        assert.strictEqual(
          error.message,
          "POST /cgi-bin/media/upload: TransportFailed: no answer within 1s; WeCom may have done it all the same"
        )
        assert.isFalse(error.isRetryable)
        yield* upload(Upload.stream(slow, { filename: "a", size: 8000 })).pipe(
          WeComClient.withOptions({ idle: "1 second", deadline: "100 millis" }),
          Effect.provide(against(handler))
        )
        assert.lengthOf(received, 1)
      })
    })
  })
}

describe("over undici", () => {
  suite(NodeHttpClient.layerUndici)
})

describe("over the client for Node", () => {
  suite(NodeClient.layer())
})
