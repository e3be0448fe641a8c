/**
 * One process of a fleet that shares a group robot: for every line on its input, `{ count, seconds }`, it sends that many
 * messages at once, each within that time, and says how they ended, and how often it has counted alone for its Redis was slow.
 */
import { NodeHttpClient, NodeRedis } from "@effect/platform-node"
import { Duration, Effect, Exit, Layer, ManagedRuntime, Metric, Redacted } from "effect"
import { RateLimiter } from "effect/persistence"
import { createInterface } from "node:readline"
import * as RateLimits from "../../src/limits/RateLimits.ts"
import * as Message from "../../src/messages/Message.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import { WeComClient } from "../../src/WeComClient.ts"

const [baseUrl, redisUrl = "", key = "", limit, window, cooldown] = process.argv.slice(2)

const runtime = ManagedRuntime.make(
  GroupRobot.layer({ key: Redacted.make(key), baseUrl }).pipe(
    RateLimits.keep({
      limits: [{ ...RateLimits.robot, limit: Number(limit), window: Duration.millis(Number(window)) }],
      cooldown: Duration.millis(Number(cooldown))
    }),
    Layer.provide(RateLimiter.layer),
    Layer.provide(RateLimiter.layerStoreRedis({ prefix: "wecom:limits:" })),
    Layer.provide(NodeRedis.layer({ url: redisUrl })),
    Layer.provide(NodeHttpClient.layerUndici)
  )
)

const send = ({ count, seconds }: { readonly count: number; readonly seconds: number }) =>
  Effect.gen(function*() {
    const robot = yield* GroupRobot
    const message = Message.text(`from ${process.pid}`)
    const exits = yield* Effect.forEach(
      Array.from({ length: count }),
      () => Effect.exit(robot.send(message).pipe(WeComClient.withOptions({ deadline: Duration.seconds(seconds) }))),
      { concurrency: "unbounded" }
    )
    const failures = exits.filter(Exit.isFailure).map((exit) => String(exit.cause))
    const { count: alone } = yield* Metric.value(RateLimits.storeFailures)
    return { ok: exits.length - failures.length, failures: [...new Set(failures)], alone }
  })

await runtime.runPromise(GroupRobot)
console.log("ready")
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await runtime.runPromise(send(JSON.parse(line)))))
}
await runtime.dispose()
process.exit(0)
