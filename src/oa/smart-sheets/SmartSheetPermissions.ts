/**
 * 管理智能表格内容权限: what members may see and edit in the sheets, fields and records of a smart sheet.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { FieldType } from "./SmartSheetField.ts"

/** 权限规则类型: every smart sheet has one for all members, and up to 20 others. */
export const RuleType = Wire.oneOf({ Everyone: [1, "全员权限"], Extra: [2, "额外权限"] })

/** 子表权限. */
export const SheetAccess = Wire.oneOf({
  All: [1, "全部权限"],
  Edit: [2, "可编辑"],
  View: [3, "仅浏览"],
  None: [4, "无权限"]
})

/** 字段生效范围. */
export const FieldRange = Wire.oneOf({ All: [1, "所有字段"], Some: [2, "部分字段"] })

/** 记录生效范围. */
export const RecordRange = Wire.oneOf({
  All: [1, "全部记录"],
  AnyCondition: [2, "满足任意条件的记录"],
  EveryCondition: [3, "满足全部条件的记录"]
})

/** 逻辑判断类型. */
export const RecordOperator = Wire.oneOf({
  ContainsSelf: [1, "包含自己"],
  Contains: [2, "包含value"],
  DoesNotContain: [3, "不包含value"],
  Is: [4, "等于value"],
  IsNot: [5, "不等于value"],
  IsEmpty: [6, "为空"],
  IsNotEmpty: [7, "非空"]
})

/** 不满足条件时的权限类型. */
export const OtherAccess = Wire.oneOf({ NotEditable: [1, "不可编辑"], Hidden: [2, "不可查看"] })

const access = { can_edit: Schema.Boolean, can_insert: Schema.Boolean, can_view: Schema.Boolean }

/** 字段权限. */
export class FieldAccess extends Schema.Opaque<FieldAccess>()(Schema.Struct({
  field_id: Wire.filledText,
  field_type: Wire.optional(FieldType.schema),
  ...access
})) {}

/** 记录条件: of fields of members and choices. */
export class RecordRule extends Schema.Opaque<RecordRule>()(Schema.Struct({
  /** Or `CREATED_USER`, who made the record, which has no `field_type`. */
  field_id: Wire.filledText,
  oper_type: RecordOperator.schema,
  ...Wire.optionals({
    field_type: FieldType.schema,
    /** Ids of options. */
    value: Schema.Array(Wire.filledText)
  })
})) {}

const fieldPrivilege = Schema.Struct({
  field_range_type: FieldRange.schema,
  ...Wire.optionals({
    /** Of `Some`. */
    field_rule_list: Schema.Array(FieldAccess),
    /** For the other fields, and those still to come. Needed for `Everyone`, not allowed for `Extra`. */
    field_default_rule: Schema.Struct(Wire.optionals(access))
  })
})

const recordPrivilege = Schema.Struct({
  record_range_type: RecordRange.schema,
  ...Wire.optionals({
    /** Of conditions. */
    record_rule_list: Schema.Array(RecordRule),
    /** What may be done with the other records. */
    other_priv: OtherAccess.schema
  })
})

const privileges = {
  /** Of `Edit`. */
  can_insert_record: Schema.Boolean,
  /** Of `Edit`. */
  can_delete_record: Schema.Boolean,
  can_create_modify_delete_view: Schema.Boolean,
  field_priv: fieldPrivilege,
  /** Of `Edit` and `View`. */
  record_priv: recordPrivilege,
  /** Whether the settings of the sheet are dropped. */
  clear: Schema.Boolean
}

/** 子表内容权限 to set. */
export class SheetPrivilegeEdit extends Schema.Opaque<SheetPrivilegeEdit>()(
  Schema.Struct({ sheet_id: Schema.NonEmptyString, priv: SheetAccess.schema, ...Wire.optionals(privileges) })
) {}

/** 子表内容权限. */
export class SheetPrivilege extends Schema.Class<SheetPrivilege>("effect-wecom/SheetPrivilege")({
  sheet_id: Schema.String,
  ...Wire.optionals({ priv: SheetAccess.schema, ...privileges })
}) {}

/** 权限规则. */
export class PrivilegeRule extends Schema.Class<PrivilegeRule>("effect-wecom/PrivilegeRule")({
  ...Wire.optionals({
    rule_id: Wire.int,
    type: RuleType.schema,
    /** Of `Extra`. */
    name: Schema.String
  }),
  priv_list: Wire.list(SheetPrivilege)
}) {}

