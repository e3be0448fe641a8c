/**
 * From an HTTP request to a verified, decrypted, typed event: for programs with a router of their own. `CallbackRouter` builds on
 * it.
 */
import * as ByteSize from "effect/ByteSize"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import type { HttpServerError } from "effect/http/HttpServerError"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { failure } from "../internal/callback/failure.ts"
import type { CallbackCipher } from "./CallbackCipher.ts"
import { CallbackCrypto } from "./CallbackCrypto.ts"
import * as CallbackEnvelope from "./CallbackEnvelope.ts"
import {
  AccountInvalid,
  BodyTooLarge,
  type CallbackError,
  type CallbackErrorReason,
  ReceiveIdRejected,
  ReplyInvalid,
  RequestInvalid,
  SignatureMismatch,
  TimestampStale
} from "./CallbackError.ts"
import * as CallbackEvent from "./CallbackEvent.ts"
import * as CallbackReply from "./CallbackReply.ts"
import * as SmartRobotReply from "./SmartRobotReply.ts"

/** Who may call back: an app, a suite or a bot, with the secrets of its callback page in the admin console. */
export interface Account {
  readonly token: Redacted.Redacted
  /** 43 letters and digits. */
  readonly encodingAesKey: Redacted.Redacted
  /**
   * Whom a callback may be meant for: the corp id of a self-built app; the suite id of third-party commands and, for
   * their URL check and data callbacks, the corp ids; `""` for a bot or a third-party app without a corp. A predicate
   * where the corps are not known beforehand: with several accounts it is also asked about ids that are not proven yet.
   */
  readonly receiveIds: ReadonlyArray<string> | ReadonlySet<string> | ((receiveId: string) => boolean)
}

/** Where the limits of a receiver are set. */
export interface Options {
  /** One account or several, for apps and suites that share a URL: the one whose signature matches is taken. */
  readonly accounts: Account | ReadonlyArray<Account>
  /** How far `timestamp` may be from now. Default: 5 minutes. */
  readonly tolerance?: Duration.Input | undefined
  /** The largest body that is read: callbacks are of a few KiB, with 1,000 ids in them some 80. Default: 128 KiB. */
  readonly maxBodySize?: ByteSize.Input | undefined
}

/** How far `timestamp` may be from now, when nothing else is said. */
export const defaultTolerance: Duration.Input = "5 minutes"

/** A verified event, and the way to answer it. */
export interface Received {
  readonly event: CallbackEvent.CallbackEvent
  /** Whom it was meant for: one of the account's receive ids. */
  readonly receiveId: string
  /** The verified `msg_signature`: the same only for a byte-identical repeat. */
  readonly signature: string
  /**
   * Encrypts a passive reply; `ReplyInvalid` when it does not fit its schema, or an event that takes no such reply. `now`
   * is its time, in milliseconds since the epoch. Default: what the clock says.
   */
  readonly reply: (
    reply: CallbackReply.CallbackReply | SmartRobotReply.SmartRobotReply,
    now?: number
  ) => Effect.Effect<CallbackEnvelope.Body, CallbackError>
}

/** Verifies and opens the requests of one callback URL. */
export interface CallbackReceiver {
  /**
   * Answers the URL check (a GET): the decrypted `echostr`, to be sent back as it is within a second. A callback that
   * comes as `echostr` is refused: whoever has seen its ciphertext would learn what it says.
   *
   * Fails with `RequestInvalid`, `SignatureMismatch`, `TimestampStale`, `DecryptionFailed` or `ReceiveIdRejected`.
   */
  readonly verify: (request: { readonly url: string }) => Effect.Effect<
    string,
    CallbackError
  >
  /**
   * Opens a callback (a POST). Repeats are not told apart: see {@link Received.signature} and `event.dedupeKey`.
   *
   * Fails as {@link CallbackReceiver.verify} does, and with `BodyTooLarge` or `MessageInvalid`. A body that does not end
   * is waited for: give it a deadline.
   */
  readonly decode: (request: HttpServerRequest.HttpServerRequest | Request) => Effect.Effect<
    Received,
    CallbackError
  >
  /**
   * Opens a callback whose body has been read, as it came: for servers of other kinds. `now` is in milliseconds since the
   * epoch. With `NodeCallbackCrypto` the effect is an `Exit` already.
   */
  readonly open: (url: string, body: string, now: number) => Effect.Effect<Received, CallbackError>
  /** The largest body that is read, in bytes. */
  readonly maxBodySize: number
}

