/**
 * Who calls: a corp and its app, with the credential and the server to talk to.
 */
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type { WeComError } from "./WeComError.ts"

interface Common {
  /** The corp that is called for. */
  readonly corpId: string
  /** The app's agent id, filled into endpoints that take one. */
  readonly agentId?: number | undefined
  /** The server, with an optional path prefix. Default: `https://qyapi.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /** AppTokens and tickets that another service keeps (中控服务), by kind: those are never fetched here. */
  readonly tokens?: AppTokens | undefined
}

/** The tokens and tickets that a caller may supply. */
export interface AppTokens {
  readonly app?: TokenProvider | undefined
  readonly suite?: TokenProvider | undefined
  readonly provider?: TokenProvider | undefined
  readonly model?: TokenProvider | undefined
  readonly device?: TokenProvider | undefined
  readonly jsapiTicket?: TokenProvider | undefined
  readonly agentTicket?: TokenProvider | undefined
}

/** A caller's own source of a token. */
export interface TokenProvider {
  /** The token to use now. Asked for at every call: cache it there. */
  readonly get: Effect.Effect<Redacted.Redacted, WeComError>
  /** Told when WeCom refuses a token; the call then asks once more. */
  readonly invalidate?: ((refused: Redacted.Redacted) => Effect.Effect<void>) | undefined
}

/** An app that the corp made for itself (自建应用), or a built-in one such as contact sync: corp id and secret. */
export interface SecretApp extends Common {
  readonly _tag: "Secret"
  readonly secret: Redacted.Redacted
}

/** A third-party suite (第三方应用) itself: what its provider calls before, and beside, any corp that installed it. */
export interface SuiteApp extends Omit<Common, "corpId"> {
  readonly _tag: "Suite"
  readonly corpId?: undefined
  readonly suiteId: string
  readonly suiteSecret: Redacted.Redacted
  /** The newest `suite_ticket` that was pushed: see `SuiteTickets`. */
  readonly suiteTicket: Effect.Effect<Redacted.Redacted, WeComError>
}

/** A suite in a corp that has installed it: calls run with the corp's token, which the permanent code gives. */
export interface AuthorisedApp extends Common {
  readonly _tag: "Authorised"
  readonly suite: SuiteApp
  readonly permanentCode: Redacted.Redacted
}

/** A service provider (服务商): its corp id and provider secret. */
export interface ProviderApp extends Common {
  readonly _tag: "Provider"
  readonly providerSecret: Redacted.Redacted
  /**
   * 收银台API调用密钥, with which calls about orders of the pay tool (收银台) are signed. It stands in 服务商助手 under 工具,
   * 收银台.
   */
  readonly paymentKey?: Redacted.Redacted | undefined
}

/** An app developed for a corp from a template (代开发应用): its permanent code serves as the secret. */
export interface TemplateApp extends Common {
  readonly _tag: "Template"
  readonly suiteId: string
  readonly permanentCode: Redacted.Redacted
}

/** An app whose access token another service keeps. */
export interface ProvidedApp extends Common {
  readonly _tag: "Provided"
  readonly tokens: AppTokens & { readonly app: TokenProvider }
}

/** A model of devices (设备型号) that a maker connects over its own cloud (硬件云端接入). */
export interface ModelApp extends Omit<Common, "corpId"> {
  readonly _tag: "Model"
  readonly corpId?: undefined
  readonly modelId: string
  readonly modelSecret: Redacted.Redacted
  /** The newest `model_ticket` that was pushed: one every ten minutes, each good for thirty. */
  readonly modelTicket: Effect.Effect<Redacted.Redacted, WeComError>
}

/** One device of a model, which a corp has bound: its secret comes from `DeviceCredentials.getSecret`. */
export interface DeviceApp extends Omit<Common, "corpId"> {
  readonly _tag: "Device"
  readonly corpId?: undefined
  readonly model: ModelApp
  readonly deviceSn: string
  readonly deviceSecret: Redacted.Redacted
}

/** Who calls. */
export type WeComApp =
  | SecretApp
  | SuiteApp
  | AuthorisedApp
  | TemplateApp
  | ProviderApp
  | ProvidedApp
  | ModelApp
  | DeviceApp

const secret = (options: Omit<SecretApp, "_tag">): SecretApp => ({ _tag: "Secret", ...options })

const Current = Context.Reference<WeComApp | undefined>("effect-wecom/WeComApp/Current", {
  defaultValue: () => undefined
})

/** Makes apps, and says as which one an effect calls. */
export const WeComApp = {
  /** An app of the corp's own: corp id and secret. */
  secret,

  /** A third-party suite itself. */
  suite: (options: Omit<SuiteApp, "_tag">): SuiteApp => ({ _tag: "Suite", ...options }),

  /** A suite in a corp that has installed it; its server and supplied suite token are the suite's. */
  authorised: (
    suite: SuiteApp,
    options: Pick<AuthorisedApp, "corpId" | "permanentCode" | "agentId" | "tokens">
  ): AuthorisedApp => ({
    _tag: "Authorised",
    suite,
    baseUrl: suite.baseUrl,
    ...options,
    tokens: { ...suite.tokens, ...options.tokens }
  }),

  /** A service provider. */
  provider: (options: Omit<ProviderApp, "_tag">): ProviderApp => ({ _tag: "Provider", ...options }),

  /** An app developed for a corp from a template. */
  template: (options: Omit<TemplateApp, "_tag">): TemplateApp => ({ _tag: "Template", ...options }),

  /** An app whose access token another service keeps. */
  provided: (options: Omit<ProvidedApp, "_tag">): ProvidedApp => ({ _tag: "Provided", ...options }),

  /** A model of devices. */
  model: (options: Omit<ModelApp, "_tag">): ModelApp => ({ _tag: "Model", ...options }),

  /** One device of a model; its server and supplied model token are the model's. */
  device: (model: ModelApp, options: Pick<DeviceApp, "deviceSn" | "deviceSecret" | "tokens">): DeviceApp => ({
    _tag: "Device",
    model,
    baseUrl: model.baseUrl,
    ...options,
    tokens: { ...model.tokens, ...options.tokens }
  }),

  /** `WECOM_CORP_ID`, `WECOM_CORP_SECRET`, and optionally `WECOM_AGENT_ID` and `WECOM_BASE_URL`. */
  get config(): Config.Config<SecretApp> {
    return Config.all({
      corpId: Config.NonEmptyString("WECOM_CORP_ID"),
      secret: Config.Redacted("WECOM_CORP_SECRET"),
      agentId: Config.option(Config.Int("WECOM_AGENT_ID")),
      baseUrl: Config.option(Config.NonEmptyString("WECOM_BASE_URL"))
    }).pipe(
      Config.map(({ agentId, baseUrl, ...rest }) =>
        secret({ ...rest, agentId: Option.getOrUndefined(agentId), baseUrl: Option.getOrUndefined(baseUrl) })
      )
    )
  },

  /** The app of the current fiber, where it is not the client's own. */
  Current,

  /**
   * Runs an effect as another app: one client serves any number of corps.
   *
   * @example
   * ```ts
   * messages.send(message).pipe(WeComApp.use(tenant))
   * ```
   */
  use: (app: WeComApp) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.provideService(self, Current, app)
}
