/** 互联企业: the other corps of the simulator, all of which share every app with the one that asks. */
import {
  LinkedCorps,
  LinkedDepartment,
  LinkedScope,
  LinkedUser,
  LinkedUserName
} from "../../../../contacts/LinkedCorps.ts"
import type { User } from "../../../../contacts/Users.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import { departmentsUnder } from "../../../engine/Sight.ts"
import { type Corp, findMember, type World } from "../../../engine/World.ts"

const { endpoints } = LinkedCorps

export const linkedCorps = [
  route(
    endpoints.getScope,
    ({ corp, world }) =>
      new LinkedScope({ userids: [], department_ids: others(world, corp).map((other) => departmentId(other, 1)) })
  ),
  route(endpoints.listDepartments, ({ corp, input, world }) => {
    const { department, other } = find(world, corp, input.department_id)
    return departmentsUnder(other, department).map(({ id, name, order, parentid }) =>
      new LinkedDepartment({ department_id: id, department_name: name, parentid, order })
    )
  }),
  route(endpoints.getUser, ({ corp, input, world }) => {
    const [corpid, userid] = input.userid.split("/", 2)
    const other = others(world, corp).find(({ id }) => id === corpid) ?? refuse(60111)
    return linkedUser(other, (findMember(other, userid ?? "") ?? refuse(60111)).user)
  }),
  route(endpoints.listUserNames, ({ corp, input, world }) =>
    members(world, corp, input).map(({ other, user }) => {
      const { corpid, department, name, userid } = linkedUser(other, user)
      return new LinkedUserName({ corpid, userid, name, department })
    })),
  route(
    endpoints.listUsers,
    ({ corp, input, world }) => members(world, corp, input).map(({ other, user }) => linkedUser(other, user))
  )
]

/** The corps that are linked with one. */
export const others = (world: World, corp: Corp): ReadonlyArray<Corp> =>
  [...world.corps.values()].filter((other) => other !== corp)

/** What stands for a corp in the ids of its departments. */
export const linkedId = (corp: Corp): string => `linked-${corp.id}`

const departmentId = (corp: Corp, id: number): string => `${linkedId(corp)}/${id}`

const find = (world: World, corp: Corp, id: string): { readonly other: Corp; readonly department: number } => {
  const [linked, department] = id.split("/", 2)
  const other = others(world, corp).find((other) => linkedId(other) === linked) ?? refuse(60003)
  return { other, department: existing(other.departments, Number(department), 60003).id }
}

const members = (
  world: World,
  corp: Corp,
  { department_id, fetch_child = false }: {
    readonly department_id: string
    readonly fetch_child?: boolean | undefined
  }
): ReadonlyArray<{ readonly other: Corp; readonly user: User }> => {
  const { department, other } = find(world, corp, department_id)
  const wanted = new Set(fetch_child ? departmentsUnder(other, department).map(({ id }) => id) : [department])
  return [...other.members.values()].flatMap(({ user }) =>
    user.department.some((id) => wanted.has(id)) ? [{ other, user }] : []
  )
}

const linkedUser = (corp: Corp, { department, email, extattr, mobile, name, position, telephone, userid }: User) =>
  new LinkedUser({
    corpid: corp.id,
    userid,
    name,
    mobile,
    telephone,
    email,
    position,
    extattr,
    department: department.map((id) => departmentId(corp, id))
  })
