/** 客户群管理, 客户群「加入群聊」管理. */
import {
  CustomerGroup,
  CustomerGroups,
  CustomerGroupStatus,
  CustomerGroupSummary,
  GroupMember,
  JoinWay,
  JoinWayScene
} from "../../../../customers/CustomerGroups.ts"
import * as Collection from "../../../engine/Collection.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import { isSeenMember, seenMembers, type Viewer } from "../../../engine/Sight.ts"
import { timeOf } from "../../../engine/Times.ts"
import { type Corp, findMember } from "../../../engine/World.ts"
import { customersOf, type Group, memberVersion } from "../Customers.ts"

const { endpoints } = CustomerGroups

const statusOf = (corp: Corp, { inherited, owner }: Group) =>
  findMember(corp, owner) === undefined
    ? CustomerGroupStatus.OwnerResigned
    : inherited
    ? CustomerGroupStatus.Transferred
    : CustomerGroupStatus.Normal

const nameOf = (corp: Corp, { external, id }: Group["members"][number]): string | undefined =>
  external ? customersOf(corp).customers.get(id)?.contact.name : findMember(corp, id)?.user.name

/** Whether an app sees the owner of a group, who may have left. */
const sees = (viewer: Viewer, { owner }: Group): boolean =>
  viewer.app.visible === undefined || isSeenMember(viewer, owner)

const ways = Collection.make<JoinWay>("customers/join-ways", {
  id: (world) => world.text(32).toLowerCase(),
  missing: 41044,
  foreign: 41044
})

const codes = { chat_id_list: 41091 }

const makeWay = (
  corp: Corp,
  config_id: string,
  { auto_create_room = true, chat_id_list, ...rest }: Omit<
    ConstructorParameters<typeof JoinWay>[0],
    "config_id" | "qr_code"
  >
): JoinWay => {
  for (const id of chat_id_list) existing(customersOf(corp).groups, id, 86003)
  const page = rest.scene === JoinWayScene.QrCode ? "wwpic" : "miniprogram"
  return new JoinWay({
    remark: "",
    ...rest,
    config_id,
    auto_create_room,
    chat_id_list,
    qr_code: `https://wework.qpic.cn/${page}/${config_id}`
  })
}

export const customerGroups = [
  route(endpoints.list, (call) => {
    const { corp, input } = call
    const owners = input.owner_filter?.userid_list?.map((userid) => userid.toLowerCase())
    if (owners === undefined && seenMembers(call).length > 1000) refuse(81017)
    const all = [...customersOf(corp).groups.values()]
      .filter((group) =>
        owners === undefined
          ? isSeenMember(call, group.owner)
          : owners.includes(group.owner.toLowerCase()) && sees(call, group)
      )
      .map((group) => new CustomerGroupSummary({ chat_id: group.id, status: statusOf(corp, group) }))
      .filter(({ status }) => !input.status_filter || status === input.status_filter)
    const { items, next_cursor } = pageOf(all, input.cursor, input.limit)
    return { group_chat_list: items, next_cursor: next_cursor ?? "" }
  }),
  route(endpoints.get, (call) => {
    const { corp, input } = call
    const group = existing(customersOf(corp).groups, input.chat_id, 86003)
    if (!sees(call, group)) refuse(60011)
    return new CustomerGroup({
      chat_id: group.id,
      name: group.name,
      owner: group.owner,
      create_time: timeOf(group.at),
      notice: group.notice,
      member_list: group.members.map((member) =>
        new GroupMember({
          userid: member.id,
          type: member.external ? 2 : 1,
          join_time: timeOf(member.at),
          join_scene: member.invitor === undefined ? 3 : 1,
          invitor: member.invitor === undefined ? undefined : { userid: member.invitor },
          group_nickname: member.nickname ?? "",
          name: input.need_name === true ? nameOf(corp, member) : undefined,
          unionid: customersOf(corp).customers.get(member.id)?.contact.unionid,
          state: member.state
        })
      ),
      admin_list: [...group.admins].map((userid) => ({ userid })),
      member_version: memberVersion(group)
    })
  }),
  route(endpoints.convertOpengidToChatId, ({ corp, input }) => {
    const found = [...customersOf(corp).groups.values()].find(({ opengid }) => opengid === input.opengid)
    return found?.id ?? refuse(90511)
  }),
  route(
    endpoints.createJoinWay,
    (call) => ways.add(call, (config_id) => makeWay(call.corp, config_id, call.input)).config_id,
    codes
  ),
  route(endpoints.getJoinWay, (call) => ways.get(call, call.input.config_id)),
  route(endpoints.updateJoinWay, (call) => {
    const { config_id, ...input } = call.input
    ways.update(call, config_id, () => makeWay(call.corp, config_id, input))
  }, codes),
  route(endpoints.deleteJoinWay, (call) => void ways.remove(call, call.input.config_id))
]
