/** 上报事件: what a report of either kind tells. */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** 紧急程度. */
export const ReportUrgency = Wire.oneOf({
  Normal: [1, "一般"],
  Important: [2, "重要"],
  Urgent: [3, "紧急"]
})

/** 流程类型. */
export const ReportStepType = Wire.oneOf({
  Created: [1, "创建"],
  Accepted: [2, "受理"],
  Assigned: [3, "分配"],
  HandedOver: [4, "转交"],
  Solved: [5, "办结"],
  Refused: [6, "拒绝"],
  Processing: [7, "办理中"]
})

/** 流程状态. */
export const ReportStepStatus = Wire.oneOf({
  Processing: [0, "处理中"],
  Done: [1, "已处理"]
})

/** 分类类型. */
export const CategoryType = Wire.oneOf({
  Other: [0, "其他"],
  Category: [1, "有效分类"]
})

const attachments = {
  image_urls: Wire.list(Schema.String),
  /** Ids for `Media.get`. */
  video_media_ids: Wire.list(Schema.String)
}

/** 流程: a step of how a report was dealt with. */
export class ReportStep extends Schema.Class<ReportStep>("effect-wecom/ReportStep")({
  ...Wire.optionals({
    process_type: ReportStepType.schema,
    /** Userid of who dealt with it. */
    solve_userid: Schema.String,
    process_desc: Schema.String,
    status: ReportStepStatus.schema,
    solved_time: Wire.time
  }),
  ...attachments
}) {}

/** 发生地点. */
export class ReportLocation extends Schema.Class<ReportLocation>("effect-wecom/ReportLocation")({
  ...Wire.optionals({
    name: Schema.String,
    address: Schema.String,
    /** In degrees. */
    latitude: Wire.between(-90, 90),
    /** In degrees. */
    longitude: Wire.between(-180, 180)
  })
}) {}

/** 工单: a report, and how it was dealt with. */
export class ReportOrder extends Schema.Class<ReportOrder>("effect-wecom/ReportOrder")({
  order_id: Schema.String,
  ...Wire.optionals({
    desc: Schema.String,
    urge_type: ReportUrgency.schema,
    /** The name of its category. */
    case_name: Schema.String,
    grid_name: Wire.id,
    grid_id: Schema.String,
    create_time: Wire.time,
    location: ReportLocation
  }),
  ...attachments,
  /** Userids of those whose turn it is. */
  processor_userids: Wire.list(Schema.String),
  process_list: Wire.list(ReportStep)
}) {}

/** 巡查上报事件列表: a page of reports. */
export class ReportOrderPage extends Schema.Class<ReportOrderPage>("effect-wecom/ReportOrderPage")({
  order_list: Wire.list(ReportOrder),
  /** `""` on the last page. */
  next_cursor: Wire.optional(Schema.String)
}) {}

/** 分类统计: the reports of a category. */
export class CategoryStatistic extends Schema.Class<CategoryStatistic>("effect-wecom/CategoryStatistic")({
  category_id: Schema.String,
  ...Wire.optionals({
    category_name: Schema.String,
    /** 1 or 2. */
    category_level: Wire.int,
    /** 累计上报. */
    total_case: Wire.int,
    /** 累计办结. */
    total_solved: Wire.int,
    category_type: CategoryType.schema
  })
}) {}

/** 网格 and 网格负责人, as reports are assigned to them. */
export class GridAdmins extends Schema.Class<GridAdmins>("effect-wecom/GridAdmins")({
  grid_id: Schema.String,
  grid_name: Wire.optional(Wire.id),
  /** Userids of those in charge. */
  grid_admin: Wire.list(Schema.String)
}) {}
