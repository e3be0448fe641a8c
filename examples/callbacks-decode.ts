import { Effect, type Layer, ManagedRuntime } from "effect"
import { type CallbackCrypto, type CallbackError, CallbackReceiver, CallbackReply } from "effect-wecom/callback"

/** From a verified event to the answer. What a handler does is up to you; `undefined` is the empty answer. */
const handle = ({ event }: CallbackReceiver.Received): Effect.Effect<CallbackReply.CallbackReply | undefined> => {
  switch (event._tag) {
    case "text":
      return Effect.succeed(CallbackReply.text(`收到：${event.Content}`))
    case "event/enter_agent":
      return Effect.as(Effect.log(`${event.FromUserName} is here`), undefined)
    case "Unknown": // not known to the library, or not as it should be: nothing is lost
      return Effect.as(Effect.log(`${event.key} has the fields ${Object.keys(event.fields)}`), undefined)
    default:
      return Effect.undefined
  }
}

/** Handles one request of your router: the URL check is a GET, a callback is a POST. */
const answer = (receiver: CallbackReceiver.CallbackReceiver, request: Request): Effect.Effect<Response> =>
  Effect.gen(function*() {
    if (request.method === "GET") return new Response(yield* receiver.verify(request))
    const received = yield* receiver.decode(request)
    const reply = yield* handle(received)
    if (reply === undefined) return new Response()
    const { body, contentType } = yield* received.reply(reply)
    return new Response(body, { headers: { "content-type": contentType } })
  }).pipe(
    Effect.catch((error) =>
      Effect.as(Effect.logWarning(`refused: ${error.message}`), new Response(null, { status: error.status }))
    )
  )

/**
 * A function for a router without Effect. Your program must recognise repeats, by `received.signature` or
 * `event.dedupeKey`, and so is the limit of five seconds: `CallbackRouter` does both.
 */
export const make = async (
  accounts: CallbackReceiver.Account,
  crypto: Layer.Layer<CallbackCrypto, CallbackError>
): Promise<(request: Request) => Promise<Response>> => {
  const runtime = ManagedRuntime.make(crypto)
  const receiver = await runtime.runPromise(CallbackReceiver.make({ accounts }))
  return (request) => runtime.runPromise(answer(receiver, request))
}
