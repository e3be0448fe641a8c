/**
 * 会话分配: who answers a customer of 微信客服.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 会话状态. */
export const KfSessionState = Wire.oneOf({
  /** A new session: answer through the API, or hand it on. */
  Untreated: [0, "未处理"],
  /** Answered through the API; may be handed on. */
  Assistant: [1, "由智能助手接待"],
  /** Waiting for a servicer. */
  Queued: [2, "待接入池排队中"],
  /** A servicer answers; may be handed to another, or ended. */
  Servicer: [3, "由人工接待"],
  /** Until the customer writes again; cannot be changed. */
  Ended: [4, "已结束/未开始"]
})

/** 会话: what state a customer's session is in. */
export class KfSession extends Schema.Class<KfSession>("effect-wecom/KfSession")({
  service_state: KfSessionState.schema,
  /** Who answers, where the state is `Servicer`. */
  servicer_userid: Wire.optional(Schema.String)
}) {}

const session = { open_kfid: Wire.filledText, external_userid: Wire.filledText }

/** 目标状态: the states that a session may be changed to. */
export class KfSessionTarget extends Schema.Opaque<KfSessionTarget>()(
  Schema.Struct({ ...session, service_state: Schema.Literals([1, 2, 4]) })
) {}

/** 目标状态 `Servicer`: needs to know whom. */
export class KfServicerTarget extends Schema.Opaque<KfServicerTarget>()(
  Schema.Struct({ ...session, service_state: Schema.Literal(3), servicer_userid: Wire.filledText })
) {}

/**
 * 会话分配: who answers a customer.
 *
 * A session lasts from the customer's first message until it is ended, at most 48 hours.
 */
export class KfSessions extends Domain.Service<KfSessions>()("customer-service/KfSessions", "微信客服", {
  /**
   * 获取会话状态. What state a customer's session is in.
   * @see https://developer.work.weixin.qq.com/document/path/94669
   */
  get: Endpoint.query("/cgi-bin/kf/service_state/get", 94669, () => ({
    body: session,
    success: KfSession
  })),
  /**
   * 变更会话状态. Hands a session to the assistant, the queue or a servicer, or ends it. Returns a code for
   * `KfMessages.sendOnEvent`, where the session enters the queue, first reaches a servicer (both valid for 48 hours), or
   * ends (valid for 20 seconds).
   *
   * From `Untreated` to `Assistant`, `Queued` or `Servicer`; from `Assistant` to the latter two; from `Queued` to
   * `Servicer`; from `Servicer` to another one or to `Ended`; else it fails with 95016. The servicer must be one of the
   * account's who uses WeCom (95014) and takes sessions now (95019).
   * @see https://developer.work.weixin.qq.com/document/path/94669
   */
  changeState: Endpoint.post("/cgi-bin/kf/service_state/trans", 94669, () => ({
    body: Schema.Union([KfSessionTarget, KfServicerTarget]),
    success: Endpoint.pluck("msg_code", Wire.optional(Schema.String))
  }))
}) {}
