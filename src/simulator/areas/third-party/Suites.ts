/**
 * The admin console of the corps that install suites, and the pages that lead there: what happens to a suite, and what its
 * provider is told of it.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as SuiteEvents from "../../../callback/events/SuiteEvents.ts"
import { addressOf, type CallbackSender, type Delivery, SimulatorError } from "../../engine/CallbackSender.ts"
import { openIdOf } from "../../engine/OpenIds.ts"
import type { CallbackOptions, VisibleRange } from "../../engine/Options.ts"
import type { Power } from "../../engine/Power.ts"
import { Recent } from "../../engine/Recent.ts"
import * as State from "../../engine/State.ts"
import {
  type App,
  type Corp,
  type Installation,
  issueTicket,
  makeApp,
  originOf,
  type Suite,
  type World
} from "../../engine/World.ts"

/** How a suite is installed. */
export interface InstallOptions {
  /** Default: a new one. */
  readonly agentId?: number | undefined
  /** 可见范围. Default: the whole corp; for a member who installs it for themself, that member. */
  readonly visible?: VisibleRange | undefined
  /** 接口权限. Default: all. */
  readonly powers?: ReadonlyArray<Power> | undefined
  /** The userid of who does it; an administrator, unless `mode` is `member`. */
  readonly by?: string | undefined
  /** 授权模式. Default: `admin`. */
  readonly mode?: "admin" | "member" | undefined
  /** Of the link or code that was followed. */
  readonly state?: string | undefined
  /** Where the corp's messages and events go (数据回调). */
  readonly callback?: CallbackOptions | undefined
}

/** A suite, and what corps do with it. Each act calls the suite back, and fails where the suite has no callback. */
export interface SuiteConsole {
  readonly suiteId: string
  /** Makes a ticket, which serves for 30 minutes, and pushes it where the suite has a callback. */
  readonly pushTicket: Effect.Effect<string, SimulatorError>
  /** 安装. A corp installs the suite: `create_auth` with the code that `get_permanent_code` takes. */
  readonly install: (corpId: string, options?: InstallOptions) => Effect.Effect<Delivery, SimulatorError>
  /** An administrator opens an installation link and agrees: the URL to which he is sent, with `auth_code`. */
  readonly open: (url: string, corpId: string, options?: InstallOptions) => Effect.Effect<URL, SimulatorError>
  /** 修改可见范围: `change_auth`. */
  readonly change: (corpId: string, visible: VisibleRange | undefined) => Effect.Effect<Delivery, SimulatorError>
  /** 删除应用: `cancel_auth`; the corp's token and permanent code end. */
  readonly uninstall: (corpId: string) => Effect.Effect<Delivery, SimulatorError>
  /** 重新获取secret: `reset_permanent_code`, with the code that gives the new one. */
  readonly resetPermanentCode: (corpId: string) => Effect.Effect<Delivery, SimulatorError>
  /** A member chooses others with the JS-SDK: the ticket for `list_selected_ticket_user`. */
  readonly select: (
    corpId: string,
    by: string,
    userids: ReadonlyArray<string>
  ) => Effect.Effect<string, SimulatorError>
}

/** What a 临时授权码 stands for. */
interface AuthCode {
  readonly corp: Corp
  readonly options: InstallOptions
  /** Epoch milliseconds. */
  readonly endsAt: number
}

/** Whom a member chose. */
export interface Selection {
  readonly by: string
  readonly userids: ReadonlyArray<string>
}

/** What a suite has beside its tickets and installations. */
interface SuiteState {
  readonly authCodes: Map<string, AuthCode>
  /** When they end, in milliseconds of the epoch. */
  readonly preAuthCodes: Map<string, number>
  readonly selections: Map<string, Selection & { readonly corp: Corp }>
}

const stateOf = State.make("third-party/codes", (_: Suite): SuiteState => ({
  authCodes: new Recent(),
  preAuthCodes: new Recent(),
  selections: new Recent()
}))

/** How often a suite is pushed a new ticket. */
export const ticketPace = Duration.minutes(10)

