import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import { Effect, Layer, ManagedRuntime, Redacted } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { Departments } from "effect-wecom/contacts"
import { RedisTokenStore } from "effect-wecom/token"
import { corpId, secret } from "../calls/Contender.ts"
import { answer } from "../Process.ts"

/** The server, the Redis to share tokens on, and how many callers at once. Answers how many of their calls succeeded. */
export interface Question {
  readonly url: string
  readonly redis?: string
  readonly callers: number
}

const runtimeOf = ({ redis, url }: Question) =>
  ManagedRuntime.make(
    Departments.layer.pipe(
      Layer.provide(WeComClient.layer(WeComApp.secret({ corpId, secret: Redacted.make(secret), baseUrl: url }))),
      Layer.provide(
        redis === undefined
          ? TokenCache.layerMemory
          : TokenCache.layer.pipe(
            Layer.provide(RedisTokenStore.layer()),
            Layer.provide(Layer.orDie(NodeRedis.layer({ url: redis })))
          )
      ),
      // Thousands of callers at once, through no more sockets than a server takes.
      Layer.provide(NodeHttpClient.layerUndiciOptions({ connections: 64 }))
    )
  )

let runtime: ReturnType<typeof runtimeOf> | undefined

answer<Question, number>((question) =>
  (runtime ??= runtimeOf(question)).runPromise(Effect.gen(function*() {
    const departments = yield* Departments
    const lists = yield* Effect.all(Array.from({ length: question.callers }, () => departments.list()), {
      concurrency: "unbounded"
    })
    return lists.filter((list) => list.length === 5).length
  }))
)
