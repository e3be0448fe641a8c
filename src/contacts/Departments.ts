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
  /** Left out where the app may not see names. */
  name: Wire.optional(Schema.String),
  name_en: Wire.optional(Schema.String),
  /** Userids of those who lead it. */
  department_leader: Wire.optional(Schema.Array(Schema.String)),
  /** The department above; 0 for the root. */
  parentid: Wire.int,
  /** Position among its siblings: the larger, the further up. */
  order: Wire.optional(Wire.int)
}) {}

/** 部门管理: the tree of departments. */
export class Departments extends Domain.Service<Departments>()("effect-wecom/Departments", {
  /**
   * 获取部门列表. A department and all below it; every visible one when `id` is left out.
   * @see https://developer.work.weixin.qq.com/document/path/90208
   */
  list: Endpoint.get("/cgi-bin/department/list", 90208, () => ({
    query: { id: Schema.optional(Schema.Int) },
    success: Endpoint.pluck("department", Wire.list(Department))
  }))
}) {}
