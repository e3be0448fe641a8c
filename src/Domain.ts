/**
 * How endpoints become a service.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Endpoint, type Paged, PagingKey } from "./Endpoint.ts"
import { WeComClient } from "./WeComClient.ts"

/** A service whose methods are endpoints. */
export interface Domain<Self, Id extends string, Endpoints> extends Context.ServiceClass<Self, Id, Endpoints> {
  /** The endpoints as bare values, for tools. */
  readonly endpoints: Endpoints
  /**
   * The service over a client. A fresh layer at every access, so that two clients never share one; it holds no state.
   */
  readonly layer: Layer.Layer<Self, never, WeComClient>
}

/**
 * Makes a service class from a record of endpoints.
 *
 * @example
 * ```ts
 * export class Departments extends Domain.Service<Departments>()("effect-wecom/Departments", {
 *   list: Endpoint.get("/cgi-bin/department/list", 90208, () => ({ ... }))
 * }) {}
 * ```
 */
export const Service = <Self>() =>
<
  const Id extends string,
  const Endpoints extends { readonly [method: string]: Endpoint<never, unknown> | Paged<never, unknown> }
>(
  id: Id,
  endpoints: Endpoints
): Domain<Self, Id, Endpoints> => {
  const tag = Context.Service<Self, Endpoints>()(id)
  return Object.defineProperties(tag, {
    endpoints: { value: endpoints },
    layer: {
      get(this: Context.Service<Self, Endpoints>) {
        return Layer.effect(this, Effect.map(WeComClient, (client) => bind(client, endpoints)))
      }
    }
  }) as never // the two properties that have just been defined
}

/** The endpoints as methods that run on `client`. */
const bind = <Endpoints extends { readonly [method: string]: Endpoint<never, unknown> | Paged<never, unknown> }>(
  client: WeComClient["Service"],
  endpoints: Endpoints
): Endpoints => {
  const methods: Record<string, unknown> = {}
  for (const [method, endpoint] of Object.entries(endpoints)) {
    methods[method] = PagingKey in endpoint
      ? client.stream(endpoint as Paged<never, unknown>) // only `Endpoint.paged` sets the key
      : client.execute(endpoint as Endpoint<never, unknown>)
  }
  return methods as Endpoints // same keys, each bound
}
