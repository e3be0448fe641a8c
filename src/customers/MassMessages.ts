/**
 * 企业群发: messages to many customers or customer groups, which members send after confirming them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { Attachment, fromParts, SentAttachment, sentParts, textOf } from "./Attachment.ts"

/** 群发任务的类型: whom a mass message goes to. */
export const ChatType = Wire.oneOf({
  Customers: ["single", "发送给客户"],
  Groups: ["group", "发送给客户群"]
})

/** 创建来源: who made a mass message. */
export const MassMessageCreator = Wire.oneOf({
  Corp: [0, "企业发表"],
  Member: [1, "个人发表"]
})

/** 创建人类型: whose mass messages to list. */
export const MassMessageFilter = Wire.oneOf({
  Corp: [0, "企业发表"],
  Member: [1, "个人发表"],
  All: [2, "所有"]
})

/** 成员发送状态: how far a member has come with a mass message. */
export const MassMessageTaskStatus = Wire.oneOf({
  Unsent: [0, "未发送"],
  Confirmed: [1, "已确认"],
  Sent: [2, "已发送"]
})

/** 发送状态: what became of a mass message at one customer or group. */
export const MassMessageResultStatus = Wire.oneOf({
  Unsent: [0, "未发送"],
  Sent: [1, "已发送"],
  NotFriends: [2, "因客户不是好友导致发送失败"],
  LimitReached: [3, "因客户已经收到其他群发消息导致发送失败"]
})

/** Tags that customers are chosen by: any tag of a group, of every group. 1 to 100 tags per group. */
export const TagFilter = Schema.Struct({
  // A filter without tags would not leave anybody out.
  group_list: Wire.items(Schema.Struct({ tag_list: Wire.items(Wire.filledText, 100, 1) }), Infinity, 1)
})
export type TagFilter = typeof TagFilter.Type

const text = textOf(4000)

interface Content {
  /** At most 4000 bytes. */
  readonly text?: typeof text.Type | undefined
  /** At most 9. */
  readonly attachments?: ReadonlyArray<Attachment> | undefined
}

interface ToCustomers extends Content {
  readonly chat_type?: "single" | undefined
  /** At most 10,000. */
  readonly external_userid?: ReadonlyArray<string> | undefined
  /** Ignored where `external_userid` is given. */
  readonly tag_filter?: TagFilter | undefined
  /** The member who sends it; alone, to all customers of that member. Else whoever talked last with each customer. */
  readonly sender?: string | undefined
  /** Whether the sender may leave out some of the customers. Default: no. */
  readonly allow_select?: boolean | undefined
  readonly chat_id_list?: undefined
}

interface ToGroups extends Content {
  readonly chat_type: "group"
  readonly sender: string
  /** At most 2000; left out, the sender chooses. */
  readonly chat_id_list?: ReadonlyArray<string> | undefined
  readonly allow_select?: undefined
  readonly external_userid?: undefined
  readonly tag_filter?: undefined
}

/** 群发给客户. At least one of `sender`, `external_userid` and `tag_filter` chooses the customers. */
export type MassMessageToCustomers = Wire.AnyOf<ToCustomers, "text" | "attachments">

/** 群发给客户群. The owner of the groups sends it. */
export type MassMessageToGroups = Wire.AnyOf<ToGroups, "text" | "attachments">

/** 企业群发. `text` and `attachments` must not both be empty. */
export type MassMessage = MassMessageToCustomers | MassMessageToGroups

const massMessage = Schema.Struct({
  ...Wire.optionals({
    chat_type: Schema.Literals(["single", "group"]),
    external_userid: Wire.items(Wire.filledText, 10_000),
    chat_id_list: Wire.items(Wire.filledText, 2000),
    tag_filter: TagFilter,
    sender: Schema.String,
    allow_select: Schema.Boolean,
    text: text,
    attachments: Wire.items(Attachment, 9)
  })
}).check(
  Wire.anyOf("text", "attachments"),
  Schema.makeFilter(({ chat_type, external_userid = [], sender = "", tag_filter }) =>
    sender !== "" ||
    (chat_type === "group"
      ? { path: ["sender"], issue: "is needed for groups" }
      : external_userid.length > 0 || tag_filter !== undefined ||
        { path: ["external_userid"], issue: "at least one of external_userid, tag_filter, sender is needed" })
  )
)

/**
 * 企业群发. What only counts for the other `chat_type`, and is ignored by WeCom, is refused by the type alone.
 */
