/**
 * What a command fails with, how it is told, and the exit code: 0 for success, as the table below otherwise.
 */
import "../labels/index.ts"
import type { ServeError } from "effect/http/HttpServerError"
import type { PlatformError } from "effect/PlatformError"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as ErrorCode from "../ErrorCode.ts"
import type { WeComError } from "../WeComError.ts"

/** The exit codes. docs/cli.md lists them. */
export const ExitCode = {
  /** WeCom refused the call, for a reason that has no code of its own. */
  refused: 1,
  /** Wrong flags, arguments or fields: nothing was sent. */
  usage: 2,
  /** No configuration, one that is not safe, or a secret that WeCom does not take. */
  configuration: 3,
  /** The app may not do this. */
  permission: 4,
  /** Too many calls, or WeCom is busy: the same command may succeed later. */
  later: 5,
  /** No answer, or none that is WeCom's. */
  network: 6,
  /** A file could not be read or written. */
  file: 7,
  /** Ended by Ctrl-C. */
  interrupted: 130
} as const

/** A command that failed: what, why, and what to do. */
export class CliFailure extends Schema.TaggedError<CliFailure>("effect-wecom/CliFailure")("CliFailure", {
  what: Schema.String,
  advice: Schema.optional(Schema.String),
  /** The exit code. */
  code: Schema.Int
}) {
  override get message(): string {
    return this.what
  }
}

/** A mistake in flags, arguments or files. */
export const usage = (what: string, advice?: string): CliFailure =>
  new CliFailure({ what, advice, code: ExitCode.usage })

/** What is wrong with the configuration. */
export const misconfigured = (what: string, advice: string): CliFailure =>
  new CliFailure({ what, advice, code: ExitCode.configuration })

/** A server that could not be started. */
export const notServed = (host: string, port: number, error: ServeError): CliFailure =>
  usage(
    `${host}:${port} ${
      Predicate.hasProperty(error.cause, "code") && error.cause.code === "EADDRINUSE"
        ? "is already in use"
        : `cannot be listened on: ${String(error.cause)}`
    }`,
    "Choose another --port or --host; --port 0 takes a free port."
  )

/** A file that could not be read. */
export const unreadable = (file: string, { reason }: PlatformError): CliFailure => {
  const why = reason._tag === "NotFound"
    ? "there is no such file"
    : reason._tag === "PermissionDenied"
    ? "you may not read it"
    : `cannot be read: ${reason.message}`
  return new CliFailure({ what: `${file}: ${why}`, advice: "Check the path and its permissions.", code: ExitCode.file })
}

/** The command's failure for a call's. */
export const ofCall = (error: WeComError): CliFailure => {
  const { reason } = error
  const failure = (code: number, advice?: string): CliFailure =>
    new CliFailure({ what: `${error.endpoint}: ${reason.message}`, advice, code })
  switch (reason._tag) {
    case "RequestInvalid":
      return failure(
        ExitCode.usage,
        `\`wecom schema get "${error.endpoint}"\` shows the fields and their limits.`
      )
    case "TransportFailed":
      return failure(
        ExitCode.network,
        "Check the network, a proxy (HTTPS_PROXY) and the base URL; `wecom doctor` looks at each."
      )
    case "ResponseInvalid":
      return failure(ExitCode.network, "This was not WeCom's answer: check the base URL, and gateways in between.")
    case "CredentialRejected":
      return failure(ExitCode.configuration, adviceFor(reason.errcode))
    case "PermissionDenied":
      return failure(ExitCode.permission, adviceFor(reason.errcode, reason.fromIp))
    case "RateLimited":
    case "ServiceBusy":
      return failure(ExitCode.later, adviceFor(reason.errcode))
    case "ApiFailed":
      return failure(ExitCode.refused, adviceFor(reason.errcode))
  }
}

/** What to do about an errcode. */
export const adviceFor = (errcode: number, fromIp?: string): string => {
  switch (errcode) {
    case 40001:
      return "The secret is not this app's: copy it again from the admin console (应用管理 > the app > Secret) and run " +
        "`wecom login`. Several wrong secrets ban the address for an hour."
    case 40013:
      return "There is no such corp id: copy it from 我的企业 > 企业信息 > 企业ID."
    case 60020:
      return `Add the address${fromIp === undefined ? "" : ` ${fromIp}`} to the app's trusted IPs: admin console > ` +
        "应用管理 > the app > 企业可信IP. `wecom doctor` shows which address you leave from."
    case 48002:
      return "The app lacks the permission for this API: grant it in the admin console, or use the secret of the " +
        "app that has it (通讯录同步, 客户联系, ...)."
    case 48009:
      return "WeCom has closed this API to new addresses of contact sync: use the ids (`Users.listIds`) instead."
    case 301002:
    case 60011:
      return "The app does not see this member or department: extend its visible range (可见范围) in the admin console."
    case 60111:
      return "There is no such member: userids are case-insensitive, and shown in the address book (账号)."
  }
  switch (ErrorCode.category(errcode)) {
    case "CredentialRejected":
      return "Run `wecom login` with a fresh secret, or check WECOM_CORP_ID and WECOM_CORP_SECRET."
    case "PermissionDenied":
      return "Check the app's permissions, its visible range and its trusted IPs; `wecom doctor` looks at each."
    case "RateLimited":
      return "Wait for a minute or more before the next call: each further one prolongs the block."
    case "ServiceBusy":
      return "Run the same command again in a moment."
    case "ApiFailed":
      return `\`wecom errcode ${errcode}\` explains it.`
  }
}
