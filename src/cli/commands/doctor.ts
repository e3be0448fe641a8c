/**
 * `wecom doctor`: what stands between this machine and a successful call.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { Agents } from "../../apps/Agents.ts"
import { CallbackCrypto } from "../../callback/CallbackCrypto.ts"
import { Departments } from "../../contacts/Departments.ts"
import { FollowUsers } from "../../customers/FollowUsers.ts"
import type { Endpoint } from "../../Endpoint.ts"
import { baseUrlOf } from "../../internal/kernel/exchange.ts"
import * as NodeCallbackCrypto from "../../node/NodeCallbackCrypto.ts"
import { TokenCache } from "../../token/TokenCache.ts"
import { WeComApp } from "../../WeComApp.ts"
import { WeComClient } from "../../WeComClient.ts"
import type { WeComError } from "../../WeComError.ts"
import { call, layerHttp } from "../client.ts"
import { CliFailure, ExitCode, ofCall } from "../failure.ts"
import { formatFlags, formatOf } from "../formatFlags.ts"
import { type Column, rows, say } from "../output.ts"
import { type Settings, settings, variableOf } from "../settings.ts"

/** What was looked at, and what came of it. */
interface Finding {
  readonly what: string
  /** `left out` where something before it failed, or it was not asked for. */
  readonly state: "ok" | "wrong" | "left out"
  readonly detail: string
  readonly todo?: string | undefined
  readonly code?: number | undefined
}

const ok = (what: string, detail: string): Finding => ({ what, state: "ok", detail })
const wrong = (what: string, { advice, code, what: detail }: CliFailure): Finding => ({
  what,
  state: "wrong",
  detail,
  todo: advice,
  code
})
const leftOut = (what: string, detail: string): Finding => ({ what, state: "left out", detail })

const configuration = (given: Settings): Finding => {
  const missing = (["corpId", "secret"] as const).filter((key) => given[key] === undefined)
  const found = (["corpId", "secret", "agentId", "baseUrl"] as const).filter((key) => given.from[key] !== undefined)
  const sources = [...Map.groupBy(found, (key) => given.from[key])].map(([from, keys]) =>
    `${keys.join(", ")} from ${from}`
  )
  return missing.length === 0 ? ok("configuration", sources.join("; ")) : {
    what: "configuration",
    state: "wrong",
    detail: `${missing.join(" and ")} missing`,
    todo: `Run \`wecom login\`, or set ${missing.map(variableOf).join(" and ")}.`,
    code: ExitCode.configuration
  }
}

/** The server answers, and its clock and ours agree: signatures and tokens depend on it. */
const network = (given: Settings): Effect.Effect<ReadonlyArray<Finding>, never, HttpClient.HttpClient> =>
  Effect.gen(function*() {
    const url = baseUrlOf(given)
    const response = yield* HttpClient.get(`${url}/cgi-bin/gettoken`).pipe(Effect.timeout("10 seconds"))
    const now = yield* Clock.currentTimeMillis
    const theirs = Date.parse(response.headers["date"] ?? "")
    const apart = Math.round((now - theirs) / 1000)
    const clock: Finding = Number.isNaN(apart)
      ? leftOut("clock", "the server does not say its time")
      : Math.abs(apart) <= 60
      ? ok("clock", `${Math.abs(apart)} s from the server's`)
      : {
        what: "clock",
        state: "wrong",
        detail: `${Math.abs(apart)} s ${apart > 0 ? "ahead of" : "behind"} the server's`,
        todo:
          "Set the clock (NTP): callbacks more than 5 minutes off are refused, and tokens seem to last longer or shorter.",
        code: ExitCode.configuration
      }
    return [ok("network", `${url} answers`), clock]
  }).pipe(
    Effect.catch((error) =>
      Effect.succeed([wrong(
        "network",
        new CliFailure({
          what: `${baseUrlOf(given)}: ${
            error._tag === "TimeoutError" ? "no answer within 10 seconds" : "the connection failed"
          }`,
          advice: "Check DNS, firewall and proxy (HTTPS_PROXY), and WECOM_BASE_URL.",
          code: ExitCode.network
        })
      )])
    )
  )

/** Any refused call says where it came from: this one carries no token that is anybody's. */
const address = (given: Settings) =>
  call(Departments.endpoints.listIds, {}).pipe(
    WeComApp.use(WeComApp.provided({
      corpId: given.corpId ?? "",
      baseUrl: given.baseUrl,
      tokens: { app: { get: Effect.succeed(Redacted.make("wecom-doctor")) } }
    })),
    Effect.as(Option.none<string>()),
    Effect.catch(({ reason }) => Effect.succeed(Option.fromNullishOr("fromIp" in reason ? reason.fromIp : undefined)))
  )

/** A call that an app with a permission may make. */
const permission = <I, A>(what: string, endpoint: Endpoint<I, A>, tell: (answer: A) => string) =>
  call(endpoint, {}).pipe(
    Effect.map((answer) => ok(what, tell(answer))),
    Effect.catch((error: WeComError) => Effect.succeed(wrong(what, ofCall(error))))
  )

