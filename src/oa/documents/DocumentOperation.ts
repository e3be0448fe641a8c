/**
 * 编辑文档内容: the operations that change the text of a document.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { operation } from "./operations.ts"

const position = Wire.intFrom(0)

/** A place in a document, counted from 0. */
export class DocumentLocation extends Schema.Opaque<DocumentLocation>()(Schema.Struct({ index: position })) {}

/** A part of a document: `length` places from `start_index` on, which is counted from 0. */
export class DocumentRange extends Schema.Opaque<DocumentRange>()(
  Schema.Struct({ start_index: position, length: position })
) {}

/** At most 10. */
const ranges = Wire.items(DocumentRange, 10, 1)

/** RRGGBB, such as `0000FF`. */
const color = Schema.String.check(
  Schema.isPattern(/^[0-9A-Fa-f]{6}$/, { message: "expected a colour as RRGGBB, such as 0000FF" })
)

/** 文本属性 to set. */
export class TextProperty extends Schema.Opaque<TextProperty>()(Schema.Struct({
  ...Wire.optionals({
    bold: Schema.Boolean,
    /** RRGGBB, such as `0000FF`. */
    color,
    /** RRGGBB, such as `0000FF`. */
    background_color: color
  })
})) {}

/** 替换文本: the text in place of the ranges, at most 10. */
export class ReplaceText extends Schema.Opaque<ReplaceText>()(Schema.Struct({ text: Schema.String, ranges })) {}

/** 插入文本. */
export class InsertText extends Schema.Opaque<InsertText>()(
  Schema.Struct({ text: Schema.NonEmptyString, location: DocumentLocation })
) {}

/** 删除内容. */
export class DeleteContent extends Schema.Opaque<DeleteContent>()(Schema.Struct({ range: DocumentRange })) {}

/** 插入图片. */
export class InsertImage extends Schema.Opaque<InsertImage>()(Schema.Struct({
  /** The `url` of `DocumentContents.uploadImage`. */
  image_id: Schema.NonEmptyString,
  location: DocumentLocation,
  ...Wire.optionals({
    /** In pixels. */
    width: Wire.intFrom(1),
    /** In pixels. */
    height: Wire.intFrom(1)
  })
})) {}

/** 插入分页符, or an empty paragraph. */
export class InsertBreak extends Schema.Opaque<InsertBreak>()(Schema.Struct({ location: DocumentLocation })) {}

/** 插入表格: at most 100 rows, 60 columns and 1000 cells. */
export class InsertTable extends Schema.Opaque<InsertTable>()(
  Schema.Struct({
    /** 1 to 100. */
    rows: Wire.intBetween(1, 100),
    /** 1 to 60. */
    cols: Wire.intBetween(1, 60),
    location: DocumentLocation
  }).check(
    Schema.makeFilter(({ cols, rows }) =>
      rows * cols <= 1000 || { path: ["rows"], issue: `at most 1000 cells are allowed, got ${rows * cols}` }
    )
  )
) {}

/** 更新文本属性 of what is in the ranges, at most 10. */
export class UpdateTextProperty extends Schema.Opaque<UpdateTextProperty>()(
  Schema.Struct({ text_property: TextProperty, ranges })
) {}

/**
 * 更新操作: one change to the text of a document, named by its only key.
 *
 * @example
 * ```ts
 * const operation: DocumentOperation = { insert_text: { text: "hello", location: { index: 10 } } }
 * ```
 */
export type DocumentOperation = typeof documentOperation.Type
const documentOperation = operation({
  replace_text: ReplaceText,
  insert_text: InsertText,
  delete_content: DeleteContent,
  insert_image: InsertImage,
  insert_page_break: InsertBreak,
  insert_table: InsertTable,
  insert_paragraph: InsertBreak,
  update_text_property: UpdateTextProperty
})
/** 更新操作: one change to the text of a document, named by its only key. */
export const DocumentOperation: Schema.Codec<DocumentOperation, unknown> = documentOperation
