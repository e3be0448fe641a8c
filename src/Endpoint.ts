/**
 * What a call is: a value. Path, verb, document, credential and schemas, from which come the client call,
 * the simulator's route, the contract tests and the generated tables.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import type { Download } from "./media/Download.ts"
import type { Upload } from "./media/Upload.ts"
import type { WeComError } from "./WeComError.ts"

/** What an endpoint takes: `InputOf<typeof Users.endpoints.create>`. */
export type InputOf<E> = E extends (input: infer I) => unknown ? I : never

/** What an endpoint returns. */
export type OutputOf<E> = E extends (input: never) => Effect.Effect<infer A, unknown> ? A : never

/** Marks the description that an endpoint carries. */
export const DescriptionKey: unique symbol = Symbol.for("effect-wecom/Endpoint/Description")

/**
 * One call of the API: a function from its input to its answer.
 *
 * As a member of a service it is bound to a client. As a bare value it is a description, which
 * `WeComClient.execute` runs.
 */
export interface Endpoint<in I, out A> {
  (input: I): Effect.Effect<A, WeComError>
  readonly [DescriptionKey]?: Description
}

/** Which token a call carries, and so in which query parameter. */
export type Credential =
  /** The app's (or authorised corp's) `access_token`. */
  | "app"
  /** No token. */
  | "none"
  /** The `suite_access_token` of a third-party suite. */
  | "suite"
  /** The `provider_access_token` of a service provider. */
  | "provider"
  /** The `model_access_token` of a maker's model of devices. */
  | "model"
  /** The `device_access_token` of a device. */
  | "device"
  /** The key is part of the input: group robots. */
  | "key"
  /** A merchant's certificate and keys, with which `MerchantPayments` alone calls. */
  | "merchant"

/** How a body travels. */
export type Kind = "json" | "upload" | "download" | "xml"

/** A schema that needs no services, which is what an endpoint's have to be. */
export type AnyCodec = Schema.ConstraintCodec<unknown, unknown>

/** Fields of a struct that needs no services. */
export interface Fields {
  readonly [field: PropertyKey]: AnyCodec
}

/** The plain facts of an endpoint. */
export interface Meta {
  /** The id of the official document, `https://developer.work.weixin.qq.com/document/path/{doc}`. */
  readonly doc: number
  /** Default: `app`. */
  readonly credential?: Credential
  /** Whether repeating the call changes nothing more. Default: `true` for `get` and `query`, `false` for `post`. */
  readonly idempotent?: boolean
  /** Whether it only reads. Default: `true` for `query` and for a `get` that is idempotent. */
  readonly readOnly?: boolean
  /** Keys, at any depth, that are unquoted 64-bit integers on the wire. */
  readonly int64?: ReadonlyArray<string>
  /** The app's agent id is filled in as `agentid`, a field that the schemas must have, unless the input has one. */
  readonly agent?: boolean
  /**
   * The key without which a success is none, for the few endpoints that are documented to answer without an errcode:
   * every other answer without one is refused.
   */
  readonly withoutErrcode?: string
  /**
   * The list that tells what each item came to, of the few endpoints that answer with an errcode if some items failed: an
   * answer with such a list is read in spite of its errcode.
   */
  readonly itemResults?: string
  /** The query parameter that carries the token, where it is not the one of the credential's kind. */
  readonly parameter?: string
  /**
   * Whether every attempt is signed with the provider's `paymentKey`: `nonce_str`, `ts` and `sig` are no part of the
   * schemas.
   */
  readonly signed?: boolean
}

/** The schemas of an endpoint. */
export interface Schemas {
  readonly query: Schema.Struct<Fields> | undefined
  readonly body: AnyCodec | undefined
  readonly success: AnyCodec
  /** How large the file of an upload may be. */
  readonly size?: Limits | undefined
}

type Limits = (query: never) => Size

/** How large a file may be, in bytes, both ends included. */
export interface Size {
  readonly min: number
  readonly max: number
}

