/**
 * 管理文档内容: the text of documents, read as a tree and changed by operations.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { DocumentData } from "./DocumentNode.ts"
import { DocumentOperation } from "./DocumentOperation.ts"

/** 上传的图片. */
export class DocumentImage extends Schema.Class<DocumentImage>("effect-wecom/DocumentImage")({
  /** For `image_id` and `image_url`. */
  url: Schema.String,
  ...Wire.optionals({
    /** In pixels. */
    height: Wire.int,
    /** In pixels. */
    width: Wire.int,
    /** In bytes. */
    size: Wire.int
  })
}) {}

/** 管理文档内容: the text of documents that the app has made, and pictures for them. */
export class DocumentContents extends Domain.Service<DocumentContents>()("oa/documents/DocumentContents", "OA·文档", {
  /**
   * 获取文档数据. The document as a tree of nodes, and its version.
   * @see https://developer.work.weixin.qq.com/document/path/101161
   */
  get: Endpoint.query("/cgi-bin/wedoc/document/get", 101161, () => ({
    body: { docid: Schema.NonEmptyString },
    success: DocumentData
  })),
  /**
   * 编辑文档内容. Runs up to 30 operations in order, all or none. Places count in the document as the operations before
   * have left it.
   * @see https://developer.work.weixin.qq.com/document/path/97626
   */
  update: Endpoint.post("/cgi-bin/wedoc/document/batch_update", 97626, () => ({
    body: {
      docid: Schema.NonEmptyString,
      /** The version that the places were taken from, at most 100 behind the newest. Default: the newest. */
      version: Wire.optional(Wire.int),
      /** 1 to 30. */
      requests: Wire.items(DocumentOperation, 30, 1)
    }
  })),
  /**
   * 上传文档图片. Stores a picture for a document, or for a cell of a smart sheet.
   * @see https://developer.work.weixin.qq.com/document/path/99933
   */
  uploadImage: Endpoint.post("/cgi-bin/wedoc/image_upload", 99933, () => ({
    body: {
      docid: Schema.NonEmptyString,
      /** The picture; it travels in base64. */
      base64_content: Wire.base64
    },
    success: DocumentImage
  }))
}) {}