export const MassMessage = massMessage as Schema.Codec<MassMessage, typeof massMessage.Encoded> // a narrower type

/** A mass message that was made. */
export class NewMassMessage extends Schema.Class<NewMassMessage>("effect-wecom/NewMassMessage")({
  msgid: Schema.String,
  /** External userids or chat ids that are not valid or cannot be sent to. */
  fail_list: Wire.list(Schema.String)
}) {}

const record = {
  msgid: Schema.String,
  ...Wire.optionals({
    /** Left out for those made through the API. */
    creator: Schema.String,
    create_time: Wire.time,
    create_type: MassMessageCreator.schema,
    text: Schema.Struct({ content: Wire.optional(Schema.String) })
  })
}

/** 群发记录. */
export class MassMessageRecord extends Schema.Class<MassMessageRecord>("effect-wecom/MassMessageRecord")({
  ...record,
  attachments: Wire.list(SentAttachment)
}) {}

/** 群发记录, as clients before 3.1.6 made them: with one attachment at most. */
export class LegacyMassMessageRecord
  extends Schema.Class<LegacyMassMessageRecord>("effect-wecom/LegacyMassMessageRecord")({ ...record, ...sentParts })
{
  /** The attachment, whichever kind it is of. */
  get attachment(): SentAttachment | undefined {
    return fromParts(this)
  }
}

/** 群发成员发送任务. */
export class MassMessageTask extends Schema.Class<MassMessageTask>("effect-wecom/MassMessageTask")({
  userid: Schema.String,
  ...Wire.optionals({
    status: MassMessageTaskStatus.schema,
    /** Left out until it is sent. */
    send_time: Wire.time
  })
}) {}

/** 群发成员执行结果: what became of a mass message at one customer (`external_userid`) or group (`chat_id`). */
export class MassMessageResult extends Schema.Class<MassMessageResult>("effect-wecom/MassMessageResult")({
  ...Wire.optionals({
    external_userid: Schema.String,
    chat_id: Schema.String,
    /** The member who sends. */
    userid: Schema.String,
    status: MassMessageResultStatus.schema,
    /** When it was sent, where it was. */
    send_time: Wire.timeOrNone
  })
}) {}

const query = {
  chat_type: ChatType.schema,
  start_time: Wire.time,
  /** At most 31 days after `start_time`. */
  end_time: Wire.time,
  ...Wire.optionals({
    /** Only what this member made. */
    creator: Schema.String,
    /** Default: all creators. */
    filter_type: MassMessageFilter.schema,
    /** Default: 50. */
    limit: Wire.intBetween(1, 100),
    cursor: Schema.String
  })
}

