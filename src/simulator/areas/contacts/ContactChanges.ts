/**
 * 通讯录变更: what the other apps are told when one of them changes the address book through the API. The one that does is
 * not told.
 */
import * as Equal from "effect/Equal"
import * as ContactEvents from "../../../callback/events/ContactEvents.ts"
import type { Department } from "../../../contacts/Departments.ts"
import type { User } from "../../../contacts/Users.ts"
import { announce, appsOf, eventAndCommand, type Notice } from "../../engine/Audience.ts"
import type { AppCall } from "../../engine/Route.ts"
import { maySeeDepartment, maySeeMember, shownUser, toldOfContacts } from "../../engine/Sight.ts"
import { type App, type Corp, findMember } from "../../engine/World.ts"

/** A call that changes the address book. */
export type Changing = Pick<AppCall<void>, "app" | "corp" | "notify" | "now" | "world">

/** Makes, changes or removes a member; tells those for whom the member has come, is another one, or has gone. */
export const changeMember = <A>(call: Changing, userid: string, change: () => A, newUserid: string = userid): A => {
  const { corp } = call
  const before = findMember(corp, userid)
  const saw = viewers(call, (app) => before !== undefined && maySeeMember(corp, app, before))
  const result = change()
  const after = findMember(corp, newUserid)
  tellOthers(call, (app) => {
    const sees = after !== undefined && maySeeMember(corp, app, after)
    if (!saw.has(app)) return sees ? memberCreated(corp, app, after.user) : undefined
    if (!sees) return memberDeleted(userid)
    return before === undefined ? undefined : memberUpdated(corp, app, before.user, after.user)
  })
  return result
}

/** Makes, changes or removes a department; tells those for whom it has come, is another one, or has gone. */
export const changeDepartment = <A>(call: Changing, id: number, change: () => A): A => {
  const { corp } = call
  const before = corp.departments.get(id)
  const saw = viewers(call, (app) => before !== undefined && maySeeDepartment(corp, app, id))
  const result = change()
  const after = corp.departments.get(id)
  tellOthers(call, (app) => {
    const sees = after !== undefined && maySeeDepartment(corp, app, id)
    if (!saw.has(app)) return sees ? departmentCreated(app, after) : undefined
    if (!sees) return departmentDeleted(id)
    return before === undefined ? undefined : departmentUpdated(app, before, after)
  })
  return result
}

/** Changes who has a tag; tells those who do and do not any more. */
export const changeTagged = <A>(call: Changing, id: number, change: () => A): A => {
  const before = taggedBy(call.corp, id)
  const result = change()
  const after = taggedBy(call.corp, id)
  const body = {
    TagId: id,
    AddUserItems: after.users.filter((userid) => !before.users.includes(userid)),
    DelUserItems: before.users.filter((userid) => !after.users.includes(userid)),
    AddPartyItems: after.parties.filter((party) => !before.parties.includes(party)),
    DelPartyItems: before.parties.filter((party) => !after.parties.includes(party))
  }
  const { AddPartyItems, AddUserItems, DelPartyItems, DelUserItems } = body
  if ([AddUserItems, DelUserItems, AddPartyItems, DelPartyItems].some(({ length }) => length > 0)) {
    tellOthers(call, () => eventAndCommand(ContactEvents.TagMembersChanged, ContactEvents.SuiteTagMembersChanged, body))
  }
  return result
}

const tellOthers = (call: Changing, telling: (app: App) => Notice | undefined): void =>
  announce(
    call,
    (app) => app === call.app || toldOfContacts(app) === "nothing" ? undefined : telling(app)
  )

/** The apps that see something, as things are now. */
const viewers = ({ corp, world }: Changing, sees: (app: App) => boolean): ReadonlySet<App> =>
  new Set(appsOf(world, corp).flatMap(({ app }) => sees(app) ? [app] : []))

const memberCreated = (corp: Corp, app: App, user: User): Notice =>
  eventAndCommand(ContactEvents.MemberCreated, ContactEvents.SuiteMemberCreated, {
    UserID: user.userid,
    ExtAttr: [],
    ...told(app, seenBy(corp, app, user), ["Department"])
  })

