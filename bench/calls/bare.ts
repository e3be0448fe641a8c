import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, ManagedRuntime, Redacted } from "effect"
import { HttpBody, HttpClient } from "effect/http"
import { answer } from "../Process.ts"
import { body, type Call, listPath, pagePath, type Question, roundMillis, sendPath } from "./Contender.ts"
import { crowded } from "./crowded.ts"

// What one writes by hand without a library: the same request, the JSON of the answer, and nothing else.
const round = (url: string, call: Call, atOnce: number) =>
  Effect.gen(function*() {
    const http = yield* HttpClient.HttpClient
    const token = Redacted.make("token-1")
    const start = performance.now()
    let count = 0
    const caller = Effect.gen(function*() {
      while (performance.now() - start < roundMillis) {
        const urlParams = { access_token: Redacted.value(token) }
        const response = call === "send"
          ? yield* http.post(url + sendPath, { urlParams, body: HttpBody.jsonUnsafe(body()) })
          : yield* http.get(url + (call === "list" ? listPath : pagePath), { urlParams })
        yield* response.json
        count++
      }
    })
    yield* Effect.all(Array.from({ length: atOnce }, () => caller), { concurrency: "unbounded", discard: true })
    return count / (performance.now() - start) * 1000
  })

const runtime = ManagedRuntime.make(NodeHttpClient.layerUndici)
answer<Question, number>(({ atOnce = 1, call, services = 0, url }) =>
  runtime.runPromise(round(url, call, atOnce).pipe(crowded(services)))
)
