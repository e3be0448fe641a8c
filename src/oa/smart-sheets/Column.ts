/**
 * Columns of a typed table: what a field of a smart sheet is in a program.
 *
 * @example
 * ```ts
 * const fields = {
 *   客户: Column.text,
 *   金额: Column.currency({ currency_type: CurrencyType.CNY, decimal_places: 2 }),
 *   阶段: Column.choice(["线索", "成交"]),
 *   截止: Column.optional(Column.date()),
 *   负责人: Column.users
 * }
 * ```
 */
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../../Wire.ts"
import {
  CellAttachment,
  CellAuthor,
  CellImage,
  CellLink,
  CellLocation,
  CellOption,
  CellText,
  CellUser
} from "./CellValue.ts"
import type { FilterValue } from "./FilterSpec.ts"
import { millis } from "./millis.ts"
import {
  CurrencyType,
  DateFormat,
  DisplayMode,
  type FieldType,
  LinkType,
  LocationInputType,
  type SmartSheetField
} from "./SmartSheetField.ts"

/** A column whose values are `A`, and are compared with an `F` in conditions: `never` if WeCom cannot compare them. */
export interface Column<out A, in F = never> {
  readonly type: FieldType
  /** Values from and to cells. */
  readonly codec: Schema.Codec<A, unknown>
  /** What an empty cell is read as; none if it must not be empty. */
  readonly empty: Option.Option<A>
  /** The property of the field, by its key, where it is made. */
  readonly property: { readonly [key: string]: unknown }
  readonly compare: (value: F, field: SmartSheetField) => FilterValue
}

const make = <A, F = never>(
  type: FieldType,
  codec: Schema.Codec<A, unknown>,
  options: {
    readonly empty?: A
    readonly property?: { readonly [key: string]: unknown }
    readonly compare?: (value: F, field: SmartSheetField) => FilterValue
  } = {}
): Column<A, F> => ({
  type,
  codec,
  empty: Option.fromUndefinedOr(options.empty),
  property: options.property ?? {},
  compare: options.compare ?? incomparable
})

const incomparable = (): never => {
  throw new TypeError("values of this column cannot be compared")
}

const texts = (...value: ReadonlyArray<string>): FilterValue => ({ string_value: { value } })

const numeric = Schema.Finite.pipe(Schema.encodeTo(Wire.number, SchemaTransformation.passthrough() as never)) // numbers both

/** The items of a cell, one of each value. */
const listOf = <A, Item>(item: Schema.Codec<Item, unknown>, read: (item: Item) => A, write: (value: A) => Item) =>
  Schema.Array(item).pipe(
    Schema.decodeTo(
      Schema.declare((_: unknown): _ is ReadonlyArray<A> => true),
      SchemaTransformation.transform<ReadonlyArray<A>, ReadonlyArray<Item>>({
        decode: (items) => items.map(read),
        encode: (values) => values.map(write)
      })
    )
  )

/** The only item of a cell: others are left out. */
const firstOf = <A, Item>(item: Schema.Codec<Item, unknown>, read: (item: Item) => A, write: (value: A) => Item) =>
  Schema.Array(item).pipe(
    Schema.decodeTo(
      Schema.declare((_: unknown): _ is A => true),
      SchemaTransformation.transformEffect<A, ReadonlyArray<Item>>({
        decode: ([first]) =>
          first === undefined
            ? Effect.fail(new SchemaIssue.InvalidValue({ message: "is empty" }))
            : Effect.succeed(read(first)),
        encode: (value) => Effect.succeed([write(value)])
      })
    )
  )

const itself = <A>(value: A): A => value

/** 文本. Links in it are read as their texts. An empty cell is an empty text. */
export const text: Column<string, string> = make(
  "FIELD_TYPE_TEXT",
  Schema.Array(Schema.Union([CellText, CellLink])).pipe(
    Schema.decodeTo(
      Schema.String,
      SchemaTransformation.transform<string, ReadonlyArray<CellText | CellLink>>({
        decode: (parts) => parts.map((part) => part.text ?? (part.type === "url" ? part.link : "")).join(""),
        encode: (value) => value === "" ? [] : [{ type: "text", text: value }]
      })
    )
  ),
  { empty: "", compare: (value) => texts(value) }
)

