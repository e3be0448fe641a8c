/** 家校·部门管理. */
import { SchoolDepartment, SchoolDepartments, SchoolDepartmentType } from "../../../../school/SchoolDepartments.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import { addressBook, studentsIn } from "../addressBook.ts"

const { endpoints } = SchoolDepartments

type Departments = Map<number, SchoolDepartment>

/** Refuses a place that a department of a type cannot have. */
const place = (departments: Departments, parentid: number, type: number | undefined): void => {
  const above = existing(departments, parentid, 60004)
  if (type === SchoolDepartmentType.Class && above.type !== SchoolDepartmentType.Grade) refuse(65007)
}

export const departments = [
  route(endpoints.create, ({ corp, input: { department_admins = [], ...input }, world }) => {
    const { departments } = addressBook(corp)
    const id = input.id ?? Math.max(...departments.keys()) + 1
    if (departments.has(id)) return refuse(60008, "department existed")
    place(departments, input.parentid, input.type)
    departments.set(id, new SchoolDepartment({ order: world.next(), ...input, department_admins, id }))
    return id
  }, { type: 65007, standard_grade: 65009, name: 60001, parentid: 60004 }),
  route(endpoints.update, ({ corp, input: { department_admins = [], id, new_id = id, ...changes } }) => {
    const { departments, students } = addressBook(corp)
    const before = existing(departments, id, 60003)
    if (changes.parentid !== undefined) place(departments, changes.parentid, before.type)
    if (new_id !== id && departments.has(new_id)) refuse(60008, "department existed")
    const changed = new Set(department_admins.map(({ userid }) => userid))
    departments.delete(id)
    departments.set(
      new_id,
      new SchoolDepartment({
        ...before,
        ...changes,
        id: new_id,
        department_admins: [
          ...before.department_admins.filter(({ userid }) => !changed.has(userid)),
          ...department_admins.filter(({ op }) => op === 0).map(({ op: _, ...admin }) => admin)
        ]
      })
    )
    for (const [key, student] of students) {
      students.set(key, { ...student, department: student.department.map((one) => one === id ? new_id : one) })
    }
    for (const [key, one] of departments) {
      if (one.parentid === id) departments.set(key, new SchoolDepartment({ ...one, parentid: new_id }))
    }
  }, { standard_grade: 65009, name: 60001 }),
  route(endpoints.delete, ({ corp, input: { id } }) => {
    const { departments } = addressBook(corp)
    existing(departments, id, 60003)
    if (id === 1) refuse(60007)
    if ([...departments.values()].some(({ parentid }) => parentid === id)) refuse(60006)
    if (studentsIn(corp, id).length > 0) refuse(60005)
    departments.delete(id)
  }),
  route(endpoints.list, ({ corp, input: { id = 1 } }) => {
    const { departments } = addressBook(corp)
    const below = (root: SchoolDepartment): ReadonlyArray<SchoolDepartment> => [
      root,
      ...[...departments.values()].filter(({ parentid }) => parentid === root.id).flatMap(below)
    ]
    return below(existing(departments, id, 60003))
  })
]
