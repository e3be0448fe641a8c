/**
 * What somebody does outside the API, a member, a customer or an administrator: an act on the simulator of the context,
 * which calls back whoever is told of it.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { audience, type Telling } from "./Audience.ts"
import { type Delivery, SimulatorError } from "./CallbackSender.ts"
import { Engine } from "./Engine.ts"
import { type Corp, findCorp, findMember, type Member } from "./World.ts"

/** In which corp. Default: the first one. */
export interface In {
  readonly corpId?: string | undefined
}

/** Fails where it cannot be done, or where somebody with a callback is to be told and callbacks are not let out. */
export type Act<A> = Effect.Effect<A, SimulatorError, Engine>

/** An act that returns what became of each callback. */
export type Told = Act<ReadonlyArray<Delivery>>

/** It cannot be done. */
export const fail = (message: string): Effect.Effect<never, SimulatorError> =>
  Effect.fail(new SimulatorError({ message }))

/** The corp that is meant. */
export const corpOf = ({ corpId }: In): Act<Corp> =>
  Effect.flatMap(Engine, ({ world }) => {
    const corp = findCorp(world, corpId)
    return corp === undefined ? fail(`there is no corp ${corpId ?? ""}`) : Effect.succeed(corp)
  })

/** The member with a userid, in any case. */
export const memberOf = (corp: Corp, userid: string): Effect.Effect<Member, SimulatorError> => {
  const member = findMember(corp, userid)
  return member === undefined ? fail(`${corp.id} has no member ${userid}`) : Effect.succeed(member)
}

/** Tells those who may know of it. */
export const tell = (corp: Corp, telling: Telling): Told =>
  Effect.gen(function*() {
    const { notify, world } = yield* Engine
    const now = yield* Clock.currentTimeMillis
    return yield* Effect.forEach(audience(world, corp, now, telling), ([to, event]) => notify(event, to))
  })
