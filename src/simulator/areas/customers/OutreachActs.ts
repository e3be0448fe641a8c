/**
 * What members and customers do about greetings, mass messages, moments and acquisition links: each an act on the
 * simulator of the context, which calls apps back where it would.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  AcquiredCustomerWrote,
  AcquiredCustomerWroteAgain,
  AcquisitionFriendRequested,
  SuiteAcquiredCustomerWrote,
  SuiteAcquiredCustomerWroteAgain,
  SuiteAcquisitionFriendRequested
} from "../../../callback/events/AcquisitionEvents.ts"
import {
  ExternalContactAdded,
  HalfExternalContactAdded,
  SuiteExternalContactAdded,
  SuiteHalfExternalContactAdded
} from "../../../callback/events/ExternalContactEvents.ts"
import { AcquiredCustomer } from "../../../customers/AcquisitionLinks.ts"
import type { ExternalContact } from "../../../customers/ExternalContact.ts"
import { type Act, corpOf, fail, type In, input, make, memberOf, tell } from "../../engine/Act.ts"
import { eventAndCommand, seeing, toApp } from "../../engine/Audience.ts"
import type { Delivery } from "../../engine/CallbackSender.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import { addCustomer } from "./Customers.ts"
import { giveWelcomeCode, type Moment, outreachOf, publish, type Said, saidTo, sendTask } from "./Outreach.ts"

export type { In }

/** A customer who is to appear. */
export interface NewCustomer extends In {
  /** The member who is added. */
  readonly userid: string
  /** Default: a new one. */
  readonly external_userid?: string | undefined
  readonly name?: string | undefined
  /** Of the contact way or the link that brought the customer. */
  readonly state?: string | undefined
  /** Whether the member, who takes customers unasked, has not yet added the customer back. */
  readonly half?: boolean | undefined
}

/** A customer who has appeared. */
export interface Appeared {
  readonly contact: ExternalContact
  /** What the event told, good for 20 seconds. */
  readonly welcomeCode: string
  /** What became of the event, of each app with a callback. */
  readonly deliveries: ReadonlyArray<Delivery>
}

/** A customer adds a member; apps are told, with a code to greet the customer with. */
export const appear = (customer: NewCustomer): Act<Appeared> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(customer)
    const member = yield* memberOf(corp, customer.userid)
    const { user } = member
    const now = yield* Clock.currentTimeMillis
    const contact = yield* addCustomer(world, {
      corpId: corp.id,
      external_userid: customer.external_userid,
      name: customer.name,
      state: customer.state,
      followedBy: [user.userid]
    })
    const welcomeCode = giveWelcomeCode(world, corp, user.userid, contact.external_userid, now)
    const body = {
      UserID: user.userid,
      ExternalUserID: contact.external_userid,
      State: customer.state,
      WelcomeCode: welcomeCode
    }
    const notice = customer.half === true
      ? eventAndCommand(HalfExternalContactAdded, SuiteHalfExternalContactAdded, body)
      : eventAndCommand(ExternalContactAdded, SuiteExternalContactAdded, body)
    const deliveries = yield* tell(corp, seeing(corp, member, notice))
    return { contact, welcomeCode, deliveries }
  })

/** What a customer received, or what was said in a customer group, the oldest first. */
export const inboxOf = (id: string, where: In = {}): Act<ReadonlyArray<Said>> =>
  Effect.map(corpOf(where), (corp) => saidTo(corp, id))

/** A member sends a mass message, to the groups that are chosen, or all of them, where the member has the choice. */
export const sendMassMessage = (
  act: In & { readonly msgid: string; readonly userid: string; readonly chat_ids?: ReadonlyArray<string> | undefined }
): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const message = outreachOf(corp).massMessages.get(act.msgid) ?? (yield* fail(`no mass message ${act.msgid}`))
    const task = message.tasks.find(({ userid }) => same(userid, act.userid)) ??
      (yield* fail(`${act.userid} has nothing to send of ${act.msgid}`))
    if (message.cancelled) return yield* fail(`the mass message ${act.msgid} was cancelled`)
    if (task.sentAt !== undefined) return yield* fail(`${act.userid} has sent ${act.msgid} already`)
    sendTask(corp, message, task, act.chat_ids, yield* Clock.currentTimeMillis)
  })

/** A member publishes a moment of the corp. */
export const publishMoment = (act: In & { readonly moment_id: string; readonly userid: string }): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const { moment, publication } = yield* publicationOf(corp, act)
    if (moment.cancelled) return yield* fail(`the moment ${act.moment_id} was cancelled`)
    publish(corp, moment, publication, yield* Clock.currentTimeMillis)
  })

const media = Schema.Struct({ media_id: Schema.String })

/** What a moment shows beside its text. */
const momentContent = Schema.Union([
  Schema.Struct({ msgtype: Schema.Literal("image"), image: Schema.Array(media) }),
  Schema.Struct({ msgtype: Schema.Literal("video"), video: media }),
  Schema.Struct({
    msgtype: Schema.Literal("link"),
    link: Schema.Struct({ title: Schema.optional(Schema.String), url: Schema.optional(Schema.String) })
  })
])

