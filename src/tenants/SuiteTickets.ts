/**
 * suite_ticket: WeCom pushes a new one for every suite each 10 minutes, and a suite's token is fetched with the newest.
 *
 * @example
 * ```ts
 * const tickets = CallbackRouter.layer({
 *   path: "/suite",
 *   accounts: { token, encodingAesKey, receiveIds: [suiteId] },
 *   handlers: { "InfoType/suite_ticket": SuiteTickets.receive },
 *   fallback: () => Effect.void
 * })
 *
 * const suite = SuiteTickets.suite({ suiteId, suiteSecret }) // a WeComApp whose tickets come from the store
 * ```
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type { SuiteTicketPushed } from "../callback/events/SuiteEvents.ts"
import * as Failure from "../internal/kernel/failure.ts"
import type { StoreError } from "../StoreError.ts"
import { type SuiteApp, WeComApp } from "../WeComApp.ts"
import type { WeComError } from "../WeComError.ts"

/** A ticket, as it was pushed. */
export interface SuiteTicket {
  readonly suiteId: string
  readonly ticket: Redacted.Redacted
  /** When WeCom made it, in milliseconds of the epoch: the `TimeStamp` of the push. */
  readonly pushedAt: number
}

/**
 * The newest ticket of each suite. Keep them where a restart does not lose them (`RedisSuiteTickets`): until the next
 * push no token of the suite can be fetched. A suite that every store must pass is in
 * `SuiteTicketsSuite` of `effect-wecom/testing`.
 */
export class SuiteTickets extends Context.Service<SuiteTickets, {
  /** Keeps a ticket, unless a newer one is there: pushes may overtake each other. */
  readonly put: (ticket: SuiteTicket) => Effect.Effect<void, StoreError>
  /**
   * The newest ticket of a suite. Fails with `RequestInvalid` when none was pushed in the last 30 minutes
   * (`SuiteTickets.missing`), and with `TransportFailed` when the store fails.
   */
  readonly get: (suiteId: string) => Effect.Effect<Redacted.Redacted, WeComError>
}>()("effect-wecom/SuiteTickets") {
  /** Within this process: lost when it ends. */
  static readonly layerMemory: Layer.Layer<SuiteTickets> = Layer.sync(this, () => makeMemory())

  /** Handles `InfoType/suite_ticket`: put it among the handlers of the suite's `CallbackRouter`. */
  static readonly receive = (
    { SuiteId, SuiteTicket, TimeStamp }: SuiteTicketPushed
  ): Effect.Effect<void, StoreError, SuiteTickets> =>
    Effect.flatMap(
      Effect.suspend(() => SuiteTickets),
      (tickets) => tickets.put({ suiteId: SuiteId, ticket: SuiteTicket, pushedAt: DateTime.toEpochMillis(TimeStamp) })
    )

  /** A suite, as a caller, with the tickets that are kept here. */
  static readonly suite = (
    options: Omit<SuiteApp, "_tag" | "corpId" | "suiteTicket">
  ): Effect.Effect<SuiteApp, never, SuiteTickets> =>
    Effect.map(
      Effect.suspend(() => SuiteTickets),
      (tickets) => WeComApp.suite({ ...options, suiteTicket: tickets.get(options.suiteId) })
    )

  /** How long a ticket serves: 30 minutes, so that two pushes may be missed. */
  static readonly ticketLife: Duration.Duration = Duration.minutes(30)

  /** The failure where a suite has no ticket, for a store of your own. */
  static readonly missing = (suiteId: string): WeComError =>
    Failure.invalid(
      endpoint,
      "suite_ticket",
      `none was pushed for the suite ${suiteId} in the last 30 minutes: SuiteTickets.receive must handle its callbacks`
    )
}

/** The call that needs a ticket. */
const endpoint = "POST /cgi-bin/service/get_suite_token"

const makeMemory = (): SuiteTickets["Service"] => {
  const newest = new Map<string, SuiteTicket>()
  return SuiteTickets.of({
    put: (ticket) =>
      Effect.sync(() => {
        const current = newest.get(ticket.suiteId)
        if (current === undefined || current.pushedAt <= ticket.pushedAt) newest.set(ticket.suiteId, ticket)
      }),
    get: (suiteId) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const current = newest.get(suiteId)
        return current !== undefined && now < current.pushedAt + Duration.toMillis(SuiteTickets.ticketLife)
          ? Effect.succeed(current.ticket)
          : Effect.fail(SuiteTickets.missing(suiteId))
      })
  })
}
