/**
 * What the simulator knows of 客户联系: customers and who follows them, customer groups, tags, and what is being handed
 * over. {@link addCustomer} and {@link addGroup} prepare customers and groups, and nobody is told; what members and
 * customers do, of which apps are told, is in `CustomerActs` and `OutreachActs`.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import {
  ExternalContact,
  ExternalContactType,
  FollowUserAddWay,
  type FollowUserTag
} from "../../../customers/ExternalContact.ts"
import * as State from "../../engine/State.ts"
import { type App, type Corp, corpOf, findMember, type World } from "../../engine/World.ts"

/** A customer, and who follows them. */
export interface Customer {
  readonly contact: ExternalContact
  /** By userid in lower case; members who left stay until somebody takes their place. */
  readonly follows: Map<string, Follow>
}

/** What a member notes of a customer. */
export interface Follow {
  readonly userid: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly addWay: number
  /** Who started it. */
  readonly by: string
  /** Of the contact way that brought the customer. */
  readonly state: string | undefined
  /** Ids of tags of the corp and of rule groups. */
  readonly tags: Set<string>
  /** Whether it is a temporary session, which can be closed. */
  readonly temporary: boolean
  remark: string | undefined
  description: string | undefined
  company: string | undefined
  mobiles: ReadonlyArray<string>
}

/** A customer group. */
export interface Group {
  readonly id: string
  name: string
  /** A userid. */
  owner: string
  /** Epoch milliseconds. */
  readonly at: number
  notice: string
  /** Whether it went to a new owner as the old one had left. */
  inherited: boolean
  /** When it was last given a new owner, in milliseconds of the epoch, the oldest first. */
  readonly handovers: Array<number>
  /** The id by which mini programs know it. */
  readonly opengid: string
  readonly members: Array<GroupMember>
  readonly admins: Set<string>
}

/** A member of a customer group: of the corp, or a customer. */
export interface GroupMember {
  /** A userid or an `external_userid`. */
  readonly id: string
  readonly external: boolean
  /** Epoch milliseconds. */
  readonly at: number
  /** The userid of the member of the corp who invited them. */
  readonly invitor: string | undefined
  /** Of the join way that brought them. */
  readonly state: string | undefined
  readonly nickname: string | undefined
}

/** A customer on the way from one member to another. */
export interface Handover {
  readonly customer: string
  /** Userids in lower case. */
  readonly from: string
  readonly to: string
  /** Whether the first member had left. */
  readonly resigned: boolean
  /** When it started, in milliseconds of the epoch. */
  readonly at: number
  status: "waiting" | "done" | "refused"
  /** Once done, whether the second member had the customer already, or once handed the customer over. */
  acquainted: boolean
}

/** A group of tags, of the corp or of a rule group. */
export interface TagGroup {
  readonly id: string
  name: string
  order: number
  /** Epoch milliseconds. */
  readonly at: number
  readonly owner: App
  readonly strategy: number | undefined
  deleted: boolean
  readonly tags: Array<Tag>
}

/** A tag. */
export interface Tag {
  readonly id: string
  name: string
  order: number
  /** Epoch milliseconds. */
  readonly at: number
  deleted: boolean
}

/** All of it. */
export interface Customers {
  readonly customers: Map<string, Customer>
  readonly groups: Map<string, Group>
  readonly handovers: Array<Handover>
  readonly tagGroups: Map<string, TagGroup>
  /** Userids in lower case of the members who may not use customer contact. */
  readonly excluded: Set<string>
  /** When members were first missed, in milliseconds of the epoch, by userid in lower case. */
  readonly left: Map<string, number>
}

/** What a corp has of it; nothing at first. */
export const customersOf: (corp: Corp) => Customers = State.make("customers/customers", (): Customers => ({
  customers: new Map(),
  groups: new Map(),
  handovers: [],
  tagGroups: new Map(),
  excluded: new Set(),
  left: new Map()
}))

/** A customer to be. */
export interface CustomerOptions {
  /** Default: the first corp. */
  readonly corpId?: string | undefined
  /** Default: a new one. */
  readonly external_userid?: string | undefined
  readonly name?: string | undefined
  /** Default: a WeChat user. */
  readonly type?: typeof ExternalContactType.schema.Type | undefined
  readonly unionid?: string | undefined
  /** The userids of those who follow the customer. */
  readonly followedBy: ReadonlyArray<string>
  /** How they met. Default: the customer scanned a QR code. */
  readonly add_way?: typeof FollowUserAddWay.schema.Type | undefined
  /** Of the contact way that brought the customer. */
  readonly state?: string | undefined
  /** Whether it is a temporary session. */
  readonly temporary?: boolean | undefined
}

/** Makes a customer whom members follow. */
export const addCustomer = (world: World, options: CustomerOptions): Effect.Effect<ExternalContact> =>
  Effect.map(Clock.currentTimeMillis, (now) => {
    const corp = corpOf(world, options.corpId)
    const { external_userid = world.id("wm"), name = "微信用户", type = ExternalContactType.WeChat, unionid } = options
    const contact = new ExternalContact({ external_userid, name, type, gender: 0, unionid })
    const { customers } = customersOf(corp)
    const customer = customers.get(external_userid) ?? { contact, follows: new Map() }
    customers.set(external_userid, customer)
    for (const userid of options.followedBy) {
      follow(customer, {
        userid: memberOf(corp, userid),
        at: now,
        addWay: options.add_way ?? FollowUserAddWay.QrCode,
        by: external_userid,
        state: options.state,
        temporary: options.temporary ?? false
      })
    }
    return customer.contact
  })

