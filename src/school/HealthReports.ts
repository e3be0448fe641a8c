/**
 * 健康上报: what members, teachers, students and parents report of their health.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { date } from "../internal/wire/days.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { followEnding, keyed } from "./fields.ts"
import { QuestionOption, QuestionType, ReportQuestion, ReportValue } from "./ReportQuestion.ts"

/** 任务类型: who reports. */
export const HealthJobType = Wire.oneOf({
  Members: [1, "企业内部成员"],
  Parents: [2, "家长"]
})

/** 上报方式. */
export const HealthReportFrequency = Wire.oneOf({
  Once: [1, "仅上报一次"],
  Daily: [2, "每天都上报"]
})

/** 是否, where 2 stands for no. */
export const HealthYesNo = Wire.oneOf({
  Yes: [1, "是"],
  No: [2, "否"]
})

/** 健康上报使用统计. */
export class HealthReportUse extends Schema.Class<HealthReportUse>("effect-wecom/HealthReportUse")({
  ...Wire.optionals({
    /** 应用使用次数. */
    pv: Wire.int,
    /** 应用使用成员数. */
    uv: Wire.int
  })
}) {}

/** 健康上报任务. */
export class HealthReportJob extends Schema.Class<HealthReportJob>("effect-wecom/HealthReportJob")({
  ...Wire.optionals({
    title: Schema.String,
    /** Userid. */
    creator: Schema.String,
    type: HealthJobType.schema,
    /** 适用范围: members and departments, or students and departments of the school, by `type`. */
    apply_range: Schema.Struct({
      userids: Wire.list(Schema.String),
      partyids: Wire.list(Wire.int)
    }),
    /** 汇报对象: userids of members. */
    report_to: Schema.Struct({ userids: Wire.list(Schema.String) }),
    report_type: HealthReportFrequency.schema,
    /** Whether there is nothing to report at weekends. */
    skip_weekend: Wire.flag,
    /** 已填表人数. */
    finish_cnt: Wire.int
  }),
  question_templates: Wire.list(ReportQuestion)
}) {}

const filled = {
  report_time: Wire.optional(Wire.time),
  report_values: Wire.list(ReportValue)
}

/** 填写答案 of a member. */
export class MemberHealthAnswer extends Schema.Class<MemberHealthAnswer>("effect-wecom/MemberHealthAnswer")({
  id_type: Schema.Literal(HealthJobType.Members),
  userid: Schema.String,
  ...filled
}) {}

/** 填写答案 of a parent for a student. */
export class ParentHealthAnswer extends Schema.Class<ParentHealthAnswer>("effect-wecom/ParentHealthAnswer")({
  id_type: Schema.Literal(HealthJobType.Parents),
  student_userid: Schema.String,
  parent_userid: Wire.optional(Schema.String),
  ...filled
}) {}

/** 填写答案 of one person, told apart by `id_type`. */
export const HealthAnswer = Wire.variants("id_type", [MemberHealthAnswer, ParentHealthAnswer])
export type HealthAnswer = typeof HealthAnswer.Type

/** A page of 填写答案. */
export class HealthAnswerPage extends Schema.Class<HealthAnswerPage>("effect-wecom/HealthAnswerPage")({
  answers: Wire.list(HealthAnswer),
  /** Userid of who began the job. */
  creator: Wire.optional(Schema.String)
}) {}

/** 健康上报任务ID列表: a page. */
export class HealthJobIdPage extends Schema.Class<HealthJobIdPage>("effect-wecom/HealthJobIdPage")({
  jobids: Wire.list(Schema.String),
  /** Whether this is the last page. */
  ending: Wire.optional(Wire.flag)
}) {}

/** 健康上报问题 to teachers or students. */
export class HealthQuestion extends Schema.Class<HealthQuestion>("effect-wecom/HealthQuestion")({
  question_id: Wire.int,
  ...Wire.optionals({
    title: Schema.String,
    question_type: QuestionType.schema,
    is_must_fill: HealthYesNo.schema,
    is_not_display: HealthYesNo.schema
  }),
  /** Only of questions with choices. */
  option_list: Wire.list(QuestionOption)
}) {}

/** What was filled in to one question. */
export class HealthValue extends Schema.Class<HealthValue>("effect-wecom/HealthValue")({
  question_id: Wire.int,
  ...Wire.optionals({
    /** The id of an option. */
    single_chose: Wire.int,
    text: Schema.String
  })
}) {}

/** 健康信息 of a teacher or a student. */
export class HealthInfo extends Schema.Class<HealthInfo>("effect-wecom/HealthInfo")({
  userid: Schema.String,
  ...Wire.optionals({
    /** 健康码状态, as a number that no document explains any more. */
    health_qrcode_status: Wire.int,
    /** 是否本人提交, as a number that no document explains any more. */
    self_submit: Wire.int
  }),
  report_values: Wire.list(HealthValue)
}) {}

/** A page of 健康信息, with the questions. */
export class HealthInfoPage extends Schema.Class<HealthInfoPage>("effect-wecom/HealthInfoPage")({
  ...Wire.optionals({ ...keyed, template_id: Schema.String }),
  health_infos: Wire.list(HealthInfo),
  question_templates: Wire.list(HealthQuestion)
}) {}

