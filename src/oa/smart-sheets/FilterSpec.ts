/**
 * 过滤与排序: which records of a smart sheet are meant, and in which order.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { FieldType } from "./SmartSheetField.ts"

/** 判断条件的组合. */
export const Conjunction = Wire.oneOf({ And: ["CONJUNCTION_AND", "且"], Or: ["CONJUNCTION_OR", "或"] })

/** 判断类型. Not every type of field knows all of them. */
export const FilterOperator = Wire.oneOf({
  Is: ["OPERATOR_IS", "等于"],
  IsNot: ["OPERATOR_IS_NOT", "不等于"],
  Contains: ["OPERATOR_CONTAINS", "包含"],
  DoesNotContain: ["OPERATOR_DOES_NOT_CONTAIN", "不包含"],
  IsGreater: ["OPERATOR_IS_GREATER", "大于"],
  IsGreaterOrEqual: ["OPERATOR_IS_GREATER_OR_EQUAL", "大于或等于"],
  IsLess: ["OPERATOR_IS_LESS", "小于"],
  IsLessOrEqual: ["OPERATOR_IS_LESS_OR_EQUAL", "小于或等于"],
  IsEmpty: ["OPERATOR_IS_EMPTY", "为空"],
  IsNotEmpty: ["OPERATOR_IS_NOT_EMPTY", "不为空"]
})

/** 日期类型. */
export const FilterDate = Wire.oneOf({
  Detail: ["DATE_TIME_TYPE_DETAIL_DATE", "具体时间"],
  Today: ["DATE_TIME_TYPE_TODAY", "今天"],
  Tomorrow: ["DATE_TIME_TYPE_TOMORROW", "明天"],
  Yesterday: ["DATE_TIME_TYPE_YESTERDAY", "昨天"],
  CurrentWeek: ["DATE_TIME_TYPE_CURRENT_WEEK", "本周"],
  LastWeek: ["DATE_TIME_TYPE_LAST_WEEK", "上周"],
  CurrentMonth: ["DATE_TIME_TYPE_CURRENT_MONTH", "本月"],
  Past7Days: ["DATE_TIME_TYPE_THE_PAST_7_DAYS", "过去 7 天内"],
  Next7Days: ["DATE_TIME_TYPE_THE_NEXT_7_DAYS", "接下来 7 天内"],
  LastMonth: ["DATE_TIME_TYPE_LAST_MONTH", "上月"],
  Past30Days: ["DATE_TIME_TYPE_THE_PAST_30_DAYS", "过去 30 天内"],
  Next30Days: ["DATE_TIME_TYPE_THE_NEXT_30_DAYS", "接下来 30 天内"]
})

/** 过滤的日期: a time, or a span that moves with today. */
export class FilterDateValue extends Schema.Opaque<FilterDateValue>()(
  Schema.Struct({
    type: FilterDate.schema,
    /** Of `Detail`: unix milliseconds as text. */
    value: Wire.optional(Schema.Array(Wire.filledText))
  }).check(
    Schema.makeFilter(({ type, value = [] }) =>
      type !== FilterDate.Detail || value.length > 0 || { path: ["value"], issue: "is needed for a detailed date" }
    )
  )
) {}

/** The value of a condition: the key says of which kind. */
const values = {
  /** Of texts, links, phone numbers, e-mail addresses and places; of choices: ids of options. */
  string_value: Schema.Struct({ value: Schema.Array(Schema.String) }),
  /** Of numbers and progress. */
  number_value: Schema.Struct({ value: Wire.number }),
  bool_value: Schema.Struct({ value: Schema.Boolean }),
  /** Userids. */
  user_value: Schema.Struct({ value: Schema.Array(Wire.filledText) }),
  date_time_value: FilterDateValue
}

type Values = Schema.Struct.Type<typeof values>

