/**
 * 会话内容分析与导出: jobs that read archived conversations, for a service provider that may not read them itself.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { job } from "./fields.ts"
import { ZoneEncryption, ZoneMessageKey } from "./ZoneMessage.ts"

/** 分析任务. */
export const ChatAnalysisTask = Wire.oneOf({
  Sentiment: [1, "（单条分析）情感分析"],
  Spam: [2, "（单条分析）反垃圾分析"],
  Summary: [3, "（批量分析）摘要提取"]
})

/** 分析任务的执行状态. */
export const ChatAnalysisStatus = Wire.oneOf({
  Running: [0, "执行未完成"],
  Finished: [1, "执行完成"],
  Failed: [2, "执行失败"]
})

/** 情感分析结果. */
export const ChatSentiment = Wire.oneOf({ Neutral: [0, "无情感"], Positive: [1, "正面"], Negative: [2, "负面"] })

/** 反垃圾分析结果. */
export const ChatSpam = Wire.oneOf({ Clean: [0, "无违规"], Political: [1, "政治敏感"], Pornographic: [2, "色情"] })

/** 会话内容导出任务的状态. */
export const ChatExportStatus = Wire.oneOf({
  Waiting: [1, "等待开始"],
  Running: [2, "进行中"],
  Finished: [3, "已完成"]
})

/** A message that was not taken, because it was there before. */
export class RejectedChatMessage extends Schema.Class<RejectedChatMessage>("effect-wecom/RejectedChatMessage")({
  msgid: Schema.String,
  errcode: Wire.int,
  ...Wire.optionals({
    errmsg: Schema.String,
    encrypt_info: Schema.Struct({ secret_key: Wire.optional(Wire.secret) })
  })
}) {}

/** What became of messages that were added to an analysis. */
export class ChatAnalysisBatch extends Schema.Class<ChatAnalysisBatch>("effect-wecom/ChatAnalysisBatch")({
  /** Of the first batch alone: the others name it. */
  jobid: Wire.optional(Schema.String),
  fail_list: Wire.list(RejectedChatMessage)
}) {}

/** What the analysis of one message came to. */
export class ChatMessageAnalysis extends Schema.Class<ChatMessageAnalysis>("effect-wecom/ChatMessageAnalysis")({
  msgid: Schema.String,
  errcode: Wire.int,
  ...Wire.optionals({
    errmsg: Schema.String,
    /** Of `Sentiment`, once it is there. */
    sentiment_result: ChatSentiment.schema,
    /** Of `Spam`, once it is there. */
    spam_result: ChatSpam.schema
  })
}) {}

/** What an analysis came to. */
export class ChatAnalysis extends Schema.Class<ChatAnalysis>("effect-wecom/ChatAnalysis")({
  ...Wire.optionals({
    status: ChatAnalysisStatus.schema,
    /** Of `Summary`: only the component `ww-open-result-text` shows it. */
    analyze_result: Schema.Struct(Wire.optionals({
      result_id: Schema.String,
      service_encrypt_info: ZoneEncryption
    }))
  }),
  /** Of `Sentiment` and `Spam`, all messages; of `Summary`, those that could not be read. */
  analyze_result_list: Wire.list(ChatMessageAnalysis)
}) {}

/** What an export came to. */
export class ChatExport extends Schema.Class<ChatExport>("effect-wecom/ChatExport")(Wire.optionals({
  status: ChatExportStatus.schema,
  /** Of a finished one whose `result_errcode` is 0: only the component `ww-open-result-link` shows it. */
  result_id: Schema.String,
  /** Of a finished one. */
  result_errcode: Wire.int,
  result_errmsg: Schema.String
})) {}

/** What a program of the provider's own came to. */
export class ChatProgramJob extends Schema.Class<ChatProgramJob>("effect-wecom/ChatProgramJob")(Wire.optionals({
  /** No document that is left says what the numbers mean. */
  status: Wire.int,
  dispatch_time: Wire.time,
  /** Per cent. */
  progress: Wire.int,
  result: Schema.Struct(Wire.optionals({ job_type: Schema.String, data: Schema.String }))
})) {}

