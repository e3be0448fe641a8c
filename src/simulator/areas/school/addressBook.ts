/** 家校通讯录: what a school knows of its departments, students and parents. */
import {
  type NewSchoolDepartment,
  SchoolDepartment,
  type SchoolDepartmentEdit,
  SchoolDepartmentType
} from "../../../school/SchoolDepartments.ts"
import {
  Parent,
  ParentChild,
  type ParentEdit,
  Student,
  type StudentEdit,
  StudentParent
} from "../../../school/SchoolUsers.ts"
import { existing, merged, refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import type { Corp, World } from "../../engine/World.ts"

/** A student, without the parents. */
export interface Pupil {
  readonly student_userid: string
  readonly name: string
  readonly mobile?: string | undefined
  readonly department: ReadonlyArray<number>
}

/** A parent, with the children by their userids. */
export interface Guardian {
  readonly parent_userid: string
  readonly mobile: string
  readonly children: ReadonlyArray<{ readonly student_userid: string; readonly relation: string }>
}

/** 家校通讯录 of a corp. The keys of students and parents are their userids in lower case. */
export const addressBook = State.make("school/addressBook", () => ({
  departments: new Map([
    [
      1,
      new SchoolDepartment({
        id: 1,
        name: "学校",
        parentid: 0,
        type: SchoolDepartmentType.School,
        department_admins: []
      })
    ]
  ]),
  students: new Map<string, Pupil>(),
  parents: new Map<string, Guardian>(),
  /** The parents who follow the school's notices. */
  followers: new Set<string>()
}))

export type AddressBook = ReturnType<typeof addressBook>

/** How a userid is kept: its case does not matter. */
export const key = (userid: string): string => userid.toLowerCase()

const childOf = ({ children }: Guardian, student_userid: string) =>
  children.find((child) => key(child.student_userid) === key(student_userid))

/** The parents of a student. */
export const parentsOf = (book: AddressBook, student_userid: string): ReadonlyArray<Guardian> =>
  [...book.parents.values()].filter((parent) => childOf(parent, student_userid) !== undefined)

/** A student as the API shows one. */
export const shownStudent = (book: AddressBook, { department, name, student_userid }: Pupil): Student =>
  new Student({
    student_userid,
    name,
    department,
    parents: parentsOf(book, student_userid).map((parent) =>
      new StudentParent({
        parent_userid: parent.parent_userid,
        relation: childOf(parent, student_userid)?.relation,
        mobile: parent.mobile,
        is_subscribe: book.followers.has(key(parent.parent_userid))
      })
    )
  })

/** A parent as the API shows one. */
export const shownParent = (book: AddressBook, { children, mobile, parent_userid }: Guardian): Parent =>
  new Parent({
    parent_userid,
    mobile,
    is_subscribe: book.followers.has(key(parent_userid)),
    children: children.map((child) =>
      new ParentChild({ ...child, name: book.students.get(key(child.student_userid))?.name })
    )
  })

/** The students of a department, without those of the departments below. */
export const studentsIn = (corp: Corp, department: number): ReadonlyArray<Pupil> =>
  [...addressBook(corp).students.values()].filter((student) => student.department.includes(department))

/** Refuses a userid that somebody has. */
const unused = ({ parents, students }: AddressBook, userid: string): void => {
  if (students.has(key(userid)) || parents.has(key(userid))) refuse(60102)
}

const checkClasses = ({ departments }: AddressBook, ids: ReadonlyArray<number>): void => {
  for (const id of ids) existing(departments, id, 60003)
}

const checkChildren = ({ students }: AddressBook, { children }: Pick<Guardian, "children">): void => {
  for (const { student_userid } of children) existing(students, key(student_userid), 65010)
}

/** Adds a student: refused with the errcode that the API has for it, as are the others. */
export const createStudent = (
  book: AddressBook,
  student: Pupil & { readonly to_invite?: boolean | undefined }
): void => {
  unused(book, student.student_userid)
  checkClasses(book, student.department)
  const { to_invite: _, ...kept } = student
  book.students.set(key(student.student_userid), kept)
}

/** Changes what is given of a student. */
export const updateStudent = (
  book: AddressBook,
  { new_student_userid, ...changes }: typeof StudentEdit.Type
): void => {
  const before = existing(book.students, key(changes.student_userid), 60111)
  if (new_student_userid !== undefined) unused(book, new_student_userid)
  checkClasses(book, changes.department ?? [])
  const after = { ...merged(before, changes), student_userid: new_student_userid ?? before.student_userid }
  book.students.delete(key(changes.student_userid))
  book.students.set(key(after.student_userid), after)
  for (const [id, parent] of book.parents) {
    const children = parent.children.map((child) =>
      key(child.student_userid) === key(before.student_userid)
        ? { ...child, student_userid: after.student_userid }
        : child
    )
    book.parents.set(id, { ...parent, children })
  }
}

/** Deletes a student without parents. */
export const deleteStudent = (book: AddressBook, userid: string): void => {
  existing(book.students, key(userid), 60111)
  if (parentsOf(book, userid).length > 0) refuse(65013)
  book.students.delete(key(userid))
}

/** Adds a parent. */
export const createParent = (
  book: AddressBook,
  parent: Guardian & { readonly to_invite?: boolean | undefined }
): void => {
  unused(book, parent.parent_userid)
  checkChildren(book, parent)
  if ([...book.parents.values()].some(({ mobile }) => mobile === parent.mobile)) refuse(60137)
  const { to_invite: _, ...kept } = parent
  book.parents.set(key(parent.parent_userid), kept)
}

/** Changes what is given of a parent. */
export const updateParent = (
  book: AddressBook,
  { children = [], new_parent_userid, ...changes }: typeof ParentEdit.Type
): void => {
  const before = existing(book.parents, key(changes.parent_userid), 60111)
  if (new_parent_userid !== undefined) unused(book, new_parent_userid)
  checkChildren(book, { children })
  const after = {
    ...merged(before, changes),
    parent_userid: new_parent_userid ?? before.parent_userid,
    children: children.length === 0 ? before.children : children
  }
  book.parents.delete(key(changes.parent_userid))
  book.parents.set(key(after.parent_userid), after)
  if (book.followers.delete(key(changes.parent_userid))) book.followers.add(key(after.parent_userid))
}

/** Deletes a parent. */
export const deleteParent = (book: AddressBook, userid: string): void => {
  existing(book.parents, key(userid), 60111)
  book.parents.delete(key(userid))
  book.followers.delete(key(userid))
}

/** Refuses a place that a department of a type cannot have. */
const place = ({ departments }: AddressBook, parentid: number, type: number | undefined): void => {
  const above = existing(departments, parentid, 60004)
  if (type === SchoolDepartmentType.Class && above.type !== SchoolDepartmentType.Grade) refuse(65007)
}

/** Adds a department; returns its id. */
export const createDepartment = (
  book: AddressBook,
  world: World,
  { department_admins = [], ...input }: typeof NewSchoolDepartment.Type
): number => {
  const { departments } = book
  const id = input.id ?? Math.max(...departments.keys()) + 1
  if (departments.has(id)) return refuse(60008, "department existed")
  place(book, input.parentid, input.type)
  departments.set(id, new SchoolDepartment({ order: world.next(), ...input, department_admins, id }))
  return id
}

/** Changes what is given of a department. */
export const updateDepartment = (
  book: AddressBook,
  { department_admins = [], id, new_id = id, ...changes }: typeof SchoolDepartmentEdit.Type
): void => {
  const { departments, students } = book
  const before = existing(departments, id, 60003)
  if (changes.parentid !== undefined) place(book, changes.parentid, before.type)
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
}

/** Deletes a department without others below it, and without students. */
export const deleteDepartment = (book: AddressBook, id: number): void => {
  existing(book.departments, id, 60003)
  if (id === 1) refuse(60007)
  if ([...book.departments.values()].some(({ parentid }) => parentid === id)) refuse(60006)
  if ([...book.students.values()].some(({ department }) => department.includes(id))) refuse(60005)
  book.departments.delete(id)
}

/** A parent follows the school's notices, or no longer does. */
export const follow = (book: AddressBook, userid: string, follows: boolean): void => {
  existing(book.parents, key(userid), 60111)
  if (follows) book.followers.add(key(userid))
  else book.followers.delete(key(userid))
}
