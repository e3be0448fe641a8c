/**
 * What the simulator knows of reaching customers: greetings, mass messages, moments, products, acquisition links, and
 * what customers received of them.
 */
import type { AcquiredCustomer } from "../../../customers/AcquisitionLinks.ts"
import type { SentAttachment } from "../../../customers/Attachment.ts"
import type { MomentContent } from "../../../customers/Moments.ts"
import type { Product } from "../../../customers/ProductAlbums.ts"
import type { GroupWelcomeTemplate } from "../../../customers/WelcomeMessages.ts"
import { refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import { type App, type Corp, findMedia, findMember, type World } from "../../engine/World.ts"
import { type Customer, customersOf, type Follow } from "./Customers.ts"

/** What was said to a customer or in a customer group. */
export interface Said {
  /** Epoch milliseconds. */
  readonly at: number
  /** The userid in whose name it was said. */
  readonly by: string
  readonly text: string | undefined
  readonly attachments: ReadonlyArray<SentAttachment>
  /** The mass message that it belongs to; none for a greeting. */
  readonly msgid: string | undefined
}

/** A code to greet a new customer with. */
export interface WelcomeCode {
  readonly customer: string
  readonly userid: string
  /** Epoch milliseconds. */
  readonly endsAt: number
  used: boolean
}

/** One recipient of a mass message. */
export interface Target {
  /** An `external_userid` or a chat id. */
  readonly id: string
  status: number
  /** Epoch milliseconds. */
  sentAt: number | undefined
}

/** What a member is to do for a mass message. */
export interface Task {
  readonly userid: string
  /** Epoch milliseconds. */
  sentAt: number | undefined
  targets: Array<Target>
  /** Whether the member chooses the groups. */
  readonly chooses: boolean
}

/** A mass message. */
export interface MassMessage {
  readonly msgid: string
  readonly app: App
  readonly groups: boolean
  /** Epoch milliseconds. */
  readonly at: number
  readonly text: string | undefined
  readonly attachments: ReadonlyArray<SentAttachment>
  readonly tasks: ReadonlyArray<Task>
  /** When members were reminded, in milliseconds of the epoch. */
  readonly reminders: Array<number>
  cancelled: boolean
}

/** A member's part in a moment. */
export interface Publication {
  readonly userid: string
  /** Epoch milliseconds. */
  publishedAt: number | undefined
  viewers: ReadonlyArray<string>
  readonly comments: Array<Reaction>
  readonly likes: Array<Reaction>
}

/** A comment or a like. */
export interface Reaction {
  readonly external_userid: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** A moment. */
export interface Moment {
  readonly id: string
  /** The member who made it; none where the corp did. */
  readonly creator: string | undefined
  /** Epoch milliseconds. */
  readonly at: number
  readonly text: string | undefined
  readonly content: MomentContent | undefined
  /** Tags of the customers who see it; everybody without. */
  readonly tags: ReadonlyArray<string>
  readonly publications: ReadonlyArray<Publication>
  cancelled: boolean
}

/** The making of a moment. */
export interface MomentJob {
  /** Epoch milliseconds. */
  readonly at: number
  readonly moment: Moment
  readonly invalid: {
    readonly users: ReadonlyArray<string>
    readonly departments: ReadonlyArray<number>
    readonly tags: ReadonlyArray<string>
  }
}

/** An acquisition link. */
export interface Link {
  readonly id: string
  readonly owner: App
  readonly url: string
  /** Epoch milliseconds. */
  readonly at: number
  name: string
  users: ReadonlyArray<string>
  departments: ReadonlyArray<number>
  skipVerify: boolean
  markSource: boolean
  priority: { readonly type: number; readonly users: ReadonlyArray<string> } | undefined
  /** Who opened it, and when. */
  readonly opened: Array<{ readonly by: string; readonly at: number }>
  /** Whom it brought, and when. */
  readonly brought: Array<{ readonly customer: AcquiredCustomer; readonly at: number }>
}

/** What a customer whom a link brought has written, by the key that the event told. */
export interface ChatKey {
  readonly link: string
  readonly customer: AcquiredCustomer
  readonly messages: number
  /** Epoch milliseconds. */
  readonly endsAt: number
}

/** A customer whom a service provider paid for. */
export interface Bill {
  /** Epoch milliseconds. */
  readonly at: number
  readonly link: string
  readonly state: string | undefined
  /** In fen. */
  readonly price: number
}

/** All of it. */
export interface Outreach {
  readonly welcomeCodes: Map<string, WelcomeCode>
  readonly templates: Map<string, { readonly owner: App; template: GroupWelcomeTemplate }>
  readonly massMessages: Map<string, MassMessage>
  readonly moments: Map<string, Moment>
  readonly momentJobs: Map<string, MomentJob>
  readonly products: Map<string, { readonly owner: App; product: Product; deleted: boolean }>
  readonly links: Map<string, Link>
  readonly chatKeys: Map<string, ChatKey>
  /** Whether a service provider pays for customers, and how much for each, in fen. */
  providerPays: boolean
  readonly price: number
  /** Keys for customers whom the provider pays for. */
  readonly onceKeys: Set<string>
  readonly bills: Array<Bill>
  /** What was said, by `external_userid` or chat id, the oldest first. */
  readonly said: Map<string, Array<Said>>
  /** How many customers links may bring in all. */
  quota: number
}

/** What a corp has of it; nothing at first, but a quota of 1000 customers. */
export const outreachOf: (corp: Corp) => Outreach = State.make("customers/outreach", (): Outreach => ({
  welcomeCodes: new Map(),
  templates: new Map(),
  massMessages: new Map(),
  moments: new Map(),
  momentJobs: new Map(),
  products: new Map(),
  links: new Map(),
  chatKeys: new Map(),
  providerPays: false,
  price: 200,
  onceKeys: new Set(),
  bills: [],
  said: new Map(),
  quota: 1000
}))

/** What was said to a customer or in a customer group, the oldest first. */
export const saidTo = (corp: Corp, id: string): ReadonlyArray<Said> => outreachOf(corp).said.get(id) ?? []

/** Says something to a customer or in a customer group. */
export const say = (corp: Corp, id: string, said: Said): void => {
  const { said: all } = outreachOf(corp)
  all.set(id, [...all.get(id) ?? [], said])
}

/** How long a greeting may take: 20 seconds. */
export const welcomeTime = 20_000

/** A code to greet a new customer with. */
export const giveWelcomeCode = (world: World, corp: Corp, userid: string, customer: string, now: number): string => {
  const code = world.text(43)
  outreachOf(corp).welcomeCodes.set(code, { customer, userid, endsAt: now + welcomeTime, used: false })
  return code
}

/** How a member follows a customer. */
export const followOf = (corp: Corp, customer: string, userid: string): Follow | undefined =>
  customersOf(corp).customers.get(customer)?.follows.get(userid.toLowerCase())

/** The customers whom a member follows. */
export const customersOfMember = (corp: Corp, userid: string): ReadonlyArray<Customer> =>
  [...customersOf(corp).customers.values()].filter(({ follows }) => follows.has(userid.toLowerCase()))

/** The follow of a customer that is the newest, of members who are still there. */
export const newestFollow = (corp: Corp, { follows }: Customer): Follow | undefined =>
  [...follows.values()].filter(({ userid }) => findMember(corp, userid) !== undefined)
    .toSorted((a, b) => b.at - a.at)[0]

/** The customers who have been given one tag of every list. */
export const isTaggedWith = (follow: Follow, lists: ReadonlyArray<ReadonlyArray<string>>): boolean =>
  lists.every((tags) => tags.length === 0 || tags.some((tag) => follow.tags.has(tag)))

/** Checks that a file is there. */
export const checkMedia = (corp: Corp, mediaId: string | undefined, now: number): void => {
  if (mediaId !== undefined && findMedia(corp, mediaId, now) === undefined) refuse(40007, "invalid media_id")
}

/** Checks that the files of attachments are there. */
export const checkAttachments = (corp: Corp, attachments: ReadonlyArray<SentAttachment>, now: number): void => {
  for (const attachment of attachments) {
    if (attachment.msgtype === "image") checkMedia(corp, attachment.image.media_id, now)
    else if (attachment.msgtype === "video") checkMedia(corp, attachment.video.media_id, now)
    else if (attachment.msgtype === "file") checkMedia(corp, attachment.file.media_id, now)
    else if (attachment.msgtype === "miniprogram") checkMedia(corp, attachment.miniprogram.pic_media_id, now)
  }
}

const china = 8 * 3600_000

/** How many mass messages a customer or group may receive in the month of a time: one for each of its days. */
const monthly = (now: number): { readonly begin: number; readonly days: number } => {
  const date = new Date(now + china)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  return {
    begin: Date.UTC(year, month, 1) - china,
    days: new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  }
}

/** Lets a member send a mass message, to the groups that are chosen where the member chooses. */
export const sendTask = (
  corp: Corp,
  message: MassMessage,
  task: Task,
  chosen: ReadonlyArray<string> | undefined,
  now: number
): void => {
  if (task.chooses) {
    const own = [...customersOf(corp).groups.values()].filter(({ owner }) =>
      owner.toLowerCase() === task.userid.toLowerCase()
    ).map(({ id }) => id)
    task.targets = own.filter((id) => chosen?.includes(id) ?? true)
      .map((id) => ({ id, status: 0, sentAt: undefined }))
  }
  const { begin, days } = monthly(now)
  for (const target of task.targets) {
    const received = saidTo(corp, target.id).filter(({ at, msgid }) => msgid !== undefined && at >= begin)
    const reachable = message.groups
      ? customersOf(corp).groups.has(target.id)
      : followOf(corp, target.id, task.userid) !== undefined
    target.status = reachable ? received.length < days ? 1 : 3 : 2
    if (target.status !== 1) continue
    target.sentAt = now
    const { attachments, msgid, text } = message
    say(corp, target.id, { at: now, by: task.userid, text, attachments, msgid })
  }
  task.sentAt = now
}

/** Lets a member publish a moment to the customers who are to see it. */
export const publish = (corp: Corp, moment: Moment, publication: Publication, now: number): void => {
  publication.viewers = customersOfMember(corp, publication.userid).flatMap(({ contact, follows }) => {
    const follow = follows.get(publication.userid.toLowerCase())
    return follow !== undefined && isTaggedWith(follow, [moment.tags]) ? [contact.external_userid] : []
  })
  publication.publishedAt = now
}