/** Everything about an endpoint, for the kernel and for tools. */
export interface Description extends Required<Omit<Meta, "int64" | "itemResults" | "parameter" | "withoutErrcode">> {
  readonly parameter: string | undefined
  readonly withoutErrcode: string | undefined
  readonly itemResults: string | undefined
  readonly method: "GET" | "POST"
  readonly path: string
  readonly kind: Kind
  /** The multipart part's name, for uploads. */
  readonly part: string
  readonly int64: ReadonlySet<string>
  /** Verb and path: the name of the endpoint in errors and spans. */
  readonly name: string
  /** Made on first use. */
  readonly schemas: Schemas
}

/** The fields of an input: nothing to pass when there are none, optional when all of them are. */
export type Input<Q extends Fields, B> = Relaxed<
  B extends AnyCodec ? {} extends Schema.Struct.Type<Q> ? Q extends Record<string, never> ? B["Type"]
      : WithQuery<Q, B["Type"]>
    : WithQuery<Q, B["Type"]>
    : B extends Fields ? Flat<Schema.Struct.Type<Q> & Schema.Struct.Type<B>>
    : never
>

type Flat<T> = { readonly [K in keyof T]: T[K] } & {}

type WithQuery<Q extends Fields, B> = B extends unknown ? Flat<Schema.Struct.Type<Q> & B> : never

type Relaxed<I> = [keyof I] extends [never] ? void : {} extends I ? I | void : I

type SuccessOf<S> = S extends AnyCodec ? S["Type"] : void

/** A GET endpoint: its input travels in the query. */
export const get = <const Q extends Fields = {}, S extends AnyCodec = typeof Schema.Void>(
  path: string,
  meta: number | Meta,
  schemas: () => { readonly query?: Q; readonly success?: S }
): Endpoint<Input<Q, {}>, SuccessOf<S>> => make("GET", path, "json", "", meta, schemas)

/** A POST endpoint: its input travels as a JSON body, but for the keys of `query`. */
export const post = <
  const Q extends Fields = {},
  const B extends Fields | AnyCodec = {},
  S extends AnyCodec = typeof Schema.Void
>(
  path: string,
  meta: number | Meta,
  schemas: () => { readonly query?: Q; readonly body?: B; readonly success?: S }
): Endpoint<Input<Q, B>, SuccessOf<S>> => make("POST", path, "json", "", meta, schemas)

/** A POST endpoint that only reads: repeating it changes nothing, so it is retried where a write would not be. */
export const query = <
  const Q extends Fields = {},
  const B extends Fields | AnyCodec = {},
  S extends AnyCodec = typeof Schema.Void
>(
  path: string,
  meta: number | Meta,
  schemas: () => { readonly query?: Q; readonly body?: B; readonly success?: S }
): Endpoint<Input<Q, B>, SuccessOf<S>> =>
  make("POST", path, "json", "", {
    idempotent: true,
    readOnly: true,
    ...(typeof meta === "number" ? { doc: meta } : meta)
  }, schemas)

/**
 * A POST endpoint whose body is one file, sent as the multipart part `part`. A file that is not of the `size` which
 * the query asks for is refused before sending.
 */
export const upload = <
  const Part extends string,
  const Q extends Fields = {},
  S extends AnyCodec = typeof Schema.Void
>(
  path: string,
  meta: number | Meta,
  part: Part,
  schemas: () => {
    readonly query?: Q
    readonly size?: (query: Schema.Struct.Type<Q>) => Size
    readonly success?: S
  }
): Endpoint<Flat<Schema.Struct.Type<Q> & { readonly [K in Part]: Upload }>, SuccessOf<S>> =>
  make("POST", path, "upload", part, meta, schemas)

/** A GET endpoint that answers with a file. */
export const download = <const Q extends Fields = {}>(
  path: string,
  meta: number | Meta,
  schemas: () => { readonly query?: Q }
): Endpoint<Flat<Schema.Struct.Type<Q> & { readonly range?: Range }>, Download> =>
  make("GET", path, "download", "", meta, schemas)

