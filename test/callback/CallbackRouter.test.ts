/**
 * A callback URL: what is answered, what is refused, and when a handler is called.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as NodeCallbackCrypto from "../../src/callback/NodeCallbackCrypto.ts"
import * as Sender from "./sender.ts"

describe("CallbackRouter", () => {
  it.effect("answers the URL check with the decrypted echostr", () =>
    Effect.gen(function*() {
      const send = yield* Sender.serve(
        CallbackRouter.layer({
          path: "/callback",
          accounts: Sender.account(Sender.corp),
          handlers: {
            text: (event) => Effect.succeed(CallbackReply.text(event.Content)),
            "event/click": (event) => Effect.log(event.EventKey)
          },
          fallback: () => Effect.void
        }).pipe(Layer.provide(NodeCallbackCrypto.layer))
      )
      const response = yield* send(Sender.get("12345"))
      assert.strictEqual(response.status, 200)
      assert.strictEqual(yield* Sender.bodyOf(response), "12345")
      const r2 = yield* send(Sender.post(Sender.textMessage("hi")))
      const body = yield* Sender.bodyOf(r2)
      console.log(r2.status, body, Sender.decrypt(Sender.corp, Sender.element(body, "Encrypt")!))
    }))
})
