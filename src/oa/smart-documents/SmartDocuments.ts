/**
 * 智能文档: documents of pages and blocks, their data tables, and their publication.
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { NewSmartBlock, SmartBlock, SmartBlockEdit } from "./SmartBlock.ts"

/** 页面布局. */
export const PageLayout = Wire.oneOf({ Default: [1, "默认"], Paper: [2, "纸张"], FullWidth: [3, "全宽"] })

/** 发布范围. */
export const PublishRange = Wire.oneOf({ Corp: [1, "企业内"], Everyone: [3, "企业内外"], Chosen: [4, "指定成员"] })

const pageFields = {
  title: Schema.String,
  layout_mode: PageLayout.schema,
  /** The page before it. */
  after_id: Schema.String,
  /** The page that it is in; empty: none. */
  parent_id: Schema.String
}

/** 页面. */
export class SmartPage extends Schema.Class<SmartPage>("effect-wecom/SmartPage")({
  page_id: Schema.String,
  ...Wire.optionals(pageFields)
}) {}

const tableFields = {
  title: Schema.String,
  /** The block of the data table before it. */
  after_id: Schema.String
}

/** 数据表: a sheet of the smart sheet of a document. */
export class SmartDataTable extends Schema.Class<SmartDataTable>("effect-wecom/SmartDataTable")({
  block_id: Schema.String,
  ...Wire.optionals({
    ...tableFields,
    /** For the services of smart sheets, with `ss_docid`. */
    sheet_id: Schema.String,
    /** The smart sheet: its `docid` for the services of smart sheets. */
    ss_docid: Schema.String
  })
}) {}

/** `"true"` or `"false"`: a text on the wire. */
const quotedBoolean = Schema.Union([
  Schema.Literals(["false", "true"]).pipe(
    Schema.decodeTo(
      Schema.Boolean,
      SchemaTransformation.transform<boolean, "true" | "false">({
        decode: (wire) => wire === "true",
        encode: (value) => value ? "true" : "false"
      })
    )
  ),
  Schema.Boolean
])

/** 内容块: a page of them. */
export class SmartBlockPage extends Schema.Class<SmartBlockPage>("effect-wecom/SmartBlockPage")({
  blocks: Wire.list(SmartBlock),
  ...Wire.optionals({
    has_more: quotedBoolean,
    /** `start` of the next page. */
    next_start: Wire.int
  })
}) {}

/** 导出结果. */
export class SmartExport extends Schema.Class<SmartExport>("effect-wecom/SmartExport")({
  task_done: Schema.Boolean,
  /** Markdown, once the task is done. */
  content: Wire.optional(Schema.String)
}) {}

/** 发布结果. */
export class SmartPublication extends Schema.Class<SmartPublication>("effect-wecom/SmartPublication")({
  ...Wire.optionals({
    share_code: Schema.String,
    publish_url: Schema.String,
    /** Digits as text: 64 bits. */
    version: Wire.int64,
    publish_time: Wire.time,
    publish_doc_title: Schema.String
  })
}) {}

/** 指定成员: a member, or the members of a department. */
export const PublishAudience = Schema.Union([
  Schema.Struct({ type: Schema.Literal(1), userid: Schema.NonEmptyString }),
  Schema.Struct({ type: Schema.Literal(2), departmentid: Wire.int })
])
/** 指定成员: a member, or the members of a department. */
export type PublishAudience = typeof PublishAudience.Type

const docid = Schema.NonEmptyString

/** 发布: a document, and for whom. */
export class SmartPublish extends Schema.Opaque<SmartPublish>()(
  Schema.Struct({
    docid,
    ...Wire.optionals({
      /** Default: `Corp`. */
      publish_range: PublishRange.schema,
      /** Needed for `Chosen`. */
      auth_list: Schema.Array(PublishAudience)
    })
  }).check(
    Schema.makeFilter(({ auth_list = [], publish_range }) =>
      publish_range !== PublishRange.Chosen || auth_list.length > 0 ||
      { path: ["auth_list"], issue: "is needed for chosen members" }
    )
  )
) {}