/** 健康码 of a teacher or a student. */
export class HealthQrCode extends Schema.Class<HealthQrCode>("effect-wecom/HealthQrCode")({
  userid: Schema.String,
  errcode: Wire.int,
  ...Wire.optionals({
    errmsg: Schema.String,
    /** The content of the QR code, which is yours to draw. */
    qrcode_data: Schema.String
  })
}) {}

/** 1 to 100. Default: 100. */
const limit = Wire.intBetween(1, 100)

const dayOfInfos = () => ({
  /** Such as `2026-03-27`. */
  date,
  ...Wire.optionals({
    /** Of the page before. Default: from the beginning. */
    next_key: Schema.String,
    /** 1 to 100. */
    limit
  })
})

/**
 * 健康上报: what members, teachers, students and parents report of their health.
 *
 * WeCom has withdrawn the documents of the calls for teachers and students.
 */
export class HealthReports extends Domain.Service<HealthReports>()("school/HealthReports", "家校·健康上报", {
  /**
   * 获取健康上报使用统计. How often the app was used on one day, at most 30 days ago.
   * @see https://developer.work.weixin.qq.com/document/path/93676
   */
  getUse: Endpoint.query("/cgi-bin/health/get_health_report_stat", 93676, () => ({
    body: {
      /** Such as `2026-03-27`. */
      date
    },
    success: HealthReportUse
  })),
  /**
   * 获取健康上报任务ID列表. One page of the ids of the jobs that are running.
   * @see https://developer.work.weixin.qq.com/document/path/93677
   */
  listJobIds: Endpoint.query("/cgi-bin/health/get_report_jobids", 93677, () => ({
    body: Wire.optionals({
      /** Default: 0. */
      offset: Wire.intFrom(0),
      /** 1 to 100. Default: 100. */
      limit
    }),
    success: HealthJobIdPage
  })),
  /**
   * 获取健康上报任务详情. A job as it was on one of the last 14 days.
   * @see https://developer.work.weixin.qq.com/document/path/93678
   */
  getJob: Endpoint.query("/cgi-bin/health/get_report_job_info", 93678, () => ({
    body: {
      jobid: Schema.NonEmptyString,
      /** Such as `2026-03-27`. */
      date
    },
    success: Endpoint.pluck("job_info", HealthReportJob)
  })),
  /**
   * 获取用户填写答案. One page of what was filled in on one of the last 14 days.
   * @see https://developer.work.weixin.qq.com/document/path/93679
   */
  listAnswers: Endpoint.query("/cgi-bin/health/get_report_answer", 93679, () => ({
    body: {
      jobid: Schema.NonEmptyString,
      /** Such as `2026-03-27`. */
      date,
      ...Wire.optionals({
        /** Default: 0. */
        offset: Wire.intFrom(0),
        /** 1 to 100. */
        limit
      })
    },
    success: HealthAnswerPage
  })),
  /**
   * 获取老师健康信息. One page of what teachers reported on one day.
   * @see https://developer.work.weixin.qq.com/document/path/93744
   */
  listTeacherInfos: Endpoint.query("/cgi-bin/school/user/get_teacher_customize_health_info", 93744, () => ({
    body: dayOfInfos(),
    success: HealthInfoPage
  })),
  /**
   * 获取学生健康信息. One page of what students reported on one day.
   * @see https://developer.work.weixin.qq.com/document/path/93745
   */
  listStudentInfos: Endpoint.query("/cgi-bin/school/user/get_student_customize_health_info", 93745, () => ({
    body: dayOfInfos(),
    success: HealthInfoPage
  })),
  /**
   * 获取师生健康码. Each with its own errcode, for `PartialResult.failOnPartial`.
   * @see https://developer.work.weixin.qq.com/document/path/93746
   */
  listQrCodes: Endpoint.query("/cgi-bin/school/user/get_health_qrcode", 93746, () => ({
    body: {
      /** Teachers or students, as a number that no document explains any more. */
      type: Wire.int,
      userids: Schema.Array(Schema.NonEmptyString).check(Schema.isMinLength(1))
    },
    success: Endpoint.pluck("result_list", Wire.list(HealthQrCode))
  }))
}, (endpoints) => ({
  /**
   * 获取健康上报任务ID列表. The ids of all jobs that are running, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93677
   */
  listAllJobIds: Paging.make(endpoints.listJobIds, {
    items: ({ jobids }) => jobids,
    next: ({ ending, jobids }, input) =>
      ending !== false
        ? undefined
        : jobids.length === 0
        ? new Paging.Stuck("jobids")
        : { ...input, offset: (input?.offset ?? 0) + jobids.length }
  }),
  /**
   * 获取用户填写答案. All that was filled in on one of the last 14 days, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93679
   */
  listAllAnswers: Paging.byOffset(endpoints.listAnswers, "answers"),
  /**
   * 获取老师健康信息. All that teachers reported on one day, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93744
   */
  listAllTeacherInfos: Paging.make(endpoints.listTeacherInfos, {
    items: ({ health_infos }) => health_infos,
    next: followEnding
  }),
  /**
   * 获取学生健康信息. All that students reported on one day, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93745
   */
  listAllStudentInfos: Paging.make(endpoints.listStudentInfos, {
    items: ({ health_infos }) => health_infos,
    next: followEnding
  })
})) {}
