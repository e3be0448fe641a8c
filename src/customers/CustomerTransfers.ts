/**
 * 在职继承, 离职继承: handing customers and customer groups over from one member to another.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as ErrorCode from "../ErrorCode.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 接替状态. */
export const CustomerTransferStatus = Wire.oneOf({
  Succeeded: [1, "接替完毕"],
  Waiting: [2, "等待接替"],
  Refused: [3, "客户拒绝"],
  Exhausted: [4, "接替成员客户达到上限"],
  /** Returned by `getResultLegacy` alone. */
  NoRecord: [5, "无接替记录"]
})

/**
 * 分配结果. What became of the request to hand one customer over. 0 is a start: it takes 24 hours, and the customer may
 * refuse; see {@link CustomerTransfers.listResults}.
 *
 * Others are 40096 (no customer of the member), 40098 (the new member is not verified), 40099 (has too many customers),
 * 40100 and 40129 (already under way), 40128 (twice in 90 days already), 40130 (to the same member), 40131
 * (the first member does not follow the customer).
 */
export class CustomerTransfer extends Schema.Class<CustomerTransfer>("effect-wecom/CustomerTransfer")({
  external_userid: Schema.String,
  errcode: Wire.int
}) {
  /** The official label of the errcode, where one is known. */
  get label(): string | undefined {
    return ErrorCode.label(this.errcode)
  }
}

/** 没能成功继承的群. A customer group that was not handed over, and why: 90500 (its owner is still there), 90501 (no customer group), ... */
export class FailedGroupTransfer extends Schema.Class<FailedGroupTransfer>("effect-wecom/FailedGroupTransfer")({
  chat_id: Schema.String,
  errcode: Wire.int,
  errmsg: Wire.optional(Schema.String)
}) {
  /** The official label of the errcode, where one is known. */
  get label(): string | undefined {
    return ErrorCode.label(this.errcode)
  }
}

const takeoverTime = Wire.timeOrNone.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))

/** 客户接替状态. The state of handing one customer over. */
export class CustomerTransferResult
  extends Schema.Class<CustomerTransferResult>("effect-wecom/CustomerTransferResult")({
    external_userid: Schema.String,
    status: CustomerTransferStatus.schema,
    /** When the customer was taken over, or will be; none for one who was not. */
    takeover_time: takeoverTime
  })
{}

/** 离职成员的客户. A customer of a member who left. */
export class UnassignedCustomer extends Schema.Class<UnassignedCustomer>("effect-wecom/UnassignedCustomer")({
  /** The member who left. */
  handover_userid: Schema.String,
  external_userid: Schema.String,
  /** When the member left. */
  dimission_time: Wire.optional(Wire.time)
}) {}

const customers = Wire.items(Wire.filledText, 100, 1)

const chats = {
  /** 1 to 100 chat ids. */
  chat_id_list: Wire.items(Wire.filledText, 100, 1),
  /** The userid of the new owner. */
  new_owner: Wire.filledText
} as const

