/**
 * 居民上报: what residents report from WeChat, and how it was dealt with.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { orderFilter } from "./fields.ts"
import { CategoryStatistic, GridAdmins, ReportOrder } from "./ReportOrder.ts"

/** 居民上报工单: a report of a resident. */
export class ResidentOrder extends ReportOrder.extend<ResidentOrder>("effect-wecom/ResidentOrder")({
  ...Wire.optionals({
    reporter_name: Schema.String,
    reporter_mobile: Schema.String,
    /** Only if the corp is bound to a WeChat developer id. */
    unionid: Schema.String
  })
}) {}

/** 居民上报事件列表: a page of reports. */
export class ResidentOrderPage extends Schema.Class<ResidentOrderPage>("effect-wecom/ResidentOrderPage")({
  order_list: Wire.list(ResidentOrder),
  /** `""` on the last page. */
  next_cursor: Wire.optional(Schema.String)
}) {}

/** 单位居民上报数据统计. */
export class CorpResidentStatus extends Schema.Class<CorpResidentStatus>("effect-wecom/CorpResidentStatus")({
  ...Wire.optionals({
    /** 待受理. */
    pending: Wire.int,
    /** 累计受理. */
    total_accepted: Wire.int,
    /** 办理中. */
    processing: Wire.int,
    /** 今日上报. */
    added_today: Wire.int,
    /** 今日办结. */
    solved_today: Wire.int,
    /** 累计上报. */
    total_case: Wire.int,
    /** 累计办结. */
    total_solved: Wire.int
  })
}) {}

/** 个人居民上报数据统计. */
export class UserResidentStatus extends Schema.Class<UserResidentStatus>("effect-wecom/UserResidentStatus")({
  ...Wire.optionals({
    /** 办理中. */
    processing: Wire.int,
    /** 今日上报. */
    added_today: Wire.int,
    /** 今日办结. */
    solved_today: Wire.int,
    /** 待受理. */
    pending: Wire.int
  })
}) {}

/** 居民上报: what residents report from WeChat, and how it was dealt with. */
export class ResidentReports extends Domain.Service<ResidentReports>()("government/ResidentReports", "政民沟通", {
  /**
   * 获取配置的网格及网格负责人.
   * @see https://developer.work.weixin.qq.com/document/path/93514
   */
  listGrids: Endpoint.get("/cgi-bin/report/resident/get_grid_info", 93514, () => ({
    success: Endpoint.pluck("grid_list", Wire.list(GridAdmins))
  })),
  /**
   * 获取单位居民上报数据统计. How many reports of a grid, or of the whole corp, are in which state.
   * @see https://developer.work.weixin.qq.com/document/path/93515
   */
  getCorpStatus: Endpoint.query("/cgi-bin/report/resident/get_corp_status", 93515, () => ({
    body: {
      /** Default: the whole corp. */
      grid_id: Wire.optional(Schema.String)
    },
    success: CorpResidentStatus
  })),
  /**
   * 获取个人居民上报数据统计. The same for one member, whom the app may see.
   * @see https://developer.work.weixin.qq.com/document/path/93516
   */
  getUserStatus: Endpoint.query("/cgi-bin/report/resident/get_user_status", 93516, () => ({
    body: { userid: Schema.NonEmptyString },
    success: UserResidentStatus
  })),
  /**
   * 获取上报事件分类统计. How many reports there are of every category of the first level, or below one of them.
   * @see https://developer.work.weixin.qq.com/document/path/93517
   */
  listCategoryStatistics: Endpoint.query("/cgi-bin/report/resident/category_statistic", 93517, () => ({
    body: {
      /** A category of the first level. Default: all categories of the first level. */
      category_id: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("dashboard_list", Wire.list(CategoryStatistic))
  })),
  /**
   * 获取居民上报的事件详情信息. One report.
   * @see https://developer.work.weixin.qq.com/document/path/93519
   */
  getOrder: Endpoint.query("/cgi-bin/report/resident/get_order_info", 93519, () => ({
    body: { order_id: Schema.NonEmptyString },
    success: Endpoint.pluck("order_info", ResidentOrder)
  })),
  /**
   * 获取居民上报事件列表. One page of the reports.
   * @see https://developer.work.weixin.qq.com/document/path/93518
   */
  listOrders: Endpoint.query("/cgi-bin/report/resident/get_order_list", 93518, () => ({
    body: orderFilter,
    success: ResidentOrderPage
  }))
}, (endpoints) => ({
  /**
   * 获取居民上报事件列表. All reports, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93518
   */
  listAllOrders: Paging.byCursor(endpoints.listOrders, "order_list")
})) {}
