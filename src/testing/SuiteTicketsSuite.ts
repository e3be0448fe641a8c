/**
 * What every `SuiteTickets` must do, as a list of cases for any test runner.
 *
 * @example
 * ```ts
 * for (const { name, run } of SuiteTicketsSuite.cases) {
 *   it.live(name, () => run.pipe(Effect.provide(mySuiteTickets)))
 * }
 * ```
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { expect, type SuiteFailed } from "./expectation.ts"

export { SuiteFailed } from "./expectation.ts"
import type { StoreError } from "../StoreError.ts"
import { SuiteTickets } from "../tenants/SuiteTickets.ts"
import type { WeComError } from "../WeComError.ts"

/** One thing that a store must do. Runs in real time, within a second, with suite ids of its own. */
export interface Case {
  readonly name: string
  readonly run: Effect.Effect<void, SuiteFailed | StoreError | WeComError, SuiteTickets>
}

const makeCase = (
  name: string,
  run: (
    tickets: SuiteTickets["Service"],
    suiteId: string,
    now: number
  ) => Effect.Effect<void, SuiteFailed | StoreError | WeComError>
): Case => ({
  name,
  run: Effect.gen(function*() {
    yield* run(yield* SuiteTickets, `suite-${crypto.randomUUID()}`, yield* Clock.currentTimeMillis)
  })
})

const second = 1000

const push = (tickets: SuiteTickets["Service"], suiteId: string, ticket: string, pushedAt: number) =>
  tickets.put({ suiteId, ticket: Redacted.make(ticket), pushedAt })

const expectMissing = (tickets: SuiteTickets["Service"], suiteId: string, expectation: string) =>
  Effect.flatMap(
    Effect.result(tickets.get(suiteId)),
    (result) => expect(result._tag === "Failure" && result.failure.reason._tag === "RequestInvalid", expectation)
  )

const expectTicket = (tickets: SuiteTickets["Service"], suiteId: string, ticket: string, expectation: string) =>
  Effect.flatMap(tickets.get(suiteId), (found) => expect(Redacted.value(found) === ticket, expectation))

/** Everything that a store must do. */
export const cases: ReadonlyArray<Case> = [
  makeCase(
    "fails with RequestInvalid for a suite without a ticket",
    (tickets, suiteId) => expectMissing(tickets, suiteId, "no ticket was pushed, yet get does not say so")
  ),

  makeCase(
    "gives back the ticket that was pushed",
    (tickets, suiteId, now) =>
      Effect.andThen(push(tickets, suiteId, "a", now), expectTicket(tickets, suiteId, "a", "the ticket is there"))
  ),

  makeCase("keeps suites apart", (tickets, suiteId, now) =>
    Effect.gen(function*() {
      yield* push(tickets, `${suiteId}-1`, "a", now)
      yield* push(tickets, `${suiteId}-2`, "b", now)
      yield* expectTicket(tickets, `${suiteId}-1`, "a", "the first suite's ticket is its own")
      yield* expectTicket(tickets, `${suiteId}-2`, "b", "the second suite's ticket is its own")
    })),

  makeCase("replaces a ticket by a newer one", (tickets, suiteId, now) =>
    Effect.gen(function*() {
      yield* push(tickets, suiteId, "a", now - 600 * second)
      yield* push(tickets, suiteId, "b", now)
      yield* expectTicket(tickets, suiteId, "b", "the newer ticket is there")
    })),

  makeCase("keeps the newest when an older one comes late", (tickets, suiteId, now) =>
    Effect.gen(function*() {
      yield* push(tickets, suiteId, "b", now)
      yield* push(tickets, suiteId, "a", now - 600 * second)
      yield* expectTicket(tickets, suiteId, "b", "the older ticket has replaced the newer one")
    })),

  makeCase("takes the later of two of the same second", (tickets, suiteId, now) =>
    Effect.gen(function*() {
      yield* push(tickets, suiteId, "a", now)
      yield* push(tickets, suiteId, "b", now)
      yield* expectTicket(tickets, suiteId, "b", "the ticket that came last is there")
    })),

  makeCase("keeps the newest of many that come at the same time", (tickets, suiteId, now) =>
    Effect.gen(function*() {
      const numbers = [3, 7, 1, 9, 4, 0, 8, 2, 6, 5]
      yield* Effect.forEach(numbers, (n) => push(tickets, suiteId, `${n}`, now - 60 * second + n * second), {
        concurrency: "unbounded"
      })
      yield* expectTicket(tickets, suiteId, "9", "the newest is there")
    })),

  makeCase("forgets a ticket of half an hour ago", (tickets, suiteId, now) =>
    Effect.gen(function*() {
      yield* push(tickets, suiteId, "a", now - Duration.toMillis(SuiteTickets.ticketLife))
      yield* expectMissing(tickets, suiteId, "a ticket that has ended is given out")
    }))
]