/** A member makes and publishes a moment; returns its id. */
export const postMoment = make({
  input: input({
    userid: Schema.String,
    text: Schema.optional(Schema.String),
    content: Schema.optional(momentContent)
  }),
  success: Schema.String,
  run: (act) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const corp = yield* corpOf(act)
      const { user } = yield* memberOf(corp, act.userid)
      const now = yield* Clock.currentTimeMillis
      const publication = { userid: user.userid, publishedAt: undefined, viewers: [], comments: [], likes: [] }
      const moment: Moment = {
        id: world.id("mom"),
        creator: user.userid,
        at: now,
        text: act.text,
        content: act.content,
        tags: [],
        publications: [publication],
        cancelled: false
      }
      outreachOf(corp).moments.set(moment.id, moment)
      publish(corp, moment, publication, now)
      return moment.id
    })
})

/** A customer comments or likes a member's moment. */
export const react = (
  act: In & {
    readonly moment_id: string
    readonly userid: string
    readonly external_userid: string
    readonly kind: "comment" | "like"
  }
): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const { publication } = yield* publicationOf(corp, act)
    if (!publication.viewers.includes(act.external_userid)) {
      return yield* fail(`${act.external_userid} does not see the moment ${act.moment_id}`)
    }
    const list = act.kind === "comment" ? publication.comments : publication.likes
    list.push({ external_userid: act.external_userid, at: yield* Clock.currentTimeMillis })
  })

/**
 * A customer opens an acquisition link, and adds the member where one is named, of which the link's app is told. That a
 * link is opened is told to some lines of business alone, and not here.
 */
export const openLink = (
  act: In & {
    /** The link's address, with the channel and the key that were added to it. */
    readonly url: string
    readonly external_userid: string
    /** The member whom the customer adds. Default: none. */
    readonly adds?: string | undefined
  }
): Act<Appeared | undefined> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const outreach = outreachOf(corp)
    const { origin, pathname, searchParams } = new URL(act.url)
    const link = [...outreach.links.values()].find(({ url }) => url === `${origin}${pathname}`) ??
      (yield* fail(`${act.url} is no acquisition link`))
    const now = yield* Clock.currentTimeMillis
    link.opened.push({ by: act.external_userid, at: now })
    if (act.adds === undefined) return undefined
    const state = searchParams.get("customer_channel") ?? undefined
    yield* tell(
      corp,
      toApp(
        link.owner,
        eventAndCommand(AcquisitionFriendRequested, SuiteAcquisitionFriendRequested, { LinkId: link.id, State: state })
      )
    )
    const appeared = yield* appear({ corpId: corp.id, userid: act.adds, external_userid: act.external_userid, state })
    const customer = new AcquiredCustomer({
      external_userid: act.external_userid,
      userid: act.adds,
      chat_status: 0,
      state
    })
    link.brought.push({ customer, at: now })
    const key = searchParams.get("once_key")
    if (key !== null && outreach.onceKeys.delete(key)) {
      outreach.bills.push({ at: now, link: link.id, state, price: outreach.price })
    }
    return appeared
  })

/**
 * A customer whom a link brought has written so many messages; returns the key that tells how often. The link's app
 * is told of the first message, and of the third, the fifth and the tenth, with the key.
 */
export const chatKeyOf = make({
  input: input({ link_id: Schema.String, external_userid: Schema.String, messages: Schema.Int }),
  success: Schema.String,
  run: (act) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const corp = yield* corpOf(act)
      const link = outreachOf(corp).links.get(act.link_id) ?? (yield* fail(`there is no link ${act.link_id}`))
      const brought = link.brought.find(({ customer }) => customer.external_userid === act.external_userid) ??
        (yield* fail(`${act.link_id} has not brought ${act.external_userid}`))
      const key = world.text(43)
      const endsAt = (yield* Clock.currentTimeMillis) + chatKeyTime
      outreachOf(corp).chatKeys.set(key, {
        link: act.link_id,
        customer: brought.customer,
        messages: act.messages,
        endsAt
      })
      const { external_userid, state, userid } = brought.customer
      const about = { LinkId: link.id, State: state }
      if (act.messages === 1) {
        const body = { ...about, UserID: userid, ExternalUserID: external_userid }
        yield* tell(corp, toApp(link.owner, eventAndCommand(AcquiredCustomerWrote, SuiteAcquiredCustomerWrote, body)))
      } else if ([3, 5, 10].includes(act.messages)) {
        const body = { ...about, ChatKey: key }
        const notice = eventAndCommand(AcquiredCustomerWroteAgain, SuiteAcquiredCustomerWroteAgain, body)
        yield* tell(corp, toApp(link.owner, notice))
      }
      return key
    })
})

/** How long the key of a chat serves: 30 minutes. */
const chatKeyTime = 30 * 60_000

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const publicationOf = (corp: Corp, act: { readonly moment_id: string; readonly userid: string }) =>
  Effect.gen(function*() {
    const moment = outreachOf(corp).moments.get(act.moment_id) ?? (yield* fail(`no moment ${act.moment_id}`))
    const publication = moment.publications.find(({ userid }) => same(userid, act.userid)) ??
      (yield* fail(`${act.userid} has nothing to do with the moment ${act.moment_id}`))
    return { moment, publication }
  })
