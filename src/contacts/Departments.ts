/**
 * 部门管理: the tree of departments.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 部门. A node of the corp's tree; the root has id 1. */
export class Department extends Schema.Class<Department>("effect-wecom/Department")({
  id: Wire.int,
  ...Wire.optionals({
    /** Left out where the app may not see names. */
    name: Schema.String,
    name_en: Schema.String,
    /** Userids of its leaders, as far as the app may see them. */
    department_leader: Schema.Array(Schema.String)
  }),
  /** The department above; 0 for the root. */
  parentid: Wire.int,
  /** Position among its siblings: the larger, the further up. */
  order: Wire.optional(Wire.int)
}) {}

/** A department's place in the tree, without its name. */
export class DepartmentNode extends Schema.Class<DepartmentNode>("effect-wecom/DepartmentNode")({
  id: Wire.int,
  /** The department above; 0 for the root. */
  parentid: Wire.int,
  /** Position among its siblings: the larger, the further up. */
  order: Wire.optional(Wire.int)
}) {}

const name = Wire.chars(64).check(
  Schema.isPattern(/^[^\\:*?"<>|]*$/, { message: "a name must be without any of \\ : * ? \" < > |" })
)

const order = Wire.intBetween(0, 2 ** 32 - 1)

/** 部门管理: the tree of departments. */
export class Departments extends Domain.Service<Departments>()("contacts/Departments", "通讯录·部门", {
  /**
   * 创建部门. Returns the id of the new department, which is chosen by the server when `id` (2 or more) is left out.
   *
   * Names have 1 to 64 characters, none of `\ : * ? " < > |`, and are unique among siblings (60008). At most 15 levels,
   * 30,000 departments, and 30,000 nodes below one department. Create departments and their members one after the other.
   * @see https://developer.work.weixin.qq.com/document/path/90205
   */
  create: Endpoint.post("/cgi-bin/department/create", 90205, () => ({
    body: {
      name,
      /** Shown only where the corp has several languages switched on. */
      name_en: Wire.optional(name),
      parentid: Wire.int,
      ...Wire.optionals({
        /** Position among its siblings: the larger, the further up. */
        order: order,
        id: Wire.intBetween(2, 2 ** 31 - 1)
      })
    },
    success: Endpoint.pluck("id", Wire.int)
  })),
  /**
   * 更新部门. Fields left out stay as they are. Moving it below itself fails with 60010.
   * @see https://developer.work.weixin.qq.com/document/path/90206
   */
  update: Endpoint.post("/cgi-bin/department/update", 90206, () => ({
    body: {
      id: Wire.int,
      ...Wire.optionals({
        name: name,
        name_en: name,
        parentid: Wire.int,
        order: order
      })
    }
  })),
  /**
   * 删除部门. The root (60007), and departments with members (60005) or departments (60006) below them, stay.
   * @see https://developer.work.weixin.qq.com/document/path/90207
   */
  delete: Endpoint.get("/cgi-bin/department/delete", { doc: 90207, idempotent: false }, () => ({
    query: { id: Wire.int }
  })),
  /**
   * 获取部门列表. A department and all below it; every visible one when `id` is left out.
   *
   * Slow: WeCom advises `listIds` and `get`. Contact sync from addresses added since 2022-08-15 may only use
   * `listIds` (48009).
   * @see https://developer.work.weixin.qq.com/document/path/90208
   */
  list: Endpoint.get("/cgi-bin/department/list", 90208, () => ({
    query: { id: Wire.optional(Wire.int) },
    success: Endpoint.pluck("department", Wire.list(Department))
  })),
  /**
   * 获取子部门ID列表. The places in the tree of a department and all below it; of every visible one when `id` is left out.
   * @see https://developer.work.weixin.qq.com/document/path/95350
   */
  listIds: Endpoint.get("/cgi-bin/department/simplelist", 95350, () => ({
    query: { id: Wire.optional(Wire.int) },
    success: Endpoint.pluck("department_id", Wire.list(DepartmentNode))
  })),
  /**
   * 获取单个部门详情. One department, if the app may see it. Closed, like `list`, to newer addresses of contact sync (48009).
   * @see https://developer.work.weixin.qq.com/document/path/95351
   */
  get: Endpoint.get("/cgi-bin/department/get", 95351, () => ({
    query: { id: Wire.int },
    success: Endpoint.pluck("department", Department)
  }))
}) {}
