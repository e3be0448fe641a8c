/**
 * What people do with mail, in the corp and outside of it: each an act on the simulator of the context. Apps are told of
 * what comes into their mailboxes.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Act from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import * as State from "./Mails.ts"

const addresses = Schema.Array(Schema.String.annotate({ description: "Addresses." }))

const attachments = Schema.Array(Schema.Struct({ file_name: Schema.String, content: Schema.Uint8ArrayFromBase64 }))

/** 写邮件. A member, or somebody outside, writes a mail in plain text. */
export const write = Act.make({
  input: Act.input({
    from: Schema.String.annotate({
      description: "A member by userid, or somebody outside of the corp by address."
    }),
    to: addresses,
    cc: Schema.optional(addresses),
    bcc: Schema.optional(addresses),
    subject: Schema.String,
    content: Schema.String.annotate({ description: "Plain text." }),
    attachments: Schema.optional(attachments)
  }),
  run: Effect.fn(function*(mail) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(mail)
    const { attachments = [], bcc = [], cc = [], content, from, subject, to } = mail
    const wrong = [...to, ...cc, ...bcc].find((address) => !State.isAddress(address))
    if (wrong !== undefined) return yield* Act.fail(`${wrong} is no address`)
    const { tellings } = State.send(world, corp, {
      from: State.isAddress(from) ? from : State.addressOf(corp, yield* Act.memberOf(corp, from)),
      to,
      cc,
      bcc,
      subject,
      content,
      isHtml: false,
      attachments,
      at: yield* Clock.currentTimeMillis
    })
    return (yield* Effect.forEach(tellings, (telling) => Act.tell(corp, telling))).flat()
  })
})

const Mail = Schema.Struct({
  id: Schema.String,
  from: Schema.String,
  to: addresses,
  cc: addresses,
  bcc: addresses,
  subject: Schema.String,
  content: Schema.String,
  isHtml: Schema.Boolean,
  attachments,
  text: Schema.String.annotate({ description: "As `.eml` files have it." })
})

/** Whose mailbox. */
const holder = {
  userid: Schema.optional(Schema.String.annotate({ description: "Whose mailbox, if it is a member's." })),
  address: Schema.optional(Schema.String.annotate({ description: "Which mailbox, if it is a public one or an app's." }))
}

/** What came into a mailbox, the oldest first. */
export const inbox = Act.make({
  input: Act.input(holder),
  success: Schema.Array(Schema.Struct({ mail: Mail, isRead: Schema.Boolean })),
  run: Effect.fn(function*(of) {
    const corp = yield* Act.corpOf(of)
    return State.boxOf(corp, yield* holderOf(corp, of)).map((received) => ({ ...received }))
  })
})

/** 阅读邮件. Somebody reads a mail of a mailbox. */
export const read = Act.make({
  input: Act.input({ ...holder, mail_id: Schema.String }),
  success: Schema.Void,
  run: Effect.fn(function*(of) {
    const corp = yield* Act.corpOf(of)
    const received = State.boxOf(corp, yield* holderOf(corp, of)).find(({ mail }) => mail.id === of.mail_id)
    if (received === undefined) return yield* Act.fail(`there is no mail ${of.mail_id}`)
    received.isRead = true
  })
})

/** What went to an address outside of the corp, the oldest first. */
export const sentTo = Act.make({
  input: Act.input({ address: Schema.String }),
  success: Schema.Array(Mail),
  run: (of) =>
    Effect.map(
      Act.corpOf(of),
      (corp) =>
        State.mailOf(corp).outside.flatMap(({ address, mail }) => address === of.address.toLowerCase() ? [mail] : [])
    )
})

const holderOf = (
  corp: Corp,
  { address, userid }: { readonly userid?: string | undefined; readonly address?: string | undefined }
): Act.Act<State.Holder> =>
  Effect.gen(function*() {
    if (userid !== undefined) return { kind: "member", member: yield* Act.memberOf(corp, userid) }
    if (address === undefined) return yield* Act.fail("userid or address is needed")
    return State.holderOf(corp, address) ?? (yield* Act.fail(`there is no mailbox ${address}`))
  })
