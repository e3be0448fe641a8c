/** A local HTTP server on a free port, and the library talking to it over a real connection. */
import { NodeHttpClient } from "@effect/platform-node"
import { Effect, Layer, Redacted } from "effect"
import type { HttpClient } from "effect/http"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { Media } from "../../src/media/Media.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"

/** Answers one request, `gettoken` aside. */
export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>

export const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export const json = (response: ServerResponse, value: unknown): void => {
  response.setHeader("content-type", "application/json; charset=UTF-8").end(JSON.stringify(value))
}

/** Starts a server for the scope, and says where it listens. Tokens are T1, T2, ... */
const serve = (handler: Handler) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      let tokens = 0
      const server = createServer((request, response) => {
        const url = new URL(request.url ?? "/", "http://localhost")
        if (url.pathname === "/cgi-bin/gettoken") {
          json(response, { errcode: 0, errmsg: "ok", access_token: `T${++tokens}`, expires_in: 7200 })
        } else {
          Promise.resolve(handler(request, response, url)).catch((error: Error) => response.destroy(error))
        }
      })
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
      return server
    }),
    (server) =>
      Effect.promise(async () => {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      })
  ).pipe(Effect.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`))

/** The media service against a server that answers with `handler`. */
export const against = (
  handler: Handler,
  http: Layer.Layer<HttpClient.HttpClient> = NodeHttpClient.layerUndici
): Layer.Layer<Media | WeComClient> =>
  Layer.unwrap(Effect.map(serve(handler), (baseUrl) => {
    const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush"), agentId: 1000002, baseUrl })
    return Layer.provideMerge(Media.layer, WeComClient.layer(app)).pipe(
      Layer.provide([TokenCache.layerMemory, http])
    )
  }))
