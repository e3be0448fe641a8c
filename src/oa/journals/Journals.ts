/**
 * 汇报: the reports that members write by the day, week or month.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import { FileLink } from "../../media/FileLink.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { JournalDetail } from "./JournalDetail.ts"

/** 过滤条件: by what to choose reports. */
export const JournalFilterKey = Wire.oneOf({
  Creator: ["creator", "汇报记录提单人"],
  Department: ["department", "提单人所在部门"],
  Template: ["template_id", "模板"]
})

/** 汇报方式. */
export const JournalCycle = Wire.oneOf({ Day: [2, "按日汇报"], Week: [3, "按周汇报"], Month: [4, "按月汇报"] })

/** 导出任务状态: no document lists the others. */
export const JournalExportStatus = Wire.oneOf({ Finished: [2, "完成"] })

/** 汇报记录单号: a page of them. */
export class JournalIds extends Schema.Class<JournalIds>("effect-wecom/JournalIds")({
  journaluuid_list: Wire.list(Schema.String),
  ...Wire.optionals({
    next_cursor: Wire.int,
    /** Whether this page is the last. */
    endflag: Wire.flag
  })
}) {}

/** 汇报人员范围. */
export class JournalRange extends Schema.Class<JournalRange>("effect-wecom/JournalRange")({
  user_list: Wire.list(Schema.Struct({ userid: Schema.String })),
  party_list: Wire.list(Schema.Struct({ open_partyid: Wire.id })),
  tag_list: Wire.list(Schema.Struct({ open_tagid: Wire.id }))
}) {}

/** 汇报对象: who receives the reports. */
export class JournalReceivers extends Schema.Class<JournalReceivers>("effect-wecom/JournalReceivers")({
  user_list: Wire.list(Schema.Struct({ userid: Schema.String })),
  tag_list: Wire.list(Schema.Struct({ open_tagid: Wire.id })),
  /** 1: the direct leader; 2: the leader of that one. */
  leader_list: Wire.list(Schema.Struct({ level: Wire.int }))
}) {}

/** 汇报用户: the reports of a member in a cycle, or the time by which one is missing. */
export class JournalReporter extends Schema.Class<JournalReporter>("effect-wecom/JournalReporter")({
  user: Schema.Struct({ userid: Schema.String }),
  itemlist: Wire.list(Schema.Struct({
    ...Wire.optionals({
      /** Empty for a report that is missing. */
      journaluuid: Schema.String,
      reporttime: Wire.time,
      /** 迟交. */
      flag: Wire.flag
    })
  }))
}) {}

/** 汇报统计: who has reported in a cycle, and who has not. */
export class JournalStatistics extends Schema.Class<JournalStatistics>("effect-wecom/JournalStatistics")({
  template_id: Schema.String,
  ...Wire.optionals({
    template_name: Schema.String,
    report_type: JournalCycle.schema,
    /** Who has to report. */
    report_range: JournalRange,
    /** Who need not. */
    white_range: JournalRange,
    receivers: JournalReceivers,
    cycle_begin_time: Wire.time,
    cycle_end_time: Wire.time,
    stat_begin_time: Wire.time,
    stat_end_time: Wire.time
  }),
  report_list: Wire.list(JournalReporter),
  unreport_list: Wire.list(JournalReporter)
}) {}

/** 导出结果: how far an export is. */
export class JournalExport extends Schema.Class<JournalExport>("effect-wecom/JournalExport")({
  status: JournalExportStatus.schema,
  /** Where the file is, once the status is `Finished`. A secret: anyone who has it can fetch the file. */
  url: Wire.optional(Wire.secret)
}) {}

/** The first page is asked for with 0. */
const cursor = Schema.optional(Wire.int).pipe(
  Schema.decodeTo(Schema.optional(Schema.Int), {
    decode: SchemaGetter.passthrough(),
    encode: SchemaGetter.withDefault(Effect.succeed(0))
  })
)

