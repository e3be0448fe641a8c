/**
 * 上下游关联客户信息: the visitors of a brand's mini program, and the customers of the corps in its chain.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** The id of a customer in one of the corps. */
export class ChainExternalId extends Schema.Class<ChainExternalId>("effect-wecom/ChainExternalId")({
  corpid: Schema.String,
  external_userid: Schema.String
}) {}

/** The customer of an external userid, and the id that stood for them before. */
export class ChainPendingId extends Schema.Class<ChainPendingId>("effect-wecom/ChainPendingId")({
  external_userid: Schema.String,
  pending_id: Wire.optional(Schema.String)
}) {}

const visitor = {
  unionid: Wire.filledText,
  /** From the same mini program as the unionid, whose owner is the corp. */
  openid: Wire.filledText
}

/** 上下游关联客户信息: the visitors of a brand, and the customers of the corps in its chain. Needs 客户联系. */
export class ChainCustomers extends Domain.Service<ChainCustomers>()("partners/ChainCustomers", "上下游corpgroup", {
  /**
   * 通过unionid和openid查询external_userid(上下游). The ids of a visitor in the corps that have them as a customer. 100,000 an
   * hour, 480,000 a day, 7,500,000 a month, but for calls with a ticket.
   * @see https://developer.work.weixin.qq.com/document/path/95818
   */
  listExternalUserids: Endpoint.query("/cgi-bin/corpgroup/unionid_to_external_userid", 95818, () => ({
    body: {
      ...visitor,
      ...Wire.optionals({
        /** Default: all corps. */
        corpid: Schema.String,
        /** From `IdConversion.applyMassCallTicket`. */
        mass_call_ticket: Wire.secret
      })
    },
    success: Endpoint.pluck("external_userid_info", Wire.list(ChainExternalId))
  })),
  /**
   * unionid查询pending_id. An id for a visitor who is nobody's customer yet: it is theirs for 90 days. 100,000 an hour,
   * 480,000 a day, 7,500,000 a month.
   * @see https://developer.work.weixin.qq.com/document/path/97357
   */
  convertUnionidToPendingId: Endpoint.query("/cgi-bin/corpgroup/unionid_to_pending_id", 97357, () => ({
    body: visitor,
    success: Endpoint.pluck("pending_id", Schema.String)
  })),
  /**
   * external_userid查询pending_id(上下游). The ids that stood for customers before: whoever is not in the result had none.
   * @see https://developer.work.weixin.qq.com/document/path/98040
   */
  listPendingIds: Endpoint.query("/cgi-bin/corpgroup/batch/external_userid_to_pending_id", 98040, () => ({
    body: {
      /** Only those in this group, whose owner the app has to see. Default: the app has to see who follows them. */
      chat_id: Wire.optional(Schema.String),
      /** At most 100. */
      external_userid: Wire.items(Wire.filledText, 100, 1)
    },
    success: Endpoint.pluck("result", Wire.list(ChainPendingId))
  }))
}) {}
