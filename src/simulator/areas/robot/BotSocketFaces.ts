/**
 * Where bots reach the simulator: a WebSocket on the HTTP server, or one without any socket for tests.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import type * as HttpRouter from "effect/http/HttpRouter"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import * as Socket from "effect/socket/Socket"
import type { Gateway } from "../../engine/Gateway.ts"
import { guarded } from "../../engine/Guard.ts"
import type { World } from "../../engine/World.ts"
import * as BotSocket from "./BotSocket.ts"

/** Serves long connections, and the files of callbacks, on a router. */
export const addTo = (
  router: HttpRouter.HttpRouter,
  { handle, serveBot, world }: {
    readonly handle: Gateway
    readonly serveBot: (socket: Socket.Socket) => Effect.Effect<void>
    readonly world: World
  }
): Effect.Effect<void> =>
  Effect.gen(function*() {
    const opened = guarded(world.hosts, (request) =>
      request.upgrade.pipe(
        Effect.flatMap((socket) => {
          world.origin = `http://${request.headers["host"] ?? "localhost"}`
          return serveBot(socket)
        }),
        Effect.as(HttpServerResponse.empty()),
        Effect.orElseSucceed(() =>
          HttpServerResponse.text("the long connection of smart robots: open a WebSocket here", { status: 426 })
        )
      ))
    yield* router.add("GET", BotSocket.path, opened)
    yield* router.add(
      "GET",
      `${BotSocket.mediaPath}:id`,
      guarded(world.hosts, (request) => Effect.orElseSucceed(handle(request), () => gone))
    )
  })

/** Answers the request of a file that a callback linked to; `undefined` for other requests. */
export const file = (
  world: World,
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<HttpServerResponse.HttpServerResponse> | undefined => {
  const { pathname } = new URL(request.originalUrl, "http://simulator")
  if (!pathname.startsWith(BotSocket.mediaPath)) return undefined
  return Effect.map(Clock.currentTimeMillis, (now) => {
    const found = BotSocket.findFile(world, pathname.slice(BotSocket.mediaPath.length), now)
    return found === undefined ? gone : HttpServerResponse.uint8Array(found.bytes, {
      contentType: "application/octet-stream",
      headers: { "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(found.filename)}` }
    })
  })
}

const gone = HttpServerResponse.text("expired", { status: 403 })

/** Makes WebSockets that are served without a network. */
export const makeConstructor = (
  serveBot: (socket: Socket.Socket) => Effect.Effect<void>
): Effect.Effect<Socket.WebSocketConstructor["Service"], never, Scope.Scope> =>
  Effect.map(FiberSet.makeRuntime<never>(), (run) => () => {
    const { client, server } = link()
    run(serveBot(server))
    return client
  })

type Listener = (event: Socket.WebSocketEvent) => void

/** Both ends of a connection: what one writes, the other hears. */
const link = (): { readonly client: Socket.WebSocketLike; readonly server: Socket.Socket } => {
  const listeners = new Map<string, Map<Listener, boolean>>()
  const inbound = Effect.runSync(Queue.unbounded<string, Socket.SocketError>())
  let readyState = 0

  const emit = (type: string, event: Socket.WebSocketEvent): void => {
    for (const [listener, once] of listeners.get(type) ?? []) {
      if (once) listeners.get(type)?.delete(listener)
      listener({ type, ...event })
    }
  }
  const end = (code: number, reason?: string): void => {
    if (readyState === 3) return
    readyState = 3
    Queue.failCauseUnsafe(
      inbound,
      Cause.fail(new Socket.SocketError({ reason: new Socket.SocketCloseError({ code }) }))
    )
    emit("close", { code, ...(reason === undefined ? {} : { reason }) })
  }

  return {
    client: {
      get readyState() {
        return readyState
      },
      addEventListener: (type, listener, options) => {
        const known = listeners.get(type) ?? new Map<Listener, boolean>()
        listeners.set(type, known)
        known.set(listener, options?.once === true)
      },
      removeEventListener: (type, listener) => void listeners.get(type)?.delete(listener),
      close: (code = 1000) => end(code),
      send: (data) => {
        if (readyState !== 1) throw new Error("the connection is not open")
        Queue.offerUnsafe(inbound, typeof data === "string" ? data : new TextDecoder().decode(data))
      }
    },
    server: Socket.make({
      reader: Effect.sync(() => {
        if (readyState === 0) {
          readyState = 1
          emit("open", {})
        }
        return { pull: Queue.takeAll(inbound), upgrade: Socket.SocketUpgradeError.unsupported }
      }),
      writer: Effect.succeed({
        write: (chunk) =>
          Effect.sync(() => {
            if (readyState !== 1) return
            if (Socket.isCloseEvent(chunk)) end(chunk.code, chunk.reason)
            else emit("message", { data: chunk })
          }),
        writeAll: (chunks) =>
          Effect.sync(() => {
            if (readyState === 1) { for (const data of chunks) emit("message", { data }) }
          })
      })
    })
  }
}
