/**
 * 微盘内容存档: the archived files of the drive (微盘).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { FileLink } from "../media/FileLink.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { owner, paged } from "./fields.ts"

/** 成员授权空间. */
export class ArchivedSpace extends Schema.Class<ArchivedSpace>("effect-wecom/ArchivedSpace")({
  spaceid: Schema.String,
  ...Wire.optionals({
    space_name: Schema.String,
    /** Whether the member is its super administrator. */
    is_space_superadmin: Wire.flag
  })
}) {}

/** 存档文件. */
export class ArchivedFile extends Schema.Class<ArchivedFile>("effect-wecom/ArchivedFile")({
  fileid: Schema.String,
  ...Wire.optionals({
    file_name: Schema.String,
    /** Within the space; only if its super administrator is archived and the space is authorised. */
    path: Schema.String,
    creator: Schema.Struct({ userid: Wire.optional(Schema.String) }),
    /** In bytes. */
    file_size: Wire.int64,
    /** The number that WeCom has for its type. */
    file_type: Wire.int,
    /** Of an online document. */
    doc_url: Schema.String
  })
}) {}

/** One page of files. */
export class ArchivedFilePage extends Schema.Class<ArchivedFilePage>("effect-wecom/ArchivedFilePage")({
  file_list: Wire.list(ArchivedFile),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}) {}

/**
 * 微盘内容存档: the archived files of the drive. For the corp's own apps that 文件内容存档 lists under 可调用接口的应用.
 */
export class ArchivedDrive
  extends Domain.Service<ArchivedDrive>()("enterprise-archive/ArchivedDrive", "企业数据存档·微盘内容存档", {
    /**
     * 获取成员授权空间. The spaces of a member that are archived.
     * @see https://developer.work.weixin.qq.com/document/path/101674
     */
    listSpaces: Endpoint.query("/cgi-bin/security/wedrive/get_auth_space_list", 101674, () => ({
      body: owner,
      success: Endpoint.pluck("auth_space_list", Wire.list(ArchivedSpace))
    })),
    /**
     * 获取文件列表. One page of what a member has put into a space, or taken over.
     * @see https://developer.work.weixin.qq.com/document/path/101676
     */
    listFiles: Endpoint.query(
      "/cgi-bin/security/wedrive/get_auth_file_list",
      { doc: 101676, int64: ["file_size"] },
      () => ({
        body: { ...owner, spaceid: Wire.filledText, ...paged },
        success: ArchivedFilePage
      })
    ),
    /**
     * 下载文件. Where a file is for two hours: `FileLink.download` fetches it.
     * @see https://developer.work.weixin.qq.com/document/path/101677
     */
    getLink: Endpoint.query("/cgi-bin/security/wedrive/download_file", 101677, () => ({
      body: { fileid: Wire.filledText },
      success: FileLink
    }))
  }, (endpoints) => ({
    /**
     * 获取文件列表. All files of `listFiles`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/101676
     */
    listAllFiles: Paging.byCursor(endpoints.listFiles, "file_list")
  }))
{}
