/**
 * 网页授权登录 and Web登录: the links that send a visitor to WeCom and back with a `code`, which `Identity` turns into who it
 * is. Nothing is called; what does not follow the rules fails with `RequestInvalid`, naming the field.
 */
import * as Effect from "effect/Effect"
import * as WeComError from "../WeComError.ts"
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
  /** `snsapi_base` where not said. An app of a corp needs its `agentid` for `snsapi_privateinfo`. */
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
export const authorization = (options: Authorization): Effect.Effect<string, WeComError.WeComError> => {
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
    [
      state !== undefined && !/^[A-Za-z0-9]{0,128}$/.test(state),
      "state",
      "at most 128 letters and digits are allowed"
    ]
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
export const webLogin = (options: WebLogin): Effect.Effect<string, WeComError.WeComError> => {
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

type Rule = readonly [broken: boolean, field: string, message: string]

const common = (options: (CorpLogin | SuiteLogin) & { readonly redirect_uri: string }): ReadonlyArray<Rule> => [
  ["suite_id" in options ? options.suite_id === "" : options.corpid === "", "appid", "a corp id or suite id is needed"],
  [
    !/^https?:\/\/[^/]/i.test(options.redirect_uri) || !URL.canParse(options.redirect_uri),
    "redirect_uri",
    "expected an http or https URL"
  ]
]

const checked = (
  url: string,
  rules: ReadonlyArray<Rule>,
  make: () => string
): Effect.Effect<string, WeComError.WeComError> => {
  const issues = rules.flatMap(([broken, field, message]) => broken ? [{ field, message }] : [])
  return issues.length === 0
    ? Effect.sync(make)
    : Effect.fail(
      new WeComError.WeComError({ endpoint: `GET ${url}`, reason: new WeComError.RequestInvalid({ issues }) })
    )
}

const queryOf = (params: { readonly [key: string]: string | number | undefined }): string =>
  Object.entries(params)
    .flatMap(([key, value]) => value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`])
    .join("&")