const docid = Schema.NonEmptyString

/** 更新子表权限: those of all members, or those of a rule. */
export class PrivilegeEdit extends Schema.Opaque<PrivilegeEdit>()(
  Schema.Struct({
    docid,
    type: RuleType.schema,
    ...Wire.optionals({
      /** Needed for `Extra`. */
      rule_id: Wire.int,
      /** Of `Extra`. */
      name: Schema.String,
      priv_list: Schema.Array(SheetPrivilegeEdit)
    })
  }).check(
    Schema.makeFilter(({ priv_list = [], rule_id, type }) => {
      if (type === RuleType.Extra && rule_id === undefined) return { path: ["rule_id"], issue: "is needed for a rule" }
      const wrong = priv_list.findIndex(({ field_priv }) =>
        field_priv !== undefined && (type === RuleType.Extra) === (field_priv.field_default_rule !== undefined)
      )
      return wrong < 0 || {
        path: ["priv_list", wrong, "field_priv", "field_default_rule"],
        issue: type === RuleType.Extra ? "is not allowed in a rule" : "is needed for all members"
      }
    })
  )
) {}

const range = Schema.Struct({ userid_list: Wire.items(Schema.NonEmptyString, 50) })

/**
 * 管理智能表格内容权限: what members may see and edit in the sheets, fields and records of a smart sheet. One rule is for
 * all members; up to 20 others are for members of their own.
 */
export class SmartSheetPermissions
  extends Domain.Service<SmartSheetPermissions>()("oa/smart-sheets/SmartSheetPermissions", "OA·文档", {
    /**
     * 查询智能表格子表权限. The rule of all members, or those by their ids.
     * @see https://developer.work.weixin.qq.com/document/path/99935
     */
    list: Endpoint.query("/cgi-bin/wedoc/smartsheet/content_priv/get_sheet_priv", 99935, () => ({
      body: {
        docid,
        type: RuleType.schema,
        /** Of `Extra`. */
        rule_id_list: Wire.optional(Schema.Array(Wire.int))
      },
      success: Endpoint.pluck("rule_list", Wire.list(PrivilegeRule))
    })),
    /**
     * 更新智能表格子表权限. What a rule allows in the given sheets.
     * @see https://developer.work.weixin.qq.com/document/path/99935
     */
    update: Endpoint.post(
      "/cgi-bin/wedoc/smartsheet/content_priv/update_sheet_priv",
      { doc: 99935, idempotent: true },
      () => ({ body: PrivilegeEdit })
    ),
    /**
     * 新增智能表格指定成员额外权限. Makes a rule for members of its own: at most 20. Returns its id.
     * @see https://developer.work.weixin.qq.com/document/path/99935
     */
    createRule: Endpoint.post("/cgi-bin/wedoc/smartsheet/content_priv/create_rule", 99935, () => ({
      body: {
        docid,
        /** Another one than those of the other rules. */
        name: Schema.NonEmptyString
      },
      success: Endpoint.pluck("rule_id", Wire.int)
    })),
    /**
     * 更新智能表格指定成员额外权限. Whom a rule is for: at most 50 members.
     * @see https://developer.work.weixin.qq.com/document/path/99935
     */
    updateRuleMembers: Endpoint.post(
      "/cgi-bin/wedoc/smartsheet/content_priv/mod_rule_member",
      { doc: 99935, idempotent: true },
      () => ({
        body: Schema.Struct({
          docid,
          rule_id: Wire.int,
          ...Wire.optionals({
            /** At most 50. */
            add_member_range: range,
            /** At most 50. */
            del_member_range: range
          })
        }).check(Wire.anyOf("add_member_range", "del_member_range"))
      })
    ),
    /**
     * 删除智能表格指定成员额外权限. Deletes rules.
     * @see https://developer.work.weixin.qq.com/document/path/99935
     */
    deleteRules: Endpoint.post(
      "/cgi-bin/wedoc/smartsheet/content_priv/delete_rule",
      { doc: 99935, idempotent: true },
      () => ({ body: { docid, rule_id_list: Wire.items(Wire.int, 20, 1) } })
    )
  })
{}
