/** 上报问题: the questions that health reports and site codes ask, and what was filled in. */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** 问题类型. */
export const QuestionType = Wire.oneOf({
  Text: [1, "填空题"],
  SingleChoice: [2, "单选题"],
  MultiChoice: [3, "多选题"],
  Files: [4, "收集文件/图片题"],
  Signature: [5, "签名链接"],
  ItineraryCard: [6, "行程卡截图"]
})

/** 行程卡类型. */
export const ItineraryCardType = Wire.oneOf({
  Failed: [0, "行程码状态识别失败"],
  Green: [1, "绿码"],
  Red: [2, "红码"],
  Yellow: [3, "黄码"],
  Orange: [4, "橙码"],
  Unrecognised: [5, "未识别出行程卡"]
})

/** 选项. */
export class QuestionOption extends Schema.Class<QuestionOption>("effect-wecom/QuestionOption")({
  option_id: Wire.int,
  option_text: Wire.optional(Schema.String)
}) {}

/** 问题. */
export class ReportQuestion extends Schema.Class<ReportQuestion>("effect-wecom/ReportQuestion")({
  question_id: Wire.int,
  ...Wire.optionals({
    title: Schema.String,
    question_type: QuestionType.schema,
    is_required: Wire.flag
  }),
  /** Only of questions with choices. */
  option_list: Wire.list(QuestionOption)
}) {}

/** 答案: what was filled in to one question, by the type of the question. */
export class ReportValue extends Schema.Class<ReportValue>("effect-wecom/ReportValue")({
  question_id: Wire.int,
  ...Wire.optionals({
    /** The id of an option. */
    single_choice: Wire.int,
    /** The ids of options. */
    multi_choice: Schema.Array(Wire.int),
    text: Schema.String,
    /** Ids of files. */
    fileid: Schema.Array(Schema.String),
    /** Of a signature. */
    url: Schema.String,
    itinerary_card_type: ItineraryCardType.schema,
    /** 高风险行程信息, of an itinerary card. */
    high_risk_area: Schema.String
  })
}) {}
