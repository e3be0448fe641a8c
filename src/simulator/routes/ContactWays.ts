/** 客户联系「联系我」管理. */
import * as DateTime from "effect/DateTime"
import { type Conclusions, ContactWay, ContactWays, ContactWayScene } from "../../customers/ContactWays.ts"
import { missing } from "../FieldCodes.ts"
import { pageOf } from "../Pages.ts"
import { seenDepartment, type Viewer } from "../Permissions.ts"
import { existing, merged, refuse, route } from "../Route.ts"
import { area } from "../World.ts"
import { followerOf, followOf } from "./Customers.ts"

const { endpoints } = ContactWays

interface Configured {
  way: ContactWay
  /** In milliseconds of the epoch. */
  readonly at: number
}

const waysOf = area(() => new Map<string, Configured>())

const codes = { type: missing(41037, 41039), scene: missing(41038, 41040), style: 41042, user: 41041 }

/** Everybody who answers may use customer contact, and the departments are there. */
const checkUsers = (
  viewer: Viewer,
  { party, user }: {
    readonly party?: ReadonlyArray<number> | undefined
    readonly user?: ReadonlyArray<string> | undefined
  }
): void => {
  for (const userid of user ?? []) followerOf(viewer, userid)
  for (const id of party ?? []) seenDepartment(viewer, id)
}

/** An image is sent by its media id, and shown by its URL. */
const shown = (conclusions: typeof Conclusions.Type | undefined) =>
  conclusions && {
    ...conclusions,
    image: conclusions.image && { pic_url: `https://wework.qpic.cn/${conclusions.image.media_id}` }
  }

export const contactWays = [
  route(endpoints.create, (call) => {
    const { corp, input, now, world } = call
    checkUsers(call, input)
    const config_id = world.text(32).toLowerCase()
    const qr_code = input.scene === ContactWayScene.QrCode ? `https://wework.qpic.cn/wwpic/${config_id}` : undefined
    const { conclusions, party = [], skip_verify = true, user = [], ...rest } = input
    const way = new ContactWay({
      ...rest,
      config_id,
      qr_code,
      user,
      party,
      skip_verify,
      is_temp: input.is_temp ?? false,
      conclusions: shown(conclusions)
    })
    waysOf(corp).set(config_id, { way, at: now })
    return { config_id, qr_code }
  }, codes),
  route(endpoints.get, ({ corp, input }) => existing(waysOf(corp), input.config_id, 41044).way),
  route(endpoints.list, ({ corp, input, now }) => {
    const first = input.start_time === undefined ? now - 90 * 24 * 3600_000 : DateTime.toEpochMillis(input.start_time)
    const last = input.end_time === undefined ? now : DateTime.toEpochMillis(input.end_time)
    const all = [...waysOf(corp).values()].filter(({ at, way }) => way.is_temp !== true && at >= first && at <= last)
    const { items, next_cursor } = pageOf(all, input.cursor, input.limit ?? 100)
    return { contact_way: items.map(({ way: { config_id } }) => ({ config_id })), next_cursor: next_cursor ?? "" }
  }),
  route(endpoints.update, (call) => {
    const { corp, input } = call
    const configured = existing(waysOf(corp), input.config_id, 41044)
    checkUsers(call, input)
    const { conclusions, ...rest } = input
    configured.way = new ContactWay(merged(configured.way, { ...rest, conclusions: shown(conclusions) }))
  }, codes),
  route(endpoints.delete, ({ corp, input }) => {
    existing(waysOf(corp), input.config_id, 41044)
    waysOf(corp).delete(input.config_id)
  }),
  route(endpoints.closeTempChat, (call) => {
    const { input } = call
    const { customer, follow } = followOf(call, input.userid, input.external_userid)
    if (!follow.temporary) refuse(84061)
    customer.follows.delete(input.userid.toLowerCase())
  })
]