/** A POST endpoint of WeChat Pay: its input and its answer travel as signed XML, whose signatures the schemas leave out. */
export const merchant = <B extends AnyCodec, S extends AnyCodec>(
  url: string,
  meta: Pick<Meta, "doc" | "readOnly">,
  schemas: () => { readonly body: B; readonly success: S }
): Endpoint<B["Type"], S["Type"]> =>
  make("POST", url, "xml", "", { ...meta, idempotent: meta.readOnly === true, credential: "merchant" }, schemas)

/** A part of a file, in bytes, both ends included, as in HTTP; to the end of the file without `end`. */
export interface Range {
  readonly start: number
  readonly end?: number
}

/** The answer's one payload field, unwrapped. */
export const pluck = <const Key extends string, S extends AnyCodec>(
  key: Key,
  schema: S
): Schema.Codec<S["Type"], { readonly [K in Key]: S["Encoded"] }> =>
  Schema.Struct({ [key]: schema }).pipe(
    Schema.decodeTo(
      Schema.declare((_: unknown): _ is S["Type"] => true),
      SchemaTransformation.transform<S["Type"], { readonly [key: string]: unknown }>({
        decode: (envelope) => envelope[key],
        encode: (value) => ({ [key]: value })
      }) as never // a computed key widens the struct to an index signature
    )
  ) as never // the same key again

/** What an endpoint says of itself, if it is one. */
export const description = (endpoint: unknown): Option.Option<Description> =>
  Predicate.hasProperty(endpoint, DescriptionKey)
    ? Option.some(endpoint[DescriptionKey] as Description) // set by `make` alone
    : Option.none()

/** What an endpoint says of itself. Throws for a plain function, such as the method of a mock. */
export const describe = <I, A>(endpoint: Endpoint<I, A>): Description => {
  const found = endpoint[DescriptionKey]
  if (found === undefined) throw new TypeError("not an endpoint: a plain function has no description")
  return found
}

/** What calling an endpoint without a client comes to. */
export const unbound = (self: Description): TypeError =>
  new TypeError(`${self.name} is a bare endpoint: call it through its service, or with WeComClient.execute`)

const make = <I, A>(
  method: "GET" | "POST",
  path: string,
  kind: Kind,
  part: string,
  meta: number | Meta,
  schemas: () => {
    readonly query?: Fields
    readonly body?: Fields | AnyCodec
    readonly success?: AnyCodec
    readonly size?: Limits
  }
): Endpoint<I, A> => {
  const facts: Meta = typeof meta === "number" ? { doc: meta } : meta
  const { agent = false, credential = "app", doc, idempotent = method === "GET", int64, parameter } = facts
  const { itemResults, readOnly = method === "GET" && idempotent, signed = false, withoutErrcode } = facts
  let made: Schemas | undefined
  const self: Description = {
    method,
    path,
    kind,
    part,
    doc,
    credential,
    idempotent,
    readOnly,
    agent,
    parameter,
    signed,
    withoutErrcode,
    itemResults,
    int64: int64 === undefined ? noKeys : new Set(int64),
    name: `${method} ${path}`,
    get schemas() {
      return made ??= build(schemas())
    }
  }
  return Object.assign(() => Effect.die(unbound(self)), { [DescriptionKey]: self })
}

const noKeys: ReadonlySet<string> = new Set()

const isCodec = (body: Fields | AnyCodec): body is AnyCodec => Schema.isSchema(body)

const build = ({ body, query, size, success = Schema.Void }: {
  readonly query?: Fields
  readonly body?: Fields | AnyCodec
  readonly success?: AnyCodec
  readonly size?: Limits
}): Schemas => ({
  query: query === undefined ? undefined : Schema.Struct(query),
  body: body === undefined || isCodec(body) ? body : Schema.Struct(body),
  success,
  size
})
