/**
 * The example of a third-party suite, on the simulator: from the first ticket to the day that a corp removes it; in
 * memory, and on a private Redis.
 */
import { NodeRedis } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Logger, Redacted } from "effect"
import type { TestContext } from "vitest"
import { callbacks, services, welcome } from "../../examples/third-party.ts"
import type { Departments } from "../../src/contacts/Departments.ts"
import type { Messages } from "../../src/messages/Messages.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { StoreError } from "../../src/StoreError.ts"
import type { AppDirectory } from "../../src/tenants/AppDirectory.ts"
import { PermanentCodes } from "../../src/tenants/PermanentCodes.ts"
import * as RedisPermanentCodes from "../../src/tenants/RedisPermanentCodes.ts"
import * as RedisSuiteTickets from "../../src/tenants/RedisSuiteTickets.ts"
import { SuiteTickets } from "../../src/tenants/SuiteTickets.ts"
import type { SuiteAuthorisation } from "../../src/third-party/SuiteAuthorisation.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { serve } from "../support/backend.ts"
import { needsRedis, startRedis } from "../support/redis.ts"

const suiteId = "ww-suite"
const callback = {
  url: "http://provider.test/wecom/suite",
  token: Redacted.make("suiteCallbackToken"),
  encodingAesKey: Redacted.make("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
}

const simulated = Simulator.layer({
  corps: [
    { corpId: "ww1", name: "甲", apps: [], departments: [{ id: 2, name: "研发部" }], members: [{ userid: "a1" }] },
    { corpId: "ww2", name: "乙", apps: [], members: [{ userid: "b1" }] }
  ],
  suites: [{ suiteId, secret: "suite-secret", callback }]
}).pipe(Layer.provideMerge(NodeCallbackCrypto.layer))

const turn = Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve)))

const story = Effect.gen(function*() {
  const simulator = yield* Simulator
  const suite = yield* SuiteTickets.suite({ suiteId, suiteSecret: Redacted.make("suite-secret") })
  const inboxOf = Effect.fnUntraced(function*(corpId: string, userid: string) {
    const member = yield* simulator.member(userid, { corpId })
    return (yield* member.inbox).map(({ content }) => content)
  })
  type Services = SuiteAuthorisation | Departments | Messages | AppDirectory
  const asProvider = <A, E, R>(effect: Effect.Effect<A, E, R | Services>) => Effect.provide(effect, services(suite))

  yield* asProvider(Effect.gen(function*() {
    // Until a ticket comes, no token of the suite can be fetched.
    const early = yield* Effect.flip(suite.suiteTicket)
    assert.strictEqual(early.reason._tag, "RequestInvalid")
    assert.match(early.message, /suite_ticket: none was pushed for the suite ww-suite/)
    assert.strictEqual((yield* Effect.flip(welcome("ww1"))).reason._tag, "RequestInvalid")

    yield* serve(callbacks(suite, {
      path: "/wecom/suite",
      accounts: { token: callback.token, encodingAesKey: callback.encodingAesKey, receiveIds: [suiteId] }
    }))
    const { install, resetPermanentCode, uninstall } = yield* simulator.suite(suiteId)
    // The first one is pushed as soon as callbacks are let out.
    yield* turn.pipe(Effect.andThen(suite.suiteTicket), Effect.retry({ times: 1000 }))

    for (const corpId of ["ww1", "ww2"]) {
      const delivery = yield* install(corpId)
      assert.isTrue(delivery.acknowledged)
      assert.strictEqual(delivery.attempts[0]?.body, "success")
    }
    yield* Effect.all([welcome("ww1"), welcome("ww2")], { concurrency: 2 })
    assert.deepStrictEqual(yield* inboxOf("ww1", "a1"), [{ content: "已开通，共 2 个部门" }])
    assert.deepStrictEqual(yield* inboxOf("ww2", "b1"), [{ content: "已开通，共 1 个部门" }])

    // Three tokens: the suite's, and one for each corp.
    const tokens = ["get_suite_token", "get_corp_token"].map((name) => simulator.calls(`/cgi-bin/service/${name}`))
    assert.deepStrictEqual((yield* Effect.all(tokens)).map((calls) => calls.length), [1, 2])

    // All tokens end at once: each is fetched anew, and the work goes on.
    yield* simulator.expireTokens()
    yield* welcome("ww1")
    assert.lengthOf(yield* inboxOf("ww1", "a1"), 2)

    yield* resetPermanentCode("ww2")
    yield* welcome("ww2")
    assert.lengthOf(yield* inboxOf("ww2", "b1"), 2)

    assert.isTrue((yield* uninstall("ww1")).acknowledged)
    assert.match((yield* Effect.flip(welcome("ww1"))).message, /no app of the corp ww1 is known/)
    yield* welcome("ww2")
  }))
}).pipe(
  Effect.provide(TokenCache.layerMemory),
  Effect.provide(Logger.layer([]))
)

describe("the example of a third-party suite", () => {
  it.effect("receives its tickets, is installed, works in each corp as that corp, and is removed", () =>
    story.pipe(
      Effect.provide([SuiteTickets.layerMemory, PermanentCodes.layerMemory]),
      Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, simulated))
    ))

  it.live("keeps what an installation gave although the store fails at first", () => {
    let failing = 2
    const codes = Layer.effect(
      PermanentCodes,
      Effect.map(PermanentCodes, (store) => ({
        ...store,
        put: (...code: Parameters<typeof store.put>) =>
          Effect.suspend(() =>
            failing-- > 0
              ? Effect.fail(new StoreError({ store: "permanent codes", operation: "put", description: "down" }))
              : store.put(...code)
          )
      }))
    ).pipe(Layer.provide(PermanentCodes.layerMemory))
    return story.pipe(
      Effect.provide([SuiteTickets.layerMemory, codes]),
      Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, simulated))
    )
  })

  it.live("does so on Redis, where another process finds everything", (context: TestContext) => {
    needsRedis(context)
    return Effect.gen(function*() {
      const server = yield* Effect.acquireRelease(
        Effect.promise(() => startRedis("--appendonly", "yes")),
        (server) => Effect.promise(() => server[Symbol.asyncDispose]())
      )
      const stores = Layer.mergeAll(RedisSuiteTickets.layer(), RedisPermanentCodes.layer()).pipe(
        Layer.provide(NodeRedis.layer({ url: server.url }))
      )
      yield* story.pipe(
        Effect.provide(stores),
        Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, simulated))
      )
      yield* Effect.gen(function*() {
        const codes = yield* PermanentCodes
        const tickets = yield* SuiteTickets
        assert.strictEqual((yield* codes.get(suiteId, "ww1"))._tag, "None")
        assert.strictEqual((yield* codes.get(suiteId, "ww2"))._tag, "Some")
        assert.isNotEmpty(Redacted.value(yield* tickets.get(suiteId)))
      }).pipe(Effect.provide(Layer.fresh(stores)))
    }).pipe(Effect.scoped)
  })
})
