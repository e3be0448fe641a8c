/** 企业服务人员管理, 客户管理, 统计管理. */
import * as DateTime from "effect/DateTime"
import { UserStatus } from "../../../../contacts/UserStatus.ts"
import { Customers, FollowedContact, ServedContact } from "../../../../customers/Customers.ts"
import {
  CustomerStatistics,
  DayStatistics,
  GroupStatistics,
  OwnerStatistics,
  UserBehavior
} from "../../../../customers/CustomerStatistics.ts"
import { FollowInfo, FollowUser, FollowUserTag } from "../../../../customers/ExternalContact.ts"
import { FollowUserCheck, FollowUsers } from "../../../../customers/FollowUsers.ts"
import { cut } from "../../../engine/FieldCodes.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { also, existing, refuse, route } from "../../../engine/Route.ts"
import {
  departmentsUnder,
  isSeenMember,
  seenDepartment,
  seenMember,
  seenMembers,
  type Viewer
} from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { day, daysOf, midnight, timeOf } from "../../../engine/Times.ts"
import { type Corp, findMember, type Member } from "../../../engine/World.ts"
import { type Customer, customersOf, type Follow, type Group, settle, tagsOf } from "../Customers.ts"

/** Whether a member may use customer contact. */
export const mayFollow = (corp: Corp, { user }: Member): boolean =>
  user.status === UserStatus.Activated && !customersOf(corp).excluded.has(user.userid.toLowerCase())

/** The member with a userid, who may use customer contact. */
export const followerOf = (viewer: Viewer, userid: string): Member => {
  const member = seenMember(viewer, userid)
  return mayFollow(viewer.corp, member) ? member : refuse(84074)
}

/** The customer with an id, and how a member follows them. */
export const followOf = (
  viewer: Viewer,
  userid: string,
  externalUserid: string
): { customer: Customer; follow: Follow } => {
  seenMember(viewer, userid)
  const customer = existing(customersOf(viewer.corp).customers, externalUserid, 40096)
  return { customer, follow: existing(customer.follows, userid.toLowerCase(), 84061) }
}

/** The members of departments, those of the departments below included. */
const membersOf = (viewer: Viewer, departments: ReadonlyArray<number>): ReadonlyArray<Member> => {
  const { corp } = viewer
  const ids = new Set(
    departments.flatMap((id) => departmentsUnder(corp, seenDepartment(viewer, id).id).map(({ id }) => id))
  )
  return [...corp.members.values()].filter(({ user }) => user.department.some((id) => ids.has(id)))
}

const followUsers = [
  route(
    FollowUsers.endpoints.list,
    (call) => seenMembers(call).filter((member) => mayFollow(call.corp, member)).map(({ user }) => user.userid)
  ),
  route(FollowUsers.endpoints.check, (call) => {
    const { corp, input } = call
    const users = (input.userid ?? []).map((userid) => seenMember(call, userid))
    const allowed = (id: number) => membersOf(call, [id]).every((member) => mayFollow(corp, member))
    const parties = input.partyid ?? []
    const check = (wanted: boolean) => ({
      userid: users.filter((member) => mayFollow(corp, member) === wanted).map(({ user }) => user.userid),
      partyid: parties.filter((id) => allowed(id) === wanted)
    })
    return new FollowUserCheck({ authorized: check(true), unauthorized: check(false) })
  })
]

/** The follows of the members whom the app sees: those of members who left are to be handed over, and not shown. */
const present = (viewer: Viewer, customer: Customer): ReadonlyArray<Follow> =>
  [...customer.follows.values()].filter(({ userid }) => isSeenMember(viewer, userid))

const notes = (follow: Follow) => ({
  userid: follow.userid,
  remark: follow.remark ?? "",
  description: follow.description ?? "",
  createtime: timeOf(follow.at),
  remark_corp_name: follow.company,
  remark_mobiles: follow.mobiles,
  add_way: follow.addWay,
  oper_userid: follow.by,
  state: follow.state
})

const followUser = (corp: Corp, follow: Follow): FollowUser =>
  new FollowUser({ ...notes(follow), tags: tagsOf(corp, follow).map((tag) => new FollowUserTag(tag)) })