/** Asks the URL as WeCom does when it is entered in the admin console. */
const urlCheck = (given: Settings, url: string) =>
  Effect.gen(function*() {
    const { callbackAesKey, callbackToken } = given
    if (callbackToken === undefined || callbackAesKey === undefined) {
      return leftOut("callback URL", `set ${variableOf("callbackToken")} and ${variableOf("callbackAesKey")}`)
    }
    const { make } = yield* CallbackCrypto
    const cipher = yield* make({ token: callbackToken, encodingAesKey: callbackAesKey })
    const echo = `${yield* Random.nextIntBetween(1e9, 2e9)}`
    const timestamp = `${Math.floor((yield* Clock.currentTimeMillis) / 1000)}`
    const nonce = `${yield* Random.nextIntBetween(1e9, 2e9)}`
    const echostr = yield* cipher.encrypt({ message: echo, receiveId: given.corpId ?? "" })
    const msg_signature = yield* cipher.sign({ timestamp, nonce, encrypt: echostr })
    const response = yield* HttpClient.get(url, { urlParams: { msg_signature, timestamp, nonce, echostr } })
    const text = yield* response.text
    return response.status === 200 && text === echo
      ? ok("callback URL", `${url} answers as WeCom wants it`)
      : {
        what: "callback URL",
        state: "wrong",
        detail: `HTTP ${response.status}, not the decrypted echostr`,
        todo: "The answer is the decrypted echostr alone: no quotes, no line break. Compare token, key and corp id.",
        code: ExitCode.network
      } satisfies Finding
  }).pipe(
    Effect.timeout("1 second"),
    Effect.provide(NodeCallbackCrypto.layer),
    Effect.catch((error) =>
      Effect.succeed(wrong(
        "callback URL",
        new CliFailure({
          what: error._tag === "TimeoutError"
            ? "no answer within a second, which is all that WeCom waits"
            : error.message,
          advice: "The URL must be reached from the internet; behind a tunnel, check that it is up.",
          code: ExitCode.network
        })
      ))
    )
  )

const marks: { readonly [K in Finding["state"]]: string } = { ok: "✓", wrong: "✗", "left out": "-" }

const columns: ReadonlyArray<Column<Finding>> = [
  { title: "", value: ({ state }) => marks[state] },
  { title: "WHAT", value: ({ what }) => what, fit: "whole" },
  { title: "FOUND", value: ({ detail }) => detail, fit: "wrap" }
]

/** `wecom doctor`. */
export const command = Command.make("doctor", {
  callback: Flag.optional(
    Flag.String("callback").pipe(
      Flag.withMetavar("URL"),
      Flag.withDescription("Also check this callback URL as WeCom does when it is entered.")
    )
  ),
  ...formatFlags
}, ({ callback, ...format }) =>
  Effect.gen(function*() {
    const given = yield* settings
    const findings: Array<Finding> = [configuration(given)]
    findings.push(...(yield* network(given)))
    const reachable = findings.every(({ what, state }) => what !== "network" || state === "ok")
    const { agentId, baseUrl, corpId, secret } = given
    if (!reachable || corpId === undefined || secret === undefined) {
      findings.push(leftOut("credentials", reachable ? "there are none" : "the server does not answer"))
    } else {
      const app = WeComApp.secret({ corpId, secret, agentId, baseUrl })
      yield* Effect.gen(function*() {
        const from = yield* address(given)
        findings.push(Option.match(from, {
          onNone: () => leftOut("address", "the server does not say where calls come from"),
          onSome: (ip) => ok("address", `${ip}: enter this one in the trusted IPs (应用管理 > the app > 企业可信IP)`)
        }))
        const verified = yield* WeComClient.verify(app).pipe(
          Effect.as(ok("credentials", `corp ${corpId}`)),
          Effect.catch((error) => Effect.succeed(wrong("credentials", ofCall(error))))
        )
        findings.push(verified)
        if (verified.state !== "ok") return
        if (agentId === undefined) findings.push(leftOut("app", `set ${variableOf("agentId")} to see it`))
        else {
          findings.push(
            yield* permission("app", Agents.endpoints.get, ({ close, name }) =>
              `${name ?? agentId}${close ? ", switched off" : ""}`)
          )
        }
        findings.push(
          yield* permission("contacts", Departments.endpoints.listIds, (found) =>
            `${found.length} departments are visible`)
        )
        findings.push(
          yield* permission("customers", FollowUsers.endpoints.list, (found) =>
            `${found.length} members follow customers`)
        )
      }).pipe(Effect.provide(WeComClient.layer(app).pipe(Layer.provideMerge(TokenCache.layerMemory))))
    }
    if (Option.isSome(callback)) {
      findings.push(yield* urlCheck(given, callback.value))
    }
    yield* rows(formatOf(format), findings, columns)
    const failed = findings.filter(({ state }) =>
      state === "wrong"
    )
    for (const { todo, what } of failed) {
      if (todo !== undefined) {
        yield* say(`${what}: ${todo}`)
      }
    }
    const [first] = failed
    if (first !== undefined) {
      return yield* Effect.fail(
        new CliFailure({
          what: `${failed.length} of ${findings.length} checks failed`,
          code: first.code ?? ExitCode.configuration
        })
      )
    }
  }).pipe(Effect.provide(layerHttp))).pipe(Command.withDescription(
    "Check credentials, trusted IP, clock, callback URL and permissions, and say what to do"
  ))
