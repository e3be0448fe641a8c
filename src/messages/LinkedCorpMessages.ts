/**
 * 互联企业消息: messages of an app to members of linked corps (互联企业).
 */
import * as Schema from "effect/Schema"
import * as Tuple from "effect/Tuple"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import * as Message from "./Message.ts"

/** A message with its recipients, as {@link Message} makes them. */
export type LinkedCorpMessage =
  | Message.ToLinkedCorps<Message.ConfidentialBody | Message.MpNewsBody>
  | Message.ToLinkedCorps<Message.OpenBody | Message.MiniProgramNoticeBody, Message.OpenLinkedOptions>

const envelope = {
  ...Wire.optionals({
    touser: Wire.items(Wire.filledText, 1000),
    toparty: Wire.items(Wire.filledText, 100),
    totag: Wire.items(Wire.int, 100),
    toall: Wire.flag,
    agentid: Wire.int
  })
}

const LinkedCorpMessage = Wire.narrow<LinkedCorpMessage>()(
  Schema.Union([
    ...Schema.Union([...Message.confidentialBodies, Message.MpNewsBody])
      .mapMembers(Tuple.map(Schema.fieldsAssign({ ...envelope, safe: Wire.optional(Wire.flag) }))).members,
    ...Schema.Union([...Message.openBodies, Message.MiniProgramNoticeBody])
      .mapMembers(Tuple.map(Schema.fieldsAssign(envelope))).members
  ]).check(
    Schema.makeFilter(({ toall, toparty, totag, touser }) =>
      toall === true || [touser, toparty, totag].some((ids) => ids !== undefined && ids.length > 0) ||
      { path: ["touser"], issue: "at least one of touser, toparty, totag, toall is needed" }
    )
  )
)

/** Whom a message to linked corps did not reach: it is sent to the others. */
export class SentToLinkedCorps extends Schema.Class<SentToLinkedCorps>("effect-wecom/SentToLinkedCorps")({
  /** Userids, those of linked corps as `CorpId/UserId`. */
  invaliduser: Wire.list(Schema.String),
  /** Ids of departments, those of linked corps as `LinkedId/PartyId`. */
  invalidparty: Wire.list(Schema.String),
  /** Ids of tags. */
  invalidtag: Wire.list(Wire.int)
}) {
  /**
   * Whom the message did not reach, for `PartialResult.failOnPartialBy`.
   */
  get unreached(): ReadonlyArray<{ readonly kind: "user" | "party" | "tag"; readonly id: string }> {
    return [
      ...this.invaliduser.map((id) => ({ kind: "user", id }) as const),
      ...this.invalidparty.map((id) => ({ kind: "party", id }) as const),
      ...this.invalidtag.map((id) => ({ kind: "tag", id: `${id}` }) as const)
    ]
  }
}

/** 互联企业消息: messages of an app to members of linked corps (互联企业). */
export class LinkedCorpMessages
  extends Domain.Service<LinkedCorpMessages>()("messages/LinkedCorpMessages", "互联企业消息", {
    /**
     * 互联企业消息推送. Sends a message to at most 1,000 members, 100 departments and 100 tags, or to everyone who may see
     * the app, in linked corps too.
     *
     * Made with {@link Message}: `Message.text("上线了").toLinkedCorps({ users: ["ww1/lisi"] })`. The result says whom it
     * did not reach.
     * @see https://developer.work.weixin.qq.com/document/path/90250
     */
    send: Endpoint.post("/cgi-bin/linkedcorp/message/send", { doc: 90250, agent: true }, () => ({
      body: LinkedCorpMessage,
      success: SentToLinkedCorps
    }))
  })
{}
