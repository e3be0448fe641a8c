/** 接口许可: orders, renewals, payment, activation, inheritance and sharing. */
import * as DateTime from "effect/DateTime"
import { LicenceOrderPaid } from "../../../callback/events/LicenceEvents.ts"
import {
  ActivationResult,
  FailedLicenceShare,
  FoundLicences,
  Licence,
  LicenceAccounts,
  LicenceStatus,
  LicenceTransferResult,
  LicensedMember,
  LicensedMembersPage,
  MemberLicences
} from "../../../licences/LicenceAccounts.ts"
import {
  InvalidRenewal,
  LicenceCounts,
  LicenceDuration,
  LicenceJobStatus,
  LicenceOrder,
  LicenceOrderAccount,
  LicenceOrderAccountsPage,
  LicenceOrders,
  LicenceOrdersPage,
  LicenceOrderStatus,
  LicenceOrderSummary,
  LicenceOrderType,
  LicencePaymentResult,
  RenewalJob
} from "../../../licences/LicenceOrders.ts"
import { LicenceSettings } from "../../../licences/LicenceSettings.ts"
import { LicenceType } from "../../../licences/LicenceType.ts"
import { pageOf } from "../../engine/Pages.ts"
import { existing, providerRoute, Refusal, refuse } from "../../engine/Route.ts"
import { timeOf } from "../../engine/Times.ts"
import { activate, corpWith, day, type Kept, licenceOf, licencesOf, settle, useridOf } from "./Licences.ts"

const { endpoints: orders } = LicenceOrders
const { endpoints: accounts } = LicenceAccounts
const { endpoints: settings } = LicenceSettings

const when = (at: number | undefined) => at === undefined ? undefined : timeOf(at)

const statusOf = ({ expiresAt, mergedTo, userid }: Kept, now: number) =>
  mergedTo !== undefined
    ? LicenceStatus.Merged
    : userid === undefined
    ? LicenceStatus.Unbound
    : (expiresAt ?? 0) > now
    ? LicenceStatus.Active
    : LicenceStatus.Expired

const licence = (kept: Kept, now: number): Licence =>
  new Licence({
    active_code: kept.active_code,
    type: kept.type,
    status: statusOf(kept, now),
    userid: kept.userid,
    create_time: timeOf(kept.orderedAt),
    active_time: when(kept.activeAt),
    expire_time: when(kept.expiresAt),
    merge_info: kept.mergedTo === undefined && kept.mergedFrom === undefined
      ? undefined
      : { to_active_code: kept.mergedTo, from_active_code: kept.mergedFrom },
    share_info: kept.sharedFrom === undefined ? undefined : { from_corpid: kept.sharedFrom, to_corpid: undefined }
  })

/** What one item of many comes to: 0, or the errcode that it was refused with. */
const errcodeOf = (run: () => void): number => {
  try {
    run()
    return 0
  } catch (error) {
    if (error instanceof Refusal) return error.errcode
    throw error
  }
}

const nextOf = (next_cursor: string | undefined) => ({ next_cursor, has_more: next_cursor !== undefined })

/** The price of a year in fen, as it is listed. */
const price = ({ base_count = 0, external_contact_count = 0 }: LicenceCounts, days: number): number =>
  Math.ceil((base_count * 1000 + external_contact_count * 10_000) * days / 365)

