/**
 * 智能表格字段: the columns of a smart sheet, each of a type with properties of its own.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 字段类型. */
export const FieldType = Wire.oneOf({
  Text: ["FIELD_TYPE_TEXT", "文本"],
  Number: ["FIELD_TYPE_NUMBER", "数字"],
  Checkbox: ["FIELD_TYPE_CHECKBOX", "复选框"],
  DateTime: ["FIELD_TYPE_DATE_TIME", "日期"],
  Image: ["FIELD_TYPE_IMAGE", "图片"],
  Attachment: ["FIELD_TYPE_ATTACHMENT", "文件"],
  User: ["FIELD_TYPE_USER", "成员"],
  Url: ["FIELD_TYPE_URL", "超链接"],
  Select: ["FIELD_TYPE_SELECT", "多选"],
  CreatedUser: ["FIELD_TYPE_CREATED_USER", "创建人"],
  ModifiedUser: ["FIELD_TYPE_MODIFIED_USER", "最后编辑人"],
  CreatedTime: ["FIELD_TYPE_CREATED_TIME", "创建时间"],
  ModifiedTime: ["FIELD_TYPE_MODIFIED_TIME", "最后编辑时间"],
  Progress: ["FIELD_TYPE_PROGRESS", "进度"],
  PhoneNumber: ["FIELD_TYPE_PHONE_NUMBER", "电话"],
  Email: ["FIELD_TYPE_EMAIL", "邮件"],
  SingleSelect: ["FIELD_TYPE_SINGLE_SELECT", "单选"],
  Reference: ["FIELD_TYPE_REFERENCE", "关联"],
  Location: ["FIELD_TYPE_LOCATION", "地理位置"],
  Formula: ["FIELD_TYPE_FORMULA", "公式"],
  Currency: ["FIELD_TYPE_CURRENCY", "货币"],
  WwGroup: ["FIELD_TYPE_WWGROUP", "群"],
  AutoNumber: ["FIELD_TYPE_AUTONUMBER", "自动编号"],
  Percentage: ["FIELD_TYPE_PERCENTAGE", "百分数"],
  Barcode: ["FIELD_TYPE_BARCODE", "条码"]
})
/** 字段类型: a known one. */
export type FieldType = (typeof FieldType.values)[number]

/** 小数位数: -1 shows the number as it is. */
export const DecimalPlaces = Wire.intBetween(-1, 4)

/** 日期格式. */
export const DateFormat = Wire.oneOf({
  ChineseDate: ["yyyy\"年\"m\"月\"d\"日\"", "2018 年 4 月 20 日"],
  Date: ["yyyy-mm-dd", "2018-04-20"],
  SlashDate: ["yyyy/m/d", "2018/4/20"],
  ChineseDay: ["m\"月\"d\"日\"", "4 月 20 日"],
  ChineseWeekday: ["yyyy\"年\"m\"月\"d\"日\" dddd", "2018 年 4 月 20 日 星期五"],
  ChineseDateTime: ["yyyy\"年\"m\"月\"d\"日\" hh:mm", "2018 年 4 月 20 日 14:00"],
  DateTime: ["yyyy-mm-dd hh:mm", "2018-04-20 14:00"],
  MonthFirst: ["m/d/yyyy", "4/20/2018"],
  DayFirst: ["d/m/yyyy", "20/4/2018"]
})

/** 文件展示样式. */
export const DisplayMode = Wire.oneOf({
  List: ["DISPLAY_MODE_LIST", "列表样式"],
  Grid: ["DISPLAY_MODE_GRID", "宫格样式"]
})

/** 超链接展示样式. */
export const LinkType = Wire.oneOf({
  Text: ["LINK_TYPE_PURE_TEXT", "文字"],
  IconText: ["LINK_TYPE_ICON_TEXT", "图标文字"]
})

/** 地理位置输入类型. */
export const LocationInputType = Wire.oneOf({
  Manual: ["LOCATION_INPUT_TYPE_MANUAL", "手动输入"],
  Automatic: ["LOCATION_INPUT_TYPE_AUTO", "自动定位"]
})

/** 自动编号类型. */
export const NumberType = Wire.oneOf({
  Increment: ["NUMBER_TYPE_INCR", "自增数字类型"],
  Custom: ["NUMBER_TYPE_CUSTOM", "自定义类型"]
})

/** 编号规则类型. */
export const NumberRuleType = Wire.oneOf({
  Increment: ["NUMBER_RULE_TYPE_INCR", "自增id"],
  FixedChar: ["NUMBER_RULE_TYPE_FIXED_CHAR", "固定字符"],
  Time: ["NUMBER_RULE_TYPE_TIME", "创建时间"]
})

