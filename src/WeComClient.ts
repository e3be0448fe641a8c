/**
 * How every call runs: encode, attach the token, send, read the errcode, decode; with deadline, retries and one span.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import type * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import type * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import { describe, type Description, type Endpoint } from "./Endpoint.ts"
import * as Answer from "./internal/kernel/answer.ts"
import * as Deadlines from "./internal/kernel/deadlines.ts"
import * as Exchange from "./internal/kernel/exchange.ts"
import * as Failure from "./internal/kernel/failure.ts"
import type { Around, Attempt, AttemptMiddleware } from "./internal/kernel/middlewares.ts"
import * as Middlewares from "./internal/kernel/middlewares.ts"
import * as Request from "./internal/kernel/request.ts"
import * as Signature from "./internal/kernel/signature.ts"
import * as Transfer from "./internal/kernel/transfer.ts"
import { describePaging, type Paged, Stuck } from "./Paging.ts"
import * as Credential from "./token/Credential.ts"
import type { TokenCache } from "./token/TokenCache.ts"
import { WeComApp } from "./WeComApp.ts"
import type { WeComError } from "./WeComError.ts"

/** What may differ from call to call. */
export interface CallOptions {
  /** How long a call may take in all, retries included: 10 seconds. */
  readonly deadline: Duration.Input
  /** How long an upload or download may stand still: 30 seconds. They have no other deadline. */
  readonly idle: Duration.Input
  /** How many bytes a JSON answer may have. Default: 32 MiB. */
  readonly maxAnswerSize: number
}

export type { Around, Attempt, AttemptMiddleware } from "./internal/kernel/middlewares.ts"

// With their attributes from the start: `Metric.withAttributes` puts them into a context anew at every update.
const callsWith = (attributes: Metric.Metric.AttributeSet) =>
  Metric.counter("wecom_calls_total", { description: "Calls that ended", incremental: true, attributes })
const latencyWith = (attributes: Metric.Metric.AttributeSet) =>
  Metric.timer("wecom_call_duration", { description: "How long calls took, retries included", attributes })