/** Prepares the keys of the accounts; fails with `AccountInvalid`. */
export const make: (
  options: Options
) => Effect.Effect<CallbackReceiver, CallbackError, CallbackCrypto> = Effect.fnUntraced(
  function*(options: Options) {
    const crypto = yield* CallbackCrypto
    const accounts: ReadonlyArray<Account> = "token" in options.accounts ? [options.accounts] : options.accounts
    if (accounts.length === 0) return yield* invalid("token", "there is no account")
    const prepared = yield* Effect.forEach(accounts, (account) => prepare(crypto, account))
    const tolerance = Duration.toMillis(options.tolerance ?? defaultTolerance)
    const maxBodySize = options.maxBodySize === undefined
      ? 128 * 1024
      : ByteSize.toNumberUnsafe(ByteSize.fromInputUnsafe(options.maxBodySize))

    // Eager throughout: where the crypto is synchronous, no step waits for a fiber.
    const unlock = (
      signed: Signed,
      named: string | undefined,
      now: number
    ): Effect.Effect<Opened, CallbackError> =>
      Effect.flatMapEager(checkTime(signed.timestamp, tolerance, now), () => {
        const [first, ...others] = candidates(prepared, signed, named)
        if (first === undefined) return refuse(new SignatureMismatch({}))
        const opened = unlockWith(first, signed)
        return others.length === 0
          ? opened
          : Effect.catchEager(opened, (failed) => unlockWithOthers(others, signed, failed))
      })

    const open: CallbackReceiver["open"] = (url, body, now) =>
      Effect.flatMapEager(
        readQuery(url),
        ({ nonce, signature, timestamp }) =>
          Effect.flatMapEager(CallbackEnvelope.readRequest(body), ({ encrypt, format, toUserName }) =>
            Effect.flatMapEager(
              unlock({ signature, timestamp, nonce, encrypt }, toUserName, now),
              ({ cipher, message, receiveId }) =>
                Effect.mapEager(CallbackEvent.fromText(message), (event): Received => ({
                  event,
                  receiveId,
                  signature,
                  reply: (reply, now) =>
                    seal(cipher, { reply, event, receiveId, nonce, format }, now)
                }))
            ))
      )

    return {
      verify: ({ url }) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) =>
          Effect.flatMapEager(readQuery(url), (query) => {
            const { echostr } = query
            if (echostr === undefined) return requestInvalid("the query parameter echostr is missing")
            return unlock({ ...query, encrypt: echostr }, undefined, now).pipe(
              Effect.mapErrorEager((error) =>
                isMismatch(error) && echostr.includes("%")
                  ? failure(new SignatureMismatch({ encodedTwice: true }))
                  : error
              ),
              Effect.flatMapEager(({ message }) =>
                isCallback(message)
                  ? requestInvalid("the query parameter echostr is a callback, not a URL check")
                  : Exit.succeed(message)
              )
            )
          })),
      decode: (request) =>
        // A request that is none is refused before its body is read.
        Effect.flatMapEager(readQuery(request.url), () =>
          Effect.flatMap(readBody(request, maxBodySize), (body) =>
            Effect.flatMap(Clock.currentTimeMillis, (now) =>
              open(request.url, body, now)))),
      open,
      maxBodySize
    }
  }
)

interface Prepared {
  readonly cipher: CallbackCipher
  readonly accepts: (receiveId: string) => boolean
  /** What it accepts, unless a predicate decides. */
  readonly accepted: ReadonlyArray<string>
}

interface Signed {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
  readonly encrypt: string
}

interface Opened {
  readonly cipher: CallbackCipher
  readonly message: string
  readonly receiveId: string
}

const prepare = Effect.fnUntraced(function*(crypto: CallbackCrypto["Service"], account: Account) {
  const { receiveIds, token } = account
  if (Redacted.value(token) === "") return yield* invalid("token", "the token is empty")
  if (/\s/.test(Redacted.value(token))) return yield* invalid("token", "there is white space in the token")
  const cipher = yield* crypto.make(account)
  if (typeof receiveIds === "function") return { cipher, accepts: receiveIds, accepted: [] }
  const accepted = new Set(receiveIds)
  if (accepted.size === 0) return yield* invalid("receiveIds", "no receive id is accepted")
  for (const id of accepted) {
    if (/\s/.test(id)) return yield* invalid("receiveIds", `there is white space in ${JSON.stringify(id)}`)
  }
  return { cipher, accepts: (receiveId: string) => accepted.has(receiveId), accepted: [...accepted] }
})

/**
 * The accounts whose signature a request may bear. Anybody may send a request, and each account has to hash all of it: where
 * its envelope names whom it is for, only they do, and where it names nobody known, all do as long as that is little work.
 */
const candidates = (
  prepared: ReadonlyArray<Prepared>,
  { encrypt }: Signed,
  named: string | undefined
): ReadonlyArray<Prepared> => {
  if (prepared.length === 1) return prepared
  const meant = named === undefined ? [] : prepared.filter(({ accepts }) => accepts(named))
  if (meant.length > 0) return meant
  return prepared.length * encrypt.length <= mostHashed ? prepared : prepared.filter(({ accepts }) => accepts(""))
}

/** In characters: a message of ordinary size for some hundred accounts. */
const mostHashed = 1024 * 1024

const unlockWith = (
  { accepted, accepts, cipher }: Prepared,
  signed: Signed
): Effect.Effect<Opened, CallbackError> =>
  Effect.flatMapEager(
    cipher.verify(signed),
    () =>
      Effect.flatMapEager(cipher.decrypt(signed.encrypt), ({ message, receiveId }) =>
        accepts(receiveId)
          ? Exit.succeed({ cipher, message, receiveId })
          : refuse(new ReceiveIdRejected({ empty: receiveId === "", accepted })))
  )

