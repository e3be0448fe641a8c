import { Effect, Redacted } from "effect"
import { CallbackRouter } from "effect-wecom/callback"

export const callbacks = CallbackRouter.layer({
  path: "/wecom",
  accounts: { token: Redacted.make("t"), encodingAesKey: Redacted.make("k"), receiveIds: ["ww1"] },
  handlers: {
    text: () => Effect.void,
    "event/click": () => Effect.void
  },
  fallback: () => Effect.void
})