/** Messages with their keys: 1 to 1,000. */
const keyed = Wire.items(ZoneMessageKey, 1000, 1)

/** Messages for an analysis. */
export class ChatAnalysisRequest extends Schema.Opaque<ChatAnalysisRequest>()(Schema.Struct({
  analyze_task: ChatAnalysisTask.schema,
  /** What the first batch returned. Default: a new job. */
  jobid: Wire.optional(Schema.String),
  /** Text messages: 1 to 1,000, and no more than 1,000 in all batches of a job. */
  msg_list: keyed
})) {}

/**
 * 会话内容分析与导出: jobs that read archived conversations. For the app of the 会话存档接口授权 of a service provider
 * alone.
 */
export class ChatJobs extends Domain.Service<ChatJobs>()("data-zone/ChatJobs", "数据与智能专区", {
  /**
   * 添加会话分析消息. Up to 1,000 text messages of a job, in one batch or more: then `submitAnalysis` begins it. Of a corp,
   * 100,000 messages a day for `Sentiment` and for `Spam`, and 1,000 jobs a day for `Summary`, which reads 10,000
   * characters.
   * @see https://developer.work.weixin.qq.com/document/path/99527
   */
  addToAnalysis: Endpoint.post("/cgi-bin/chatdata/analyze_task_add", 99527, () => ({
    body: ChatAnalysisRequest,
    success: ChatAnalysisBatch
  })),
  /**
   * 提交会话分析任务. Begins a job: `getAnalysis` returns the result.
   * @see https://developer.work.weixin.qq.com/document/path/99527
   */
  submitAnalysis: Endpoint.post("/cgi-bin/chatdata/analyze_task_submit", 99527, () => ({ body: job })),
  /**
   * 获取会话分析任务结果.
   * @see https://developer.work.weixin.qq.com/document/path/99527
   */
  getAnalysis: Endpoint.query("/cgi-bin/chatdata/analyze_task_result", 99527, () => ({
    body: job,
    success: ChatAnalysis
  })),
  /**
   * 创建会话内容导出任务. Fills in the ids of a template (`$chatName=...$`, `$msgContent=.../...$`): Word, Excel or text, at
   * most 10,000 messages, and 64 MB when it is filled in. Returns the job's id. 1,000 a day of a corp.
   * @see https://developer.work.weixin.qq.com/document/path/99620
   */
  createExport: Endpoint.post("/cgi-bin/chatdata/export/create_job", 99620, () => ({
    body: {
      /** That of the component that shows conversations: good once, for five minutes. */
      code: Wire.filledText,
      /** The template, as `Media.upload` took it, of the type `file`. */
      media_id: Wire.filledText
    },
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 获取会话内容导出任务结果. The callback `chat_archive_export_finished` tells when a job has ended, whose id is valid for 24
   * hours.
   * @see https://developer.work.weixin.qq.com/document/path/99620
   */
  getExport: Endpoint.query("/cgi-bin/chatdata/export/get_job_status", 99620, () => ({
    body: job,
    success: ChatExport
  })),
  /**
   * 创建自有分析程序任务(旧). Runs a program of the provider's own. Superseded: `DataZonePrograms.start`. Returns the job's id.
   * @see https://developer.work.weixin.qq.com/document/path/99460
   */
  createProgramJobLegacy: Endpoint.post("/cgi-bin/chatdata/specapi/create_job", 99460, () => ({
    body: {
      msg_filter: Schema.Struct({ msg_list: Schema.Array(ZoneMessageKey) }),
      custom_id: Wire.filledText,
      custom_data: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 获取自有分析程序任务结果(旧). Superseded: `DataZonePrograms.getResult`.
   * @see https://developer.work.weixin.qq.com/document/path/99462
   */
  getProgramJobLegacy: Endpoint.query("/cgi-bin/chatdata/specapi/get_job_result", 99462, () => ({
    body: job,
    success: ChatProgramJob
  }))
}) {}
