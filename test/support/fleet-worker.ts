/**
 * One process of a fleet: for every line on its input it makes that many calls at once, and says how they ended. Its
 * budgets for the store last so many times as long as they should, lest a machine that is busy look like a Redis that is.
 */
import { NodeHttpClient, NodeRedis } from "@effect/platform-node"
import { Cause, Clock, Context, Duration, Effect, Exit, Layer, ManagedRuntime, Redacted } from "effect"
import { HttpClient } from "effect/http"
import { createInterface } from "node:readline"
import { Departments } from "../../src/contacts/Departments.ts"
import * as RedisTokenStore from "../../src/token/RedisTokenStore.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"

const [baseUrl, redisUrl, patience = "1"] = process.argv.slice(2)

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("secret"), baseUrl })
/** A thousand callers share a few connections, as they do to the real server; what fetches tokens is not behind them. */
const http = Layer.effect(
  HttpClient.HttpClient,
  Effect.gen(function*() {
    const connections = (count: number) =>
      Effect.map(
        Layer.build(Layer.fresh(NodeHttpClient.layerUndiciOptions({ connections: count }))),
        (services) => Context.get(services, HttpClient.HttpClient)
      )
    const many = yield* connections(16)
    const one = yield* connections(1)
    return HttpClient.make((request) => (request.url.endsWith("/gettoken") ? one : many).execute(request))
  })
)

const runtime = ManagedRuntime.make(
  Departments.layer.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layer),
    Layer.provide(RedisTokenStore.layer()),
    Layer.provide(NodeRedis.layer({ url: redisUrl ?? "" })),
    Layer.provide(http)
  )
)

/** A clock by which everything waits longer. */
const patient = Effect.clockWith((clock) =>
  Effect.succeed<Clock.Clock>(Object.assign(Object.create(clock), {
    sleep: (duration: Duration.Duration) => clock.sleep(Duration.times(duration, Number(patience)))
  }))
)

const calls = (count: number) =>
  Effect.gen(function*() {
    const departments = yield* Departments
    const exits = yield* Effect.forEach(
      Array.from({ length: count }),
      () => Effect.exit(departments.list().pipe(WeComClient.withOptions({ deadline: "5 minutes" }))),
      { concurrency: "unbounded" }
    )
    const failures = exits.filter(Exit.isFailure).map((exit) => Cause.pretty(exit.cause).split("\n")[0])
    return { ok: exits.length - failures.length, failures: [...new Set(failures)] }
  })

const answer = (count: number) =>
  Effect.flatMap(patient, (clock) => Effect.provideService(calls(count), Clock.Clock, clock))

await runtime.runPromise(Departments)
console.log("ready")
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await runtime.runPromise(answer(Number(line)))))
}
await runtime.dispose()
process.exit(0)
