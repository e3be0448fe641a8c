/**
 * 异步任务完成事件: jobs that take longer than a call have ended.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

/** 操作类型 of a job. */
export const BatchJobType = Wire.oneOf({
  SyncUsers: ["sync_user", "增量更新成员"],
  ReplaceUsers: ["replace_user", "全量覆盖成员"],
  InviteUsers: ["invite_user", "邀请成员关注"],
  ReplaceDepartments: ["replace_party", "全量覆盖部门"],
  ExportUserNames: ["export_simple_user", "导出成员"],
  ExportUsers: ["export_user", "导出成员详情"],
  ExportDepartments: ["export_department", "导出部门"],
  ExportTagUsers: ["export_taguser", "导出标签成员"],
  /** {@link BatchJobType.ExportTagUsers}, as the documents for corps' own apps spell it. */
  ExportTag: ["export_tag", "导出标签成员"],
  ImportChainContacts: ["import_chain_contact", "批量导入上下游联系人"]
})

/**
 * 异步任务完成通知: an import or export of the address book, or an import of 上下游, has ended. `ContactImport` and
 * `ContactExport` tell what came of it.
 * @see https://developer.work.weixin.qq.com/document/path/90973
 * @see https://developer.work.weixin.qq.com/document/path/95797
 */
export class BatchJobFinished extends Event<BatchJobFinished>()("event/batch_job_result", () => ({
  BatchJob: Schema.Struct({
    /** At most 64 characters. */
    JobId: Schema.String,
    JobType: BatchJobType.schema,
    /** 0 where the job succeeded. */
    ErrCode: Wire.int,
    ErrMsg: Wire.optional(Schema.String)
  })
})) {}

/**
 * 异步上传临时素材完成事件: `Media.getUploadByUrlResult` returns the result.
 * @see https://developer.work.weixin.qq.com/document/path/96219
 */
export class UploadFinished extends Event<UploadFinished>()("event/upload_media_job_finish", () => ({
  JobId: Schema.String
})) {}
