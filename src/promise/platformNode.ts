/** For Node, Bun and Deno: undici, `node:crypto`, Redis. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { LoadPlatform } from "./platform.ts"

/** Loaded at the first call: none of it is needed to make the facade. */
export const platform: LoadPlatform = Effect.promise(async () => {
  const [client, crypto, handler] = await Promise.all([
    import("../node/NodeClient.ts"),
    import("../node/NodeCallbackCrypto.ts"),
    import("../node/NodeCallbackHandler.ts"),
    import("../labels/index.ts")
  ])
  return {
    http: client.layer(),
    crypto: crypto.layer,
    makeHandler: handler.make,
    redis: (url) =>
      Layer.unwrap(Effect.promise(async () => {
        const [NodeRedis, RedisTokenStore, PatientRedis] = await Promise.all([
          import("@effect/platform-node/NodeRedis"),
          import("../token/RedisTokenStore.ts"),
          import("../node/PatientRedis.ts")
        ])
        return RedisTokenStore.layer().pipe(
          Layer.provide(PatientRedis.layer(NodeRedis.layer({ url: Redacted.value(url) })))
        )
      }))
  }
})
