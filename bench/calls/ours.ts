import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { Departments, Users } from "effect-wecom/contacts"
import { Message, Messages } from "effect-wecom/messages"
import { NodeClient } from "effect-wecom/node"
import { answer } from "../Process.ts"
import { agentId, type Call, content, corpId, type Question, roundMillis, secret, user } from "./Contender.ts"
import { crowded } from "./crowded.ts"

const runtimeOf = (baseUrl: string, lean: boolean) =>
  ManagedRuntime.make(
    Layer.mergeAll(Departments.layer, Messages.layer, Users.layer).pipe(
      Layer.provide(WeComClient.layer(WeComApp.secret({ corpId, secret: Redacted.make(secret), agentId, baseUrl }))),
      Layer.provide(TokenCache.layerMemory),
      Layer.provide(lean ? NodeClient.layer() : NodeHttpClient.layerUndici)
    )
  )

const round = (call: Call, atOnce: number) =>
  Effect.gen(function*() {
    const departments = yield* Departments
    const messages = yield* Messages
    const users = yield* Users
    const start = performance.now()
    let count = 0
    const caller = Effect.gen(function*() {
      while (performance.now() - start < roundMillis) {
        if (call === "list") yield* departments.list()
        else if (call === "page") yield* users.list({ department_id: 1 })
        else yield* messages.send(Message.text(content).to({ users: [user] }))
        count++
      }
    })
    yield* Effect.all(Array.from({ length: atOnce }, () => caller), { concurrency: "unbounded", discard: true })
    return count / (performance.now() - start) * 1000
  })

let runtime: ReturnType<typeof runtimeOf> | undefined
answer<Question, number>(({ atOnce = 1, call, lean = false, services = 0, url }) =>
  (runtime ??= runtimeOf(url, lean)).runPromise(round(call, atOnce).pipe(crowded(services)))
)
