/**
 * One process of a fleet: for every line on its input it makes that many calls at once, and says how they ended.
 */
import { NodeHttpClient, NodeRedis } from "@effect/platform-node"
import { Cause, Effect, Exit, Layer, ManagedRuntime, Redacted } from "effect"
import { createInterface } from "node:readline"
import { Departments } from "../../src/contacts/Departments.ts"
import * as RedisTokenStore from "../../src/token/RedisTokenStore.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import * as WeComApp from "../../src/WeComApp.ts"
import { WeComClient, withOptions } from "../../src/WeComClient.ts"

const [baseUrl, redisUrl] = process.argv.slice(2)

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("secret"), baseUrl })
const runtime = ManagedRuntime.make(
  Departments.layer.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layer),
    Layer.provide(RedisTokenStore.layer()),
    Layer.provide(NodeRedis.layer({ url: redisUrl ?? "" })),
    // A thousand callers share a few connections, as they do to the real server.
    Layer.provide(NodeHttpClient.layerUndiciOptions({ connections: 16 }))
  )
)

const calls = (count: number) =>
  Effect.gen(function*() {
    const departments = yield* Departments
    const exits = yield* Effect.forEach(
      Array.from({ length: count }),
      () => Effect.exit(departments.list().pipe(withOptions({ deadline: "5 minutes" }))),
      { concurrency: "unbounded" }
    )
    const failures = exits.filter(Exit.isFailure).map((exit) => Cause.pretty(exit.cause).split("\n")[0])
    return { ok: exits.length - failures.length, failures: [...new Set(failures)] }
  })

await runtime.runPromise(Departments)
console.log("ready")
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await runtime.runPromise(calls(Number(line)))))
}
await runtime.dispose()
process.exit(0)