const ids = Schema.Struct({
  starttime: Wire.time,
  /** At most 31 days after `starttime`. */
  endtime: Wire.time,
  /** `next_cursor` of the page before. Default: 0, for the first. */
  cursor,
  /** How many a page has: up to 100. */
  limit: Wire.intBetween(1, 100),
  filters: Wire.optional(Schema.Array(Schema.Struct({
    key: JournalFilterKey.schema,
    /** A userid, or the id of a department or template: at most 256 bytes. */
    value: Wire.text(256)
  })))
}).check(Wire.period("starttime", "endtime", 31))

/** At most 256 bytes. */
const journaluuid = Wire.text(256)

/** 汇报: the reports that members write by the day, week or month. For apps of the corp's own. */
export class Journals extends Domain.Service<Journals>()("oa/journals/Journals", "OA·汇报", {
  /**
   * 批量获取汇报记录单号. The ids of the reports of at most 31 days, one page; 600 calls a minute. 301065: the app has no
   * permission for reports.
   *
   * Find the id of a template in the admin console: 汇报, the settings of its content, a click on 汇报名称.
   * @see https://developer.work.weixin.qq.com/document/path/93393
   */
  listIds: Endpoint.query("/cgi-bin/oa/journal/get_record_list", 93393, () => ({
    body: ids,
    success: JournalIds
  })),

  /**
   * 获取汇报记录详情. A report as it was filled in, who has read it, and the comments.
   * @see https://developer.work.weixin.qq.com/document/path/93394
   */
  get: Endpoint.query(
    "/cgi-bin/oa/journal/get_record_detail",
    { doc: 93394, int64: ["commentid", "tocommentid"] },
    () => ({
      body: { journaluuid },
      success: Endpoint.pluck("info", JournalDetail)
    })
  ),

  /**
   * 获取汇报统计数据. Who has reported by a template and who has not, for every cycle of at most a year; cycles that are not
   * summed up yet are left out.
   * @see https://developer.work.weixin.qq.com/document/path/93395
   */
  listStatistics: Endpoint.query("/cgi-bin/oa/journal/get_stat_list", 93395, () => ({
    body: Schema.Struct({
      /** At most 256 bytes. */
      template_id: Wire.text(256),
      starttime: Wire.time,
      /** At most 366 days after `starttime`. */
      endtime: Wire.time
    }).check(Wire.period("starttime", "endtime", 366)),
    success: Endpoint.pluck("stat_list", Wire.list(JournalStatistics))
  })),

  /**
   * 下载微盘文件. Where a drive file of a report is: `FileLink.download` fetches it.
   * @see https://developer.work.weixin.qq.com/document/path/98021
   */
  getDriveFile: Endpoint.query("/cgi-bin/oa/journal/download_wedrive_file", 98021, () => ({
    body: {
      journaluuid,
      /** Of a `WedriveFile` control of the report. */
      fileid: Schema.NonEmptyString
    },
    success: FileLink
  })),

  /**
   * 导出汇报文档. Starts exporting a document of a report. Returns the id of the job, which `getExport` takes.
   * @see https://developer.work.weixin.qq.com/document/path/96108
   */
  startExport: Endpoint.post("/cgi-bin/oa/journal/export_doc", 96108, () => ({
    body: {
      journaluuid,
      /** Of a `Doc` control of the report. */
      docid: Schema.NonEmptyString
    },
    success: Endpoint.pluck("jobid", Schema.String)
  })),

  /**
   * 获取导出汇报文档结果. How far an export is, and where the file is once it is finished.
   * @see https://developer.work.weixin.qq.com/document/path/96108
   */
  getExport: Endpoint.query("/cgi-bin/oa/journal/get_export_doc_result", 96108, () => ({
    body: { jobid: Schema.NonEmptyString },
    success: JournalExport
  }))
}, (endpoints) => ({
  /**
   * 批量获取汇报记录单号. The ids of all reports of a time of at most 31 days, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93393
   */
  listAllIds: Paging.make(endpoints.listIds, {
    items: (page) => page.journaluuid_list,
    next: ({ endflag, next_cursor }, input) =>
      endflag !== true && next_cursor !== undefined && next_cursor !== (input.cursor ?? 0)
        ? { ...input, cursor: next_cursor }
        : endflag === false
        ? new Paging.Stuck("next_cursor")
        : undefined
  })
})) {}
