/**
 * 单元格的值: what the cells of a smart sheet hold, by the type of their field.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { millis } from "./millis.ts"
import { type FieldType, OptionStyle } from "./SmartSheetField.ts"

/** 文本. A text may consist of several, and of links. */
export class CellText
  extends Schema.Opaque<CellText>()(Schema.Struct({ type: Schema.Literal("text"), text: Schema.String }))
{}

/** 链接, in a text or as a link of its own. */
export class CellLink extends Schema.Opaque<CellLink>()(
  Schema.Struct({ type: Schema.Literal("url"), link: Schema.String, text: Wire.optional(Schema.String) })
) {}

/** 图片. */
export class CellImage extends Schema.Opaque<CellImage>()(Schema.Struct({
  /** To write: the `url` of `DocumentContents.uploadImage`. */
  image_url: Schema.String,
  ...Wire.optionals({
    /** An id of the program's own. */
    id: Schema.String,
    title: Schema.String,
    /** In pixels. */
    width: Wire.int,
    /** In pixels. */
    height: Wire.int
  })
})) {}

/** 文件: a file of 微盘, or a document. */
export class CellAttachment extends Schema.Opaque<CellAttachment>()(Schema.Struct({
  /** A file's share link, or a document's link. */
  file_url: Schema.String,
  ...Wire.optionals({
    name: Schema.String,
    /** In bytes. */
    size: Wire.int,
    /** Such as `DOC`, `SHEET`, `SMARTSHEET`; empty for a folder. */
    file_ext: Schema.String,
    file_id: Schema.String,
    /** `Folder`, `Wedrive`, or by type of document: 30, 50, 51, 52, 54, 55, 70 (智能表格). */
    file_type: Schema.String,
    /** 1: a folder; 2: a file. */
    doc_type: Wire.int
  })
})) {}

/** 成员. */
export class CellUser extends Schema.Opaque<CellUser>()(Schema.Struct({
  user_id: Schema.String,
  /** Of an answer: 1. */
  id_type: Wire.optional(Wire.int)
})) {}

/** 写入者类型: who has written a record. */
export const CellAuthorType = Wire.oneOf({
  Unknown: [0, "未知类型id"],
  Member: [1, "成员ID"],
  External: [2, "外部用户临时ID"],
  App: [3, "应用ID"],
  Sync: [4, "应用数据同步"],
  Ai: [5, "AI生成"],
  Workflow: [6, "自动化流程"]
})

/** 创建人/最后编辑人 who is no member: a person outside the corp, an app, or WeCom itself. */
export class CellAuthor extends Schema.Opaque<CellAuthor>()(Schema.Struct({
  id_type: CellAuthorType.schema,
  ...Wire.optionals({
    /** Another one in every smart sheet. `IdConversion` turns it into an external userid. */
    tmp_external_userid: Schema.String,
    agentid: Wire.int
  })
})) {}

const style = { style: Wire.optional(OptionStyle.schema) }

/**
 * 选项. One that the field has is found by its `id`, else by its `text`, which is added to the field if it has none such,
 * in the colour `style`.
 */
export const CellOption = Schema.Union([
  Schema.Struct({ id: Schema.String, text: Wire.optional(Schema.String), ...style }),
  Schema.Struct({ text: Schema.String, id: Schema.optionalKey(Schema.Undefined), ...style })
])
/** 选项, by its `id` or its `text`. */
export type CellOption = typeof CellOption.Type

/** 地理位置, of 腾讯地图. */
export class CellLocation extends Schema.Opaque<CellLocation>()(Schema.Struct({
  /** Always 1. */
  source_type: Wire.constant(1),
  id: Schema.String,
  latitude: Wire.id,
  longitude: Wire.id,
  title: Schema.String
})) {}

/** 自动编号. Read only. */
export class CellAutoNumber
  extends Schema.Opaque<CellAutoNumber>()(Schema.Struct({ seq: Wire.id, text: Wire.optional(Schema.String) }))
{}

