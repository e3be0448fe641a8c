/** 在职继承, 离职继承. */
import {
  CustomerDeletionSource,
  ExternalContactAdded,
  ExternalContactDeleted,
  SuiteExternalContactAdded,
  SuiteExternalContactDeleted
} from "../../../../callback/events/ExternalContactEvents.ts"
import {
  CustomerTransfer,
  CustomerTransferResult,
  CustomerTransfers,
  CustomerTransferStatus,
  FailedGroupTransfer,
  UnassignedCustomer
} from "../../../../customers/CustomerTransfers.ts"
import * as ErrorCode from "../../../../ErrorCode.ts"
import { announce, eventAndCommand, seeing } from "../../../engine/Audience.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import { seenMember, type Viewer } from "../../../engine/Sight.ts"
import { timeOf } from "../../../engine/Times.ts"
import { type Corp, findMember } from "../../../engine/World.ts"
import { customersOf, type Handover, handoverTime, settle } from "../Customers.ts"
import { followerOf } from "./customers.ts"

const { endpoints } = CustomerTransfers

const days90 = 90 * 24 * 3600_000

interface Parties {
  readonly handover_userid: string
  readonly takeover_userid: string
}

/** Starts handing one customer over; returns the result. Apps are told when it is done. */
const start = (
  call: Omit<AppCall<void>, "input">,
  { from, to, resigned }: Pick<Handover, "from" | "to" | "resigned">,
  id: string
) => {
  const { corp, later, now } = call
  const { customers, handovers } = customersOf(corp)
  const customer = customers.get(id)
  if (customer === undefined) return 40096
  if (from === to) return 40130
  if (!customer.follows.has(from)) return 40131
  const before = handovers.filter((handover) => handover.customer === id && handover.from === from)
  if (before.some(({ status }) => status === "waiting")) return 40129
  const recent = handovers.filter(({ at, customer, resigned }) => customer === id && !resigned && at > now - days90)
  if (!resigned && recent.length >= 2) return 40128
  const handover: Handover = { customer: id, from, to, resigned, at: now, status: "waiting", acquainted: false }
  handovers.push(handover)
  later(handoverTime, (now) => {
    settle(corp, now)
    if (handover.status === "done") announceDone({ ...call, now }, handover)
  })
  return 0
}

const announceDone = (
  call: Omit<AppCall<void>, "input">,
  { acquainted, customer, from, resigned, to }: Handover
): void => {
  const { corp } = call
  const [before, after] = [findMember(corp, from), findMember(corp, to)]
  if (before !== undefined && !resigned) {
    const notice = eventAndCommand(ExternalContactDeleted, SuiteExternalContactDeleted, {
      UserID: before.user.userid,
      ExternalUserID: customer,
      Source: CustomerDeletionSource.Transfer
    })
    announce(call, seeing(corp, before, notice))
  }
  if (after !== undefined && !acquainted) {
    const notice = eventAndCommand(ExternalContactAdded, SuiteExternalContactAdded, {
      UserID: after.user.userid,
      ExternalUserID: customer
    })
    announce(call, seeing(corp, after, notice))
  }
}

const parties = (viewer: Viewer, input: Parties, resigned: boolean) => {
  const { corp } = viewer
  const from = input.handover_userid.toLowerCase()
  const here = findMember(corp, from) !== undefined
  if (resigned && here) refuse(40097)
  if (!here && !followed(corp, from)) refuse(60111)
  if (!resigned) seenMember(viewer, from)
  return { from, to: followerOf(viewer, input.takeover_userid).user.userid.toLowerCase(), resigned }
}

/** Whether a member had customers. */
const followed = (corp: Corp, key: string): boolean =>
  customersOf(corp).handovers.some(({ from }) => from === key) ||
  [...customersOf(corp).customers.values()].some(({ follows }) => follows.has(key)) ||
  [...customersOf(corp).groups.values()].some(({ owner }) => owner.toLowerCase() === key)

const transferRoute = (
  endpoint: typeof endpoints.transfer | typeof endpoints.transferResigned,
  resigned: boolean
) =>
  route(endpoint, (call) => {
    const { corp, input, now } = call
    settle(corp, now)
    const between = parties(call, input, resigned)
    return input.external_userid.map((external_userid) =>
      new CustomerTransfer({ external_userid, errcode: start(call, between, external_userid) })
    )
  })

const statuses = {
  waiting: CustomerTransferStatus.Waiting,
  done: CustomerTransferStatus.Succeeded,
  refused: CustomerTransferStatus.Refused
} as const

