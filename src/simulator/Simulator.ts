/**
 * A WeCom that runs on your machine: one state machine with three faces. `layerHttpClient` answers the library's calls
 * without a socket, `layerRoutes` serves them over HTTP, and its page `/_simulator` shows every call and callback.
 *
 * ```ts
 * const program = Effect.gen(function*() {
 *   const departments = yield* Departments
 *   return yield* departments.list()
 * })
 *
 * program.pipe(Effect.provide(Layer.provideMerge(Departments.layer, Simulator.layerTest())))
 * ```
 *
 * **What an app may do.** Until it is said otherwise an app may call everything and sees the whole corp. With `powers`
 * (`selfBuilt`, `contactSync` of `Permissions`, or a list of your own) it is refused what is not open to it, and with a
 * `visible` range it is shown, and reaches, no others:
 *
 * ```ts
 * Simulator.layer({
 *   corps: [{
 *     corpId: "ww1",
 *     apps: [
 *       { agentId: 1000002, secret: "app", powers: [...selfBuilt, "customers"], visible: { departments: [2] } },
 *       { secret: "contact-sync", powers: contactSync }
 *     ]
 *   }]
 * })
 * ```
 *
 * **How true it is.** Errcodes, limits and the order of checks are those of the documents where they say so. Where they
 * do not, an answer is what is plausible: which of several mistakes is named first; 40058 for a field that has no
 * errcode of its own; 60011 wherever a member or department is out of sight; how long jobs take; how many wrong secrets
 * (10) ban a caller. Fields that an endpoint does not know are overlooked, as the real server does, and shown in the
 * journal as warnings; with `strict`, as `layerTest` is by default, they are refused.
 *
 * **Serving another endpoint.** Every endpoint of the library is served; those without state of their own get a sample
 * answer, made from their schema. `docs/simulator.md` says how an area of the API gets state.
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerError from "effect/http/HttpServerError"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Socket from "effect/socket/Socket"
import * as Stream from "effect/Stream"
import type * as CallbackEvent from "../callback/CallbackEvent.ts"
import { catalogue } from "../catalogue.ts"
import { TokenCache } from "../token/TokenCache.ts"
import { WeComApp } from "../WeComApp.ts"
import { WeComClient } from "../WeComClient.ts"
import { areas } from "./areas/index.ts"
import * as Member from "./areas/members/Member.ts"
import * as BotSocket from "./areas/robot/BotSocket.ts"
import * as BotSocketFaces from "./areas/robot/BotSocketFaces.ts"
import * as Registrations from "./areas/third-party/Registrations.ts"
import * as Suites from "./areas/third-party/Suites.ts"
import * as Control from "./control/handlers.ts"
import * as CallbackSender from "./engine/CallbackSender.ts"
import { Engine, isMeant, type Options, type Which } from "./engine/Engine.ts"
import type * as Fault from "./engine/Fault.ts"
import * as Gateway from "./engine/Gateway.ts"
import { guarded } from "./engine/Guard.ts"
import type * as Journal from "./engine/Journal.ts"
import type { Callee } from "./engine/Route.ts"
import * as World from "./engine/World.ts"
import * as Inspector from "./inspector/Inspector.ts"

export type { Options as SimulatorOptions, Which } from "./engine/Engine.ts"

/** A WeCom that runs on your machine. */
export class Simulator extends Context.Service<Simulator, {
  /** Handles a request; both HTTP faces go through it. */
  readonly handle: Gateway.Gateway
  /** The state, for a test to look at or to prepare. */
  readonly world: World.World
  /** One of its apps, as the client is told of it. */
  readonly app: (which?: Which) => WeComApp
  /** A member of a corp, who acts. */
  readonly member: (
    userid: string,
    which?: Pick<Which, "corpId">
  ) => Effect.Effect<Member.Member, CallbackSender.SimulatorError>
  /** Calls an app, a suite or a provider back with an event, or with the XML of one. */
  readonly notify: (
    event: CallbackEvent.CallbackEvent | string,
    to?: Which | Callee
  ) => Effect.Effect<CallbackSender.Delivery, CallbackSender.SimulatorError>
  /** A third-party suite, which corps install and remove. */
  readonly suite: (suiteId: string) => Effect.Effect<Suites.SuiteConsole, CallbackSender.SimulatorError>
  /** A corp registers with a provider's promotion code: returns its id. */
  readonly registerCorp: (
    code: string,
    options?: Registrations.RegisterOptions
  ) => Effect.Effect<string, CallbackSender.SimulatorError>
  /**
   * Makes a ticket of a suite, which serves for 30 minutes, and pushes it where the suite has a callback. A suite with a
   * callback is also pushed one when callbacks are let out, and every 10 minutes from then on.
   */
  readonly issueSuiteTicket: (suiteId: string) => Effect.Effect<string, CallbackSender.SimulatorError>
  /** Checks the callback URL of an app, as saving it in the admin console does. */
  readonly verifyUrl: (which?: Which) => Effect.Effect<void, CallbackSender.SimulatorError>
  /** The last requests and callbacks, the oldest first, without secrets. */
  readonly journal: Effect.Effect<ReadonlyArray<Journal.Entry>>
  /** The calls of one endpoint, by path or by verb and path. */
  readonly calls: (endpoint: string) => Effect.Effect<ReadonlyArray<Journal.Entry>>
  /** How all calls so far were answered, also those that the journal no longer remembers. */
  readonly counts: Effect.Effect<Journal.Counts>
  /** Forgets the requests so far. */
  readonly clearJournal: Effect.Effect<void>
  /** Ends the tokens of an app, or all of them: the next call with one gets 42001. Says how many. */
  readonly expireTokens: (which?: Which) => Effect.Effect<number>
  /** Makes calls go wrong. */
  readonly inject: (injection: Fault.Injection) => Effect.Effect<void>
  /** The faults that are still to strike. */
  readonly faults: Effect.Effect<ReadonlyArray<Fault.Injection>>
  /** No more faults. */
  readonly clearFaults: Effect.Effect<void>
  /** How long every answer takes at least. */
  readonly setLatency: (latency: Duration.Input) => Effect.Effect<void>
  /** Serves a long connection of a smart robot until it is closed; all faces go through it. */
  readonly serveBot: (socket: Socket.Socket) => Effect.Effect<void>
  /** Sends callbacks through a client, until the scope ends; see `layerCallbacks`. */
  readonly connect: (client: HttpClient.HttpClient) => Effect.Effect<void, never, Scope.Scope>
}>()("effect-wecom/Simulator") {
  /**
   * A simulator with its own state: a fresh one at every call.
   *
   * Callbacks are encrypted with the `CallbackCrypto` of the context, WebCrypto where there is none. Under a test's
   * clock provide `NodeCallbackCrypto.layer`: it is synchronous, so that nothing happens behind that clock.
   */
  static layer(options: Options = {}): Layer.Layer<Simulator | Engine> {
    return Layer.provideMerge(Layer.effect(this, make), Engine.layer(options, areas, catalogue))
  }

  /** The face without a socket: every request of this client is answered by the simulator, whatever its host. */
  static readonly layerHttpClient: Layer.Layer<HttpClient.HttpClient, never, Simulator> = Layer.effect(
    HttpClient.HttpClient,
    Effect.map(Effect.suspend(() => Simulator), ({ handle }) => Gateway.client(handle))
  )

  /**
   * The face over HTTP: the API, the login pages, and the page `/_simulator`, on the `HttpRouter` that is given, served
   * by whatever server you have.
   */
  static readonly layerRoutes: Layer.Layer<never, never, Simulator | Engine | HttpRouter.HttpRouter> = HttpRouter.use(
    Effect.fnUntraced(function*(router) {
      const simulator = yield* Simulator
      const { handle, world } = simulator
      const { faults, inTime, journal } = yield* Engine
      yield* Inspector.addTo(router, {
        world,
        journal,
        handle,
        member: simulator.member,
        inTime,
        faults: Effect.sync(() => faults.pending())
      })
      yield* BotSocketFaces.addTo(router, simulator)
      const answer = guarded(world.hosts, (request) => {
        world.origin = `http://${request.headers.host ?? "localhost"}`
        return Effect.catch(handle(request), () => Effect.succeed(broken))
      })
      yield* router.add("*", "/cgi-bin/*", answer)
      yield* router.add("POST", "/mmpaymkttransfers/*", answer)
      yield* router.add("GET", "/", HttpServerResponse.redirect("/_simulator"))
    })
  ).pipe(Layer.provideMerge(Control.layer))

  /** The face for the long connections of smart robots without a socket, whatever their URL. */
  static readonly layerWebSocket: Layer.Layer<Socket.WebSocketConstructor, never, Simulator> = Layer.effect(
    Socket.WebSocketConstructor,
    Effect.flatMap(Effect.suspend(() => Simulator), ({ serveBot }) => BotSocketFaces.makeConstructor(serveBot))
  )

  /** Lets callbacks out: what members do reaches the apps' URLs through the `HttpClient` that is given. */
  static readonly layerCallbacks: Layer.Layer<never, never, Simulator | HttpClient.HttpClient> = Layer.effectDiscard(
    Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* simulator.connect(yield* HttpClient.HttpClient)
    })
  )

  /**
   * Lets callbacks out into the routes of a backend, without a socket and whatever the host of their URL: what a test of
   * a callback needs.
   *
   * @example
   * ```ts
   * Simulator.layerBackend(CallbackRouter.layer({ path: "/wecom/callback", ... })).pipe(
   *   Layer.provideMerge(Simulator.layerTest({ corps: [{ ..., apps: [{ ..., callback }] }] })),
   *   Layer.provideMerge(NodeCallbackCrypto.layer)
   * )
   * ```
   */
  static layerBackend<A, E, R>(
    routes: Layer.Layer<A, E, R>
  ): Layer.Layer<
    never,
    HttpRouter.Request.Without<E>,
    Simulator | Exclude<Exclude<HttpRouter.Request.Without<R>, HttpRouter.HttpRouter>, Scope.Scope>
  > {
    return Layer.effectDiscard(Effect.gen(function*() {
      const simulator = yield* Simulator
      const backend = yield* HttpRouter.toHttpEffect(routes)
      yield* simulator.connect(HttpClient.make((request) =>
        backend.pipe(
          Effect.catchCause((cause) => Effect.map(HttpServerError.causeResponse(cause), ([response]) => response)),
          Effect.provideService(HttpServerRequest.HttpServerRequest, HttpServerRequest.fromClientRequest(request)),
          Effect.scoped,
          Effect.map((response) => HttpServerResponse.toClientResponse(response, { request }))
        ) as never // what the routes leave for each request to bring, which those of callbacks do not
      ))
    }))
  }

  /**
   * A fresh simulator with a client whose calls run as its first app: all that a test of a domain needs. It is strict,
   * unless the options say otherwise.
   */
  static layerTest(
    options: Options = {}
  ): Layer.Layer<Simulator | Engine | WeComClient | TokenCache | HttpClient.HttpClient> {
    return Layer.unwrap(Effect.map(Simulator, ({ app }) => WeComClient.layer(app()))).pipe(
      Layer.provideMerge(TokenCache.layerMemory),
      Layer.provideMerge(Simulator.layerHttpClient),
      Layer.provideMerge(Simulator.layer({ strict: true, ...options }))
    )
  }
}

