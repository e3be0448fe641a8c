/**
 * 异步导入接口: changes to the whole address book from a file.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 任务状态. */
export const ImportStatus = Wire.oneOf({
  Started: [1, "任务开始"],
  Running: [2, "任务进行中"],
  Finished: [3, "任务已完成"]
})

/** 操作类型. */
export const ImportType = Wire.oneOf({
  SyncUsers: ["sync_user", "增量更新成员"],
  ReplaceUsers: ["replace_user", "全量覆盖成员"],
  ReplaceDepartments: ["replace_party", "全量覆盖部门"]
})

/** What an import did to a department. */
export type DepartmentChange = "created" | "renamed" | "moved" | "reordered"

const changes: ReadonlyArray<readonly [bit: number, change: DepartmentChange]> = [
  [1, "created"],
  [2, "renamed"],
  [4, "moved"],
  [8, "reordered"]
]

/** What became of one department of the file. */
export class ImportedDepartment extends Schema.Class<ImportedDepartment>("effect-wecom/ImportedDepartment")({
  partyid: Wire.int,
  ...Wire.optionals({
    /** Which changes, as bits: see {@link ImportedDepartment.changes}. */
    action: Wire.int,
    errcode: Wire.int,
    errmsg: Schema.String
  })
}) {
  /** What was done to it. */
  get changes(): ReadonlyArray<DepartmentChange> {
    return changes.flatMap(([bit, change]) => ((this.action ?? 0) & bit) === 0 ? [] : [change])
  }
}

/** What became of one member of the file. */
export class ImportedUser extends Schema.Class<ImportedUser>("effect-wecom/ImportedUser")({
  ...Wire.optionals({
    userid: Schema.String,
    errcode: Wire.int,
    errmsg: Schema.String
  })
}) {}

/** 异步任务结果. How far an import has come. */
export class ImportResult extends Schema.Class<ImportResult>("effect-wecom/ImportResult")({
  type: Wire.optional(ImportType.schema),
  status: ImportStatus.schema,
  /** How many rows the file has. */
  total: Wire.optional(Wire.int),
  /** 100 once it is finished. */
  percentage: Wire.optional(Wire.int),
  /** Of older servers. */
  remaintime: Wire.optional(Wire.int),
  /** Row by row; complete once `status` is `Finished`. */
  result: Wire.list(Schema.Union([ImportedDepartment, ImportedUser]))
}) {
  /** Whether nothing more will happen. */
  get isFinished(): boolean {
    return this.status === ImportStatus.Finished
  }

  /**
   * The rows that were refused, each with its errcode.
   *
   * @example
   * ```ts
   * contactImport.getResult({ jobid }).pipe(PartialResult.failOnPartialBy((job) => job.failed))
   * ```
   */
  get failed(): ReadonlyArray<ImportedDepartment | ImportedUser> {
    return this.result.filter(({ errcode }) => errcode !== undefined && errcode !== 0)
  }
}

/** Where the event `batch_job_result` goes when the import is finished, and how it is encrypted. */
const callback = () =>
  Wire.optional(Schema.Struct({
    ...Wire.optionals({
      url: Schema.String,
      token: Wire.secret,
      encodingaeskey: Wire.secret
    })
  }))

const users = () => ({
  /** The CSV file, after the template of the admin console, uploaded as a `file`. */
  media_id: Wire.filledText,
  /** Whether to invite new members to use WeCom, once a day for up to three working days: `true` when left out. */
  to_invite: Wire.optional(Schema.Boolean),
  callback: callback()
})

/**
 * 异步导入接口: changes to the whole address book from a CSV file. Each returns the id of a job, whose end is reported by the
 * event `batch_job_result` and by `getResult`.
 *
 * For contact sync. One import runs at a time (302008), and the results of the last five are kept (40089).
 */
export class ContactImport extends Domain.Service<ContactImport>()("contacts/ContactImport", "通讯录·异步导入", {
  /**
   * 增量更新成员. Updates the members of the file and adds those that are new; the others stay.
   * @see https://developer.work.weixin.qq.com/document/path/90980
   */
  syncUsers: Endpoint.post("/cgi-bin/batch/syncuser", 90980, () => ({
    body: users(),
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 全量覆盖成员. Makes the members those of the file: **deletes every member that is not in it**.
   *
   * Refused (45026) when more than 50 members and 20 % of them all would go, or fewer than 50 but more than 80 %.
   * @see https://developer.work.weixin.qq.com/document/path/90981
   */
  replaceUsers: Endpoint.post("/cgi-bin/batch/replaceuser", 90981, () => ({
    body: users(),
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 全量覆盖部门. Makes the departments those of the file. One that is not in it is deleted when it is empty, or else once
   * a later import has moved its members away.
   * @see https://developer.work.weixin.qq.com/document/path/90982
   */
  replaceDepartments: Endpoint.post("/cgi-bin/batch/replaceparty", 90982, () => ({
    body: {
      /** The CSV file with name, id and parent id of each department, and optionally its order; uploaded as a `file`. */
      media_id: Wire.filledText,
      callback: callback()
    },
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 获取异步任务结果. How far a job has come, and what became of each row.
   * @see https://developer.work.weixin.qq.com/document/path/90983
   */
  getResult: Endpoint.get("/cgi-bin/batch/getresult", 90983, () => ({
    query: { jobid: Wire.text(64) },
    success: ImportResult
  }))
}) {}
