/**
 * 管理范围: the members and departments that a rule group of 客户联系 or of 客户朋友圈 is for.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** 节点类型. */
export const RangeNodeType = Wire.oneOf({
  Member: [1, "成员"],
  Department: [2, "部门"]
})

/** 成员节点. */
export class MemberNode extends Schema.Opaque<MemberNode>()(
  Schema.Struct({ type: Schema.Literal(1), userid: Wire.filledText })
) {}
/** 部门节点. */
export class DepartmentNode extends Schema.Opaque<DepartmentNode>()(
  Schema.Struct({ type: Schema.Literal(2), partyid: Wire.int })
) {}
/** 管理范围节点: a member or a department. */
export const RangeNode = Schema.Union([MemberNode, DepartmentNode])
/** 管理范围节点: a member or a department. */
export type RangeNode = typeof RangeNode.Type

/** 管理范围节点, as WeCom shows it: a kind that is not known yet is kept as it is. */
export const ShownRangeNode = Wire.variants("type", [MemberNode, DepartmentNode])
/** 管理范围节点, as WeCom shows it. */
export type ShownRangeNode = typeof ShownRangeNode.Type

/** 成员节点. A member. */
export const member = (userid: string): MemberNode => ({ type: 1, userid })

/** 部门节点. A department and all below it. */
export const department = (partyid: number): DepartmentNode => ({ type: 2, partyid })