/** The kernel: runs endpoints as an app. One client serves any number of apps through `WeComApp.use`. */
export class WeComClient extends Context.Service<WeComClient, {
  /** Runs an endpoint, also one of your own that the library does not have. */
  readonly execute: <I, A>(endpoint: Endpoint<I, A>) => (input: I) => Effect.Effect<A, WeComError>
  /**
   * Runs an endpoint and returns its answer as it came, undecoded, once its errcode is 0: for fields that the library does
   * not know yet, and for the day that WeCom changes something. Tokens, retries and errors are those of `execute`.
   */
  readonly raw: <I>(
    endpoint: Endpoint<I, unknown>
  ) => (input: I) => Effect.Effect<{ readonly [field: string]: Schema.Json }, WeComError>
  /** Streams the items of a paged endpoint. A page is fetched when the one before has been consumed. */
  readonly stream: <I, A>(paged: Paged<I, A>) => (input: I) => Stream.Stream<A, WeComError>
  /** The app that calls of this fiber run as. */
  readonly app: Effect.Effect<WeComApp>
  /** A token of the current app, for requests that you make yourself. */
  readonly token: (kind?: Credential.Kind) => Effect.Effect<Redacted.Redacted, WeComError>
}>()("effect-wecom/WeComClient") {
  /** A client whose calls run as `app`, unless `WeComApp.use` says otherwise. A fresh layer at every call. */
  static layer(app: WeComApp): Layer.Layer<WeComClient, never, HttpClient.HttpClient | TokenCache> {
    return Layer.effect(this, make(app))
  }

  /** The same from configuration: `WECOM_CORP_ID`, `WECOM_CORP_SECRET`, `WECOM_AGENT_ID`, `WECOM_BASE_URL`. */
  static layerConfig(
    config: Config.Config<WeComApp> = WeComApp.config
  ): Layer.Layer<WeComClient, Config.ConfigError, HttpClient.HttpClient | TokenCache> {
    return Layer.effect(this, Effect.flatMap(config, make))
  }

  /** The options of the current fiber; see {@link WeComClient.withOptions}. */
  static readonly Options = Context.Reference<CallOptions>("effect-wecom/WeComClient/Options", {
    defaultValue: () => ({
      deadline: Duration.seconds(10),
      idle: Duration.seconds(30),
      maxAnswerSize: Answer.maxAnswerSize
    })
  })

  /**
   * Changes options for the calls of an effect.
   *
   * @example
   * ```ts
   * departments.list().pipe(WeComClient.withOptions({ deadline: "1 minute" }))
   * ```
   */
  static readonly withOptions =
    (options: Partial<CallOptions>) => <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.updateService(self, WeComClient.Options, (current) => ({ ...current, ...options }))

  /**
   * When a failed call is repeated: by default at most three times, 200 ms apart and doubling, jittered, and only when
   * the error says so (`isRetryable`). Provide another schedule to replace it, `undefined` to remove it.
   *
   * - `ServiceBusy` (-1, 6000, 45033, 45035 and their like): repeated, whatever the endpoint, as WeCom asks for.
   * - `TransportFailed`: where nothing was sent, or the endpoint is idempotent, as those that read are. A message that may
   *   have been sent is not sent twice.
   * - `ResponseInvalid`: a 5xx of a gateway, where the endpoint is idempotent.
   * - `RateLimited`: never, for the block lasts a minute at least. The others: never, for they would fail again.
   *
   * A token that was refused (42001, 40014) is replaced once besides, and is no failure.
   */
  static readonly RetryPolicy = Context.Reference<Schedule.Schedule<unknown, WeComError> | undefined>(
    "effect-wecom/WeComClient/RetryPolicy",
    {
      defaultValue: () =>
        Schedule.exponential("200 millis").pipe(
          Schedule.jittered,
          Schedule.upTo({ times: 3 }),
          Schedule.setInputType<WeComError>(),
          Schedule.while(({ input }) => input.isRetryable)
        )
    }
  )

  /**
   * Puts a middleware of your own around every attempt of the clients that a layer or an effect makes, within limits and
   * circuit breakers: an attempt that gets there is sent. The one applied last is outermost.
   *
   * @example
   * ```ts
   * WeComClient.layerConfig().pipe(
   *   WeComClient.around((attempt, run) => Effect.tap(run, () => Effect.logDebug(attempt.endpoint.name)))
   * )
   * ```
   */
  static readonly around = (middleware: AttemptMiddleware): Around<WeComClient> =>
    Middlewares.around(
      Layer.effect(Middlewares.own, Effect.map(Middlewares.own, (others) => [middleware, ...others]))
    )

  /** Calls made, by `endpoint` and `outcome` (`ok`, or the reason's tag). */
  static readonly calls = callsWith({})

  /** How long calls took, retries included. */
  static readonly latency = latencyWith({})

  /** Checks the credential of an app by fetching its token: fails with `CredentialRejected` when it is wrong. */
  static readonly verify = (app: WeComApp): Effect.Effect<void, WeComError, HttpClient.HttpClient | TokenCache> =>
    Effect.gen(function*() {
      const credentials = yield* Credential.make
      const kind = Credential.kindOf(app)
      yield* credentials.get(app, kind, "WeComClient.verify")
    })

  /**
   * Runs endpoints that carry no token. The server's default: `https://qyapi.weixin.qq.com`. Their key is
   * part of the input, as with group robots, so that neither an app nor a `TokenCache` is needed.
   */
  static readonly withoutApp = (
    options: { readonly baseUrl?: string | undefined } = {}
  ): Effect.Effect<Pick<WeComClient["Service"], "execute" | "raw">, never, HttpClient.HttpClient> =>
    Effect.gen(function*() {
      const server: Server = { _tag: "Server", baseUrl: options.baseUrl }
      const withoutToken = (self: Description, _: Server, once: (token: undefined) => Call): Call =>
        self.credential === "none" || self.credential === "key"
          ? once(undefined)
          : Effect.die(new TypeError(`${self.name} carries a token: call it through WeComClient`))
      const http = yield* HttpClient.HttpClient
      return runner(http, yield* Middlewares.all, Deadlines.plain, () => server, withoutToken)
    })
}

