import { Effect, Redacted } from "effect"
import { CallbackReply } from "effect-wecom/callback"
import { app, replyText } from "./Contender.ts"

/** What both of ours do. */
export const options = {
  accounts: {
    token: Redacted.make(app.token),
    encodingAesKey: Redacted.make(app.encodingAesKey),
    receiveIds: [app.corpId]
  },
  handlers: { text: () => Effect.succeed(CallbackReply.text(replyText)) },
  fallback: () => Effect.void
}
