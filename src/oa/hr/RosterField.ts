/**
 * 花名册字段: the fields of the roster, and their values.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 字段类型. */
export const RosterFieldType = Wire.oneOf({
  Text: [1, "文本类型"],
  Option: [2, "选项类型"],
  Time: [3, "时间类型"],
  Image: [4, "图片类型"],
  File: [5, "单个文件类型"],
  Files: [6, "多个文件类型"]
})

/** 字段值类型: in which `value_...` the value is. */
export const RosterValueType = Wire.oneOf({
  String: [1, "字符串"],
  Uint64: [2, "64位非负整数"],
  Uint32: [3, "32位非负整数"],
  Int64: [4, "64位整数"],
  Mobile: [5, "电话号码"],
  File: [6, "文件"]
})

/** 可重复字段组: groups of fields that a member can have several times. */
export const RosterGroupType = Wire.oneOf({
  Education: [1, "教育经历"],
  Work: [2, "工作经历"],
  Family: [3, "家庭成员"],
  EmergencyContact: [4, "紧急联系人"],
  Contract: [5, "合同信息"]
})

/** 结果类型: what reading or writing one field came to. */
export const RosterResult = Wire.oneOf({
  Success: [1, "成功"],
  Failure: [2, "失败"],
  NotFound: [3, "字段未找到"],
  Missing: [4, "必填字段未填写/被清空"],
  Unsupported: [5, "不支持的字段类型"]
})

/** 电话号码. */
export const RosterMobile = Schema.Struct({
  ...Wire.optionals({
    /** Such as `86`. */
    value_country_code: Schema.String,
    /** Empty: no number at all. */
    value_mobile: Schema.String
  })
})
/** 电话号码. */
export interface RosterMobile extends Schema.Schema.Type<typeof RosterMobile> {}

/** 选项. */
export const RosterOption = Schema.Struct({ id: Wire.int, value: Wire.optional(Schema.String) })
/** 选项. */
export interface RosterOption extends Schema.Schema.Type<typeof RosterOption> {}

/** 字段信息: how a field is configured. */
export class RosterFieldConfig extends Schema.Class<RosterFieldConfig>("effect-wecom/RosterFieldConfig")({
  fieldid: Wire.int,
  ...Wire.optionals({
    field_name: Schema.String,
    field_type: RosterFieldType.schema,
    value_type: RosterValueType.schema,
    is_must: Schema.Boolean
  }),
  /** Of an `Option` alone: its value is one of these ids. */
  option_list: Wire.list(RosterOption)
}) {}

/** 字段组. */
export class RosterGroup extends Schema.Class<RosterGroup>("effect-wecom/RosterGroup")({
  group_id: Wire.int,
  group_name: Wire.optional(Schema.String),
  field_list: Wire.list(RosterFieldConfig)
}) {}

/** The value of a field, told apart by its `type`. */
export type RosterValue =
  | { readonly type: "String"; readonly value: string }
  /** 64 bits: digits as text. */
  | { readonly type: "Uint64" | "Int64"; readonly value: string }
  | { readonly type: "Uint32"; readonly value: number }
  | { readonly type: "Mobile"; readonly value: RosterMobile }
  /** Ids for `Media.get`. */
  | { readonly type: "File"; readonly value: ReadonlyArray<string> }

/** 字段内容: a field of one member. */
export class RosterField extends Schema.Class<RosterField>("effect-wecom/RosterField")({
  fieldid: Wire.int,
  ...Wire.optionals({
    /** Which of the member's groups of the kind it is in; 0 in a group that cannot be repeated. */
    sub_idx: Wire.int,
    result: RosterResult.schema,
    value_type: RosterValueType.schema,
    value_string: Schema.String,
    /** 64 bits: digits as text. */
    value_uint64: Wire.int64,
    value_uint32: Wire.int,
    /** 64 bits: digits as text. */
    value_int64: Wire.int64,
    value_mobile: RosterMobile,
    value_file: Schema.Struct({ media_id: Wire.list(Schema.String) })
  })
}) {
  /** The value, of whichever type it is; none if the field is empty, unknown, or could not be read. */
  get value(): RosterValue | undefined {
    return this.value_string !== undefined
      ? { type: "String", value: this.value_string }
      : this.value_uint64 !== undefined
      ? { type: "Uint64", value: this.value_uint64 }
      : this.value_uint32 !== undefined
      ? { type: "Uint32", value: this.value_uint32 }
      : this.value_int64 !== undefined
      ? { type: "Int64", value: this.value_int64 }
      : this.value_mobile !== undefined
      ? { type: "Mobile", value: this.value_mobile }
      : this.value_file !== undefined
      ? { type: "File", value: this.value_file.media_id }
      : undefined
  }
}

const values = {
  value_string: Schema.String,
  value_uint64: Wire.int64,
  value_uint32: Wire.intBetween(0, 4_294_967_295),
  value_int64: Wire.int64,
  value_mobile: RosterMobile
}

type Values = Schema.Struct.Type<typeof values>

/** One value or none: none clears the field. */
type OneValue =
  | { [K in keyof Values]: Pick<Values, K> & { readonly [Other in Exclude<keyof Values, K>]?: never } }[keyof Values]
  | { readonly [K in keyof Values]?: never }

/** 更新字段: a field with the value that it is to have, of the type that `Roster.listFields` says. No value clears it. */
export type RosterItem =
  & {
    readonly fieldid: number
    /** Which of the member's groups of the kind it is in. Default: 0, for a group that cannot be repeated. */
    readonly sub_idx?: number
  }
  & OneValue

/** 更新字段: a field with the value that it is to have, of the type that `Roster.listFields` says. No value clears it. */
export const RosterItem = Schema.Struct({
  fieldid: Wire.int.check(
    Schema.makeFilter((id: number) => !readOnly.has(id) || `${readOnly.get(id)} (${id}) cannot be changed`)
  ),
  ...Wire.optionals({ sub_idx: Wire.int, ...values })
}).check(
  Schema.makeFilter((item) => {
    const [, second] = (Object.keys(values) as ReadonlyArray<keyof Values>).filter((key) => item[key] !== undefined)
    return second === undefined || { path: [second], issue: "a field has one value" }
  })
  // What the check says, as a type.
) as never as Schema.Codec<RosterItem, { readonly fieldid: number | string }>

/** 不支持更新字段表. */
const readOnly: ReadonlyMap<number, string> = new Map([[11006, "年龄"], [11012, "社会工龄"], [12004, "员工状态"]])
