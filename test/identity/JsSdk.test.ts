import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { createHash } from "node:crypto"
import { inspect } from "node:util"
import { JsSdk } from "../../src/identity/JsSdk.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { type TokenProvider, WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { type Answer, type Call, cannedClient } from "../support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002 })
const page = "https://app.example.com/审批?id=7&back=%2Fhome"

const sha1 = (ticket: string, signed: { readonly nonceStr: string; readonly timestamp: number }, url: string) =>
  createHash("sha1")
    .update(`jsapi_ticket=${ticket}&noncestr=${signed.nonceStr}&timestamp=${signed.timestamp}&url=${url}`)
    .digest("hex")

/** The service over canned answers: tickets are `corp-1`, `corp-2`, ... and `agent-1`, ... */
const setup = (caller: WeComApp = app, answer: Answer = () => undefined) => {
  const given = { token: 0, corp: 0, agent: 0 }
  const grant = (kind: "corp" | "agent") => ({ errcode: 0, ticket: `${kind}-${++given[kind]}`, expires_in: 7200 })
  const client = cannedClient((call: Call) =>
    answer(call) ?? (call.path === "/cgi-bin/gettoken"
      ? { errcode: 0, access_token: `T${++given.token}`, expires_in: 7200 }
      : grant(call.path === "/cgi-bin/ticket/get" ? "agent" : "corp"))
  )
  const layer = JsSdk.layer.pipe(
    Layer.provideMerge(WeComClient.layer(caller)),
    Layer.provideMerge(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return { ...client, run: <A, E>(effect: Effect.Effect<A, E, JsSdk>) => Effect.provide(effect, layer) }
}

describe("the signature", () => {
  it("is that of the official example", () => {
    const options = {
      ticket: Redacted.make("sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"),
      nonceStr: "Wm3WZYTPz0wzccnW",
      timestamp: 1414587457,
      url: "http://mp.weixin.qq.com?params=value"
    }
    assert.strictEqual(JsSdk.signature(options), "0f9de62fce790f9a083d5c99e95740ceb90c27ed")
    const withFragment = { ...options, url: `${options.url}#/route?x=1#y` }
    assert.strictEqual(JsSdk.signature(withFragment), "0f9de62fce790f9a083d5c99e95740ceb90c27ed")
  })
})

describe("signing a page", () => {
  it.effect("with the corp's ticket gives what wx.config needs", () => {
    const { run } = setup()
    const sign = Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const signed = yield* jssdk.signConfig(`${page}#top`)
      assert.sameMembers(Object.keys(signed), ["appId", "nonceStr", "signature", "timestamp"])
      assert.strictEqual(signed.appId, "ww1")
      assert.strictEqual(signed.timestamp, 1_700_000_000)
      assert.match(signed.nonceStr, /^[A-Za-z0-9]{16}$/)
      assert.strictEqual(signed.signature, sha1("corp-1", signed, page))
      const again = yield* jssdk.signConfig(page)
      assert.notStrictEqual(again.nonceStr, signed.nonceStr)
    })
    return Effect.andThen(TestClock.setTime(1_700_000_000_999), run(sign))
  })

  it.effect("with the app's ticket gives what wx.agentConfig needs", () => {
    const { calls, run } = setup()
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const signed = yield* jssdk.signAgentConfig(new URL("https://app.example.com/a?b=1#c"))
      assert.deepStrictEqual(
        { corpid: signed.corpid, agentid: signed.agentid, signature: signed.signature },
        { corpid: "ww1", agentid: 1000002, signature: sha1("agent-1", signed, "https://app.example.com/a?b=1") }
      )
      assert.strictEqual(calls.at(-1)?.query.get("type"), "agent_config")
      assert.strictEqual((yield* jssdk.signAgentConfig(page, { agentid: 1000009 })).agentid, 1000009)
    }))
  })

  it.effect("without an agent id says where one belongs", () => {
    const { count, run } = setup(WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush") }))
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const error = yield* Effect.flip(jssdk.signAgentConfig(page))
      assert.strictEqual(
        error.message,
        "GET /cgi-bin/ticket/get: RequestInvalid: agentid: the app has no agent id: set WECOM_AGENT_ID, or pass `agentid`"
      )
      assert.strictEqual(count("/cgi-bin/ticket/get"), 0)
    }))
  })
})

