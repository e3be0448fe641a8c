import { NodeHttpClient, NodeRedis } from "@effect/platform-node"
import { Config, Effect, Layer, Redacted } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { RedisTokenStore } from "effect-wecom/token"

// #region redis
/** All processes on this Redis fetch each token once between them. */
export const shared = WeComClient.layerConfig().pipe(
  Layer.provide(TokenCache.layer),
  Layer.provide(RedisTokenStore.layer()),
  Layer.provide(NodeRedis.layerConfig({ url: Config.NonEmptyString("REDIS_URL") })),
  Layer.provide(NodeHttpClient.layerUndici)
)
// #endregion

// #region provider
/** A token service of your own (中控服务): nothing is ever fetched from WeCom here. */
export const provided = WeComApp.provided({
  corpId: "ww1234567890abcdef",
  tokens: {
    app: {
      get: Effect.sync(() => Redacted.make("the token from your service")),
      invalidate: () => Effect.logInfo("tell your service that WeCom refused it")
    }
  }
})
// #endregion
