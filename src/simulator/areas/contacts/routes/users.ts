/** 成员管理. */
import { ExternalProfile, type ExternalProfileInput } from "../../../../contacts/Attribute.ts"
import { Department } from "../../../../contacts/Departments.ts"
import {
  CreatedUser,
  DepartmentUser,
  EmailType,
  InviteResult,
  User,
  UserName,
  Users
} from "../../../../contacts/Users.ts"
import { UserStatus } from "../../../../contacts/UserStatus.ts"
import * as Conversation from "../../../engine/Conversation.ts"
import { missing } from "../../../engine/FieldCodes.ts"
import { merged, refuse, route } from "../../../engine/Route.ts"
import {
  departmentsUnder,
  isSeenDepartment,
  isSeenMember,
  seenDepartment,
  seenMember,
  seenMembers,
  shownUser,
  type Viewer
} from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { type Corp, findMedia, findMember, makeMember, type Member } from "../../../engine/World.ts"
import { changeDepartment, changeMember, type Changing } from "../ContactChanges.ts"

const { endpoints } = Users

const codes = {
  userid: 40003,
  new_userid: 40003,
  name: 60112,
  mobile: missing(60129, 60103),
  email: 60105,
  biz_mail: 60143,
  position: 301012,
  telephone: 301013,
  department: (list: unknown) => Array.isArray(list) ? 60110 : 40066,
  department_id: 60003,
  is_leader_in_dept: 60132,
  direct_leader: 60257,
  useridlist: 40032
}

