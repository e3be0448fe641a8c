/**
 * The examples of docs/testing.md.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { conversation, refusal, renewal, wecom } from "../../examples/testing.ts"
import { freePort } from "../support/redis.ts"
import { start } from "./child.ts"

describe("examples/testing.ts", () => {
  it.effect("lets a member write, and read the answer", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* conversation, {
        acknowledged: true,
        reply: undefined,
        texts: [{ content: "已受理：报修" }]
      })
    }).pipe(Effect.provide(wecom)))

  // One that hangs ends at the test's own time limit.
  it.effect("ends under a clock that stands still, 200 times of 200", () =>
    Effect.gen(function*() {
      for (let run = 0; run < 200; run++) {
        const { texts } = yield* Effect.provide(conversation, Layer.fresh(wecom))
        const tokens = yield* Effect.provide(renewal, Layer.fresh(wecom))
        assert.deepStrictEqual([texts.length, tokens], [1, 2])
      }
    }))

  it.effect("refuses what it is told to", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* refusal, { reason: "PermissionDenied", calls: 1 })
    }).pipe(Effect.provide(wecom)))

  it.effect("ends tokens", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* renewal, 2)
    }).pipe(Effect.provide(wecom)))
})

describe("examples/simulator-server.ts", () => {
  it.live("serves any program, tells what happened, and does as it is told", () =>
    Effect.gen(function*() {
      const simulator = yield* start("examples/simulator-server.ts", { PORT: `${yield* Effect.promise(freePort)}` })
      const url = yield* simulator.caught(/WeCom is simulated at (\S+)/)
      const call = (path: string, body?: object) =>
        Effect.promise(async () => {
          const init = body === undefined ? {} : {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body)
          }
          const text = await (await fetch(`${url}${path}`, init)).text()
          return JSON.parse(text === "" ? "{}" : text) as { readonly [key: string]: unknown } // JSON
        })
      const login = "/cgi-bin/gettoken?corpid=wwdevelopment&corpsecret=development-secret"
      const { access_token } = yield* call(login)
      const send = (content: string) =>
        call(`/cgi-bin/message/send?access_token=${String(access_token)}`, {
          touser: "zhangsan",
          msgtype: "text",
          agentid: 1000002,
          text: { content }
        })
      assert.strictEqual((yield* send("你好"))["errcode"], 0)

      const now = yield* call("/_simulator/api/page/now?corp=wwdevelopment&id=zhangsan")
      assert.match(JSON.stringify(now["shown"]), /"content":"你好"/)
      assert.match(JSON.stringify(now["journal"]), /"path":"\/cgi-bin\/message\/send"/)

      yield* call("/_simulator/api/faults", {
        fault: "errcode",
        value: 45009,
        endpoint: "/cgi-bin/message/send",
        times: 1
      })
      assert.deepStrictEqual([(yield* send("一"))["errcode"], (yield* send("二"))["errcode"]], [45009, 0])
      yield* call("/_simulator/api/tokens/expire", {})
      assert.strictEqual((yield* send("三"))["errcode"], 42001)
      // Nobody listens where the callbacks of this app go.
      assert.isString((yield* call("/_simulator/api/verify-url", {}))["message"])
    }))
})
