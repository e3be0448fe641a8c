/**
 * What a hostile or broken server, proxy or clock can do to a call: each ends in a typed error, in time, and tells no secret.
 */
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Fiber, Layer, Metric, Redacted, Stream } from "effect"
import { FetchHttpClient } from "effect/http"
import { TestClock } from "effect/testing"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { inspect } from "node:util"
import { Departments } from "../src/contacts/Departments.ts"
import { parseErrmsg } from "../src/ErrorCode.ts"
import * as CircuitBreaker from "../src/limits/CircuitBreaker.ts"
import { Media } from "../src/media/Media.ts"
import * as Message from "../src/messages/Message.ts"
import { Messages } from "../src/messages/Messages.ts"
import * as NodeClient from "../src/node/NodeClient.ts"
import { TokenCache } from "../src/token/TokenCache.ts"
import { WeComApp } from "../src/WeComApp.ts"
import { WeComClient } from "../src/WeComClient.ts"
import { cannedClient } from "./support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1 })

const services = Layer.mergeAll(Departments.layer, Messages.layer, Media.layer)

const token = { errcode: 0, access_token: "TOKEN", expires_in: 7200 }

/** The library over canned answers: `answer` says what calls get, tokens are given out. */
const over = (answer: (path: string) => unknown) => {
  const client = cannedClient(({ path }) => path === "/cgi-bin/gettoken" ? token : answer(path))
  return {
    ...client,
    layer: services.pipe(
      Layer.provideMerge(WeComClient.layer(app)),
      Layer.provide(TokenCache.layerMemory),
      Layer.provide(client.layer)
    )
  }
}

const list = Effect.flatMap(Departments, (departments) => departments.list()).pipe(
  Effect.provideService(WeComClient.RetryPolicy, undefined)
)

/** A server of this machine, closed with the scope. */
const serving = (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<ReturnType<typeof createServer>>((resume) => {
        const server = createServer(handle)
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) =>
        Effect.sync(() => {
          server.closeAllConnections()
          server.close()
        })
    ),
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  )

describe("an answer", () => {
  it.effect("with an errcode of any shape ends in a WeComError", () =>
    Effect.gen(function*() {
      const odd = ["9007199254740993", "1e300", "-9223372036854775808", "\"\"", "[[]]", "true", "1.5"]
      for (const errcode of [...odd, "[".repeat(20_000) + "]".repeat(20_000)]) {
        const { layer } = over(() => new Response(`{"errcode":${errcode},"errmsg":"x"}`))
        const error = yield* Effect.flip(Effect.provide(list, layer))
        assert.include(["ResponseInvalid", "ApiFailed"], error.reason._tag, errcode.slice(0, 20))
      }
    }))

  it.effect("nested 10,000 levels deep, or with a prototype, does no harm", () =>
    Effect.gen(function*() {
      const deep = `{"errcode":0,"department":${"[".repeat(10_000)}${"]".repeat(10_000)}}`
      const { layer } = over(() => new Response(deep))
      assert.strictEqual((yield* Effect.flip(Effect.provide(list, layer))).reason._tag, "ResponseInvalid")
      const polluting =
        `{"errcode":0,"__proto__":{"polluted":1},"department":[{"id":1,"\\u005f_proto__":{"polluted":1}}]}`
      yield* Effect.exit(Effect.provide(list, over(() => new Response(polluting)).layer))
      assert.isUndefined(({} as { readonly polluted?: number }).polluted)
    }))

  it.effect("larger than the limit is refused, also where it does not say its length", () =>
    Effect.gen(function*() {
      const body = `{"errcode":0,"department":[]${" ".repeat(2000)}}`
      const chunked = () =>
        new Response(
          new ReadableStream({
            start: (controller) => {
              for (const part of body.match(/[^]{1,100}/g) ?? []) controller.enqueue(new TextEncoder().encode(part))
              controller.close()
            }
          })
        )
      const small = WeComClient.withOptions({ maxAnswerSize: 1000 })
      for (
        const answer of [chunked, () => new Response(body, { headers: { "content-length": String(body.length) } })]
      ) {
        const { layer } = over(answer)
        assert.deepStrictEqual(yield* Effect.provide(list, layer), [])
        const error = yield* Effect.flip(small(Effect.provide(list, layer)))
        assert.include(error.message, "the body is larger than 1000 bytes")
      }
    }))

  it("with a message of any length is taken apart at once", () => {
    for (const piece of ["hint: [", "hint: ", "from ip: ", "more info at ", "hint:" + " ".repeat(50)]) {
      const { message } = parseErrmsg(piece.repeat(100_000))
      assert.isAtMost(message.length, 4096)
    }
  })
})

describe("a redirect", () => {
  for (
    const [name, client] of [
      ["undici", NodeHttpClient.layerUndici],
      ["fetch", FetchHttpClient.layer],
      ["node:http", NodeHttpClient.layerNodeHttp],
      ["the client for Node", NodeClient.layer()]
    ] as const
  ) {
    it.live(`is not followed over ${name}`, () =>
      Effect.gen(function*() {
        const heard: Array<string> = []
        const elsewhere = yield* serving((request, response) => {
          heard.push(String(request.url))
          response.end(JSON.stringify({ ...token, msgid: "m", department: [] }))
        })
        for (const status of [301, 302, 303, 307, 308]) {
          const vendor = yield* serving((request, response) => {
            request.resume()
            response.writeHead(status, { location: `${elsewhere}${request.url}` }).end()
          })
          const layer = services.pipe(
            Layer.provide(WeComClient.layer(WeComApp.secret({ ...app, baseUrl: vendor }))),
            Layer.provide(TokenCache.layerMemory),
            Layer.provide(client)
          )
          const send = Effect.flatMap(Messages, (messages) => messages.send(Message.text("秘密").to({ users: ["a"] })))
          yield* Effect.flip(Effect.provide(send, layer))
        }
        assert.deepStrictEqual(heard, [])
      }).pipe(Effect.scoped))
  }
})

