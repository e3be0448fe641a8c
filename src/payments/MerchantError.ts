/**
 * What a call of `MerchantPayments` fails with. Every error says whether money may have moved: `moved`.
 */
import * as Effect from "effect/Effect"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Schema from "effect/Schema"
import { RequestInvalid, ResponseInvalid, TransportFailed } from "../WeComError.ts"

const refusalFields = {
  /** WeChat Pay's code, such as `NOTENOUGH`; `FAIL` where it gives none. */
  code: Schema.String,
  /** WeChat Pay's text, for people to read: it may change, so never match on it. */
  description: Schema.String
}

const describeRefusal = ({ code, description }: Schema.Struct.Type<typeof refusalFields>): string =>
  description === "" ? code : `${code}: ${description}`

/** The client certificate was refused: none was sent, it has expired, or it is another merchant's. */
export class CertificateRejected extends Schema.TaggedError<CertificateRejected>("effect-wecom/CertificateRejected")(
  "CertificateRejected",
  refusalFields
) {
  override get message(): string {
    return `${describeRefusal(this)}; download the merchant's certificate from pay.weixin.qq.com and give it to ` +
      "MerchantCertificate.layer"
  }
  get isRetryable(): boolean {
    return false
  }
}

/**
 * WeChat Pay found a signature of the request wrong: the merchant's key (`SIGN_ERROR`), or the secret of the app
 * (`WORKWX_SIGN_ERROR`, and of red packets `SIGN_ERROR` as well).
 */
export class SignatureRejected extends Schema.TaggedError<SignatureRejected>("effect-wecom/SignatureRejected")(
  "SignatureRejected",
  refusalFields
) {
  override get message(): string {
    return `${
      describeRefusal(this)
    }; check the merchant's \`key\`, and that \`appSecret\` is of the app with \`agentId\``
  }
  get isRetryable(): boolean {
    return false
  }
}

/** The answer is not signed with the merchant's key: it is not believed. The order may be paid all the same. */
export class AnswerForged extends Schema.TaggedError<AnswerForged>("effect-wecom/AnswerForged")("AnswerForged", {
  problem: Schema.String
}) {
  override get message(): string {
    return `${this.problem}: the answer is not believed, and what was asked may have been done`
  }
  get isRetryable(): boolean {
    return false
  }
}

/**
 * The number is already that of an order with another amount, recipient or text (`FATAL_ERROR`). That order may be paid;
 * this one is not.
 */
export class OrderConflicts extends Schema.TaggedError<OrderConflicts>("effect-wecom/OrderConflicts")(
  "OrderConflicts",
  refusalFields
) {
  override get message(): string {
    return `${describeRefusal(this)}; the order number belongs to an order with other parameters`
  }
  get isRetryable(): boolean {
    return false
  }
}

/** Every other refusal of WeChat Pay. */
export class OrderRefused extends Schema.TaggedError<OrderRefused>("effect-wecom/OrderRefused")("OrderRefused", {
  ...refusalFields,
  /**
   * Whether the order may have been paid nevertheless: `SYSTEMERROR`, `PROCESSING`, and every code that is not known to
   * be final.
   */
  unclear: Schema.Boolean
}) {
  override get message(): string {
    return this.unclear ? `${describeRefusal(this)}; the order may be paid all the same` : describeRefusal(this)
  }
  get isRetryable(): boolean {
    return busy.has(this.code)
  }
}

/** Codes after which the same call may succeed in a moment. */
const busy: ReadonlySet<string> = new Set(["SYSTEMERROR", "PSYSTEMERROR", "FREQ_LIMIT", "PROCESSING"])

/** Everything that can go wrong with a call of a merchant. */
export const MerchantErrorReason = Schema.Union([
  RequestInvalid,
  TransportFailed,
  ResponseInvalid,
  CertificateRejected,
  SignatureRejected,
  AnswerForged,
  OrderConflicts,
  OrderRefused
])
export type MerchantErrorReason = typeof MerchantErrorReason.Type

/**
 * A call of a merchant that failed: `endpoint` says which, `reason` why, `moved` whether money may have moved. Holds no
 * body, key or certificate, so it may be logged as it is.
 *
 * Never repeat a payment that `moved` leaves unknown under another number: it may then be paid twice.
 */
export class MerchantError extends Schema.TaggedError<MerchantError>("effect-wecom/MerchantError")("MerchantError", {
  /** Verb and URL. */
  endpoint: Schema.String,
  reason: MerchantErrorReason,
  /**
   * - `no`: the order is not paid, and will not be unless the call is repeated.
   * - `unknown`: it may have been. Ask by its number, or send it again as it was, number included.
   */
  moved: Schema.Literals(["no", "unknown"])
}) {
  override get message(): string {
    return `${this.endpoint}: ${this.reason._tag}: ${this.reason.message}`
  }

  /** Whether the very same call, number included, may succeed when it is repeated. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** WeChat Pay's code, if one came. */
  get code(): string | undefined {
    return "code" in this.reason ? this.reason.code : undefined
  }

  /** What `console.log` shows: the whole of it in a line. */
  override [NodeInspectSymbol](): string {
    return String(this)
  }

  /**
   * Handles one code of WeChat Pay, and leaves every other failure as it is.
   *
   * @example
   * ```ts
   * payments.getRedPacket({ mch_billno }).pipe(
   *   Effect.asSome,
   *   MerchantError.catchCode("NOT_FOUND", () => Effect.succeedNone)
   * )
   * ```
   */
  static readonly catchCode =
    <A2, E2, R2>(code: string, f: (error: MerchantError) => Effect.Effect<A2, E2, R2>) =>
    <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A | A2, E | E2, R | R2> =>
      Effect.catch(
        self,
        (error): Effect.Effect<A2, E | E2, R2> =>
          error instanceof MerchantError && error.code === code ? f(error) : Effect.fail(error)
      )
}