export const users = [
  route(endpoints.create, (call) => {
    const { corp, input, now } = call
    if (findMember(corp, input.userid) !== undefined) return refuse(60102, "userid existed")
    checkMobile(input.mobile)
    unique(corp, undefined, input)
    const { avatar_mediaid, enable, to_invite: _, ...fields } = input
    const department = fields.department?.filter((id) => id !== 0) ?? []
    const created = department.filter((id) => !corp.departments.has(id)).map((id) => {
      const made = new Department({ id, name: `部门${id}`, parentid: unsorted(corp), order: 0, department_leader: [] })
      changeDepartment(call, id, () => corp.departments.set(id, made))
      return { id, name: made.name }
    })
    const places = department.length === 0 ? [unsorted(corp)] : department
    const zeros = places.map(() => 0)
    const made = makeMember({
      ...fields,
      ...avatarOf(corp, avatar_mediaid, now),
      external_profile: profileOf(fields.external_profile),
      department: places,
      order: department.length === 0 ? zeros : fields.order ?? zeros,
      is_leader_in_dept: department.length === 0
        ? places.map(() => false)
        : fields.is_leader_in_dept ?? places.map(() => false),
      main_department: fields.main_department ?? places[0],
      status: enable === false ? UserStatus.Deactivated : UserStatus.Unactivated
    })
    changeMember(call, input.userid, () => addUser(corp, made))
    return new CreatedUser(created.length === 0 ? {} : { created_department_list: { department_info: created } })
  }, codes),
  route(endpoints.get, (call) => shownUser(call, seenMember(call, call.input.userid)), codes),
  route(endpoints.update, (call) => {
    const { corp, input, now } = call
    const found = member(corp, input.userid)
    const { user } = found
    const { avatar_mediaid, biz_mail_alias: _, enable, external_profile, mobile, new_userid, userid: __, ...fields } =
      input
    if (fields.department?.some((id) => !corp.departments.has(id))) return refuse(60123, "invalid party id")
    // The number of an activated member is theirs to change.
    const changes = { ...fields, ...(user.status === UserStatus.Activated ? {} : { mobile }) }
    checkMobile(changes.mobile)
    unique(corp, found, changes)
    if (new_userid !== undefined && new_userid.toLowerCase() !== user.userid.toLowerCase()) {
      if (findMember(corp, new_userid) !== undefined) return refuse(60102, "userid existed")
      if (found.renamed) return refuse(301036)
    }
    const changed = {
      ...found,
      renamed: found.renamed || new_userid !== undefined && new_userid.toLowerCase() !== user.userid.toLowerCase(),
      user: new User(merged(user, {
        ...changes,
        ...avatarOf(corp, avatar_mediaid, now),
        ...(external_profile === undefined ? {} : { external_profile: profileOf(external_profile) }),
        ...(fields.department === undefined ? {} : {
          order: fields.order ?? fields.department.map(() => 0),
          is_leader_in_dept: fields.is_leader_in_dept ?? fields.department.map(() => false)
        }),
        ...(enable === undefined ? {} : { status: enabled(user, enable) }),
        userid: new_userid ?? user.userid
      }))
    }
    replaceUser(call, found, changed)
  }, codes),
  route(endpoints.delete, (call) => deleteUser(call, member(call.corp, call.input.userid)), codes),
  route(endpoints.deleteMany, (call) => {
    const { corp, input: { useridlist } } = call
    const found = useridlist.map((userid) => findMember(corp, userid) ?? refuse(40031, `invalid userid: ${userid}`))
    for (const member of found) deleteUser(call, member)
  }, codes),
  route(
    endpoints.listNames,
    (call) =>
      usersOf(call, call.input).map(({ department, name, userid }) => new UserName({ userid, name, department })),
    codes
  ),
  route(endpoints.list, (call) => usersOf(call, call.input), codes),
  route(endpoints.listIds, ({ corp, input: { cursor = "", limit = 10_000 } }) => {
    const entries = [...corp.members.values()].flatMap(({ user: { department, userid } }) =>
      department.map((department) => new DepartmentUser({ userid, department }))
    )
    const start = cursor === "" ? 0 : Number(/^page-(\d+)$/.exec(cursor)?.[1] ?? refuse(50100, "invalid cursor"))
    const end = start + limit
    return { dept_user: entries.slice(start, end), next_cursor: end < entries.length ? `page-${end}` : "" }
  }),
  route(endpoints.convertToOpenid, (call) => ({ openid: seenMember(call, call.input.userid).openid })),
  route(endpoints.convertToUserid, (call) => {
    const found = [...call.corp.members.values()].find(({ openid }) => openid === call.input.openid)
    return seenMember(call, found?.user.userid ?? refuse(40073)).user.userid
  }),
  route(endpoints.invite, (call) => {
    const { party = [], tag = [], user = [] } = call.input
    return new InviteResult({
      invaliduser: user.filter((userid) => !isSeenMember(call, userid)),
      invalidparty: party.filter((id) => !isSeenDepartment(call, id)),
      invalidtag: tag.filter((id) => !call.corp.tags.has(id))
    })
  }),
  route(
    endpoints.getJoinQrcode,
    ({ corp, input: { size_type = 1 }, world }) =>
      `${world.origin}/wework_admin/genqrcode?action=join&vcode=${corp.id}&qr_size=${size_type}`
  ),
  route(endpoints.getIdByMobile, (call) => {
    const { corp, input, now } = call
    if (wrongNumbers(corp).filter((at) => at > now - day).length > accountLimit(corp) * tolerated) {
      return refuse(45009, "api freq out of limit")
    }
    const wanted = plain(input.mobile)
    const fits = ({ mobile }: User) => mobile !== undefined && plain(mobile) === wanted
    if (!seenMembers(call).some(({ user }) => fits(user))) wrongNumbers(corp).push(now)
    return idWhere(call, fits)
  }),
  route(endpoints.getIdByEmail, (call) => {
    const { email, email_type = EmailType.Business } = call.input
    const key = email_type === EmailType.Business ? "biz_mail" : "email"
    return idWhere(call, ({ [key]: address }) => address?.toLowerCase() === email.toLowerCase())
  }),
  route(
    endpoints.getActiveCount,
    ({ corp }) => [...corp.members.values()].filter(({ user }) => user.status === UserStatus.Activated).length
  )
]

/** The member with a userid, who must be there. */
export const member = (corp: Corp, userid: string): Member => findMember(corp, userid) ?? refuse(60111)

/** How many members a corp may have. */
export const accountLimit = ({ members }: Corp): number => Math.max(200, members.size)

const day = 24 * 3600_000

/** When numbers were asked for that nobody has. More than a fifth of the account limit end the asking for a day. */
const wrongNumbers = State.make("contacts/wrong-numbers", (): Array<number> => [])

const tolerated = 0.2

/** The userid of the member whom this says something of, and whom the app sees. */
const idWhere = (viewer: Viewer, fits: (user: User) => boolean): string =>
  seenMembers(viewer).find(({ user }) => fits(user))?.user.userid ?? refuse(46004)

/** Adds a member, who leads the departments that the member's fields say. */
export const addUser = (corp: Corp, member: Member): void => {
  corp.members.set(member.user.userid.toLowerCase(), member)
  for (const { id, isLeader } of member.user.departments) {
    const department = corp.departments.get(id)
    if (department === undefined || !isLeader) continue
    leads(corp, department, [...department.department_leader ?? [], member.user.userid])
  }
}

