import { Effect, Redacted } from "effect"
import * as CallbackRouter from "effect-wecom/callback/CallbackRouter"

export const callbacks = CallbackRouter.layer({
  path: "/wecom",
  accounts: { token: Redacted.make("t"), encodingAesKey: Redacted.make("k"), receiveIds: ["ww1"] },
  handlers: {
    text: () => Effect.void,
    "event/click": () => Effect.void
  },
  fallback: () => Effect.void
})
