import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, ManagedRuntime, Redacted } from "effect"
import { HttpBody, HttpClient } from "effect/http"
import { answer } from "../Process.ts"
import { body, type Call, listPath, type Question, roundMillis, sendPath } from "./Contender.ts"

// What one writes by hand without a library: the same request, the JSON of the answer, and nothing else.
const round = (url: string, call: Call) =>
  Effect.gen(function*() {
    const http = yield* HttpClient.HttpClient
    const token = Redacted.make("token-1")
    const start = performance.now()
    let count = 0
    while (performance.now() - start < roundMillis) {
      const urlParams = { access_token: Redacted.value(token) }
      const response = call === "list"
        ? yield* http.get(url + listPath, { urlParams })
        : yield* http.post(url + sendPath, { urlParams, body: HttpBody.jsonUnsafe(body()) })
      yield* response.json
      count++
    }
    return count / (performance.now() - start) * 1000
  })

const runtime = ManagedRuntime.make(NodeHttpClient.layerUndici)
answer<Question, number>(({ call, url }) => runtime.runPromise(round(url, call)))
