import { assert, describe, it } from "@effect/vitest"
import "effect-wecom/labels"
import { Cause, Effect, Exit, Fiber, Layer, Metric, Redacted, Schema } from "effect"
import { TestClock } from "effect/testing"
import { Departments } from "../src/contacts/Departments.ts"
import * as Endpoint from "../src/Endpoint.ts"
import { TokenCache } from "../src/token/TokenCache.ts"
import { WeComApp } from "../src/WeComApp.ts"
import { type AttemptMiddleware, WeComClient } from "../src/WeComClient.ts"
import { TransportFailed, WeComError } from "../src/WeComError.ts"
import * as Wire from "../src/Wire.ts"
import { type Answer, cannedClient } from "./support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002 })
const token = { errcode: 0, errmsg: "ok", access_token: "T1", expires_in: 7200 }

/** The departments service over canned answers; `gettoken` is always granted. */
const setup = (
  answer: Answer,
  caller: WeComApp = app,
  middlewares: ReadonlyArray<AttemptMiddleware> = []
) => {
  let tokens = 0
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { ...token, access_token: `T${++tokens}` } : answer(call)
  )
  const layer = Departments.layer.pipe(
    Layer.provideMerge(
      middlewares.reduceRight((layer, one) => WeComClient.around(one)(layer), WeComClient.layer(caller))
    ),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return { ...client, layer }
}

const list = Effect.flatMap(Departments, (departments) => departments.list())

/** Runs an effect while the clock moves on, so that retries and deadlines pass. */
const hurried = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.forkChild(effect, { startImmediately: true })
    // In small steps, each with a moment of real time, since bodies are read and keys hashed in real time.
    while (fiber.pollUnsafe() === undefined) {
      yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 1)))
      yield* TestClock.adjust("20 millis")
    }
    return yield* Fiber.join(fiber)
  })

const fails = (answer: Answer) => {
  const { count, layer } = setup(answer)
  return Effect.map(
    Effect.provide(Effect.flip(hurried(list)), layer),
    (error) => ({ error, sent: count("/cgi-bin/department/list") })
  )
}