/** Lets a member follow a customer; notes and tags stay where the member did before. */
export const follow = (
  customer: Customer,
  options: Pick<Follow, "userid" | "at" | "addWay" | "by" | "state" | "temporary">
): Follow => {
  const key = options.userid.toLowerCase()
  const made = customer.follows.get(key) ?? {
    ...options,
    tags: new Set<string>(),
    remark: undefined,
    description: undefined,
    company: undefined,
    mobiles: []
  }
  customer.follows.set(key, made)
  return made
}

/** A customer group to be. */
export interface GroupOptions {
  /** Default: the first corp. */
  readonly corpId?: string | undefined
  /** Default: a new one. */
  readonly chat_id?: string | undefined
  readonly name?: string | undefined
  /** A userid. */
  readonly owner: string
  /** The `external_userid`s of customers in it. */
  readonly customers?: ReadonlyArray<string> | undefined
  /** The userids of further members of the corp in it. */
  readonly members?: ReadonlyArray<string> | undefined
  /** Of the join way that brought the customers. */
  readonly state?: string | undefined
}

/** Makes a customer group. */
export const addGroup = (world: World, options: GroupOptions): Effect.Effect<Group> =>
  Effect.map(Clock.currentTimeMillis, (at) => {
    const corp = corpOf(world, options.corpId)
    const owner = memberOf(corp, options.owner)
    const colleague = (userid: string): GroupMember => ({
      id: memberOf(corp, userid),
      external: false,
      at,
      invitor: userid === options.owner ? undefined : owner,
      state: undefined,
      nickname: undefined
    })
    const outsider = (id: string): GroupMember => ({
      id,
      external: true,
      at,
      invitor: undefined,
      state: options.state,
      nickname: undefined
    })
    const group: Group = {
      id: options.chat_id ?? world.id("wr"),
      name: options.name ?? "客户群",
      owner,
      at,
      notice: "",
      inherited: false,
      handovers: [],
      opengid: world.id("o"),
      members: [
        ...[options.owner, ...options.members ?? []].map(colleague),
        ...(options.customers ?? []).map(outsider)
      ],
      admins: new Set()
    }
    customersOf(corp).groups.set(group.id, group)
    return group
  })

/** The version of a group's list of members: another one once somebody came or went. */
export const memberVersion = ({ members }: Group): string => {
  let hash = 0
  for (const letter of members.map(({ id }) => id).join()) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return hash.toString(16).padStart(32, "0")
}

/** How long it takes until a customer is handed over: 24 hours. */
export const handoverTime = 24 * 3600_000

/** Lets the time that has passed take effect: customers who waited long enough are handed over. */
export const settle = (corp: Corp, now: number): void => {
  const { customers, handovers } = customersOf(corp)
  for (const handover of handovers) {
    if (handover.status !== "waiting" || handover.at + handoverTime > now) continue
    handover.status = "done"
    const customer = customers.get(handover.customer)
    const before = customer?.follows.get(handover.from)
    if (customer === undefined || before === undefined) continue
    handover.acquainted = customer.follows.has(handover.to) ||
      handovers.some((other) =>
        other.customer === handover.customer && other.from === handover.to && other.status === "done"
      )
    customer.follows.delete(handover.from)
    const userid = findMember(corp, handover.to)?.user.userid ?? handover.to
    const after = follow(customer, {
      ...before,
      userid,
      at: handover.at + handoverTime,
      addWay: FollowUserAddWay.Assigned,
      by: userid
    })
    after.remark ??= before.remark
    after.description ??= before.description
    for (const tag of before.tags) after.tags.add(tag)
  }
}

/** A tag that is in use, with its group. */
export const findTag = (corp: Corp, id: string): { readonly group: TagGroup; readonly tag: Tag } | undefined => {
  for (const group of customersOf(corp).tagGroups.values()) {
    const tag = group.deleted ? undefined : group.tags.find((tag) => tag.id === id && !tag.deleted)
    if (tag !== undefined) return { group, tag }
  }
  return undefined
}

/** The tags of a follow, as `FollowUser` has them. */
export const tagsOf = (corp: Corp, { tags }: Follow): ReadonlyArray<ConstructorParameters<typeof FollowUserTag>[0]> =>
  [...tags].flatMap((id) => {
    const found = findTag(corp, id)
    return found === undefined ? [] : [{
      type: found.group.strategy === undefined ? 1 : 3,
      tag_id: id,
      tag_name: found.tag.name,
      group_name: found.group.name
    }]
  })

const memberOf = (corp: Corp, userid: string): string => {
  const member = findMember(corp, userid)
  if (member === undefined) throw new RangeError(`${corp.id} has no member ${userid}`)
  return member.user.userid
}
