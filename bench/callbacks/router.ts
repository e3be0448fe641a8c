import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Effect, Layer, ManagedRuntime } from "effect"
import { CallbackRouter } from "effect-wecom/callback"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { HttpRouter, HttpServer } from "effect/http"
import { createServer } from "node:http"
import { answer } from "../Process.ts"
import { options } from "./options.ts"

const callbacks = CallbackRouter.layer({ ...options, path: "/callback" }).pipe(Layer.provide(NodeCallbackCrypto.layer))

// Request logs are off: the alternatives write none.
const runtime = ManagedRuntime.make(
  HttpRouter.serve(callbacks, { disableLogger: true, disableListenLog: true }).pipe(
    Layer.provideMerge(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
  )
)

const port = await runtime.runPromise(
  Effect.map(HttpServer.HttpServer, ({ address }) => address._tag === "UnixPathAddress" ? 0 : address.port)
)
answer<{}, number>(() => Promise.resolve(port))
