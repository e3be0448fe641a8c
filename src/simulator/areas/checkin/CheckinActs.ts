/** What members do about check-in: each an act on the simulator of the context. No app is told of it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { CheckinType } from "../../../oa/checkin/CheckinRecords.ts"
import { type CheckinRecord } from "../../../oa/checkin/CheckinRecords.ts"
import { type Act, corpOf, type In, memberOf } from "../../engine/Act.ts"
import { type Details, keep, kindOf } from "./Checkins.ts"

/** A member, and how he checks in. */
export interface Of extends In {
  readonly userid: string
  /** Default: 上班打卡 for the first one of a day, 下班打卡 for the others. */
  readonly type?: typeof CheckinType.Outside | typeof CheckinType.RecordOnly | undefined
  readonly details?: Details | undefined
}

/** 打卡. A member checks in now. */
export const checkIn = (of: Of): Act<CheckinRecord> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    const { user: { userid } } = yield* memberOf(corp, of.userid)
    const at = yield* Clock.currentTimeMillis
    return keep(corp, { userid, at, uploaded: at, kind: of.type ?? kindOf(corp, userid, at), details: of.details })
  })
