/** 微信客服 on canned answers. */
import { Layer, Redacted } from "effect"
import { KfMessages } from "../../src/customer-service/KfMessages.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

/** The service on canned answers; `calls` are what was sent, tokens aside. */
export const canned = (answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("S"), agentId: 1 })
  const layer = KfMessages.layer.pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return { layer, calls: () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken") }
}