/** Puts a member in another one's place. */
export const replaceUser = (call: Changing, before: Member, after: Member): void =>
  changeMember(call, before.user.userid, () => {
    removeUser(call.corp, before)
    addUser(call.corp, after)
    rename(call.corp, before.user.userid.toLowerCase(), after.user.userid.toLowerCase())
  }, after.user.userid)

/** Lets a member keep the tags and the messages that he had under another userid. */
const rename = (corp: Corp, before: string, after: string): void => {
  if (before === after) return
  for (const { members } of corp.tags.values()) if (members.delete(before)) members.add(after)
  Conversation.move(corp, before, after)
}

/** Removes a member with all traces. */
export const deleteUser = (call: Changing, member: Member): void =>
  changeMember(call, member.user.userid, () => {
    removeUser(call.corp, member)
    forget(call.corp, member.user.userid)
  })

/** Removes a member, who leads nothing any more; {@link forget} removes the other traces. */
const removeUser = (corp: Corp, { user: { userid } }: Member): void => {
  corp.members.delete(userid.toLowerCase())
  for (const department of corp.departments.values()) {
    if (department.department_leader?.includes(userid) !== true) continue
    leads(corp, department, department.department_leader.filter((leader) => leader !== userid))
  }
}

const leads = (corp: Corp, department: Department, department_leader: ReadonlyArray<string>): void => {
  corp.departments.set(department.id, new Department({ ...department, department_leader }))
}

/** Takes a member's tags. */
const forget = (corp: Corp, userid: string): void => {
  for (const { members } of corp.tags.values()) members.delete(userid.toLowerCase())
}

/** Checks that no other member has the number or one of the addresses. */
const unique = (
  corp: Corp,
  self: Member | undefined,
  { biz_mail, email, mobile }: {
    readonly mobile?: string | undefined
    readonly email?: string | undefined
    readonly biz_mail?: string | undefined
  }
): void => {
  for (const other of corp.members.values()) {
    if (other === self) continue
    const { user } = other
    if (mobile !== undefined && user.mobile !== undefined && plain(user.mobile) === plain(mobile)) {
      refuse(60104, `mobile existed:${user.userid}`)
    }
    if (email !== undefined && user.email === email) refuse(60106, `email existed:${user.userid}`)
    if (biz_mail !== undefined && user.biz_mail === biz_mail) refuse(60145, `biz_mail existed:${user.userid}`)
  }
}

const checkMobile = (mobile: string | undefined): void => {
  if (mobile !== undefined && mobile !== "" && !/^[\d+\s-]+$/.test(mobile)) refuse(60103)
}

/** A mobile number without spaces, and without the country code of mainland China. */
const plain = (mobile: string): string => mobile.replaceAll(/[\s-]/g, "").replace(/^\+86/, "")

const usersOf = (
  viewer: Viewer,
  { department_id, fetch_child = false }: {
    readonly department_id: number
    readonly fetch_child?: boolean | undefined
  }
): ReadonlyArray<User> => {
  const { corp } = viewer
  const above = seenDepartment(viewer, department_id)
  const wanted = new Set((fetch_child ? departmentsUnder(corp, above.id) : [above]).map(({ id }) => id))
  return [...corp.members.values()].flatMap((member) =>
    member.user.department.some((department) => wanted.has(department)) ? [shownUser(viewer, member)] : []
  )
}

/** Where members without a department are put (其他（待设置部门）). */
export const unsorted = (corp: Corp): number => {
  const name = "其他（待设置部门）"
  for (const department of corp.departments.values()) {
    if (department.parentid === 1 && department.name === name) return department.id
  }
  let id = 2
  while (corp.departments.has(id)) id += 1
  corp.departments.set(id, new Department({ id, name, parentid: 1, order: 0, department_leader: [] }))
  return id
}

const avatarOf = (
  corp: Corp,
  mediaId: string | undefined,
  now: number
): { readonly avatar?: string; readonly thumb_avatar?: string } => {
  if (mediaId === undefined) return {}
  if (findMedia(corp, mediaId, now)?.type !== "image") return refuse(40007, "invalid media_id")
  const avatar = `https://wework.qpic.cn/wwpic/${mediaId}`
  return { avatar: `${avatar}/0`, thumb_avatar: `${avatar}/100` }
}

const enabled = (user: User, enable: boolean): User["status"] =>
  !enable ? UserStatus.Deactivated : user.status === UserStatus.Deactivated ? UserStatus.Activated : user.status

const profileOf = (profile: typeof ExternalProfileInput.Type | undefined) =>
  profile && new ExternalProfile({ ...profile, external_attr: profile.external_attr ?? [] })
