/**
 * What runs the simulator: a world, and what answers and calls back in it. Acts of areas work on it.
 */
import "../../labels/index.ts"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as CallbackEvent from "../../callback/CallbackEvent.ts"
import { type CatalogueEntry, entriesOf } from "../../catalogue.ts"
import { powersOf } from "./Access.ts"
import type { Area } from "./Area.ts"
import * as CallbackSender from "./CallbackSender.ts"
import * as Fault from "./Fault.ts"
import * as Gateway from "./Gateway.ts"
import * as Journal from "./Journal.ts"
import type { Options as WorldOptions } from "./Options.ts"
import type { Callee, Route } from "./Route.ts"
import * as ShiftedClock from "./ShiftedClock.ts"
import * as World from "./World.ts"

/** What a simulator starts with. */
export interface Options extends WorldOptions {
  /** Further routes, which come before the built-in ones. */
  readonly routes?: ReadonlyArray<Route> | undefined
  /** Areas of your own, beside the built-in ones. */
  readonly areas?: ReadonlyArray<Area> | undefined
  /** How long every answer takes at least. */
  readonly latency?: Duration.Input | undefined
  /** Makes what else there is at first. */
  readonly begin?: ((world: World.World) => Effect.Effect<void>) | undefined
}

/** Chooses an app. Default: the first one of the first corp. */
export interface Which {
  readonly corpId?: string | undefined
  readonly agentId?: number | undefined
}

/** What runs the simulator. */
export class Engine extends Context.Service<Engine, {
  /** Handles a request. */
  readonly handle: Gateway.Gateway
  readonly world: World.World
  /** The built-in areas, and those of the options. */
  readonly areas: ReadonlyArray<Area>
  readonly journal: Journal.Journal
  readonly faults: Fault.Faults
  readonly sender: CallbackSender.CallbackSender
  /**
   * Ends the tokens of an app, or all of them; those of suites and providers where no corp is named. Returns how many.
   */
  readonly expireTokens: (which?: Which) => Effect.Effect<number>
  /** Runs something by the engine's clock, which may be ahead. */
  readonly inTime: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Sets the engine's clock ahead: for calls, for what continues in the background, and for acts run `inTime`. */
  readonly advance: (by: Duration.Input) => Effect.Effect<void>
  /** How long every answer takes at least. */
  readonly setLatency: (latency: Duration.Input) => Effect.Effect<void>
  /** Goes on with something, as long as the simulator lives. */
  readonly background: (effect: Effect.Effect<void>) => void
  /** Calls an app, a suite or a provider back with an event, or with the XML of one. */
  readonly notify: (
    event: CallbackEvent.CallbackEvent | string,
    to?: Which | Callee
  ) => Effect.Effect<CallbackSender.Delivery, CallbackSender.SimulatorError>
  /** Where the callbacks of somebody go. */
  readonly addressOf: (to: Which | Callee) => Effect.Effect<CallbackSender.Address, CallbackSender.SimulatorError>
}>()("effect-wecom/simulator/Engine") {
  /** An engine of areas, and those of the options, which serves every endpoint of a catalogue. */
  static layer(
    options: Options,
    areas: ReadonlyArray<Area>,
    catalogue: ReadonlyArray<CatalogueEntry>
  ): Layer.Layer<Engine> {
    const all = [...areas, ...options.areas ?? []]
    const own = all.flatMap(({ services = [] }) => services.flatMap(entriesOf))
    return Layer.effect(this, make(options, all, [...catalogue, ...own]))
  }
}

