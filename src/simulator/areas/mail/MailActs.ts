/**
 * What people do with mail, in the corp and outside of it: each an act on the simulator of the context. Apps are told of
 * what comes into their mailboxes.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type Act, corpOf, fail, type In, memberOf, tell, type Told } from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import type { Attachment } from "./eml.ts"
import * as State from "./Mails.ts"

/** A mail that somebody writes. */
export interface NewMail extends In {
  /** A member by userid, or somebody outside of the corp by address. */
  readonly from: string
  /** Addresses. */
  readonly to: ReadonlyArray<string>
  readonly cc?: ReadonlyArray<string> | undefined
  readonly bcc?: ReadonlyArray<string> | undefined
  readonly subject: string
  /** Plain text. */
  readonly content: string
  readonly attachments?: ReadonlyArray<Attachment> | undefined
}

/** 写邮件. A member, or somebody outside, writes a mail. */
export const write = (mail: NewMail): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(mail)
    const { attachments = [], bcc = [], cc = [], content, from, subject, to } = mail
    const wrong = [...to, ...cc, ...bcc].find((address) => !State.isAddress(address))
    if (wrong !== undefined) return yield* fail(`${wrong} is no address`)
    const { tellings } = State.send(world, corp, {
      from: State.isAddress(from) ? from : State.addressOf(corp, yield* memberOf(corp, from)),
      to,
      cc,
      bcc,
      subject,
      content,
      isHtml: false,
      attachments,
      at: yield* Clock.currentTimeMillis
    })
    return (yield* Effect.forEach(tellings, (telling) => tell(corp, telling))).flat()
  })

/** Whose mailbox: a member's, or that of a public address. */
export type Of = In & ({ readonly userid: string } | { readonly address: string })

/** What came into a mailbox, the oldest first. */
export const inbox = (of: Of): Act<ReadonlyArray<State.Received>> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    return State.boxOf(corp, yield* holderOf(corp, of)).map((received) => ({ ...received }))
  })

/** 阅读邮件. Somebody reads a mail of a mailbox. */
export const read = (of: Of & { readonly mail_id: string }): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    const received = State.boxOf(corp, yield* holderOf(corp, of)).find(({ mail }) => mail.id === of.mail_id)
    if (received === undefined) return yield* fail(`there is no mail ${of.mail_id}`)
    received.isRead = true
  })

/** What went to an address outside of the corp, the oldest first. */
export const sentTo = (of: In & { readonly address: string }): Act<ReadonlyArray<State.Mail>> =>
  Effect.map(
    corpOf(of),
    (corp) =>
      State.mailOf(corp).outside.flatMap(({ address, mail }) => address === of.address.toLowerCase() ? [mail] : [])
  )

const holderOf = (corp: Corp, of: Of): Act<State.Holder> =>
  Effect.gen(function*() {
    if ("userid" in of) return { kind: "member", member: yield* memberOf(corp, of.userid) }
    const holder = State.holderOf(corp, of.address)
    return holder ?? (yield* fail(`there is no mailbox ${of.address}`))
  })
