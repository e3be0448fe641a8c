/**
 * 文件: what the drive (微盘) holds.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 文件类型. */
export const DriveFileType = Wire.oneOf({
  Folder: [1, "文件夹"],
  File: [2, "文件"],
  Document: [3, "文档"],
  Spreadsheet: [4, "表格"],
  Form: [5, "收集表"],
  Slides: [6, "幻灯片"]
})

/** 文件状态. */
export const DriveFileStatus = Wire.oneOf({ Normal: [1, "正常"], Deleted: [2, "删除"] })

/** 文件信息. */
export class DriveFile extends Schema.Class<DriveFile>("effect-wecom/DriveFile")({
  fileid: Schema.String,
  ...Wire.optionals({
    file_name: Schema.String,
    spaceid: Schema.String,
    /** The folder; the space's id at its root. */
    fatherid: Schema.String,
    /** In bytes. */
    file_size: Wire.int64,
    ctime: Wire.time,
    mtime: Wire.time,
    file_type: DriveFileType.schema,
    file_status: DriveFileStatus.schema,
    /** SHA-1 of the content. */
    sha: Schema.String,
    /** MD5 of the content. */
    md5: Schema.String,
    /** Of documents: where they are opened. */
    url: Schema.String
  })
}) {}
