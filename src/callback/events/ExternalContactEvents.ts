/**
 * 客户联系事件: what happens between members and customers.
 *
 * @see https://developer.work.weixin.qq.com/document/path/92130
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

/** 添加企业客户: a member and a customer became contacts. */
export class ExternalContactAdded
  extends Event<ExternalContactAdded>()("event/change_external_contact/add_external_contact", () => ({
    UserID: Schema.String,
    ExternalUserID: Schema.String,
    /** Of the contact way, or of the acquisition link, that brought the customer. */
    State: Wire.optional(Schema.String),
    /** For `WelcomeMessages.send` within 20 seconds; not where the member has a greeting set in the admin console. */
    WelcomeCode: Wire.optional(Schema.String)
  }))
{}
