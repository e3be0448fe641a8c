/**
 * 应用消息: messages of an app to members of the corp.
 */
import * as Schema from "effect/Schema"
import * as Tuple from "effect/Tuple"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import * as Message from "./Message.ts"
import { ReplacementCard } from "./TemplateCard.ts"

/** What an id must not hold, as it stands between those of others. */
const id = Schema.String.check(Schema.isPattern(/^[^|]*$/, { message: "an id without any | is expected" }))

/** Ids joined by `|`, at most `max`. */
const ids = (max: number) =>
  Wire.optional(
    Wire.piped(id).check(
      Schema.makeFilter((value: ReadonlyArray<string>) =>
        value.length <= max || `at most ${max} recipients are allowed, got ${value.length}`
      )
    )
  )

const options = {
  ...Wire.optionals({
    agentid: Wire.int,
    enable_id_trans: Wire.flag,
    enable_duplicate_check: Wire.flag,
    duplicate_check_interval: Wire.intBetween(1, 4 * 3600)
  })
}

const envelope = {
  touser: ids(1000),
  toparty: ids(100),
  totag: ids(100),
  ...options
}

const confidential = { ...envelope, safe: Wire.optional(Wire.flag) }

/** A message with its recipients, as {@link Message} makes them. */
export type AddressedMessage =
  | Message.Addressed<Message.ConfidentialBody, Message.ConfidentialOptions>
  | Message.Addressed<Message.OpenBody>
  | Message.Addressed<Message.MpNewsBody, Message.MpNewsOptions>
  | Message.Addressed<Message.MiniProgramNoticeBody>
  | Message.Addressed<Message.TemplateCardBody>
  | Message.Addressed<Message.TaskCardBody>
  | Message.Addressed<Message.InteractiveTaskCardBody>
  | Message.AddressedTemplateMessage

const AddressedMessage = Wire.narrow<AddressedMessage>()(
  Schema.Union([
    ...Schema.Union(Message.confidentialBodies).mapMembers(Tuple.map(Schema.fieldsAssign(confidential))).members,
    ...Schema.Union([
      ...Message.openBodies,
      Message.TemplateCardBody,
      Message.TaskCardBody,
      Message.InteractiveTaskCardBody
    ]).mapMembers(Tuple.map(Schema.fieldsAssign(envelope))).members,
    Schema.Struct({
      ...Message.MpNewsBody.fields,
      ...envelope,
      safe: Wire.optional(Schema.Union([Schema.Literal(Message.withinCorp), Wire.flag]))
    }),
    Schema.Struct({ ...Message.MiniProgramNoticeBody.fields, ...envelope }).check(
      Schema.makeFilter(({ touser }) =>
        touser?.[0] !== Message.everyone || { path: ["touser"], issue: "a mini-program notice cannot go to everyone" }
      )
    ),
    Schema.Struct({
      ...Message.TemplateMessageBody.fields,
      ...envelope,
      ...Wire.optionals({
        selected_ticket_list: Wire.items(Schema.String, 10),
        only_unauth: Schema.Boolean
      })
    })
  ]).check(Wire.anyOf("touser", "toparty", "totag", "selected_ticket_list"))
)

const answered = Wire.pipedList(Schema.String)

/** A recipient whom a message did not reach. */
export interface Unreached {
  readonly kind: "user" | "party" | "tag" | "unlicensed"
  readonly id: string
}

/** What became of a message. It is sent to the others where some recipients are not there or not visible to the app. */
export class Sent extends Schema.Class<Sent>("effect-wecom/Sent")({
  /** For `recall`, within 24 hours. Absent if WeCom did not say: the message is sent all the same. */
  msgid: Wire.optional(Schema.String),
  /** Userids, in lower case. */
  invaliduser: answered,
  /** Ids of departments. */
  invalidparty: answered,
  /** Ids of tags. */
  invalidtag: answered,
  /** Userids, in lower case, of visible members without a licence (基础接口许可). */
  unlicenseduser: answered,
  /** For `updateTemplateCard`, once, within 72 hours: of cards with buttons, questions or a menu alone. */
  response_code: Wire.optional(Schema.String)
}) {
  /**
   * Whom the message did not reach.
   *
   * @example
   * ```ts
   * messages.send(message).pipe(PartialResult.failOnPartialBy((sent) => sent.unreached))
   * ```
   */
  get unreached(): ReadonlyArray<Unreached> {
    return [
      ...this.invaliduser.map((id) => ({ kind: "user", id }) as const),
      ...this.invalidparty.map((id) => ({ kind: "party", id }) as const),
      ...this.invalidtag.map((id) => ({ kind: "tag", id }) as const),
      ...this.unlicenseduser.map((id) => ({ kind: "unlicensed", id }) as const)
    ]
  }
}

/** Whose card was not changed: not visible to the app, or not among those who got it. */
export class Updated extends Schema.Class<Updated>("effect-wecom/Updated")({
  /** Userids, in lower case. */
  invaliduser: Wire.list(Schema.String)
}) {}

/** 查询哪天. Which day's statistics. */
export const StatisticsDay = Wire.oneOf({ Today: [0, "当天"], Yesterday: [1, "昨天"] })

