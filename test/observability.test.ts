/**
 * What the library tells about itself: documented, exported, and without secrets.
 */
import { NodeHttpServer } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Clock, ConfigProvider, Context, Deferred, Effect, Fiber, Layer, Metric, Redacted } from "effect"
import { HttpServer, HttpServerRequest, HttpServerResponse } from "effect/http"
import { RateLimiter } from "effect/persistence"
import { TestClock } from "effect/testing"
import { globSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import { fileURLToPath } from "node:url"
import { countMembers, telemetry } from "../examples/observability.ts"
import * as CallbackEvent from "../src/callback/CallbackEvent.ts"
import { CallbackInbox } from "../src/callback/CallbackInbox.ts"
import * as CallbackRouter from "../src/callback/CallbackRouter.ts"
import { Departments } from "../src/contacts/Departments.ts"
import { Users } from "../src/contacts/Users.ts"
import * as CircuitBreaker from "../src/limits/CircuitBreaker.ts"
import * as RateLimits from "../src/limits/RateLimits.ts"
import * as Message from "../src/messages/Message.ts"
import * as NodeCallbackCrypto from "../src/node/NodeCallbackCrypto.ts"
import { GroupRobot } from "../src/robot/GroupRobot.ts"
import * as Fault from "../src/simulator/engine/Fault.ts"
import { defaultCorp } from "../src/simulator/engine/Options.ts"
import { Simulator } from "../src/simulator/Simulator.ts"
import { TokenCache, type TokenSource } from "../src/token/TokenCache.ts"
import { TokenStore } from "../src/token/TokenStore.ts"
import { WeComClient } from "../src/WeComClient.ts"
import * as Sender from "./callback/sender.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const documentation = readFileSync(`${root}/docs/observability.md`, "utf8")

/** The rows of the table below a heading whose first cell is a name in code. */
const table = (heading: string, text = documentation): ReadonlyArray<ReadonlyArray<string>> => {
  const section = text.split(/^## /m).find((section) => section.startsWith(heading)) ?? ""
  return section.split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()))
}

const inCode = (cell = ""): ReadonlyArray<string> => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = ""]) => name)

const metrics = new Map(
  table("Metrics").map(([name, kind, attributes]) =>
    [inCode(name)[0], { kind, attributes: inCode(attributes) }] as const
  )
)

const sources = globSync("src/**/*.ts", { cwd: root })
  .filter((file) => !file.startsWith("src/simulator/"))
  .map((file) => readFileSync(`${root}/${file}`, "utf8"))

describe("docs/observability.md", () => {
  it("has every metric of the source with its kind, and no other", () => {
    const found = sources.flatMap((source) =>
      Array.from(
        source.matchAll(/Metric\.(counter|gauge|timer|histogram|frequency|summary)\(\s*"([^"]+)"/g),
        (match) => [
          match[2],
          match[1]
        ]
      )
    )
    // A metric whose name is not written where it is made would be missed.
    const made = sources.join("").match(/Metric\.(counter|gauge|timer|histogram|frequency|summary)\(/g) ?? []
    assert.lengthOf(found, made.length)
    assert.isAbove(found.length, 15)
    assert.sameDeepMembers(found, Array.from(metrics, ([name, { kind }]) => [name, kind]))
  })

  it("has every attribute of spans and logs, and no other", () => {
    const found = sources.flatMap((source) => Array.from(source.matchAll(/"(wecom\.[a-z_.]+)"/gi), ([, name]) => name))
    const documented = table("Spans").map(([name]) => inCode(name)[0]).filter((name) => name?.startsWith("wecom."))
    assert.isNotEmpty(found)
    assert.sameMembers([...new Set(found)], documented)
  })

  it("has a Chinese twin with the same names, kinds and attributes", () => {
    const chinese = readFileSync(`${root}/docs/observability.zh-CN.md`, "utf8")
    for (const [heading, other] of [["Spans", "Span"], ["Metrics", "指标"]] as const) {
      const names = (rows: ReadonlyArray<ReadonlyArray<string>>) =>
        rows.map((cells) =>
          heading === "Spans" ? inCode(cells[0]) : [...inCode(cells[0]), cells[1], ...inCode(cells[2])]
        )
      assert.isAbove(table(heading).length, 10)
      assert.deepStrictEqual(names(table(other, chinese)), names(table(heading)))
    }
  })
})

interface Received {
  readonly path: string
  readonly text: string
}

/** A collector on a free port, which keeps what it gets. */
const collector = Effect.gen(function*() {
  const received: Array<Received> = []
  const server = yield* NodeHttpServer.make(createServer, { port: 0, host: "127.0.0.1" })
  const url = HttpServer.formatAddress(server.address)
  yield* server.serve(Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    received.push({ path: new URL(request.originalUrl, url).pathname, text: yield* Effect.orDie(request.text) })
    return HttpServerResponse.jsonUnsafe({})
  }))
  return { received, url }
})

