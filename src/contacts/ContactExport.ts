/**
 * 异步导出接口: the whole address book as encrypted files. `ExportFile` reads them.
 */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 任务状态. */
export const ExportStatus = Wire.oneOf({
  Pending: [0, "未处理"],
  Running: [1, "处理中"],
  Finished: [2, "完成"],
  Failed: [3, "异常失败"]
})

/** 数据文件. One file of an export; read it with `ExportFile`. */
export class ExportedFile extends Schema.Class<ExportedFile>("effect-wecom/ExportedFile")({
  /** Valid for two hours, and a secret: anyone who has it can fetch the file. */
  url: Wire.secret,
  /** Of the encrypted file, in bytes. */
  size: Wire.int,
  /** Of the encrypted file, in hex. */
  md5: Schema.String
}) {}

/** 导出结果. How far an export has come. */
export class ExportResult extends Schema.Class<ExportResult>("effect-wecom/ExportResult")({
  status: ExportStatus.schema,
  /** Once `status` is `Finished`. */
  data_list: Wire.list(ExportedFile)
}) {
  /** Whether nothing more will happen, for better or worse. */
  get isFinished(): boolean {
    return this.status === ExportStatus.Finished || this.status === ExportStatus.Failed
  }
}

const options = () => ({
  /** The key that the files are to be encrypted with: 43 letters and digits; `ExportFile.makeKey` draws one. */
  encoding_aeskey: Wire.secret.check(
    Schema.makeFilter((key) => /^[A-Za-z0-9]{43}$/.test(Redacted.value(key)) || "expected 43 letters and digits")
  ),
  /** How many entries a file holds: 10,000 to 1,000,000, which is the default. */
  block_size: Wire.optional(Wire.intBetween(10_000, 1_000_000))
})

/**
 * 异步导出接口: the address book, as far as the app may see it, as encrypted files. Each returns the id of a job, whose end
 * is reported by the event `batch_job_result` and by `getResult`.
 *
 * Contact sync from addresses added since 2022-08-15 may only export the members of a tag (48009).
 */
export class ContactExport extends Domain.Service<ContactExport>()("contacts/ContactExport", "通讯录·异步导出", {
  /**
   * 导出成员. Names of all members, as `Users.listNames` has them; read the files with `ExportFile.userNames`.
   * @see https://developer.work.weixin.qq.com/document/path/94849
   */
  startUserNames: Endpoint.post("/cgi-bin/export/simple_user", 94849, () => ({
    body: options(),
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 导出成员详情. All members, as `Users.list` has them; read the files with `ExportFile.users`.
   * @see https://developer.work.weixin.qq.com/document/path/94851
   */
  startUsers: Endpoint.post("/cgi-bin/export/user", 94851, () => ({
    body: options(),
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 导出部门. All departments, as `Departments.list` has them; read the files with `ExportFile.departments`.
   * @see https://developer.work.weixin.qq.com/document/path/94852
   */
  startDepartments: Endpoint.post("/cgi-bin/export/department", 94852, () => ({
    body: options(),
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 导出标签成员. Who and what has a tag, as `Tags.get` has it; read the files with `ExportFile.tagMembers`.
   * @see https://developer.work.weixin.qq.com/document/path/94853
   */
  startTagMembers: Endpoint.post("/cgi-bin/export/taguser", 94853, () => ({
    body: { tagid: Wire.int, ...options() },
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 获取导出结果. How far a job has come, and where its files are. For the app that started it.
   * @see https://developer.work.weixin.qq.com/document/path/94854
   */
  getResult: Endpoint.get("/cgi-bin/export/get_result", 94854, () => ({
    query: { jobid: Wire.filledText },
    success: ExportResult
  }))
}) {}
