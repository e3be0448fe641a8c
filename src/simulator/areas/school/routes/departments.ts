/** 家校·部门管理. */
import { type SchoolDepartment, SchoolDepartments } from "../../../../school/SchoolDepartments.ts"
import { existing, route } from "../../../engine/Route.ts"
import { addressBook, createDepartment, deleteDepartment, updateDepartment } from "../addressBook.ts"

const { endpoints } = SchoolDepartments

export const departments = [
  route(endpoints.create, ({ corp, input, world }) => createDepartment(addressBook(corp), world, input), {
    type: 65007,
    standard_grade: 65009,
    name: 60001,
    parentid: 60004
  }),
  route(endpoints.update, ({ corp, input }) => updateDepartment(addressBook(corp), input), {
    standard_grade: 65009,
    name: 60001
  }),
  route(endpoints.delete, ({ corp, input: { id } }) => deleteDepartment(addressBook(corp), id)),
  route(endpoints.list, ({ corp, input: { id = 1 } }) => {
    const { departments } = addressBook(corp)
    const below = (root: SchoolDepartment): ReadonlyArray<SchoolDepartment> => [
      root,
      ...[...departments.values()].filter(({ parentid }) => parentid === root.id).flatMap(below)
    ]
    return below(existing(departments, id, 60003))
  })
]