const detail = (viewer: Viewer, externalUserid: string) => {
  const { corp } = viewer
  const customer = existing(customersOf(corp).customers, externalUserid, 40096)
  const follows = present(viewer, customer)
  if (follows.length === 0) {
    // Somebody follows the customer, whom the app does not see.
    refuse([...customer.follows.keys()].some((key) => findMember(corp, key) !== undefined) ? 40096 : 84061)
  }
  return { external_contact: customer.contact, follows: follows.map((follow) => followUser(corp, follow)) }
}

/** The ids of contacts are others in each round of pages. */
const rounds = State.make("customers/rounds", () => ({ current: 0 }))

const management = [
  route(Customers.endpoints.list, (call) => {
    const { corp, input, now } = call
    settle(corp, now)
    const key = followerOf(call, input.userid).user.userid.toLowerCase()
    const ids = [...customersOf(corp).customers.values()].filter(({ follows }) => follows.has(key)).map(
      ({ contact }) => contact.external_userid
    )
    return ids.length === 0 ? refuse(84061) : ids
  }),
  route(Customers.endpoints.get, (call) => {
    const { corp, input, now } = call
    settle(corp, now)
    const { external_contact, follows } = detail(call, input.external_userid)
    const { items, next_cursor } = pageOf(follows, input.cursor, 500)
    return { external_contact, follow_user: items, next_cursor }
  }),
  also(
    route(Customers.endpoints.listByUsers, (call) => {
      const { corp, input, now } = call
      settle(corp, now)
      const all = input.userid_list.flatMap((userid) => {
        const key = followerOf(call, userid).user.userid.toLowerCase()
        return [...customersOf(corp).customers.values()].flatMap(({ contact, follows }) => {
          const follow = follows.get(key)
          return follow === undefined ? [] : [
            new FollowedContact({
              external_contact: contact,
              follow_info: new FollowInfo({ ...notes(follow), tag_id: [...follow.tags] })
            })
          ]
        })
      })
      const { items, next_cursor } = pageOf(all, input.cursor, input.limit ?? 50)
      return { external_contact_list: items, next_cursor: next_cursor ?? "" }
    }, { limit: cut() }),
    { former: { userid: (userid) => ({ userid_list: [userid] }) } }
  ),
  route(Customers.endpoints.remark, (call) => {
    const { input } = call
    const { customer, follow } = followOf(call, input.userid, input.external_userid)
    follow.remark = input.remark ?? follow.remark
    follow.description = input.description ?? follow.description
    if (customer.contact.type === 1) follow.company = input.remark_company ?? follow.company
    follow.mobiles = input.remark_mobiles?.filter((mobile) => mobile !== "") ?? follow.mobiles
  }),
  route(Customers.endpoints.listServed, (call) => {
    const { corp, input, now } = call
    settle(corp, now)
    const round = rounds(corp)
    if (input.cursor === undefined || input.cursor === "") round.current += 1
    const tmp = (id: string) => `tmp-${round.current}-${id}`
    const followed = [...customersOf(corp).customers.values()].flatMap((customer) =>
      present(call, customer).map(({ at, userid }) => {
        const { external_userid } = customer.contact
        return new ServedContact({
          is_customer: true,
          tmp_openid: tmp(external_userid),
          external_userid,
          follow_userid: userid,
          add_time: timeOf(at)
        })
      })
    )
    const grouped = [...customersOf(corp).groups.values()].flatMap(({ id, members, owner }) =>
      members.filter(({ external }) => external).map((member) => {
        const known = customersOf(corp).customers.has(member.id)
        return new ServedContact({
          is_customer: known,
          tmp_openid: tmp(member.id),
          ...(known ? { external_userid: member.id } : { name: "***", follow_userid: owner }),
          chat_id: id,
          add_time: timeOf(member.at)
        })
      })
    )
    const { items, next_cursor } = pageOf([...followed, ...grouped], input.cursor, input.limit ?? 1000)
    return { info_list: items, next_cursor: next_cursor ?? "" }
  }),
  route(Customers.endpoints.getLegacy, (call) => {
    const { corp, input, now } = call
    settle(corp, now)
    const { external_contact, follows } = detail(call, input.external_userid)
    return { external_contact, follow_user: follows }
  }),
  route(Customers.endpoints.getMobileHashcodeLegacy, ({ world }) => world.text(20))
]

