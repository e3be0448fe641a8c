import { NodeHttpClient, NodeHttpServer, NodeRedis, NodeRuntime } from "@effect/platform-node"
import { Config, Effect, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { CallbackInbox } from "effect-wecom/callback"
import { CircuitBreaker, RateLimits } from "effect-wecom/limits"
import { Messages } from "effect-wecom/messages"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { RedisTokenStore } from "effect-wecom/token"
import { HttpRouter } from "effect/http"
import { RateLimiter } from "effect/persistence"
import { createServer } from "node:http"
import { receiving, working } from "./callback-inbox.ts"

// #region fleet
/** Tokens and counts: what is lost here is fetched or counted again. */
const cache = NodeRedis.layerConfig({ url: Config.NonEmptyString("REDIS_URL") })

/** Events that wait for their handler: `appendonly yes`, `appendfsync always`, `maxmemory-policy noeviction`. */
const durable = NodeRedis.layerConfig({ url: Config.NonEmptyString("INBOX_REDIS_URL") })

/** One token and one count of each limit for all processes. */
const client = WeComClient.layerConfig().pipe(
  CircuitBreaker.guard(),
  RateLimits.keep(),
  Layer.provide([TokenCache.layer, RateLimiter.layer]),
  Layer.provide([RedisTokenStore.layer(), RateLimiter.layerStoreRedis({ prefix: "wecom:limits:" })]),
  Layer.provide([cache, NodeHttpClient.layerUndici])
)

/** One inbox for all processes: any of them stores what WeCom sends to it, and any handles what is stored. */
const inbox = CallbackInbox.layerRedis().pipe(Layer.provide(durable))
// #endregion

const account = Config.all({
  token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
  encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY"),
  receiveIds: Config.map(Config.NonEmptyString("WECOM_CORP_ID"), (corpId) => [corpId])
})

const routes = Layer.unwrap(Effect.map(account, (accounts) => receiving({ path: "/wecom/callback", accounts })))

Layer.merge(HttpRouter.serve(routes), working).pipe(
  Layer.provide([inbox, Messages.layer.pipe(Layer.provide(client)), NodeCallbackCrypto.layer]),
  Layer.provide(NodeHttpServer.layerConfig(createServer, { port: Config.withDefault(Config.Port("PORT"), 8080) })),
  Layer.launch,
  NodeRuntime.runMain
)