const make = (options: Options, areas: ReadonlyArray<Area>, catalogue: ReadonlyArray<CatalogueEntry>) =>
  Effect.gen(function*() {
    const random = yield* Effect.provideContext(Random.Random, Context.empty()).pipe(Random.withSeed(options.seed ?? 1))
    const world = World.make(options, random)
    const journal = Journal.make(world.keep)
    const faults = Fault.make(random)
    checkPowers(world, areas)
    if (options.begin !== undefined) yield* options.begin(world)
    const sender = yield* CallbackSender.make(world, journal)
    let latency = Duration.fromInputUnsafe(options.latency ?? 0)

    const fork = yield* FiberSet.makeRuntime<never>()
    const clock = ShiftedClock.make(yield* Clock.Clock)
    const background = (effect: Effect.Effect<void>) => void fork(Effect.provideService(effect, Clock.Clock, clock))
    // As long as the clock is not ahead, the one of the fiber is as good, and asks for nothing.
    const inTime: Engine["Service"]["inTime"] = (effect) =>
      Effect.suspend(() => clock.isAhead() ? Effect.provideService(effect, Clock.Clock, clock) : effect)

    const gateway = Gateway.make({
      world,
      faults,
      journal,
      areas,
      catalogue,
      routes: options.routes ?? [],
      latency: () => Duration.isZero(latency) ? Effect.void : Effect.sleep(latency),
      notify: (to, event, after = 0) => {
        const address = CallbackSender.addressOf(to)
        if (address === undefined) return
        const send = Effect.ignore(sender.send(address, event.header.key, event.raw))
        background(after === 0 ? send : Effect.delay(send, after))
      },
      later: (after, run) => background(Effect.delay(Effect.map(Clock.currentTimeMillis, run), after))
    })

    const handle: Gateway.Gateway = (request) => inTime(gateway(request))

    const addressOf = (to: Which | Callee): Effect.Effect<CallbackSender.Address, CallbackSender.SimulatorError> => {
      if ("app" in to || "suite" in to || "provider" in to) {
        const address = CallbackSender.addressOf(to)
        return address === undefined ? refuse("the one to be called has no callback") : Effect.succeed(address)
      }
      const corp = World.findCorp(world, to.corpId)
      if (corp === undefined) return refuse(`there is no corp ${to.corpId ?? ""}`)
      const app = corp.apps.find((app) =>
        app.callback !== undefined && (to.agentId === undefined || app.agentId === to.agentId)
      )
      const address = app && CallbackSender.addressOf({ corp, app })
      return address === undefined
        ? refuse(`no app ${to.agentId ?? ""} of ${corp.id} has a callback`)
        : Effect.succeed(address)
    }

    return Engine.of({
      handle,
      world,
      areas,
      journal,
      faults,
      sender,
      background,
      addressOf,
      inTime,
      advance: clock.advance,
      expireTokens: (which = {}) => Effect.map(Clock.currentTimeMillis, (now) => expireTokens(world, which, now)),
      setLatency: (input) =>
        Effect.sync(() => {
          latency = Duration.fromInputUnsafe(input)
        }),
      notify: (event, to = {}) =>
        Effect.gen(function*() {
          const address = yield* addressOf(to)
          const made = typeof event === "string" ? yield* Effect.orDie(CallbackEvent.fromXml(event)) : event
          return yield* sender.send(address, made.header.key, made.raw)
        })
    })
  })

/** Ends the tokens that are meant. */
const expireTokens = (world: World.World, { agentId, corpId }: Which, now: number): number => {
  // Tokens of suites and providers belong to no corp: they are meant where none is named.
  const corpless = agentId === undefined && corpId === undefined
  const meant = [...world.tokens.values()].filter(({ endsAt, principal }) =>
    endsAt > now && (principal.kind === "app" ? isMeant({ agentId, corpId }, principal) : corpless)
  )
  for (const token of meant) token.endsAt = now
  return meant.length
}

/** Whether an app is one that is chosen. */
export const isMeant = (
  { agentId, corpId }: Which,
  { app, corp }: { readonly app: World.App; readonly corp: World.Corp }
): boolean => (corpId === undefined || corp.id === corpId) && (agentId === undefined || app.agentId === agentId)

/** A misspelt power would close what it should open. */
const checkPowers = ({ corps, suites }: World.World, areas: ReadonlyArray<Area>): void => {
  const known = powersOf(Object.assign({}, ...areas.map(({ access }) => access)))
  const apps = [
    ...[...corps.values()].flatMap(({ apps }) => apps),
    ...[...suites.values()].flatMap(({ installations }) => [...installations.values()].map(({ app }) => app))
  ]
  for (const power of apps.flatMap(({ powers = [] }) => powers)) {
    if (!known.has(power)) throw new TypeError(`there is no power ${power}: expected one of ${[...known].join(", ")}`)
  }
}

const refuse = (message: string) => Effect.fail(new CallbackSender.SimulatorError({ message }))