/** The kind of value that a type of field is compared with. */
const valueOf: { readonly [type: string]: keyof Values } = {
  FIELD_TYPE_TEXT: "string_value",
  FIELD_TYPE_URL: "string_value",
  FIELD_TYPE_PHONE_NUMBER: "string_value",
  FIELD_TYPE_EMAIL: "string_value",
  FIELD_TYPE_LOCATION: "string_value",
  FIELD_TYPE_SELECT: "string_value",
  FIELD_TYPE_SINGLE_SELECT: "string_value",
  FIELD_TYPE_NUMBER: "number_value",
  FIELD_TYPE_PROGRESS: "number_value",
  FIELD_TYPE_CHECKBOX: "bool_value",
  FIELD_TYPE_USER: "user_value",
  FIELD_TYPE_CREATED_USER: "user_value",
  FIELD_TYPE_MODIFIED_USER: "user_value",
  FIELD_TYPE_DATE_TIME: "date_time_value",
  FIELD_TYPE_CREATED_TIME: "date_time_value",
  FIELD_TYPE_MODIFIED_TIME: "date_time_value"
}

const condition = Schema.Struct({
  field_id: Schema.NonEmptyString,
  operator: FilterOperator.schema,
  ...Wire.optionals({ field_type: FieldType.schema, ...values })
}).check(
  Schema.makeFilter((value) => {
    const keys = (["string_value", "number_value", "bool_value", "user_value", "date_time_value"] as const)
      .filter((key) => value[key] !== undefined)
    const isAlone = value.operator === FilterOperator.IsEmpty || value.operator === FilterOperator.IsNotEmpty
    if (isAlone) return keys.length === 0 || { path: keys, issue: `${value.operator} is compared with nothing` }
    const expected = valueOf[value.field_type ?? ""]
    if (keys.length !== 1) {
      return { path: [expected ?? "string_value"], issue: "exactly one value is needed to compare with" }
    }
    return expected === undefined || keys[0] === expected ||
      { path: keys, issue: `a ${value.field_type} is compared with ${expected}` }
  })
)

/** What a field is compared with, under the key of its kind. */
export type FilterValue = { [Key in keyof Values]: { readonly [K in Key]: Values[K] } }[keyof Values]

interface Compared {
  readonly field_id: string
  /** The document asks for it. */
  readonly field_type?: typeof FieldType.schema["Type"] | undefined
}

/**
 * 判断条件: a field, how it is compared, and with what.
 *
 * @example
 * ```ts
 * const condition: FilterCondition = {
 *   field_id: "f53B4X",
 *   field_type: "FIELD_TYPE_TEXT",
 *   operator: FilterOperator.Contains,
 *   string_value: { value: ["hello"] }
 * }
 * ```
 */
export type FilterCondition =
  | Compared & { readonly operator: "OPERATOR_IS_EMPTY" | "OPERATOR_IS_NOT_EMPTY" }
  | {
    [Key in keyof Values]:
      & Compared
      & { readonly operator: typeof FilterOperator.schema["Type"] }
      & { readonly [K in Key]: Values[K] }
      & { readonly [Other in Exclude<keyof Values, Key>]?: never }
  }[keyof Values]

/** 判断条件: a field, how it is compared, and with what. */
// What its check allows.
export const FilterCondition: Schema.Codec<FilterCondition, typeof condition.Encoded> = condition as never

/** 过滤设置. */
export class FilterSpec extends Schema.Opaque<FilterSpec>()(Schema.Struct({
  /** Whether all conditions are met, or one of them. */
  conjunction: Conjunction.schema,
  conditions: Schema.Array(FilterCondition)
})) {}

/** 排序 of records to read, by the titles of fields. */
export class RecordSort extends Schema.Opaque<RecordSort>()(Schema.Struct({
  field_title: Schema.NonEmptyString,
  /** From the highest to the lowest. Default: false. */
  desc: Wire.optional(Schema.Boolean)
})) {}

/** 参与排序或分组的字段. */
export class FieldOrder extends Schema.Opaque<FieldOrder>()(Schema.Struct({
  field_id: Wire.filledText,
  /** From the highest to the lowest. Default: false. */
  desc: Wire.optional(Schema.Boolean)
})) {}

/** 过滤设置, as a view has it. */
export class ViewFilter extends Schema.Class<ViewFilter>("effect-wecom/ViewFilter")({
  conjunction: Wire.optional(Conjunction.schema),
  conditions: Wire.list(FilterCondition)
}) {}
