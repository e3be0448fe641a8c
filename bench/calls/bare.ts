import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, ManagedRuntime, Redacted } from "effect"
import { HttpClient, HttpClientRequest } from "effect/http"
import { answer } from "../Process.ts"
import { path, type Question, roundMillis } from "./Contender.ts"

// What one writes by hand without a library: the same request, the JSON of the answer, and nothing else.
const round = (url: string) =>
  Effect.gen(function*() {
    const http = yield* HttpClient.HttpClient
    const request = HttpClientRequest.get(url + path).pipe(
      HttpClientRequest.setUrlParam("access_token", Redacted.make("token-1"))
    )
    const call = Effect.flatMap(http.execute(request), (response) => response.json)
    const start = performance.now()
    let count = 0
    while (performance.now() - start < roundMillis) {
      yield* call
      count++
    }
    return count / (performance.now() - start) * 1000
  })

const runtime = ManagedRuntime.make(NodeHttpClient.layerUndici)
answer<Question, number>(({ url }) => runtime.runPromise(round(url)))