/** 货币类型. */
export const CurrencyType = Wire.oneOf({
  CNY: ["CURRENCY_TYPE_CNY", "人民币"],
  USD: ["CURRENCY_TYPE_USD", "美元"],
  EUR: ["CURRENCY_TYPE_EUR", "欧元"],
  GBP: ["CURRENCY_TYPE_GBP", "英镑"],
  JPY: ["CURRENCY_TYPE_JPY", "日元"],
  KRW: ["CURRENCY_TYPE_KRW", "韩元"],
  HKD: ["CURRENCY_TYPE_HKD", "港元"],
  MOP: ["CURRENCY_TYPE_MOP", "澳门元"],
  TWD: ["CURRENCY_TYPE_TWD", "新台币"],
  AED: ["CURRENCY_TYPE_AED", "阿联酋迪拉姆"],
  AUD: ["CURRENCY_TYPE_AUD", "澳大利亚元"],
  BRL: ["CURRENCY_TYPE_BRL", "巴西雷亚尔"],
  CAD: ["CURRENCY_TYPE_CAD", "加拿大元"],
  CHF: ["CURRENCY_TYPE_CHF", "瑞士法郎"],
  IDR: ["CURRENCY_TYPE_IDR", "印尼卢比"],
  INR: ["CURRENCY_TYPE_INR", "印度卢比"],
  MXN: ["CURRENCY_TYPE_MXN", "墨西哥比索"],
  MYR: ["CURRENCY_TYPE_MYR", "马来西亚林吉特"],
  PHP: ["CURRENCY_TYPE_PHP", "菲律宾比索"],
  PLN: ["CURRENCY_TYPE_PLN", "波兰兹罗提"],
  RUB: ["CURRENCY_TYPE_RUB", "俄罗斯卢布"],
  SGD: ["CURRENCY_TYPE_SGD", "新加坡元"],
  THB: ["CURRENCY_TYPE_THB", "泰国铢"],
  TRY: ["CURRENCY_TYPE_TRY", "土耳其里拉"],
  VND: ["CURRENCY_TYPE_VND", "越南盾"]
})

/** 选项颜色. */
export const OptionStyle = Wire.oneOf({
  LightRed1: [1, "浅红1"],
  LightOrange1: [2, "浅橙1"],
  LightSkyBlue1: [3, "浅天蓝1"],
  LightGreen1: [4, "浅绿1"],
  LightPurple1: [5, "浅紫1"],
  LightPink1: [6, "浅粉红1"],
  LightGrey1: [7, "浅灰1"],
  White: [8, "白"],
  Grey: [9, "灰"],
  LightBlue1: [10, "浅蓝1"],
  LightBlue2: [11, "浅蓝2"],
  Blue: [12, "蓝"],
  LightSkyBlue2: [13, "浅天蓝2"],
  SkyBlue: [14, "天蓝"],
  LightGreen2: [15, "浅绿2"],
  Green: [16, "绿"],
  LightRed2: [17, "浅红2"],
  Red: [18, "红"],
  LightOrange2: [19, "浅橙2"],
  Orange: [20, "橙"],
  LightYellow1: [21, "浅黄1"],
  LightYellow2: [22, "浅黄2"],
  Yellow: [23, "黄"],
  LightPurple2: [24, "浅紫2"],
  Purple: [25, "紫"],
  LightPink2: [26, "浅粉红2"],
  Pink: [27, "粉红"]
})

/** 选项 of a field. */
export class FieldOption extends Schema.Opaque<FieldOption>()(Schema.Struct({
  ...Wire.optionals({
    /** WeCom gives a new option its id. */
    id: Schema.String,
    text: Schema.String,
    style: OptionStyle.schema
  })
})) {}

const numeric = Schema.Struct({
  ...Wire.optionals({
    /** -1 to 4. */
    decimal_places: DecimalPlaces,
    /** Whether thousands are set apart by commas. */
    use_separate: Schema.Boolean
  })
})

const options = Schema.Struct({
  ...Wire.optionals({
    /** Whether members may add options as they fill in a cell. */
    is_quick_add: Schema.Boolean,
    options: Schema.Array(FieldOption)
  })
})

const format = Schema.Struct({ format: Wire.optional(DateFormat.schema) })

/** Of types that have no property to set. */
const nothing = Schema.Struct({})