type Call = Effect.Effect<unknown, WeComError>

type Token = readonly [parameter: string, value: Redacted.Redacted]

/** Whom a call goes to, where no app calls. */
interface Server {
  readonly _tag: "Server"
  readonly baseUrl?: string | undefined
  readonly agentId?: undefined
}

/** The name of the server, as OpenTelemetry's conventions have it. */
const hostOf = (caller: { readonly baseUrl?: string | undefined }): string =>
  /^[a-z]+:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(Exchange.baseUrlOf(caller))?.[1] ?? ""

const isApp = (caller: WeComApp | Server): caller is WeComApp => caller._tag !== "Server"

const make = (defaultApp: WeComApp) =>
  Effect.gen(function*() {
    const http = yield* HttpClient.HttpClient
    const credentials = yield* Credential.make
    const middlewares = yield* Middlewares.all

    const app = Effect.map(WeComApp.Current, (current) => current ?? defaultApp)

    /** Sends with the token; a token that WeCom says has ended is replaced, once. */
    const authorised = (
      self: Description,
      caller: WeComApp,
      once: (token: Token | undefined) => Call
    ): Call => {
      if (self.credential === "none" || self.credential === "key") return once(undefined)
      if (self.credential === "merchant") {
        return Effect.die(new TypeError(`${self.name} is called as a merchant: call it through MerchantPayments`))
      }
      const kind = self.credential
      const parameter = self.parameter ?? Credential.kinds[kind].parameter
      const hasEnded = (error: WeComError): boolean =>
        error.errcode !== undefined && Credential.kinds[kind].ended.includes(error.errcode)
      const get = credentials.get(caller, kind, self.name)
      return Effect.flatMapEager(get, (token) =>
        Effect.catch(once([parameter, token]), (error) =>
          hasEnded(error)
            ? credentials.invalidate(caller, kind, token).pipe(
              Effect.andThen(get),
              Effect.flatMap((fresh) => once([parameter, fresh]))
            )
            : Effect.fail(error)))
    }

    return WeComClient.of({
      app,
      token: (kind = "app") => Effect.flatMap(app, (app) => credentials.get(app, kind, "WeComClient.token")),
      ...runner(http, middlewares, yield* Deadlines.make, (fiber) =>
        fiber.getRef(WeComApp.Current) ?? defaultApp, authorised)
    })
  })

/** The calls of a client: `callerOf` says as whom they are made, `authorised` gives them their token. */
const runner = <Caller extends WeComApp | Server>(
  http: HttpClient.HttpClient,
  middlewares: ReadonlyArray<AttemptMiddleware>,
  within: Deadlines.Deadlines,
  callerOf: (fiber: Fiber.Fiber<unknown, unknown>) => Caller,
  authorised: (self: Description, caller: Caller, once: (token: Token | undefined) => Call) => Call
): Pick<WeComClient["Service"], "execute" | "raw" | "stream"> => {
  /** A call that has begun, from the inside out: sent, limited, authorised, retried, deadlined. */
  const run = (begun: Begun<Caller>): Call =>
    Effect.flatMapEager(
      Request.prepare(begun.self, begun.to.request, begun.to.caller.agentId, begun.input, begun.moved),
      (
        request
      ) => {
        const limited = limitedBy(middlewares, begun)
        return deadlined(
          within,
          begun,
          retried(authorised(begun.self, begun.to.caller, (token) => limited(sent(http, begun, request, token))), begun)
        )
      }
    )

  /** The calls of an endpoint, each observed by one span and one set of metrics. */
  const calling = (self: Description, raw: boolean): (input: unknown) => Call => {
    const observed = observer(self)
    const addressed = addresser<Caller>(self)
    return (input) =>
      Effect.withFiber((fiber) => {
        const to = addressed(callerOf(fiber))
        return observed(fiber, to, (observation) => run(begin(fiber, observation, self, to, input, raw)))
      })
  }

  return {
    execute: (endpoint) => calling(describe(endpoint), false) as never, // decoded by the endpoint's own schema
    raw: (endpoint) => calling(describe(endpoint), true) as never, // JSON, as it came
    stream: (paged) => {
      const { endpoint, items, next } = describePaging(paged)
      const self = describe(endpoint)
      const call = calling(self, false)
      return (input) =>
        Stream.paginate(input as unknown, (input) =>
          input instanceof Stuck
            ? Effect.fail(Failure.misfit(self, { status: 200 }, [{
              field: input.field,
              message: "the answer says that more follows, and leads nowhere new"
            }]))
            : Effect.map(call(input), (page) => {
              const following = next(page, input)
              return [items(page), following === undefined ? Option.none() : Option.some(following)] as const
            })) as never // the items of the endpoint's own schema
    }
  }
}

