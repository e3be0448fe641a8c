/**
 * How the simulator serves an endpoint: a function from its decoded input to its answer, in the endpoint's own types.
 */
import type * as Effect from "effect/Effect"
import type * as CallbackEvent from "../../callback/CallbackEvent.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as ErrorCode from "../../ErrorCode.ts"
import type { Download } from "../../media/Download.ts"
import type { Upload } from "../../media/Upload.ts"
import type { Codes } from "./FieldCodes.ts"
import type { App, Corp, File, Provider, Robot, Suite, World } from "./World.ts"

/** A call that needs no token. */
export interface Call<I> {
  /** The query and the body, decoded and checked by the endpoint's schemas; a file that was uploaded is a {@link File}. */
  readonly input: Received<I>
  /** The JSON body as it came, before it was decoded; empty where there is none. */
  readonly raw: { readonly [field: string]: unknown }
  readonly world: World
  /** Epoch milliseconds. */
  readonly now: number
  /**
   * Calls somebody back once the call is answered, or so many milliseconds later, where they have a callback and
   * callbacks are let out.
   */
  readonly notify: (to: Callee, event: CallbackEvent.Known, after?: number) => void
  /** Does something so many milliseconds after the call, as long as the simulator lives. */
  readonly later: (after: number, run: (now: number) => void) => void
}

/** Who is called back: an app of a corp, a third-party suite, or a service provider. */
export type Callee =
  | { readonly corp: Corp; readonly app: App }
  | { readonly suite: Suite }
  | { readonly provider: Provider }

/** A call with the token of an app. */
export interface AppCall<I> extends Call<I> {
  readonly corp: Corp
  readonly app: App
}

/** A call with the key of a group robot. */
export interface RobotCall<I> extends Call<I> {
  readonly robot: Robot
}

/** A call with the token of a third-party suite. */
export interface SuiteCall<I> extends Call<I> {
  readonly suite: Suite
}

/** A call with the token of a service provider. */
export interface ProviderCall<I> extends Call<I> {
  readonly provider: Provider
}

/** An endpoint's input as the server gets it. */
export type Received<I> = [Exclude<I, void>] extends [never] ? {} : Fields<Exclude<I, void>>

/** The range of a download is in a header: handlers do not see it. */
type Fields<I> = I extends unknown
  ? { readonly [K in keyof I as [I[K]] extends [Endpoint.Range | undefined] ? Exclude<K, "range"> : K]: Part<I[K]> }
  : never

type Part<T> = [T] extends [Upload] ? File : T

/** An endpoint's answer as the server gives it: models, or a {@link File} where it is a download. */
export type Answer<A> = [A] extends [Download] ? File : A

/** One endpoint that the simulator serves. */
export interface Route {
  readonly endpoint: Endpoint.Description
  /**
   * What answers are made of: the simulator's state; one `fixed` value, of read-only endpoints; or a `sample` of the
   * endpoint's schema.
   */
  readonly source: "state" | "fixed" | "sample"
  /** The errcodes for fields of the input that do not fit. */
  readonly codes: Codes
  /** Who calls, where not the token but a key says it. */
  readonly holder?:
    | ((world: World, query: { readonly [name: string]: string }) => { readonly robot: Robot })
    | undefined
  /** What is taken beside what the endpoint declares. */
  readonly also?: {
    /** The verb GET, with the fields of the body as parameters. */
    readonly get?: boolean | undefined
    /** A file in a part of any name. */
    readonly part?: boolean | undefined
    /** Fields by the names that they had formerly, and what stands for them now. */
    readonly former?:
      | { readonly [field: string]: (value: unknown) => { readonly [field: string]: unknown } }
      | undefined
  } | undefined
  readonly run: (call: never) => unknown
}

/** The same route, which takes more than its endpoint declares. */
export const also = (route: Route, more: NonNullable<Route["also"]>): Route => ({ ...route, also: more })

/**
 * Serves an endpoint that is called with the token of an app.
 *
 * The handler runs to its end without yielding, so it sees and leaves a consistent world. It refuses with
 * {@link refuse}; where it must wait for something it returns an Effect.
 *
 * @example
 * ```ts
 * route(Departments.endpoints.get, ({ corp, input }) => existing(corp.departments, input.id, 60003))
 * ```
 */
