/**
 * The other direction: what the simulator tells callback URLs, encrypted, signed and repeated as WeCom does.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { CallbackCipher } from "../../callback/CallbackCipher.ts"
import { CallbackCrypto } from "../../callback/CallbackCrypto.ts"
import * as CallbackEnvelope from "../../callback/CallbackEnvelope.ts"
import type { CallbackError } from "../../callback/CallbackError.ts"
import * as CallbackReply from "../../callback/CallbackReply.ts"
import * as Journal from "./Journal.ts"
import type { Callee } from "./Route.ts"
import * as Secrets from "./Secrets.ts"
import type { CallbackTarget, World } from "./World.ts"

/** One request to a callback URL. */
export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number
  /** The HTTP status; absent when there was no answer. */
  readonly status: number | undefined
  readonly body: string
  /** Why there was no answer. */
  readonly problem: string | undefined
  /** The journal's entry of it. */
  readonly entry?: number | undefined
}

/** What became of a callback. */
export interface Delivery {
  /** The text that was encrypted: XML, or JSON for bots. */
  readonly text: string
  /** The first request and its repeats, at most four. */
  readonly attempts: ReadonlyArray<Attempt>
  /** Whether a request was answered with 200 in time. */
  readonly acknowledged: boolean
  /** The decrypted passive reply, as text. */
  readonly replyText: string | undefined
  readonly reply: CallbackReply.CallbackReply | undefined
  /** Why a reply was ignored, or nothing was sent. */
  readonly problem: string | undefined
}

/** Whom a callback goes to, and in whose name. */
export interface Address {
  readonly target: CallbackTarget
  /** What the ciphertext ends with: the corp id, the suite id, or `""`. */
  readonly receiveId: string
  readonly toUserName: string
  readonly agentId: number | undefined
  readonly format: CallbackEnvelope.Format
}

/** Where the callbacks of an app, a suite (指令回调) or the provider (系统事件) go, if anywhere. */
export const addressOf = (to: Callee): Address | undefined => {
  const [target, receiveId, agentId] = "app" in to
    ? [to.app.callback, to.corp.id, to.app.agentId] as const
    : "suite" in to
    ? [to.suite.callback, to.suite.id, undefined] as const
    : [to.provider.callback, to.provider.corpId, undefined] as const
  return target && { target, receiveId, toUserName: receiveId, agentId, format: "xml" }
}

/** The simulator was asked for something that it does not have or cannot do. */
export class SimulatorError
  extends Schema.TaggedError<SimulatorError>("effect-wecom/SimulatorError")("SimulatorError", {
    message: Schema.String
  })
{}

/** Sends callbacks. */
export interface CallbackSender {
  /** Sends one, repeats it where it must, and reads the reply. */
  readonly send: (
    address: Address,
    key: string,
    text: string,
    options?: {
      /** How often it is repeated if there is no response. Default: 3. */
      readonly repeats?: number | undefined
    }
  ) => Effect.Effect<Delivery, SimulatorError>
  /** Checks a URL, as saving it in the admin console does. */
  readonly verify: (address: Address) => Effect.Effect<void, SimulatorError>
  /** Sends through this client from now on. */
  readonly connect: (client: HttpClient.HttpClient | undefined) => Effect.Effect<void>
}

/** How long WeCom waits for an answer. */
const patience = Duration.seconds(5)

/** How long it waits when it checks a URL. */
const verifyPatience = Duration.seconds(1)

/** Repeats start five seconds after each other, whether a request was cut off or refused at once. */
const pace = Duration.toMillis(patience)

const repeats = 3

