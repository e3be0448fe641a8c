/** Building the services of the promise facade. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { TokenCache } from "../token/TokenCache.ts"
import type { WeComClient } from "../WeComClient.ts"

/** What services are built on. */
export type Base = WeComClient | TokenCache | HttpClient.HttpClient

/** A service being built. */
export type Build = Effect.Effect<object, never, Base | Scope.Scope>

/** Builds the service of a class from its layer. */
export const build = <Self, Shape extends object>(
  service: Context.Key<Self, Shape>,
  layer: Layer.Layer<Self, never, Base>
): Build => Effect.map(Layer.build(layer), (context) => Context.get(context, service))