export const routes = [
  providerRoute(orders.create, ({ input, now, provider, world }) => {
    const { account_count, account_duration, buyer_userid, corpid } = input
    const order_id = world.id("O")
    licencesOf(provider).orders.set(order_id, {
      order_id,
      type: LicenceOrderType.Purchase,
      status: LicenceOrderStatus.AwaitingPayment,
      corp: corpWith(world, corpid).id,
      buyer: buyer_userid,
      counts: new LicenceCounts(account_count),
      duration: new LicenceDuration(account_duration),
      at: now,
      codes: [],
      renewals: []
    })
    return order_id
  }),
  providerRoute(orders.createRenewal, ({ input, provider, world }) => {
    const corp = corpWith(world, input.corpid)
    const all = licencesOf(provider)
    const jobid = input.jobid ?? world.id("J")
    if (input.jobid === undefined) all.jobs.set(jobid, { corp: corp.id, renewals: [] })
    const job = existing(all.jobs, jobid, 40058, "invalid jobid")
    const invalid_account_list = input.account_list.flatMap(({ type, userid: given }) => {
      const errcode = errcodeOf(() => {
        const userid = useridOf(corp, given) ?? refuse(701019)
        if (licenceOf(all, corp, userid, type) === undefined) refuse(701004)
        job.renewals.push({ userid, type })
      })
      return errcode === 0 ? [] : [new InvalidRenewal({ errcode, userid: given, type })]
    })
    return new RenewalJob({ jobid, invalid_account_list })
  }),
  providerRoute(orders.submitRenewal, ({ input, now, provider, world }) => {
    const all = licencesOf(provider)
    const { corp, renewals } = existing(all.jobs, input.jobid, 40058, "invalid jobid")
    if (renewals.length === 0) refuse(701025)
    all.jobs.delete(input.jobid)
    const order_id = world.id("O")
    const count = (wanted: number) => renewals.filter(({ type }) => type === wanted).length
    all.orders.set(order_id, {
      order_id,
      type: LicenceOrderType.Renewal,
      status: LicenceOrderStatus.AwaitingPayment,
      corp,
      buyer: input.buyer_userid,
      counts: new LicenceCounts({
        base_count: count(LicenceType.Base),
        external_contact_count: count(LicenceType.External)
      }),
      duration: new LicenceDuration(input.account_duration),
      at: now,
      codes: [],
      renewals
    })
    return order_id
  }),
  providerRoute(orders.list, ({ input = {}, provider, world }) => {
    const corp = input.corpid === undefined ? undefined : corpWith(world, input.corpid).id
    const [start, end] = [input.start_time, input.end_time].map((time) => time && DateTime.toEpochMillis(time))
    const found = [...licencesOf(provider).orders.values()].filter(({ at, corp: own }) =>
      (corp === undefined || own === corp) && (start === undefined || at >= start) && (end === undefined || at <= end)
    )
    const { items, next_cursor } = pageOf(found, input.cursor, input.limit ?? 500)
    return new LicenceOrdersPage({
      order_list: items.map(({ order_id, type: order_type }) => new LicenceOrderSummary({ order_id, order_type })),
      ...nextOf(next_cursor)
    })
  }),
  providerRoute(orders.get, ({ input, provider }) => {
    const order = existing(licencesOf(provider).orders, input.order_id, 701005)
    const { days = 0, months = 0 } = order.duration
    return new LicenceOrder({
      order_id: order.order_id,
      order_type: order.type,
      order_status: order.status,
      price: price(order.counts, months * 31 + days),
      create_time: timeOf(order.at),
      pay_time: when(order.paidAt),
      corpid: order.corp,
      account_count: order.counts,
      account_duration: order.duration
    })
  }),
  providerRoute(orders.listAccounts, ({ input, provider }) => {
    const all = licencesOf(provider)
    const order = existing(all.orders, input.order_id, 701005)
    if (order.paidAt === undefined) refuse(701083)
    const list = order.type === LicenceOrderType.Renewal
      ? order.renewals.map((renewal) => new LicenceOrderAccount(renewal))
      : order.codes.map((active_code) =>
        new LicenceOrderAccount({ active_code, type: all.licences.get(active_code)?.type })
      )
    const { items, next_cursor } = pageOf(list, input.cursor, input.limit ?? 500)
    return new LicenceOrderAccountsPage({ account_list: items, ...nextOf(next_cursor) })
  }),
  providerRoute(orders.cancel, ({ input, provider, world }) => {
    const order = existing(licencesOf(provider).orders, input.order_id, 701005)
    if (input.corpid !== undefined && corpWith(world, input.corpid).id !== order.corp) refuse(701086)
    if (order.status !== LicenceOrderStatus.AwaitingPayment) refuse(701084)
    order.status = LicenceOrderStatus.Cancelled
  }),
  providerRoute(orders.submitPayment, ({ input, notify, now, provider, world }) => {
    const all = licencesOf(provider)
    const order = existing(all.orders, input.order_id, 701005)
    settle(all, world, order, now)
    notify(
      { provider },
      new LicenceOrderPaid({
        ServiceCorpId: provider.corpId,
        AuthCorpId: order.corp,
        TimeStamp: timeOf(now),
        OrderId: order.order_id,
        BuyerUserId: order.buyer
      })
    )
    const jobid = world.id("J")
    all.payments.set(jobid, order.order_id)
    return jobid
  }),
  providerRoute(orders.getPaymentResult, ({ input, provider }) => {
    existing(licencesOf(provider).payments, input.jobid, 40058, "invalid jobid")
    return new LicencePaymentResult({ status: LicenceJobStatus.Done })
  }),
  providerRoute(accounts.activate, ({ input, now, provider, world }) => {
    activate(licencesOf(provider), corpWith(world, input.corpid), input.active_code, input.userid, now)
  }),
  providerRoute(accounts.activateMany, ({ input, now, provider, world }) => {
    const corp = corpWith(world, input.corpid)
    return input.active_list.map(({ active_code, userid }) =>
      new ActivationResult({
        errcode: errcodeOf(() => void activate(licencesOf(provider), corp, active_code, userid, now)),
        active_code,
        userid
      })
    )
  }),
  providerRoute(accounts.activateByType, ({ input, now, provider, world }) => {
    const all = licencesOf(provider)
    const corp = corpWith(world, input.corpid)
    const free = [...all.licences.values()].find(({ corp: own, type, userid }) =>
      own === corp.id && type === input.type && userid === undefined
    ) ?? refuse(701072)
    activate(all, corp, free.active_code, input.userid, now)
  }),
  providerRoute(accounts.get, ({ input, now, provider, world }) => {
    const kept = existing(licencesOf(provider).licences, input.active_code, 701021)
    if (kept.corp !== corpWith(world, input.corpid).id) refuse(701021)
    return licence(kept, now)
  }),
  providerRoute(accounts.getMany, ({ input, now, provider, world }) => {
    const corp = corpWith(world, input.corpid)
    const { licences } = licencesOf(provider)
    const isOwn = (code: string) => licences.get(code)?.corp === corp.id
    return new FoundLicences({
      active_info_list: input.active_code_list.filter(isOwn).flatMap((code) => {
        const kept = licences.get(code)
        return kept === undefined ? [] : [licence(kept, now)]
      }),
      invalid_active_code_list: input.active_code_list.filter((code) => !isOwn(code))
    })
  }),
  providerRoute(accounts.listMembers, ({ input, provider, world }) => {
    const corp = corpWith(world, input.corpid)
    const list = [...licencesOf(provider).licences.values()].flatMap((kept) =>
      kept.corp !== corp.id || kept.userid === undefined || kept.mergedTo !== undefined ? [] : [
        new LicensedMember({
          userid: kept.userid,
          type: kept.type,
          active_time: when(kept.activeAt),
          expire_time: when(kept.expiresAt)
        })
      ]
    )
    const { items, next_cursor } = pageOf(list, input.cursor, input.limit ?? 500)
    return new LicensedMembersPage({ account_list: items, ...nextOf(next_cursor) })
  }),
  providerRoute(accounts.getOfMember, ({ input, now, provider, world }) => {
    const corp = corpWith(world, input.corpid)
    const userid = useridOf(corp, input.userid) ?? refuse(701019)
    const found = LicenceType.values.flatMap((type) => licenceOf(licencesOf(provider), corp, userid, type) ?? [])
    return new MemberLicences({
      active_status: found.some(({ expiresAt = 0 }) => expiresAt > now),
      active_info_list: found.map((kept) => licence(kept, now))
    })
  }),
  providerRoute(accounts.transferMany, ({ input, now, provider, world }) => {
    const all = licencesOf(provider)
    const corp = corpWith(world, input.corpid)
    return input.transfer_list.map(({ handover_userid, takeover_userid }) =>
      new LicenceTransferResult({
        errcode: errcodeOf(() => {
          const from = useridOf(corp, handover_userid) ?? handover_userid
          const to = useridOf(corp, takeover_userid) ?? refuse(701019)
          const found = LicenceType.values.flatMap((type) => licenceOf(all, corp, from, type) ?? [])
            .filter(({ expiresAt = 0 }) => expiresAt > now)
          if (found.length === 0) refuse(701016)
          const hasLeft = !corp.members.has(from.toLowerCase())
          for (const one of found) {
            if (!hasLeft && now - (one.movedAt ?? -Infinity) < 30 * day) refuse(701017)
            const before = licenceOf(all, corp, to, one.type)
            if ((before?.expiresAt ?? 0) - now > 20 * day) refuse(701018)
          }
          for (const one of found) {
            const before = licenceOf(all, corp, to, one.type)
            if (before !== undefined) before.mergedTo = one.active_code
            Object.assign(one, { userid: to, movedAt: now })
          }
        }),
        handover_userid,
        takeover_userid
      })
    )
  }),
  providerRoute(accounts.shareMany, ({ input, provider, world }) => {
    const { licences } = licencesOf(provider)
    const from = corpWith(world, input.from_corpid)
    const to = corpWith(world, input.to_corpid)
    return input.share_list.flatMap(({ active_code }) => {
      const errcode = errcodeOf(() => {
        const kept = existing(licences, active_code, 701021)
        if (kept.corp !== from.id) refuse(701021)
        if (kept.userid !== undefined) refuse(701003)
        if (kept.sharedFrom !== undefined) refuse(701054)
        Object.assign(kept, { corp: to.id, sharedFrom: from.id })
      })
      return errcode === 0 ? [] : [new FailedLicenceShare({ errcode, active_code })]
    })
  }),
  providerRoute(settings.setAutoActivation, ({ input, provider, world }) => {
    const { id } = corpWith(world, input.corpid)
    const { automatic, orders } = licencesOf(provider)
    if (![...orders.values()].some(({ corp, paidAt }) => corp === id && paidAt !== undefined)) refuse(701071)
    if (input.auto_active_status) automatic.add(id)
    else automatic.delete(id)
  }),
  providerRoute(
    settings.getAutoActivation,
    ({ input, provider, world }) => licencesOf(provider).automatic.has(corpWith(world, input.corpid).id)
  )
]