/** A sender without a client. */
export const make = (world: World, journal: Journal.Journal): Effect.Effect<CallbackSender> =>
  Effect.gen(function*() {
    const given = yield* Effect.serviceOption(CallbackCrypto)
    const crypto = Option.isSome(given)
      ? given.value
      : yield* Effect.provide(CallbackCrypto, CallbackCrypto.layerWebCrypto)
    const ciphers = new Map<CallbackTarget, CallbackCipher>()
    let client: HttpClient.HttpClient | undefined

    const cipherOf = (target: CallbackTarget): Effect.Effect<CallbackCipher, CallbackError> => {
      const known = ciphers.get(target)
      return known !== undefined ? Effect.succeed(known) : Effect.tap(crypto.make(target), (cipher) =>
        Effect.sync(() => {
          ciphers.set(target, cipher)
        }))
    }

    // A malformed key is a mistake in the options: it shows when the simulator is made.
    const called = [
      ...[...world.corps.values()].flatMap(({ apps, smartRobots }) => [...apps, ...smartRobots.values()]),
      ...[...world.suites.values()].flatMap((suite) => [
        suite,
        ...[...suite.installations.values()].map(({ app }) => app)
      ]),
      ...world.provider === undefined ? [] : [world.provider]
    ]
    for (const { callback } of called) {
      if (callback !== undefined) yield* Effect.orDie(cipherOf(callback))
    }

    const outlet = Effect.suspend(() =>
      client === undefined
        ? Effect.fail(new SimulatorError({ message: "callbacks need an HttpClient: provide Simulator.layerCallbacks" }))
        : Effect.succeed(client)
    )

    /** What goes into the URL: the signature of the ciphertext, made once for all repeats. */
    const signed = (cipher: CallbackCipher, encrypt: string) =>
      Effect.gen(function*() {
        const timestamp = `${Math.floor((yield* Clock.currentTimeMillis) / 1000)}`
        const nonce = `${Math.floor(world.random.nextDoubleUnsafe() * 1e9)}`
        return { msg_signature: yield* cipher.sign({ timestamp, nonce, encrypt }), timestamp, nonce }
      })

    const send: CallbackSender["send"] = ({ agentId, format, receiveId, target, toUserName }, key, text, options) =>
      Effect.gen(function*() {
        const http = yield* outlet
        const cipher = yield* Effect.orDie(cipherOf(target))
        const encrypt = yield* cipher.encrypt({ message: text, receiveId })
        const params = yield* signed(cipher, encrypt)
        const { body, contentType } = CallbackEnvelope.writeRequest({ format, encrypt, toUserName, agentId })
        const request = HttpClientRequest.post(target.url, { urlParams: params }).pipe(
          HttpClientRequest.bodyText(body, contentType)
        )
        const attempts: Array<Attempt> = []
        let last: Journal.Entry | undefined
        const once = Effect.gen(function*() {
          const before = attempts.at(-1)
          if (before !== undefined) {
            yield* Effect.sleep(Math.max(0, before.at + pace - (yield* Clock.currentTimeMillis)))
          }
          const at = yield* Clock.currentTimeMillis
          const entry = journal.open("callback", at, "POST", target.url, { event: key })
          entry.agentId = agentId
          entry.corpId = toUserName
          entry.body = Journal.redact(text, Secrets.ofCallbacks())
          const attempt = yield* Effect.flatMap(
            http.execute(request),
            (response) =>
              Effect.map(response.text, (body) => ({ at, status: response.status, body, problem: undefined }))
          ).pipe(
            Effect.timeoutOrElse({
              duration: patience,
              orElse: () => Effect.succeed({ at, status: undefined, body: "", problem: "no answer within 5 seconds" })
            }),
            Effect.catch((error) =>
              Effect.succeed({ at, status: undefined, body: "", problem: `the connection failed: ${error.message}` })
            )
          )
          attempts.push({ ...attempt, entry: entry.id })
          last = entry
          entry.status = attempt.status
          entry.duration = (yield* Clock.currentTimeMillis) - at
          entry.answer = Journal.redact(attempt.body || attempt.problem || "", Secrets.ofCallbacks())
          return attempt.status === 200 ? attempt.body : yield* Effect.fail("again")
        })
        const answer = yield* Effect.option(Effect.retry(once, { times: options?.repeats ?? repeats }))
        if (answer._tag === "None") {
          const final = attempts.at(-1)
          return delivery(text, attempts, false, final?.problem ?? `answered with HTTP ${final?.status}`)
        }
        if (/^(?:success)?$/i.test(answer.value.trim())) return delivery(text, attempts, true)
        return yield* openReply(cipher, answer.value, receiveId).pipe(
          Effect.tap((replyText) =>
            Effect.sync(() => {
              if (last !== undefined) last.answer = Journal.redact(replyText, Secrets.ofCallbacks())
            })
          ),
          Effect.flatMap((replyText) =>
            Effect.map(
              format === "xml" ? Effect.asSome(CallbackReply.fromXml(replyText)) : Effect.succeedNone,
              (reply): Delivery => ({
                ...delivery(text, attempts, true),
                replyText,
                reply: reply._tag === "Some" ? reply.value.reply : undefined
              })
            )
          ),
          Effect.catch((error) =>
            Effect.succeed(delivery(text, attempts, true, `the reply is ignored: ${error.message}`))
          )
        )
      })

    const verify: CallbackSender["verify"] = ({ receiveId, target }) =>
      Effect.gen(function*() {
        const http = yield* outlet
        const cipher = yield* Effect.orDie(cipherOf(target))
        const echo = `${Math.floor(world.random.nextDoubleUnsafe() * 1e18)}`
        const echostr = yield* cipher.encrypt({ message: echo, receiveId })
        const params = yield* signed(cipher, echostr)
        const answer = yield* Effect.flatMap(
          http.get(target.url, { urlParams: { ...params, echostr } }),
          (response) => Effect.map(response.text, (text) => ({ status: response.status, text }))
        ).pipe(
          Effect.mapError((error) => new SimulatorError({ message: `the connection failed: ${error.message}` })),
          Effect.timeoutOrElse({
            duration: verifyPatience,
            orElse: () => Effect.fail(new SimulatorError({ message: "the URL did not answer within a second" }))
          })
        )
        if (answer.status !== 200 || answer.text !== echo) {
          return yield* new SimulatorError({
            message: `the URL did not answer with the decrypted echostr, but with HTTP ${answer.status}`
          })
        }
      })

    return {
      send,
      verify,
      connect: (next: HttpClient.HttpClient | undefined) =>
        Effect.sync(() => {
          client = next
        })
    }
  })

/** Verifies and decrypts a reply. */
const openReply = (cipher: CallbackCipher, body: string, receiveId: string) =>
  Effect.gen(function*() {
    const { encrypt, nonce, signature, timestamp } = yield* CallbackEnvelope.readReply(body)
    yield* cipher.verify({ encrypt, nonce, timestamp, signature })
    const plaintext = yield* cipher.decrypt(encrypt)
    return plaintext.receiveId === receiveId
      ? plaintext.message
      : yield* new SimulatorError({ message: `its receive id is "${plaintext.receiveId}", not "${receiveId}"` })
  })

const delivery = (
  text: string,
  attempts: ReadonlyArray<Attempt>,
  acknowledged: boolean,
  problem?: string
): Delivery => ({
  text,
  attempts,
  acknowledged,
  replyText: undefined,
  reply: undefined,
  problem
})
