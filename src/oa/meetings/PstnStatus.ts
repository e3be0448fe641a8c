/**
 * PSTN外呼状态: what has come of calling somebody into a meeting by phone.
 */
import * as Wire from "../../Wire.ts"

/** PSTN外呼状态. One of them is WeCom's misspelling. */
export const PstnStatus = Wire.oneOf({
  InviteStarted: ["START_INVITE", "开始邀请"],
  Accepted: ["START_ACCEPT", "用户接听"],
  NotAccepted: ["LEAVE_WITHOUT_ACCEPT", "用户无接听挂断或拒绝"],
  HungUp: ["LEAVE_WITH_ACCEPTED", "用户已接听挂断"],
  InviteCancelled: ["CANCLE_INVITE", "呼叫中邀请人主动取消"]
})
