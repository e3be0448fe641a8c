/**
 * Calls of commands: as the app of the settings, with tokens that are kept between invocations.
 */
import { EnvHttpProxyAgent } from "@effect/platform-node/Undici"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import { describe, type Description, type Endpoint } from "../Endpoint.ts"
import { readInput } from "../internal/reflect/input.ts"
import * as NodeClient from "../node/NodeClient.ts"
import * as FileTokenStore from "../token/FileTokenStore.ts"
import { TokenCache } from "../token/TokenCache.ts"
import { WeComApp } from "../WeComApp.ts"
import { WeComClient } from "../WeComClient.ts"
import { WeComError } from "../WeComError.ts"
import { type CliFailure, misconfigured, ofCall } from "./failure.ts"
import { required, type Settings, settings, tokensPath } from "./settings.ts"

/** The app whose token an endpoint carries. */
export const appFor = (
  given: Settings,
  credential: Description["credential"]
): Effect.Effect<WeComApp, CliFailure> =>
  Effect.gen(function*() {
    const { agentId, baseUrl } = given
    switch (credential) {
      case "suite":
        return WeComApp.suite({
          suiteId: yield* required(given, "suiteId", "the suite id"),
          suiteSecret: yield* required(given, "suiteSecret", "the suite's secret"),
          suiteTicket: Effect.succeed(yield* required(given, "suiteTicket", "the newest suite_ticket")),
          baseUrl
        })
      case "provider":
        return WeComApp.provider({
          corpId: yield* required(given, "providerCorpId", "the provider's corp id"),
          providerSecret: yield* required(given, "providerSecret", "the provider's secret"),
          paymentKey: given.paymentKey,
          baseUrl
        })
      case "app":
        return WeComApp.secret({
          corpId: yield* required(given, "corpId", "the corp id"),
          secret: yield* required(given, "secret", "the app's secret"),
          agentId,
          baseUrl
        })
      case "model":
      case "device":
        return yield* misconfigured(
          `the command line has no ${credential}_access_token`,
          "Devices are called for by a program: WeComApp.model and WeComApp.device."
        )
      default:
        // No token is asked for: whose it would be does not matter.
        return WeComApp.provided({
          corpId: given.corpId ?? "",
          agentId,
          baseUrl,
          tokens: { app: { get: Effect.die("no token is needed") } }
        })
    }
  })

/** The HTTP client of all commands: through the proxy of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, if there is one. */
export const layerHttp: Layer.Layer<HttpClient.HttpClient> = Layer.effect(
  HttpClient.HttpClient,
  Effect.map(
    Effect.acquireRelease(
      // Calls have deadlines of their own.
      Effect.sync(() => new EnvHttpProxyAgent({ headersTimeout: 0, bodyTimeout: 0 })),
      (agent) => Effect.promise(() => agent.destroy())
    ),
    NodeClient.make
  )
)

/** Tokens on disk, and an HTTP client. */
const layerShared = Layer.unwrap(
  Effect.map(tokensPath, (directory) =>
    TokenCache.layer.pipe(
      Layer.provide(FileTokenStore.layer({ directory })),
      Layer.provideMerge(layerHttp)
    ))
)

/** Runs an effect as the app that the settings name, for endpoints of a credential. Failures of calls become the command's. */
export const withClient = (credential: Description["credential"] = "app") =>
<A, E, R>(
  effect: Effect.Effect<A, E, R>
) =>
  Effect.gen(function*() {
    const app = yield* appFor(yield* settings, credential)
    return yield* Effect.provide(effect, Layer.provideMerge(WeComClient.layer(app), layerShared))
  }).pipe(failing)

/** Failures of calls as failures of commands. */
export const failing = <A, E, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<A, Exclude<E, WeComError> | CliFailure, R> =>
  Effect.mapError(effect, (error) => error instanceof WeComError ? ofCall(error) : error as Exclude<E, WeComError>)

/**
 * Calls an endpoint with an input as people write it: every command for people goes through what `wecom api` does.
 */
export const call = <I, A>(
  endpoint: Endpoint<I, A>,
  input: { readonly [field: string]: unknown }
): Effect.Effect<A, WeComError, WeComClient> =>
  Effect.gen(function*() {
    const client = yield* WeComClient
    const read = yield* readInput(describe(endpoint), input)
    return yield* client.execute(endpoint)(read as I) // read by the endpoint's own schemas
  })

/** What calls need. */
export type Calling = WeComClient | HttpClient.HttpClient | TokenCache | FileSystem.FileSystem | Path.Path
