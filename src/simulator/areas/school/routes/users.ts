/** 学生与家长管理. */
import {
  type ParentEdit,
  ParentResult,
  SchoolUsers,
  SchoolUserType,
  type StudentEdit,
  StudentResult
} from "../../../../school/SchoolUsers.ts"
import { existing, merged, Refusal, refuse, route } from "../../../engine/Route.ts"
import {
  type AddressBook,
  addressBook,
  type Guardian,
  key,
  parentsOf,
  type Pupil,
  shownParent,
  shownStudent,
  studentsIn
} from "../addressBook.ts"

const { endpoints } = SchoolUsers

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

const createStudent = (book: AddressBook, student: Pupil & { readonly to_invite?: boolean | undefined }): void => {
  unused(book, student.student_userid)
  checkClasses(book, student.department)
  const { to_invite: _, ...kept } = student
  book.students.set(key(student.student_userid), kept)
}

const updateStudent = (
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

const deleteStudent = (book: AddressBook, userid: string): void => {
  existing(book.students, key(userid), 60111)
  if (parentsOf(book, userid).length > 0) refuse(65013)
  book.students.delete(key(userid))
}

const createParent = (book: AddressBook, parent: Guardian & { readonly to_invite?: boolean | undefined }): void => {
  unused(book, parent.parent_userid)
  checkChildren(book, parent)
  if ([...book.parents.values()].some(({ mobile }) => mobile === parent.mobile)) refuse(60137)
  const { to_invite: _, ...kept } = parent
  book.parents.set(key(parent.parent_userid), kept)
}

const updateParent = (
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
}

const deleteParent = (book: AddressBook, userid: string): void => {
  existing(book.parents, key(userid), 60111)
  book.parents.delete(key(userid))
}

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