/** How long a 临时授权码 serves. */
export const authCodeLife = 10 * 60_000

/** How long a 预授权码 serves. */
export const preAuthCodeLife = 20 * 60_000

/** A new 预授权码. */
export const issuePreAuthCode = (world: World, suite: Suite, now: number): string => {
  const code = world.text(64)
  stateOf(suite).preAuthCodes.set(code, now + preAuthCodeLife)
  return code
}

/** Whether a 预授权码 serves. */
export const acceptsPreAuthCode = (suite: Suite, code: string, now: number): boolean =>
  (stateOf(suite).preAuthCodes.get(code) ?? 0) > now

/** Whom a member chose, by the ticket of the JS-SDK. */
export const selectionOf = (suite: Suite, corp: Corp, ticket: string): Selection | undefined => {
  const selection = stateOf(suite).selections.get(ticket)
  return selection?.corp === corp ? selection : undefined
}

/** The suite that an app is an installation of. */
export const suiteOf = (
  world: World,
  app: App
): { readonly suite: Suite; readonly installation: Installation } | undefined => {
  for (const suite of world.suites.values()) {
    for (const installation of suite.installations.values()) {
      if (installation.app === app) return { suite, installation }
    }
  }
  return undefined
}

/** Spends a 临时授权码: the suite is then installed, or its permanent code another one. */
export const redeem = (
  world: World,
  suite: Suite,
  code: string,
  now: number
): { readonly installation: Installation; readonly options: InstallOptions } | undefined => {
  const { authCodes } = stateOf(suite)
  const found = authCodes.get(code)
  authCodes.delete(code)
  if (found === undefined || found.endsAt <= now) return undefined
  const { corp, options } = found
  const before = suite.installations.get(corp.id)
  const { by = before?.by, mode = before?.mode ?? "admin" } = options
  const visible = options.visible ?? before?.app.visible ?? (mode === "member" && by !== undefined
    ? { members: [by] }
    : undefined)
  const made = makeApp({
    agentId: options.agentId ?? before?.app.agentId ?? nextAgentId(world, corp),
    name: suite.id,
    secret: world.text(43),
    visible,
    powers: options.powers ?? before?.app.powers,
    callback: options.callback
  }, originOf(suite.id))
  const app: App = { ...made, callback: made.callback ?? before?.app.callback }
  const installation: Installation = { corp, app, mode, by }
  suite.installations.set(corp.id, installation)
  return { installation, options }
}

const nextAgentId = (world: World, corp: Corp): number => {
  const installed = [...world.suites.values()].flatMap(({ installations }) => installations.get(corp.id)?.app ?? [])
  return Math.max(1_000_000, ...[...corp.apps, ...installed].map(({ agentId = 0 }) => agentId)) + 1
}

const fail = (message: string) => Effect.fail(new SimulatorError({ message }))

