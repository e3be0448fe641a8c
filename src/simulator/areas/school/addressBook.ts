/** 家校通讯录: what a school knows of its departments, students and parents. */
import { SchoolDepartment, SchoolDepartmentType } from "../../../school/SchoolDepartments.ts"
import { Parent, ParentChild, Student, StudentParent } from "../../../school/SchoolUsers.ts"
import * as State from "../../engine/State.ts"
import type { Corp } from "../../engine/World.ts"

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
  parents: new Map<string, Guardian>()
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
        is_subscribe: false
      })
    )
  })

/** A parent as the API shows one. */
export const shownParent = (book: AddressBook, { children, mobile, parent_userid }: Guardian): Parent =>
  new Parent({
    parent_userid,
    mobile,
    is_subscribe: false,
    children: children.map((child) =>
      new ParentChild({ ...child, name: book.students.get(key(child.student_userid))?.name })
    )
  })

/** The students of a department, without those of the departments below. */
export const studentsIn = (corp: Corp, department: number): ReadonlyArray<Pupil> =>
  [...addressBook(corp).students.values()].filter((student) => student.department.includes(department))