/** All the fields, or those that are ids, by what the app is told. */
const told = <Fields extends object>(
  app: App,
  fields: Fields,
  ids: ReadonlyArray<keyof Fields>
): Partial<Fields> =>
  toldOfContacts(app) === "everything"
    ? fields
    // Some of the same fields.
    : Object.fromEntries(ids.map((name) => [name, fields[name]])) as Partial<Fields>

const memberUpdated = (corp: Corp, app: App, before: User, after: User): Notice | undefined => {
  const old = seenBy(corp, app, before)
  const fields = seenBy(corp, app, after)
  const same = (...names: ReadonlyArray<keyof typeof fields>) =>
    names.every((name) => Equal.equals(old[name], fields[name]))
  const changed = Object.fromEntries(
    Object.entries(fields).filter(([name]) =>
      // These two belong together.
      name === "Department" || name === "IsLeaderInDept"
        ? !same("Department", "IsLeaderInDept")
        : !same(name as keyof typeof fields) // one of its own keys
    )
  )
  const renamed = before.userid !== after.userid
  const told = toldOfContacts(app) === "everything"
    ? changed
    : "Department" in changed || "MainDepartment" in changed
    ? { Department: fields.Department }
    : {}
  if (!renamed && Object.keys(told).length === 0) return undefined
  return eventAndCommand(ContactEvents.MemberUpdated, ContactEvents.SuiteMemberUpdated, {
    UserID: before.userid,
    ...(renamed ? { NewUserID: after.userid } : {}),
    ExtAttr: [],
    ...told
  })
}

const memberDeleted = (UserID: string): Notice =>
  eventAndCommand(ContactEvents.MemberDeleted, ContactEvents.SuiteMemberDeleted, { UserID })

/** What an app is told of a member. */
const seenBy = (corp: Corp, app: App, member: User) => {
  const user = shownUser({ app, corp }, { user: member })
  const places = user.departments
  return {
    Name: user.name,
    Department: places.length === 0 ? undefined : places.map(({ id }) => id),
    MainDepartment: user.main_department,
    IsLeaderInDept: places.length === 0 ? undefined : places.map(({ isLeader }) => isLeader),
    DirectLeader: user.direct_leader,
    Position: user.position,
    Mobile: user.mobile,
    Gender: user.gender,
    Email: user.email,
    BizMail: user.biz_mail,
    Status: user.status,
    Avatar: user.avatar,
    Alias: user.alias,
    Telephone: user.telephone,
    Address: user.address,
    ExtAttr: (user.extattr?.attrs ?? []).flatMap((attribute) =>
      attribute.type === "Unknown" ? [] : [{
        Name: attribute.name,
        Type: attribute.type,
        ...(attribute.type === 0
          ? { Text: { Value: attribute.text.value } }
          : { Web: { Title: attribute.web.title, Url: attribute.web.url } })
      }]
    )
  }
}

const departmentCreated = (app: App, { id, name, order, parentid }: Department): Notice =>
  eventAndCommand(ContactEvents.DepartmentCreated, ContactEvents.SuiteDepartmentCreated, {
    Id: id,
    ...told(app, { Name: name, ParentId: parentid, Order: order }, ["ParentId"])
  })

const departmentUpdated = (app: App, before: Department, after: Department): Notice | undefined => {
  const changes = {
    Name: before.name === after.name ? undefined : after.name,
    ParentId: before.parentid === after.parentid ? undefined : after.parentid
  }
  const fields = told(app, changes, ["ParentId"])
  return fields.Name === undefined && fields.ParentId === undefined
    ? undefined
    : eventAndCommand(ContactEvents.DepartmentUpdated, ContactEvents.SuiteDepartmentUpdated, {
      Id: after.id,
      ...fields
    })
}

const departmentDeleted = (Id: number): Notice =>
  eventAndCommand(ContactEvents.DepartmentDeleted, ContactEvents.SuiteDepartmentDeleted, { Id })

const taggedBy = (corp: Corp, id: number) => {
  const tagged = corp.tags.get(id)
  return {
    users: [...tagged?.members ?? []].map((key) => corp.members.get(key)?.user.userid ?? key),
    parties: [...tagged?.departments ?? []]
  }
}
