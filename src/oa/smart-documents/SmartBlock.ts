/**
 * 智能文档内容块: the blocks that the pages of smart documents consist of.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 内容块类型. */
export const BlockType = Wire.oneOf({
  Text: ["BLOCK_TYPE_TEXT", "文本"],
  Image: ["BLOCK_TYPE_IMAGE", "图片"],
  Todo: ["BLOCK_TYPE_TODO", "待办"],
  NumberedList: ["BLOCK_TYPE_NUMBERED_LIST", "有序列表"],
  BulletedList: ["BLOCK_TYPE_BULLETED_LIST", "无序列表"],
  Divider: ["BLOCK_TYPE_DIVIDER", "分割线"],
  Link: ["BLOCK_TYPE_LINK", "链接"],
  ColumnList: ["BLOCK_TYPE_COLUMN_LIST", "分栏"],
  Header1: ["BLOCK_TYPE_HEADER_1", "一级标题"],
  Header2: ["BLOCK_TYPE_HEADER_2", "二级标题"],
  Header3: ["BLOCK_TYPE_HEADER_3", "三级标题"],
  Header4: ["BLOCK_TYPE_HEADER_4", "四级标题"],
  Header5: ["BLOCK_TYPE_HEADER_5", "五级标题"],
  Header6: ["BLOCK_TYPE_HEADER_6", "六级标题"],
  Highlight: ["BLOCK_TYPE_HIGHLIGHT", "背景块"],
  File: ["BLOCK_TYPE_FILE", "文件"],
  View: ["BLOCK_TYPE_VIEW", "视图"],
  Table: ["BLOCK_TYPE_TABLE", "表格"],
  Code: ["BLOCK_TYPE_CODE", "代码块"],
  Quote: ["BLOCK_TYPE_QUOTE", "引用块"]
})
/** 内容块类型: a known one. */
export type BlockType = (typeof BlockType.values)[number]

/** 背景色. */
export const BlockColor = Wire.oneOf({
  Default: ["default_background", "默认背景"],
  LightGrey: ["light_grey_background", "浅灰"],
  Grey: ["grey_background", "灰色"],
  Dark: ["dark_background", "深色"],
  LightRed: ["light_red_background", "浅红"],
  Red: ["red_background", "红色"],
  LightOrange: ["light_orange_background", "浅橙"],
  Orange: ["orange_background", "橙色"],
  LightYellow: ["light_yellow_background", "浅黄"],
  Yellow: ["yellow_background", "黄色"],
  LightGreen: ["light_green_background", "浅绿"],
  Green: ["green_background", "绿色"],
  LightCyan: ["light_cyan_background", "浅青"],
  Cyan: ["cyan_background", "青色"],
  LightBlue: ["light_blue_background", "浅蓝"],
  Blue: ["blue_background", "蓝色"],
  LightAccentBlue: ["light_accent_blue_background", "浅亮蓝"],
  AccentBlue: ["accent_blue_background", "亮蓝"],
  LightPurple: ["light_purple_background", "浅紫"],
  Purple: ["purple_background", "紫色"]
})

/** 边框颜色. */
export const BorderColor = Wire.oneOf({
  Default: ["default", "默认"],
  Grey: ["grey", "灰色"],
  Blue: ["blue", "蓝色"],
  SkyBlue: ["sky_blue", "天蓝色"],
  Green: ["green", "绿色"],
  Yellow: ["yellow", "黄色"],
  Orange: ["orange", "橙色"],
  Red: ["red", "红色"],
  RoseRed: ["rose_red", "玫红色"],
  Purple: ["purple", "紫色"]
})

/** 代码语言: one of some eighty, such as `CODE_LANGUAGE_PYTHON`, `CODE_LANGUAGE_JAVA` or `CODE_LANGUAGE_PLAIN_TEXT`. */
export const CodeLanguage = Schema.String.check(
  Schema.isPattern(/^CODE_LANGUAGE_[A-Z0-9_]+$/, { message: "expected a language such as CODE_LANGUAGE_PYTHON" })
)

/** A cell of a table. */
const cell = Schema.Struct({ row: Wire.int, column: Wire.int })