/** One page of how transfers of customers went. */
export class CustomerTransferPage extends Schema.Opaque<CustomerTransferPage>()(
  Schema.Struct({
    customer: Wire.list(CustomerTransferResult),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

const resultsOf = (path: string, doc: number) =>
  Endpoint.query(path, doc, () => ({
    body: {
      handover_userid: Wire.filledText,
      takeover_userid: Wire.filledText,
      cursor: Wire.optional(Schema.String)
    },
    success: CustomerTransferPage
  }))

const results = resultsOf("/cgi-bin/externalcontact/transfer_result", 94088)

const listResignedResults = resultsOf("/cgi-bin/externalcontact/resigned/transfer_result", 94082)

/** One page of customers whose member has left. */
export class UnassignedCustomerPage extends Schema.Opaque<UnassignedCustomerPage>()(
  Schema.Struct({
    info: Wire.list(UnassignedCustomer),
    ...Wire.optionals({
      is_last: Schema.Boolean,
      /** Not with `page_id`. */
      next_cursor: Schema.String
    })
  })
) {}

const listUnassigned = Endpoint.query("/cgi-bin/externalcontact/get_unassigned_list", 92124, () => ({
  body: Wire.optionals({
    /** Items of a page: 1 to 1000. Default: 1000. */
    page_size: Wire.intBetween(1, 1000),
    cursor: Schema.String,
    /** The older way to page, from 0, in place of `cursor`. */
    page_id: Wire.int
  }),
  success: UnassignedCustomerPage
}))

/**
 * 在职继承, 离职继承: handing customers and customer groups over from one member to another.
 *
 * The new member has the customer contact feature, is active and verified, is visible to the app, and both have logged in
 * within a year. Each call returns the result for every customer or group: `PartialResult.failOnPartial` turns a
 * partial success into a failure.
 */
export class CustomerTransfers
  extends Domain.Service<CustomerTransfers>()("customers/CustomerTransfers", "客户联系·在职/离职继承", {
    /**
     * 分配在职成员的客户. Starts handing customers of a member who stays over; it takes 24 hours. A customer can be handed over
     * twice in 90 days.
     * @see https://developer.work.weixin.qq.com/document/path/92125
     */
    transfer: Endpoint.post("/cgi-bin/externalcontact/transfer_customer", 92125, () => ({
      body: {
        handover_userid: Wire.filledText,
        takeover_userid: Wire.filledText,
        /** 1 to 100 customers of the first member. */
        external_userid: customers,
        /** What the customer is told in the end, at most 200 characters. Default: a standard text. */
        transfer_success_msg: Wire.optional(Wire.chars(200))
      },
      success: Endpoint.pluck("customer", Wire.list(CustomerTransfer))
    })),
    /**
     * 查询客户接替状态. How customers of a member who stays are being handed over to another; one page of up to 1000.
     * @see https://developer.work.weixin.qq.com/document/path/94088
     */
    listResults: results,
    /**
     * 分配在职成员的客户群. Gives customer groups a new owner; returns those that it failed for. At most 300 a day from one owner,
     * and each group twice in 90 days.
     * @see https://developer.work.weixin.qq.com/document/path/95703
     */
    transferGroups: Endpoint.post("/cgi-bin/externalcontact/groupchat/onjob_transfer", 95703, () => ({
      body: chats,
      success: Endpoint.pluck("failed_chat_list", Wire.list(FailedGroupTransfer))
    })),
    /**
     * 获取待分配的离职成员列表. The customers of members who left; one page.
     * @see https://developer.work.weixin.qq.com/document/path/92124
     */
    listUnassigned,
    /**
     * 分配离职成员的客户. Starts handing customers of a member who left within the last year over; it takes 24 hours. A member
     * who is still there fails with 40097.
     * @see https://developer.work.weixin.qq.com/document/path/94081
     */
    transferResigned: Endpoint.post("/cgi-bin/externalcontact/resigned/transfer_customer", 94081, () => ({
      body: {
        handover_userid: Wire.filledText,
        takeover_userid: Wire.filledText,
        /** 1 to 100 customers of the first member. */
        external_userid: customers
      },
      success: Endpoint.pluck("customer", Wire.list(CustomerTransfer))
    })),
    /**
     * 查询客户接替状态. How customers of a member who left are being handed over to another; one page of up to 1000.
     * @see https://developer.work.weixin.qq.com/document/path/94082
     */
    listResignedResults,
    /**
     * 分配离职成员的客户群. Gives customer groups whose owner left within the last year a new one; returns those that it failed
     * for. At most 300 a day from one owner.
     * @see https://developer.work.weixin.qq.com/document/path/92127
     */
    transferResignedGroups: Endpoint.post("/cgi-bin/externalcontact/groupchat/transfer", 92127, () => ({
      body: chats,
      success: Endpoint.pluck("failed_chat_list", Wire.list(FailedGroupTransfer))
    })),
    /**
     * 分配在职或离职成员的客户 (旧). One customer at a time.
     * @deprecated by WeCom: use `transfer` or `transferResigned`
     * @see https://developer.work.weixin.qq.com/document/path/92125
     */
    transferLegacy: Endpoint.post("/cgi-bin/externalcontact/transfer", 92125, () => ({
      body: {
        external_userid: Wire.filledText,
        handover_userid: Wire.filledText,
        takeover_userid: Wire.filledText,
        /** What the customer is told in the end, at most 200 characters. Default: a standard text. */
        transfer_success_msg: Wire.optional(Wire.chars(200))
      }
    })),
    /**
     * 查询客户接替结果 (旧). The state of handing one customer over.
     * @deprecated by WeCom: use `listResults` or `listResignedResults`
     * @see https://developer.work.weixin.qq.com/document/path/92973
     */
    getResultLegacy: Endpoint.query("/cgi-bin/externalcontact/get_transfer_result", 92973, () => ({
      body: {
        external_userid: Wire.filledText,
        handover_userid: Wire.filledText,
        takeover_userid: Wire.filledText
      },
      success: Schema.Struct({
        status: CustomerTransferStatus.schema,
        /** When the customer was taken over, or will be; none for one who was not. */
        takeover_time: takeoverTime
      })
    }))
  }, (endpoints) => ({
    /**
     * 查询客户接替状态. All pages, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/94088
     */
    listAllResults: Paging.byCursor(endpoints.listResults, "customer"),
    /**
     * 获取待分配的离职成员列表. All pages, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/92124
     */
    listAllUnassigned: Paging.make(endpoints.listUnassigned, {
      items: (page) => page.info,
      next: (page, input) => {
        if (page.is_last === true) return undefined
        const { cursor, page_id } = input ?? {}
        if (page_id !== undefined) return page.info.length === 0 ? undefined : { ...input, page_id: page_id + 1 }
        return page.next_cursor && page.next_cursor !== cursor ? { ...input, cursor: page.next_cursor } : undefined
      }
    }),
    /**
     * 查询客户接替状态. All pages, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/94082
     */
    listAllResignedResults: Paging.byCursor(endpoints.listResignedResults, "customer")
  }))
{}
