/**
 * How endpoints become a service.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Endpoint } from "./Endpoint.ts"
import { type Paged, PagingKey } from "./Paging.ts"
import { WeComClient } from "./WeComClient.ts"

/** Endpoints by the name of their method, and streams of the items of those that page. */
export interface Methods {
  readonly [method: string]: Endpoint<never, unknown> | Paged<never, unknown>
}

/** What a domain says of itself, for lists of all domains. */
export interface Listed {
  /** The module that it is declared in, such as `contacts/Users`: the last part is the name of the service. */
  readonly module: string
  /** The area of the official documentation, such as `通讯录·成员`. */
  readonly area: string
  /** The endpoints as bare values, for tools. */
  readonly endpoints: Methods
}

/** A service whose methods are endpoints. */
export interface Domain<Self, Id extends string, Endpoints extends Methods>
  extends Context.ServiceClass<Self, Id, Endpoints>, Listed
{
  readonly endpoints: Endpoints
  /** The service over a client. It is never shared between two clients, and holds no state. */
  readonly layer: Layer.Layer<Self, never, WeComClient>
}

/**
 * Makes a service class from a record of endpoints. `module` is the path of its file below `src`, `area` the chapter of
 * the official documentation. `streams` makes, from those endpoints that return one page, the streams of all items.
 *
 * @example
 * ```ts
 * export class Users extends Domain.Service<Users>()("contacts/Users", "通讯录·成员", {
 *   listIds: Endpoint.query("/cgi-bin/user/list_id", 96067, () => ({ ... }))
 * }, (endpoints) => ({
 *   listAllIds: Paging.byCursor(endpoints.listIds, "dept_user")
 * })) {}
 * ```
 */
export const Service =
  <Self>() =>
  <const Module extends string, const Endpoints extends Methods, const Streams extends Methods = {}>(
    module: Module,
    area: string,
    endpoints: Endpoints,
    streams?: (endpoints: Endpoints) => Streams
  ): Domain<Self, `effect-wecom/${Module}`, Endpoints & Streams> => {
    const methods = { ...endpoints, ...streams?.(endpoints) } as Endpoints & Streams // without streams, `Streams` is empty
    const tag = Context.Service<Self, Endpoints & Streams>()(`effect-wecom/${module}`)
    return Object.assign(tag, {
      module,
      area,
      endpoints: methods,
      layer: Layer.fresh(Layer.effect(tag, Effect.map(WeComClient, (client) => bind(client, methods))))
    })
  }

/** The endpoints as methods that run on `client`. */
const bind = <Endpoints extends Methods>(client: WeComClient["Service"], endpoints: Endpoints): Endpoints => {
  const methods: Record<string, unknown> = {}
  for (const [method, endpoint] of Object.entries(endpoints)) {
    methods[method] = PagingKey in endpoint
      ? client.stream(endpoint as Paged<never, unknown>) // only `Paging.make` sets the key
      : client.execute(endpoint as Endpoint<never, unknown>)
  }
  return methods as Endpoints // same keys, each bound
}