/** A part of a cell that holds several. */
export type CellItem = CellText | CellLink | CellImage | CellAttachment | CellUser | CellLocation | CellOption

/**
 * A cell to write: text for phone numbers, e-mail addresses, bar codes and dates (milliseconds), a number, a tick, or a
 * list for the others.
 */
export type CellValue = string | number | boolean | ReadonlyArray<CellItem>

const items = [CellText, CellLink, CellImage, CellAttachment, CellUser, CellLocation] as const

/** A cell to write. */
export const CellValue: Schema.Codec<CellValue, unknown> = Schema.Union([
  Schema.String,
  Schema.Finite,
  Schema.Boolean,
  Schema.Array(Schema.Union([...items, CellOption]))
])

/** A cell as it was read. What this version does not know is kept as it came. */
export type SmartSheetCell =
  | string
  | number
  | boolean
  | null
  | ReadonlyArray<string | CellItem | CellAuthor | CellAutoNumber | { readonly [key: string]: Schema.Json }>
  | { readonly [key: string]: Schema.Json }

/** A cell as it was read. What this version does not know is kept as it came. */
export const SmartSheetCell: Schema.Codec<SmartSheetCell, unknown> = Schema.Union([
  Schema.String,
  Schema.Number,
  Schema.Boolean,
  Schema.Array(Schema.Union([
    Schema.String,
    ...items,
    CellAutoNumber,
    CellAuthor,
    CellOption,
    Schema.Record(Schema.String, Schema.Json)
  ])),
  Schema.Json
]) as never // `Json` stands for what has no shape of its own

const text = Schema.Array(Schema.Union([CellText, CellLink]))
const people = Schema.Array(Schema.Union([CellUser, CellAuthor]))

/** The value of a cell, for every type of field. */
export const CellValues = {
  FIELD_TYPE_TEXT: text,
  FIELD_TYPE_NUMBER: Wire.number,
  FIELD_TYPE_CHECKBOX: Schema.Boolean,
  FIELD_TYPE_DATE_TIME: millis,
  FIELD_TYPE_IMAGE: Schema.Array(CellImage),
  FIELD_TYPE_ATTACHMENT: Schema.Array(CellAttachment),
  FIELD_TYPE_USER: people,
  FIELD_TYPE_URL: Schema.Array(CellLink),
  FIELD_TYPE_SELECT: Schema.Array(CellOption),
  FIELD_TYPE_CREATED_USER: people,
  FIELD_TYPE_MODIFIED_USER: people,
  FIELD_TYPE_CREATED_TIME: millis,
  FIELD_TYPE_MODIFIED_TIME: millis,
  FIELD_TYPE_PROGRESS: Wire.number,
  FIELD_TYPE_PHONE_NUMBER: Schema.String,
  FIELD_TYPE_EMAIL: Schema.String,
  FIELD_TYPE_SINGLE_SELECT: Schema.Array(CellOption),
  /** Ids of records. */
  FIELD_TYPE_REFERENCE: Schema.Array(Schema.String),
  FIELD_TYPE_LOCATION: Schema.Array(CellLocation),
  FIELD_TYPE_FORMULA: Schema.Json,
  FIELD_TYPE_CURRENCY: Wire.number,
  FIELD_TYPE_WWGROUP: Schema.Json,
  FIELD_TYPE_AUTONUMBER: Schema.Array(CellAutoNumber),
  FIELD_TYPE_PERCENTAGE: Wire.number,
  FIELD_TYPE_BARCODE: Schema.String
} satisfies { readonly [Type in FieldType]: Schema.Constraint }

/** The value of a cell of a field of type `Type`. */
export type CellOf<Type extends FieldType> = (typeof CellValues)[Type]["Type"]

/** A cell of every type of field, told apart by `field_type`. */
export type TypedCell = { [Type in FieldType]: { readonly field_type: Type; readonly value: CellOf<Type> } }[FieldType]