/** Tries further accounts; what is told is how far the first came whose signature fits. */
const unlockWithOthers = Effect.fnUntraced(
  function*(others: ReadonlyArray<Prepared>, signed: Signed, failed: CallbackError) {
    let furthest = failed
    for (const account of others) {
      const opened = yield* Effect.result(unlockWith(account, signed))
      if (Result.isSuccess(opened)) return opened.success
      if (isMismatch(furthest)) furthest = opened.failure
    }
    return yield* furthest
  }
)

/** Callbacks are XML or JSON; the text of a URL check is digits. */
const isCallback = (message: string): boolean => /^\s*[<{]/.test(message)

const isMismatch = (error: CallbackError): boolean => error.reason._tag === "SignatureMismatch"

const checkTime = (
  timestamp: string,
  tolerance: number,
  now: number
): Exit.Exit<void, CallbackError> => {
  const seconds = Number(timestamp)
  return Math.abs(now - seconds * 1000) <= tolerance ? Exit.void : refuse(
    new TimestampStale({
      timestamp: seconds,
      now: Math.floor(now / 1000),
      toleranceSeconds: tolerance / 1000
    })
  )
}

const readQuery = (
  url: string
): Exit.Exit<Omit<Signed, "encrypt"> & { readonly echostr: string | undefined }, CallbackError> => {
  const start = url.indexOf("?")
  const params = new URLSearchParams(start === -1 ? "" : url.slice(start + 1))
  const signature = params.get("msg_signature")
  const timestamp = params.get("timestamp")
  const nonce = params.get("nonce")
  if (signature === null) return requestInvalid("the query parameter msg_signature is missing")
  if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) {
    return requestInvalid("the query parameter timestamp is missing, or is not in unix seconds")
  }
  if (nonce === null) return requestInvalid("the query parameter nonce is missing")
  // base64 has no spaces: one is a "+" that was not percent-encoded.
  return Exit.succeed({ signature, timestamp, nonce, echostr: params.get("echostr")?.replaceAll(" ", "+") })
}

/** Reads the body of a request as text, and no more of it than is allowed. */
export const readBody = (
  request: HttpServerRequest.HttpServerRequest | Request,
  maxBodySize: number
): Effect.Effect<string, CallbackError> =>
  (HttpServerRequest.TypeId in request ? request : HttpServerRequest.fromWeb(request)).text.pipe(
    Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(maxBodySize)),
    Effect.mapError(({ reason }: HttpServerError) =>
      failure(
        reason._tag === "RequestParseError" && reason.reason === "BodyTooLarge"
          ? new BodyTooLarge({ limit: maxBodySize })
          : new RequestInvalid({ problem: "the body could not be read" })
      )
    )
  )

interface Reply {
  readonly reply: CallbackReply.CallbackReply | SmartRobotReply.SmartRobotReply
  readonly event: CallbackEvent.CallbackEvent
  readonly receiveId: string
  readonly nonce: string
  readonly format: CallbackEnvelope.Format
}

const seal = (
  cipher: CallbackCipher,
  { event, format, nonce, receiveId, reply }: Reply,
  now: number | undefined
): Effect.Effect<CallbackEnvelope.Body, CallbackError> =>
  now === undefined
    ? Effect.flatMap(Clock.currentTimeMillis, (now) => seal(cipher, { event, format, nonce, receiveId, reply }, now))
    : Effect.flatMapEager(writeReply(reply, event, format, DateTime.makeUnsafe(now)), (message) =>
      Effect.flatMapEager(cipher.encrypt({ message, receiveId }, cipher.random()), (encrypt) => {
        const timestamp = `${Math.floor(now / 1000)}`
        return Effect.mapEager(cipher.sign({ timestamp, nonce, encrypt }), (signature) =>
          CallbackEnvelope.writeReply(format, { encrypt, signature, timestamp, nonce }))
      }))

const writeReply = (
  reply: Reply["reply"],
  { header: { botId, corpId, userId }, key }: CallbackEvent.CallbackEvent,
  format: CallbackEnvelope.Format,
  now: DateTime.Utc
): Effect.Effect<string, CallbackError> => {
  if (!("MsgType" in reply)) {
    return botId === undefined
      ? refuse(new ReplyInvalid({ problem: `${key} takes no reply of a bot` }))
      : SmartRobotReply.toJson(reply)
  }
  return botId !== undefined || corpId === undefined || userId === undefined
    ? refuse(new ReplyInvalid({ problem: `${key} takes no passive reply` }))
    : CallbackReply.toText(reply, { ToUserName: userId, FromUserName: corpId, CreateTime: now }, format)
}

const invalid = (setting: AccountInvalid["setting"], problem: string) =>
  refuse(new AccountInvalid({ setting, problem }))

const requestInvalid = (problem: string) => refuse(new RequestInvalid({ problem }))

const refuse = (reason: CallbackErrorReason): Exit.Exit<never, CallbackError> => Exit.fail(failure(reason))
