/**
 * 授权链接 and 注册链接: the links with which a corp installs a provider's suite, or registers with WeCom first. Nothing is
 * called; what does not follow the rules fails with `RequestInvalid`, naming the field. `LoginUrl` has the links with
 * which their members log in.
 */
import type * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { checked, isState, queryOf, redirectRule } from "../internal/links.ts"
import type { WeComError } from "../WeComError.ts"

/** An installation that begins on the provider's own page. */
export interface Install {
  readonly suite_id: string
  /** Of `SuiteAuthorisation.getPreAuthCode`: valid for 20 minutes. */
  readonly pre_auth_code: Redacted.Redacted
  /** Where the administrator comes back to, with `auth_code`, `expires_in` and `state`: an http or https URL. */
  readonly redirect_uri: string
  /** Comes back unchanged: letters and digits, at most 128. Draw it at random and compare, against forged requests. */
  readonly state?: string | undefined
}

/**
 * 从服务商网站发起授权. The link of the page where an administrator installs a suite. He comes back with an `auth_code`, which
 * serves for 10 minutes: hand it to `SuiteAuthorisation.getPermanentCode`. No `InfoType/create_auth` is sent.
 *
 * @example
 * ```ts
 * const { pre_auth_code } = yield* authorisation.getPreAuthCode()
 * const url = yield* InstallUrl.install({ suite_id, pre_auth_code, redirect_uri: "https://example.com/installed", state })
 * ```
 * @see https://developer.work.weixin.qq.com/document/path/90597
 */
export const install = (options: Install): Effect.Effect<string, WeComError> => {
  const url = "https://open.work.weixin.qq.com/3rdapp/install"
  const { redirect_uri, state, suite_id } = options
  const pre_auth_code = Redacted.value(options.pre_auth_code)
  return checked(url, [
    [suite_id === "", "suite_id", "a suite id is needed"],
    [pre_auth_code === "", "pre_auth_code", "a code of getPreAuthCode is needed"],
    redirectRule(redirect_uri),
    [!isState(state, 128), "state", "at most 128 letters and digits are allowed"]
  ], () => `${url}?${queryOf({ suite_id, pre_auth_code, redirect_uri, state })}`)
}

/**
 * 注册链接. The link of the page where a corp registers with WeCom, with a code of `CorpRegistration.createCode`: valid for 10
 * minutes, once.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90578
 */
export const register = (
  options: { readonly register_code: string }
): Effect.Effect<string, WeComError> => {
  const url = "https://open.work.weixin.qq.com/3rdservice/wework/register"
  const { register_code } = options
  return checked(
    url,
    [[register_code === "", "register_code", "a code of createCode is needed"]],
    () => `${url}?${queryOf({ register_code })}`
  )
}
