/**
 * 网页授权登录 and Web登录: the links that send a visitor to WeCom and back with a `code`, which `Identity`, or
 * `SuiteIdentity` for third-party apps, turns into who it is. Nothing is called; what does not follow the rules fails
 * with `RequestInvalid`, naming the field.
 */
import type * as Effect from "effect/Effect"
import { checked, isState, queryOf, redirectRule, type Rule } from "../internal/links.ts"
import type { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"

/** 应用授权作用域. What a visitor is asked for. */
export const Scope = Wire.oneOf({
  Base: ["snsapi_base", "静默授权，可获取成员的基础信息"],
  PrivateInfo: ["snsapi_privateinfo", "手动授权，可获取成员的详细信息，包含头像、二维码等敏感信息"]
})

/** An app of a corp: of its own, or developed for it. */
export interface CorpLogin {
  readonly corpid: string
  /** The app's agent id. */
  readonly agentid?: number | undefined
}

/** A third-party app. */
export interface SuiteLogin {
  readonly suite_id: string
}

/** A link for pages inside WeCom. */
export type Authorization = (CorpLogin | SuiteLogin) & {
  /** Where the visitor comes back to, with `code` and `state`: an http or https URL of a trusted domain. */
  readonly redirect_uri: string
  /** Default: `snsapi_base`. An app of a corp needs its `agentid` for `snsapi_privateinfo`. */
  readonly scope?: "snsapi_base" | "snsapi_privateinfo" | undefined
  /** Comes back unchanged: letters and digits, at most 128. */
  readonly state?: string | undefined
}

/** A link for pages in a browser. */
export type WebLogin =
  & (Required<CorpLogin> | SuiteLogin)
  & {
    /** Where the visitor comes back to, with `code` and `state`: an http or https URL of a trusted domain. */
    readonly redirect_uri: string
    /** Comes back unchanged. Draw it at random and compare, against forged requests. */
    readonly state?: string | undefined
    readonly lang?: "zh" | "en" | undefined
  }

/**
 * 构造网页授权链接. The link of a page inside WeCom that needs to know who opened it.
 *
 * @example
 * ```ts
 * LoginUrl.authorization({ corpid: app.corpId, agentid: app.agentId, redirect_uri: "https://example.com/in", state })
 * ```
 * @see https://developer.work.weixin.qq.com/document/path/91022
 */
export const authorization = (options: Authorization): Effect.Effect<string, WeComError> => {
  const url = "https://open.weixin.qq.com/connect/oauth2/authorize"
  const { redirect_uri, scope = Scope.Base, state } = options
  const appid = "suite_id" in options ? options.suite_id : options.corpid
  const agentid = "suite_id" in options ? undefined : options.agentid
  return checked(url, [
    ...common(options),
    [
      !(Scope.values as ReadonlyArray<string>).includes(scope), // plain JavaScript may pass anything
      "scope",
      `expected one of ${Scope.values.join(", ")}`
    ],
    [
      "corpid" in options && scope === Scope.PrivateInfo && agentid === undefined,
      "agentid",
      `${scope} is taken for ${Scope.Base} without an agent id`
    ],
    [!isState(state, 128), "state", "at most 128 letters and digits are allowed"]
  ], () => {
    const query = queryOf({ appid, redirect_uri, response_type: "code", scope, state, agentid })
    return `${url}?${query}#wechat_redirect`
  })
}

/**
 * 构造企业微信登录链接. The link of a page in a browser that lets its visitor log in with WeCom.
 *
 * @see https://developer.work.weixin.qq.com/document/path/98152
 */
export const webLogin = (options: WebLogin): Effect.Effect<string, WeComError> => {
  const url = "https://login.work.weixin.qq.com/wwlogin/sso/login"
  const { lang, redirect_uri, state } = options
  const who = "suite_id" in options
    ? { login_type: "ServiceApp", appid: options.suite_id }
    : { login_type: "CorpApp", appid: options.corpid, agentid: options.agentid }
  return checked(url, [
    ...common(options),
    ["corpid" in options && options.agentid === undefined, "agentid", "an app of a corp needs its agent id"],
    [lang !== undefined && lang !== "zh" && lang !== "en", "lang", "expected zh or en"]
  ], () => `${url}?${queryOf({ ...who, redirect_uri, state, lang })}`)
}

/** A link for pages in a browser, of the providers who have not enabled the newer login (登录授权应用). */
export interface ProviderLogin {
  /** The provider's corp id. */
  readonly corpid: string
  /** Where the visitor comes back to, with `auth_code`, `expires_in` and `state`: an http or https URL. */
  readonly redirect_uri: string
  /** Comes back unchanged. Draw it at random and compare, against forged requests. */
  readonly state?: string | undefined
  /** Who may log in. Default: administrators. */
  readonly usertype?: "admin" | "member" | undefined
  readonly lang?: "zh" | "en" | undefined
}

/**
 * 扫码授权登录(旧). The link of a provider's page in a browser that lets its visitor log in with WeCom, in its older form:
 * `SuiteIdentity.getLoginInfo` turns the `auth_code` into who it is. The newer one is {@link webLogin} with a suite id.
 *
 * @see https://developer.work.weixin.qq.com/document/path/91125
 */
export const providerLogin = (options: ProviderLogin): Effect.Effect<string, WeComError> => {
  const url = "https://open.work.weixin.qq.com/wwopen/sso/3rd_qrConnect"
  const { corpid, lang, redirect_uri, state, usertype } = options
  return checked(url, [
    ...common(options),
    [usertype !== undefined && usertype !== "admin" && usertype !== "member", "usertype", "expected admin or member"],
    [lang !== undefined && lang !== "zh" && lang !== "en", "lang", "expected zh or en"]
  ], () => `${url}?${queryOf({ appid: corpid, redirect_uri, state, usertype, lang })}`)
}

const common = (options: (CorpLogin | SuiteLogin) & { readonly redirect_uri: string }): ReadonlyArray<Rule> => [
  ["suite_id" in options ? options.suite_id === "" : options.corpid === "", "appid", "a corp id or suite id is needed"],
  redirectRule(options.redirect_uri)
]
