/** 部门管理. */
import { Department, DepartmentNode, Departments } from "../../../../contacts/Departments.ts"
import { missing } from "../../../engine/FieldCodes.ts"
import { existing, merged, refuse, route } from "../../../engine/Route.ts"
import { seenDepartment, seenUnder, shownDepartment } from "../../../engine/Sight.ts"
import type { Corp } from "../../../engine/World.ts"
import { changeDepartment } from "../ContactChanges.ts"

const { endpoints } = Departments

const codes = {
  id: missing(60003, 40058),
  // Of the wrong length, or with characters that names cannot have.
  name: (name: unknown) => typeof name === "string" && /[\\:*?"<>|]/.test(name) ? 60009 : 60001,
  parentid: 60004
}

export const departments = [
  route(endpoints.create, (call) => {
    const { corp, input, world } = call
    const { id = firstFree(corp), ...fields } = input
    if (corp.departments.has(id)) return refuse(60008, "department existed")
    place(corp, id, fields.parentid)
    unique(corp, id, fields.parentid, fields.name)
    const made = new Department({ order: world.next(), department_leader: [], ...fields, id })
    changeDepartment(call, id, () => corp.departments.set(id, made))
    return id
  }, codes),
  route(endpoints.update, (call) => {
    const { corp, input } = call
    const department = existing(corp.departments, input.id, 60003)
    const changed = new Department(merged(department, input))
    if (input.parentid !== undefined && input.id !== 1) place(corp, input.id, input.parentid)
    unique(corp, input.id, changed.parentid, changed.name)
    changeDepartment(call, input.id, () => corp.departments.set(input.id, changed))
  }, codes),
  route(endpoints.delete, (call) => {
    const { corp, input: { id } } = call
    existing(corp.departments, id, 60003)
    if (id === 1) refuse(60007)
    if ([...corp.departments.values()].some(({ parentid }) => parentid === id)) refuse(60006)
    if ([...corp.members.values()].some(({ user }) => user.department.includes(id))) refuse(60005)
    changeDepartment(call, id, () => corp.departments.delete(id))
  }, codes),
  route(
    endpoints.list,
    (call) => seenUnder(call, call.input.id).map((department) => shownDepartment(call, department))
  ),
  route(
    endpoints.listIds,
    (call) =>
      seenUnder(call, call.input.id).map(({ id, order, parentid }) => new DepartmentNode({ id, order, parentid }))
  ),
  route(endpoints.get, (call) => shownDepartment(call, seenDepartment(call, call.input.id)), codes)
]

const firstFree = (corp: Corp): number => {
  let id = 2
  while (corp.departments.has(id)) id += 1
  return id
}

const maxLevels = 15

/** Checks that a department may lie below another. */
const place = (corp: Corp, id: number, parentid: number): void => {
  let levels = 1
  for (let above = parentid; above !== 0; above = existing(corp.departments, above, 60004).parentid) {
    if (above === id) refuse(60010)
    levels += 1
  }
  if (levels > maxLevels) refuse(81002)
}

/** Checks that no sibling has the name. */
const unique = (corp: Corp, id: number, parentid: number, name: string | undefined): void => {
  for (const other of corp.departments.values()) {
    if (other.id !== id && other.parentid === parentid && other.name === name) refuse(60008, "department existed")
  }
}
