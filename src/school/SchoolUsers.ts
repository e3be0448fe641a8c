/**
 * 学生与家长管理: the students of a school and their parents.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { userid } from "./fields.ts"

/** 家校通讯录同步模式: what is no longer carried over between the address book and the tags of classes. */
export const ArchSyncMode = Wire.oneOf({
  NotFromTags: [1, "禁止将标签同步至家校通讯录"],
  NotToTags: [2, "禁止将家校通讯录同步至标签"],
  Never: [3, "禁止家校通讯录和标签相互同步"]
})

const contact = Wire.optionals({
  /** Not for third-party apps; for apps built by a provider, if the administrator allows it. */
  mobile: Schema.String,
  /** 是否关注「学校通知」. */
  is_subscribe: Wire.flag,
  /** Only if the parent follows 学校通知. The same at all schools of one provider. */
  external_userid: Schema.String
})

/** 家长 of a student. */
export class StudentParent extends Schema.Class<StudentParent>("effect-wecom/StudentParent")({
  parent_userid: Schema.String,
  /** Such as `爸爸`. */
  relation: Wire.optional(Schema.String),
  ...contact
}) {}

/** 学生. */
export class Student extends Schema.Class<Student>("effect-wecom/Student")({
  student_userid: Schema.String,
  name: Wire.optional(Schema.String),
  /** Ids of classes, at most 20. */
  department: Wire.list(Wire.int),
  parents: Wire.list(StudentParent)
}) {}

/** 孩子 of a parent. */
export class ParentChild extends Schema.Class<ParentChild>("effect-wecom/ParentChild")({
  student_userid: Schema.String,
  ...Wire.optionals({
    /** Such as `爸爸`. */
    relation: Schema.String,
    name: Schema.String
  })
}) {}

/** 家长. */
export class Parent extends Schema.Class<Parent>("effect-wecom/Parent")({
  parent_userid: Schema.String,
  ...contact,
  children: Wire.list(ParentChild)
}) {}

/** 用户类型. */
export const SchoolUserType = Wire.oneOf({
  Student: [1, "学生"],
  Parent: [2, "家长"]
})

/** 学生或家长, told apart by `user_type`. */
export const SchoolUser = Wire.variants("user_type", [
  Schema.Struct({ user_type: Schema.Literal(SchoolUserType.Student), student: Student }),
  Schema.Struct({ user_type: Schema.Literal(SchoolUserType.Parent), parent: Parent })
])
export type SchoolUser = typeof SchoolUser.Type

const name = Wire.chars(32)

const student = {
  student_userid: userid,
  /** 1 to 32 characters. */
  name,
  /** Ids of 1 to 20 classes. */
  department: Wire.items(Wire.int, 20, 1)
}

/** 学生 to create. */
export class NewStudent extends Schema.Opaque<NewStudent>()(
  Schema.Struct({
    ...student,
    ...Wire.optionals({
      mobile: Schema.String,
      /** Whether to invite the student, at verified schools alone. Default: `true`. */
      to_invite: Schema.Boolean
    })
  })
) {}

/** What to change of a student. */
export class StudentEdit extends Schema.Opaque<StudentEdit>()(
  Schema.Struct({
    student_userid: userid,
    ...Wire.optionals({
      /** Can be changed once. */
      new_student_userid: userid,
      mobile: Schema.String,
      /** 1 to 32 characters. */
      name,
      /** Ids of at most 20 classes. */
      department: Wire.items(Wire.int, 20)
    })
  })
) {}

const child = Schema.Struct({
  student_userid: userid,
  /** Such as `爸爸`: at most 32 bytes. */
  relation: Wire.text(32)
})

/** 家长 to create. */
export class NewParent extends Schema.Opaque<NewParent>()(
  Schema.Struct({
    parent_userid: userid,
    mobile: Schema.NonEmptyString,
    /** Whether to invite the parent, at verified schools alone. Default: `true`. */
    to_invite: Wire.optional(Schema.Boolean),
    /** 1 to 10 children. */
    children: Wire.items(child, 10, 1)
  })
) {}

/** What to change of a parent. */
export class ParentEdit extends Schema.Opaque<ParentEdit>()(
  Schema.Struct({
    parent_userid: userid,
    ...Wire.optionals({
      /** Can be changed once. */
      new_parent_userid: userid,
      mobile: Schema.String,
      /** Replaces the children, at most 10. An empty list changes nothing. */
      children: Wire.items(child, 10)
    })
  })
) {}

/** A student with whom a call failed. */
export class StudentResult extends Schema.Class<StudentResult>("effect-wecom/StudentResult")({
  student_userid: Schema.String,
  errcode: Wire.int,
  errmsg: Wire.optional(Schema.String)
}) {}

/** A parent with whom a call failed. */
export class ParentResult extends Schema.Class<ParentResult>("effect-wecom/ParentResult")({
  parent_userid: Schema.String,
  errcode: Wire.int,
  errmsg: Wire.optional(Schema.String)
}) {}

const itemResults = "result_list"

const students = Endpoint.pluck(itemResults, Wire.list(StudentResult))

const parents = Endpoint.pluck(itemResults, Wire.list(ParentResult))

const useridlist = Wire.items(Schema.NonEmptyString, 100, 1)

/**
 * 学生与家长管理: the students of a school and their parents.
 *
 * Userids are unique in the school: 1 to 64 letters, digits, or any of `_ - @ .` after the first, in whatever case. A
 * class has at most 30,000 students. Calls for many return those that failed, for `PartialResult.failOnPartial`; with the
 * others they have succeeded.
 */