/** Whom a call goes to, and what every call to them says of itself. */
interface Addressed<Caller> {
  readonly caller: Caller
  readonly baseUrl: string
  readonly request: HttpClientRequest.HttpClientRequest
  readonly span: Tracer.SpanOptionsNoTrace & Tracer.TraceOptions
}

/** What is seen of a call from its start. */
interface Observation {
  readonly span: Tracer.Span
  readonly clock: Clock.Clock
  /** When it began, as {@link Deadlines.elapsed} has it. */
  readonly since: number
}

/** A call under way. */
interface Begun<Caller> {
  readonly self: Description
  readonly to: Addressed<Caller>
  readonly input: unknown
  /** Whether the answer is left undecoded. */
  readonly raw: boolean
  readonly span: Tracer.Span
  readonly options: CallOptions
  readonly policy: Schedule.Schedule<unknown, WeComError> | undefined
  readonly clock: Clock.Clock
  /** When bytes last moved; files alone have an eye on it. */
  readonly activity: Transfer.Activity
  readonly moved: (() => void) | undefined
}

const begin = <Caller>(
  fiber: Fiber.Fiber<unknown, unknown>,
  { clock, since, span }: Observation,
  self: Description,
  to: Addressed<Caller>,
  input: unknown,
  raw: boolean
): Begun<Caller> => {
  const activity = { at: since }
  return {
    self,
    to,
    input,
    raw,
    span,
    options: fiber.getRef(WeComClient.Options),
    policy: fiber.getRef(WeComClient.RetryPolicy),
    clock,
    activity,
    moved: self.kind === "json" ? undefined : () => {
      activity.at = Deadlines.elapsed(clock)
    }
  }
}

/** One attempt: the request goes out with its token, the answer is read. */
const sent = <Caller extends WeComApp | Server>(
  http: HttpClient.HttpClient,
  { input, moved, options, raw, self, to }: Begun<Caller>,
  request: Request.Prepared,
  token: Token | undefined
): Call => {
  const complete = token === undefined ? request : HttpClientRequest.setUrlParam(request, token[0], token[1])
  return Effect.flatMap(
    self.signed
      ? Effect.flatMap(signing(self, to.caller, complete), (signed) => Exchange.send(self, http, signed))
      : Exchange.send(self, http, complete),
    (response) => {
      moved?.()
      return self.kind === "download"
        ? Transfer.receive(self, response, options.idle, input)
        : Answer.read(self, response, { input, maxSize: options.maxAnswerSize, raw })
    }
  )
}

/** The request, signed with the key of the provider that calls. */
const signing = (
  self: Description,
  caller: WeComApp | Server,
  request: Request.Prepared
): Effect.Effect<Request.Prepared, WeComError> =>
  isApp(caller) && caller._tag === "Provider" && caller.paymentKey !== undefined
    ? Signature.signed(request, caller.paymentKey, self.int64)
    : Effect.fail(Failure.invalid(self.name, "paymentKey", "the call is signed: give WeComApp.provider its paymentKey"))