/** How many messages an app has sent. */
export class MessageStatistics extends Schema.Class<MessageStatistics>("effect-wecom/MessageStatistics")({
  agentid: Wire.int,
  app_name: Wire.optional(Schema.String),
  /** Messages times recipients. */
  count: Wire.int
}) {}

const CardUpdateFields = Schema.Struct({
  ...Wire.optionals({
    /** At most 1,000. */
    userids: Wire.items(Wire.filledText, 1000),
    /** At most 100. */
    partyids: Wire.items(Wire.int, 100),
    /** At most 100. */
    tagids: Wire.items(Wire.int, 100),
    /** Everyone who got the card. */
    atall: Wire.flag,
    /** The app that sent it, where it is not the client's own. */
    agentid: Wire.int
  }),
  /** From the answer to the message, or from a click on it. */
  response_code: Wire.filledText
})

/** Turns the buttons of a card with buttons or questions off. */
export interface ButtonUpdate extends Schema.Schema.Type<typeof CardUpdateFields> {
  readonly button: {
    /** The words on the buttons, which can no longer be clicked. */
    readonly replace_name: string
  }
}

/** Puts another card in a card's place. */
export interface CardReplacement extends Schema.Schema.Type<typeof CardUpdateFields> {
  readonly template_card: ReplacementCard
  /** id转译. `$userName=...$` and the like are filled in. */
  readonly enable_id_trans?: boolean | undefined
}

/** What becomes of a card. */
export type CardUpdate = ButtonUpdate | CardReplacement

const CardUpdate = Wire.narrow<CardUpdate>()(
  Schema.Struct({
    ...CardUpdateFields.fields,
    ...Wire.optionals({
      enable_id_trans: Wire.flag,
      button: Schema.Struct({ replace_name: Schema.String }),
      template_card: ReplacementCard
    })
  }).check(
    Schema.makeFilter(({ button, template_card }) =>
      (button === undefined) !== (template_card === undefined) ||
      { path: ["button"], issue: "either a button or a template_card is needed" }
    )
  )
)

/** 应用消息: messages of an app to members of the corp. */
export class Messages extends Domain.Service<Messages>()("messages/Messages", "消息", {
  /**
   * 发送应用消息. Sends a message to at most 1,000 members, 100 departments and 100 tags, or to everyone.
   *
   * Made with {@link Message}: `Message.text("上线了").to({ users: ["zhangsan"] })`. The result says whom it did not
   * reach; 81013 when it reached nobody. An app may send a member 30 messages a minute and 1,000 an hour; what is more
   * is dropped without an error.
   *
   * @example
   * ```ts
   * // To any number of members, part by part. A card needs another `task_id` for each part.
   * const unreached = (userids: ReadonlyArray<string>) =>
   *   Effect.forEach(Array.chunksOf(userids, 1000), (users) => messages.send(message.to({ users }))).pipe(
   *     Effect.map((parts) => parts.flatMap((sent) => sent.unreached))
   *   )
   * ```
   * @see https://developer.work.weixin.qq.com/document/path/90236
   */
  send: Endpoint.post("/cgi-bin/message/send", { doc: 90236, agent: true }, () => ({
    body: AddressedMessage,
    success: Sent
  })),
  /**
   * 更新模版卡片消息. Turns the buttons of a card off with a new text, or puts another card of any kind in its place.
   *
   * A `response_code` is valid for one call within 72 hours.
   * @see https://developer.work.weixin.qq.com/document/path/94888
   */
  updateTemplateCard: Endpoint.post("/cgi-bin/message/update_template_card", { doc: 94888, agent: true }, () => ({
    body: CardUpdate,
    success: Updated
  })),
  /**
   * 撤回应用消息. Takes a message back, within 24 hours; not where it was read in WeChat.
   * @see https://developer.work.weixin.qq.com/document/path/94867
   */
  recall: Endpoint.post("/cgi-bin/message/recall", 94867, () => ({
    body: { msgid: Wire.filledText }
  })),
  /**
   * 更新任务卡片消息状态(旧). Turns the buttons of an `interactive_taskcard` off with a new text; 42017 for the old form.
   * Template cards have replaced both.
   * @see https://developer.work.weixin.qq.com/document/path/91579
   */
  updateTaskCardLegacy: Endpoint.post("/cgi-bin/message/update_taskcard", { doc: 91579, agent: true }, () => ({
    body: {
      /** At most 1,000. */
      userids: Wire.items(Wire.filledText, 1000, 1),
      agentid: Wire.optional(Wire.int),
      task_id: Schema.String,
      replace_name: Schema.String
    },
    success: Updated
  })),
  /**
   * 查询应用消息发送统计. How many messages each app sent today (the default) or yesterday.
   * @see https://developer.work.weixin.qq.com/document/path/92369
   */
  getStatistics: Endpoint.query("/cgi-bin/message/get_statistics", 92369, () => ({
    body: { time_type: Wire.optional(StatisticsDay.schema) },
    success: Endpoint.pluck("statistics", Wire.list(MessageStatistics))
  }))
}) {}
