/**
 * The examples of the README that are parts of programs, run on the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Logger, Option, Redacted } from "effect"
import { HttpServer } from "effect/http"
import * as errors from "../../examples/errors.ts"
import * as mock from "../../examples/mock-a-service.ts"
import * as own from "../../examples/own-endpoint.ts"
import { provided, shared } from "../../examples/shared-tokens.ts"
import * as tenants from "../../examples/tenants.ts"
import { Departments } from "../../src/contacts/Departments.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { route } from "../../src/simulator/engine/Route.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { needsRedis, startRedis } from "../support/redis.ts"

/** What is logged goes into the list. */
const logged = () => {
  const lines: Array<string> = []
  return { lines, layer: Logger.layer([Logger.make(({ message }) => lines.push(String(message)))]) }
}

describe("examples/errors.ts", () => {
  it.effect("handles one errcode and one reason, and goes on", () => {
    const log = logged()
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* errors.program, { found: Option.none(), created: Option.none(), all: 3 })
      assert.match(log.lines.join("\n"), /fix the form/)
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("/cgi-bin/department/get"), 1)
      assert.lengthOf(yield* calls("/cgi-bin/department/create"), 0)
    }).pipe(Effect.provide(Layer.merge(Layer.provideMerge(Departments.layer, Simulator.layerTest()), log.layer)))
  })
})

describe("examples/mock-a-service.ts", () => {
  it.effect("counts nothing on the mock, and the departments of the simulated corp", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* mock.program, { mock: 0, simulator: 3 })
    }))
})

describe("examples/own-endpoint.ts", () => {
  it.effect("is called as any other, and the simulator can be taught it", () => {
    const routes = [route(own.getPerm, ({ input }) => [`${input.userid} may read`])]
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* own.program, ["zhangsan may read"])
    }).pipe(Effect.provide(Simulator.layerTest({ routes })))
  })
})

describe("examples/tenants.ts", () => {
  it.effect("calls for each corp with its own token", () => {
    const corps = ["ww1", "ww2", "ww3"].map((corpId, index) => ({
      corpId,
      apps: [{ agentId: 1000002, secret: `secret-of-${corpId}` }],
      departments: Array.from({ length: index }, (_, department) => ({ id: department + 2, name: `部门${department}` }))
    }))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* tenants.program(["ww1", "ww2", "ww3"]), [["ww1", 1], ["ww2", 2], ["ww3", 3]])
    }).pipe(Effect.provide(Layer.provideMerge(Departments.layer, Simulator.layerTest({ corps }))))
  })
})

describe("examples/shared-tokens.ts", () => {
  it.effect("asks the caller's token service, and tells it what WeCom refuses", () => {
    const log = logged()
    return Effect.gen(function*() {
      const departments = yield* Departments
      const error = yield* Effect.flip(departments.list())
      assert.strictEqual(error.errcode, 40014)
      assert.deepStrictEqual(log.lines.slice(0, 1), ["tell your service that WeCom refused it"])
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("/cgi-bin/gettoken"), 0)
      assert.lengthOf(yield* calls("/cgi-bin/department/list"), 2)
    }).pipe(
      Effect.provide(Departments.layer.pipe(
        Layer.provide(WeComClient.layer(provided)),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(Simulator.layerHttpClient),
        Layer.provideMerge(Simulator.layer()),
        Layer.provideMerge(log.layer)
      ))
    )
  })

  it("fetches one token for every client on one Redis", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    const [app] = defaultCorp.apps
    const program = HttpServer.addressFormattedWith((url) =>
      Effect.gen(function*() {
        const env = ConfigProvider.layer(ConfigProvider.fromEnv({
          env: {
            REDIS_URL: redis.url,
            WECOM_BASE_URL: url,
            WECOM_CORP_ID: defaultCorp.corpId,
            WECOM_CORP_SECRET: Redacted.isRedacted(app?.secret) ? Redacted.value(app.secret) : app?.secret ?? ""
          }
        }))
        const list = Effect.provide(
          Departments.use((departments) => departments.list()),
          Departments.layer.pipe(Layer.provide(shared), Layer.provide(env)),
          { local: true }
        )
        for (let client = 0; client < 3; client++) assert.lengthOf(yield* list, 3)
        const { calls } = yield* Simulator
        assert.lengthOf(yield* calls("/cgi-bin/department/list"), 3)
        assert.lengthOf(yield* calls("/cgi-bin/gettoken"), 1)
      })
    )
    await Effect.runPromise(Effect.provide(program, SimulatorServer.layer()))
  })
})
