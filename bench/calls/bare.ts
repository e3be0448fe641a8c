import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, ManagedRuntime, Redacted } from "effect"
import { HttpClient } from "effect/http"
import { answer } from "../Process.ts"
import { path, type Question, roundMillis } from "./Contender.ts"

// What one writes by hand without a library: the same request, the JSON of the answer, and nothing else.
const round = (url: string) =>
  Effect.gen(function*() {
    const http = yield* HttpClient.HttpClient
    const token = Redacted.make("token-1")
    const start = performance.now()
    let count = 0
    while (performance.now() - start < roundMillis) {
      const response = yield* http.get(url + path, { urlParams: { access_token: Redacted.value(token) } })
      yield* response.json
      count++
    }
    return count / (performance.now() - start) * 1000
  })

const runtime = ManagedRuntime.make(NodeHttpClient.layerUndici)
answer<Question, number>(({ url }) => runtime.runPromise(round(url)))
