/** 学生与家长管理. */
import { ParentResult, SchoolUsers, SchoolUserType, StudentResult } from "../../../../school/SchoolUsers.ts"
import { existing, Refusal, route } from "../../../engine/Route.ts"
import {
  addressBook,
  createParent,
  createStudent,
  deleteParent,
  deleteStudent,
  key,
  parentsOf,
  shownParent,
  shownStudent,
  studentsIn,
  updateParent,
  updateStudent
} from "../addressBook.ts"

const { endpoints } = SchoolUsers

/** Does something with each of many; what is made of those that are refused. */
const each = <A, R>(
  items: ReadonlyArray<A>,
  run: (item: A) => void,
  failed: (item: A, refusal: Refusal) => R
): ReadonlyArray<R> =>
  items.flatMap((item) => {
    try {
      run(item)
      return []
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return [failed(item, refusal)]
    }
  })

const failedStudent = (student_userid: string, { errcode, message }: Refusal) =>
  new StudentResult({ student_userid, errcode, errmsg: message })

const failedParent = (parent_userid: string, { errcode, message }: Refusal) =>
  new ParentResult({ parent_userid, errcode, errmsg: message })

export const users = [
  route(endpoints.createStudent, ({ corp, input }) => createStudent(addressBook(corp), input)),
  route(endpoints.updateStudent, ({ corp, input }) => updateStudent(addressBook(corp), input)),
  route(endpoints.deleteStudent, ({ corp, input }) => deleteStudent(addressBook(corp), input.userid)),
  route(endpoints.createStudentMany, ({ corp, input: { students } }) =>
    each(
      students,
      (student) => createStudent(addressBook(corp), student),
      ({ student_userid }, refusal) => failedStudent(student_userid, refusal)
    )),
  route(endpoints.updateStudentMany, ({ corp, input: { students } }) =>
    each(
      students,
      (student) => updateStudent(addressBook(corp), student),
      ({ student_userid }, refusal) => failedStudent(student_userid, refusal)
    )),
  route(
    endpoints.deleteStudentMany,
    ({ corp, input: { useridlist } }) =>
      each(useridlist, (userid) => deleteStudent(addressBook(corp), userid), failedStudent)
  ),
  route(endpoints.createParent, ({ corp, input }) => createParent(addressBook(corp), input)),
  route(endpoints.updateParent, ({ corp, input }) => updateParent(addressBook(corp), input)),
  route(endpoints.deleteParent, ({ corp, input }) => deleteParent(addressBook(corp), input.userid)),
  route(endpoints.createParentMany, ({ corp, input: { parents } }) =>
    each(
      parents,
      (parent) => createParent(addressBook(corp), parent),
      ({ parent_userid }, refusal) => failedParent(parent_userid, refusal)
    )),
  route(endpoints.updateParentMany, ({ corp, input: { parents } }) =>
    each(
      parents,
      (parent) => updateParent(addressBook(corp), parent),
      ({ parent_userid }, refusal) => failedParent(parent_userid, refusal)
    )),
  route(
    endpoints.deleteParentMany,
    ({ corp, input: { useridlist } }) =>
      each(useridlist, (userid) => deleteParent(addressBook(corp), userid), failedParent)
  ),
  route(endpoints.get, ({ corp, input: { userid } }) => {
    const book = addressBook(corp)
    const student = book.students.get(key(userid))
    return student === undefined
      ? { user_type: SchoolUserType.Parent, parent: shownParent(book, existing(book.parents, key(userid), 60111)) }
      : { user_type: SchoolUserType.Student, student: shownStudent(book, student) }
  }),
  route(endpoints.listStudents, ({ corp, input: { department_id } }) => {
    const book = addressBook(corp)
    existing(book.departments, department_id, 60003)
    return studentsIn(corp, department_id).map((student) => shownStudent(book, student))
  }),
  route(endpoints.listParents, ({ corp, input: { department_id } }) => {
    const book = addressBook(corp)
    existing(book.departments, department_id, 60003)
    const parents = new Set(
      studentsIn(corp, department_id).flatMap(({ student_userid }) => parentsOf(book, student_userid))
    )
    return [...parents].map((parent) => shownParent(book, parent))
  })
]
