/**
 * 电话入会 (PSTN): people who are called into a meeting by phone.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { cursor, page } from "./fields.ts"
import { PstnStatus } from "./PstnStatus.ts"

/** 电话号码 to call. */
export class NewPhoneCall extends Schema.Opaque<NewPhoneCall>()(Schema.Struct({
  /** 国家/地区代码, such as 86. */
  area: Wire.int,
  /** The number, or that of the switchboard. */
  phone: Schema.NonEmptyString,
  /** 分机号. */
  extension_number: Wire.optional(Schema.String)
})) {}

const number = Wire.optionals({ area: Wire.int, phone: Schema.String, extension_number: Schema.String })

/** 电话号码 that WeCom has refused to call. */
export class InvalidPhoneCall extends Schema.Class<InvalidPhoneCall>("effect-wecom/InvalidPhoneCall")(number) {}

/** 外呼: a number that was called, and what has come of it. */
export class PhoneCall extends Schema.Class<PhoneCall>("effect-wecom/PhoneCall")({
  ...number,
  ...Wire.optionals({
    /** 外呼状态. */
    status: PstnStatus.schema,
    /** 会中临时ID, of `listCalls` alone. */
    tmp_openid: Schema.String
  })
}) {}

/** The 会中临时ID of somebody who came by phone: a landline may have several. */
export class PhoneAttendee extends Schema.Class<PhoneAttendee>("effect-wecom/PhoneAttendee")({
  ...number,
  tmp_openid: Schema.String
}) {}

/** What has come of calling. */
export class PhoneCalls extends Schema.Class<PhoneCalls>("effect-wecom/PhoneCalls")({
  phone_numbers: Wire.list(PhoneCall),
  invalid_phone_numbers: Wire.list(InvalidPhoneCall)
}) {}

/** A page of the list. */
export class PhoneCallPage extends Schema.Opaque<PhoneCallPage>()(
  Schema.Struct({ ...page, phone_numbers: Wire.list(PhoneCall) })
) {}

/**
 * 电话入会 (PSTN): people who are called into a meeting by phone. Not for webinars.
 *
 * For meetings that the app has made. Only the corp's own apps (自建应用) may.
 */
export class MeetingPhone extends Domain.Service<MeetingPhone>()("oa/meetings/MeetingPhone", "OA·会议", {
  /**
   * 批量外呼. Before a meeting or in it; returns at once. Numbers abroad and extensions can be called.
   * @see https://developer.work.weixin.qq.com/document/path/98823
   */
  callMany: Endpoint.post("/cgi-bin/meeting/phone/callout", 98823, () => ({
    body: {
      meetingid: Schema.NonEmptyString,
      /** At most 50. */
      phone_numbers: Wire.items(NewPhoneCall, 50, 1)
    },
    success: PhoneCalls
  })),
  /**
   * 获取会议的外呼状态. One page of the calls of a meeting, whoever made them.
   * @see https://developer.work.weixin.qq.com/document/path/98824
   */
  listCalls: Endpoint.query("/cgi-bin/meeting/phone/get_callout_status", 98824, () => ({
    body: {
      meetingid: Schema.NonEmptyString,
      ...cursor,
      /** 1 to 100; the same from page to page. Default: 20. */
      limit: Wire.optional(Wire.intBetween(1, 100))
    },
    success: PhoneCallPage
  })),
  /**
   * 获取电话入会的成员ID. Of those who took the call, also earlier ones.
   * @see https://developer.work.weixin.qq.com/document/path/98825
   */
  listAttendees: Endpoint.query("/cgi-bin/meeting/phone/get_tmp_openid", 98825, () => ({
    body: {
      meetingid: Schema.NonEmptyString,
      /** At most 20. */
      phone_numbers: Wire.items(NewPhoneCall, 20, 1)
    },
    success: Endpoint.pluck("tmp_openid_list", Wire.list(PhoneAttendee))
  }))
}, (endpoints) => ({
  /**
   * 获取会议的外呼状态. All calls of a meeting, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98824
   */
  listAllCalls: Paging.byCursor(endpoints.listCalls, "phone_numbers")
})) {}
