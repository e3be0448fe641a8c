/**
 * What no server of WeCom sends is no answer, on any endpoint: a gateway's JSON must never pass for an empty address book.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { HttpClientRequest, HttpClientResponse } from "effect/http"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { parse } from "../../src/internal/kernel/answer.ts"
import { receive } from "../../src/internal/kernel/transfer.ts"

const bodies = [
  "{}",
  "null",
  "[]",
  "\"ok\"",
  "1",
  "",
  "{\"code\":1}",
  "{\"code\":200001,\"data\":[],\"message\":\"not on the list\"}",
  "{\"error\":{}}",
  "{\"errcode\":null}",
  "{\"errcode\":\"\"}",
  "{\"errcode\":{}}",
  "{\"errmsg\":\"ok\"}",
  "<html></html>"
]

const responseOf = (path: string, body: string) =>
  HttpClientResponse.fromWeb(
    HttpClientRequest.get(`https://gw.example.com${path}`),
    new Response(body, { headers: { "content-type": "application/json" } })
  )

describe("a foreign answer", () => {
  it.effect("is ResponseInvalid on every endpoint, and says that somebody else may have answered", () =>
    Effect.gen(function*() {
      for (const self of catalogue.map(({ endpoint }) => describeEndpoint(endpoint))) {
        for (const body of bodies) {
          if (self.kind === "download" && !/errcode|html/.test(body)) continue // a file may be anything else
          const response = responseOf(self.path, body)
          const read: Effect.Effect<unknown, unknown> = self.kind === "download"
            ? receive(self, response, "1 second", undefined)
            : parse(self, response, body, { input: undefined })
          const error = yield* Effect.flip(read)
          assert.match(
            String(error),
            new RegExp(`${self.path}: ResponseInvalid: HTTP 200, application/json from gw.example.com: .*gateway`),
            `${self.name} ${body}`
          )
        }
      }
    }))

  it.effect("that is documented to have no errcode has to have its payload", () =>
    Effect.gen(function*() {
      const declared = catalogue.map(({ endpoint }) => describeEndpoint(endpoint))
        .filter(({ withoutErrcode }) => withoutErrcode !== undefined)
      assert.isNotEmpty(declared)
      for (const self of declared) {
        const body = JSON.stringify({ [self.withoutErrcode ?? ""]: null })
        const exit = yield* Effect.exit(parse(self, responseOf(self.path, body), body, { input: undefined }))
        // Believed, and then read by its schema, which may want a value.
        assert.notInclude(String(exit), "errcode", self.name)
      }
    }))
})
