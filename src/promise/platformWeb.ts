/** For runtimes without Node's modules, such as Cloudflare Workers: `fetch` and Web Cryptography. */
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import { CallbackCrypto } from "../callback/CallbackCrypto.ts"
import type { LoadPlatform } from "./platform.ts"

/** There is no Redis, and no handler for `node:http`. */
export const platform: LoadPlatform = Effect.succeed({
  http: FetchHttpClient.layer,
  crypto: CallbackCrypto.layerWebCrypto,
  redis: undefined,
  makeHandler: undefined
})
