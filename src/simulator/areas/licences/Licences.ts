/** 接口许可: what a provider has ordered for corps, and the licences that came of it. */
import * as DateTime from "effect/DateTime"
import type { LicenceCounts, LicenceDuration } from "../../../licences/LicenceOrders.ts"
import { LicenceOrderStatus, LicenceOrderType } from "../../../licences/LicenceOrders.ts"
import { LicenceType } from "../../../licences/LicenceType.ts"
import { openIdOf, plainIdOf } from "../../engine/OpenIds.ts"
import { refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import type { Corp, Provider, World } from "../../engine/World.ts"

/** A licence, as it is kept. Times are in milliseconds of the epoch. */
export interface Kept {
  readonly active_code: string
  readonly type: number
  /** The id of the corp that it belongs to. */
  corp: string
  readonly orderedAt: number
  /** How long it lasts once it is activated. */
  readonly life: number
  userid?: string | undefined
  activeAt?: number | undefined
  expiresAt?: number | undefined
  /** When it was last handed on. */
  movedAt?: number | undefined
  /** The code that it was merged into, or the one merged into it. */
  mergedTo?: string | undefined
  mergedFrom?: string | undefined
  sharedFrom?: string | undefined
}

/** An order, as it is kept. */
export interface KeptOrder {
  readonly order_id: string
  readonly type: typeof LicenceOrderType.Purchase | typeof LicenceOrderType.Renewal
  status: number
  readonly corp: string
  readonly buyer: string
  readonly counts: LicenceCounts
  readonly duration: LicenceDuration
  readonly at: number
  paidAt?: number | undefined
  /** The codes that it has bought. */
  codes: ReadonlyArray<string>
  /** Whose licences it renews. */
  readonly renewals: ReadonlyArray<{ readonly userid: string; readonly type: number }>
}

/** What a provider has of licences. */
export const licencesOf = State.make("licences/licences", (_: Provider) => ({
  orders: new Map<string, KeptOrder>(),
  jobs: new Map<
    string,
    { readonly corp: string; readonly renewals: Array<{ readonly userid: string; readonly type: number }> }
  >(),
  payments: new Map<string, string>(),
  licences: new Map<string, Kept>(),
  /** Corps whose members activate licences by using an app. */
  automatic: new Set<string>()
}))

export type Licences = ReturnType<typeof licencesOf>

/** In milliseconds. */
export const day = 24 * 60 * 60_000

/** The corp with an id, plain or as the provider knows it. */
export const corpWith = (world: World, corpid: string): Corp =>
  world.corps.get(corpid) ??
    [...world.corps.values()].find((corp) => openIdOf(corp, "corp", corp.id) === corpid) ??
    refuse(40013, "invalid corpid")

/** The plain userid of a member, given as that or as the provider knows it. */
export const useridOf = (corp: Corp, userid: string): string | undefined => {
  const plain = [...corp.members.values()].map(({ user }) => user.userid)
  return corp.members.get(userid.toLowerCase())?.user.userid ?? plainIdOf(corp, "user", userid, plain)
}

/** The licence of a type that a member has, valid or not. */
export const licenceOf = (all: Licences, corp: Corp, userid: string, type: number): Kept | undefined =>
  [...all.licences.values()].find((one) =>
    one.corp === corp.id && one.userid === userid && one.type === type && one.mergedTo === undefined
  )

/** Gives a member a licence: 701xxx if that cannot be. */
export const activate = (all: Licences, corp: Corp, code: string, given: string, now: number): Kept => {
  const licence = all.licences.get(code)
  if (licence === undefined || licence.corp !== corp.id) return refuse(701021)
  const userid = useridOf(corp, given) ?? refuse(701019)
  if (licence.userid !== undefined || licence.mergedTo !== undefined) refuse(701003)
  const before = licenceOf(all, corp, userid, licence.type)
  const left = Math.max(0, (before?.expiresAt ?? 0) - now)
  if (left > 20 * day) refuse(701082)
  if (left + licence.life > 1860 * day) refuse(701030)
  if (before !== undefined) {
    before.mergedTo = code
    licence.mergedFrom = before.active_code
  }
  Object.assign(licence, { userid, activeAt: now, expiresAt: now + licence.life + left })
  return licence
}

/** Pays an order: the codes that it buys come to be, or the licences that it renews continue. */
export const settle = (all: Licences, world: World, order: KeptOrder, now: number): void => {
  if (order.status !== LicenceOrderStatus.AwaitingPayment) refuse(701084)
  const { days = 0, months = 0, new_expire_time } = order.duration
  const life = (months * 31 + days) * day
  const buy = (type: number, count = 0) =>
    Array.from({ length: count }, () => {
      const active_code = world.id("code_")
      all.licences.set(active_code, { active_code, type, corp: order.corp, orderedAt: now, life })
      return active_code
    })
  order.codes = order.type === LicenceOrderType.Purchase
    ? [
      ...buy(LicenceType.Base, order.counts.base_count),
      ...buy(LicenceType.External, order.counts.external_contact_count)
    ]
    : []
  const corp = world.corps.get(order.corp)
  for (const { type, userid } of order.renewals) {
    const licence = corp && licenceOf(all, corp, userid, type)
    if (licence === undefined) continue
    licence.expiresAt = new_expire_time === undefined
      ? Math.max(licence.expiresAt ?? now, now) + life
      : DateTime.toEpochMillis(new_expire_time)
  }
  order.status = LicenceOrderStatus.Paid
  order.paidAt = now
}

/** Gives the money of an order back: the licences that it has bought are gone. Or refuses to. */
export const refund = (all: Licences, order: KeptOrder, granted: boolean): void => {
  order.status = granted ? LicenceOrderStatus.Refunded : LicenceOrderStatus.RefundRefused
  if (!granted) return
  for (const code of order.codes) all.licences.delete(code)
  order.codes = []
}
