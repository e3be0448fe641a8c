/** 微信支付商户: the merchant that each corp has bound, its money, and the orders that it has made. */
import * as Redacted from "effect/Redacted"
import { appSignature, type Fields, paySignature } from "../../../internal/kernel/merchantSignature.ts"
import * as State from "../../engine/State.ts"
import type { Corp, Member, World } from "../../engine/World.ts"

/** What a merchant is asked to pay. */
export interface Order {
  /** 商户订单号. */
  readonly number: string
  readonly kind: "red packet" | "payment"
  readonly openid: string
  /** In fen. */
  readonly amount: number
  /** The request without what differs from one attempt to the next. */
  readonly fields: Fields
  /** 微信单号. */
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
  /** When the member took it, if it is a red packet. */
  receivedAt?: number | undefined
  /** Why it failed. */
  readonly failed?: string | undefined
  /** Still in process until then. */
  readonly pendingUntil?: number | undefined
}

/** What happens to an order whose answer is another one. */
export const outcomes = ["paid", "nothing", "pending", "failed"] as const

/** An answer that comes once in place of the next one to an order. */
export interface Disturbance {
  readonly code: string
  readonly text: string
  /** What happens to the order all the same. */
  readonly outcome: (typeof outcomes)[number]
}

/** A merchant, as it is kept. */
export interface Merchant {
  readonly id: string
  readonly key: Redacted.Redacted
  /** In fen. */
  balance: number
  /** By number, red packets apart from payments. */
  readonly orders: Map<string, Order>
  readonly disturbances: Array<Disturbance>
}

/** The merchant of a corp: 100,000 CNY, and a key of its own. */
export const merchantOf = State.make("payments/merchant", (corp: Corp): Merchant => {
  const digits = [...corp.id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_000_000, 7)
  const id = `19${digits.toString().padStart(8, "0")}`
  return {
    id,
    key: Redacted.make(`key${id}`.padEnd(32, "0")),
    balance: 10_000_000,
    orders: new Map(),
    disturbances: []
  }
})

/** Whose merchant has the id. */
export const corpOfMerchant = ({ corps }: World, id: string | undefined): Corp | undefined =>
  [...corps.values()].find((corp) => merchantOf(corp).id === id)

/** Whether the merchant has signed the request. */
export const isSigned = (merchant: Merchant, fields: Fields): boolean =>
  paySignature(fields, merchant.key) === fields.sign

/** Whether the app in whose name is paid has signed the request; any app of the corp, where none is named. */
export const isSignedByApp = (corp: Corp, fields: Fields, names: ReadonlyArray<string>): boolean =>
  corp.apps.some(({ agentId, secret }) =>
    (fields.agentid === undefined || fields.agentid === String(agentId)) &&
    appSignature(fields, names, secret) === fields.workwx_sign
  )

/** The member with an openid. */
export const memberWith = (corp: Corp, openid: string): Member | undefined =>
  [...corp.members.values()].find((member) => member.openid === openid)

const day = 24 * 60 * 60_000

/** What has become of a red packet. */
export const redPacketStatus = (order: Order, now: number) =>
  order.failed !== undefined
    ? "FAILED"
    : (order.pendingUntil ?? 0) > now
    ? "SENDING"
    : order.receivedAt !== undefined
    ? "RECEIVED"
    : now - order.at >= day
    ? "REFUND"
    : "SENT"

/** What has become of a payment. */
export const paymentStatus = (order: Order, now: number) =>
  order.failed !== undefined ? "FAILED" : (order.pendingUntil ?? 0) > now ? "PROCESSING" : "SUCCESS"

/** What a member got, or was offered, on the day of China that `now` is in. */
export const ofToday = (
  merchant: Merchant,
  kind: Order["kind"],
  now: number,
  openid?: string
): ReadonlyArray<Order> => {
  const today = Math.floor((now + day / 3) / day)
  return [...merchant.orders.values()].filter((order) =>
    order.kind === kind && order.failed === undefined && (openid === undefined || order.openid === openid) &&
    Math.floor((order.at + day / 3) / day) === today
  )
}