/** 数字, with 0 to 4 decimals; -1, the default, shows it as it is. */
export const number = (
  property: { readonly decimal_places?: number; readonly use_separate?: boolean } = {}
): Column<number, number> =>
  make("FIELD_TYPE_NUMBER", numeric, {
    property: { property_number: { decimal_places: -1, ...property } },
    compare: (value) => ({ number_value: { value } })
  })

/** 货币. It cannot be compared. */
export const currency = (
  property: {
    /** Default: `CNY`. */
    readonly currency_type?: typeof CurrencyType.schema["Type"]
    /** -1 to 4. Default: 2. */
    readonly decimal_places?: number
    readonly use_separate?: boolean
  } = {}
): Column<number> =>
  make("FIELD_TYPE_CURRENCY", numeric, {
    property: { property_currency: { currency_type: CurrencyType.CNY, decimal_places: 2, ...property } }
  })

/** 百分数. It cannot be compared. */
export const percentage = (
  property: { readonly decimal_places?: number; readonly use_separate?: boolean } = {}
): Column<number> => make("FIELD_TYPE_PERCENTAGE", numeric, { property: { property_percentage: property } })

/** 进度. */
export const progress = (property: { readonly decimal_places?: number } = {}): Column<number, number> =>
  make("FIELD_TYPE_PROGRESS", numeric, {
    property: { property_progress: { decimal_places: 0, ...property } },
    compare: (value) => ({ number_value: { value } })
  })

/** 复选框. An empty cell is `false`. */
export const checkbox: Column<boolean, boolean> = make("FIELD_TYPE_CHECKBOX", Schema.Boolean, {
  empty: false,
  compare: (value) => ({ bool_value: { value } })
})

/** 日期, to the millisecond. */
export const date = (
  property: {
    /** How it is shown. Default: `DateTime`. */
    readonly format?: typeof DateFormat.schema["Type"]
    readonly auto_fill?: boolean
  } = {}
): Column<DateTime.Utc, DateTime.Utc> =>
  make("FIELD_TYPE_DATE_TIME", millis, {
    property: { property_date_time: { format: DateFormat.DateTime, ...property } },
    compare: (value) => ({
      date_time_value: { type: "DATE_TIME_TYPE_DETAIL_DATE", value: [`${DateTime.toEpochMillis(value)}`] }
    })
  })

const userOf = (value: string): CellUser | CellAuthor => ({ user_id: value })
const useridOf = (user: CellUser | CellAuthor): string =>
  "user_id" in user ? user.user_id : user.tmp_external_userid ?? ""
const person = Schema.Union([CellUser, CellAuthor])

/** 成员, several, by userid. Nobody is notified. An empty cell is an empty list. */
export const users: Column<ReadonlyArray<string>, ReadonlyArray<string>> = make(
  "FIELD_TYPE_USER",
  listOf(person, useridOf, userOf),
  {
    empty: [],
    property: { property_user: { is_multiple: true, is_notified: false } },
    compare: (value) => ({ user_value: { value } })
  }
)

/** 成员, one, by userid. Nobody is notified. */
export const user: Column<string, string> = make("FIELD_TYPE_USER", firstOf(person, useridOf, userOf), {
  property: { property_user: { is_multiple: false, is_notified: false } },
  compare: (value) => ({ user_value: { value: [value] } })
})

/** 超链接. */
export interface Link {
  readonly link: string
  /** What is shown. Default: the link. */
  readonly text?: string | undefined
}

/** 超链接, one. */
export const link: Column<Link, string> = make(
  "FIELD_TYPE_URL",
  firstOf<Link, CellLink>(
    CellLink,
    ({ link, text }) => ({ link, text }),
    ({ link, text }) => ({ type: "url", link, text: text ?? link })
  ),
  { property: { property_url: { type: LinkType.Text } }, compare: (value) => texts(value) }
)

const plain = (type: FieldType): Column<string, string> =>
  make(type, Schema.String, { empty: "", compare: (value) => texts(value) })

/** 电话. An empty cell is an empty text. */
export const phone: Column<string, string> = plain("FIELD_TYPE_PHONE_NUMBER")

/** 邮件. An empty cell is an empty text. */
export const email: Column<string, string> = plain("FIELD_TYPE_EMAIL")

