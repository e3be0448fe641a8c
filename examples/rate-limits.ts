import { NodeHttpClient, NodeRedis } from "@effect/platform-node"
import { Effect, Layer, Redacted } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { CircuitBreaker, RateLimits } from "effect-wecom/limits"
import { Message } from "effect-wecom/messages"
import { GroupRobot } from "effect-wecom/robot"
import { RateLimiter } from "effect/persistence"

// #region limits
/** Where all processes count; in one process `RateLimits.keepInMemory()` needs none. */
const counts = RateLimiter.layer.pipe(
  Layer.provide(RateLimiter.layerStoreRedis({ prefix: "wecom:limits:" })),
  Layer.provide(NodeRedis.layer({ url: "redis://localhost:6379" }))
)

/** No change in callers: limits and breaker go around a client, or around a robot. */
export const client = WeComClient.layerConfig().pipe(
  CircuitBreaker.guard(),
  RateLimits.keep(),
  Layer.provide(counts),
  Layer.provide(TokenCache.layerMemory),
  Layer.provide(NodeHttpClient.layerUndici)
)
// #endregion

// #region patience
/** 100 messages to a robot, which takes 20 a minute: each waits for its turn, for as long as its deadline allows. */
export const announce = Effect.gen(function*() {
  const robot = yield* GroupRobot
  yield* Effect.forEach(
    Array.from({ length: 100 }, (_, index) => Message.text(`message ${index}`)),
    (message) => robot.send(message),
    { concurrency: "unbounded", discard: true }
  ).pipe(WeComClient.withOptions({ deadline: "10 minutes" }))
})
// #endregion

/** The robot of a key, within the same limits. */
export const robot = GroupRobot.layer({ key: Redacted.make("the key of its webhook") }).pipe(
  RateLimits.keep(),
  Layer.provide(counts),
  Layer.provide(NodeHttpClient.layerUndici)
)

// #region own
/** The documented limits for a corp with 500 accounts, of which this program may use a half; above them it fails. */
export const half = RateLimits.keep({
  limits: RateLimits.documented({ accounts: 500 }).map((limit) => ({ ...limit, limit: limit.limit / 2 })),
  onExceeded: "fail"
})
// #endregion
