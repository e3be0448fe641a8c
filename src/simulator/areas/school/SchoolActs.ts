/**
 * What a school does in its address book (家校通讯录), and parents outside the API: each an act on the simulator of the
 * context, which tells the apps that may call the interfaces of 家校沟通.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Events from "../../../callback/events/SchoolEvents.ts"
import { NewSchoolDepartment, SchoolDepartmentEdit } from "../../../school/SchoolDepartments.ts"
import { NewParent, NewStudent, ParentEdit, StudentEdit } from "../../../school/SchoolUsers.ts"
import * as Act from "../../engine/Act.ts"
import { eventAndCommand, type Notice } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"
import * as State from "./addressBook.ts"

/** Tells the apps that may call the interfaces of 家校沟通. */
const told = (corp: Corp, notice: Notice): Act.Told =>
  Act.tell(corp, ({ powers }) => powers === undefined || powers.includes("school") ? notice : undefined)

/** Changes the address book, unless the API would refuse it, and tells of it. */
const changing = (act: Act.In, change: (book: State.AddressBook) => void, notice: Notice): Act.Told =>
  Effect.flatMap(
    Act.corpOf(act),
    (corp) => Effect.andThen(Act.attempt(() => change(State.addressBook(corp))), told(corp, notice))
  )

const { fields: newStudent } = NewStudent
const { fields: newParent } = NewParent

/** 新增学生. */
export const addStudent = Act.make({
  input: Act.input(newStudent),
  run: ({ corpId, ...student }) =>
    changing(
      { corpId },
      (book) => State.createStudent(book, student),
      eventAndCommand(Events.StudentCreated, Events.SuiteStudentCreated, { Id: student.student_userid })
    )
})

/**
 * 批量导入学生. Many at once: apps are told of each, suites of all of them in one
 * (`InfoType` `change_school_contact_batch`). It is all or nothing.
 */
export const importStudents = Act.make({
  input: Act.input({ students: Schema.Array(Schema.Struct(newStudent)) }),
  run: Effect.fn(function*(act) {
    const corp = yield* Act.corpOf(act)
    const book = State.addressBook(corp)
    const before = new Map(book.students)
    yield* Act.attempt(() => act.students.forEach((student) => State.createStudent(book, student))).pipe(
      Effect.onError(() =>
        Effect.sync(() => {
          book.students.clear()
          for (const [id, student] of before) book.students.set(id, student)
        })
      )
    )
    const now = yield* Clock.currentTimeMillis
    const ChangeList = act.students.map(({ student_userid }) => ({
      TimeStamp: timeOf(now),
      ChangeType: Events.SchoolChange.StudentCreated,
      Id: student_userid
    }))
    const [first, ...rest] = act.students.map(({ student_userid }) =>
      eventAndCommand(Events.StudentCreated, Events.SuiteStudentCreated, { Id: student_userid })
    )
    if (first === undefined) return []
    const { command } = eventAndCommand(
      Events.SchoolContactsChanged,
      Events.SuiteSchoolContactsChanged,
      { ChangeList }
    )
    const deliveries = yield* told(corp, { ...first, command })
    const others = yield* Effect.forEach(rest, (notice) => told(corp, { ...notice, command: "none" }))
    return [...deliveries, ...others.flat()]
  })
})

/** 编辑学生. Changes what is given of a student. */
export const editStudent = Act.make({
  input: Act.input(StudentEdit.fields),
  run: ({ corpId, ...student }) =>
    changing(
      { corpId },
      (book) => State.updateStudent(book, student),
      eventAndCommand(Events.StudentUpdated, Events.SuiteStudentUpdated, {
        Id: student.student_userid,
        NewId: student.new_student_userid
      })
    )
})

/** 删除学生. A student without parents is deleted. */
export const removeStudent = Act.make({
  input: Act.input({ student_userid: Schema.String }),
  run: (act) =>
    changing(
      act,
      (book) => State.deleteStudent(book, act.student_userid),
      eventAndCommand(Events.StudentDeleted, Events.SuiteStudentDeleted, { Id: act.student_userid })
    )
})

/** 新增家长. */
export const addParent = Act.make({
  input: Act.input(newParent),
  run: ({ corpId, ...parent }) =>
    changing(
      { corpId },
      (book) => State.createParent(book, parent),
      eventAndCommand(Events.ParentCreated, Events.SuiteParentCreated, { Id: parent.parent_userid })
    )
})

/** 编辑家长. Changes what is given of a parent. */
export const editParent = Act.make({
  input: Act.input(ParentEdit.fields),
  run: ({ corpId, ...parent }) =>
    changing(
      { corpId },
      (book) => State.updateParent(book, parent),
      eventAndCommand(Events.ParentUpdated, Events.SuiteParentUpdated, {
        Id: parent.parent_userid,
        NewId: parent.new_parent_userid
      })
    )
})

const ofParent = { parent_userid: Schema.String }

/** 删除家长. */
export const removeParent = Act.make({
  input: Act.input(ofParent),
  run: (act) =>
    changing(
      act,
      (book) => State.deleteParent(book, act.parent_userid),
      eventAndCommand(Events.ParentDeleted, Events.SuiteParentDeleted, { Id: act.parent_userid })
    )
})

/** 家长关注. A parent follows the school's notices. */
export const subscribe = Act.make({
  input: Act.input(ofParent),
  run: (act) =>
    changing(
      act,
      (book) => State.follow(book, act.parent_userid, true),
      eventAndCommand(Events.ParentSubscribed, Events.SuiteParentSubscribed, { Id: act.parent_userid })
    )
})

/** 家长取消关注. A parent no longer follows the school's notices. */
export const unsubscribe = Act.make({
  input: Act.input(ofParent),
  run: (act) =>
    changing(
      act,
      (book) => State.follow(book, act.parent_userid, false),
      eventAndCommand(Events.ParentUnsubscribed, Events.SuiteParentUnsubscribed, { Id: act.parent_userid })
    )
})

/** 创建部门. Returns the id of the department. */
export const addDepartment = Act.make({
  input: Act.input(NewSchoolDepartment.fields),
  success: Schema.Int,
  run: Effect.fn(function*({ corpId, ...department }) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf({ corpId })
    const id = yield* Act.attempt(() => State.createDepartment(State.addressBook(corp), world, department))
    yield* told(
      corp,
      eventAndCommand(Events.SchoolDepartmentCreated, Events.SuiteSchoolDepartmentCreated, { Id: id })
    )
    return id
  })
})

/** 更新部门. Changes what is given of a department. */
export const editDepartment = Act.make({
  input: Act.input(SchoolDepartmentEdit.fields),
  run: ({ corpId, ...department }) =>
    changing(
      { corpId },
      (book) => State.updateDepartment(book, department),
      eventAndCommand(Events.SchoolDepartmentUpdated, Events.SuiteSchoolDepartmentUpdated, { Id: department.id })
    )
})

/** 删除部门. A department without others below it, and without students, is deleted. */
export const removeDepartment = Act.make({
  input: Act.input({ id: Schema.Int }),
  run: (act) =>
    changing(
      act,
      (book) => State.deleteDepartment(book, act.id),
      eventAndCommand(Events.SchoolDepartmentDeleted, Events.SuiteSchoolDepartmentDeleted, { Id: act.id })
    )
})
