/**
 * `wecom errcode`: what an errcode means, and what to do.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as ErrorCode from "../../ErrorCode.ts"
import { adviceFor, usage } from "../failure.ts"
import { formatFlags, formatOf } from "../formatFlags.ts"
import { record } from "../output.ts"

/** What the library does by itself. */
const does = (code: number): string => {
  if (ErrorCode.isTokenExpired(code)) return "Fetches a fresh token and repeats the call once."
  switch (ErrorCode.category(code)) {
    case "ServiceBusy":
      return "Repeats the call up to three times, 200 ms apart and doubling."
    case "RateLimited":
      return "Does not repeat the call within the block; `RateLimits` keeps a program below the limits."
    case "CredentialRejected":
      return "Fails at once, and does not ask again with the same secret for a minute or more."
    default:
      return "Fails at once: the same call would fail again."
  }
}

/** `wecom errcode`. */
export const command = Command.make("errcode", {
  code: Argument.Int("code").pipe(Argument.withDescription("An errcode, such as 60020.")),
  ...formatFlags
}, ({ code, ...format }) => {
  const label = ErrorCode.label(code)
  return label === undefined && ErrorCode.category(code) === "ApiFailed"
    ? Effect.fail(
      usage(
        `errcode ${code} is not known to this version`,
        `Look it up on the official page: ${ErrorCode.helpLink(code)}`
      )
    )
    : record(formatOf(format), {
      errcode: code,
      label,
      reason: ErrorCode.category(code),
      library: does(code),
      todo: adviceFor(code).replace(/^`wecom errcode .*$/, "Correct what the label names, then call again."),
      document: ErrorCode.helpLink(code)
    })
}).pipe(Command.withDescription("Explain an errcode: label, cause, what the library does, what to do"))
