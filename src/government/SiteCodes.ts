/**
 * 场所码: the QR codes of places, and what visitors fill in after scanning them. WeCom has withdrawn the documents.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { date } from "../internal/wire/days.ts"
import * as Paging from "../Paging.ts"
import { ReportQuestion, ReportValue } from "../school/ReportQuestion.ts"
import * as Wire from "../Wire.ts"

/** 场所码. */
export class SiteCode extends Schema.Class<SiteCode>("effect-wecom/SiteCode")({
  /** What other calls name `siteid`. */
  id: Schema.String,
  ...Wire.optionals({
    /** 场所类型, such as `商场超市`. */
    type: Schema.String,
    /** Province, city and district, such as `广东省/广州市/荔湾区`. */
    area: Schema.String,
    address: Schema.String,
    name: Schema.String,
    qr_code_url: Schema.String
  }),
  /** 负责人: userids. */
  admin: Wire.list(Schema.String)
}) {}

/** 场所码上报答案: what one visitor filled in. */
export class SiteReport extends Schema.Class<SiteReport>("effect-wecom/SiteReport")({
  report_time: Wire.optional(Wire.time),
  report_values: Wire.list(ReportValue)
}) {}

/** 场所码列表: a page of places. */
export class SiteCodePage extends Schema.Class<SiteCodePage>("effect-wecom/SiteCodePage")({
  site_code_infos: Wire.list(SiteCode),
  next_cursor: Wire.optional(Schema.String)
}) {}

/** 场所码上报答案: a page of what visitors filled in. */
export class SiteReportPage extends Schema.Class<SiteReportPage>("effect-wecom/SiteReportPage")({
  answers: Wire.list(SiteReport),
  ...Wire.optionals({ has_more: Wire.flag, next_cursor: Schema.String })
}) {}

/** 场所码: the QR codes of places, and what visitors fill in after scanning them. WeCom has withdrawn the documents. */
export class SiteCodes extends Domain.Service<SiteCodes>()("government/SiteCodes", "政民沟通", {
  /**
   * 获取场所码列表. One page of the places.
   * @see https://developer.work.weixin.qq.com/document/path/95461
   */
  list: Endpoint.query("/cgi-bin/report/sitecode/list", 95461, () => ({
    body: Wire.optionals({
      /** Of the page before. Default: from the beginning. */
      cursor: Schema.String,
      limit: Wire.int
    }),
    success: SiteCodePage
  })),
  /**
   * 获取场所码上报信息. The questions that visitors of a place are asked.
   * @see https://developer.work.weixin.qq.com/document/path/95461
   */
  listQuestions: Endpoint.query("/cgi-bin/report/sitecode/get_site_report_info", 95461, () => ({
    body: { siteid: Schema.NonEmptyString },
    success: Endpoint.pluck("question_templates", Wire.list(ReportQuestion))
  })),
  /**
   * 获取场所码上报答案. One page of what visitors of a place filled in on one day.
   * @see https://developer.work.weixin.qq.com/document/path/95464
   */
  listAnswers: Endpoint.query("/cgi-bin/report/sitecode/get_report_answer", 95464, () => ({
    body: {
      siteid: Schema.NonEmptyString,
      /** Such as `2026-03-27`. */
      date,
      ...Wire.optionals({
        /** Of the page before. Default: from the beginning. */
        cursor: Schema.String,
        limit: Wire.int
      })
    },
    success: SiteReportPage
  }))
}, (endpoints) => ({
  /**
   * 获取场所码列表. All places, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95461
   */
  listAll: Paging.byCursor(endpoints.list, "site_code_infos"),
  /**
   * 获取场所码上报答案. All that visitors of a place filled in on one day, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95464
   */
  listAllAnswers: Paging.byCursor(endpoints.listAnswers, "answers")
})) {}