interface Attribute {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly doubleValue?: number; readonly intValue?: number }
}

interface Points {
  readonly dataPoints: ReadonlyArray<{ readonly attributes: ReadonlyArray<Attribute> }>
}

/** What is needed here of OTLP's JSON. */
interface Payload {
  readonly resourceSpans?: ReadonlyArray<{
    readonly scopeSpans: ReadonlyArray<{
      readonly spans: ReadonlyArray<{ readonly name: string; readonly attributes: ReadonlyArray<Attribute> }>
    }>
  }>
  readonly resourceMetrics?: ReadonlyArray<{
    readonly scopeMetrics: ReadonlyArray<{
      readonly metrics: ReadonlyArray<{
        readonly name: string
        readonly unit: string
        readonly sum?: Points
        readonly gauge?: Points
        readonly histogram?: Points
      }>
    }>
  }>
}

const key = "ROBOT/KEY+marker=="
const secret = "S3cret/marker+secret=="
const message = "the text of a message"

/** As it is, URL-encoded, and in base64 at each of its three alignments. */
const forms = (marker: string): ReadonlyArray<string> => [
  marker,
  encodeURIComponent(marker),
  new URLSearchParams({ m: marker }).toString().slice(2),
  ...["", "x", "xx"].map((shift) => Buffer.from(shift + marker).toString("base64").slice(shift === "" ? 0 : 4, -4))
]

/** Calls that succeed, fail, are held back and are repeated; a robot; callbacks that are handled and refused. */
const life = Effect.gen(function*() {
  const { inject } = yield* Simulator
  const departments = yield* Departments
  const robot = yield* GroupRobot
  assert.strictEqual(yield* countMembers, 3)
  yield* Effect.flip(departments.get({ id: 42 }))
  yield* Effect.forEach([1, 2, 3], () => departments.listIds(), { concurrency: 3 })
  for (let i = 0; i < 6; i++) yield* Effect.ignore(robot.send(Message.text(message)).pipe(hasty))
  yield* inject({ fault: Fault.errcode(45009), endpoint: "/cgi-bin/user/simplelist", times: 1 })
  yield* Effect.flip(countMembers)
  yield* inject({ fault: Fault.errcode(-1), endpoint: "/cgi-bin/department/list", times: 1 })
  yield* departments.list()
  yield* inject({ fault: Fault.status(502), times: 2 })
  for (let i = 0; i < 3; i++) yield* Effect.ignore(departments.create({ name: "新部门", parentid: 1 }))

  const send = yield* Sender.serve(
    CallbackRouter.layer({
      path: "/callback",
      accounts: Sender.account(Sender.corp),
      handlers: {},
      fallback: () => Effect.void
    }).pipe(Layer.provide(NodeCallbackCrypto.layer))
  )
  const timestamp = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const text = Sender.textMessage(message).replace("1700000000", `${timestamp - 3}`)
  assert.strictEqual((yield* send(Sender.post(text, { timestamp }))).status, 200)
  assert.strictEqual((yield* send(Sender.post(text, { timestamp, signature: "0".repeat(40) }))).status, 403)

  const inbox = yield* CallbackInbox
  yield* inbox.put(yield* CallbackEvent.fromXml(text))
  const done = yield* Deferred.make<void>()
  const working = yield* Effect.forkChild(
    inbox.work({ handlers: {}, fallback: () => Deferred.succeed(done, undefined) })
  )
  yield* Deferred.await(done)
  yield* Effect.sleep("50 millis")
  yield* Fiber.interrupt(working)
})

