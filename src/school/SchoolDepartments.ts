/**
 * 家校·部门管理: the campuses, stages, grades and classes of a school.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { StandardGrade } from "./StandardGrade.ts"

/** 部门类型. */
export const SchoolDepartmentType = Wire.oneOf({
  Class: [1, "班级"],
  Grade: [2, "年级"],
  Stage: [3, "学段"],
  Campus: [4, "校区"],
  School: [5, "学校（根部门）"]
})

/** 部门管理员类型. */
export const SchoolAdminType = Wire.oneOf({
  Campus: [1, "校区负责人"],
  Grade: [2, "年级负责人"],
  HeadTeacher: [3, "班主任"],
  Teacher: [4, "任课老师"],
  Stage: [5, "学段负责人"]
})

/** What to do with an administrator of a department. */
export const SchoolAdminChange = Wire.oneOf({
  Set: [0, "新增或者更新"],
  Remove: [1, "删除管理员"]
})

/** 部门管理员. */
export class SchoolDepartmentAdmin extends Schema.Class<SchoolDepartmentAdmin>("effect-wecom/SchoolDepartmentAdmin")({
  userid: Schema.String,
  ...Wire.optionals({
    type: SchoolAdminType.schema,
    /** Of head teachers and teachers. */
    subject: Schema.String
  })
}) {}

/** 部门 of a school. */
export class SchoolDepartment extends Schema.Class<SchoolDepartment>("effect-wecom/SchoolDepartment")({
  /** 1 is the root. */
  id: Wire.int,
  ...Wire.optionals({
    name: Schema.String,
    /** The department above; 0 for the root. */
    parentid: Wire.int,
    type: SchoolDepartmentType.schema,
    /** 入学年份, of standard grades. */
    register_year: Wire.int,
    /** Of standard grades. */
    standard_grade: StandardGrade.schema,
    /** Position among its siblings: the larger, the further up. */
    order: Wire.int,
    /** 是否已毕业, of grades. */
    is_graduated: Wire.flag,
    /** 是否开启班级群, of classes. */
    open_group_chat: Wire.flag,
    /** 班级群id, of classes with a group. */
    group_chat_id: Wire.id
  }),
  department_admins: Wire.list(SchoolDepartmentAdmin)
}) {}

const teachers: ReadonlyArray<number> = [SchoolAdminType.HeadTeacher, SchoolAdminType.Teacher]

/** Which administrators a department of each type can have. */
const allowed: { readonly [type: number]: ReadonlyArray<number> } = {
  [SchoolDepartmentType.Class]: teachers,
  [SchoolDepartmentType.Grade]: [SchoolAdminType.Grade],
  [SchoolDepartmentType.Stage]: [SchoolAdminType.Stage],
  [SchoolDepartmentType.Campus]: [SchoolAdminType.Campus]
}

const subjectOfTeachers = Schema.makeFilter(
  ({ subject, type }: { readonly subject?: string | undefined; readonly type?: number | undefined }) =>
    subject === undefined || type === undefined || teachers.includes(type) ||
    { path: ["subject"], issue: "only head teachers (3) and teachers (4) have one" }
)

/** At most 15 characters. */
const subject = Wire.chars(15)

/** 部门管理员 to appoint. */
export class NewSchoolDepartmentAdmin extends Schema.Opaque<NewSchoolDepartmentAdmin>()(
  Schema.Struct({
    /** Of a member: 1 to 64 bytes. */
    userid: Wire.text(64),
    type: SchoolAdminType.schema,
    /** One subject, of head teachers and teachers: at most 15 characters. */
    subject: Wire.optional(subject)
  }).check(subjectOfTeachers)
) {}

/** 部门管理员 to appoint, change or remove. */
export class SchoolDepartmentAdminEdit extends Schema.Opaque<SchoolDepartmentAdminEdit>()(
  Schema.Struct({
    op: SchoolAdminChange.schema,
    /** Of a member: 1 to 64 bytes. */
    userid: Wire.text(64),
    ...Wire.optionals({
      type: SchoolAdminType.schema,
      /** One subject, of head teachers and teachers: at most 15 characters. */
      subject
    })
  }).check(subjectOfTeachers)
) {}

const id = Wire.intBetween(1, 2 ** 32 - 1)

