/**
 * 文档内容: the tree of nodes that a document consists of.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 节点类型. */
export const DocumentNodeType = Wire.oneOf({
  Document: ["Document", "文档"],
  MainStory: ["MainStory", "文档主节点"],
  Section: ["Section", "节"],
  Paragraph: ["Paragraph", "段落"],
  Table: ["Table", "表格"],
  TableRow: ["TableRow", "表格行"],
  TableCell: ["TableCell", "表格单元格"],
  Text: ["Text", "文本"],
  Drawing: ["Drawing", "图形化对象"]
})

/** 节属性: the page. */
export class SectionProperty extends Schema.Class<SectionProperty>("effect-wecom/SectionProperty")({
  ...Wire.optionals({
    page_size: Schema.Struct({
      ...Wire.optionals({
        width: Wire.number,
        height: Wire.number,
        /** `PAGE_ORIENTATION_PORTRAIT` or `PAGE_ORIENTATION_LANDSCAPE`, or an object that holds it. */
        orientation: Schema.Union([
          Schema.String,
          Schema.Struct(Wire.optionals({ width: Wire.number, height: Wire.number, orientation: Schema.String }))
        ])
      })
    }),
    page_margins: Schema.Struct(
      Wire.optionals({ top: Wire.number, right: Wire.number, bottom: Wire.number, left: Wire.number })
    )
  })
}) {}

/** 段落属性. */
export class ParagraphProperty extends Schema.Class<ParagraphProperty>("effect-wecom/ParagraphProperty")({
  ...Wire.optionals({
    /** 编号: which list the paragraph belongs to. All paragraphs of one list have the same `number_id`. */
    number_property: Schema.Struct(Wire.optionals({ nesting_level: Wire.int, number_id: Wire.id })),
    /** In pixels. */
    spacing: Schema.Struct(
      Wire.optionals({ before: Wire.number, after: Wire.number, line: Wire.number, line_rule: Schema.String })
    ),
    /** In pixels; those that end in `_chars` in twentieths of a character. */
    indent: Schema.Struct(Wire.optionals({
      left: Wire.number,
      left_chars: Wire.int,
      right: Wire.number,
      right_chars: Wire.int,
      hanging: Wire.number,
      hanging_chars: Wire.int,
      first_line: Wire.number,
      first_line_chars: Wire.int
    })),
    /** Such as `ALIGNMENT_TYPE_CENTER`. */
    alignment_type: Schema.String,
    /** Such as `TEXT_DIRECTION_LEFT_TO_RIGHT`. */
    text_direction: Schema.String
  })
}) {}

/** 文本属性. */
export class RunProperty extends Schema.Class<RunProperty>("effect-wecom/RunProperty")({
  ...Wire.optionals({
    font: Schema.String,
    bold: Schema.Boolean,
    italics: Schema.Boolean,
    underline: Schema.Boolean,
    strike: Schema.Boolean,
    /** RRGGBB. */
    color: Schema.String,
    spacing: Wire.number,
    /** In half points, 1/144 inch. */
    size: Wire.number,
    /** RRGGBB. */
    shading: Schema.Struct(Wire.optionals({ foreground_color: Schema.String, background_color: Schema.String })),
    /** Such as `RUN_VERTICAL_ALIGN_SUPER_SCRIPT`. */
    vertical_align: Schema.String,
    is_placeholder: Schema.Boolean
  })
}) {}

/** 表格属性. */
export class TableProperty extends Schema.Class<TableProperty>("effect-wecom/TableProperty")({
  ...Wire.optionals({
    /** In pixels. */
    table_width: Schema.Struct(Wire.optionals({ width: Wire.number, type: Schema.String })),
    horizontal_alignment_type: Schema.String,
    table_layout: Schema.String
  })
}) {}

const border = Schema.Struct(Wire.optionals({ color: Schema.String, width: Wire.int }))