/** One page of 群发记录. */
export class MassMessagePage extends Schema.Opaque<MassMessagePage>()(
  Schema.Struct({
    group_msg_list: Wire.list(MassMessageRecord),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** One page of the members who are to send a mass message. */
export class MassMessageTaskPage extends Schema.Opaque<MassMessageTaskPage>()(
  Schema.Struct({
    task_list: Wire.list(MassMessageTask),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** One page of whom a member's mass message reached. */
export class MassMessageResultPage extends Schema.Opaque<MassMessageResultPage>()(
  Schema.Struct({
    send_list: Wire.list(MassMessageResult),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** One page of 群发记录 in the older form. */
export class LegacyMassMessagePage extends Schema.Opaque<LegacyMassMessagePage>()(
  Schema.Struct({
    group_msg_list: Wire.list(LegacyMassMessageRecord),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** One page of whom a mass message reached, in the older form. */
export class LegacyMassMessageResultPage extends Schema.Opaque<LegacyMassMessageResultPage>()(
  Schema.Struct({
    /** How far the review of the message is. */
    check_status: Wire.optional(Wire.int),
    detail_list: Wire.list(MassMessageResult),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/**
 * 企业群发: messages to many customers or customer groups.
 *
 * The app must be one that may call 客户联系, and reaches only members that it may see.
 */
export class MassMessages extends Domain.Service<MassMessages>()("customers/MassMessages", "客户联系·消息推送", {
  /**
   * 创建企业群发. Asks members to send a message to customers or customer groups: nothing goes out before they confirm.
   *
   * A customer or group receives at most as many mass messages a month as the month has days. Fails with 41048 where
   * there is nobody to send to; invalid recipients beside valid ones are in `fail_list`, which
   * `PartialResult.failOnPartialBy` turns into a failure.
   * @see https://developer.work.weixin.qq.com/document/path/92135
   */
  create: Endpoint.post("/cgi-bin/externalcontact/add_msg_template", 92135, () => ({
    body: MassMessage,
    success: NewMassMessage
  })),
  /**
   * 提醒成员群发. Reminds members who have not sent a mass message yet, at most three times in 24 hours (41094).
   * @see https://developer.work.weixin.qq.com/document/path/97610
   */
  remind: Endpoint.post("/cgi-bin/externalcontact/remind_groupmsg_send", 97610, () => ({
    body: { msgid: Wire.filledText }
  })),
  /**
   * 停止企业群发. Members need not send it any more; what was sent already stays with the customers.
   * @see https://developer.work.weixin.qq.com/document/path/97611
   */
  cancel: Endpoint.post("/cgi-bin/externalcontact/cancel_groupmsg_send", 97611, () => ({
    body: { msgid: Wire.filledText }
  })),
  /**
   * 获取群发记录列表. Mass messages of the corp and its members within at most 31 days; one page.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  list: Endpoint.query("/cgi-bin/externalcontact/get_groupmsg_list_v2", 93338, () => ({
    body: Schema.Struct(query).check(Wire.period("start_time", "end_time", 31)),
    success: MassMessagePage
  })),
  /**
   * 获取群发成员发送任务列表. The members who are to send a mass message; one page. Messages from before 2020-11-17
   * have none.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  listTasks: Endpoint.query("/cgi-bin/externalcontact/get_groupmsg_task", 93338, () => ({
    body: {
      msgid: Wire.filledText,
      ...Wire.optionals({
        /** Default: 500. */
        limit: Wire.intBetween(1, 1000),
        cursor: Schema.String
      })
    },
    success: MassMessageTaskPage
  })),
  /**
   * 获取企业群发成员执行结果. What became of a mass message at each customer or group of one member; one page. Of groups
   * only those that it was sent to.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  listResults: Endpoint.query("/cgi-bin/externalcontact/get_groupmsg_send_result", 93338, () => ({
    body: {
      msgid: Wire.filledText,
      /** The member who sends. */
      userid: Wire.filledText,
      ...Wire.optionals({
        /** Default: 500. */
        limit: Wire.intBetween(1, 1000),
        cursor: Schema.String
      })
    },
    success: MassMessageResultPage
  })),
  /**
   * 获取群发记录列表(旧). Mass messages of clients before 3.1.6, which had one attachment at most; one page.
   * @deprecated Use `list`.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  listLegacy: Endpoint.query("/cgi-bin/externalcontact/get_groupmsg_list", 93338, () => ({
    body: Schema.Struct(query).check(Wire.period("start_time", "end_time", 31)),
    success: LegacyMassMessagePage
  })),
  /**
   * 获取企业群发消息发送结果(旧). What became of a mass message from before 2020-11-17 at each customer or group, page by
   * page.
   * @deprecated Use `listResults` for later ones.
   * @see https://developer.work.weixin.qq.com/document/path/92136
   */
  listResultsLegacy: Endpoint.query("/cgi-bin/externalcontact/get_group_msg_result", 92136, () => ({
    body: {
      msgid: Wire.filledText,
      ...Wire.optionals({
        /** Default: 10,000. */
        limit: Wire.intBetween(1, 10_000),
        cursor: Schema.String
      })
    },
    success: LegacyMassMessageResultPage
  }))
}, (endpoints) => ({
  /**
   * 获取群发记录列表. All records, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  listAll: Paging.byCursor(endpoints.list, "group_msg_list"),
  /**
   * 获取群发成员发送任务列表. All tasks, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  listAllTasks: Paging.byCursor(endpoints.listTasks, "task_list"),
  /**
   * 获取企业群发成员执行结果. All results, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  listAllResults: Paging.byCursor(endpoints.listResults, "send_list"),
  /**
   * 获取群发记录列表(旧). All records, as a stream.
   * @deprecated Use `listAll`.
   * @see https://developer.work.weixin.qq.com/document/path/93338
   */
  listAllLegacy: Paging.byCursor(endpoints.listLegacy, "group_msg_list"),
  /**
   * 获取企业群发消息发送结果(旧). All results, as a stream.
   * @deprecated Use `listAllResults` for later ones.
   * @see https://developer.work.weixin.qq.com/document/path/92136
   */
  listAllResultsLegacy: Paging.byCursor(endpoints.listResultsLegacy, "detail_list")
})) {}