export class SchoolUsers extends Domain.Service<SchoolUsers>()("school/SchoolUsers", "家校·基础", {
  /**
   * 创建学生.
   * @see https://developer.work.weixin.qq.com/document/path/92325
   */
  createStudent: Endpoint.post("/cgi-bin/school/user/create_student", 92325, () => ({ body: NewStudent })),
  /**
   * 删除学生. Not while the student has parents: delete them before.
   * @see https://developer.work.weixin.qq.com/document/path/92326
   */
  deleteStudent: Endpoint.get("/cgi-bin/school/user/delete_student", { doc: 92326, idempotent: false }, () => ({
    query: { userid: Schema.NonEmptyString }
  })),
  /**
   * 更新学生. Changes what is given.
   * @see https://developer.work.weixin.qq.com/document/path/92327
   */
  updateStudent: Endpoint.post("/cgi-bin/school/user/update_student", 92327, () => ({ body: StudentEdit })),
  /**
   * 批量创建学生. At most 100. Returns those that could not be created.
   * @see https://developer.work.weixin.qq.com/document/path/92328
   */
  createStudentMany: Endpoint.post("/cgi-bin/school/user/batch_create_student", { doc: 92328, itemResults }, () => ({
    body: { students: Wire.items(NewStudent, 100, 1) },
    success: students
  })),
  /**
   * 批量删除学生. At most 100, who must have no parents any more. Returns those that could not be deleted.
   * @see https://developer.work.weixin.qq.com/document/path/92329
   */
  deleteStudentMany: Endpoint.post("/cgi-bin/school/user/batch_delete_student", { doc: 92329, itemResults }, () => ({
    body: {
      /** Of 1 to 100 students. */
      useridlist
    },
    success: students
  })),
  /**
   * 批量更新学生. At most 100; changes what is given of each. Returns those that could not be changed.
   * @see https://developer.work.weixin.qq.com/document/path/92330
   */
  updateStudentMany: Endpoint.post("/cgi-bin/school/user/batch_update_student", { doc: 92330, itemResults }, () => ({
    body: { students: Wire.items(StudentEdit, 100, 1) },
    success: students
  })),
  /**
   * 创建家长. Adds a parent to 1 to 10 children.
   * @see https://developer.work.weixin.qq.com/document/path/92331
   */
  createParent: Endpoint.post("/cgi-bin/school/user/create_parent", 92331, () => ({ body: NewParent })),
  /**
   * 删除家长.
   * @see https://developer.work.weixin.qq.com/document/path/92332
   */
  deleteParent: Endpoint.get("/cgi-bin/school/user/delete_parent", { doc: 92332, idempotent: false }, () => ({
    query: { userid: Schema.NonEmptyString }
  })),
  /**
   * 更新家长. Changes what is given; the children as a whole.
   * @see https://developer.work.weixin.qq.com/document/path/92333
   */
  updateParent: Endpoint.post("/cgi-bin/school/user/update_parent", 92333, () => ({ body: ParentEdit })),
  /**
   * 批量创建家长. At most 100. Returns those that could not be created.
   * @see https://developer.work.weixin.qq.com/document/path/92334
   */
  createParentMany: Endpoint.post("/cgi-bin/school/user/batch_create_parent", { doc: 92334, itemResults }, () => ({
    body: { parents: Wire.items(NewParent, 100, 1) },
    success: parents
  })),
  /**
   * 批量删除家长. At most 100. Returns those that could not be deleted.
   * @see https://developer.work.weixin.qq.com/document/path/92335
   */
  deleteParentMany: Endpoint.post("/cgi-bin/school/user/batch_delete_parent", { doc: 92335, itemResults }, () => ({
    body: {
      /** Of 1 to 100 parents. */
      useridlist
    },
    success: parents
  })),
  /**
   * 批量更新家长. At most 100; changes what is given of each. Returns those that could not be changed.
   * @see https://developer.work.weixin.qq.com/document/path/92336
   */
  updateParentMany: Endpoint.post("/cgi-bin/school/user/batch_update_parent", { doc: 92336, itemResults }, () => ({
    body: { parents: Wire.items(ParentEdit, 100, 1) },
    success: parents
  })),
  /**
   * 读取学生或家长. A student with the parents, or a parent with the children.
   * @see https://developer.work.weixin.qq.com/document/path/92337
   */
  get: Endpoint.get("/cgi-bin/school/user/get", 92337, () => ({
    query: {
      /** Of a student or a parent: 1 to 64 bytes. */
      userid: Wire.text(64)
    },
    success: SchoolUser
  })),
  /**
   * 获取部门学生详情. The students of a department, without those of the departments below.
   * @see https://developer.work.weixin.qq.com/document/path/92338
   */
  listStudents: Endpoint.get("/cgi-bin/school/user/list", 92338, () => ({
    query: { department_id: Wire.int },
    success: Endpoint.pluck("students", Wire.list(Student))
  })),
  /**
   * 获取部门家长详情. The parents of a department, without those of the departments below.
   * @see https://developer.work.weixin.qq.com/document/path/92446
   */
  listParents: Endpoint.get("/cgi-bin/school/user/list_parent", 92446, () => ({
    query: { department_id: Wire.int },
    success: Endpoint.pluck("parents", Wire.list(Parent))
  })),
  /**
   * 设置家校通讯录自动同步模式. What is no longer carried over between the address book and the tags of classes. It cannot be
   * switched on again.
   * @see https://developer.work.weixin.qq.com/document/path/92345
   */
  setArchSyncMode: Endpoint.post("/cgi-bin/school/set_arch_sync_mode", { doc: 92345, idempotent: true }, () => ({
    body: { arch_sync_mode: ArchSyncMode.schema }
  }))
}) {}
