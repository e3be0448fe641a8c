import { Effect, Layer, Redacted } from "effect"
import { CallbackCrypto, CallbackReply, CallbackRouter } from "effect-wecom/callback"
import { HttpRouter } from "effect/http"

/** The variables and secrets that an edge runtime hands over with each request. */
export interface Env {
  readonly WECOM_CORP_ID: string
  readonly WECOM_CALLBACK_TOKEN: string
  readonly WECOM_CALLBACK_AES_KEY: string
}

/** A `(Request) => Promise<Response>` for any framework and any runtime: Web Cryptography, and nothing of Node. */
export const make = (env: Env) =>
  HttpRouter.toWebHandler(
    CallbackRouter.layer({
      path: "/wecom/callback",
      accounts: {
        token: Redacted.make(env.WECOM_CALLBACK_TOKEN),
        encodingAesKey: Redacted.make(env.WECOM_CALLBACK_AES_KEY),
        receiveIds: [env.WECOM_CORP_ID]
      },
      handlers: {
        "text": (message) => Effect.succeed(CallbackReply.text(`收到：${message.Content}`)),
        "event/enter_agent": (event) => Effect.log(`${event.FromUserName} is here`)
      },
      fallback: (event) => Effect.log(`not handled: ${event}`)
    }).pipe(Layer.provide(CallbackCrypto.layerWebCrypto)),
    { disableLogger: true }
  )

// Made once: it remembers its responses, because WeCom repeats callbacks.
let app: ReturnType<typeof make> | undefined

export default {
  fetch: (request: Request, env: Env): Promise<Response> => (app ??= make(env)).handler(request)
}
