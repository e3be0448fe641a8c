/** 小程序接入对外收款: the orders and refunds of a corp's mini programs. */
import { Order, type Refund } from "../../../payments/MiniProgramPayments.ts"
import * as State from "../../engine/State.ts"
import type { App, Corp } from "../../engine/World.ts"

/** An order, as it is kept. */
export interface KeptOrder {
  /** The app that has made it, which is told of it. */
  readonly owner: App
  readonly appid: string
  /** In milliseconds of the epoch. */
  readonly at: number
  order: Order
}

/** A refund, as it is kept. */
export interface KeptRefund {
  readonly owner: App
  readonly mchid: string
  readonly total: number
  refund: Refund
}

/** What a corp has of it; nothing at first. */
export const paymentsOf = State.make("payments/mini-program", (_: Corp) => ({
  /** By {@link keyOf}. */
  orders: new Map<string, KeptOrder>(),
  refunds: new Map<string, KeptRefund>()
}))

/** A number of a merchant's. */
export const keyOf = (mchid: string, number: string): string => `${mchid}/${number}`

/** The order with other fields. */
export const changed = (kept: KeptOrder, changes: Partial<typeof Order.Type>): void => {
  kept.order = new Order({ ...kept.order, ...changes })
}
