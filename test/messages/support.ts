/**
 * Services of messages over canned answers.
 */
import { Effect, Layer, Redacted } from "effect"
import { AppChats } from "../../src/messages/AppChats.ts"
import { LinkedCorpMessages } from "../../src/messages/LinkedCorpMessages.ts"
import { Messages } from "../../src/messages/Messages.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002 })

/** The services over canned answers; `gettoken` is always granted. */
export const setup = (answer: Answer = () => ({ errcode: 0, errmsg: "ok", msgid: "M1" })) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken"
      ? { errcode: 0, access_token: "T", expires_in: 7200 }
      : answer(call)
  )
  const layer = Layer.mergeAll(Messages.layer, AppChats.layer, LinkedCorpMessages.layer).pipe(
    Layer.provideMerge(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return { ...client, layer, sent: () => client.calls.find((call) => call.path !== "/cgi-bin/gettoken")?.body }
}

type Services = Messages | AppChats | LinkedCorpMessages

/** What a call sends, as JSON. */
export const sends = <A>(call: Effect.Effect<A, WeComError, Services>): Effect.Effect<unknown> => {
  const { layer, sent } = setup()
  return call.pipe(Effect.provide(layer), Effect.orDie, Effect.map(sent))
}

/** The fields that a call is refused for, before anything is sent. */
export const refused = <A>(
  call: Effect.Effect<A, WeComError, Services>
): Effect.Effect<ReadonlyArray<string>> => {
  const { calls, layer } = setup()
  return Effect.flip(call).pipe(
    Effect.provide(layer),
    Effect.map(({ reason }) => {
      if (reason._tag !== "RequestInvalid") throw new Error(`failed with ${reason._tag}`)
      if (calls.some(({ path }) => path !== "/cgi-bin/gettoken")) throw new Error("it was sent")
      return reason.issues.map(({ field, message }) => `${field}: ${message}`)
    }),
    Effect.orDie
  )
}
