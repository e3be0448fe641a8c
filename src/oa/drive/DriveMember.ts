/**
 * Members of spaces and files of the drive: who they are, and what they may do.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 成员权限: what a member may do with a space or a file. */
export const DriveAuth = Wire.oneOf({
  Download: [1, "仅下载"],
  Edit: [2, "可编辑"],
  Preview: [4, "可预览"],
  UploadAndDownload: [5, "可上传下载"],
  Admin: [7, "应用空间管理员"],
  Custom: [200, "自定义权限"],
  None: [255, "无权限或需要审批"]
})

/** 个人. */
const person = { type: Schema.Literal(1), userid: Wire.filledText }

/** 部门. */
const department = { type: Schema.Literal(2), departmentid: Wire.intBetween(0, 2 ** 32 - 1) }

const auth = { auth: DriveAuth.schema }

/** 空间成员, 文件成员: a member or a department. */
export const DriveMember = Wire.variants("type", [
  Schema.Struct({ ...person, ...Wire.optionals(auth) }),
  Schema.Struct({ ...department, ...Wire.optionals(auth) })
])
/** 空间成员, 文件成员: a member or a department. */
export type DriveMember = typeof DriveMember.Type

/** A member or a department, and what they are to be allowed. Departments cannot be administrators. */
export const NewDriveMember = Schema.Union([
  Schema.Struct({ ...person, ...auth }),
  Schema.Struct({ ...department, ...auth }).check(
    Schema.makeFilter(({ auth }) =>
      auth !== DriveAuth.Admin || { path: ["auth"], issue: "a department cannot be an administrator" }
    )
  )
])
/** A member or a department, and what they are to be allowed. */
export type NewDriveMember = typeof NewDriveMember.Type

/** A member or a department that is to be taken out. */
export const DriveMemberRef = Schema.Union([Schema.Struct(person), Schema.Struct(department)])
/** A member or a department that is to be taken out. */
export type DriveMemberRef = typeof DriveMemberRef.Type
