import { Effect, Layer, ManagedRuntime } from "effect"
import { NodeCallbackCrypto, NodeCallbackHandler } from "effect-wecom/node"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { answer } from "../Process.ts"
import { options } from "./options.ts"

const serving = Effect.map(NodeCallbackHandler.make(options), (handler) => {
  const server = createServer(handler)
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo // it listens on a port
    answer<{}, number>(() => Promise.resolve(port))
  })
})

await ManagedRuntime.make(Layer.effectDiscard(serving).pipe(Layer.provide(NodeCallbackCrypto.layer))).context()