describe("WeComClient", () => {
  it.effect("sends the token in the query, and decodes the answer", () => {
    const { calls, layer } = setup(() => ({ errcode: 0, department: [{ id: 1, parentid: 0, order: 3 }] }))
    return Effect.gen(function*() {
      const departments = yield* list
      assert.deepStrictEqual(departments.map(({ id }) => id), [1])
      assert.strictEqual(calls[1]?.query.get("access_token"), "T1")
    }).pipe(Effect.provide(layer))
  })

  it.effect("counts calls in the series that those of its metrics with attributes name", () => {
    const { layer } = setup(() => ({ errcode: 0, department: [] }))
    const endpoint = "GET /cgi-bin/department/list"
    return Effect.gen(function*() {
      const ended = Metric.value(Metric.withAttributes(WeComClient.calls, { endpoint, outcome: "ok" }))
      const took = Metric.value(Metric.withAttributes(WeComClient.latency, { endpoint }))
      yield* Effect.zip(list, list)
      assert.deepStrictEqual([(yield* ended).count, (yield* took).count], [2, 2])
    }).pipe(Effect.provide(layer), Effect.provideService(Metric.MetricRegistry, new Map()))
  })

  it.effect("takes a body without errcode that decodes as a success", () => {
    const { layer } = setup(() => ({ department: [] }))
    return Effect.map(Effect.provide(list, layer), (departments) => assert.deepStrictEqual(departments, []))
  })

  it.effect("keeps an added field or value of the vendor from breaking anything", () => {
    const { layer } = setup(() => ({ errcode: 0, department: [{ id: 1, parentid: 0, novel: { x: 1 }, name: null }] }))
    return Effect.map(Effect.provide(list, layer), ([department]) => assert.isUndefined(department?.name))
  })

  for (const code of [40014, 42001]) {
    it.effect(`replaces the token once on ${code}`, () => {
      const { calls, count, layer } = setup(({ query }) =>
        query.get("access_token") === "T1" ? { errcode: code, errmsg: "ended" } : { errcode: 0, department: [] }
      )
      return Effect.gen(function*() {
        yield* list
        assert.strictEqual(count("/cgi-bin/gettoken"), 2)
        assert.strictEqual(calls.at(-1)?.query.get("access_token"), "T2")
      }).pipe(Effect.provide(layer))
    })

    it.effect(`gives up when the fresh token is refused too (${code})`, () => {
      const { count, layer } = setup(() => ({ errcode: code, errmsg: "ended" }))
      return Effect.gen(function*() {
        const error = yield* Effect.flip(list)
        assert.strictEqual(error.reason._tag, "CredentialRejected")
        assert.strictEqual(count("/cgi-bin/department/list"), 2)
        assert.strictEqual(count("/cgi-bin/gettoken"), 2)
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("never loops on a wrong secret", () => {
    const client = cannedClient(() => ({ errcode: 40001, errmsg: "invalid credential" }))
    return Effect.gen(function*() {
      const error = yield* Effect.flip(list)
      assert.strictEqual(error.endpoint, "GET /cgi-bin/gettoken")
      assert.strictEqual(error.reason._tag, "CredentialRejected")
      assert.strictEqual(client.calls.length, 1)
    }).pipe(Effect.provide(
      Departments.layer.pipe(
        Layer.provide(WeComClient.layer(app)),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(client.layer)
      )
    ))
  })

  it.effect("repeats -1 three times at most", () =>
    Effect.gen(function*() {
      const { error, sent } = yield* fails(() => ({ errcode: -1, errmsg: "system busy" }))
      assert.strictEqual(error.reason._tag, "ServiceBusy")
      assert.strictEqual(sent, 4)
    }))

  it.effect("does not repeat 45009 inside its window", () =>
    Effect.gen(function*() {
      const { error, sent } = yield* fails(() => ({ errcode: 45009, errmsg: "api freq out of limit" }))
      assert.strictEqual(error.reason._tag, "RateLimited")
      assert.strictEqual(sent, 1)
    }))

  it.effect("names the errcode, its label, hint and help page", () =>
    Effect.gen(function*() {
      const { error } = yield* fails(() => ({
        errcode: 60003,
        errmsg: "department not found, hint: [1576065934_28_e0fa], from ip: 10.0.0.1, more info at https://x/?e=60003"
      }))
      assert.strictEqual(error.reason._tag, "ApiFailed")
      if (error.reason._tag !== "ApiFailed") return
      assert.strictEqual(error.reason.errmsg, "department not found")
      assert.strictEqual(error.reason.hint, "1576065934_28_e0fa")
      assert.strictEqual(error.reason.fromIp, "10.0.0.1")
      assert.match(error.message, /^GET \/cgi-bin\/department\/list: ApiFailed: errcode 60003 .+: department not found/)
    }))

  it.effect("handles one errcode and leaves the others", () => {
    const { layer } = setup(() => ({ errcode: 60003, errmsg: "department not found" }))
    return Effect.gen(function*() {
      assert.strictEqual(yield* list.pipe(WeComError.catchCode(60003, () => Effect.succeed("none"))), "none")
      const error = yield* Effect.flip(list.pipe(WeComError.catchCode([1, 2], () => Effect.succeed("none"))))
      assert.strictEqual(error.errcode, 60003)
      const reason = yield* list.pipe(
        Effect.as("ok"),
        Effect.catchReason("WeComError", "ApiFailed", (reason) => Effect.succeed(`failed ${reason.errcode}`))
      )
      assert.strictEqual(reason, "failed 60003")
    }).pipe(Effect.provide(layer))
  })

  const html = new Response("<html>bad gateway</html>", { status: 502, headers: { "content-type": "text/html" } })
  for (
    const [what, answer, field] of [
      ["HTML of a gateway", () => html.clone(), ""],
      ["truncated JSON", () => new Response("{\"errcode\":0,\"depart"), ""],
      ["an empty body", () => new Response(""), ""],
      [
        "a body that does not decode",
        () => ({ errcode: 0, department: [{ id: "x", parentid: 1 }] }),
        "department[0].id"
      ],
      ["an errcode that is no number", () => ({ errcode: "many", errmsg: "?" }), "errcode"]
    ] as const
  ) {
    it.effect(`says ResponseInvalid for ${what}`, () =>
      Effect.gen(function*() {
        const { error } = yield* fails(answer)
        assert.strictEqual(error.reason._tag, "ResponseInvalid")
        if (error.reason._tag === "ResponseInvalid") assert.strictEqual(error.reason.issues[0]?.field, field)
      }))
  }

  it.effect("says ApiFailed for an errcode that nobody knows", () =>
    Effect.gen(function*() {
      const { error } = yield* fails(() => ({ errcode: 98765432, errmsg: "novel" }))
      assert.strictEqual(error.reason._tag, "ApiFailed")
    }))

  it.effect("keeps its deadline over all retries, and a longer one where asked", () => {
    const { layer } = setup(() => Effect.as(Effect.sleep("12 seconds"), { errcode: 0, department: [] }))
    return Effect.gen(function*() {
      const error = yield* Effect.flip(hurried(list))
      assert.isTrue(error.reason._tag === "TransportFailed" && error.reason.timedOut)
      assert.deepStrictEqual(yield* hurried(list.pipe(WeComClient.withOptions({ deadline: "1 minute" }))), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("runs without retries where the policy is removed", () => {
    const { count, layer } = setup(() => ({ errcode: -1, errmsg: "system busy" }))
    return Effect.gen(function*() {
      yield* Effect.flip(list.pipe(Effect.provideService(WeComClient.RetryPolicy, undefined)))
      assert.strictEqual(count("/cgi-bin/department/list"), 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses before sending, naming endpoint and field", () => {
    const { calls, layer } = setup(() => ({}))
    return Effect.gen(function*() {
      const departments = yield* Departments
      const fraction = yield* Effect.flip(departments.list({ id: 1.5 }))
      assert.strictEqual(fraction.endpoint, "GET /cgi-bin/department/list")
      assert.isTrue(fraction.reason._tag === "RequestInvalid" && fraction.reason.issues[0]?.field === "id")
      const misspelt = yield* Effect.flip(departments.list({ idd: 1 } as never))
      assert.isTrue(misspelt.reason._tag === "RequestInvalid" && misspelt.reason.issues[0]?.field === "idd")
      assert.strictEqual(calls.length, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("runs a user's own endpoint", () => {
    const { calls, layer } = setup(() => ({ errcode: 0, job_id: 6899287783354824502n.toString() }))
    const start = Endpoint.post(
      "/cgi-bin/novel/start",
      { doc: 1, agent: true, int64: ["serial"] },
      () => ({
        query: { mode: Schema.optionalKey(Schema.String) },
        body: { agentid: Wire.optional(Wire.int), serial: Wire.int64 },
        success: Endpoint.pluck("job_id", Schema.String)
      })
    )
    return Effect.gen(function*() {
      const client = yield* WeComClient
      const id = yield* client.execute(start)({ serial: "6899287783354824502", mode: "fast" })
      assert.strictEqual(id, "6899287783354824502")
      const { query, request } = calls[1]!
      assert.strictEqual(query.get("mode"), "fast")
      const sent = request.body._tag === "Uint8Array" ? new TextDecoder().decode(request.body.body) : ""
      assert.match(sent, /"serial":6899287783354824502[,}]/)
      assert.match(sent, /"agentid":1000002[,}]/)
    }).pipe(Effect.provide(layer))
  })

  it.effect("asks for the agent id that is nowhere, by its variable", () => {
    const start = Endpoint.post("/cgi-bin/novel/start", { doc: 1, agent: true }, () => ({
      body: { agentid: Wire.optional(Wire.int) }
    }))
    const { layer } = setup(() => ({}), WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush") }))
    return Effect.gen(function*() {
      const client = yield* WeComClient
      const error = yield* Effect.flip(client.execute(start)())
      assert.match(error.message, /agentid: .*WECOM_AGENT_ID/)
    }).pipe(Effect.provide(layer))
  })

  it.effect("keeps tenants apart: merged, nested and interleaved", () => {
    const tenants = Array.from(
      { length: 50 },
      (_, i) => WeComApp.secret({ corpId: `ww${i}`, secret: Redacted.make(`secret-${i}`) })
    )
    const seen: Array<string> = []
    const client = cannedClient(({ path, query }) =>
      Effect.gen(function*() {
        yield* Effect.yieldNow
        if (path === "/cgi-bin/gettoken") {
          assert.strictEqual(query.get("corpsecret"), query.get("corpid")?.replace("ww", "secret-"))
          return { ...token, access_token: `token-of-${query.get("corpid")}` }
        }
        seen.push(`${query.get("id")} ${query.get("access_token")}`)
        return { errcode: 0, department: [{ id: Number(query.get("id")), parentid: 0 }] }
      })
    )
    const infrastructure = Layer.merge(TokenCache.layerMemory, client.layer)
    const as = (i: number) =>
      Layer.provide(Departments.layer, Layer.provide(WeComClient.layer(tenants[i]!), infrastructure))
    const call = (i: number) => Effect.flatMap(Departments, (departments) => departments.list({ id: i }))
    return Effect.gen(function*() {
      // Nested: the inner app's layer serves inside, the outer's outside.
      yield* call(1).pipe(
        Effect.andThen(Effect.provide(call(2), as(2))),
        Effect.andThen(call(1)),
        Effect.provide(as(1))
      )
      // One client, a thousand interleaved calls.
      yield* Effect.forEach(
        Array.from({ length: 1000 }, (_, i) => i % 50),
        (i) => call(i).pipe(WeComApp.use(tenants[i]!)),
        { concurrency: "unbounded", discard: true }
      ).pipe(Effect.provide(as(0)))
      assert.strictEqual(seen.length, 1003)
      for (const line of seen) {
        const [id, token] = line.split(" ")
        assert.strictEqual(token, `token-of-ww${id}`)
      }
      assert.strictEqual(client.count("/cgi-bin/gettoken"), 52)
    })
  })

  it.effect("lets a provider replace the fetching of tokens", () => {
    let current = "outside-1"
    const provided = WeComApp.provided({
      corpId: "ww1",
      tokens: {
        app: {
          get: Effect.sync(() => Redacted.make(current)),
          invalidate: () => Effect.sync(() => current = "outside-2")
        }
      }
    })
    const { calls, layer } = setup(
      ({ query }) =>
        query.get("access_token") === "outside-1"
          ? { errcode: 42001, errmsg: "ended" }
          : { errcode: 0, department: [] },
      provided
    )
    return Effect.gen(function*() {
      yield* list
      assert.deepStrictEqual(calls.map(({ query }) => query.get("access_token")), ["outside-1", "outside-2"])
    }).pipe(Effect.provide(layer))
  })

  it.effect("verifies credentials at start", () => {
    const client = cannedClient(({ query }) =>
      query.get("corpsecret") === "hush" ? token : { errcode: 40001, errmsg: "invalid credential" }
    )
    return Effect.gen(function*() {
      yield* WeComClient.verify(app)
      const wrong = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("wrong") })
      const error = yield* Effect.flip(WeComClient.verify(wrong))
      assert.strictEqual(error.reason._tag, "CredentialRejected")
    }).pipe(Effect.provide(Layer.merge(TokenCache.layerMemory, client.layer)))
  })

  it.effect("retries a broken connection of idempotent calls only", () => {
    const post = Endpoint.post("/cgi-bin/novel/post", 1, () => ({}))
    const attempts: Array<string> = []
    const { count, layer } = setup(() => Effect.die("never asked"), app, [
      ({ endpoint }) =>
        Effect.fail(
          new WeComError({
            endpoint: endpoint.name,
            reason: new TransportFailed({
              description: "reset",
              timedOut: false,
              repeatable: endpoint.idempotent
            })
          })
        ).pipe(Effect.tapError(() => Effect.sync(() => attempts.push(endpoint.path))))
    ])
    return Effect.gen(function*() {
      const client = yield* WeComClient
      yield* Effect.flip(hurried(list))
      yield* Effect.flip(hurried(client.execute(post)()))
      assert.strictEqual(attempts.filter((path) => path === "/cgi-bin/department/list").length, 4)
      assert.strictEqual(attempts.filter((path) => path === "/cgi-bin/novel/post").length, 1)
      assert.strictEqual(count("/cgi-bin/novel/post"), 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("stops the request also when the caller is interrupted while it goes out", () => {
    let ended = false
    let caller: Fiber.Fiber<unknown, unknown> | undefined
    const { count, layer } = setup(() =>
      Effect.onInterrupt(
        Effect.suspend(() => {
          caller?.interruptUnsafe()
          return Effect.never
        }),
        () => Effect.sync(() => ended = true)
      )
    )
    return Effect.gen(function*() {
      // With a token at hand the request goes out before the caller hears of it.
      yield* Effect.flatMap(WeComClient, (client) => client.token())
      caller = yield* Effect.forkChild(Effect.suspend(() => list))
      const exit = yield* Fiber.await(caller)
      assert.isTrue(Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause))
      assert.deepStrictEqual([count("/cgi-bin/department/list"), ended], [1, true])
    }).pipe(Effect.provide(layer))
  })

  it.effect("stops the request when the caller is interrupted", () => {
    let ended = false
    const { count, layer } = setup(() => Effect.onInterrupt(Effect.never, () => Effect.sync(() => ended = true)))
    return Effect.gen(function*() {
      const fiber = yield* Effect.forkChild(list, { startImmediately: true })
      while (count("/cgi-bin/department/list") === 0) {
        yield* Effect.promise(() => new Promise((resolve) => setTimeout(resolve, 1)))
      }
      const exit = yield* Fiber.interrupt(fiber).pipe(Effect.andThen(Fiber.await(fiber)))
      assert.isTrue(Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause))
      assert.isTrue(ended)
    }).pipe(Effect.provide(layer))
  })
})
