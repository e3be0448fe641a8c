import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Redacted, Schema } from "effect"
import { TestClock } from "effect/testing"
import * as Endpoint from "../../src/Endpoint.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { type Answer, cannedClient } from "../support/canned.ts"
import { until } from "../support/until.ts"

const getPreAuthCode = Endpoint.get("/cgi-bin/service/get_pre_auth_code", { doc: 90601, credential: "suite" }, () => ({
  success: Schema.Struct({ pre_auth_code: Schema.String })
}))
const getAdmins = Endpoint.post("/cgi-bin/agent/novel", 1, () => ({}))
const getLoginInfo = Endpoint.post("/cgi-bin/service/novel", { doc: 1, credential: "provider" }, () => ({}))

const suite = WeComApp.suite({
  suiteId: "ww-suite",
  suiteSecret: Redacted.make("suite-secret"),
  suiteTicket: Effect.succeed(Redacted.make("ticket-1"))
})
const installed = WeComApp.authorised(suite, { corpId: "ww-corp", permanentCode: Redacted.make("code-1") })

const setup = (app: WeComApp, answer: Answer) => {
  const client = cannedClient(answer)
  return {
    ...client,
    layer: WeComClient.layer(app).pipe(Layer.provide(TokenCache.layerMemory), Layer.provide(client.layer))
  }
}

describe("Credential", () => {
  it.effect("fetches a suite's token with its ticket, and a corp's with its permanent code", () => {
    const { calls, layer } = setup(installed, ({ path }) =>
      path === "/cgi-bin/service/get_suite_token"
        ? { suite_access_token: "S1", expires_in: 7200 }
        : path === "/cgi-bin/service/get_corp_token"
        ? { access_token: "C1", expires_in: 7200 }
        : { errcode: 0, pre_auth_code: "P1" })
    return Effect.gen(function*() {
      const client = yield* WeComClient
      yield* client.execute(getAdmins)()
      yield* client.execute(getPreAuthCode)()
      assert.deepStrictEqual(
        calls.map(({ body, path, query }) => [path.split("/").at(-1), Object.fromEntries(query), body]),
        [
          ["get_suite_token", {}, { suite_id: "ww-suite", suite_secret: "suite-secret", suite_ticket: "ticket-1" }],
          ["get_corp_token", { suite_access_token: "S1" }, { auth_corpid: "ww-corp", permanent_code: "code-1" }],
          ["novel", { access_token: "C1" }, undefined],
          ["get_pre_auth_code", { suite_access_token: "S1" }, undefined]
        ]
      )
    }).pipe(Effect.provide(layer))
  })

  for (const code of [40082, 42009]) {
    it.effect(`replaces a suite token that has ended (${code}) on the way to a corp's`, () => {
      let suites = 0
      const { count, layer } = setup(installed, ({ path, query }) =>
        path === "/cgi-bin/service/get_suite_token"
          ? { suite_access_token: `S${++suites}`, expires_in: 7200 }
          : query.get("suite_access_token") === "S1"
          ? { errcode: code, errmsg: "suite token ended" }
          : { access_token: "C1", expires_in: 7200 })
      return Effect.gen(function*() {
        const client = yield* WeComClient
        yield* client.execute(getAdmins)()
        assert.strictEqual(count("/cgi-bin/service/get_suite_token"), 2)
        assert.strictEqual(count("/cgi-bin/service/get_corp_token"), 2)
      }).pipe(Effect.provide(layer))
    })
  }

  it.effect("uses the permanent code of an app from a template as its secret", () => {
    const { calls, layer } = setup(
      WeComApp.template({ corpId: "ww-corp", suiteId: "dk1", permanentCode: Redacted.make("code-2") }),
      () => ({ errcode: 0, access_token: "C2", expires_in: 7200 })
    )
    return Effect.gen(function*() {
      yield* (yield* WeComClient).execute(getAdmins)()
      assert.strictEqual(calls[0]?.query.get("corpsecret"), "code-2")
    }).pipe(Effect.provide(layer))
  })

  it.effect("fetches a provider's token", () => {
    const { calls, layer } = setup(
      WeComApp.provider({ corpId: "ww-provider", providerSecret: Redacted.make("provider-secret") }),
      ({ path }) => path.endsWith("get_provider_token") ? { provider_access_token: "P1", expires_in: 7200 } : {}
    )
    return Effect.gen(function*() {
      yield* (yield* WeComClient).execute(getLoginInfo)()
      assert.deepStrictEqual(calls[0]?.body, { corpid: "ww-provider", provider_secret: "provider-secret" })
      assert.strictEqual(calls[1]?.query.get("provider_access_token"), "P1")
    }).pipe(Effect.provide(layer))
  })

  it.effect("says which token an app cannot have, before anything is sent", () => {
    const { calls, layer } = setup(suite, () => ({}))
    return Effect.gen(function*() {
      const error = yield* Effect.flip((yield* WeComClient).execute(getAdmins)())
      assert.match(error.message, /a Suite app has no access_token/)
      assert.strictEqual(calls.length, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("asks a second time for a token that does not come, early enough for the calls that wait for it", () => {
    let stalled = 0
    const { calls, count, layer } = setup(
      WeComApp.secret({ corpId: "ww1", secret: Redacted.make("s") }),
      ({ path }) =>
        path === "/cgi-bin/gettoken" && ++stalled === 1
          ? Effect.never
          : { errcode: 0, access_token: "T", expires_in: 7200 }
    )
    return Effect.gen(function*() {
      const client = yield* WeComClient
      const waiting = yield* Effect.forkChild(
        Effect.forEach([1, 2, 3], () => client.execute(getAdmins)(), { concurrency: "unbounded" })
      )
      yield* until(Effect.sync(() => stalled === 1))
      yield* TestClock.adjust("4 seconds")
      assert.lengthOf(calls, 1)
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(waiting)
      assert.strictEqual(count("/cgi-bin/gettoken"), 2)
      assert.strictEqual(count("/cgi-bin/agent/novel"), 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("gives up a server that only stalls, lest later calls wait for what the first has begun", () => {
    const { calls, layer } = setup(WeComApp.secret({ corpId: "ww1", secret: Redacted.make("s") }), () => Effect.never)
    return Effect.gen(function*() {
      const client = yield* WeComClient
      const call = yield* Effect.forkChild(
        Effect.flip(
          client.execute(getAdmins)().pipe(
            WeComClient.withOptions({ deadline: "1 minute" }),
            Effect.provideService(WeComClient.RetryPolicy, undefined)
          )
        )
      )
      yield* until(Effect.sync(() => calls.length === 1))
      yield* TestClock.adjust("15 seconds")
      const error = yield* Fiber.join(call)
      assert.strictEqual(error.message, "GET /cgi-bin/gettoken: TransportFailed: no answer within 15s")
      assert.isTrue(error.isRetryable)
    }).pipe(Effect.provide(layer))
  })
})
