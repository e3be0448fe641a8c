/** JS-SDK. */
import * as Redacted from "effect/Redacted"
import { JsSdk, Ticket, TicketType } from "../../../../identity/JsSdk.ts"
import { refuse, route } from "../../../engine/Route.ts"
import { seenMember } from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { type App, type Corp, type World } from "../../../engine/World.ts"

const { endpoints } = JsSdk

interface Granted {
  readonly value: string
  readonly endsAt: number
}

/** Tickets of the corp, or of one of its apps, by type. */
const tickets = State.make("identity/js-sdk-tickets", () => new Map<Corp | App, Map<string, Granted>>())

/** When tickets were asked for. */
const requests = State.make("identity/js-sdk-requests", () => new Map<Corp | App, Array<number>>())

const hour = 3600_000

/** 400 an hour for a corp, 100 for an app. */
const count = (corp: Corp, owner: Corp | App, limit: number, now: number): void => {
  const recent = (requests(corp).get(owner) ?? []).filter((at) => at > now - hour)
  if (recent.length >= limit) refuse(45009, "api freq out of limit")
  requests(corp).set(owner, [...recent, now])
}

const grant = (world: World, corp: Corp, app: App, owner: Corp | App, type: string, now: number): Ticket => {
  count(corp, corp, 400, now)
  count(corp, app, 100, now)
  const held = tickets(corp).get(owner) ?? new Map<string, Granted>()
  tickets(corp).set(owner, held)
  const current = held.get(type)
  const ticket = current !== undefined && current.endsAt > now
    ? current
    : { value: world.text(86), endsAt: now + world.tokenLife }
  held.set(type, ticket)
  return new Ticket({
    ticket: Redacted.make(ticket.value),
    expires_in: Math.floor((ticket.endsAt - now) / 1000)
  })
}

export const jsSdk = [
  route(endpoints.getJsapiTicket, ({ app, corp, now, world }) => grant(world, corp, app, corp, "jsapi", now)),
  route(
    endpoints.getTicket,
    ({ app, corp, input, now, world }) =>
      grant(world, corp, app, input.type === TicketType.WxCard ? corp : app, input.type, now)
  ),
  route(endpoints.getLaunchCode, (call) => {
    const { input, world } = call
    for (const userid of [input.operator_userid, input.single_chat.userid]) seenMember(call, userid)
    return world.text(43)
  })
]