/** The property of every type that has one. */
const properties = {
  FIELD_TYPE_TEXT: { property_text: nothing },
  FIELD_TYPE_NUMBER: { property_number: numeric },
  FIELD_TYPE_CHECKBOX: {
    property_checkbox: Schema.Struct({
      ...Wire.optionals({
        /** Whether a new record's is ticked. */
        checked: Schema.Boolean
      })
    })
  },
  FIELD_TYPE_DATE_TIME: {
    property_date_time: Schema.Struct({
      ...Wire.optionals({
        format: DateFormat.schema,
        /** Whether a new record gets the time at which it is made. */
        auto_fill: Schema.Boolean
      })
    })
  },
  FIELD_TYPE_IMAGE: {},
  FIELD_TYPE_ATTACHMENT: { property_attachment: Schema.Struct({ display_mode: Wire.optional(DisplayMode.schema) }) },
  FIELD_TYPE_USER: {
    property_user: Schema.Struct({
      ...Wire.optionals({
        /** Whether a cell may have several members. */
        is_multiple: Schema.Boolean,
        /** Whether members are notified when they are put into a cell. */
        is_notified: Schema.Boolean
      })
    })
  },
  FIELD_TYPE_URL: { property_url: Schema.Struct({ type: Wire.optional(LinkType.schema) }) },
  FIELD_TYPE_SELECT: { property_select: options },
  FIELD_TYPE_CREATED_USER: { property_created_user: nothing },
  FIELD_TYPE_MODIFIED_USER: { property_modified_user: nothing },
  FIELD_TYPE_CREATED_TIME: { property_created_time: format },
  FIELD_TYPE_MODIFIED_TIME: { property_modified_time: format },
  FIELD_TYPE_PROGRESS: { property_progress: Schema.Struct({ decimal_places: Wire.optional(DecimalPlaces) }) },
  FIELD_TYPE_PHONE_NUMBER: {},
  FIELD_TYPE_EMAIL: {},
  FIELD_TYPE_SINGLE_SELECT: { property_single_select: options },
  FIELD_TYPE_REFERENCE: {
    property_reference: Schema.Struct({
      ...Wire.optionals({
        /** The sheet that is referred to. Default: this one. */
        sub_id: Schema.String,
        /** The field that is referred to, as the document spells it. */
        filed_id: Schema.String,
        /** The field that is referred to, as other clients spell it. */
        field_id: Schema.String,
        is_multiple: Schema.Boolean,
        view_id: Schema.String
      })
    })
  },
  FIELD_TYPE_LOCATION: { property_location: Schema.Struct({ input_type: Wire.optional(LocationInputType.schema) }) },
  FIELD_TYPE_FORMULA: {},
  FIELD_TYPE_CURRENCY: {
    property_currency: Schema.Struct({
      ...Wire.optionals({
        currency_type: CurrencyType.schema,
        /** -1 to 4. */
        decimal_places: DecimalPlaces,
        /** Whether thousands are set apart by commas. */
        use_separate: Schema.Boolean
      })
    })
  },
  FIELD_TYPE_WWGROUP: { property_ww_group: Schema.Struct({ allow_multiple: Wire.optional(Schema.Boolean) }) },
  FIELD_TYPE_AUTONUMBER: {
    property_auto_number: Schema.Struct({
      ...Wire.optionals({
        type: NumberType.schema,
        /** How other clients spell `type`. */
        input_type: NumberType.schema,
        /** Of `Custom`. `value`: the text, the number of digits, or a format of the time such as `YYYYMMDD`. */
        rules: Schema.Array(Schema.Struct({ type: NumberRuleType.schema, value: Wire.optional(Schema.String) })),
        /** Whether records that have a number get a new one. */
        reformat_existing_record: Schema.Boolean
      })
    })
  },
  FIELD_TYPE_PERCENTAGE: { property_percentage: numeric },
  FIELD_TYPE_BARCODE: {
    property_barcode: Schema.Struct({
      ...Wire.optionals({
        /** Whether it can only be scanned with a phone. */
        mobile_scan_only: Schema.Boolean
      })
    })
  }
} satisfies { readonly [Type in FieldType]: { readonly [key: string]: Schema.Constraint } }

type Properties = typeof properties

/** Types whose property WeCom asks for when a field is made. */
const needed = new Set<FieldType>([
  "FIELD_TYPE_NUMBER",
  "FIELD_TYPE_DATE_TIME",
  "FIELD_TYPE_URL",
  "FIELD_TYPE_SELECT",
  "FIELD_TYPE_CREATED_TIME",
  "FIELD_TYPE_MODIFIED_TIME",
  "FIELD_TYPE_PROGRESS",
  "FIELD_TYPE_SINGLE_SELECT",
  "FIELD_TYPE_REFERENCE",
  "FIELD_TYPE_LOCATION",
  "FIELD_TYPE_CURRENCY",
  "FIELD_TYPE_AUTONUMBER"
])

