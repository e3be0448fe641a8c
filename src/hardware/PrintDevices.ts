/**
 * 打印/扫描设备: what a printer or scanner asks of WeCom, and what it reports.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 任务状态, as `listJobs` has it. */
export const PrintJobStatus = Wire.oneOf({ Waiting: [0, "未打印"], Printed: [1, "打印成功"], Failed: [2, "打印失败"] })

/** 任务状态, as `reportJob` takes it: other numbers than those of {@link PrintJobStatus}. */
export const ReportedJobStatus = Wire.oneOf({ Failed: [1, "打印失败"], Printed: [2, "打印成功"] })

/** 打印任务. */
export class PrintJob extends Schema.Class<PrintJob>("effect-wecom/PrintJob")({
  jobid: Schema.String,
  ...Wire.optionals({
    /** Who prints. */
    open_userid: Schema.String,
    createtime: Wire.time,
    /** Whether it was sent with a scan. */
    submitted: Wire.flag,
    /** Of the QR code that was scanned. */
    state: Schema.String,
    status: PrintJobStatus.schema,
    errcode: Wire.int,
    errmsg: Schema.String,
    doc_name: Schema.String,
    /** In bytes. */
    doc_size: Wire.int
  }),
  /** Such as `纸张大小`: `A4`. */
  setting_list: Wire.list(Schema.Struct({
    key: Wire.optional(Schema.String),
    value: Wire.list(Schema.String)
  }))
}) {}

/** One page of jobs. */
export class PrintJobPage extends Schema.Class<PrintJobPage>("effect-wecom/PrintJobPage")({
  printer_job_list: Wire.list(PrintJob),
  next_cursor: Wire.optional(Wire.id)
}) {}

/** 打印文件: where the file of a job is, for 10 minutes, and what it is encrypted with. */
export class PrintFile extends Schema.Class<PrintFile>("effect-wecom/PrintFile")({
  download_url: Wire.secret,
  /** 43 characters. AES-256-CBC, the first 16 bytes of the key as IV, padded with PKCS#7 to 32 bytes. */
  encoding_aeskey: Wire.optional(Wire.secret)
}) {}

const file = Wire.optionals({
  /** A temporary media file, at most 20 MB. */
  media_id: Schema.String,
  /** On a server of the maker's; preferred to `media_id`. */
  download_url: Schema.String
})

/** 扫描文件: a file to hand to a member, by `media_id` or `download_url`. */
export class ScannedFile extends Schema.Opaque<ScannedFile>()(
  Schema.Struct({
    open_userid: Wire.filledText,
    filename: Wire.filledText,
    ...file,
    /** From the event of the scan. */
    auth_code: Wire.secret
  }).check(Wire.anyOf("media_id", "download_url"))
) {}

/** 转码类型. */
export const TranscodeType = Wire.oneOf({ Pdf: [0, "pdf"], Jpg: [1, "jpg"] })

/** 打印转码结果: a whole PDF, one page as a picture, or why there is none. */
export class TranscodeResult extends Schema.Opaque<TranscodeResult>()(
  Schema.Struct({
    jobid: Wire.filledText,
    ...Wire.optionals({
      /** Default: `Pdf`. */
      type: TranscodeType.schema,
      /** From 1 on; needed of a `Jpg`. */
      page: Wire.intFrom(1)
    }),
    /** How many pages or pictures there are. */
    page_size: Wire.intFrom(0),
    /** The newest one that an event has told. */
    setting_version: Wire.intFrom(0),
    ...file,
    ...Wire.optionals({
      /** 1: 打印机品牌, 2: 转码失败, 3: 转码超时, 4: 格式; from 2000 on `errmsg` is shown. */
      errcode: Wire.int,
      errmsg: Schema.String
    })
  }).check(
    Schema.makeFilter(({ page, type }) =>
      type !== TranscodeType.Jpg || page !== undefined || { path: ["page"], issue: "is needed of a picture" }
    )
  )
) {}

/** 打印/扫描设备: what a printer or scanner asks of WeCom, and what it reports. Called as `WeComApp.device`. */
export class PrintDevices extends Domain.Service<PrintDevices>()("hardware/PrintDevices", "智慧硬件", {
  /**
   * 获取打印任务列表. One page of a member's jobs of the last 7 days, or those with some ids: all else is then ignored.
   * @see https://developer.work.weixin.qq.com/document/path/96407
   */
  listJobs: Endpoint.query(
    "/cgi-bin/openhw/device/get_printer_job_list",
    { doc: 96407, credential: "device" },
    () => ({
      body: {
        open_userid: Wire.filledText,
        ...Wire.optionals({
          /** Default: all. */
          status: PrintJobStatus.schema,
          cursor: Wire.id,
          /** At most 200. Default: 100. */
          limit: Wire.intBetween(1, 200),
          begin_time: Wire.time,
          end_time: Wire.time,
          /** At most 200. */
          jobid_list: Wire.items(Wire.filledText, 200)
        })
      },
      success: PrintJobPage
    })
  ),
  /**
   * 获取打印文件. Where the file of a job is, at most 20 MB; parts of it with HTTP's `Range`.
   * @see https://developer.work.weixin.qq.com/document/path/96408
   */
  getFile: Endpoint.query(
    "/cgi-bin/openhw/device/get_printer_job_download_url",
    { doc: 96408, credential: "device" },
    () => ({ body: { jobid: Wire.filledText }, success: PrintFile })
  ),
  /**
   * 上报打印任务状态. The member sees it.
   * @see https://developer.work.weixin.qq.com/document/path/96409
   */
  reportJob: Endpoint.post(
    "/cgi-bin/openhw/device/report_printer_job_status",
    { doc: 96409, credential: "device", idempotent: true },
    () => ({
      body: Schema.Struct({
        jobid: Wire.filledText,
        status: ReportedJobStatus.schema,
        ...Wire.optionals({
          /** Your own; needed of a failure. */
          errcode: Wire.int,
          /** Needed of a failure. */
          errmsg: Schema.String
        })
      }).check(
        Schema.makeFilter(({ errcode, errmsg, status }) =>
          status !== ReportedJobStatus.Failed || (errcode !== undefined && errmsg !== undefined) ||
          { path: [errcode === undefined ? "errcode" : "errmsg"], issue: "is needed of a failure" }
        )
      )
    })
  ),
  /**
   * 上传扫描文件. Hands a scanned file to a member.
   * @see https://developer.work.weixin.qq.com/document/path/96410
   */
  sendScan: Endpoint.post("/cgi-bin/openhw/device/push_scan_file", { doc: 96410, credential: "device" }, () => ({
    body: ScannedFile
  })),
  /**
   * 返回转码后的打印文件. A whole PDF or one picture, for the preview.
   * @see https://developer.work.weixin.qq.com/document/path/96412
   */
  setTranscodeResult: Endpoint.post(
    "/cgi-bin/openhw/device/set_printer_job_trans_result",
    { doc: 96412, credential: "device", idempotent: true },
    () => ({ body: TranscodeResult })
  )
}, (endpoints) => ({
  /**
   * 获取打印任务列表. All jobs of `listJobs`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/96407
   */
  listAllJobs: Paging.byCursor(endpoints.listJobs, "printer_job_list")
})) {}
