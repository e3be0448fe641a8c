/**
 * A network of canned answers: an `HttpClient` without a socket, and what was asked of it.
 */
import { Effect, Layer } from "effect"
import { HttpClient, type HttpClientRequest, HttpClientResponse } from "effect/http"

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
  readonly request: HttpClientRequest.HttpClientRequest
}

/** What to answer: a value is sent as JSON, an object with errcode 0 unless it says another; a `Response` as it is. */
export type Answer = (call: Call) => unknown | Effect.Effect<unknown>

export const json = (value: unknown, init?: ResponseInit): Response =>
  new Response(JSON.stringify(value), { headers: { "content-type": "application/json" }, ...init })

const answered = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { errcode: 0, ...value } : value

export const cannedClient = (answer: Answer) => {
  const calls: Array<Call> = []
  const layer = Layer.succeed(
    HttpClient.HttpClient,
    HttpClient.make((request, url) =>
      Effect.gen(function*() {
        const text = request.body._tag === "Uint8Array" && request.body.contentType.startsWith("application/json")
          ? new TextDecoder().decode(request.body.body)
          : undefined
        const call: Call = {
          method: request.method,
          path: url.pathname,
          query: url.searchParams,
          body: text === undefined ? undefined : JSON.parse(text),
          request
        }
        calls.push(call)
        const value = answer(call)
        const settled = Effect.isEffect(value) ? yield* value as Effect.Effect<unknown> : value
        return HttpClientResponse.fromWeb(request, settled instanceof Response ? settled : json(answered(settled)))
      })
    )
  )
  return {
    layer,
    calls,
    /** How often a path was asked. */
    count: (path: string) => calls.filter((call) => call.path === path).length
  }
}
