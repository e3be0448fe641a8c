/**
 * 互联企业: the address books of the corps that share an app with this one.
 *
 * Departments are told apart by `LINKEDID/DEPARTMENTID`, members by `CORPID/USERID`.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import * as Attribute from "./Attribute.ts"

/** 应用的可见范围. What the app may see of linked corps. */
export class LinkedScope extends Schema.Class<LinkedScope>("effect-wecom/LinkedScope")({
  /** `CORPID/USERID`. */
  userids: Wire.list(Schema.String),
  /** `LINKEDID/DEPARTMENTID`. */
  department_ids: Wire.list(Schema.String)
}) {}

/** 互联企业部门. */
export class LinkedDepartment extends Schema.Class<LinkedDepartment>("effect-wecom/LinkedDepartment")({
  /** Without the part before the slash. */
  department_id: Wire.quoted(Wire.int),
  department_name: Wire.optional(Schema.String),
  /** The department above; 0 for the topmost. */
  parentid: Wire.quoted(Wire.int),
  /** Position among its siblings: the larger, the further up. */
  order: Wire.optional(Wire.int)
}) {}

/** A member of a linked corp with little more than a name. */
export class LinkedUserName extends Schema.Class<LinkedUserName>("effect-wecom/LinkedUserName")({
  corpid: Schema.String,
  userid: Schema.String,
  name: Wire.optional(Schema.String),
  /** `LINKEDID/DEPARTMENTID`, as far as the app may see them. */
  department: Wire.list(Schema.String)
}) {}

/** 互联企业成员. */
export class LinkedUser extends Schema.Class<LinkedUser>("effect-wecom/LinkedUser")({
  corpid: Schema.String,
  userid: Schema.String,
  ...Wire.optionals({
    name: Schema.String,
    mobile: Schema.String,
    telephone: Schema.String,
    email: Schema.String,
    /** 职务. */
    position: Schema.String
  }),
  /** `LINKEDID/DEPARTMENTID`, as far as the app may see them. */
  department: Wire.list(Schema.String),
  extattr: Wire.optional(Schema.Struct({
    attrs: Wire.list(Wire.variants("type", [
      Schema.Struct({
        ...Attribute.TextAttribute.fields,
        /** The same as `text.value`, of older servers. */
        value: Wire.optional(Schema.String)
      }),
      Attribute.WebAttribute
    ]))
  }))
}) {}

/** `LINKEDID/DEPARTMENTID`. */
const department_id = Schema.String.check(
  Schema.isPattern(/^[^/]+\/[^/]+$/, { message: "expected LINKEDID/DEPARTMENTID" })
)

const inDepartment = () => ({
  department_id,
  /** Also the members of the departments below. */
  fetch_child: Wire.optional(Schema.Boolean)
})

/** 互联企业: the address books of the corps that share an app with this one, as far as the app may see them. */
export class LinkedCorps extends Domain.Service<LinkedCorps>()("contacts/LinkedCorps", "互联企业linkedcorp", {
  /**
   * 获取应用的可见范围. The members and topmost departments of linked corps that the app may see.
   * @see https://developer.work.weixin.qq.com/document/path/93172
   */
  getScope: Endpoint.query("/cgi-bin/linkedcorp/agent/get_perm_list", 93172, () => ({
    body: {},
    success: LinkedScope
  })),
  /**
   * 获取互联企业部门列表. A department, `LINKEDID/DEPARTMENTID`, and all below it.
   * @see https://developer.work.weixin.qq.com/document/path/93170
   */
  listDepartments: Endpoint.query("/cgi-bin/linkedcorp/department/list", 93170, () => ({
    body: { department_id },
    success: Endpoint.pluck("department_list", Wire.list(LinkedDepartment))
  })),
  /**
   * 获取互联企业成员详细信息. One member, `CORPID/USERID`.
   * @see https://developer.work.weixin.qq.com/document/path/93171
   */
  getUser: Endpoint.query("/cgi-bin/linkedcorp/user/get", 93171, () => ({
    body: { userid: Schema.String.check(Schema.isPattern(/^[^/]+\/[^/]+$/, { message: "expected CORPID/USERID" })) },
    success: Endpoint.pluck("user_info", LinkedUser)
  })),
  /**
   * 获取互联企业部门成员. The names of a department's members.
   * @see https://developer.work.weixin.qq.com/document/path/93168
   */
  listUserNames: Endpoint.query("/cgi-bin/linkedcorp/user/simplelist", 93168, () => ({
    body: inDepartment(),
    success: Endpoint.pluck("userlist", Wire.list(LinkedUserName))
  })),
  /**
   * 获取互联企业部门成员详情. A department's members.
   * @see https://developer.work.weixin.qq.com/document/path/93169
   */
  listUsers: Endpoint.query("/cgi-bin/linkedcorp/user/list", 93169, () => ({
    body: inDepartment(),
    success: Endpoint.pluck("userlist", Wire.list(LinkedUser))
  }))
}) {}
