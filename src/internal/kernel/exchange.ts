/**
 * One exchange with WeCom: a request goes out, its answer comes back.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import type * as Redacted from "effect/Redacted"
import { describe, type Description, type Endpoint } from "../../Endpoint.ts"
import type { WeComError } from "../../WeComError.ts"
import { maxAnswerSize, read } from "./answer.ts"
import { transport } from "./failure.ts"
import { empty, prepare, type Prepared } from "./request.ts"

/** Sends a request. */
export const send = (
  self: Description,
  http: HttpClient.HttpClient,
  request: Prepared
): Effect.Effect<HttpClientResponse.HttpClientResponse, WeComError> =>
  Effect.mapErrorEager(
    Effect.updateContext(http.execute(request), quietly),
    (error) => transport(self, error)
  )

/**
 * One HTTP request makes no span of its own, and so tells WeCom nothing of ours. `fetch` follows no redirect, as no
 * other client does: a secret or a body is not sent on to whoever a gateway names.
 */
const quietly = <R>(context: Context.Context<R>): Context.Context<R> =>
  Context.add(
    Context.add(context, HttpClient.TracerDisabledWhen, always),
    FetchHttpClient.RequestInit,
    redirectingNowhere
  )

const always = () => true

const redirectingNowhere = { redirect: "manual" } as const

/** One attempt of a JSON endpoint: no deadline, no retry. */
export const exchange = <I, A>(
  endpoint: Endpoint<I, A>,
  http: HttpClient.HttpClient,
  app: { readonly baseUrl?: string | undefined; readonly agentId?: number | undefined },
  token: readonly [parameter: string, value: Redacted.Redacted] | undefined,
  input: I
): Effect.Effect<A, WeComError> => {
  const self = describe(endpoint)
  return prepare(self, empty(self, baseUrlOf(app)), app.agentId, input).pipe(
    Effect.flatMapEager((request) =>
      send(self, http, token === undefined ? request : HttpClientRequest.setUrlParam(request, ...token))
    ),
    Effect.flatMap((response) => read(self, response, { input, maxSize: maxAnswerSize }))
    // Decoded by the endpoint's own schema, whose type is A.
  ) as Effect.Effect<A, WeComError>
}

/** The server of an app. */
export const baseUrlOf = (app: { readonly baseUrl?: string | undefined }): string =>
  app.baseUrl?.replace(/\/+$/, "") ?? "https://qyapi.weixin.qq.com"
