/**
 * The kinds of token, and how each is fetched for an app.
 */
import * as Effect from "effect/Effect"
import * as Hex from "effect/encoding/Hex"
import * as HttpClient from "effect/http/HttpClient"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import { exchange } from "../internal/exchange.ts"
import type { TokenProvider, WeComApp } from "../WeComApp.ts"
import * as WeComError from "../WeComError.ts"
import * as Wire from "../Wire.ts"
import { type Fetched, TokenCache, type TokenSource } from "./TokenCache.ts"

/** The kinds of token that calls carry. */
export type Kind = "app" | "suite" | "provider"

/** The query parameter that carries a kind of token. */
export const parameters: { readonly [K in Kind]: string } = {
  app: "access_token",
  suite: "suite_access_token",
  provider: "provider_access_token"
}

/** The errcodes that say of a kind of token that it has ended or was replaced. */
export const ended: { readonly [K in Kind]: ReadonlyArray<number> } = {
  app: [40014, 42001],
  suite: [40082, 42009],
  provider: [40014, 42001]
}

const token = () => ({ access_token: Wire.secret, expires_in: Wire.optional(Wire.number) })

/**
 * 获取access_token. The token of an app; normally lives 7,200 seconds. Several wrong secrets ban the IP for an hour.
 * @see https://developer.work.weixin.qq.com/document/path/91039
 */
export const getToken = Endpoint.get("/cgi-bin/gettoken", { doc: 91039, credential: "none" }, () => ({
  query: { corpid: Schema.String, corpsecret: Wire.secret },
  success: Schema.Struct(token())
}))

/**
 * 获取第三方应用凭证. The token of a suite.
 * @see https://developer.work.weixin.qq.com/document/path/90600
 */
export const getSuiteToken = Endpoint.post(
  "/cgi-bin/service/get_suite_token",
  { doc: 90600, credential: "none", idempotent: true },
  () => ({
    body: { suite_id: Schema.String, suite_secret: Wire.secret, suite_ticket: Wire.secret },
    success: Schema.Struct({ suite_access_token: Wire.secret, expires_in: Wire.optional(Wire.number) })
  })
)

/**
 * 获取企业凭证. The token of a corp that has installed a suite.
 * @see https://developer.work.weixin.qq.com/document/path/90605
 */
export const getCorpToken = Endpoint.post(
  "/cgi-bin/service/get_corp_token",
  { doc: 90605, credential: "suite", idempotent: true },
  () => ({
    body: { auth_corpid: Schema.String, permanent_code: Wire.secret },
    success: Schema.Struct(token())
  })
)

/** Tokens for apps: where to take one, and what to do with one that was refused. */
export interface Credentials {
  readonly get: (app: WeComApp, kind: Kind) => Effect.Effect<Redacted.Redacted, WeComError.WeComError>
  readonly invalidate: (app: WeComApp, kind: Kind, refused: Redacted.Redacted) => Effect.Effect<void>
}

/** {@link Credentials} over the process's token cache. */
export const make: Effect.Effect<Credentials, never, HttpClient.HttpClient | TokenCache> = Effect.gen(function*() {
  const http = yield* HttpClient.HttpClient
  const cache = yield* TokenCache
  const sources = new WeakMap<WeComApp, { readonly [K in Kind]?: TokenSource }>()

  const fetchApp = (app: Exclude<WeComApp, { _tag: "Provided" }>): Effect.Effect<Fetched, WeComError.WeComError> => {
    switch (app._tag) {
      case "Secret":
        return Effect.map(
          exchange(getToken, http, app, undefined, { corpid: app.corpId, corpsecret: app.secret }),
          (answer) => ({ value: answer.access_token, expiresIn: answer.expires_in })
        )
      case "Template":
        return Effect.map(
          exchange(getToken, http, app, undefined, { corpid: app.corpId, corpsecret: app.permanentCode }),
          (answer) => ({ value: answer.access_token, expiresIn: answer.expires_in })
        )
      case "Suite": {
        const fetch = Effect.gen(function*() {
          const suiteToken = yield* get(app, "suite")
          return yield* exchange(getCorpToken, http, app, ["suite_access_token", suiteToken], {
            auth_corpid: app.corpId,
            permanent_code: app.permanentCode
          }).pipe(
            Effect.tapError((error) =>
              ended.suite.includes(error.errcode ?? 0) ? invalidate(app, "suite", suiteToken) : Effect.void
            )
          )
        })
        return fetch.pipe(
          WeComError.catchCode(ended.suite, () => fetch),
          Effect.map((answer) => ({ value: answer.access_token, expiresIn: answer.expires_in }))
        )
      }
    }
  }

  const fetchSuite = (
    app: Extract<WeComApp, { _tag: "Suite" }>
  ): Effect.Effect<Fetched, WeComError.WeComError> =>
    Effect.flatMap(app.suiteTicket, (ticket) =>
      Effect.map(
        exchange(getSuiteToken, http, app, undefined, {
          suite_id: app.suiteId,
          suite_secret: app.suiteSecret,
          suite_ticket: ticket
        }),
        (answer) => ({ value: answer.suite_access_token, expiresIn: answer.expires_in })
      ))

  const source = (app: WeComApp, kind: Kind): Effect.Effect<TokenSource, WeComError.WeComError> => {
    const known = sources.get(app)?.[kind]
    if (known !== undefined) return Effect.succeed(known)
    const fetch = kind === "app" && app._tag !== "Provided"
      ? fetchApp(app)
      : kind === "suite" && app._tag === "Suite"
      ? fetchSuite(app)
      : undefined
    if (fetch === undefined) {
      return Effect.fail(
        WeComError.invalid(
          parameters[kind],
          "app",
          `a ${app._tag} app has no ${parameters[kind]}: pass it in \`tokens\``
        )
      )
    }
    return Effect.map(sourceOf(app, kind, fetch), (made) => {
      sources.set(app, { ...sources.get(app), [kind]: made })
      return made
    })
  }

  const supplied = (app: WeComApp, kind: Kind): TokenProvider | undefined => app.tokens?.[kind]

  const get: Credentials["get"] = (app, kind) =>
    supplied(app, kind)?.get ?? Effect.flatMapEager(source(app, kind), cache.get)

  const invalidate: Credentials["invalidate"] = (app, kind, refused) => {
    const provider = supplied(app, kind)
    return provider === undefined
      ? Effect.orDie(Effect.flatMap(source(app, kind), (source) => cache.invalidate(source, refused)))
      : provider.invalidate?.(refused) ?? Effect.void
  }

  return { get, invalidate }
})

/**
 * Where a token or ticket of an app comes from: its key tells apart servers, kinds, corps, apps and secrets, and says
 * nothing of the secret.
 */
export const sourceOf = (
  app: WeComApp,
  kind: string,
  fetch: Effect.Effect<Fetched, WeComError.WeComError>
): Effect.Effect<TokenSource> => {
  const [owner, secret] = app._tag === "Secret"
    ? [app.corpId, app.secret]
    : app._tag === "Template"
    ? [app.corpId, app.permanentCode]
    : app._tag === "Suite"
    ? kind === "suite" ? [app.suiteId, app.suiteSecret] : [`${app.corpId}@${app.suiteId}`, app.permanentCode]
    : [app.corpId, undefined]
  const text = `${app.baseUrl ?? ""}\n${kind}\n${owner}\n${secret === undefined ? "" : Redacted.value(secret)}`
  return Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
    (digest) => ({ key: `${kind}:${owner}:${Hex.encode(new Uint8Array(digest, 0, 8))}`, fetch })
  )
}
