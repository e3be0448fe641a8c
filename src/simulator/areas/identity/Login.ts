/**
 * Logging in: the pages to which an app sends a browser, and the codes with which it comes back.
 */
import { Recent } from "../../engine/Recent.ts"
import { refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import { type Corp, type Member, type Provider, type Suite, type World } from "../../engine/World.ts"

/** A code that a login gave out. */
export interface LoginCode {
  readonly userid: string
  /** `snsapi_base`, `snsapi_privateinfo`, or `web` where a QR code was scanned. */
  readonly scope: string
  /** In milliseconds of the epoch: 5 minutes after it was given. */
  readonly endsAt: number
  used: boolean
}

/** A code that a login to a provider's page gave out: its visitor may be of any corp. */
export interface VisitorCode extends LoginCode {
  readonly corp: Corp
}

/** The codes of a corp. */
export const loginCodes = State.make("identity/login-codes", () => new Recent<string, LoginCode>())

/** The codes of a third-party suite. */
export const suiteLoginCodes = State.make("identity/suite-login-codes", (_: Suite) => new Recent<string, VisitorCode>())

/** The codes of a provider's older login. */
export const providerLoginCodes = State.make(
  "identity/provider-login-codes",
  (_: Provider) => new Recent<string, VisitorCode>()
)

/** Spends a code. */
export const spend = <Code extends LoginCode>(codes: ReadonlyMap<string, Code>, value: string, now: number): Code => {
  const code = codes.get(value) ?? refuse(40029, "invalid code")
  if (code.used) return refuse(42022, "code been used")
  if (code.endsAt <= now) return refuse(42003, "code expired")
  code.used = true
  return code
}

const codeLife = 5 * 60_000

/**
 * What happens when a member opens a login URL and agrees: the URL to which the browser is sent, with `code` and
 * `state`; or, as a text, why the page shows an error instead.
 */
export const authorize = (
  world: World,
  corp: Corp,
  member: Member,
  url: URL,
  now: number
): { readonly redirect: URL } | { readonly problem: string } => {
  const params = url.searchParams
  const web = url.pathname === webPath
  const appid = params.get("appid") ?? ""
  const suite = world.suites.get(appid)
  if (url.pathname === providerPath) return authorizeProvider(world, corp, member, url, now)
  if (!web && url.pathname !== oauthPath) return { problem: `${url.pathname} is no login page` }
  if (appid !== corp.id && suite === undefined) return { problem: `the appid ${appid} is not this corp's` }
  const redirectUri = params.get("redirect_uri") ?? ""
  if (!URL.canParse(redirectUri)) return { problem: "redirect_uri is no URL" }
  const state = params.get("state") ?? ""
  const agentId = params.get("agentid")
  if (agentId !== null && !corp.apps.some((app) => `${app.agentId}` === agentId)) {
    return { problem: `the corp has no app ${agentId}` }
  }
  let scope = "web"
  if (web) {
    if (params.get("login_type") !== (suite === undefined ? "CorpApp" : "ServiceApp")) {
      return { problem: "the login_type does not fit the appid" }
    }
    if (suite === undefined && agentId === null) return { problem: "agentid is missing" }
  } else {
    if (url.hash !== "#wechat_redirect") return { problem: "the URL must end with #wechat_redirect" }
    if (params.get("response_type") !== "code") return { problem: "response_type must be code" }
    if (!/^[A-Za-z0-9]{0,128}$/.test(state)) return { problem: "state must be at most 128 letters and digits" }
    scope = params.get("scope") ?? ""
    if (scope !== "snsapi_base" && scope !== "snsapi_privateinfo") return { problem: `${scope} is no scope` }
    // Without the app there is nothing that could be agreed to.
    if (agentId === null && suite === undefined) scope = "snsapi_base"
  }
  const code = world.text(43)
  const given = { userid: member.user.userid, scope, endsAt: now + codeLife, used: false }
  if (suite === undefined) loginCodes(corp).set(code, given)
  else suiteLoginCodes(suite).set(code, { ...given, corp })
  const redirect = new URL(redirectUri)
  redirect.searchParams.set("code", code)
  redirect.searchParams.set("state", state)
  if (web) redirect.searchParams.set("appid", appid)
  return { redirect }
}

/** The same on a provider's older login page. */
const authorizeProvider = (
  world: World,
  corp: Corp,
  member: Member,
  { searchParams: params }: URL,
  now: number
): { readonly redirect: URL } | { readonly problem: string } => {
  const { provider } = world
  if (provider === undefined || params.get("appid") !== provider.corpId) {
    return { problem: "the appid is no provider's" }
  }
  const redirectUri = params.get("redirect_uri") ?? ""
  if (!URL.canParse(redirectUri)) return { problem: "redirect_uri is no URL" }
  const code = world.text(43)
  const endsAt = now + codeLife
  providerLoginCodes(provider).set(code, { userid: member.user.userid, scope: "web", endsAt, used: false, corp })
  const redirect = new URL(redirectUri)
  redirect.searchParams.set("auth_code", code)
  redirect.searchParams.set("expires_in", `${codeLife / 1000}`)
  redirect.searchParams.set("state", params.get("state") ?? "")
  return { redirect }
}

/** Where OAuth begins (网页授权). */
export const oauthPath = "/connect/oauth2/authorize"

/** Where a web login begins (企业微信Web登录). */
export const webPath = "/wwlogin/sso/login"

/** Where a provider's older login begins (扫码授权登录). */
export const providerPath = "/wwopen/sso/3rd_qrConnect"