const standing = ({ at, status }: Handover) => ({
  status: statuses[status],
  takeover_time: status === "refused" ? undefined : timeOf(at + handoverTime)
})

const resultsRoute = (
  endpoint: typeof endpoints.listResults | typeof endpoints.listResignedResults,
  resigned: boolean
) =>
  route(endpoint, ({ corp, input, now }) => {
    settle(corp, now)
    const [from, to] = [input.handover_userid.toLowerCase(), input.takeover_userid.toLowerCase()]
    const all = customersOf(corp).handovers.filter((handover) =>
      handover.from === from && handover.to === to && handover.resigned === resigned
    )
    const { items, next_cursor } = pageOf(all, input.cursor, 1000)
    return {
      customer: items.map((handover) =>
        new CustomerTransferResult({ external_userid: handover.customer, ...standing(handover) })
      ),
      next_cursor: next_cursor ?? ""
    }
  })

const groupsRoute = (
  endpoint: typeof endpoints.transferGroups | typeof endpoints.transferResignedGroups,
  resigned: boolean
) =>
  route(endpoint, (call) => {
    const { corp, input, now } = call
    const owner = followerOf(call, input.new_owner).user.userid
    return input.chat_id_list.flatMap((chat_id) => {
      const group = customersOf(corp).groups.get(chat_id)
      const here = group !== undefined && findMember(corp, group.owner) !== undefined
      const errcode = group === undefined
        ? 90501
        : resigned && here
        ? group.inherited ? 90508 : 90500
        : !resigned && !here
        ? 90502
        : group.owner.toLowerCase() === owner.toLowerCase()
        ? 90504
        : !resigned && group.handovers.filter((at) => at > now - days90).length >= 2
        ? 40128
        : 0
      if (group === undefined || errcode !== 0) {
        return [new FailedGroupTransfer({ chat_id, errcode, errmsg: ErrorCode.label(errcode) })]
      }
      group.owner = owner
      group.inherited ||= resigned
      if (!resigned) group.handovers.push(now)
      return []
    })
  })

export const customerTransfers = [
  transferRoute(endpoints.transfer, false),
  transferRoute(endpoints.transferResigned, true),
  resultsRoute(endpoints.listResults, false),
  resultsRoute(endpoints.listResignedResults, true),
  groupsRoute(endpoints.transferGroups, false),
  groupsRoute(endpoints.transferResignedGroups, true),
  route(endpoints.listUnassigned, ({ corp, input, now }) => {
    settle(corp, now)
    const { customers, handovers, left } = customersOf(corp)
    const all = [...customers.values()].flatMap(({ contact, follows }) =>
      [...follows].flatMap(([key, { userid }]) => {
        if (findMember(corp, key) !== undefined) return []
        if (
          handovers.some(({ customer, from, status }) =>
            status === "waiting" && from === key && customer === contact.external_userid
          )
        ) return []
        // Nobody tells when a member left: it is taken to be when that is first seen.
        if (!left.has(key)) left.set(key, now)
        return [
          new UnassignedCustomer({
            handover_userid: userid,
            external_userid: contact.external_userid,
            dimission_time: timeOf(left.get(key) ?? now)
          })
        ]
      })
    )
    const limit = input.page_size ?? 1000
    if (input.page_id !== undefined) {
      const end = (input.page_id + 1) * limit
      return { info: all.slice(end - limit, end), is_last: end >= all.length }
    }
    const { items, next_cursor } = pageOf(all, input.cursor, limit)
    return { info: items, is_last: next_cursor === undefined, next_cursor: next_cursor ?? "" }
  }),
  route(endpoints.transferLegacy, (call) => {
    const { corp, input, now } = call
    settle(corp, now)
    const resigned = findMember(corp, input.handover_userid) === undefined
    const errcode = start(call, parties(call, input, resigned), input.external_userid)
    if (errcode !== 0) refuse(errcode)
  }),
  route(endpoints.getResultLegacy, ({ corp, input, now }) => {
    settle(corp, now)
    const [from, to] = [input.handover_userid.toLowerCase(), input.takeover_userid.toLowerCase()]
    const found = customersOf(corp).handovers.findLast((handover) =>
      handover.customer === input.external_userid && handover.from === from && handover.to === to
    )
    return found === undefined
      ? { status: CustomerTransferStatus.NoRecord, takeover_time: undefined }
      : standing(found)
  })
]