const common = Wire.optionals({
  /** 入学年份, 1970 to 2100, of a grade. Default: reckoned from the standard grade. */
  register_year: Wire.intBetween(1970, 2100),
  /** Of a grade. */
  standard_grade: StandardGrade.schema,
  /** Position among its siblings: the larger, the further up. */
  order: Wire.intBetween(0, 2 ** 32 - 1)
})

const name = Wire.chars(32).check(
  Schema.isPattern(/^[^\\:*?"<>/]*$/, { message: "a name must be without any of \\ : * ? \" < > /" })
)

/** 部门 to create. */
export class NewSchoolDepartment extends Schema.Opaque<NewSchoolDepartment>()(
  Schema.Struct({
    /** 1 to 32 characters, none of `\ : * ? " < > /`. A standard grade is named by WeCom. */
    name: Wire.optional(name),
    /** The department above: a grade, for a class. */
    parentid: id,
    type: SchoolDepartmentType.schema,
    /** At least 2. Default: chosen by WeCom. */
    id: Wire.optional(Wire.intBetween(2, 2 ** 32 - 1)),
    ...common,
    department_admins: Wire.optional(Schema.Array(NewSchoolDepartmentAdmin))
  }).check(
    Schema.makeFilter(({ department_admins = [], name, standard_grade, type }) => {
      if (name === undefined && standard_grade === undefined) {
        return { path: ["name"], issue: "is needed but for a standard grade" }
      }
      const fitting = allowed[type] ?? []
      const misplaced = department_admins.findIndex((admin) => !fitting.includes(admin.type))
      return misplaced === -1 || {
        path: ["department_admins", misplaced, "type"],
        issue: fitting.length === 0
          ? "the root has no administrators"
          : `expected ${fitting.join(" or ")} for a department of type ${type}`
      }
    })
  )
) {}

/** What to change of a department. */
export class SchoolDepartmentEdit extends Schema.Opaque<SchoolDepartmentEdit>()(
  Schema.Struct({
    id,
    ...Wire.optionals({
      /** 1 to 32 characters, none of `\ : * ? " < > /`; ignored for a standard grade. */
      name,
      /** The department above: a grade, for a class. */
      parentid: id,
      /** The id that it is to have. */
      new_id: id
    }),
    /** A `standard_grade` of `None` makes a grade that is not a standard one. */
    ...common,
    department_admins: Wire.optional(Schema.Array(SchoolDepartmentAdminEdit))
  })
) {}

/** 家校·部门管理: the campuses, stages, grades and classes of a school. */
export class SchoolDepartments extends Domain.Service<SchoolDepartments>()("school/SchoolDepartments", "家校·基础", {
  /**
   * 创建部门. Returns its id. Above a class must be a grade; a department has administrators of its own type.
   * @see https://developer.work.weixin.qq.com/document/path/92340
   */
  create: Endpoint.post("/cgi-bin/school/department/create", 92340, () => ({
    body: NewSchoolDepartment,
    success: Endpoint.pluck("id", Wire.int)
  })),
  /**
   * 更新部门. Changes what is given.
   * @see https://developer.work.weixin.qq.com/document/path/92341
   */
  update: Endpoint.post("/cgi-bin/school/department/update", 92341, () => ({ body: SchoolDepartmentEdit })),
  /**
   * 删除部门. Not the root, nor one with departments or members.
   * @see https://developer.work.weixin.qq.com/document/path/92342
   */
  delete: Endpoint.get("/cgi-bin/school/department/delete", { doc: 92342, idempotent: false }, () => ({
    query: { id: Wire.int }
  })),
  /**
   * 获取部门列表. A department and those below it.
   * @see https://developer.work.weixin.qq.com/document/path/92343
   */
  list: Endpoint.get("/cgi-bin/school/department/list", 92343, () => ({
    query: {
      /** Default: the whole school. */
      id: Wire.optional(Wire.int)
    },
    success: Endpoint.pluck("departments", Wire.list(SchoolDepartment))
  })),
  /**
   * 修改自动升年级的配置. Whether, and on which day of the year, all grades move up. Returns when they do next.
   * @see https://developer.work.weixin.qq.com/document/path/92949
   */
  setUpgrade: Endpoint.post("/cgi-bin/school/set_upgrade_info", { doc: 92949, idempotent: true }, () => ({
    body: Wire.optionals({
      /** Only its month and day count. Default: 1 January. */
      upgrade_time: Wire.time,
      /** Default: `false`. */
      upgrade_switch: Wire.flag
    }),
    success: Endpoint.pluck("next_upgrade_time", Wire.optional(Wire.time))
  }))
}) {}
