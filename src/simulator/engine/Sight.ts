/**
 * What an app may do: which areas of the API are open to it (接口权限), and whom it may see (可见范围).
 *
 * Both are wide open until an app is given `powers` or a `visible` range. Every call passes {@link permit}; routes find
 * members and departments with {@link seenMember} and {@link seenDepartment}, and show no others.
 */
import { Department } from "../../contacts/Departments.ts"
import { User } from "../../contacts/Users.ts"
import { openIdOf } from "./OpenIds.ts"
import { type AppCall, existing, refuse } from "./Route.ts"
import { type App, type Corp, findMember, isTagged, isUnder, type Member } from "./World.ts"

/** An app of a corp, that looks. */
export type Viewer = Pick<AppCall<void>, "app" | "corp">

/** Whether an app may see a member: one of its visible range, or below a department, or with a tag of it. */
export const maySeeMember = (corp: Corp, { visible }: App, { user }: Member): boolean => {
  if (visible === undefined) return true
  const key = user.userid.toLowerCase()
  return visible.members?.some((userid) => userid.toLowerCase() === key) === true ||
    user.department.some((id) => isUnder(corp, id, visible.departments ?? [])) ||
    (visible.tags ?? []).some((id) => {
      const tag = corp.tags.get(id)
      return tag !== undefined && isTagged(corp, tag, user)
    })
}

/** Whether an app may see a department: it, or one above it, is of its visible range, or has a tag of it. */
export const maySeeDepartment = (corp: Corp, { visible }: App, id: number): boolean =>
  visible === undefined ||
  isUnder(corp, id, [
    ...visible.departments ?? [],
    ...(visible.tags ?? []).flatMap((tag) => [...corp.tags.get(tag)?.departments ?? []])
  ])

/**
 * What an app is told when the address book changes: the contact sync assistant ids, the corp's own apps nothing. Those
 * that a provider made are told all that they may see, as is an app of which nothing is said.
 */
export const toldOfContacts = ({ origin, powers }: App): "nothing" | "ids" | "everything" => {
  if (powers === undefined || origin !== "own") return "everything"
  return powers.includes("contact-sync") ? "ids" : "nothing"
}

/** The member with a userid, whom the app may see. */
export const seenMember = ({ app, corp }: Viewer, userid: string, missing = 60111): Member => {
  const member = findMember(corp, userid) ?? refuse(missing)
  return maySeeMember(corp, app, member) ? member : refuse(60011, noPrivilege)
}

/** Whether there is a member with a userid, whom the app may see. */
export const isSeenMember = ({ app, corp }: Viewer, userid: string): boolean => {
  const member = findMember(corp, userid)
  return member !== undefined && maySeeMember(corp, app, member)
}

/** The members whom the app may see. */
export const seenMembers = ({ app, corp }: Viewer): ReadonlyArray<Member> =>
  [...corp.members.values()].filter((member) => maySeeMember(corp, app, member))

/** The department with an id, which the app may see. */
export const seenDepartment = ({ app, corp }: Viewer, id: number): Department => {
  const department = existing(corp.departments, id, 60003)
  return maySeeDepartment(corp, app, id) ? department : refuse(60011, noPrivilege)
}

/** Whether there is a department with an id, which the app may see. */
export const isSeenDepartment = ({ app, corp }: Viewer, id: number): boolean =>
  corp.departments.has(id) && maySeeDepartment(corp, app, id)

/** A department and all below it, level by level, the larger order first. */
export const departmentsUnder = (corp: Corp, id = 1): ReadonlyArray<Department> => {
  const found = [existing(corp.departments, id, 60003)]
  const all = [...corp.departments.values()].toSorted((a, b) => (b.order ?? 0) - (a.order ?? 0))
  for (const above of found) found.push(...all.filter(({ parentid }) => parentid === above.id))
  return found
}

/** The departments that the app may see: all of them, or one and those below it. */
export const seenUnder = (viewer: Viewer, id?: number): ReadonlyArray<Department> =>
  id === undefined
    ? departmentsUnder(viewer.corp).filter(({ id }) => isSeenDepartment(viewer, id))
    : departmentsUnder(viewer.corp, seenDepartment(viewer, id).id)

/** Whether an app is a provider's, which knows members and departments by their ids alone. */
const knowsIdsAlone = ({ origin, powers }: App): boolean =>
  origin === "third-party" && powers !== undefined && !powers.includes("contact-sync")

/**
 * A member as the app is shown him: in the departments, and below the superiors, that it may see; to a provider's app
 * without his name and all that is personal.
 */
export const shownUser = ({ app, corp }: Viewer, { user }: Pick<Member, "user">): User => {
  if (knowsIdsAlone(app)) {
    const { department, main_department, order, status, userid } = placed({ app, corp }, user)
    const open_userid = openIdOf(corp, "user", userid)
    return new User({ userid, name: userid, open_userid, department, main_department, order, status })
  }
  return placed({ app, corp }, user)
}

const placed = ({ app, corp }: Viewer, user: User): User => {
  if (app.visible === undefined) return user
  const places = user.departments.filter(({ id }) => maySeeDepartment(corp, app, id))
  return new User({
    ...user,
    department: places.map(({ id }) => id),
    order: user.order && places.map(({ order }) => order),
    is_leader_in_dept: user.is_leader_in_dept && places.map(({ isLeader }) => isLeader),
    main_department: places.some(({ id }) => id === user.main_department) ? user.main_department : undefined,
    direct_leader: user.direct_leader?.filter((userid) => isSeenMember({ app, corp }, userid))
  })
}

/** A department as the app is shown it: with those of its leaders whom it may see; to a provider's app without its name. */
export const shownDepartment = ({ app, corp }: Viewer, department: Department): Department => {
  const { id, order, parentid } = department
  if (knowsIdsAlone(app)) return new Department({ id, name: `${id}`, parentid, order })
  return app.visible === undefined ? department : new Department({
    ...department,
    department_leader: department.department_leader?.filter((userid) => isSeenMember({ app, corp }, userid))
  })
}

/** What the real server says with 60011. */
export const noPrivilege = "no privilege to access/modify contact/party/agent"
