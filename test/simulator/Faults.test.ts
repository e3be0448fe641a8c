import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, post, token } from "./raw.ts"

const fresh = (options?: Parameters<typeof Simulator.layer>[0]) =>
  Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer(options)))

const path = "/cgi-bin/department/list"

const raw = Effect.flatMap(
  token,
  (token) =>
    Effect.flatMap(
      HttpClient.get(`https://qyapi.weixin.qq.com${path}?access_token=${token}`),
      (response) => Effect.map(response.text, (text) => ({ status: response.status, text }))
    )
)

const create = (name: string) => (token: string) =>
  post(`/cgi-bin/department/create?access_token=${token}`, { name, parentid: 1 })

describe("faults", () => {
  it.effect("answer an errcode, and nothing is done", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const value = yield* token
      yield* simulator.inject({ fault: Fault.errcode(-1), times: 1 })
      const answer = yield* create("甲")(value)
      assert.strictEqual(answer.errcode, -1)
      assert.match(answer.errmsg, /^系统繁忙, hint: /)
      assert.strictEqual((yield* create("甲")(value)).errcode, 0)
      assert.deepStrictEqual(
        (yield* simulator.calls("/cgi-bin/department/create")).map(({ errcode, fault }) => [fault, errcode]),
        [["Errcode", -1], [undefined, undefined]]
      )
    }).pipe(fresh()))

  it.effect("strike one endpoint, by path or by verb and path, as often as they are asked to", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* simulator.inject({ fault: Fault.errcode(45009), endpoint: path, times: 2 })
      yield* simulator.inject({ fault: Fault.errcode(42001), endpoint: `GET ${path}` })
      const codes: Array<number> = []
      for (let i = 0; i < 4; i++) codes.push((yield* called.get(path)).errcode)
      assert.deepStrictEqual(codes, [45009, 45009, 42001, 42001])
      assert.lengthOf(yield* simulator.faults, 1)
      yield* simulator.clearFaults
      assert.strictEqual((yield* called.get(path)).errcode, 0)
    }).pipe(fresh()))

  it.effect("are counted by how the calls ended, also those that the journal has forgotten", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const faults = [Fault.errcode(45009), Fault.status(), Fault.truncated, Fault.reset(), Fault.reset({ done: true })]
      for (const fault of faults) yield* simulator.inject({ fault, endpoint: path, times: 1 })
      for (let i = 0; i < 9; i++) yield* Effect.ignore(raw)
      assert.deepStrictEqual((yield* simulator.counts)[`GET ${path}`], {
        "45009": 1,
        "HTTP 502": 1,
        Truncated: 1,
        Reset: 2,
        ok: 4
      })
      assert.isBelow((yield* simulator.calls(path)).length, 9)
      yield* simulator.clearJournal
      assert.deepStrictEqual(yield* simulator.counts, {})
    }).pipe(fresh({ keep: 4 })))

  it.effect("answer a gateway's page, or JSON that ends in the middle", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* simulator.inject({ fault: Fault.status(), endpoint: path, times: 1 })
      const page = yield* raw
      assert.strictEqual(page.status, 502)
      assert.match(page.text, /^<html>/)
      yield* simulator.inject({ fault: Fault.truncated, endpoint: path, times: 1 })
      const cut = yield* raw
      assert.strictEqual(cut.status, 200)
      assert.match(cut.text, /^\{"errcode":0/)
      assert.throws(() => JSON.parse(cut.text))
    }).pipe(fresh()))

  it.effect("break the connection before anything is done, or after", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const value = yield* token
      const { departments } = [...simulator.world.corps.values()][0]!
      const before = departments.size
      yield* simulator.inject({ fault: Fault.reset(), times: 1 })
      assert.strictEqual((yield* Effect.exit(create("甲")(value)))._tag, "Failure")
      assert.strictEqual(departments.size, before)
      yield* simulator.inject({ fault: Fault.reset({ done: true }), times: 1 })
      assert.strictEqual((yield* Effect.exit(create("乙")(value)))._tag, "Failure")
      assert.strictEqual(departments.size, before + 1)
    }).pipe(fresh()))

  it.effect("let calls stand still for a while", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* token
      yield* simulator.inject({ fault: Fault.stall("3 seconds"), times: 1 })
      const call = yield* Effect.forkChild(raw)
      yield* TestClock.adjust("2999 millis")
      assert.strictEqual(call.pollUnsafe(), undefined)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual((yield* Fiber.join(call)).status, 200)
    }).pipe(fresh()))

  it.effect("strike by chance as often as they are told to, and the same way for the same seed", () => {
    const run = (seed: string) =>
      Effect.gen(function*() {
        const simulator = yield* Simulator
        yield* token
        yield* simulator.inject({ fault: Fault.errcode(-1), endpoint: path, probability: 0.25 })
        const struck: Array<boolean> = []
        for (let i = 0; i < 400; i++) struck.push((yield* called.get(path)).errcode !== 0)
        return struck
      }).pipe(fresh({ seed }))
    return Effect.gen(function*() {
      const first = yield* run("a")
      assert.deepStrictEqual(yield* run("a"), first)
      assert.notDeepEqual(yield* run("b"), first)
      const share = first.filter(Boolean).length / first.length
      assert.isAbove(share, 0.18)
      assert.isBelow(share, 0.32)
    })
  })
})

it.effect("latency holds every answer back", () =>
  Effect.gen(function*() {
    const simulator = yield* Simulator
    const call = yield* Effect.forkChild(token)
    yield* TestClock.adjust("199 millis")
    assert.strictEqual(call.pollUnsafe(), undefined)
    yield* TestClock.adjust("1 millis")
    yield* Fiber.join(call)
    const [entry] = yield* simulator.journal
    assert.strictEqual(entry?.duration, 200)
  }).pipe(fresh({ latency: "200 millis" })))