/** 条码. An empty cell is an empty text. It cannot be compared. */
export const barcode: Column<string> = make("FIELD_TYPE_BARCODE", Schema.String, { empty: "" })

const optionsOf = (choices: ReadonlyArray<string>) => ({
  is_quick_add: choices.length === 0,
  options: choices.map((text) => ({ text }))
})

/** Conditions name options by their ids. */
const optionIds = (choices: ReadonlyArray<string>, field: SmartSheetField): FilterValue => {
  const { options = [] } = field.field_type === "FIELD_TYPE_SELECT"
    ? field.property_select ?? {}
    : field.field_type === "FIELD_TYPE_SINGLE_SELECT"
    ? field.property_single_select ?? {}
    : {}
  return texts(...choices.map((choice) => options.find(({ text }) => text === choice)?.id ?? choice))
}

const choiceOf = <Choice extends string>(choices: ReadonlyArray<Choice>): Schema.Codec<Choice, CellOption> =>
  CellOption.pipe(
    Schema.decodeTo(
      Schema.String.check(
        Schema.makeFilter((value: string) =>
          choices.length === 0 || choices.includes(value as never) || `expected one of ${choices.join(", ")}`
        )
      ),
      SchemaTransformation.transform<string, CellOption>({
        decode: ({ text = "" }) => text,
        encode: (text) => ({ text })
      })
    )
  ) as never // one of the choices, by its check

/** 单选, by the text of the option. Without choices, any text is one, and is added to the field if it is new. */
export const choice = <const Choice extends string = string>(
  choices: ReadonlyArray<Choice> = []
): Column<Choice, Choice> =>
  make("FIELD_TYPE_SINGLE_SELECT", firstOf<Choice, Choice>(choiceOf(choices), itself, itself), {
    property: { property_single_select: optionsOf(choices) },
    compare: (value, field) => optionIds([value], field)
  })

/** 多选, by the texts of the options. Without choices, any text is one. An empty cell is an empty list. */
export const choices = <const Choice extends string = string>(
  all: ReadonlyArray<Choice> = []
): Column<ReadonlyArray<Choice>, ReadonlyArray<Choice>> =>
  make("FIELD_TYPE_SELECT", listOf<Choice, Choice>(choiceOf(all), itself, itself), {
    empty: [],
    property: { property_select: optionsOf(all) },
    compare: (value, field) => optionIds(value, field)
  })

/** 图片. An empty cell is an empty list. They cannot be compared. */
export const images: Column<ReadonlyArray<CellImage>> = make("FIELD_TYPE_IMAGE", Schema.Array(CellImage), { empty: [] })

/** 文件. An empty cell is an empty list. They cannot be compared. */
export const attachments: Column<ReadonlyArray<CellAttachment>> = make(
  "FIELD_TYPE_ATTACHMENT",
  Schema.Array(CellAttachment),
  { empty: [], property: { property_attachment: { display_mode: DisplayMode.List } } }
)

/** 地理位置, compared by its title. */
export const location: Column<CellLocation, string> = make(
  "FIELD_TYPE_LOCATION",
  firstOf(CellLocation, itself, itself),
  {
    property: { property_location: { input_type: LocationInputType.Manual } },
    compare: (value) => texts(value)
  }
)

/** A column whose cells may be empty: `undefined`, which leaves a cell as it is when it is written. */
export const optional = <A, F>(column: Column<A, F>): Column<A | undefined, F> => ({
  ...column,
  codec: column.codec as never, // of no `undefined`, which is never encoded
  empty: Option.some(undefined)
})

/**
 * A column read and written through a schema of your own.
 *
 * @example
 * ```ts
 * const CustomerId = Schema.String.pipe(Schema.brand("CustomerId"))
 *
 * Column.as(Column.text, CustomerId) // Column<string & Brand<"CustomerId">, string>
 * ```
 */
export const as = <B, A, F>(column: Column<A, F>, schema: Schema.Codec<B, A>): Column<B, F> => {
  const codec = column.codec.pipe(Schema.decodeTo(schema as Schema.Codec<B, A>))
  return {
    ...column,
    codec,
    empty: Option.flatMap(column.empty, (value) => Schema.decodeUnknownOption(schema)(value))
  }
}
