/**
 * 文档内容存档: the archived online documents, and exporting them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { owner, paged } from "./fields.ts"

/** 文档类型. */
export const ArchivedDocumentType = Wire.oneOf({
  Document: [3, "文档"],
  Spreadsheet: [4, "表格"],
  Slides: [6, "幻灯片"],
  MindMap: [7, "思维导图"],
  SmartSheet: [10, "智能表"]
})

/** 导出文档内容的格式. */
export const ArchiveExportFormat = Wire.oneOf({
  /** Of a document. */
  Docx: ["docx", "文档"],
  /** Of a document or slides. */
  Pdf: ["pdf", "文档、幻灯片"],
  /** Of a spreadsheet or smart sheet. */
  Xlsx: ["xlsx", "表格、智能表"],
  /** Of a mind map. */
  Xmind: ["xmind", "思维导图"],
  /** Of slides. */
  Pptx: ["pptx", "幻灯片"]
})

/** 导出任务状态. */
export const ArchiveExportStatus = Wire.oneOf({
  Running: [0, "导出中"],
  Finished: [1, "完成"],
  Failed: [2, "任务出错"]
})

/** 成员文档. */
export class ArchivedDocument extends Schema.Class<ArchivedDocument>("effect-wecom/ArchivedDocument")({
  docid: Schema.String,
  ...Wire.optionals({
    doc_name: Schema.String,
    userid: Schema.String,
    doc_type: ArchivedDocumentType.schema,
    create_time: Wire.time,
    modify_time: Wire.time,
    /** Where it is opened. */
    url: Schema.String
  })
}) {}

/** One page of documents. */
export class ArchivedDocumentPage extends Schema.Class<ArchivedDocumentPage>("effect-wecom/ArchivedDocumentPage")({
  doc_list: Wire.list(ArchivedDocument),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}) {}

/** What an export came to. */
export class ArchiveExport extends Schema.Class<ArchiveExport>("effect-wecom/ArchiveExport")(Wire.optionals({
  status: ArchiveExportStatus.schema,
  /** Of a finished one: valid for 30 minutes. */
  download_url: Wire.secret
})) {}

/** Which documents of a member: those that were last changed within a time. */
export class ArchivedDocumentQuery extends Schema.Opaque<ArchivedDocumentQuery>()(
  Schema.Struct({
    start_time: Wire.time,
    end_time: Wire.time,
    ...owner,
    doc_type: ArchivedDocumentType.schema,
    ...paged
  }).check(Wire.period("start_time", "end_time", Infinity))
) {}

/**
 * 文档内容存档: the archived online documents, and exporting them. For the corp's own apps that 文件内容存档 lists under
 * 可调用接口的应用; at most 10 calls of a corp at the same time.
 */
export class ArchivedDocuments
  extends Domain.Service<ArchivedDocuments>()("enterprise-archive/ArchivedDocuments", "企业数据存档·文档内容存档", {
    /**
     * 获取成员文档列表. One page of a member's documents of a type, which more than one member of the
     * corp shares.
     * @see https://developer.work.weixin.qq.com/document/path/101704
     */
    list: Endpoint.query("/cgi-bin/security/doc/list", 101704, () => ({
      body: ArchivedDocumentQuery,
      success: ArchivedDocumentPage
    })),
    /**
     * 创建导出任务. Of a document that more than one member of the corp shares. Returns the job's id, which ends 10 minutes
     * after the job.
     * @see https://developer.work.weixin.qq.com/document/path/101689
     */
    startExport: Endpoint.post("/cgi-bin/security/doc/export", 101689, () => ({
      body: {
        docid: Wire.filledText,
        /** One that the document's type has. */
        export_format: ArchiveExportFormat.schema
      },
      success: Endpoint.pluck("jobid", Schema.String)
    })),
    /**
     * 查询导出结果. What a job of `startExport` came to.
     * @see https://developer.work.weixin.qq.com/document/path/101690
     */
    getExport: Endpoint.query("/cgi-bin/security/doc/get_export_result", 101690, () => ({
      body: { jobid: Wire.filledText },
      success: ArchiveExport
    }))
  }, (endpoints) => ({
    /**
     * 获取成员文档列表. All documents of `list`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/101704
     */
    listAll: Paging.byCursor(endpoints.list, "doc_list")
  }))
{}
