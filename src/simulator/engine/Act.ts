/**
 * What somebody does outside the API, a member, a customer or an administrator: an act on the simulator of the context,
 * which calls back whoever is told of it.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as CallbackEvent from "../../callback/CallbackEvent.ts"
import { audience, type Telling } from "./Audience.ts"
import { addressOf, type Delivery, SimulatorError } from "./CallbackSender.ts"
import { Engine } from "./Engine.ts"
import { type Callee, Refusal } from "./Route.ts"
import { type Corp, findCorp, findMember, type Member, type Provider, type Suite } from "./World.ts"

/** In which corp. Default: the first one. */
export interface In {
  readonly corpId?: string | undefined
}

/** Fails where it cannot be done, or where somebody with a callback is to be told and callbacks are not let out. */
export type Act<A> = Effect.Effect<A, SimulatorError, Engine>

/** An act that returns what became of each callback. */
export type Told = Act<ReadonlyArray<Delivery>>

const definition: unique symbol = Symbol("effect-wecom/simulator/Act")

/** What an act takes and returns. */
export interface Definition {
  readonly input: Schema.Constraint
  /** `undefined`: what became of the callbacks that it sent. `Schema.Void`: nothing. */
  readonly success: Schema.Constraint | undefined
}

/** An act that anybody can run, in this process or over HTTP: its control is derived from its definition. */
export interface Acting<I, A> {
  (...input: {} extends I ? [input?: I] : [input: I]): Act<A>
  readonly [definition]: Definition
}

type Input = Schema.Codec<object, unknown>

/**
 * Defines an act: a function of one object. Over HTTP it is `POST /_simulator/api/<area>/<its name>` if its area has it
 * among its `acts`; what it takes and returns is then JSON by these schemas. Without `success` it returns what became of
 * the callbacks that it sent.
 *
 * @example
 * ```ts
 * export const borrow = Act.make({
 *   input: Act.input({ userid: Schema.String, isbn: Schema.String }),
 *   run: (act) => Effect.flatMap(Act.corpOf(act), (corp) => Act.tell(corp, ...))
 * })
 * ```
 */
export function make<const I extends Input>(
  act: { readonly input: I; readonly success?: never; readonly run: (input: I["Type"]) => Told }
): Acting<I["Type"], ReadonlyArray<Delivery>>
export function make<const I extends Input, const S extends Schema.Constraint>(
  act: { readonly input: I; readonly success: S; readonly run: (input: I["Type"]) => Act<S["Type"]> }
): Acting<I["Type"], S["Type"]>
export function make(
  { input, run, success }: Pick<Definition, "input"> & Partial<Definition> & {
    readonly run: (input: never) => Act<unknown>
  }
): never {
  // An act whose fields may all be absent may be called without any; what it is, the overloads say.
  return Object.assign((given = {}) => run(given as never), { [definition]: { input, success } }) as never
}

/** What a function takes and returns, if it is an act. */
export const definitionOf = (act: unknown): Definition | undefined =>
  typeof act === "function" && definition in act
    ? act[definition] as Definition // set by `make` alone
    : undefined

/** The fields of an act, with the corp. */
export const input = <const Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.Struct({ ...where, ...fields })

/** The field of `In`. */
export const where = { corpId: Schema.optional(Schema.String.annotate({ description: "Default: the first corp." })) }

/** It cannot be done. */
export const fail = (message: string): Effect.Effect<never, SimulatorError> =>
  Effect.fail(new SimulatorError({ message }))

/** Does what a call would do; fails where that would be refused. */
export const attempt = <A>(run: () => A): Effect.Effect<A, SimulatorError> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(run())
    } catch (refusal) {
      if (refusal instanceof Refusal) return fail(refusal.message)
      throw refusal
    }
  })

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

/** Tells one who is called back for whatever happens: nobody, where there is no callback. */
export const tellOne = (to: Callee, event: CallbackEvent.Known): Told =>
  Effect.flatMap(
    Engine,
    ({ notify }) =>
      addressOf(to) === undefined ? Effect.succeed([]) : Effect.map(notify(event, to), (delivery) => [delivery])
  )

/** The provider of the world. */
export const providerOf: Act<Provider> = Effect.flatMap(
  Effect.suspend(() => Engine),
  ({ world }) => world.provider === undefined ? fail("there is no provider") : Effect.succeed(world.provider)
)

/** The suite that is meant. */
export const suiteOf = ({ suiteId }: { readonly suiteId: string }): Act<Suite> =>
  Effect.flatMap(Engine, ({ world }) => {
    const suite = world.suites.get(suiteId)
    return suite === undefined ? fail(`there is no suite ${suiteId}`) : Effect.succeed(suite)
  })
