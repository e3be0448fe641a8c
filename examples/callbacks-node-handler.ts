import { NodeHttpServer } from "@effect/platform-node"
import { Context, Effect, Layer, ManagedRuntime } from "effect"
import { type CallbackReceiver, CallbackReply, CallbackRouter } from "effect-wecom/callback"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { HttpRouter } from "effect/http"
import type { RequestListener } from "node:http"

class Handler extends Context.Service<Handler, RequestListener>()("example/Handler") {}

/**
 * A `(request, response)` handler as `node:http`, Express, Koa and NestJS take it, before any parser of bodies:
 * `app.all("/wecom/callback", await make(account, answer).handler)`. What answers a text knows nothing of Effect.
 */
export const make = (account: CallbackReceiver.Account, answer: (userid: string, text: string) => Promise<string>) => {
  const callbacks = CallbackRouter.layer({
    path: "/wecom/callback",
    accounts: account,
    handlers: {
      text: ({ Content, FromUserName }) =>
        Effect.map(Effect.tryPromise(() => answer(FromUserName, Content)), CallbackReply.text)
    },
    fallback: (event) => Effect.log(`not handled: ${event}`)
  })
  const handler = Effect.gen(function*() {
    const app = yield* HttpRouter.toHttpEffect(callbacks)
    return yield* NodeHttpServer.makeHandler(app, { scope: yield* Effect.scope })
  })
  const runtime = ManagedRuntime.make(Layer.effect(Handler, handler).pipe(Layer.provide(NodeCallbackCrypto.layer)))
  return { handler: runtime.runPromise(Handler), close: () => runtime.dispose() }
}
