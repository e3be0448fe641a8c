/**
 * 紧急通知: phone calls that ask members to read an important message.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 呼叫结果状态: how a call ended, or how far it is. */
export const CallReason = Wire.oneOf({
  Normal: [0, "正常结束"],
  Ringing: [1, "振铃"],
  Answered: [2, "接听"],
  Talking: [3, "通话中"],
  HungUp: [4, "呼叫超时 – 用户挂机"],
  OutOfReach: [5, "不在服务区"],
  Arrears: [6, "欠费未接听"],
  Rejected: [7, "被叫拒接"],
  PoweredOff: [8, "被叫关机"],
  NoSuchNumber: [9, "空号"],
  Restricted: [10, "呼叫受限"],
  LineError: [11, "线路错误"],
  TimedOut: [12, "呼叫超时 – 系统挂机"],
  TooManyCalls: [13, "呼叫超过限制（8分钟3次24小时8次）"],
  LineTimedOut: [14, "线路超时未返回"],
  CallerLimited: [15, "超限（主叫超限，需要换号码呼叫）"],
  LineBusy: [16, "线路繁忙-稍后在呼"],
  Cancelled: [17, "呼叫取消通知"],
  Unconfirmed: [20, "外呼超时未确认"],
  Other: [99, "其他"]
})

/** 呼叫状态: whether the call to one member was started. */
export class StartedCall extends Schema.Class<StartedCall>("effect-wecom/StartedCall")({
  userid: Schema.String,
  /** 0 if the call was started. */
  code: Wire.int,
  /** What `getState` takes. */
  callid: Wire.optional(Schema.String)
}) {
  /** `code`, by the name that `PartialResult` looks for. */
  get errcode(): number {
    return this.code
  }
}

/** 接听状态. */
export class CallState extends Schema.Class<CallState>("effect-wecom/CallState")({
  ...Wire.optionals({
    /** Whether the member answered. */
    istalked: Wire.flag,
    calltime: Wire.time,
    /** In seconds. */
    talktime: Wire.int,
    reason: CallReason.schema
  })
}) {}

/** 紧急通知: phone calls that ask members to read an important message. For corps of the health sector. */
export class EmergencyCalls extends Domain.Service<EmergencyCalls>()("oa/phone/EmergencyCalls", "OA·紧急通知", {
  /**
   * 发起语音电话. Calls members and asks them to read a message of the app; charged by the minute. Returns what became of
   * each call: `PartialResult.failOnPartial` fails if any of them was not started.
   *
   * A member is called at most 3 times in 8 minutes and 8 times in 24 hours. 301049: the app is not one of those that
   * may call; 301050: the app 紧急通知 is not enabled; 301051: no minutes are left.
   * @see https://developer.work.weixin.qq.com/document/path/91627
   */
  call: Endpoint.post("/cgi-bin/pstncc/call", 91627, () => ({
    body: { callee_userid: Schema.NonEmptyArray(Schema.NonEmptyString) },
    success: Endpoint.pluck("states", Wire.list(StartedCall))
  })),

  /**
   * 获取接听状态. Whether a member answered a call of the last seven days, and how the call ended.
   * @see https://developer.work.weixin.qq.com/document/path/91628
   */
  getState: Endpoint.query("/cgi-bin/pstncc/getstates", 91628, () => ({
    body: {
      callee_userid: Schema.NonEmptyString,
      /** From `call`. */
      callid: Schema.NonEmptyString
    },
    success: CallState
  }))
}) {}