/** What corps do with a suite. */
export const consoleOf = (
  { sender, world }: { readonly sender: CallbackSender; readonly world: World },
  suiteId: string
): Effect.Effect<SuiteConsole, SimulatorError> => {
  const suite = world.suites.get(suiteId)
  if (suite === undefined) return fail(`there is no suite ${suiteId}`)

  const corpOf = (corpId: string): Effect.Effect<Corp, SimulatorError> => {
    const corp = world.corps.get(corpId)
    return corp === undefined ? fail(`there is no corp ${corpId}`) : Effect.succeed(corp)
  }

  const installed = (corpId: string): Effect.Effect<Installation, SimulatorError> => {
    const installation = suite.installations.get(corpId)
    return installation === undefined ? fail(`${suiteId} is not installed in ${corpId}`) : Effect.succeed(installation)
  }

  const send = (event: { readonly key: string; readonly raw: string }): Effect.Effect<Delivery, SimulatorError> => {
    const address = addressOf({ suite })
    return address === undefined
      ? fail(`the suite ${suiteId} has no callback`)
      : sender.send(address, event.key, event.raw)
  }

  const issueAuthCode = (corp: Corp, options: InstallOptions, now: number): Redacted.Redacted => {
    const code = world.text(64)
    stateOf(suite).authCodes.set(code, { corp, options, endsAt: now + authCodeLife })
    return Redacted.make(code)
  }

  const stamp = (now: number) => ({ SuiteId: suiteId, TimeStamp: DateTime.makeUnsafe(now) })

  return Effect.succeed({
    suiteId,
    pushTicket: Effect.gen(function*() {
      const now = yield* Clock.currentTimeMillis
      const ticket = issueTicket(world, suite, now)
      if (suite.callback === undefined) return ticket
      yield* send(new SuiteEvents.SuiteTicketPushed({ ...stamp(now), SuiteTicket: Redacted.make(ticket) }))
      return ticket
    }),
    install: (corpId, options = {}) =>
      Effect.gen(function*() {
        const corp = yield* corpOf(corpId)
        const now = yield* Clock.currentTimeMillis
        const AuthCode = issueAuthCode(corp, options, now)
        return yield* send(
          new SuiteEvents.SuiteAuthorised({ ...stamp(now), AuthCode, State: options.state, ExtraInfo: undefined })
        )
      }),
    open: (url, corpId, options = {}) =>
      Effect.gen(function*() {
        const corp = yield* corpOf(corpId)
        const now = yield* Clock.currentTimeMillis
        if (!URL.canParse(url)) return yield* fail("the installation link is no URL")
        const { pathname, searchParams } = new URL(url)
        const redirectUri = searchParams.get("redirect_uri") ?? ""
        if (pathname !== "/3rdapp/install") return yield* fail(`${pathname} is no installation page`)
        if (searchParams.get("suite_id") !== suiteId) return yield* fail("the link is another suite's")
        if (!acceptsPreAuthCode(suite, searchParams.get("pre_auth_code") ?? "", now)) {
          return yield* fail("the pre_auth_code is wrong or has ended")
        }
        if (!URL.canParse(redirectUri)) return yield* fail("redirect_uri is no URL")
        const redirect = new URL(redirectUri)
        const state = searchParams.get("state") ?? ""
        const code = issueAuthCode(corp, { ...options, state: state === "" ? undefined : state }, now)
        redirect.searchParams.set("auth_code", Redacted.value(code))
        redirect.searchParams.set("expires_in", `${authCodeLife / 1000}`)
        redirect.searchParams.set("state", state)
        return redirect
      }),
    change: (corpId, visible) =>
      Effect.gen(function*() {
        const { app } = yield* installed(corpId)
        app.visible = visible
        const now = yield* Clock.currentTimeMillis
        return yield* send(
          new SuiteEvents.SuiteAuthorisationChanged({
            ...stamp(now),
            AuthCorpId: corpId,
            State: undefined,
            ExtraInfo: undefined
          })
        )
      }),
    uninstall: (corpId) =>
      Effect.gen(function*() {
        const { app } = yield* installed(corpId)
        const now = yield* Clock.currentTimeMillis
        suite.installations.delete(corpId)
        for (const token of world.tokens.values()) {
          if (token.principal.kind === "app" && token.principal.app === app) token.endsAt = Math.min(token.endsAt, now)
        }
        return yield* send(
          new SuiteEvents.SuiteAuthorisationCancelled({ ...stamp(now), AuthCorpId: corpId, ExtraInfo: undefined })
        )
      }),
    resetPermanentCode: (corpId) =>
      Effect.gen(function*() {
        const { corp } = yield* installed(corpId)
        const now = yield* Clock.currentTimeMillis
        const AuthCode = issueAuthCode(corp, {}, now)
        return yield* send(new SuiteEvents.PermanentCodeReset({ ...stamp(now), AuthCode }))
      }),
    select: (corpId, by, userids) =>
      Effect.map(installed(corpId), ({ corp }) => {
        const ticket = world.text(64)
        stateOf(suite).selections.set(ticket, { corp, by, userids })
        return ticket
      })
  })
}

/** The id by which a provider's apps know a member. */
export const openUserId = (corp: Corp, userid: string): string => openIdOf(corp, "user", userid)
