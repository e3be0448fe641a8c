import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { Departments } from "effect-wecom/contacts/Departments"
import { TokenCache } from "effect-wecom/token/TokenCache"
import * as WeComApp from "effect-wecom/WeComApp"
import { WeComClient } from "effect-wecom/WeComClient"
import { answer } from "../Process.ts"
import { corpId, type Question, roundMillis, secret } from "./Contender.ts"

const runtimeOf = (baseUrl: string) =>
  ManagedRuntime.make(
    Departments.layer.pipe(
      Layer.provide(WeComClient.layer(WeComApp.secret({ corpId, secret: Redacted.make(secret), baseUrl }))),
      Layer.provide(TokenCache.layerMemory),
      Layer.provide(NodeHttpClient.layerUndici)
    )
  )

const round = Effect.gen(function*() {
  const departments = yield* Departments
  const start = performance.now()
  let count = 0
  while (performance.now() - start < roundMillis) {
    yield* departments.list()
    count++
  }
  return count / (performance.now() - start) * 1000
})

let runtime: ReturnType<typeof runtimeOf> | undefined
answer<Question, number>(({ url }) => (runtime ??= runtimeOf(url)).runPromise(round))
