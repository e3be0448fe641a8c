import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { Departments } from "effect-wecom/contacts/Departments"
import { TokenCache } from "effect-wecom/token/TokenCache"
import * as WeComApp from "effect-wecom/WeComApp"
import { WeComClient } from "effect-wecom/WeComClient"
import { corpId, secret } from "../calls/Contender.ts"
import { answer } from "../Process.ts"

const runtimeOf = (baseUrl: string) =>
  ManagedRuntime.make(
    Departments.layer.pipe(
      Layer.provide(WeComClient.layer(WeComApp.secret({ corpId, secret: Redacted.make(secret), baseUrl }))),
      Layer.provide(TokenCache.layerMemory),
      Layer.provide(NodeHttpClient.layerUndiciNoDispatcher),
      // 10,000 callers at once, through no more sockets than a server takes.
      Layer.provide(NodeHttpClient.layerDispatcherOptions({ connections: 64 }))
    )
  )

let runtime: ReturnType<typeof runtimeOf> | undefined

// Answers how many of the concurrent calls succeeded.
answer<{ readonly url: string; readonly callers: number }, number>(({ callers, url }) =>
  (runtime ??= runtimeOf(url)).runPromise(Effect.gen(function*() {
    const departments = yield* Departments
    const lists = yield* Effect.all(Array.from({ length: callers }, () => departments.list()), {
      concurrency: "unbounded"
    })
    return lists.filter((list) => list.length === 5).length
  }))
)
