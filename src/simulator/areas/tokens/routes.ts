/** 获取access_token, 获取第三方应用凭证, 获取企业凭证, 获取服务商凭证. */
import * as Redacted from "effect/Redacted"
import * as Credential from "../../../token/Credential.ts"
import { existing, openRoute, refuse, suiteRoute } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import { type App, type Corp, grant, isTemplate, type Token, type World } from "../../engine/World.ts"

const remaining = (token: Token, now: number): number => Math.floor((token.endsAt - now) / 1000)

const same = (a: Redacted.Redacted, b: Redacted.Redacted): boolean => Redacted.value(a) === Redacted.value(b)

/** When secrets were wrong. */
const mistakes = State.make("tokens/mistakes", (_: World): Array<number> => [])

const hour = 3600_000

/** "Several" wrong secrets ban the caller for an hour; the documents give no number. */
const tolerated = 10

const isBanned = (world: World, now: number): boolean =>
  mistakes(world).filter((at) => at > now - hour).length >= tolerated

const mistaken = (world: World, now: number): never => {
  const recent = mistakes(world)
  recent.push(now)
  recent.splice(0, recent.length - tolerated)
  return refuse(40001, "invalid credential")
}

export const tokens = [
  openRoute(Credential.getToken, ({ input, now, world }) => {
    const corp = existing(world.corps, input.corpid, 40013, "invalid corpid")
    if (isBanned(world, now)) refuse(45009, "api freq out of limit")
    const app = [...corp.apps, ...developedFor(world, corp)].find((app) => same(app.secret, input.corpsecret)) ??
      mistaken(world, now)
    const token = grant(world, { kind: "app", corp, app }, now)
    return { access_token: Redacted.make(token.value), expires_in: remaining(token, now) }
  }, { corpid: 41002, corpsecret: 41004 }),
  openRoute(Credential.getSuiteToken, ({ input, now, world }) => {
    const suite = existing(world.suites, input.suite_id, 40083)
    if (!same(suite.secret, input.suite_secret)) refuse(40080)
    const ticket = suite.tickets.find(({ value }) => value === Redacted.value(input.suite_ticket))
    if (ticket === undefined || ticket.endsAt <= now) refuse(40085)
    const token = grant(world, { kind: "suite", suite }, now)
    return { suite_access_token: Redacted.make(token.value), expires_in: remaining(token, now) }
  }, { suite_id: 41021, suite_secret: 41024, suite_ticket: 41023 }),
  suiteRoute(Credential.getCorpToken, ({ input, now, suite, world }) => {
    // Their permanent code is a secret, for gettoken.
    if (isTemplate(suite)) refuse(48002)
    const { app, corp } = existing(suite.installations, input.auth_corpid, 40084)
    if (!same(app.secret, input.permanent_code)) refuse(40084)
    const token = grant(world, { kind: "app", corp, app }, now)
    return { access_token: Redacted.make(token.value), expires_in: remaining(token, now) }
  }, { permanent_code: 41025 }),
  openRoute(Credential.getProviderToken, ({ input, now, world }) => {
    const { provider } = world
    if (provider === undefined || provider.corpId !== input.corpid) return refuse(40013, "invalid corpid")
    if (isBanned(world, now)) refuse(45009, "api freq out of limit")
    if (!same(provider.secret, input.provider_secret)) mistaken(world, now)
    const token = grant(world, { kind: "provider", provider }, now)
    return { provider_access_token: Redacted.make(token.value), expires_in: remaining(token, now) }
  }, { corpid: 41002, provider_secret: 41004 })
]

/** The apps that were developed for a corp (代开发应用). */
const developedFor = (world: World, corp: Corp): ReadonlyArray<App> =>
  [...world.suites.values()].filter(isTemplate).flatMap(({ installations }) => installations.get(corp.id)?.app ?? [])
