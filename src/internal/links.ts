/**
 * Links that a browser follows: checked before they are made.
 */
import * as Effect from "effect/Effect"
import { RequestInvalid, WeComError } from "../WeComError.ts"

/** What a link must not be, and what to say of which field when it is. */
export type Rule = readonly [broken: boolean, field: string, message: string]

/** Letters and digits, at most so many. */
export const isState = (state: string | undefined, longest: number): boolean =>
  state === undefined || (state.length <= longest && /^[A-Za-z0-9]*$/.test(state))

/** Where a browser comes back to. */
export const redirectRule = (redirectUri: string): Rule => [
  !/^https?:\/\/[^/]/i.test(redirectUri) || !URL.canParse(redirectUri),
  "redirect_uri",
  "expected an http or https URL"
]

/** Makes a link, or fails with `RequestInvalid`, naming every field that is wrong. */
export const checked = (
  url: string,
  rules: ReadonlyArray<Rule>,
  make: () => string
): Effect.Effect<string, WeComError> => {
  const issues = rules.flatMap(([broken, field, message]) => broken ? [{ field, message }] : [])
  return issues.length === 0
    ? Effect.sync(make)
    : Effect.fail(
      new WeComError({ endpoint: `GET ${url}`, reason: new RequestInvalid({ issues }) })
    )
}

/** The query of a link, without absent parameters. */
export const queryOf = (params: { readonly [key: string]: string | number | undefined }): string =>
  Object.entries(params)
    .flatMap(([key, value]) => value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`])
    .join("&")
