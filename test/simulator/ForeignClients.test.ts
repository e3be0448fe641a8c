/**
 * What other SDKs send, byte for byte: go-workwx 1.7, wechatpy 2, node-easywechat 3.6 with wechat-enterprise-api 0.3 were
 * run against the simulator, and called everything that they have. Each line of `foreign/*.ndjson` is a request: seconds
 * since the first one, verb, URL, body, the errcode of its answer, and the content type of a file. `{{3/media_id}}` is
 * what answer 3 has there: tokens and ids are those that were given out.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import {
  HttpClient,
  HttpClientRequest,
  HttpRouter,
  HttpServerError,
  HttpServerRequest,
  HttpServerResponse
} from "effect/http"
import { TestClock } from "effect/testing"
import { readFileSync } from "node:fs"
import { archiveMember } from "../../src/simulator/areas/chat-archive/ChatArchive.ts"
import * as Seed from "../../src/simulator/seed/Seed.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

type Line = readonly [
  seconds: number,
  method: "GET" | "POST",
  url: string,
  body: string,
  errcode: number | null,
  contentType?: string
]

const seed = Seed.options({ ...Seed.example(), suites: [{ suiteId: "suite1", secret: "suitesecret" }] })

const simulator = Simulator.layer({
  ...seed,
  provider: { corpId: "wwprovider", secret: "providersecret" },
  begin: (world) =>
    Effect.andThen(seed.begin?.(world) ?? Effect.void, archiveMember(world, { userid: "zhangsan", edition: 1 }))
})

/** The simulator's HTTP face without a socket: the API, and the control API. */
const face = Effect.gen(function*() {
  const routes = yield* HttpRouter.toHttpEffect(Simulator.layerRoutes)
  return HttpClient.make((request) =>
    routes.pipe(
      Effect.catchCause((cause) => Effect.map(HttpServerError.causeResponse(cause), ([response]) => response)),
      Effect.provideService(HttpServerRequest.HttpServerRequest, HttpServerRequest.fromClientRequest(request)),
      Effect.scoped,
      Effect.map((response) => HttpServerResponse.toClientResponse(response, { request }))
    )
  )
})

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

const replay = (name: string) =>
  Effect.gen(function*() {
    const [first = "{}", ...lines] = readFileSync(new URL(`foreign/${name}.ndjson`, import.meta.url), "utf8").trim()
      .split("\n")
    const { at } = JSON.parse(first) as { readonly at: number }
    const client = yield* face
    const wrong: Array<string> = []
    const paths = new Set<string>()
    const answers: Array<unknown> = []
    const filled = (text: string) =>
      text.replaceAll(/\{\{(\d+)\/(.*?)\}\}/g, (_, index: string, pointer: string) =>
        String(
          pointer.split("/").reduce((value, key) => Object(value)[key], answers[Number(index)])
        ))
    for (const line of lines) {
      const [seconds, method, url, body, errcode, contentType] = JSON.parse(line) as Line
      yield* TestClock.setTime(at + seconds * 1000)
      const request = HttpClientRequest.make(method)(
        `http://127.0.0.1${filled(url)}`,
        { headers: { host: "127.0.0.1" } }
      )
      const response = yield* client.execute(
        method === "GET"
          ? request
          : contentType === undefined
          ? HttpClientRequest.bodyText(request, filled(body), "application/json")
          : HttpClientRequest.bodyUint8Array(request, latin1(filled(body)), contentType)
      )
      const answer = yield* Effect.orElseSucceed(response.json, () => undefined)
      answers.push(answer)
      const { errcode: got = null, errmsg = "" } = Object(answer)
      if (url.includes("/cgi-bin/")) paths.add(url.replace(/\?.*/, ""))
      const outcome = response.status === 200 ? got : -response.status
      if (outcome !== errcode) {
        wrong.push(`${method} ${url}: ${outcome}, not ${errcode}: ${errmsg}`)
      }
    }
    assert.deepStrictEqual(wrong, [])
    return { lines: lines.length, paths: paths.size }
  }).pipe(Effect.scoped, Effect.provide(simulator))

describe("what another SDK sends is answered as ever", () => {
  it.effect("go-workwx", () =>
    Effect.gen(function*() {
      const { lines, paths } = yield* replay("go-workwx")
      assert.isAbove(lines, 210)
      assert.isAbove(paths, 80)
    }))

  it.effect("wechatpy", () =>
    Effect.gen(function*() {
      const { lines, paths } = yield* replay("wechatpy")
      assert.isAbove(lines, 280)
      assert.isAbove(paths, 150)
    }))

  it.effect("node-easywechat and wechat-enterprise-api", () =>
    Effect.gen(function*() {
      const { lines, paths } = yield* replay("node")
      assert.isAbove(lines, 45)
      assert.isAbove(paths, 25)
    }))
})
