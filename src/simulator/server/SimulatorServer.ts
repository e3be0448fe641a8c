/**
 * The simulator as an HTTP server on Node: the only module here that needs `@effect/platform-node`.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import type * as HttpServerError from "effect/http/HttpServerError"
import * as Layer from "effect/Layer"
import { createServer } from "node:http"
import * as NodeCallbackCrypto from "../../node/NodeCallbackCrypto.ts"
import type { Engine } from "../engine/Engine.ts"
import { Simulator, type SimulatorOptions } from "../Simulator.ts"

/** Where to listen. */
export interface ServerOptions extends SimulatorOptions {
  /** Default: a free port; see the address of the `HttpServer`. */
  readonly port?: number | undefined
  /** Default: 127.0.0.1, only this machine. */
  readonly host?: string | undefined
}

/**
 * A simulator that listens, with its page at `/_simulator`, and sends callbacks through undici.
 *
 * @example
 * ```ts
 * Layer.launch(SimulatorServer.layer({ port: 8080 })).pipe(NodeRuntime.runMain)
 * ```
 */
export const layer = (
  options: ServerOptions = {}
): Layer.Layer<Simulator | Engine | HttpServer.HttpServer, HttpServerError.ServeError> =>
  Layer.mergeAll(
    knowingItsAddress,
    HttpRouter.serve(Simulator.layerRoutes, { disableListenLog: true, disableLogger: true }),
    Simulator.layerCallbacks
  ).pipe(
    Layer.provideMerge(Simulator.layer(options)),
    Layer.provide([NodeCallbackCrypto.layer, NodeHttpClient.layerUndici]),
    Layer.provideMerge(
      NodeHttpServer.layer(createServer, { port: options.port ?? 0, host: options.host ?? "127.0.0.1" })
    )
  )

/** The URLs of files lead to where the server listens, before it was ever called. */
const knowingItsAddress = Layer.effectDiscard(
  Effect.gen(function*() {
    const { world } = yield* Simulator
    world.origin = yield* HttpServer.addressFormattedWith(Effect.succeed)
  })
)
