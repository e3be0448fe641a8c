/** 管理邮件群组. */
import { FoundMailGroup, FoundMailGroups, type MailGroup, MailGroups } from "../../../../oa/mail/MailGroups.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import * as State from "../Mails.ts"

const { endpoints } = MailGroups
const { mailOf } = State

/** A group that the app has made. */
const groupOf = ({ app, corp }: AppCall<unknown>, groupid: string): State.Group => {
  const group = mailOf(corp).groups.get(groupid.toLowerCase())
  return group === undefined || group.owner !== app ? refuse(680012) : group
}

/** Refuses a group whose addresses do not fit, or whose name another one has. */
const check = ({ corp }: AppCall<unknown>, group: MailGroup): MailGroup => {
  const { allow_emaillist, email_list, group_list, groupid, groupname } = group
  const others = [...mailOf(corp).groups.values()].filter(({ model }) => model.groupid !== groupid)
  if (others.some(({ model }) => model.groupname === groupname)) refuse(680002)
  if (email_list?.list.some((one) => !State.isAddress(one)) === true) refuse(680003)
  if (group_list?.list.some((one) => !mailOf(corp).groups.has(one.toLowerCase())) === true) refuse(680004)
  if (allow_emaillist?.list.some((one) => !State.isAddress(one)) === true) refuse(680007)
  if (State.isEmpty(group)) refuse(680008)
  return group
}

const codes = { groupname: 680002, allow_type: 680006 }

export const mailGroups = [
  route(endpoints.create, (call) => {
    const { app, corp, input } = call
    if (!State.isOwn(corp, input.groupid)) refuse(680001)
    if (State.isInUse(corp, input.groupid)) refuse(680010)
    const model = check(call, State.groupFrom(input))
    mailOf(corp).groups.set(model.groupid, { owner: app, model })
  }, { ...codes, groupid: 680001, email_list: 680008 }),

  route(endpoints.update, (call) => {
    const group = groupOf(call, call.input.groupid)
    group.model = check(call, State.groupFrom(call.input, group.model))
  }, codes),

  route(endpoints.delete, (call) => {
    mailOf(call.corp).groups.delete(groupOf(call, call.input.groupid).model.groupid)
  }),

  route(endpoints.get, (call) => groupOf(call, call.input.groupid).model),

  route(endpoints.search, (call) => {
    const { fuzzy, groupid = "" } = call.input
    const groups = [...mailOf(call.corp).groups.values()].filter(({ model, owner }) =>
      owner === call.app && (!fuzzy || model.groupid.includes(groupid.toLowerCase()))
    )
    return new FoundMailGroups({
      count: groups.length,
      groups: groups.map(({ model: { groupid, groupname } }) => new FoundMailGroup({ groupid, groupname }))
    })
  }, { fuzzy: 680015 })
]
