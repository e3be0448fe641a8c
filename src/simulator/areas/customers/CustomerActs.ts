/**
 * What members and customers do to each other, and in customer groups: each an act on the simulator of the context, which
 * tells the apps that may see the member. Customers appear with `OutreachActs.appear`. What the API does is not told.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Groups from "../../../callback/events/CustomerGroupEvents.ts"
import * as Events from "../../../callback/events/ExternalContactEvents.ts"
import { type Act, corpOf, fail, type In, memberOf, tell, type Told } from "../../engine/Act.ts"
import { eventAndCommand, type Notice, seeing } from "../../engine/Audience.ts"
import type { Delivery } from "../../engine/CallbackSender.ts"
import { Engine } from "../../engine/Engine.ts"
import { type Corp, findMember } from "../../engine/World.ts"
import * as State from "./Customers.ts"

/** A member and a customer. */
export interface Between extends In {
  readonly userid: string
  readonly external_userid: string
}

/** 编辑企业客户. A member changes what the member notes of a customer. */
export const editCustomer = (
  act: Between & {
    readonly remark?: string | undefined
    readonly description?: string | undefined
    readonly remark_mobiles?: ReadonlyArray<string> | undefined
    /** Ids of tags, in place of those that were. */
    readonly tags?: ReadonlyArray<string> | undefined
  }
): Told =>
  Effect.gen(function*() {
    const { body, corp, follow, member } = yield* followOf(act)
    follow.remark = act.remark ?? follow.remark
    follow.description = act.description ?? follow.description
    follow.mobiles = act.remark_mobiles ?? follow.mobiles
    if (act.tags !== undefined) {
      const unknown = act.tags.find((id) => State.findTag(corp, id) === undefined)
      if (unknown !== undefined) return yield* fail(`${corp.id} has no tag ${unknown}`)
      follow.tags.clear()
      for (const id of act.tags) follow.tags.add(id)
    }
    const notice = eventAndCommand(Events.ExternalContactEdited, Events.SuiteExternalContactEdited, body)
    return yield* tell(corp, seeing(corp, member, notice))
  })

/** 删除企业客户. A member deletes a customer. */
export const deleteCustomer = (act: Between): Told =>
  Effect.gen(function*() {
    const { body, corp, customer, member } = yield* followOf(act)
    customer.follows.delete(member.user.userid.toLowerCase())
    const notice = eventAndCommand(Events.ExternalContactDeleted, Events.SuiteExternalContactDeleted, body)
    return yield* tell(corp, seeing(corp, member, notice))
  })

/** 删除跟进成员. A customer deletes a member, who has the customer no longer. */
export const deleteFollowUser = (act: Between): Told =>
  Effect.gen(function*() {
    const { body, corp, customer, member } = yield* followOf(act)
    customer.follows.delete(member.user.userid.toLowerCase())
    const notice = eventAndCommand(Events.FollowUserDeleted, Events.SuiteFollowUserDeleted, body)
    return yield* tell(corp, seeing(corp, member, notice))
  })

/** 客户接替失败. A customer refuses to be handed over. */
export const refuseHandover = (act: In & { readonly external_userid: string }): Told =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    State.settle(corp, yield* Clock.currentTimeMillis)
    const waiting = State.customersOf(corp).handovers.filter(
      ({ customer, status }) => customer === act.external_userid && status === "waiting"
    )
    if (waiting.length === 0) return yield* fail(`${act.external_userid} is not being handed over`)
    const deliveries: Array<Delivery> = []
    for (const handover of waiting) {
      handover.status = "refused"
      const member = findMember(corp, handover.to)
      if (member === undefined) continue
      const notice = eventAndCommand(Events.CustomerTransferFailed, Events.SuiteCustomerTransferFailed, {
        UserID: member.user.userid,
        ExternalUserID: handover.customer,
        FailReason: Events.TransferFailReason.CustomerRefused
      })
      deliveries.push(...yield* tell(corp, seeing(corp, member, notice)))
    }
    return deliveries
  })

/** A customer group. */
export interface InGroup extends In {
  readonly chat_id: string
}

/** 客户群创建. A member makes a customer group. */
export const createGroup = (
  options: State.GroupOptions
): Act<{ readonly group: State.Group; readonly deliveries: ReadonlyArray<Delivery> }> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(options)
    for (const userid of [options.owner, ...options.members ?? []]) yield* memberOf(corp, userid)
    const group = yield* State.addGroup(world, { ...options, corpId: corp.id })
    const notice = eventAndCommand(Groups.CustomerGroupCreated, Groups.SuiteCustomerGroupCreated, { ChatId: group.id })
    return { group, deliveries: yield* tellOf(corp, group, notice) }
  })