/** What the simulator can tell of groups until the end of a day: it keeps no messages of customers. */
const statisticsOf = (groups: ReadonlyArray<Group>, first: number, end: number): GroupStatistics => {
  const then = groups.filter(({ at }) => at < end)
  const members = then.flatMap((group) => group.members).filter(({ at }) => at < end)
  return new GroupStatistics({
    new_chat_cnt: then.filter(({ at }) => at >= first).length,
    chat_total: then.length,
    chat_has_msg: 0,
    new_member_cnt: members.filter(({ at }) => at >= first).length,
    member_total: members.length,
    member_has_msg: 0,
    msg_total: 0
  })
}

const ownedBy = (corp: Corp, userid: string): ReadonlyArray<Group> =>
  [...customersOf(corp).groups.values()].filter(({ owner }) => owner.toLowerCase() === userid.toLowerCase())

const orders = { 1: "new_chat_cnt", 2: "chat_total", 3: "new_member_cnt", 4: "member_total" } as const

const statistics = [
  route(CustomerStatistics.endpoints.listUserBehavior, (call) => {
    const { corp, input } = call
    const members = [
      ...(input.userid ?? []).map((userid) => followerOf(call, userid)),
      ...membersOf(call, input.partyid ?? [])
    ]
    const keys = new Set(members.map(({ user }) => user.userid.toLowerCase()))
    const added = [...customersOf(corp).customers.values()].flatMap(({ contact, follows }) =>
      [...follows].filter(([key]) => keys.has(key)).map(([, { at, by }]) => ({
        at,
        own: by !== contact.external_userid
      }))
    )
    return daysOf(DateTime.toEpochMillis(input.start_time), DateTime.toEpochMillis(input.end_time)).map((start) => {
      const today = added.filter(({ at }) => at >= start && at < start + day)
      return new UserBehavior({
        stat_time: timeOf(start),
        chat_cnt: 0,
        message_cnt: 0,
        negative_feedback_cnt: 0,
        new_apply_cnt: today.filter(({ own }) => own).length,
        new_contact_cnt: today.length
      })
    })
  }),
  route(CustomerStatistics.endpoints.listGroups, (call) => {
    const { corp, input } = call
    const owners = ownersOf(call)
    const first = DateTime.toEpochMillis(input.day_begin_time)
    const last = DateTime.toEpochMillis(input.day_end_time ?? input.day_begin_time)
    const key = orders[(input.order_by ?? 1) as keyof typeof orders] // a checked GroupStatisticsOrder
    const sign = input.order_asc === true ? 1 : -1
    const all = owners.map((owner) =>
      new OwnerStatistics({
        owner,
        data: statisticsOf(ownedBy(corp, owner), midnight(first), midnight(last) + day)
      })
    ).toSorted((a, b) => sign * ((a.data[key] ?? 0) - (b.data[key] ?? 0)))
    const { limit = 500, offset = 0 } = input
    const items = all.slice(offset, offset + limit)
    return { items, total: all.length, next_offset: offset + items.length }
  }),
  route(CustomerStatistics.endpoints.listGroupsByDay, (call) => {
    const { corp, input } = call
    const owners = ownersOf(call)
    const first = DateTime.toEpochMillis(input.day_begin_time)
    const last = DateTime.toEpochMillis(input.day_end_time ?? input.day_begin_time)
    const groups = owners.flatMap((owner) => ownedBy(corp, owner))
    return daysOf(first, last).map((start) =>
      new DayStatistics({ stat_time: timeOf(start), data: statisticsOf(groups, start, start + day) })
    )
  })
]

/** Whose groups are asked for: those named, who must be visible, or all who own one. */
const ownersOf = (
  call: Viewer & {
    readonly input: { readonly owner_filter?: { readonly userid_list: ReadonlyArray<string> } | undefined }
  }
): ReadonlyArray<string> => {
  const named = call.input.owner_filter?.userid_list
  for (const owner of named ?? []) seenMember(call, owner)
  return named ?? [...new Set([...customersOf(call.corp).groups.values()].map(({ owner }) => owner))]
    .filter((owner) => isSeenMember(call, owner))
}

export const customers = [...followUsers, ...management, ...statistics]
