import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, type Layer, Stream } from "effect"
import type { HttpClient } from "effect/http"
import type { ServerResponse } from "node:http"
import { Media } from "../../src/media/Media.ts"
import * as NodeClient from "../../src/node/NodeClient.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { against as serving, type Handler, json } from "./server.ts"

const get = (range?: { readonly start: number; readonly end?: number }) =>
  Media.use((media) => media.get({ media_id: "M1", ...(range === undefined ? {} : { range }) }))

const disposition = (response: ServerResponse, filename: string): void => {
  response.setHeader("content-disposition", `attachment; filename="${filename}"`)
}

/** Answers with these very bytes: Node's own server would write a raw UTF-8 header as something else. */
const raw = (response: ServerResponse, headers: Buffer, body: Uint8Array): void => {
  const start = `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${body.length}\r\n`
  response.socket?.end(Buffer.concat([Buffer.from(start), headers, Buffer.from("\r\n\r\n"), body]))
}

const image = new Uint8Array(200_000).map((_, i) => i * 7)

const suite = (client: Layer.Layer<HttpClient.HttpClient>) => {
  const against: typeof serving = (handler, http = client) => serving(handler, http)
  describe("downloading", () => {
    it.live("gives the bytes, with what the headers say of them", () => {
      const handler: Handler = (_, response, url) => {
        assert.strictEqual(url.search, "?media_id=M1&access_token=T1")
        const headers = "Content-Type: image/jpeg\r\nContent-disposition: attachment; filename=\"现场照片 1.jpg\""
        raw(response, Buffer.from(headers, "utf8"), image)
      }
      return Effect.gen(function*() {
        const file = yield* get()
        assert.strictEqual(file.filename, "现场照片 1.jpg")
        assert.strictEqual(file.contentType, "image/jpeg")
        assert.strictEqual(file.size, 200_000)
        assert.isUndefined(file.range)
        assert.deepStrictEqual(yield* file.bytes, image)
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("reads the name in every form of the header", () => {
      const forms = [
        ["attachment; filename=plain.txt", "plain.txt"],
        ["attachment; filename=\"\"", undefined],
        ["attachment", undefined],
        ["attachment; filename=\"x.txt\"; filename*=UTF-8''%E6%8A%A5%E8%A1%A8.txt", "报表.txt"],
        ["attachment; filename*=utf-8''%ZZ; filename=\"x.txt\"", "x.txt"],
        ["attachment; filename=\"caf\xe9.txt\"", "café.txt"]
      ] as const
      let next = 0
      const handler: Handler = (_, response) => {
        raw(response, Buffer.from(`Content-Disposition: ${forms[next++]![0]}`, "latin1"), Buffer.from("abcdef"))
      }
      return Effect.gen(function*() {
        for (const [header, name] of forms) assert.strictEqual((yield* get()).filename, name, header)
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("tells an error from a file whatever the content type says", () => {
      const error = JSON.stringify({ errcode: 40007, errmsg: "invalid media_id" })
      const cases: ReadonlyArray<readonly [contentType: string, body: string]> = [
        ["image/jpeg", error],
        ["application/octet-stream", ` \n${error}`],
        ["text/plain", "{\"type\":\"image\",\"errmsg\":\"invalid media_id\",\"errcode\":40007}"]
      ]
      return Effect.gen(function*() {
        for (const [contentType, body] of cases) {
          for (const chunked of [false, true]) {
            const handler: Handler = (_, response) => {
              response.setHeader("content-type", contentType)
              if (chunked) { for (const character of body) response.write(character) }
              response.end(chunked ? "" : body)
            }
            const failure = yield* Effect.flip(Effect.provide(get(), against(handler)))
            assert.strictEqual(failure.errcode, 40007, contentType)
            assert.strictEqual(failure.reason._tag, "ApiFailed")
          }
        }
      })
    })

    it.live("takes a file for one whatever the content type says", () => {
      const cases: ReadonlyArray<readonly [contentType: string, body: string, disposed: boolean]> = [
        ["application/json", "{\"errcode\":40007,\"note\":\"a file about errors\"}", true],
        ["application/json", "{\"name\":\"no error here\"}", false],
        ["text/plain", "errcode: none", false],
        ["text/plain", "", false]
      ]
      return Effect.gen(function*() {
        for (const [contentType, body, disposed] of cases) {
          const handler: Handler = (_, response) => {
            if (disposed) disposition(response, "a.json")
            response.setHeader("content-type", contentType).end(body)
          }
          const bytes = yield* Effect.provide(Effect.flatMap(get(), (file) => file.bytes), against(handler))
          assert.strictEqual(Buffer.from(bytes).toString(), body)
        }
      })
    })

    it.live("replaces a token that has ended", () => {
      const handler: Handler = (_, response, url) => {
        if (url.searchParams.get("access_token") === "T1") return json(response, { errcode: 42001, errmsg: "ended" })
        disposition(response, "a.bin")
        response.end("abcdef")
      }
      return Effect.gen(function*() {
        const bytes = yield* Effect.flatMap(get(), (file) => file.bytes)
        assert.strictEqual(Buffer.from(bytes).toString(), "abcdef")
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("takes a gateway's page for what it is", () => {
      const handler: Handler = (_, response) => {
        response.writeHead(404, { "content-type": "text/html", "content-disposition": "attachment" }).end(
          "<html>gone</html>"
        )
      }
      return Effect.gen(function*() {
        const { reason } = yield* Effect.flip(get())
        assert.strictEqual(reason._tag, "ResponseInvalid")
        assert.strictEqual(reason._tag === "ResponseInvalid" && reason.status, 404)
      }).pipe(Effect.provide(against(handler)))
    })

    for (const named of [true, false]) {
      it.live(`hands on bytes as they arrive${named ? "" : ", without a Content-Disposition too"}`, () => {
        let finish: (() => void) | undefined
        const handler: Handler = (_, response) => {
          if (named) disposition(response, "a.bin")
          response.write(image)
          finish = () => void response.end(image)
        }
        return Effect.gen(function*() {
          const { stream } = yield* get()
          let seen = 0
          yield* Stream.runForEach(stream, (chunk) =>
            Effect.sync(() => {
              seen += chunk.length
              // The server holds the second half back until the first has come through.
              if (seen === image.length) finish?.()
            }))
          assert.strictEqual(seen, 2 * image.length)
        }).pipe(Effect.provide(against(handler)))
      })
    }

    it.live("stops the transfer when the consumer has had enough", () => {
      const closed = Promise.withResolvers<void>()
      const handler: Handler = (_, response) => {
        disposition(response, "a.bin")
        response.on("close", closed.resolve).write(image)
      }
      return Effect.gen(function*() {
        const { stream } = yield* get()
        assert.lengthOf(yield* Stream.runCollect(Stream.take(stream, 1)), 1)
        yield* Effect.promise(() => closed.promise)
      }).pipe(Effect.provide(against(handler)))
    })

    it.live("fails when nothing comes for the idle time, before the headers or after them", () => {
      const silent: Handler = () => {}
      const stuck: Handler = (_, response) => {
        disposition(response, "a.bin")
        response.write("abc")
      }
      const download = Effect.flatMap(get(), (file) => file.bytes).pipe(WeComClient.withOptions({ idle: "150 millis" }))
      return Effect.gen(function*() {
        for (const handler of [silent, stuck]) {
          const { reason } = yield* Effect.flip(Effect.provide(download, against(handler)))
          assert.strictEqual(reason._tag, "TransportFailed")
          assert.strictEqual(reason._tag === "TransportFailed" && reason.timedOut, true)
        }
      })
    })

    it.live("fails when the connection ends before the file does", () => {
      const handler: Handler = (_, response) => {
        disposition(response, "a.bin")
        response.setHeader("content-length", 1000).write("abc", () => response.destroy())
      }
      return Effect.gen(function*() {
        const { reason } = yield* Effect.flip(Effect.flatMap(get(), (file) => file.bytes))
        assert.strictEqual(reason._tag, "TransportFailed")
      }).pipe(Effect.provide(against(handler)))
    })
  })

  describe("ranges", () => {
    const asked: Array<string> = []
    /** Serves `image` as the real server does: 206 with what was asked for, 830002 where it is too much. */
    const handler: Handler = (request, response) => {
      const range = request.headers.range ?? ""
      asked.push(range)
      const [, from = "", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? []
      if (from === "") return json(response, { errcode: 830002, errmsg: "range too large" })
      const end = Math.min(to === "" ? Infinity : Number(to), image.length - 1)
      disposition(response, "a.bin")
      response.writeHead(206, { "content-range": `bytes ${from}-${end}/${image.length}`, "accept-ranges": "bytes" })
        .end(image.subarray(Number(from), end + 1))
    }

    it.live("are asked for in bytes, both ends included", () =>
      Effect.gen(function*() {
        asked.length = 0
        const middle = yield* get({ start: 16, end: 31 })
        assert.deepStrictEqual(middle.range, { start: 16, end: 31, total: 200_000 })
        assert.strictEqual(Buffer.compare(yield* middle.bytes, image.subarray(16, 32)), 0)
        const rest = yield* get({ start: 199_984 })
        assert.deepStrictEqual(rest.range, { start: 199_984, end: 199_999, total: 200_000 })
        assert.lengthOf(yield* rest.bytes, 16)
        assert.deepStrictEqual(asked, ["bytes=16-31", "bytes=199984-"])
        assert.strictEqual((yield* Effect.flip(get())).errcode, 830002)
      }).pipe(Effect.provide(against(handler))))

    it.live("that are none are refused before sending", () =>
      Effect.gen(function*() {
        asked.length = 0
        for (const range of [{ start: -1 }, { start: 5, end: 4 }, { start: 0.5 }, { start: NaN }]) {
          assert.strictEqual(
            (yield* Effect.flip(get(range))).message,
            "GET /cgi-bin/media/get: RequestInvalid: range: expected bytes from `start` up to `end`"
          )
        }
        assert.lengthOf(asked, 0)
      }).pipe(Effect.provide(against(handler))))

    it.live("follow each other until the file has ended", () =>
      Effect.gen(function*() {
        for (const [size, count] of [[64_000, 4], [200_000, 1], [100_000, 2], [1_000_000, 1]] as const) {
          asked.length = 0
          const chunks = yield* Stream.runCollect(Media.inRanges({ media_id: "M1", size }))
          assert.isTrue(Buffer.concat(chunks).equals(image))
          assert.lengthOf(asked, count)
        }
      }).pipe(Effect.provide(against(handler))))

    it.live("are asked for one after the other, as they are consumed", () =>
      Effect.gen(function*() {
        asked.length = 0
        const fiber = yield* Media.inRanges({ media_id: "M1", size: 64_000 }).pipe(
          Stream.take(1),
          Stream.runDrain,
          Effect.forkChild
        )
        yield* Fiber.join(fiber)
        assert.deepStrictEqual(asked, ["bytes=0-63999"])
      }).pipe(Effect.provide(against(handler))))

    it.live("may be shorter than what was asked for", () => {
      const short: Handler = (request, response) => {
        const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1])
        const end = Math.min(start + 49_999, image.length - 1)
        disposition(response, "a.bin")
        response.writeHead(206, { "content-range": `bytes ${start}-${end}/${image.length}` })
          .end(image.subarray(start, end + 1))
      }
      return Effect.gen(function*() {
        const chunks = yield* Stream.runCollect(Media.inRanges({ media_id: "M1", size: 64_000 }))
        assert.isTrue(Buffer.concat(chunks).equals(image))
      }).pipe(Effect.provide(against(short)))
    })

    it.live("end with a server that knows none", () => {
      const whole: Handler = (_, response) => {
        disposition(response, "a.bin")
        response.end(image)
      }
      return Effect.gen(function*() {
        const chunks = yield* Stream.runCollect(Media.inRanges({ media_id: "M1", size: 64_000 }))
        assert.isTrue(Buffer.concat(chunks).equals(image))
      }).pipe(Effect.provide(against(whole)))
    })
  })
}

describe("over undici", () => {
  suite(NodeHttpClient.layerUndici)
})

describe("over the client for Node", () => {
  suite(NodeClient.layer())
})