const hasty = WeComClient.withOptions({ deadline: "1 second" })

const limits = RateLimits.keep({
  limits: [
    RateLimits.robot,
    {
      name: "ids",
      limit: 3,
      window: "60 millis",
      keys: ({ endpoint }) => endpoint.path === "/cgi-bin/department/simplelist" ? [{ key: "" }] : []
    }
  ]
})

const counts = Layer.provide(RateLimiter.layer, RateLimiter.layerStoreMemory)

describe("an OpenTelemetry collector", () => {
  it.live("gets spans and metrics as documented, and no secret", () =>
    Effect.gen(function*() {
      const { received, url } = yield* collector
      const tokens = yield* Effect.gen(function*() {
        yield* life
        const { world } = yield* Simulator
        return [...world.tokens.keys()]
      }).pipe(
        Effect.provide(
          Layer.mergeAll(Departments.layer, Users.layer, CallbackInbox.layerMemory()).pipe(
            Layer.provide(Layer.unwrap(Effect.map(Simulator, ({ app }) => WeComClient.layer(app())))),
            Layer.provide(TokenCache.layerMemory),
            Layer.merge(GroupRobot.layer({ key: Redacted.make(key) })),
            CircuitBreaker.guard({ failures: 2 }),
            limits,
            Layer.provide(counts),
            Layer.provide(Simulator.layerHttpClient),
            Layer.provideMerge(
              Simulator.layer({ corps: [{ ...defaultCorp, apps: [{ agentId: 1, secret }], robots: [{ key }] }] })
            )
          )
        ),
        // Outermost, so that what the others say when they are closed arrives as well.
        Effect.provide(telemetry),
        Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: url } }))),
        Effect.provideService(Metric.MetricRegistry, new Map())
      )

      assert.sameMembers([...new Set(received.map(({ path }) => path))], ["/v1/traces", "/v1/metrics", "/v1/logs"])
      const payloads = received.map(({ text }): Payload => JSON.parse(text))

      const spans = payloads.flatMap(({ resourceSpans = [] }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
      )
      const calls = spans.filter(({ name }) => name.startsWith("wecom "))
      const attributesOf = ({ attributes }: (typeof spans)[number]) =>
        Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
      assert.includeMembers(calls.map(({ name }) => name), [
        "wecom /cgi-bin/department/list",
        "wecom /cgi-bin/user/simplelist",
        "wecom /cgi-bin/webhook/send"
      ])
      const failed = calls.map(attributesOf).find((attributes) => attributes["wecom.errcode"] !== undefined)
      assert.deepInclude(failed, { "wecom.endpoint": "GET /cgi-bin/department/get", "wecom.reason": "ApiFailed" })
      const attributes = new Set(calls.flatMap((span) => Object.keys(attributesOf(span))))
      for (const name of ["wecom.attempts", "wecom.limiter.delay"]) assert.include(attributes, name)
      for (const span of calls) {
        const { "http.request.method": method, "url.template": path, ...others } = attributesOf(span)
        assert.strictEqual(`${method} ${path}`, others["wecom.endpoint"])
        assert.strictEqual(others["server.address"], "qyapi.weixin.qq.com")
        assert.strictEqual(others["wecom.corp"], path === "/cgi-bin/webhook/send" ? undefined : defaultCorp.corpId)
        assert.strictEqual(others["error.type"], others["wecom.reason"])
      }

      const exported = new Map(
        payloads.flatMap(({ resourceMetrics = [] }) =>
          resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
        ).filter(({ name }) => name.startsWith("wecom_")).map((metric) => [metric.name, metric] as const)
      )
      for (const { gauge, histogram, name, sum, unit } of exported.values()) {
        const documented = metrics.get(name)
        const kind = sum !== undefined ? "counter" : gauge !== undefined ? "gauge" : "timer"
        assert.strictEqual(kind, documented?.kind, name)
        if (kind === "timer") assert.strictEqual(unit, "ms", name)
        for (const { attributes } of (sum ?? gauge ?? histogram)?.dataPoints ?? []) {
          const names = attributes.map(({ key }) => key).filter((key) => key !== "time_unit")
          assert.sameMembers(names, [...documented?.attributes ?? []], name)
          // Their values come from the program, so that there are only so many series: no corp, member or chat.
          for (const { value } of attributes) {
            assert.notMatch(String(Object.values(value)[0]), new RegExp(`${defaultCorp.corpId}|zhangsan|[0-9a-f]{16}`))
          }
        }
      }
      // The others take odd answers, other processes, a broken store, an hour, or a bot on its long connection.
      const missing = [...metrics.keys()].filter((name) => !exported.has(name ?? ""))
      assert.sameMembers(missing, [
        "wecom_answers_mended_total",
        "wecom_callbacks_mended_total",
        "wecom_token_renewals_total",
        "wecom_token_lock_wait",
        "wecom_token_store_failures_total",
        "wecom_limiter_store_failures_total",
        "wecom_robot_connections_total",
        "wecom_robot_frames_total",
        "wecom_robot_events_total",
        "wecom_robot_feedback_total"
      ])

      assert.isNotEmpty(tokens)
      const markers = [secret, key, message, Sender.corp.token, Sender.corp.encodingAesKey, ...tokens].flatMap(forms)
      const leaks = markers.filter((marker) => received.some(({ text }) => text.includes(marker)))
      assert.deepStrictEqual(leaks, [])
      // What is searched would be found.
      assert.isTrue(received.some(({ text }) => text.includes("count members")))
    }), 30_000)
})