describe("tickets", () => {
  it.effect("are fetched once under any number of callers, each kind and each app for itself", () => {
    const { count, run } = setup()
    const other = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("other"), agentId: 1000003 })
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const both = Effect.all([jssdk.signConfig(page), jssdk.signAgentConfig(page)], { concurrency: 2 })
      yield* Effect.all(Array.from({ length: 500 }, () => both), { concurrency: "unbounded" })
      assert.strictEqual(count("/cgi-bin/get_jsapi_ticket"), 1)
      assert.strictEqual(count("/cgi-bin/ticket/get"), 1)
      const [, agent] = yield* WeComApp.use(other)(both)
      assert.strictEqual(agent.signature, sha1("agent-2", agent, page))
      assert.strictEqual(count("/cgi-bin/get_jsapi_ticket"), 2)
    }))
  })

  it.effect("are renewed as the app that they belong to, ahead of their end", () => {
    const { calls, count, run } = setup()
    const other = WeComApp.secret({ corpId: "ww2", secret: Redacted.make("other") })
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const first = yield* WeComApp.use(other)(jssdk.signConfig(page))
      assert.strictEqual(first.appId, "ww2")
      for (let i = 0; i < 8; i++) yield* TestClock.adjust("15 minutes")
      const next = yield* WeComApp.use(other)(jssdk.signConfig(page))
      assert.strictEqual(next.signature, sha1("corp-2", next, page))
      assert.strictEqual(count("/cgi-bin/get_jsapi_ticket"), 2)
      const corps = calls.filter(({ path }) => path === "/cgi-bin/gettoken").map(({ query }) => query.get("corpid"))
      assert.deepStrictEqual(new Set(corps), new Set(["ww2"]))
    }))
  })

  it.effect("that a page saw refused are replaced, but only while they are the current ones", () => {
    const { count, run } = setup()
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const signed = yield* jssdk.signConfig(page)
      const agentSigned = yield* jssdk.signAgentConfig(page)
      for (let i = 0; i < 5; i++) {
        yield* jssdk.refused(page, signed)
        yield* jssdk.signConfig(page)
      }
      assert.strictEqual(count("/cgi-bin/get_jsapi_ticket"), 2)
      assert.strictEqual(count("/cgi-bin/ticket/get"), 1)
      yield* jssdk.refused(page, agentSigned)
      const fresh = yield* jssdk.signAgentConfig(page)
      assert.strictEqual(fresh.signature, sha1("agent-2", fresh, page))
      yield* jssdk.refused(page, { ...fresh, signature: "0".repeat(40) })
      yield* jssdk.signAgentConfig(page)
      assert.strictEqual(count("/cgi-bin/ticket/get"), 2)
    }))
  })

  it.effect("are fetched with a fresh token where the old one has ended", () => {
    const { count, run } = setup(
      app,
      ({ path, query }) =>
        path !== "/cgi-bin/gettoken" && query.get("access_token") === "T1" ? { errcode: 42001 } : undefined
    )
    return run(Effect.gen(function*() {
      yield* (yield* JsSdk).signConfig(page)
      assert.strictEqual(count("/cgi-bin/gettoken"), 2)
    }))
  })

  it.effect("come from the caller's own source where there is one", () => {
    let current = "mine-1"
    const refused: Array<string> = []
    const provider: TokenProvider = {
      get: Effect.sync(() => Redacted.make(current)),
      invalidate: (ticket) =>
        Effect.sync(() => {
          refused.push(Redacted.value(ticket))
          current = "mine-2"
        })
    }
    const { calls, run } = setup(
      WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), tokens: { jsapiTicket: provider } })
    )
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const signed = yield* jssdk.signConfig(page)
      assert.strictEqual(signed.signature, sha1("mine-1", signed, page))
      yield* jssdk.refused(page, signed)
      const next = yield* jssdk.signConfig(page)
      assert.strictEqual(next.signature, sha1("mine-2", next, page))
      assert.deepStrictEqual(refused, ["mine-1"])
      assert.lengthOf(calls, 0)
    }))
  })

  it.effect("show nothing of themselves", () => {
    const { run } = setup()
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const ticket = yield* jssdk.getJsapiTicket()
      const shown = [inspect(ticket, { depth: 9 }), JSON.stringify(ticket), String(ticket)]
      shown.push(inspect(yield* jssdk.signConfig(page), { depth: 9 }))
      for (const text of shown) assert.notInclude(text, "corp-")
    }))
  })
})

describe("launch codes", () => {
  it.effect("open a chat with a member", () => {
    const { calls, run } = setup(
      app,
      ({ path }) => path === "/cgi-bin/get_launch_code" ? { errcode: 0, launch_code: "C1" } : undefined
    )
    return run(Effect.gen(function*() {
      const jssdk = yield* JsSdk
      const body = { operator_userid: "zhangsan", single_chat: { userid: "lisi" } }
      assert.strictEqual(yield* jssdk.getLaunchCode(body), "C1")
      assert.deepStrictEqual(calls.at(-1)?.body, body)
    }))
  })
})

it.effect("one method can stand for the service in a test", () =>
  Effect.gen(function*() {
    const signed = yield* (yield* JsSdk).signConfig(page)
    assert.strictEqual(signed.signature, "s")
  }).pipe(Effect.provide(Layer.mock(JsSdk, {
    signConfig: () => Effect.succeed({ appId: "ww1", timestamp: 1, nonceStr: "n", signature: "s" })
  }))))
