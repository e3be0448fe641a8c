/**
 * No secret or token gets out: not into a log, a span, an error, its JSON, or what inspection prints.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Logger, Redacted, Schema, Tracer } from "effect"
import { HttpClient, HttpClientError } from "effect/http"
import { inspect } from "node:util"
import { Departments } from "../src/contacts/Departments.ts"
import { TokenCache } from "../src/token/TokenCache.ts"
import { WeComApp } from "../src/WeComApp.ts"
import { WeComClient } from "../src/WeComClient.ts"
import { WeComError } from "../src/WeComError.ts"
import { cannedClient } from "./support/canned.ts"

const secret = "S3cret/marker+secret=="
const token = "T0ken/marker+token=="

/** The markers as they are, URL-encoded, and in base64 at each of its three alignments. */
const forms = [secret, token].flatMap((marker) => [
  marker,
  encodeURIComponent(marker),
  new URLSearchParams({ m: marker }).toString().slice(2),
  ...["", "x", "xx"].map((shift) => Buffer.from(shift + marker).toString("base64").slice(shift === "" ? 0 : 4, -4))
])

const leaks = (text: string) => forms.filter((form) => text.includes(form))

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make(secret), agentId: 1 })

const reset = Layer.succeed(
  HttpClient.HttpClient,
  HttpClient.make((request, url) =>
    Effect.fail(
      new HttpClientError.HttpClientError({
        reason: new HttpClientError.TransportError({
          request,
          description: url.href,
          cause: Object.assign(new Error(`cannot reach ${url.href}`), { code: "ECONNRESET" })
        })
      })
    )
  )
)

const answering = (answer: (path: string) => unknown) =>
  cannedClient(({ path }) =>
    path === "/cgi-bin/gettoken"
      ? { errcode: 0, errmsg: "ok", access_token: token, expires_in: 7200 }
      : answer(path)
  ).layer

const situations: { readonly [name: string]: Layer.Layer<HttpClient.HttpClient> } = {
  "a success": answering(() => ({ errcode: 0, department: [] })),
  "a connection that resets": reset,
  "a token refused again and again": answering(() => ({ errcode: 42001, errmsg: `ended: ${token}` })),
  "a wrong secret": cannedClient(() => ({ errcode: 40001, errmsg: `wrong corpsecret ${secret}` })).layer,
  "HTML that repeats the request": answering(() => new Response(`<p>${token} ${secret}</p>`, { status: 502 })),
  "an answer that does not decode": answering(() => ({ errcode: 0, department: [{ id: token, parentid: secret }] })),
  "a token answer that does not decode": cannedClient(() => ({ errcode: 0, access_token: { odd: token } })).layer
}

describe("secrets", () => {
  for (const [name, network] of Object.entries(situations)) {
    it.live(`stay inside at ${name}`, () =>
      Effect.gen(function*() {
        const printed: Array<string> = []
        const print = (value: unknown) => printed.push(inspect(value, { depth: 20, showHidden: true }), `${value}`)
        const tracer = Tracer.make({
          span: (options) => {
            const span = new Tracer.NativeSpan(options)
            spans.push(span)
            return span
          }
        })
        const spans: Array<Tracer.NativeSpan> = []
        const logger = Logger.make((options) => {
          printed.push(inspect(options.message, { depth: 20 }), Cause.pretty(options.cause))
        })
        const departments = Departments.layer.pipe(
          Layer.provide(WeComClient.layer(app)),
          Layer.provide(TokenCache.layerMemory),
          Layer.provide(network)
        )
        const exit = yield* Effect.flatMap(Departments, (departments) => departments.list()).pipe(
          Effect.tapCause((cause) => Effect.logError("failed", cause)),
          Effect.withSpan("caller"),
          Effect.provide(departments),
          Effect.provideService(WeComClient.RetryPolicy, undefined),
          Effect.provideService(Tracer.Tracer, tracer),
          Effect.provide(Logger.layer([logger])),
          Effect.exit
        )
        print(exit)
        if (Exit.isFailure(exit)) {
          printed.push(Cause.pretty(exit.cause))
          const error = Cause.findErrorOption(exit.cause)
          if (error._tag === "Some") {
            print(error.value)
            printed.push(
              error.value.message,
              String(error.value.stack),
              JSON.stringify(error.value),
              JSON.stringify(Schema.encodeSync(WeComError)(error.value))
            )
          }
        }
        for (const span of spans) {
          print({ name: span.name, attributes: [...span.attributes], status: span.status, events: span.events })
        }
        print(app)
        printed.push(JSON.stringify(app))
        assert.isAbove(spans.length, 1)
        assert.deepStrictEqual(printed.flatMap(leaks), [])
      }))
  }

  it("would be found", () => {
    assert.isNotEmpty(leaks(`url=${encodeURIComponent(secret)}`))
    assert.isNotEmpty(leaks(Buffer.from(`a:${token}:b`).toString("base64")))
  })
})