describe("metrics of tokens", () => {
  it.effect("tell who renewed, and how long the others waited", () =>
    Effect.gen(function*() {
      let fetched = 0
      const source: TokenSource = {
        key: "app:ww1:0",
        fetch: Effect.gen(function*() {
          yield* Effect.sleep("200 millis")
          return { value: Redacted.make(`T${++fetched}`), expiresIn: 7200 }
        })
      }
      // Two processes on one store.
      const [one, other] = yield* Effect.all(
        [0, 1].map(() => Effect.map(Layer.build(Layer.fresh(TokenCache.layer)), Context.get(TokenCache)))
      )
      assert.isDefined(one)
      assert.isDefined(other)
      const both = Effect.gen(function*() {
        const getting = yield* Effect.forkChild(Effect.all([one.get(source), other.get(source)], { concurrency: 2 }))
        yield* TestClock.adjust("1 second")
        return (yield* Fiber.join(getting)).map(Redacted.value)
      })
      assert.deepStrictEqual(yield* both, ["T1", "T1"])
      const waits = yield* Metric.value(TokenCache.lockWaits)
      assert.strictEqual(waits.count, 1)
      assert.isAtLeast(waits.max, 200)
      yield* TestClock.adjust("2 hours")
      assert.deepStrictEqual(yield* both, ["T2", "T2"])
      const renewals = (outcome: string) =>
        Effect.map(Metric.value(Metric.withAttributes(TokenCache.renewals, { outcome })), ({ count }) => count)
      assert.deepStrictEqual(
        [yield* renewals("renewed"), yield* renewals("adopted"), yield* renewals("failed")],
        [1, 1, 0]
      )
      assert.strictEqual((yield* Metric.value(TokenCache.fetches)).count, 2)
    }).pipe(Effect.provide(TokenStore.layerMemory), Effect.provideService(Metric.MetricRegistry, new Map())))
})
