/**
 * What the types of customers allow, and what they refuse.
 */
import type { Effect, Stream } from "effect"
import { PartialResult, type WeComError } from "effect-wecom"
import {
  type ContactWays,
  type CustomerGroups,
  type Customers,
  type CustomerStrategies,
  type CustomerTransfer,
  type CustomerTransfers,
  type CustomerTransferStatus,
  type ExternalContact,
  type FollowedContact,
  FollowUserAddWay,
  StrategyRange
} from "effect-wecom/customers"

declare const customers: Customers["Service"]
declare const transfers: CustomerTransfers["Service"]
declare const groups: CustomerGroups["Service"]
declare const strategies: CustomerStrategies["Service"]
declare const ways: ContactWays["Service"]
declare const contact: ExternalContact

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const same = <_ extends true>(): void => {}

// Pages and streams of them take the same input, and answer models.
const stream = customers.listAllByUsers({ userid_list: ["zhangsan"] })
same<Equals<typeof stream, Stream.Stream<FollowedContact, WeComError>>>()
transfers.listAllUnassigned()
ways.listAll()
// @ts-expect-error: the document requires a limit
groups.listAll({})

// A part that failed is an error of its own, with the items that did.
const strict = PartialResult.failOnPartial(
  transfers.transfer({ handover_userid: "a", takeover_userid: "b", external_userid: ["wm1"] })
)
same<
  Equals<
    typeof strict,
    Effect.Effect<ReadonlyArray<CustomerTransfer>, WeComError | PartialResult.PartialFailure<CustomerTransfer>>
  >
>()
// @ts-expect-error: groups have no items with an errcode
PartialResult.failOnPartial(groups.list({ limit: 1 }))

// Numeric codes have names, and stay open.
same<Equals<typeof FollowUserAddWay.Assigned, 202>>()
same<Equals<typeof CustomerTransferStatus.Refused, 3>>()
// @ts-expect-error: no such way
void FollowUserAddWay.Telepathy
// @ts-expect-error: codes are numbers
groups.list({ limit: 1, status_filter: "1" })

// A node of a range is a member or a department, not both or neither.
const rule = { strategy_name: "甲", admin_list: ["zhangsan"] }
strategies.create({ ...rule, range: [StrategyRange.member("zhangsan"), { type: 2, partyid: 1 }] })
// @ts-expect-error: type 1 is a member
strategies.create({ ...rule, range: [{ type: 1, partyid: 1 }] })
// @ts-expect-error: type 2 is a department
strategies.create({ ...rule, range: [{ type: 2, userid: "zhangsan" }] })
// @ts-expect-error: no such type
strategies.create({ ...rule, range: [{ type: 3, userid: "zhangsan" }] })

// Attributes are told apart by their type.
for (const attribute of contact.external_profile?.external_attr ?? []) {
  if (attribute.type === 0) attribute.text.value.trim()
  // @ts-expect-error: a text has no URL
  if (attribute.type === 0) void attribute.web
  if (attribute.type === "Unknown") void attribute.value
}

// Names are the vendor's, and misspelt ones are refused.
// @ts-expect-error: external_userid
customers.get({ externalUserid: "wm1" })
// @ts-expect-error: the member who takes over is missing
transfers.transfer({ handover_userid: "a", external_userid: ["wm1"] })
