/**
 * 公费电话: the calls that members made at the corp's expense.
 */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"

/** 通话类型. */
export const CallType = Wire.oneOf({ Single: [1, "单人通话"], Multi: [2, "多人通话"] })

/** 通话方: a member (`userid`) or somebody outside the corp (`phone`). */
export class CallParty extends Schema.Class<CallParty>("effect-wecom/CallParty")({
  ...Wire.optionals({
    userid: Schema.String,
    /** Digits as text. */
    phone: Wire.id,
    /** In minutes. */
    duration: Wire.int
  })
}) {}

/** 拨打记录: one call that was answered. */
export class DialRecord extends Schema.Class<DialRecord>("effect-wecom/DialRecord")({
  ...Wire.optionals({
    call_time: Wire.time,
    call_type: CallType.schema,
    /** In minutes. For a call of several people: the sum over all of them, the caller included. */
    total_duration: Wire.int,
    caller: CallParty
  }),
  callee: Wire.list(CallParty)
}) {}

/** How many records a page has if the input does not say. */
const size = 100

/** Of two times that may both be left out. */
const within30Days = Schema.makeFilter((
  { end_time, start_time }: {
    readonly start_time?: DateTime.Utc | undefined
    readonly end_time?: DateTime.Utc | undefined
  }
) => {
  if (start_time === undefined || end_time === undefined) return true
  const length = Duration.toDays(DateTime.distance(start_time, end_time))
  return length < 0
    ? { path: ["end_time"], issue: "must not be before start_time" }
    : length <= 30 || { path: ["end_time"], issue: "at most 30 days after start_time are allowed" }
})

/** 公费电话: the calls that members made at the corp's expense. */
export class DialRecords extends Domain.Service<DialRecords>()("oa/phone/DialRecords", "OA·公费电话", {
  /**
   * 获取公费电话拨打记录. The answered calls of a time of at most 30 days, both ends included; one page. Default: the last
   * 30 days.
   *
   * Calls of members whom the app may not see are left out, so a page may be shorter than `limit` without being the
   * last. 600018: the time is not a valid one.
   * @see https://developer.work.weixin.qq.com/document/path/93662
   */
  list: Endpoint.query("/cgi-bin/dial/get_dial_record", { doc: 93662, int64: ["phone"] }, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        start_time: Wire.time,
        /** At most 30 days after `start_time`: WeCom itself would silently leave out what is earlier. */
        end_time: Wire.time,
        /** Default: 0. */
        offset: Wire.intFrom(0),
        /** Default: 100. */
        limit: Wire.intBetween(1, size)
      })
    }).check(within30Days),
    success: Endpoint.pluck("record", Wire.list(DialRecord))
  }))
}, (endpoints) => ({
  /**
   * 获取公费电话拨打记录. All calls of a time, as a stream: it ends with the first page that has none.
   * @see https://developer.work.weixin.qq.com/document/path/93662
   */
  listAll: Paging.make(endpoints.list, {
    items: (records) => records,
    // By what was asked for, not by what came: a page is short where calls were left out of it.
    next: (records, input) =>
      records.length === 0 ? undefined : { ...input, offset: (input?.offset ?? 0) + (input?.limit ?? size) }
  })
})) {}