/** 成员入群. Customers, or members of the corp, join: by the group's QR code, or invited by one of its members. */
export const joinGroup = (
  act: InGroup & {
    /** `external_userid`s. */
    readonly customers?: ReadonlyArray<string> | undefined
    /** Userids. */
    readonly members?: ReadonlyArray<string> | undefined
    /** The userid of the one who invites. Default: the customer scans the QR code. */
    readonly invitor?: string | undefined
    /** Of the join way that brought them. */
    readonly state?: string | undefined
  }
): Told =>
  Effect.gen(function*() {
    const { corp, group } = yield* groupOf(act)
    const at = yield* Clock.currentTimeMillis
    const colleagues = yield* Effect.forEach(act.members ?? [], (userid) => memberOf(corp, userid))
    const come = [
      ...colleagues.map(({ user }) => ({ id: user.userid, external: false })),
      ...(act.customers ?? []).map((id) => ({ id, external: true }))
    ].filter(({ id }) => !group.members.some((member) => member.id === id))
    if (come.length === 0) return yield* fail(`all of them are in ${group.id} already`)
    const before = State.memberVersion(group)
    const { invitor, state } = act
    group.members.push(...come.map((one) => ({ ...one, at, invitor, state, nickname: undefined })))
    const notice = eventAndCommand(Groups.CustomerGroupMembersJoined, Groups.SuiteCustomerGroupMembersJoined, {
      ...changeOf(group, before, come),
      JoinScene: invitor === undefined ? Groups.GroupJoinScene.QrCode : Groups.GroupJoinScene.Invited
    })
    return yield* tellOf(corp, group, notice)
  })

/** 成员退群. Some leave a group, or are removed from it. */
export const leaveGroup = (
  act: InGroup & {
    /** Userids and `external_userid`s. */
    readonly ids: ReadonlyArray<string>
    /** Whether the owner or an administrator of the group removes them. */
    readonly removed?: boolean | undefined
  }
): Told =>
  Effect.gen(function*() {
    const { corp, group } = yield* groupOf(act)
    const gone = group.members.filter(({ id }) => act.ids.includes(id))
    if (gone.length === 0) return yield* fail(`none of them is in ${group.id}`)
    const before = State.memberVersion(group)
    group.members.splice(0, group.members.length, ...group.members.filter((member) => !gone.includes(member)))
    const notice = eventAndCommand(Groups.CustomerGroupMembersLeft, Groups.SuiteCustomerGroupMembersLeft, {
      ...changeOf(group, before, gone),
      QuitScene: act.removed === true ? Groups.GroupQuitScene.Removed : Groups.GroupQuitScene.Left
    })
    return yield* tellOf(corp, group, notice)
  })

/** 群名变更. */
export const renameGroup = (act: InGroup & { readonly name: string }): Told =>
  update(
    act,
    (group) => {
      group.name = act.name
    },
    (body) => eventAndCommand(Groups.CustomerGroupNameChanged, Groups.SuiteCustomerGroupNameChanged, body)
  )

/** 群公告变更. */
export const postGroupNotice = (act: InGroup & { readonly notice: string }): Told =>
  update(
    act,
    (group) => {
      group.notice = act.notice
    },
    (body) => eventAndCommand(Groups.CustomerGroupNoticeChanged, Groups.SuiteCustomerGroupNoticeChanged, body)
  )

/** 群主变更. The owner gives a group to another member. */
export const changeGroupOwner = (act: InGroup & { readonly owner: string }): Told =>
  Effect.gen(function*() {
    const { user } = yield* memberOf(yield* corpOf(act), act.owner)
    return yield* update(
      act,
      (group) => {
        group.owner = user.userid
      },
      (body) => eventAndCommand(Groups.CustomerGroupOwnerChanged, Groups.SuiteCustomerGroupOwnerChanged, body)
    )
  })

/** 客户群解散. The owner dismisses a group. */
export const dismissGroup = (act: InGroup): Told =>
  Effect.gen(function*() {
    const { corp, group } = yield* groupOf(act)
    State.customersOf(corp).groups.delete(group.id)
    const notice = eventAndCommand(Groups.CustomerGroupDismissed, Groups.SuiteCustomerGroupDismissed, {
      ChatId: group.id
    })
    return yield* tellOf(corp, group, notice)
  })

const followOf = (act: Between) =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const member = yield* memberOf(corp, act.userid)
    const customer = State.customersOf(corp).customers.get(act.external_userid)
    const follow = customer?.follows.get(member.user.userid.toLowerCase())
    if (customer === undefined || follow === undefined) {
      return yield* fail(`${act.external_userid} is no customer of ${act.userid}`)
    }
    const body = { UserID: member.user.userid, ExternalUserID: act.external_userid }
    return { corp, member, customer, follow, body }
  })

const groupOf = (act: InGroup) =>
  Effect.flatMap(corpOf(act), (corp) => {
    const group = State.customersOf(corp).groups.get(act.chat_id)
    return group === undefined ? fail(`there is no customer group ${act.chat_id}`) : Effect.succeed({ corp, group })
  })

/** Those are told who may see the owner. */
const tellOf = (corp: Corp, group: State.Group, notice: Notice): Told => {
  const owner = findMember(corp, group.owner)
  return owner === undefined ? Effect.succeed([]) : tell(corp, seeing(corp, owner, notice))
}

const update = (
  act: InGroup,
  change: (group: State.Group) => void,
  notice: (body: { readonly ChatId: string; readonly MemChangeList: ReadonlyArray<string> }) => Notice
): Told =>
  Effect.flatMap(groupOf(act), ({ corp, group }) => {
    change(group)
    return tellOf(corp, group, notice({ ChatId: group.id, MemChangeList: [] }))
  })

const changeOf = (group: State.Group, before: string, changed: ReadonlyArray<{ readonly id: string }>) => ({
  ChatId: group.id,
  MemChangeCnt: changed.length,
  MemChangeList: changed.map(({ id }) => id),
  LastMemVer: before,
  CurMemVer: State.memberVersion(group)
})