export const route = <I, A>(
  endpoint: Endpoint.Endpoint<I, A>,
  run: (call: AppCall<I>) => Answer<A> | Effect.Effect<Answer<A>>,
  codes: Codes = {}
): Route => make("app", endpoint, run, codes)

/** Serves an endpoint that is called without a token. */
export const openRoute = <I, A>(
  endpoint: Endpoint.Endpoint<I, A>,
  run: (call: Call<I>) => Answer<A> | Effect.Effect<Answer<A>>,
  codes: Codes = {}
): Route => make("none", endpoint, run, codes)

/** Serves an endpoint that is called with the key of a group robot. */
export const robotRoute = <I, A>(
  endpoint: Endpoint.Endpoint<I, A>,
  run: (call: RobotCall<I>) => Answer<A> | Effect.Effect<Answer<A>>,
  codes: Codes = {}
): Route => ({
  ...make("key", endpoint, run, codes),
  holder: (world, query) => ({ robot: existing(world.robots, query.key ?? "", 93000, "invalid webhook url") })
})

/** Serves an endpoint that is called with a key of its own, which is part of the input. */
export const keyRoute = <I, A>(
  endpoint: Endpoint.Endpoint<I, A>,
  run: (call: Call<I>) => Answer<A> | Effect.Effect<Answer<A>>,
  codes: Codes = {}
): Route => make("key", endpoint, run, codes)

/** Serves an endpoint that is called with the token of a third-party suite. */
export const suiteRoute = <I, A>(
  endpoint: Endpoint.Endpoint<I, A>,
  run: (call: SuiteCall<I>) => Answer<A> | Effect.Effect<Answer<A>>,
  codes: Codes = {}
): Route => make("suite", endpoint, run, codes)

/** Serves an endpoint that is called with the token of a service provider. */
export const providerRoute = <I, A>(
  endpoint: Endpoint.Endpoint<I, A>,
  run: (call: ProviderCall<I>) => Answer<A> | Effect.Effect<Answer<A>>,
  codes: Codes = {}
): Route => make("provider", endpoint, run, codes)

/** Serves a read-only endpoint with one answer, for which no state is kept. */
export const canned = <I, A>(endpoint: Endpoint.Endpoint<I, A>, answer: Answer<A>): Route => ({
  endpoint: Endpoint.describe(endpoint),
  source: "fixed",
  codes: {},
  run: () => answer
})

/** An answer with an errcode. */
export class Refusal extends Error {
  readonly _tag = "Refusal"
  readonly errcode: number
  /** Further fields of the answer. */
  readonly fields: object

  constructor(errcode: number, message: string, fields: object = {}) {
    super(message)
    this.errcode = errcode
    this.fields = fields
  }
}

/** Answers with an errcode, its official label where no message is given, and the fields that come with it. */
export const refuse = (errcode: number, message = ErrorCode.label(errcode) ?? "refused", fields = {}): never => {
  throw new Refusal(errcode, message, fields)
}

/** What a key stands for; refuses where it stands for nothing. */
export const existing = <K, V>(map: ReadonlyMap<K, V>, key: K, errcode: number, message?: string): V =>
  map.get(key) ?? refuse(errcode, message)

/** A model's fields with the changes of an update: a field left out of it stays. */
export const merged = <T extends object>(
  before: T,
  changes: { readonly [K in keyof T]?: T[K] | undefined }
): { readonly [K in keyof T]: T[K] } => ({
  ...before,
  ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
})

const make = <I, A>(
  credential: Endpoint.Credential,
  endpoint: Endpoint.Endpoint<I, A>,
  run: (call: never) => unknown,
  codes: Codes
): Route => {
  const description = Endpoint.describe(endpoint)
  if (description.credential !== credential) {
    throw new TypeError(
      `${description.name} is called with the credential ${description.credential}, not ${credential}`
    )
  }
  return { endpoint: description, source: "state", codes, run }
}
