/** What the promise facade takes from the runtime. `#promise/platform` in package.json chooses between the two. */
import type * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import type * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type { CallbackCrypto } from "../callback/CallbackCrypto.ts"
import type * as NodeCallbackHandler from "../node/NodeCallbackHandler.ts"
import type { TokenStore } from "../token/TokenStore.ts"

/** The parts that differ between Node and runtimes without its modules. */
export interface Platform {
  readonly http: Layer.Layer<HttpClient.HttpClient>
  readonly crypto: Layer.Layer<CallbackCrypto>
  /** Where it is `undefined`, there is none. */
  readonly redis: ((url: Redacted.Redacted) => Layer.Layer<TokenStore>) | undefined
  readonly makeHandler: typeof NodeCallbackHandler.make | undefined
}

/** Loads the parts. */
export type LoadPlatform = Effect.Effect<Platform>
