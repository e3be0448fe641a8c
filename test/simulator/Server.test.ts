import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const base = HttpServer.addressFormattedWith(Effect.succeed)

const credentials = "corpid=ww5a1d0e5c0ffee001&corpsecret=simulated-app-secret-0123456789abcdefghijkl"

/** With Node's own fetch: nothing of ours on this side. */
const json = (url: string, init?: RequestInit) =>
  Effect.promise(async () => {
    const response = await fetch(url, init)
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      body: await response.json() as Record<string, unknown>
    }
  })

layer(SimulatorServer.layer())("the HTTP face", (it) => {
  it.effect("serves the same state as the socket-free one", () =>
    Effect.gen(function*() {
      const url = yield* base
      const granted = yield* json(`${url}/cgi-bin/gettoken?${credentials}`)
      assert.strictEqual(granted.status, 200)
      assert.strictEqual(granted.type, "application/json; charset=UTF-8")
      const created = yield* json(`${url}/cgi-bin/department/create?access_token=${granted.body.access_token}`, {
        method: "POST",
        body: JSON.stringify({ name: "网络部", parentid: 1, id: 50 })
      })
      assert.deepStrictEqual(created.body, { errcode: 0, errmsg: "ok", id: 50 })
      const { world } = yield* Simulator
      assert.strictEqual(world.corps.get("ww5a1d0e5c0ffee001")?.departments.get(50)?.name, "网络部")
    }))

  it.effect("knows its own address before it is called", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      assert.strictEqual(world.origin, yield* base)
      assert.match(world.origin, /^http:\/\/127\.0\.0\.1:\d+$/)
    }))

  it.effect("answers 404 where there is no such endpoint", () =>
    Effect.gen(function*() {
      const url = yield* base
      const response = yield* Effect.promise(() => fetch(`${url}/cgi-bin/nothing/here`))
      assert.strictEqual(response.status, 404)
    }))

  it.effect("answers 502 with a page, truncated JSON or a broken connection where it is told to", () =>
    Effect.gen(function*() {
      const url = `${yield* base}/cgi-bin/gettoken?${credentials}`
      const simulator = yield* Simulator
      yield* simulator.inject({ fault: Fault.status(502), times: 1 })
      const page = yield* Effect.promise(() => fetch(url))
      assert.strictEqual(page.status, 502)
      assert.match(yield* Effect.promise(() => page.text()), /^<html>/)
      yield* simulator.inject({ fault: Fault.truncated, times: 1 })
      const cut = yield* Effect.promise(() => fetch(url).then((response) => response.text()))
      assert.throws(() => JSON.parse(cut))
      yield* simulator.inject({ fault: Fault.reset(), times: 1 })
      const reset = yield* Effect.promise(() => fetch(url).then((response) => response.text()).catch(() => "broken"))
      assert.strictEqual(reset, "broken")
      assert.strictEqual((yield* json(url)).body.errcode, 0)
    }))
})
