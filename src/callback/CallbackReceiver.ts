/**
 * From an HTTP request to a verified, decrypted, typed event: for those who route themselves. `CallbackRouter` builds on
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
   * where the corps are not known beforehand.
   */
  readonly receiveIds: ReadonlyArray<string> | ReadonlySet<string> | ((receiveId: string) => boolean)
}

/** Where the limits of a receiver are set. */
export interface Options {
  /** One account or several, for apps and suites that share a URL: the one whose signature matches is taken. */
  readonly accounts: Account | ReadonlyArray<Account>
  /** How far `timestamp` may be from now; 5 minutes by default. */
  readonly tolerance?: Duration.Input | undefined
  /** The largest body that is read; 1 MiB by default. */
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
  /** Encrypts a passive reply; `ReplyInvalid` when it does not fit its schema, or an event that takes no such reply. */
  readonly reply: (
    reply: CallbackReply.CallbackReply | SmartRobotReply.SmartRobotReply
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
  readonly verify: (request: HttpServerRequest.HttpServerRequest | Request) => Effect.Effect<
    string,
    CallbackError
  >
  /**
   * Opens a callback (a POST). Repeats are not told apart: see {@link Received.signature} and `event.dedupeKey`.
   *
   * Fails as {@link CallbackReceiver.verify} does, and with `BodyTooLarge` or `MessageInvalid`. A body that does not end is waited for: give it a deadline.
   */
  readonly decode: (request: HttpServerRequest.HttpServerRequest | Request) => Effect.Effect<
    Received,
    CallbackError
  >
}

/** Prepares the keys of the accounts; fails with `AccountInvalid`. */
export const make: (
  options: Options
) => Effect.Effect<CallbackReceiver, CallbackError, CallbackCrypto> = Effect.fnUntraced(
  function*(options: Options) {
    const crypto = yield* CallbackCrypto
    const accounts: ReadonlyArray<Account> = "token" in options.accounts ? [options.accounts] : options.accounts
    if (accounts.length === 0) return yield* invalid("token", "there is no account")
    const opened = yield* Effect.forEach(accounts, (account) => prepare(crypto, account))
    const tolerance = Duration.toMillis(options.tolerance ?? defaultTolerance)
    const limit = options.maxBodySize === undefined
      ? ByteSize.mebibytes(1)
      : ByteSize.fromInputUnsafe(options.maxBodySize)

    const open = (signed: Signed, index: number): Effect.Effect<Opened, CallbackError> => {
      // The index stays below the length: the callers start at 0 and go on only while there is another account.
      const attempt = openWith(opened[index] as Prepared, signed, tolerance)
      return index === opened.length - 1 ?
        attempt :
        Effect.catch(
          attempt,
          (first) => Effect.mapError(open(signed, index + 1), (second) => isMismatch(second) ? first : second)
        )
    }

    return {
      verify: (request) =>
        Effect.flatMap(
          readQuery(request.url),
          (query) =>
            query.echostr === undefined
              ? requestInvalid("the query parameter echostr is missing")
              : Effect.flatMap(
                open({ ...query, encrypt: query.echostr }, 0),
                ({ message }) =>
                  isCallback(message)
                    ? requestInvalid("the query parameter echostr is a callback, not a URL check")
                    : Exit.succeed(message)
              )
        ),
      decode: Effect.fnUntraced(function*(request) {
        const query = yield* readQuery(request.url)
        const envelope = yield* CallbackEnvelope.readRequest(yield* readBody(request, limit))
        const { cipher, message, receiveId } = yield* open({ ...query, encrypt: envelope.encrypt }, 0)
        const event = yield* CallbackEvent.fromText(message)
        return {
          event,
          receiveId,
          signature: query.signature,
          reply: (reply) => seal(cipher, { reply, event, receiveId, nonce: query.nonce, format: envelope.format })
        }
      })
    }
  }
)

interface Prepared {
  readonly cipher: CallbackCipher
  readonly accepts: (receiveId: string) => boolean
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
  if (Redacted.value(account.token) === "") return yield* invalid("token", "the token is empty")
  const { receiveIds } = account
  const accepts = typeof receiveIds === "function" ? receiveIds : toPredicate(new Set(receiveIds))
  if (accepts === undefined) return yield* invalid("receiveIds", "no receive id is accepted")
  return { cipher: yield* crypto.make(account), accepts }
})

const toPredicate = (receiveIds: ReadonlySet<string>): ((receiveId: string) => boolean) | undefined =>
  receiveIds.size === 0 ? undefined : (receiveId) => receiveIds.has(receiveId)

const openWith = (
  { accepts, cipher }: Prepared,
  signed: Signed,
  tolerance: number
): Effect.Effect<Opened, CallbackError> =>
  cipher.verify(signed).pipe(
    Effect.andThen(checkTime(signed.timestamp, tolerance)),
    Effect.andThen(cipher.decrypt(signed.encrypt)),
    Effect.flatMap(({ message, receiveId }) =>
      accepts(receiveId)
        ? Exit.succeed({ cipher, message, receiveId })
        : refuse(new ReceiveIdRejected({ receiveId }))
    )
  )

/** Callbacks are XML or JSON; the text of a URL check is digits. */
const isCallback = (message: string): boolean => /^\s*[<{]/.test(message)

const isMismatch = (error: CallbackError): boolean => error.reason._tag === "SignatureMismatch"

const checkTime = (timestamp: string, tolerance: number): Effect.Effect<void, CallbackError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) => {
    const seconds = Number(timestamp)
    return Math.abs(now - seconds * 1000) <= tolerance ? Exit.void : refuse(
      new TimestampStale({
        timestamp: seconds,
        now: Math.floor(now / 1000),
        toleranceSeconds: tolerance / 1000
      })
    )
  })

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

const readBody = (
  request: HttpServerRequest.HttpServerRequest | Request,
  limit: ByteSize.ByteSize
): Effect.Effect<string, CallbackError> =>
  (HttpServerRequest.TypeId in request ? request : HttpServerRequest.fromWeb(request)).text.pipe(
    Effect.provideService(HttpIncomingMessage.MaxBodySize, limit),
    Effect.mapError(({ reason }: HttpServerError) =>
      failure(
        reason._tag === "RequestParseError" && reason.reason === "BodyTooLarge"
          ? new BodyTooLarge({ limit: ByteSize.toNumberUnsafe(limit) })
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

const seal = Effect.fnUntraced(function*(cipher: CallbackCipher, { event, format, nonce, receiveId, reply }: Reply) {
  const now = yield* DateTime.now
  const message = yield* writeReply(reply, event, format, now)
  const timestamp = `${Math.floor(DateTime.toEpochMillis(now) / 1000)}`
  const encrypt = yield* cipher.encrypt({ message, receiveId })
  const signature = yield* cipher.sign({ timestamp, nonce, encrypt })
  return CallbackEnvelope.writeReply(format, { encrypt, signature, timestamp, nonce })
})

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