/** Types whose fields cannot be made, only read. */
type ReadOnlyType = "FIELD_TYPE_FORMULA"

type Needed =
  | "FIELD_TYPE_NUMBER"
  | "FIELD_TYPE_DATE_TIME"
  | "FIELD_TYPE_URL"
  | "FIELD_TYPE_SELECT"
  | "FIELD_TYPE_CREATED_TIME"
  | "FIELD_TYPE_MODIFIED_TIME"
  | "FIELD_TYPE_PROGRESS"
  | "FIELD_TYPE_SINGLE_SELECT"
  | "FIELD_TYPE_REFERENCE"
  | "FIELD_TYPE_LOCATION"
  | "FIELD_TYPE_CURRENCY"
  | "FIELD_TYPE_AUTONUMBER"

type PropertyOf<Type extends FieldType> = {
  readonly [Key in keyof Properties[Type]]: Properties[Type][Key] extends Schema.Constraint
    ? Properties[Type][Key]["Type"]
    : never
}

type OptionalPropertyOf<Type extends FieldType> = {
  readonly [Key in keyof PropertyOf<Type>]?: PropertyOf<Type>[Key] | undefined
}

/** 字段, told apart by its `field_type`. */
export type SmartSheetField =
  | {
    [Type in FieldType]:
      & { readonly field_id: string; readonly field_title?: string | undefined; readonly field_type: Type }
      & OptionalPropertyOf<Type>
  }[FieldType]
  | (Wire.UnknownVariant & { readonly field_type: "Unknown" })

/**
 * 字段 to add, told apart by its `field_type`. A formula cannot be added.
 *
 * @example
 * ```ts
 * const field: NewSmartSheetField = {
 *   field_title: "金额",
 *   field_type: "FIELD_TYPE_CURRENCY",
 *   property_currency: { currency_type: CurrencyType.CNY, decimal_places: 2 }
 * }
 * ```
 */
export type NewSmartSheetField = {
  [Type in Exclude<FieldType, ReadOnlyType>]:
    & { readonly field_title: string; readonly field_type: Type }
    & (Type extends Needed ? PropertyOf<Type> : OptionalPropertyOf<Type>)
}[Exclude<FieldType, ReadOnlyType>]

/** 字段 to change: its title or its property. Its type cannot be changed, and has to be given. */
export type SmartSheetFieldEdit = {
  [Type in FieldType]:
    & { readonly field_id: string; readonly field_title?: string | undefined; readonly field_type: Type }
    & OptionalPropertyOf<Type>
}[FieldType]

const types = FieldType.values

const optionalProperties = (type: FieldType) => Wire.optionals<Record<string, Schema.Constraint>>(properties[type])

/** 字段, told apart by its `field_type`. */
export const SmartSheetField: Schema.Codec<SmartSheetField, unknown> = Wire.variants(
  "field_type",
  types.map((type) =>
    Schema.Struct({
      field_id: Schema.String,
      field_title: Wire.optional(Schema.String),
      field_type: Schema.Literal(type),
      ...optionalProperties(type)
    })
  )
) as never // one member for each type of the union above

/** 字段 to add, told apart by its `field_type`. A formula cannot be added. */
export const NewSmartSheetField: Schema.Codec<NewSmartSheetField, unknown> = Schema.Union(
  types.filter((type) => type !== "FIELD_TYPE_FORMULA").map((type) =>
    Schema.Struct({
      field_title: Schema.NonEmptyString,
      field_type: Schema.Literal(type),
      ...needed.has(type) ? properties[type] : optionalProperties(type)
    })
  )
) as never // one member for each type of the union above

/** 字段 to change: its title or its property. Its type cannot be changed, and has to be given. */
export const SmartSheetFieldEdit: Schema.Codec<SmartSheetFieldEdit, unknown> = Schema.Union(
  types.map((type) =>
    Schema.Struct({
      field_id: Schema.NonEmptyString,
      field_title: Wire.optional(Schema.NonEmptyString),
      field_type: Schema.Literal(type),
      ...optionalProperties(type)
    }).check(
      Schema.makeFilter((value: { readonly [key: string]: unknown }) =>
        ["field_title", ...Object.keys(properties[type])].some((key) => value[key] !== undefined) ||
        { path: ["field_title"], issue: "the title or the property is needed" }
      )
    )
  )
) as never // one member for each type of the union above
