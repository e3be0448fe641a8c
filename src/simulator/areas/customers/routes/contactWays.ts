/** 客户联系「联系我」管理. */
import * as DateTime from "effect/DateTime"
import { type Conclusions, ContactWay, ContactWays, ContactWayScene } from "../../../../customers/ContactWays.ts"
import * as Collection from "../../../engine/Collection.ts"
import { cut, missing } from "../../../engine/FieldCodes.ts"
import { merged, refuse, route } from "../../../engine/Route.ts"
import { seenDepartment, type Viewer } from "../../../engine/Sight.ts"
import { followerOf, followOf } from "./customers.ts"

const { endpoints } = ContactWays

/** 联系我. The contact ways of a corp. */
export const ways = Collection.make<ContactWay>("customers/contact-ways", {
  id: (world) => world.text(32).toLowerCase(),
  missing: 41044
})

const codes = { type: missing(41037, 41039), scene: missing(41038, 41040), style: 41042, user: 41041, remark: cut() }

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
    const { input } = call
    checkUsers(call, input)
    const { conclusions, party = [], skip_verify = true, user = [], ...rest } = input
    const { config_id, qr_code } = ways.add(call, (config_id) =>
      new ContactWay({
        ...rest,
        config_id,
        qr_code: input.scene === ContactWayScene.QrCode ? `https://wework.qpic.cn/wwpic/${config_id}` : undefined,
        user,
        party,
        skip_verify,
        is_temp: input.is_temp ?? false,
        conclusions: shown(conclusions)
      }))
    return { config_id, qr_code }
  }, codes),
  route(endpoints.get, (call) => ways.get(call, call.input.config_id)),
  route(endpoints.list, (call) => {
    const { input, now } = call
    const first = input.start_time === undefined ? now - 90 * 24 * 3600_000 : DateTime.toEpochMillis(input.start_time)
    const last = input.end_time === undefined ? now : DateTime.toEpochMillis(input.end_time)
    const { items, next_cursor } = ways.page(
      call,
      input.cursor,
      input.limit ?? 100,
      ({ at, value }) => value.is_temp !== true && at >= first && at <= last
    )
    return { contact_way: items.map(({ config_id }) => ({ config_id })), next_cursor: next_cursor ?? "" }
  }),
  route(endpoints.update, (call) => {
    const { input } = call
    ways.get(call, input.config_id)
    checkUsers(call, input)
    const { conclusions, ...rest } = input
    ways.update(
      call,
      input.config_id,
      (way) => new ContactWay(merged(way, { ...rest, conclusions: shown(conclusions) }))
    )
  }, codes),
  route(endpoints.delete, (call) => void ways.remove(call, call.input.config_id)),
  route(endpoints.closeTempChat, (call) => {
    const { input } = call
    const { customer, follow } = followOf(call, input.userid, input.external_userid)
    if (!follow.temporary) refuse(84061)
    customer.follows.delete(input.userid.toLowerCase())
  })
]
