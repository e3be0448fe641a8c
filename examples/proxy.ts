import { ProxyAgent } from "@effect/platform-node/Undici"
import { Config, Effect, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Departments } from "effect-wecom/contacts"
import { NodeClient } from "effect-wecom/node"
import { HttpClient } from "effect/http"

// #region proxy
/** Every call leaves through the proxy, whose address is the one among the trusted IPs. */
const throughProxy = Layer.effect(
  HttpClient.HttpClient,
  Effect.gen(function*() {
    const proxy = yield* Config.NonEmptyString("WECOM_PROXY")
    const agent = yield* Effect.acquireRelease(
      Effect.sync(() => new ProxyAgent(proxy)),
      (agent) => Effect.promise(() => agent.close())
    )
    return NodeClient.make(agent)
  })
)

export const departments = Departments.layer.pipe(
  Layer.provide(WeComClient.layerConfig()),
  Layer.provide(TokenCache.layerMemory),
  Layer.provide(throughProxy)
)
// #endregion