const make = Effect.gen(function*() {
  const engine = yield* Engine
  const { background, faults, journal, sender, world } = engine
  const stage = { sender, world }

  const suite = (suiteId: string) => Suites.consoleOf(stage, suiteId)

  /** Suites with a callback are pushed a ticket at once, and a new one every 10 minutes. */
  const pushTickets = Effect.suspend(() => {
    const called = [...world.suites.values()].filter(({ callback }) => callback !== undefined)
    const push = Effect.forEach(called, ({ id }) => Effect.flatMap(suite(id), ({ pushTicket }) => pushTicket), {
      concurrency: "unbounded",
      discard: true
    })
    return called.length === 0
      ? Effect.void
      : Effect.asVoid(Effect.forkScoped(Effect.repeat(Effect.ignore(push), Schedule.spaced(Suites.ticketPace))))
  })

  return Simulator.of({
    handle: (request) => BotSocketFaces.file(world, request) ?? engine.handle(request),
    world,
    serveBot: (socket) => BotSocket.serve({ world, journal, background }, socket),
    app: (which = {}) => {
      for (const corp of world.corps.values()) {
        const app = corp.apps.find((app) => isMeant(which, { app, corp }))
        if (app !== undefined) {
          return WeComApp.secret({ corpId: corp.id, secret: app.secret, agentId: app.agentId })
        }
      }
      throw new CallbackSender.SimulatorError({
        message: `there is no app ${which.agentId ?? ""} of corp ${which.corpId ?? ""}`
      })
    },
    member: (userid, which = {}) => {
      const corp = World.findCorp(world, which.corpId)
      return corp === undefined
        ? Effect.fail(new CallbackSender.SimulatorError({ message: `there is no corp ${which.corpId ?? ""}` }))
        : Member.make({ background, corp, sender, world }, userid)
    },
    notify: engine.notify,
    suite,
    issueSuiteTicket: (suiteId) => Effect.flatMap(suite(suiteId), ({ pushTicket }) => pushTicket),
    registerCorp: (code, options) => Registrations.register(stage, code, options),
    verifyUrl: (which = {}) => Effect.flatMap(engine.addressOf(which), sender.verify),
    connect: (client) =>
      Effect.acquireRelease(sender.connect(client), () => sender.connect(undefined)).pipe(
        Effect.andThen(pushTickets)
      ),
    journal: Effect.sync(() => journal.entries()),
    calls: (endpoint) =>
      Effect.sync(() =>
        journal.entries().filter((entry) =>
          entry.kind === "call" &&
          (entry.path === endpoint || `${entry.method} ${entry.path}` === endpoint)
        )
      ),
    counts: Effect.sync(() => journal.counts()),
    clearJournal: Effect.sync(() => journal.clear()),
    expireTokens: engine.expireTokens,
    inject: (injection) => Effect.sync(() => faults.inject(injection)),
    faults: Effect.sync(() => faults.pending()),
    clearFaults: Effect.sync(() => faults.clear()),
    setLatency: engine.setLatency
  })
})

/** An answer that breaks off: no server interface can break the connection before it, but every one can in its midst. */
const broken = HttpServerResponse.stream(Stream.fail("connection reset"), { contentLength: 2 })
