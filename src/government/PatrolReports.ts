/**
 * 巡查上报: what members report on their rounds, and how it was dealt with.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { orderFilter } from "./fields.ts"
import { CategoryStatistic, GridAdmins, ReportOrder, ReportOrderPage } from "./ReportOrder.ts"

/** 单位巡查上报数据统计. */
export class CorpPatrolStatus extends Schema.Class<CorpPatrolStatus>("effect-wecom/CorpPatrolStatus")({
  ...Wire.optionals({
    /** 待分配. */
    to_be_assigned: Wire.int,
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

/** 个人巡查上报数据统计. */
export class UserPatrolStatus extends Schema.Class<UserPatrolStatus>("effect-wecom/UserPatrolStatus")({
  ...Wire.optionals({
    /** 办理中. */
    processing: Wire.int,
    /** 今日上报. */
    added_today: Wire.int,
    /** 今日办结. */
    solved_today: Wire.int
  })
}) {}

/** 巡查上报: what members report on their rounds, and how it was dealt with. */
export class PatrolReports extends Domain.Service<PatrolReports>()("government/PatrolReports", "政民沟通", {
  /**
   * 获取配置的网格及网格负责人.
   * @see https://developer.work.weixin.qq.com/document/path/93531
   */
  listGrids: Endpoint.get("/cgi-bin/report/patrol/get_grid_info", 93531, () => ({
    success: Endpoint.pluck("grid_list", Wire.list(GridAdmins))
  })),
  /**
   * 获取单位巡查上报数据统计. How many reports of a grid, or of the whole corp, are in which state.
   * @see https://developer.work.weixin.qq.com/document/path/93532
   */
  getCorpStatus: Endpoint.query("/cgi-bin/report/patrol/get_corp_status", 93532, () => ({
    body: {
      /** Default: the whole corp. */
      grid_id: Wire.optional(Schema.String)
    },
    success: CorpPatrolStatus
  })),
  /**
   * 获取个人巡查上报数据统计. The same for one member, whom the app may see.
   * @see https://developer.work.weixin.qq.com/document/path/93533
   */
  getUserStatus: Endpoint.query("/cgi-bin/report/patrol/get_user_status", 93533, () => ({
    body: { userid: Schema.NonEmptyString },
    success: UserPatrolStatus
  })),
  /**
   * 获取上报事件分类统计. How many reports there are of every category of the first level, or below one of them.
   * @see https://developer.work.weixin.qq.com/document/path/93534
   */
  listCategoryStatistics: Endpoint.query("/cgi-bin/report/patrol/category_statistic", 93534, () => ({
    body: {
      /** A category of the first level. Default: all categories of the first level. */
      category_id: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("dashboard_list", Wire.list(CategoryStatistic))
  })),
  /**
   * 获取巡查上报的事件详情信息. One report.
   * @see https://developer.work.weixin.qq.com/document/path/93535
   */
  getOrder: Endpoint.query("/cgi-bin/report/patrol/get_order_info", 93535, () => ({
    body: { order_id: Schema.NonEmptyString },
    success: Endpoint.pluck("order_info", ReportOrder)
  })),
  /**
   * 获取巡查上报事件列表. One page of the reports.
   * @see https://developer.work.weixin.qq.com/document/path/93536
   */
  listOrders: Endpoint.query("/cgi-bin/report/patrol/get_order_list", 93536, () => ({
    body: orderFilter,
    success: ReportOrderPage
  }))
}, (endpoints) => ({
  /**
   * 获取巡查上报事件列表. All reports, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93536
   */
  listAllOrders: Paging.byCursor(endpoints.listOrders, "order_list")
})) {}
