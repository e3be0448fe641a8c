/**
 * Logging in: the pages to which an app sends a browser, and the codes with which it comes back.
 */
import { area, type Corp, type Member, type World } from "./World.ts"

/** A code that a login gave out. */
export interface LoginCode {
  readonly userid: string
  /** `snsapi_base`, `snsapi_privateinfo`, or `web` where a QR code was scanned. */
  readonly scope: string
  /** In milliseconds of the epoch: 5 minutes after it was given. */
  readonly endsAt: number
  used: boolean
}

/** The codes of a corp. */
export const loginCodes = area(() => new Map<string, LoginCode>())

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
  if (!web && url.pathname !== oauthPath) return { problem: `${url.pathname} is no login page` }
  if (params.get("appid") !== corp.id) return { problem: `the appid ${params.get("appid")} is not this corp's` }
  const redirectUri = params.get("redirect_uri") ?? ""
  if (!URL.canParse(redirectUri)) return { problem: "redirect_uri is no URL" }
  const state = params.get("state") ?? ""
  const agentId = params.get("agentid")
  if (agentId !== null && !corp.apps.some((app) => `${app.agentId}` === agentId)) {
    return { problem: `the corp has no app ${agentId}` }
  }
  let scope = "web"
  if (web) {
    if (params.get("login_type") === "CorpApp" && agentId === null) return { problem: "agentid is missing" }
  } else {
    if (url.hash !== "#wechat_redirect") return { problem: "the URL must end with #wechat_redirect" }
    if (params.get("response_type") !== "code") return { problem: "response_type must be code" }
    if (!/^[A-Za-z0-9]{0,128}$/.test(state)) return { problem: "state must be at most 128 letters and digits" }
    scope = params.get("scope") ?? ""
    if (scope !== "snsapi_base" && scope !== "snsapi_privateinfo") return { problem: `${scope} is no scope` }
    // Without the app there is nothing that could be agreed to.
    if (agentId === null) scope = "snsapi_base"
  }
  const code = world.text(43)
  loginCodes(corp).set(code, { userid: member.user.userid, scope, endsAt: now + codeLife, used: false })
  const redirect = new URL(redirectUri)
  redirect.searchParams.set("code", code)
  redirect.searchParams.set("state", state)
  if (web) redirect.searchParams.set("appid", corp.id)
  return { redirect }
}

/** Where OAuth begins (网页授权). */
export const oauthPath = "/connect/oauth2/authorize"

/** Where a web login begins (企业微信Web登录). */
export const webPath = "/wwlogin/sso/login"