const onPage = { docid, page_id: Schema.NonEmptyString }

const pageInfo = Endpoint.pluck("info", SmartPage)
const tableInfo = Endpoint.pluck("info", SmartDataTable)
const blocks = Endpoint.pluck("blocks", Wire.list(SmartBlock))

/**
 * 智能文档: documents of pages and blocks, their data tables, and their publication. For documents that the app has made.
 */
export class SmartDocuments extends Domain.Service<SmartDocuments>()("oa/smart-documents/SmartDocuments", "OA·文档", {
  /**
   * 获取页面层级. The pages of a document, each with the page that it is in.
   * @see https://developer.work.weixin.qq.com/document/path/101619
   */
  listPages: Endpoint.query("/cgi-bin/wedoc/smartdoc/get_page_hierarchy", 101619, () => ({
    body: { docid },
    success: Endpoint.pluck("pages", Wire.list(SmartPage))
  })),
  /**
   * 添加页面. Returns the page with its id.
   * @see https://developer.work.weixin.qq.com/document/path/101620
   */
  addPage: Endpoint.post("/cgi-bin/wedoc/smartdoc/add_page", 101620, () => ({
    body: { docid, info: Schema.Struct(Wire.optionals(pageFields)) },
    success: pageInfo
  })),
  /**
   * 更新页面. Changes its title, layout or place: what is left out stays.
   * @see https://developer.work.weixin.qq.com/document/path/101621
   */
  updatePage: Endpoint.post("/cgi-bin/wedoc/smartdoc/update_page", { doc: 101621, idempotent: true }, () => ({
    body: { docid, info: Schema.Struct({ page_id: Schema.NonEmptyString, ...Wire.optionals(pageFields) }) },
    success: pageInfo
  })),
  /**
   * 删除页面. Deletes a page and those within it.
   * @see https://developer.work.weixin.qq.com/document/path/101622
   */
  deletePage: Endpoint.post("/cgi-bin/wedoc/smartdoc/delete_page", { doc: 101622, idempotent: true }, () => ({
    body: onPage
  })),
  /**
   * 添加内容块. Returns the blocks with their ids. A block without `after_id` comes first: name the block before it to keep
   * an order, as `SmartMarkdown.write` of `effect-wecom/oa/smart-documents/markdown` does.
   * @see https://developer.work.weixin.qq.com/document/path/101623
   */
  addBlocks: Endpoint.post("/cgi-bin/wedoc/smartdoc/add_blocks", 101623, () => ({
    body: { ...onPage, blocks: Schema.NonEmptyArray(NewSmartBlock) },
    success: blocks
  })),
  /**
   * 更新内容块. Changes blocks by their ids; their type has to be given.
   * @see https://developer.work.weixin.qq.com/document/path/101624
   */
  updateBlocks: Endpoint.post("/cgi-bin/wedoc/smartdoc/update_blocks", { doc: 101624, idempotent: true }, () => ({
    body: { ...onPage, blocks: Schema.NonEmptyArray(SmartBlockEdit) },
    success: blocks
  })),
  /**
   * 删除内容块.
   * @see https://developer.work.weixin.qq.com/document/path/101625
   */
  deleteBlocks: Endpoint.post("/cgi-bin/wedoc/smartdoc/delete_blocks", { doc: 101625, idempotent: true }, () => ({
    body: { ...onPage, ids: Schema.NonEmptyArray(Schema.NonEmptyString) }
  })),
  /**
   * 获取内容块. Blocks of a page by their ids, or all; one page of them.
   * @see https://developer.work.weixin.qq.com/document/path/101626
   */
  listBlocks: Endpoint.query("/cgi-bin/wedoc/smartdoc/get_block_list", 101626, () => ({
    body: {
      ...onPage,
      ...Wire.optionals({
        ids: Schema.Array(Wire.filledText),
        /** From 0. */
        start: Wire.intFrom(0),
        /** Default: 200, at most 200. */
        limit: Wire.intBetween(1, 200)
      })
    },
    success: SmartBlockPage
  })),
  /**
   * 提交导出任务. Starts to export a document, or one of its pages, as Markdown. Returns the `task_id` for
   * `getExport`.
   * @see https://developer.work.weixin.qq.com/document/path/101627
   */
  startExport: Endpoint.post("/cgi-bin/wedoc/smartdoc/export_task", 101627, () => ({
    body: {
      docid,
      /** 1: Markdown, the only one. */
      content_type: Wire.constant(1),
      ...Wire.optionals({
        /** The link of the document, as an example of the documents has it. */
        url: Schema.String,
        /** Only this page. */
        page_id: Schema.NonEmptyString
      })
    },
    success: Endpoint.pluck("task_id", Schema.String)
  })),
  /**
   * 查询导出结果. Whether an export is done, and then its Markdown.
   * @see https://developer.work.weixin.qq.com/document/path/101627
   */
  getExport: Endpoint.query("/cgi-bin/wedoc/smartdoc/get_export_result", 101627, () => ({
    body: { task_id: Schema.NonEmptyString },
    success: SmartExport
  })),
  /**
   * 获取数据源. Returns the `docid` of the smart sheet that holds the data tables of a document; one is made if there is
   * none.
   * @see https://developer.work.weixin.qq.com/document/path/101628
   */
  getDataSource: Endpoint.post(
    "/cgi-bin/wedoc/smartdoc/get_smartsheet_info",
    { doc: 101628, idempotent: true },
    () => ({
      body: { docid },
      success: Endpoint.pluck("ss_docid", Schema.String)
    })
  ),
  /**
   * 添加数据表. Adds a data table: a sheet of the document's smart sheet.
   * @see https://developer.work.weixin.qq.com/document/path/101629
   */
  addTable: Endpoint.post("/cgi-bin/wedoc/smartdoc/add_smartsheet", 101629, () => ({
    body: { docid, info: Schema.Struct(Wire.optionals(tableFields)) },
    success: tableInfo
  })),
  /**
   * 删除数据表, by its block.
   * @see https://developer.work.weixin.qq.com/document/path/101630
   */
  deleteTable: Endpoint.post("/cgi-bin/wedoc/smartdoc/delete_smartsheet", { doc: 101630, idempotent: true }, () => ({
    body: { docid, block_id: Schema.NonEmptyString }
  })),
  /**
   * 更新数据表. Changes its title or place, by its block.
   * @see https://developer.work.weixin.qq.com/document/path/101631
   */
  updateTable: Endpoint.post("/cgi-bin/wedoc/smartdoc/update_smartsheet", { doc: 101631, idempotent: true }, () => ({
    body: { docid, info: Schema.Struct({ block_id: Schema.NonEmptyString, ...Wire.optionals(tableFields) }) },
    success: tableInfo
  })),
  /**
   * 发布. Publishes the present state of a document. It takes 3 to 8 seconds: give the call a timeout of at least 10.
   * 640012: a member of `auth_list` is not in the corp; 640013: there is no such department.
   * @see https://developer.work.weixin.qq.com/document/path/101616
   */
  publish: Endpoint.post("/cgi-bin/wedoc/smartdoc/publish", { doc: 101616, int64: ["version"] }, () => ({
    body: SmartPublish,
    success: SmartPublication
  })),
  /**
   * 取消发布.
   * @see https://developer.work.weixin.qq.com/document/path/101617
   */
  cancelPublish: Endpoint.post("/cgi-bin/wedoc/smartdoc/cancel_publish", { doc: 101617, idempotent: true }, () => ({
    body: { docid }
  })),
  /**
   * 更新发布设置. For whom a document is published.
   * @see https://developer.work.weixin.qq.com/document/path/101618
   */
  updatePublishing: Endpoint.post(
    "/cgi-bin/wedoc/smartdoc/publish_setting",
    { doc: 101618, idempotent: true },
    () => ({ body: SmartPublish })
  )
}, (endpoints) => ({
  /**
   * 获取内容块. All blocks of a page, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/101626
   */
  listAllBlocks: Paging.byCursor(endpoints.listBlocks, "blocks", { cursor: "start", next: "next_start" })
})) {}