/** 表格单元属性. */
export class TableCellProperty extends Schema.Class<TableCellProperty>("effect-wecom/TableCellProperty")({
  ...Wire.optionals({
    table_cell_borders: Schema.Struct(Wire.optionals({ top: border, left: border, bottom: border, right: border })),
    /** Such as `VERTICAL_ALIGNMENT_TOP`. */
    vertical_alignment: Schema.String
  })
}) {}

const picture = {
  uri: Schema.String,
  /** How much is cut off, in thousandths of a percent: 75000 is 75%. */
  relative_rect: Schema.Struct(
    Wire.optionals({ left: Wire.int, top: Wire.int, right: Wire.int, bottom: Wire.int })
  ),
  shape: Schema.Struct(Wire.optionals({
    transform: Schema.Struct(Wire.optionals({
      /** In pixels. */
      extent: Schema.Struct(Wire.optionals({ cx: Wire.int, cy: Wire.int })),
      /** In 1/60000 degrees, clockwise. */
      rotation: Wire.int
    }))
  }))
}

const placed = Schema.Struct(Wire.optionals({ pos_offset: Wire.int, relative_from: Schema.String }))

/** 图形属性: a picture in the text or floating above it, or an add-on such as a formula. */
export class DrawingProperty extends Schema.Class<DrawingProperty>("effect-wecom/DrawingProperty")({
  ...Wire.optionals({
    inline_keyword: Schema.Struct(Wire.optionals({
      picture: Schema.Struct(Wire.optionals(picture)),
      /** `addon_source` such as `ADDON_SOURCE_TYPE_LATEX`. */
      addon: Schema.Struct(Wire.optionals({ addon_id: Schema.String, addon_source: Schema.String }))
    })),
    anchor: Schema.Struct(Wire.optionals({
      picture: Schema.Struct(Wire.optionals({
        ...picture,
        position_horizontal: placed,
        position_vertical: placed,
        wrap_none: Schema.Boolean,
        wrap_square: Schema.Union([Schema.Boolean, Schema.Struct(Wire.optionals({ wrap_text: Schema.String }))]),
        wrap_top_and_bottom: Schema.Boolean,
        behind_doc: Schema.Boolean,
        allow_overlap: Schema.Boolean
      }))
    })),
    is_placeholder: Schema.Boolean
  })
}) {}

/** 节点属性: those of the node's type. */
export class DocumentNodeProperty extends Schema.Class<DocumentNodeProperty>("effect-wecom/DocumentNodeProperty")({
  ...Wire.optionals({
    section_property: SectionProperty,
    paragraph_property: ParagraphProperty,
    run_property: RunProperty,
    table_property: TableProperty,
    /** Whether the row is a heading. */
    table_row_property: Schema.Struct(Wire.optionals({ is_header: Schema.Boolean })),
    table_cell_property: TableCellProperty,
    drawing_property: DrawingProperty
  })
}) {}

/** 节点: a part of a document, from the place `begin` to the place `end`. */
export class DocumentNode extends Schema.Class<DocumentNode>("effect-wecom/DocumentNode")({
  ...Wire.optionals({
    begin: Wire.int,
    end: Wire.int,
    type: DocumentNodeType.schema,
    property: DocumentNodeProperty,
    /** Of a `Text` alone. */
    text: Schema.String
  }),
  children: Wire.list(Schema.suspend((): Schema.Codec<DocumentNode, unknown> => DocumentNode))
}) {
  /** The text of the node and all below it. */
  get textContent(): string {
    return (this.text ?? "") + this.children.map((child) => child.textContent).join("")
  }
}

/** 文档数据: a document as it is at one version. */
export class DocumentData extends Schema.Class<DocumentData>("effect-wecom/DocumentData")({
  ...Wire.optionals({
    /** To be given to `DocumentContents.update`. */
    version: Wire.int,
    document: DocumentNode
  })
}) {}
