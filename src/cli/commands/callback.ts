/**
 * `wecom callback`: what WeCom sends to an app.
 */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stdio from "effect/Stdio"
import { createServer } from "node:http"
import type * as CallbackEvent from "../../callback/CallbackEvent.ts"
import * as CallbackReceiver from "../../callback/CallbackReceiver.ts"
import * as CallbackRouter from "../../callback/CallbackRouter.ts"
import * as NodeCallbackCrypto from "../../node/NodeCallbackCrypto.ts"
import { misconfigured, notServed, usage } from "../failure.ts"
import { say, toJson, write } from "../output.ts"
import { required, settings } from "../settings.ts"
import { readText } from "../sources.ts"

/** The account of the callback: anybody's where no corp is set. */
const account = Effect.gen(function*() {
  const given = yield* settings
  return {
    token: yield* required(given, "callbackToken", "the callback's Token"),
    encodingAesKey: yield* required(given, "callbackAesKey", "the callback's EncodingAESKey"),
    receiveIds: given.corpId === undefined
      ? () => true
      : [given.corpId, ...(given.suiteId === undefined ? [] : [given.suiteId])]
  }
})

/** An event as a line of JSON: its key, which is no field of its own, first; secrets are left out. */
const lineOf = (event: CallbackEvent.CallbackEvent): string => `${toJson(Object.assign({ key: event.key }, event))}\n`

const listen = Command.make("listen", {
  port: Flag.Int("port").pipe(Flag.withDefault(8080), Flag.withDescription("Default: 8080; 0 for a free one.")),
  host: Flag.String("host").pipe(Flag.withDefault("127.0.0.1"), Flag.withDescription("Default: this machine alone.")),
  path: Flag.String("path").pipe(Flag.withDefault("/"), Flag.withDescription("The path of the URL. Default: /"))
}, ({ host, path, port }) =>
  Effect.gen(function*() {
    const stdio = yield* Stdio.Stdio
    const accounts = yield* account
    if (!path.startsWith("/")) return yield* Effect.fail(usage(`--path: expected a path such as /wecom, not ${path}`))
    const routes = CallbackRouter.layer({
      path: path as "/", // looked at above
      accounts,
      handlers: {},
      fallback: (event) => Effect.provideService(Effect.as(write(lineOf(event)), undefined), Stdio.Stdio, stdio)
    })
    const announced = Layer.effectDiscard(
      HttpServer.addressFormattedWith((address) => say(`Listening at ${address}${path === "/" ? "" : path}`))
    )
    yield* Layer.launch(
      announced.pipe(
        Layer.provideMerge(HttpRouter.serve(routes, { disableListenLog: true, disableLogger: true })),
        Layer.provide(NodeCallbackCrypto.layer),
        Layer.provide(NodeHttpServer.layer(createServer, { port, host }))
      )
    )
  }).pipe(
    Effect.catchTag("ServeError", (error) => Effect.fail(notServed(host, port, error)))
  )).pipe(
    Command.withDescription(
      "Answer WeCom's URL check and print events as they come, a line of JSON each.\n\nEnter the URL, WECOM_CALLBACK_TOKEN " +
        "and WECOM_CALLBACK_AES_KEY in the admin console: the app > 接收消息 > 设置API接收. Events are acknowledged and not " +
        "kept. Behind a tunnel, give the tunnel's address."
    ),
    Command.withShortDescription("Answer the URL check, print events as they come")
  )

const decrypt = Command.make("decrypt", {
  url: Flag.String("url").pipe(
    Flag.withMetavar("URL"),
    Flag.withDescription("The URL or query of the request, with msg_signature, timestamp and nonce.")
  ),
  body: Flag.optional(
    Flag.String("body").pipe(
      Flag.withMetavar("FILE"),
      Flag.withDescription("The request's body; - for standard input. Left out for a URL check (echostr).")
    )
  ),
  raw: Flag.Boolean("raw").pipe(Flag.withDefault(false), Flag.withDescription("The decrypted XML or JSON as it is."))
}, ({ body, raw, url }) =>
  Effect.gen(function*() {
    const accounts = yield* account
    const receiver = yield* CallbackReceiver.make({ accounts, tolerance: "36500 days" })
    const query = url.slice(url.indexOf("?") + 1)
    const address = `http://callback/?${query}`
    if (Option.isNone(body)) return yield* write(`${yield* receiver.verify(new Request(address))}\n`)
    const text = yield* readText(body.value)
    const { event } = yield* receiver.decode(new Request(address, { method: "POST", body: text.trim() }))
    yield* write(raw ? `${event.raw}\n` : lineOf(event))
  }).pipe(
    Effect.provide(NodeCallbackCrypto.layer),
    Effect.catchTag("CallbackError", (error) =>
      Effect.fail(
        error.reason._tag === "RequestInvalid"
          ? usage(error.message, "Give the whole URL, quoted for the shell, and the body as it was received.")
          : misconfigured(
            error.message,
            "Compare token, EncodingAESKey and corp id with the admin console; quote the URL for the shell."
          )
      ))
  )).pipe(Command.withDescription("Verify and decrypt a recorded callback"))

/** `wecom callback`. */
export const command = Command.make("callback").pipe(
  Command.withDescription("Callbacks: listen, decrypt"),
  Command.withSubcommands([listen, decrypt])
)
