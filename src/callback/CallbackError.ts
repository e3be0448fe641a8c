/**
 * Why a callback was refused: one error, a closed union of reasons.
 */
import * as Schema from "effect/Schema"

/** An account cannot be used: the token, the EncodingAESKey or the accepted receive ids are malformed. Found while the layer is built. */
export class AccountInvalid extends Schema.TaggedError<AccountInvalid>("effect-wecom/callback/AccountInvalid")(
  "AccountInvalid",
  {
    setting: Schema.Literals(["token", "encodingAesKey", "receiveIds"]),
    problem: Schema.String
  }
) {
  readonly status: number = 500

  override get message(): string {
    return `${this.setting}: ${this.problem}`
  }
}

/** The request is not a callback: a query parameter or the encrypted element is missing, or the body is not XML or JSON. */
export class RequestInvalid extends Schema.TaggedError<RequestInvalid>("effect-wecom/callback/RequestInvalid")(
  "RequestInvalid",
  { problem: Schema.String }
) {
  readonly status: number = 400

  override get message(): string {
    return this.problem
  }
}

/** The request body is larger than the limit, in bytes. */
export class BodyTooLarge extends Schema.TaggedError<BodyTooLarge>("effect-wecom/callback/BodyTooLarge")(
  "BodyTooLarge",
  { limit: Schema.Int }
) {
  readonly status: number = 413

  override get message(): string {
    return `the body is larger than ${this.limit} bytes`
  }
}

/** The body did not end in time: WeCom itself gives a request up after 5 seconds. */
export class BodyTimedOut extends Schema.TaggedError<BodyTimedOut>("effect-wecom/callback/BodyTimedOut")(
  "BodyTimedOut",
  { seconds: Schema.Number }
) {
  readonly status: number = 408

  override get message(): string {
    return `the body did not end within ${this.seconds} s`
  }
}

/** `msg_signature` was made with none of the accepted tokens. */
export class SignatureMismatch
  extends Schema.TaggedError<SignatureMismatch>("effect-wecom/callback/SignatureMismatch")("SignatureMismatch", {
    /** Whether `echostr` is still percent-encoded after decoding: something on the way has encoded the query again. */
    encodedTwice: Schema.optionalKey(Schema.Boolean)
  })
{
  readonly status: number = 403

  override get message(): string {
    return this.encodedTwice === true
      ? "msg_signature does not match: echostr still holds % after decoding, so a proxy has changed the query on the way"
      : "msg_signature does not match: is the token the one of this callback?"
  }
}

/** `timestamp` is further from now than the tolerance: an old request sent again, or a clock that is wrong. Times in unix seconds. */
export class TimestampStale extends Schema.TaggedError<TimestampStale>("effect-wecom/callback/TimestampStale")(
  "TimestampStale",
  { timestamp: Schema.Int, now: Schema.Int, toleranceSeconds: Schema.Number }
) {
  readonly status: number = 403

  override get message(): string {
    return `timestamp ${this.timestamp} is more than ${this.toleranceSeconds} s away from ${this.now}`
  }
}

/** The ciphertext was not made with the EncodingAESKey of the account, or was altered. */
export class DecryptionFailed extends Schema.TaggedError<DecryptionFailed>("effect-wecom/callback/DecryptionFailed")(
  "DecryptionFailed",
  { problem: Schema.Literals(["base64", "length", "cipher", "padding", "frame", "key", "tag"]) }
) {
  readonly status: number = 400

  override get message(): string {
    return this.problem === "key"
      ? problems.key
      : `${problems[this.problem]}: is the EncodingAESKey the one of this callback?`
  }
}

/**
 * The decrypted message was meant for another corp or suite than the accepted ones. Which one is not told: whoever has the
 * token decides what stands there.
 */
export class ReceiveIdRejected extends Schema.TaggedError<ReceiveIdRejected>("effect-wecom/callback/ReceiveIdRejected")(
  "ReceiveIdRejected",
  {
    /** Whether the receive id was `""`, as it is of bots and of third-party apps without a corp. */
    empty: Schema.Boolean,
    /** The receive ids of the account; none where a predicate accepts them. */
    accepted: Schema.Array(Schema.String)
  }
) {
  readonly status: number = 403

  override get message(): string {
    const accepted = this.accepted.length === 0
      ? "those that receiveIds lets pass"
      : this.accepted.slice(0, 5).map((id) => JSON.stringify(id)).join(", ") +
        (this.accepted.length > 5 ? ` and ${this.accepted.length - 5} more` : "")
    return this.empty
      ? `the receive id is "", which is a bot's: accepted here are ${accepted}`
      : `the receive id is not one of those accepted here, which are ${accepted}`
  }
}

/** The decrypted message is not the XML or JSON it should be. */
export class MessageInvalid extends Schema.TaggedError<MessageInvalid>("effect-wecom/callback/MessageInvalid")(
  "MessageInvalid",
  { format: Schema.Literals(["xml", "json"]), problem: Schema.String }
) {
  readonly status: number = 400

  override get message(): string {
    return `not a callback message in ${this.format}: ${this.problem}`
  }
}

/** A handler answered with a reply that the event does not take, or that does not encode. */
export class ReplyInvalid extends Schema.TaggedError<ReplyInvalid>("effect-wecom/callback/ReplyInvalid")(
  "ReplyInvalid",
  { problem: Schema.String }
) {
  readonly status: number = 500

  override get message(): string {
    return this.problem
  }
}

/** Every reason for which a callback fails. */
export const CallbackErrorReason = Schema.Union([
  AccountInvalid,
  RequestInvalid,
  BodyTooLarge,
  BodyTimedOut,
  SignatureMismatch,
  TimestampStale,
  DecryptionFailed,
  ReceiveIdRejected,
  MessageInvalid,
  ReplyInvalid
])

/** Every reason for which a callback fails. */
export type CallbackErrorReason = typeof CallbackErrorReason.Type

/**
 * A callback that was refused, or an account that cannot receive any.
 *
 * `reason` says why and knows the HTTP `status` that answers it; no message content, key or token is ever part of it.
 */
export class CallbackError extends Schema.TaggedError<CallbackError>("effect-wecom/CallbackError")("CallbackError", {
  reason: CallbackErrorReason
}) {
  /** The HTTP status that answers the request: 4xx, or 500 when this side is wrong. */
  get status(): number {
    return this.reason.status
  }

  override get message(): string {
    return `${this.reason._tag}: ${this.reason.message}`
  }
}

const problems: Record<DecryptionFailed["problem"], string> = {
  base64: "the ciphertext is not base64",
  length: "the ciphertext is not a whole number of blocks",
  cipher: "the ciphertext cannot be decrypted",
  padding: "the decrypted padding is wrong",
  frame: "the decrypted length field is wrong",
  key: "the file's own aeskey is not 32 bytes in base64",
  tag: "the ciphertext does not fit its authentication tag"
}