/** Counts the attempts of a call, and puts each within the limits, breakers and middleware of the client. */
const limitedBy = <Caller extends WeComApp | Server>(
  middlewares: ReadonlyArray<AttemptMiddleware>,
  { activity, clock, input, options, self, span, to }: Begun<Caller>
): (once: Call) => Call => {
  let attempts = 0
  const counted = (once: Call): Call =>
    Effect.suspend(() => {
      if (++attempts > 1) span.attribute("wecom.attempts", attempts)
      return once
    })
  if (middlewares.length === 0) return counted
  const begun = activity.at
  const attempt: Attempt = {
    endpoint: self,
    app: isApp(to.caller) ? to.caller : undefined,
    input,
    baseUrl: to.baseUrl,
    get endsAt() {
      const left = self.kind === "json"
        ? begun + Duration.toMillis(options.deadline)
        : activity.at + Duration.toMillis(options.idle)
      return clock.currentTimeMillisUnsafe() + left - Deadlines.elapsed(clock)
    }
  }
  return (once) => middlewares.reduceRight((run, middleware) => middleware(attempt, run), counted(once))
}

/** Repeats what has failed: the schedule begins only then, for calls that succeed need none. */
const retried = <Caller>(call: Call, { policy }: Begun<Caller>): Call =>
  policy === undefined ? call : Effect.catch(call, (error) => {
    let failed: WeComError | undefined = error
    return Effect.retry(
      Effect.suspend(() => {
        if (failed === undefined) return call
        const first = Effect.fail(failed)
        failed = undefined
        return first
      }),
      policy
    )
  })

/** A call ends by its deadline, retries included; a file may take long, but not stand still. */
const deadlined = <Caller>(
  within: Deadlines.Deadlines,
  { activity, options: { deadline, idle }, self, span }: Begun<Caller>,
  call: Call
): Call =>
  self.kind === "json"
    ? within(call, { duration: deadline, since: activity.at, span }, () => Effect.fail(Transfer.late(self, deadline)))
    : Effect.provideService(Transfer.withIdle(self, idle, activity, call), Tracer.ParentSpan, span)

/** What is said of a caller in every call of an endpoint: calls in a row are mostly made as one. */
const addresser = <Caller extends WeComApp | Server>(self: Description) => {
  let last: Addressed<Caller> | undefined
  return (caller: Caller): Addressed<Caller> => {
    if (last?.caller === caller) return last
    const baseUrl = Exchange.baseUrlOf(caller)
    return last = {
      caller,
      baseUrl,
      request: Request.empty(self, baseUrl),
      span: {
        kind: "client",
        captureStackTrace: false,
        attributes: {
          "wecom.endpoint": self.name,
          "http.request.method": self.method,
          "url.template": self.path,
          "server.address": hostOf(caller),
          ...(isApp(caller) && caller.corpId !== undefined ? { "wecom.corp": caller.corpId } : {})
        }
      }
    }
  }
}

/** One span and one set of metrics for each call of an endpoint. */
const observer = (self: Description) => {
  const name = `wecom ${self.path}`
  const took = latencyWith({ endpoint: self.name })
  const outcomes = new Map<string, typeof WeComClient.calls>()
  const outcomeOf = (outcome: string) => {
    let metric = outcomes.get(outcome)
    if (metric === undefined) {
      metric = callsWith({ endpoint: self.name, outcome })
      outcomes.set(outcome, metric)
    }
    return metric
  }
  return (
    fiber: Fiber.Fiber<unknown, unknown>,
    to: Addressed<unknown>,
    run: (observation: Observation) => Call
  ): Call =>
    Effect.useSpan(name, to.span, (span) => {
      const clock = fiber.getRef(Clock.Clock)
      const started = clock.monotonicTimeNanosUnsafe()
      return Effect.onExitPrimitive(run({ span, clock, since: Deadlines.millisOf(started) }), (exit) => {
        const error = Exit.isSuccess(exit) ? undefined : Option.getOrUndefined(Cause.findErrorOption(exit.cause))
        const outcome = Exit.isSuccess(exit) ? "ok" : error?.reason._tag ?? "Interrupted"
        const services = fiber.context as Context.Context<never> // metrics only look at references
        took.updateUnsafe(Duration.nanos(clock.monotonicTimeNanosUnsafe() - started), services)
        outcomeOf(outcome).updateUnsafe(1, services)
        if (error !== undefined) {
          span.attribute("error.type", outcome)
          span.attribute("wecom.reason", outcome)
          if (error.errcode !== undefined) span.attribute("wecom.errcode", error.errcode)
        }
        return undefined
      })
    })
}
