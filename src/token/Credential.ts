/**
 * The kinds of token, and how each is fetched for an app.
 */
import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"
import * as Effect from "effect/Effect"
import * as Hex from "effect/encoding/Hex"
import * as HttpClient from "effect/http/HttpClient"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import { exchange } from "../internal/kernel/exchange.ts"
import * as Failure from "../internal/kernel/failure.ts"
import { late } from "../internal/kernel/transfer.ts"
import { withinBudget } from "../internal/store/storeBudget.ts"
import type {
  AuthorisedApp,
  DeviceApp,
  ModelApp,
  ProviderApp,
  SecretApp,
  SuiteApp,
  TemplateApp,
  TokenProvider,
  WeComApp
} from "../WeComApp.ts"
import { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"
import { type Fetched, TokenCache, type TokenSource } from "./TokenCache.ts"

/** The kinds of token that calls carry. */
export type Kind = "app" | "suite" | "provider" | "model" | "device"

const token = () => ({ access_token: Wire.secret, expires_in: Wire.optional(Wire.number) })

/**
 * 获取access_token. The token of an app; normally lives 7,200 seconds. Several wrong secrets ban the IP for an hour.
 * @see https://developer.work.weixin.qq.com/document/path/91039
 */
export const getToken = Endpoint.get("/cgi-bin/gettoken", { doc: 91039, credential: "none" }, () => ({
  query: { corpid: Wire.trimmed, corpsecret: Wire.secret },
  success: Schema.Struct(token())
}))

/**
 * 获取第三方应用凭证. The token of a suite.
 * @see https://developer.work.weixin.qq.com/document/path/90600
 */
export const getSuiteToken = Endpoint.query(
  "/cgi-bin/service/get_suite_token",
  { doc: 90600, credential: "none" },
  () => ({
    body: { suite_id: Wire.trimmed, suite_secret: Wire.secret, suite_ticket: Wire.secret },
    success: Schema.Struct({ suite_access_token: Wire.secret, expires_in: Wire.optional(Wire.number) })
  })
)

/**
 * 获取企业凭证. The token of a corp that has installed a suite.
 * @see https://developer.work.weixin.qq.com/document/path/90605
 */
export const getCorpToken = Endpoint.query(
  "/cgi-bin/service/get_corp_token",
  { doc: 90605, credential: "suite" },
  () => ({
    body: { auth_corpid: Wire.trimmed, permanent_code: Wire.secret },
    success: Schema.Struct(token())
  })
)

/**
 * 获取服务商凭证. The token of a service provider.
 * @see https://developer.work.weixin.qq.com/document/path/91200
 */
export const getProviderToken = Endpoint.query("/cgi-bin/service/get_provider_token", {
  doc: 91200,
  withoutErrcode: "provider_access_token",
  credential: "none"
}, () => ({
  body: { corpid: Wire.trimmed, provider_secret: Wire.secret },
  success: Schema.Struct({ provider_access_token: Wire.secret, expires_in: Wire.optional(Wire.number) })
}))

/**
 * 获取设备型号调用凭证. The token of a model of devices.
 * @see https://developer.work.weixin.qq.com/document/path/95992
 */
export const getModelToken = Endpoint.query("/cgi-bin/openhw/get_model_token", {
  doc: 95992,
  withoutErrcode: "model_access_token",
  credential: "none"
}, () => ({
  body: { model_id: Wire.trimmed, model_secret: Wire.secret, model_ticket: Wire.secret },
  success: Schema.Struct({ model_access_token: Wire.secret, expires_in: Wire.optional(Wire.number) })
}))

/**
 * 获取设备调用凭证. The token of a device that a corp has bound.
 * @see https://developer.work.weixin.qq.com/document/path/96022
 */
export const getDeviceToken = Endpoint.query("/cgi-bin/openhw/get_device_token", {
  doc: 96022,
  withoutErrcode: "device_access_token",
  credential: "model"
}, () => ({
  body: { device_sn: Wire.trimmed, device_secret: Wire.secret },
  success: Schema.Struct({ device_access_token: Wire.secret, expires_in: Wire.optional(Wire.number) })
}))

/** After so long, in milliseconds, a second request goes out beside one that stalls: half of the time that a call has. */
const half = Effect.sleep(2500)
const stalling = Effect.andThen(half, half)

/** After so many milliseconds both are given up: calls that come later are not to wait for what those before them have begun. */
const patience = 15_000
const inTime = withinBudget(patience)

/** The kind of token that an app is known by. */
export const kindOf = (app: WeComApp): Kind => {
  switch (app._tag) {
    case "Suite":
      return "suite"
    case "Provider":
      return "provider"
    case "Model":
      return "model"
    case "Device":
      return "device"
    default:
      return "app"
  }
}

/** Tokens for apps: where to take one, and what to do with one that was refused. */
export interface Credentials {
  /** Fails in the name of `endpoint`, which needs the token, where the app has none of that kind. */
  readonly get: (
    app: WeComApp,
    kind: Kind,
    endpoint: string
  ) => Effect.Effect<Redacted.Redacted, WeComError>
  readonly invalidate: (app: WeComApp, kind: Kind, refused: Redacted.Redacted) => Effect.Effect<void>
}

/** What fetching a token takes. */
interface Tools extends Credentials {
  /** Calls an endpoint that gives out tokens. */
  readonly ask: <I, A>(
    endpoint: Endpoint.Endpoint<I, A>,
    app: WeComApp,
    token: readonly [parameter: string, value: Redacted.Redacted] | undefined,
    input: I
  ) => Effect.Effect<A, WeComError>
}

/** All that there is to a kind of token. */
interface KindOfToken {
  /** The query parameter that carries it. */
  readonly parameter: string
  /** The errcodes that say that it has ended or was replaced. */
  readonly ended: ReadonlyArray<number>
  /** What to do where an app has none. */
  readonly remedy: string
  /** How it is fetched for an app, if the app has one. */
  readonly fetch: (app: WeComApp, tools: Tools) => Effect.Effect<Fetched, WeComError> | undefined
}

/** The kinds of token: a further one is one more record. */
export const kinds: { readonly [K in Kind]: KindOfToken } = {
  app: {
    parameter: "access_token",
    ended: [40014, 42001],
    remedy: "call as an app of a corp, such as WeComApp.secret or WeComApp.authorised",
    fetch: (app, tools) => {
      switch (app._tag) {
        case "Secret":
          return byGetToken(tools, app, app.secret)
        case "Template":
          return byGetToken(tools, app, app.permanentCode)
        case "Authorised":
          return byCorpToken(tools, app)
        default:
          return undefined
      }
    }
  },
  suite: {
    parameter: "suite_access_token",
    ended: [40082, 42009],
    remedy: "call as WeComApp.suite, or as an app that WeComApp.authorised makes of one",
    fetch: (app, tools) => app._tag === "Suite" ? bySuiteTicket(tools, app) : undefined
  },
  provider: {
    parameter: "provider_access_token",
    ended: [40014, 42001],
    remedy: "call as WeComApp.provider",
    fetch: (app, tools) => app._tag === "Provider" ? byProviderSecret(tools, app) : undefined
  },
  model: {
    parameter: "model_access_token",
    ended: [710400, 710401],
    remedy: "call as WeComApp.model, or as a device that WeComApp.device makes of one",
    fetch: (app, tools) => app._tag === "Model" ? byModelTicket(tools, app) : undefined
  },
  device: {
    parameter: "device_access_token",
    ended: [40106, 42021],
    remedy: "call as WeComApp.device",
    fetch: (app, tools) => app._tag === "Device" ? byDeviceSecret(tools, app) : undefined
  }
}

const byGetToken = ({ ask }: Tools, app: SecretApp | TemplateApp, corpsecret: Redacted.Redacted) =>
  Effect.map(
    ask(getToken, app, undefined, { corpid: app.corpId, corpsecret }),
    (answer) => ({ value: answer.access_token, expiresIn: answer.expires_in })
  )

/** Asks with the token of another app, which is replaced once if it has ended. */
const askAs = <I, A>(
  { ask, get, invalidate }: Tools,
  owner: WeComApp,
  kind: Kind,
  endpoint: Endpoint.Endpoint<I, A>,
  app: WeComApp,
  input: I
): Effect.Effect<A, WeComError> => {
  const { ended, parameter } = kinds[kind]
  const fetch = Effect.gen(function*() {
    const token = yield* get(owner, kind, Endpoint.describe(endpoint).name)
    return yield* ask(endpoint, app, [parameter, token], input).pipe(
      WeComError.catchCode(ended, (error) => Effect.andThen(invalidate(owner, kind, token), Effect.fail(error)))
    )
  })
  return fetch.pipe(WeComError.catchCode(ended, () => fetch))
}

const byCorpToken = (tools: Tools, app: AuthorisedApp) =>
  Effect.map(
    askAs(tools, app.suite, "suite", getCorpToken, app, {
      auth_corpid: app.corpId,
      permanent_code: app.permanentCode
    }),
    (answer) => ({ value: answer.access_token, expiresIn: answer.expires_in })
  )

const byDeviceSecret = (tools: Tools, app: DeviceApp) =>
  Effect.map(
    askAs(tools, app.model, "model", getDeviceToken, app, {
      device_sn: app.deviceSn,
      device_secret: app.deviceSecret
    }),
    (answer) => ({ value: answer.device_access_token, expiresIn: answer.expires_in })
  )

const byModelTicket = ({ ask }: Tools, app: ModelApp) =>
  Effect.gen(function*() {
    const answer = yield* ask(getModelToken, app, undefined, {
      model_id: app.modelId,
      model_secret: app.modelSecret,
      model_ticket: yield* app.modelTicket
    })
    return { value: answer.model_access_token, expiresIn: answer.expires_in }
  })

const bySuiteTicket = ({ ask }: Tools, app: SuiteApp) =>
  Effect.gen(function*() {
    const answer = yield* ask(getSuiteToken, app, undefined, {
      suite_id: app.suiteId,
      suite_secret: app.suiteSecret,
      suite_ticket: yield* app.suiteTicket
    })
    return { value: answer.suite_access_token, expiresIn: answer.expires_in }
  })

const byProviderSecret = ({ ask }: Tools, app: ProviderApp) =>
  Effect.map(
    ask(getProviderToken, app, undefined, { corpid: app.corpId, provider_secret: app.providerSecret }),
    (answer) => ({ value: answer.provider_access_token, expiresIn: answer.expires_in })
  )

/** {@link Credentials} over the process's token cache. */
export const make: Effect.Effect<Credentials, never, HttpClient.HttpClient | TokenCache> = Effect.gen(function*() {
  const http = yield* HttpClient.HttpClient
  const cache = yield* TokenCache
  const sources = new WeakMap<WeComApp, { readonly [K in Kind]?: TokenSource }>()

  const ask: Tools["ask"] = (endpoint, app, token, input) => {
    const once = exchange(endpoint, http, app, token, input)
    return Effect.catch(
      inTime(Effect.raceFirst(once, Effect.andThen(stalling, once))),
      (error) => Effect.fail(error instanceof WeComError ? error : late(Endpoint.describe(endpoint), patience))
    )
  }

  const source = (
    app: WeComApp,
    kind: Kind,
    endpoint: string
  ): Effect.Effect<TokenSource, WeComError> => {
    const known = sources.get(app)?.[kind]
    if (known !== undefined) return Effect.succeed(known)
    const { fetch, parameter, remedy } = kinds[kind]
    const fetched = fetch(app, tools)
    if (fetched === undefined) {
      return Effect.fail(
        Failure.invalid(
          endpoint,
          "app",
          `a ${app._tag} app has no ${parameter}: ${remedy}, or pass the token in \`tokens\``
        )
      )
    }
    const made = sourceOf(app, kind, fetched)
    sources.set(app, { ...sources.get(app), [kind]: made })
    return Effect.succeed(made)
  }

  const supplied = (app: WeComApp, kind: Kind): TokenProvider | undefined => app.tokens?.[kind]

  /** An installed suite's own calls carry the suite's token, a device's may carry its model's. */
  const ownerOf = (app: WeComApp, kind: Kind): WeComApp =>
    kind === "suite" && app._tag === "Authorised"
      ? app.suite
      : kind === "model" && app._tag === "Device"
      ? app.model
      : app

  const get: Credentials["get"] = (app, kind, endpoint) =>
    supplied(app, kind)?.get ?? Effect.flatMapEager(source(ownerOf(app, kind), kind, endpoint), cache.get)

  const invalidate: Credentials["invalidate"] = (app, kind, refused) => {
    const provider = supplied(app, kind)
    return provider === undefined
      ? Effect.orDie(
        Effect.flatMap(source(ownerOf(app, kind), kind, ""), (source) => cache.invalidate(source, refused))
      )
      : provider.invalidate?.(refused) ?? Effect.void
  }

  const tools: Tools = { ask, get, invalidate }
  return { get, invalidate }
})

/**
 * Where a token or ticket of an app comes from: its key tells apart servers, kinds, corps, apps and secrets, and says
 * nothing of the secret.
 */
export const sourceOf = (
  app: WeComApp,
  kind: string,
  fetch: Effect.Effect<Fetched, WeComError>
): TokenSource => {
  const [owner, secret] = ownerAndSecret(app)
  const text = `${app.baseUrl ?? ""}\n${kind}\n${owner}\n${secret === undefined ? "" : Redacted.value(secret)}`
  return { key: `${kind}:${owner}:${digestOf(text)}`, fetch }
}

const digestOf = (text: string): string => Hex.encode(sha256(utf8ToBytes(text)).subarray(0, 8))

const ownerAndSecret = (app: WeComApp): readonly [owner: string, secret: Redacted.Redacted | undefined] => {
  switch (app._tag) {
    case "Secret":
      return [app.corpId, app.secret]
    case "Template":
      return [app.corpId, app.permanentCode]
    case "Authorised":
      return [`${app.corpId}@${app.suite.suiteId}`, app.permanentCode]
    case "Suite":
      return [app.suiteId, app.suiteSecret]
    case "Provider":
      return [app.corpId, app.providerSecret]
    case "Provided":
      return [app.corpId, undefined]
    case "Model":
      return [app.modelId, app.modelSecret]
    case "Device":
      return [`${app.deviceSn}@${app.model.modelId}`, app.deviceSecret]
  }
}

/** The endpoints that give out tokens: they have no service, for the library calls them itself. */
export const domains = [
  { module: "token/Credential", area: "基础", endpoints: { getToken } },
  { module: "token/Credential", area: "第三方应用·授权", endpoints: { getSuiteToken, getCorpToken, getProviderToken } },
  { module: "token/Credential", area: "智慧硬件", endpoints: { getModelToken, getDeviceToken } }
] as const