/** The properties of every type that has some, under the key that they have in `props`. */
const properties = {
  BLOCK_TYPE_TEXT: {
    text_props: Schema.Struct(Wire.optionals({
      /** 块级对齐方式: a number; the document only names them (`TEXT_ALIGN_LEFT`, `_CENTER`, `_RIGHT`, `_JUSTIFY`). */
      align: Wire.int,
      /** 文本对齐方式: the same. */
      text_align: Wire.int,
      block_color: BlockColor.schema
    }))
  },
  BLOCK_TYPE_IMAGE: {
    image_props: Schema.Struct(Wire.optionals({
      url: Schema.String,
      width: Wire.number,
      height: Wire.number,
      /** Whether it has a border. */
      stroke: Schema.Boolean
    }))
  },
  BLOCK_TYPE_TODO: { todo_props: Schema.Struct(Wire.optionals({ checked: Schema.Boolean })) },
  BLOCK_TYPE_NUMBERED_LIST: {},
  BLOCK_TYPE_BULLETED_LIST: {},
  BLOCK_TYPE_DIVIDER: {},
  BLOCK_TYPE_LINK: {
    link_props: Schema.Struct(
      Wire.optionals({ link_url: Schema.String, link_name: Schema.String, link_description: Schema.String })
    )
  },
  BLOCK_TYPE_COLUMN_LIST: {
    column_props: Schema.Struct(Wire.optionals({
      /** 2 to 4. */
      column_num: Wire.intBetween(2, 4)
    }))
  },
  BLOCK_TYPE_HEADER_1: {},
  BLOCK_TYPE_HEADER_2: {},
  BLOCK_TYPE_HEADER_3: {},
  BLOCK_TYPE_HEADER_4: {},
  BLOCK_TYPE_HEADER_5: {},
  BLOCK_TYPE_HEADER_6: {},
  BLOCK_TYPE_HIGHLIGHT: {
    highlight_props: Schema.Struct(Wire.optionals({
      background_image_url: Schema.String,
      /** Whether the picture fills the block. */
      extend_background: Schema.Boolean,
      block_color: BlockColor.schema,
      border_color: BorderColor.schema
    }))
  },
  BLOCK_TYPE_FILE: {
    file_props: Schema.Struct(Wire.optionals({
      /** Of a file of 微盘. */
      file_id: Schema.String
    }))
  },
  BLOCK_TYPE_VIEW: {
    view_props: Schema.Struct(Wire.optionals({
      /** The smart sheet. */
      doc_id: Schema.String,
      /** Its sheet. */
      table_id: Schema.String,
      view_id: Schema.String,
      /** The block of the data table. */
      table_block_id: Schema.String,
      enable_table_title: Schema.Boolean,
      enable_add_row: Schema.Boolean
    }))
  },
  BLOCK_TYPE_TABLE: {
    table_props: Schema.Struct(Wire.optionals({
      /** Cells that are merged, from one to another. */
      cell_positions: Schema.Array(Schema.Struct({ start_cell: cell, end_cell: cell })),
      enable_row_header: Schema.Boolean,
      enable_column_header: Schema.Boolean
    }))
  },
  BLOCK_TYPE_CODE: {
    code_props: Schema.Struct(Wire.optionals({ code_language: CodeLanguage, code_wrap: Schema.Boolean }))
  },
  BLOCK_TYPE_QUOTE: {}
} satisfies { readonly [Type in BlockType]: { readonly [key: string]: Schema.Constraint } }

type Properties = typeof properties

type PropsOf<Type extends BlockType> = {
  readonly [Key in keyof Properties[Type]]?:
    | (Properties[Type][Key] extends Schema.Constraint ? Properties[Type][Key]["Type"] : never)
    | undefined
}

interface Content {
  /** 文本内容. */
  readonly title?: string | undefined
  /** 文本内容, as some examples of the documents spell `title`. */
  readonly content?: string | undefined
  readonly parent_id?: string | undefined
  /** The block before it. Default: none, it is the first. */
  readonly after_id?: string | undefined
  /** Ids of the blocks within. */
  readonly children?: ReadonlyArray<string> | undefined
}

/** 内容块 to add, told apart by its `type`. */
export type NewSmartBlock = {
  [Type in BlockType]: Content & { readonly type: Type; readonly props?: PropsOf<Type> | undefined }
}[BlockType]

/** 内容块 to change, by its id. */
export type SmartBlockEdit = NewSmartBlock & { readonly id: string }

/** 内容块, told apart by its `type`. */
export type SmartBlock =
  | SmartBlockEdit
  | (Wire.UnknownVariant & { readonly type: "Unknown" })

const fieldsOf = (type: BlockType) => ({
  type: Schema.Literal(type),
  ...Wire.optionals({
    title: Schema.String,
    content: Schema.String,
    parent_id: Schema.String,
    after_id: Schema.String,
    children: Schema.Array(Wire.filledText),
    props: Schema.Struct(Wire.optionals<Record<string, Schema.Constraint>>(properties[type]))
  })
})

const types = BlockType.values

/** 内容块 to add, told apart by its `type`. */
export const NewSmartBlock: Schema.Codec<NewSmartBlock, unknown> = Schema.Union(
  types.map((type) => Schema.Struct(fieldsOf(type)))
) as never // one member for each type of the union above

/** 内容块 to change, by its id. */
export const SmartBlockEdit: Schema.Codec<SmartBlockEdit, unknown> = Schema.Union(
  types.map((type) => Schema.Struct({ id: Schema.NonEmptyString, ...fieldsOf(type) }))
) as never // one member for each type of the union above

/** 内容块, told apart by its `type`. */
export const SmartBlock: Schema.Codec<SmartBlock, unknown> = Wire.variants(
  "type",
  types.map((type) => Schema.Struct({ id: Schema.String, ...fieldsOf(type) }))
) as never // one member for each type of the union above
