import { Context, Effect, Layer, ManagedRuntime } from "effect"
import { type CallbackReceiver, CallbackReply } from "effect-wecom/callback"
import { NodeCallbackCrypto, NodeCallbackHandler } from "effect-wecom/node"
import type { RequestListener } from "node:http"

class Handler extends Context.Service<Handler, RequestListener>()("example/Handler") {}

/**
 * A `(request, response)` handler for `node:http`, Express, Koa and NestJS, before any body parser:
 * `app.all("/wecom/callback", await make(account, answer).handler)`. `answer` needs no Effect.
 */
export const make = (account: CallbackReceiver.Account, answer: (userid: string, text: string) => Promise<string>) => {
  const handler = NodeCallbackHandler.make({
    path: "/wecom/callback",
    accounts: account,
    handlers: {
      text: ({ Content, FromUserName }) =>
        Effect.map(Effect.tryPromise(() => answer(FromUserName, Content)), CallbackReply.text)
    },
    fallback: (event) => Effect.log(`not handled: ${event}`)
  })
  const runtime = ManagedRuntime.make(Layer.effect(Handler, handler).pipe(Layer.provide(NodeCallbackCrypto.layer)))
  return { handler: runtime.runPromise(Handler), close: () => runtime.dispose() }
}
