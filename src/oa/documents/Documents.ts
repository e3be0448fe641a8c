/**
 * 管理文档: documents, spreadsheets and smart sheets as files: made, renamed, shared and deleted.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { operation } from "./operations.ts"

/** 文档类型. */
export const DocumentType = Wire.oneOf({
  Document: [3, "文档"],
  Spreadsheet: [4, "表格"],
  SmartSheet: [10, "智能表格"]
})

/** 新建的文档. */
export class CreatedDocument extends Schema.Class<CreatedDocument>("effect-wecom/CreatedDocument")({
  /** Told only here: keep it. */
  docid: Schema.String,
  /** Where members open it. */
  url: Wire.optional(Schema.String)
}) {}

/** 文档基础信息. */
export class DocumentInfo extends Schema.Class<DocumentInfo>("effect-wecom/DocumentInfo")({
  docid: Schema.String,
  ...Wire.optionals({
    doc_name: Schema.String,
    create_time: Wire.timeOrNone,
    modify_time: Wire.timeOrNone,
    doc_type: DocumentType.schema
  })
}) {}

/** A name: at most 255 characters, of which a Chinese one counts twice; WeCom would cut off the rest. */
const name = Wire.filledText.check(
  Schema.makeFilter((value: string) => {
    const length = Array.from(value, (character) => character > "\u00ff" ? 2 : 1).reduce((sum, one) => sum + one, 0)
    return length <= 255 || `at most 255 characters are allowed, Chinese ones count twice, got ${length}`
  })
)

/** 新建文档: what to make. */
export class NewDocument extends Schema.Opaque<NewDocument>()(
  Schema.Struct({
    doc_type: DocumentType.schema,
    /** At most 255 characters. */
    doc_name: Wire.chars(255),
    ...Wire.optionals({
      /** The 微盘 space to put it in; needs `fatherid`. */
      spaceid: Schema.NonEmptyString,
      /** The folder's fileid; at the top of a space, the `spaceid`. */
      fatherid: Schema.NonEmptyString,
      /** Userids of its administrators, at most 3. */
      admin_users: Wire.items(Wire.filledText, 3)
    })
  }).check(
    Schema.makeFilter(({ fatherid, spaceid }) =>
      spaceid === undefined || fatherid !== undefined || { path: ["fatherid"], issue: "is needed with spaceid" }
    )
  )
) {}

/** A document by its `docid`, or a form (收集表) by its `formid`. */
export type DocumentRef = typeof documentRef.Type
const documentRef = operation({ docid: Schema.NonEmptyString, formid: Schema.NonEmptyString })
/** A document by its `docid`, or a form (收集表) by its `formid`. */
export const DocumentRef: Schema.Codec<DocumentRef, unknown> = documentRef

const named = Schema.Struct({
  ...Wire.optionals({ docid: Schema.NonEmptyString, formid: Schema.NonEmptyString }),
  /** At most 255 characters, of which a Chinese one counts twice. */
  new_name: name
}).check(
  Schema.makeFilter(({ docid, formid }) =>
    (docid === undefined) !== (formid === undefined) || { path: ["docid"], issue: "either docid or formid is needed" }
  )
)
/** 重命名文档: which, and its new name. */
export type DocumentRename = DocumentRef & { readonly new_name: string }
/** 重命名文档: which, and its new name. */
// What its check allows.
export const DocumentRename: Schema.Codec<DocumentRename, typeof named.Encoded> = named as never

/**
 * 管理文档: documents, spreadsheets and smart sheets as files: made, renamed, shared and deleted.
 *
 * An app reads and edits only what it has made itself. Members may edit the smart sheets that it makes; documents,
 * spreadsheets and forms they may only read. The app needs the permission 文档 (admin console: 协作, 文档, API).
 */
export class Documents extends Domain.Service<Documents>()("oa/documents/Documents", "OA·文档", {
  /**
   * 新建文档. Makes a document, spreadsheet or smart sheet; a smart sheet is made by the corp's own apps alone, as the
   * overview has it. Returns its `docid`, which cannot be looked up later.
   * @see https://developer.work.weixin.qq.com/document/path/97460
   */
  create: Endpoint.post("/cgi-bin/wedoc/create_doc", 97460, () => ({ body: NewDocument, success: CreatedDocument })),
  /**
   * 重命名文档. Renames a document, or a form.
   * @see https://developer.work.weixin.qq.com/document/path/97736
   */
  rename: Endpoint.post("/cgi-bin/wedoc/rename_doc", { doc: 97736, idempotent: true }, () => ({
    body: DocumentRename
  })),
  /**
   * 删除文档. Deletes a document, or a form.
   * @see https://developer.work.weixin.qq.com/document/path/97735
   */
  delete: Endpoint.post("/cgi-bin/wedoc/del_doc", { doc: 97735, idempotent: true }, () => ({ body: DocumentRef })),
  /**
   * 获取文档基础信息. Its name and type, and when it was made and changed.
   * @see https://developer.work.weixin.qq.com/document/path/97734
   */
  get: Endpoint.query("/cgi-bin/wedoc/get_doc_base_info", 97734, () => ({
    body: { docid: Schema.NonEmptyString },
    success: Endpoint.pluck("doc_base_info", DocumentInfo)
  })),
  /**
   * 分享文档. Returns the link under which a document, or a form, is opened.
   * @see https://developer.work.weixin.qq.com/document/path/97733
   */
  getShareLink: Endpoint.query("/cgi-bin/wedoc/doc_share", 97733, () => ({
    body: DocumentRef,
    success: Endpoint.pluck("share_url", Schema.String)
  }))
}) {}