describe("a clock", () => {
  it.effect("that is set back does not move a deadline", () =>
    Effect.gen(function*() {
      const { layer } = over(() => Effect.never)
      const real = yield* Clock.Clock
      // The time of day goes back by an hour when the call has begun.
      let shift = 0
      const corrected: Clock.Clock = {
        ...real,
        sleep: real.sleep.bind(real),
        monotonicTimeNanosUnsafe: real.monotonicTimeNanosUnsafe.bind(real),
        currentTimeNanosUnsafe: real.currentTimeNanosUnsafe.bind(real),
        currentTimeMillisUnsafe: () => real.currentTimeMillisUnsafe() + shift,
        currentTimeMillis: Effect.sync(() => real.currentTimeMillisUnsafe() + shift)
      }
      const fiber = yield* list.pipe(
        WeComClient.withOptions({ deadline: "2 seconds" }),
        Effect.provide(layer),
        Effect.provideService(Clock.Clock, corrected),
        Effect.flip,
        Effect.forkChild({ startImmediately: true })
      )
      yield* TestClock.adjust("1 second")
      shift = -3_600_000
      yield* TestClock.adjust("2 seconds")
      const error = yield* Fiber.join(fiber)
      assert.include(error.message, "no answer within 2s")
    }))
})

describe("a file in ranges", () => {
  const whole = Uint8Array.from({ length: 256 }, (_, index) => index)

  const part = (start: number, end: number, bytes = whole.slice(start, end + 1), total = 256) =>
    new Response(bytes, {
      status: 206,
      headers: { "content-range": `bytes ${start}-${end}/${total}`, "content-disposition": "attachment; filename=a" }
    })

  const fetched = (answer: (start: number, end: number) => Response) => {
    const client = cannedClient(({ path, request }) => {
      if (path === "/cgi-bin/gettoken") return token
      const [, start = "0", end = "0"] = /bytes=(\d+)-(\d+)/.exec(request.headers["range"] ?? "") ?? []
      return answer(Number(start), Math.min(Number(end), 255))
    })
    const layer = Media.layer.pipe(
      Layer.provide(WeComClient.layer(app)),
      Layer.provide(TokenCache.layerMemory),
      Layer.provide(client.layer)
    )
    return Stream.runCollect(Media.inRanges({ media_id: "m", size: 64 })).pipe(
      Effect.map((chunks) => Buffer.concat(chunks)),
      Effect.provideService(WeComClient.RetryPolicy, undefined),
      Effect.provide(layer)
    )
  }

  it.effect("is whole, or fails", () =>
    Effect.gen(function*() {
      assert.deepEqual([...yield* fetched((start, end) => part(start, end))], [...whole])
      const plain = (bytes: Uint8Array, status: number) =>
        new Response(bytes.slice(), { status, headers: { "content-disposition": "attachment; filename=a" } })
      assert.deepEqual([...yield* fetched(() => plain(whole, 200))], [...whole])
      for (
        const odd of [
          (start: number, end: number) => start > 0 ? plain(whole, 200) : part(start, end),
          (start: number, end: number) => plain(whole.slice(start, end + 1), 206),
          (start: number, end: number) => start === 64 ? part(0, 63) : part(start, end),
          (start: number, end: number) => part(start, end, whole.slice(start, end - 9)),
          (start: number, end: number) => part(start, end, undefined, start === 0 ? 256 : 128)
        ]
      ) {
        const error = yield* Effect.flip(fetched(odd))
        assert.strictEqual(error.reason._tag, "ResponseInvalid")
      }
    }))
})

describe("a token", () => {
  it.effect("that is refused and given again is not asked for by every call", () =>
    Effect.gen(function*() {
      const { count, layer } = over(() => ({ errcode: 42001, errmsg: "expired" }))
      yield* Effect.gen(function*() {
        for (let call = 0; call < 20; call++) {
          assert.strictEqual((yield* Effect.flip(list)).errcode, 42001)
        }
      }).pipe(Effect.provide(layer))
      assert.isAtMost(count("/cgi-bin/gettoken"), 2)
    }))

  it.effect("that is empty is none", () =>
    Effect.gen(function*() {
      const client = cannedClient(() => ({ access_token: "", expires_in: 7200, department: [] }))
      const error = yield* list.pipe(
        Effect.provide(services),
        Effect.provide(WeComClient.layer(app)),
        Effect.provide(TokenCache.layerMemory),
        Effect.provide(client.layer),
        Effect.flip
      )
      assert.include(error.message, "access_token: it is empty")
      assert.strictEqual(client.count("/cgi-bin/department/list"), 0)
    }))
})

describe("a proxy's password", () => {
  it.effect("stands in no metric, error or span", () =>
    Effect.gen(function*() {
      const client = cannedClient(() => new Response("down", { status: 503 }))
      const layer = Departments.layer.pipe(
        Layer.provide(WeComClient.layer(WeComApp.secret({ ...app, baseUrl: "http://user:PASSWORD@proxy.test" }))),
        CircuitBreaker.guard({ failures: 2 }),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(client.layer)
      )
      const errors = yield* Effect.provide(Effect.all(Array.from({ length: 4 }, () => Effect.flip(list))), layer)
      const told = inspect([errors.map(String), errors, yield* Metric.snapshot], { depth: 12 })
      assert.notInclude(told, "PASSWORD")
      assert.include(told, "proxy.test")
    }))
})
