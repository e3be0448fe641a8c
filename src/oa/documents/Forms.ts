/**
 * 管理收集表: forms that members and people outside the corp fill in, and their answers.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { DurationScale, FormQuestion, NewFormQuestion } from "./FormQuestion.ts"

/** 填写权限. */
export const FormAudience = Wire.oneOf({
  Everyone: [0, "所有人"],
  Chosen: [1, "企业内指定人/部门"],
  School: [4, "家校所有范围"]
})

/** 重复类型. */
export const FormRepeat = Wire.oneOf({ Weekly: [0, "每周"], Daily: [1, "每天"], Monthly: [2, "每月"] })

/** 是否允许补填: how long a past round may still be filled in. */
export const FormLateRule = Wire.oneOf({
  Always: [0, "允许"],
  SameDay: [1, "仅当天"],
  FiveDays: [2, "最后五天内"],
  OneMonth: [3, "一个月内"],
  NextRound: [4, "下一次生成前"]
})

/** 答案状态. */
export const FormAnswerStatus = Wire.oneOf({ Normal: [1, "正常"], Removed: [3, "统计者移除此答案或删除"] })

/** 统计请求类型. */
export const FormStatisticType = Wire.oneOf({
  Counts: [1, "只获取统计结果"],
  Submitted: [2, "获取已提交列表"],
  Missing: [3, "获取未提交列表"]
})

const fillRange = Schema.Struct({
  ...Wire.optionals({ userids: Schema.Array(Wire.filledText), departmentids: Schema.Array(Wire.int) })
})

const managers = Schema.Struct({ userids: Wire.optional(Schema.Array(Wire.filledText)) })

const repeat = {
  enable: Schema.Boolean,
  /** When the first reminder is sent; the others follow by `repeat_type`. */
  remind_time: Wire.timeOrNone,
  repeat_type: FormRepeat.schema,
  /** Of `Weekly`: the sum of 1 for Monday, 2 for Tuesday, 4 for Wednesday, up to 64 for Sunday. */
  week_flag: Wire.intBetween(0, 127),
  /** Of `Daily`. */
  skip_holiday: Schema.Boolean,
  /** Of `Monthly`: 1 to 31. */
  day_of_month: Wire.intBetween(1, 31),
  fork_finish_type: FormLateRule.schema
}

const setting = {
  /** Default: `Everyone`. */
  fill_out_auth: FormAudience.schema,
  /** Who may fill it in; needed for a form that repeats. */
  fill_in_range: fillRange,
  /** Administrators, by userid. */
  setting_manager_range: managers,
  /** Whether everybody may answer several times. Default: false. */
  allow_multi_fill: Schema.Boolean,
  /** How often everybody may answer: what older documents have for `allow_multi_fill`. */
  max_fill_cnt: Wire.intFrom(0),
  /** When the form closes; not for a form that repeats. */
  timed_finish: Wire.timeOrNone,
  /** Default: false. */
  can_anonymous: Schema.Boolean,
  /** Whether administrators are notified of answers. Default: false. */
  can_notify_submit: Schema.Boolean
}

/** 收集表设置. */
export class NewFormSetting extends Schema.Opaque<NewFormSetting>()(
  Schema.Struct({
    ...Wire.optionals({
      ...setting,
      /** 定时重复: takes precedence over `timed_finish`. */
      timed_repeat_info: Schema.Struct(Wire.optionals(repeat))
    })
  }).check(
    Schema.makeFilter(({ fill_in_range, timed_repeat_info }) =>
      timed_repeat_info?.enable !== true || fill_in_range !== undefined ||
      { path: ["fill_in_range"], issue: "is needed for a form that repeats" }
    )
  )
) {}

/** 收集表设置. */
export class FormSetting extends Schema.Class<FormSetting>("effect-wecom/FormSetting")({
  ...Wire.optionals({
    ...setting,
    timed_repeat_info: Schema.Struct(Wire.optionals({ ...repeat, rule_ctime: Wire.time, rule_mtime: Wire.time }))
  })
}) {}

/** 收集表 to make. */
export class NewForm extends Schema.Opaque<NewForm>()(Schema.Struct({
  form_title: Schema.NonEmptyString,
  /** At most 200 questions. */
  form_question: Schema.Struct({ items: Wire.items(NewFormQuestion, 200, 1) }),
  ...Wire.optionals({
    form_desc: Schema.String,
    /** The link of the picture above the form. */
    form_header: Schema.String,
    form_setting: NewFormSetting
  })
})) {}

/** 收集表信息. */
export class Form extends Schema.Class<Form>("effect-wecom/Form")({
  formid: Schema.String,
  ...Wire.optionals({
    form_title: Schema.String,
    form_desc: Schema.String,
    form_header: Schema.String,
    form_question: Schema.Struct({ items: Wire.list(FormQuestion) }),
    form_setting: FormSetting
  }),
  /** 周期 id: one for every round, one alone for a form that does not repeat. Answers are read by it. */
  repeated_id: Wire.list(Schema.String)
}) {
  /** The questions, without those that were deleted. */
  get questions(): ReadonlyArray<FormQuestion> {
    return (this.form_question?.items ?? []).filter(({ status }) => status !== 2)
  }
}

const newForm = Schema.Struct({
  form_info: NewForm,
  ...Wire.optionals({
    /** The 微盘 space to put it in. */
    spaceid: Schema.NonEmptyString,
    /** The folder's fileid; at the top of a space, the `spaceid`. */
    fatherid: Schema.NonEmptyString
  })
})

/** 编辑收集表: its questions as a whole, or its settings as a whole. */
export type FormEdit = typeof formEdit.Type
const formEdit = Schema.Union([
  Schema.Struct({
    /** 1: the questions, the title, the description and the picture. */
    oper: Schema.Literal(1),
    formid: Schema.NonEmptyString,
    form_info: Schema.Struct({
      ...Wire.optionals({
        form_title: Schema.String,
        form_desc: Schema.String,
        form_header: Schema.String,
        /** At most 200: those that are left out are deleted. */
        form_question: Schema.Struct({ items: Wire.items(NewFormQuestion, 200) })
      })
    })
  }),
  Schema.Struct({
    /** 2: the settings. */
    oper: Schema.Literal(2),
    formid: Schema.NonEmptyString,
    form_info: Schema.Struct({ form_setting: NewFormSetting })
  })
])
/** 编辑收集表: its questions as a whole, or its settings as a whole. */
export const FormEdit: Schema.Codec<FormEdit, typeof formEdit.Encoded> = formEdit

/** 已填写人, by an answer. Nobody is named in an anonymous one. */
export class FormSubmission extends Schema.Class<FormSubmission>("effect-wecom/FormSubmission")({
  /** For `Forms.getAnswers`. */
  answer_id: Wire.int64,
  ...Wire.optionals({
    userid: Schema.String,
    /** Of people outside the corp; another one in every form. `IdConversion` turns it into an external userid. */
    tmp_external_userid: Schema.String,
    user_name: Schema.String,
    submit_time: Wire.time
  })
}) {}

/** 统计信息: how many have answered, and a page of those who have or have not. */
export class FormStatistics extends Schema.Class<FormStatistics>("effect-wecom/FormStatistics")({
  ...Wire.optionals({
    fill_cnt: Wire.int,
    fill_user_cnt: Wire.int,
    unfill_user_cnt: Wire.int,
    has_more: Schema.Boolean,
    /** The place of the next page. */
    cursor: Wire.intFrom(0)
  }),
  /** Of `Submitted`. */
  submit_users: Wire.list(FormSubmission),
  /** Of `Missing`; empty if everybody may fill in the form. */
  unfill_users: Wire.list(Schema.Struct({ userid: Schema.String, user_name: Wire.optional(Schema.String) }))
}) {}

const page = Wire.optionals({
  /** At most 10,000. */
  limit: Wire.intBetween(1, 10_000),
  /** `cursor` of the page before. */
  cursor: Wire.intFrom(0)
})

/** 已提交列表 of a round: who answered from the start of one day to the end of another. */
export class SubmittedQuery extends Schema.Opaque<SubmittedQuery>()(Schema.Struct({
  req_type: Schema.Literal(2),
  repeated_id: Schema.NonEmptyString,
  /** Cut down to midnight. */
  start_time: Wire.time,
  /** Taken to the end of its day. */
  end_time: Wire.time,
  ...page
})) {}

/** 未提交列表 of a round. */
export class MissingQuery extends Schema.Opaque<MissingQuery>()(
  Schema.Struct({ req_type: Schema.Literal(3), repeated_id: Schema.NonEmptyString, ...page })
) {}

/** 统计请求: counts alone, or with those who have answered, or with those who have not. */
export const FormStatisticQuery = Schema.Union([
  Schema.Struct({ req_type: Schema.Literal(1), repeated_id: Schema.NonEmptyString }),
  SubmittedQuery,
  MissingQuery
])

/** 问题答案: in the field of the question's kind. */
export class FormReply extends Schema.Class<FormReply>("effect-wecom/FormReply")({
  question_id: Wire.int,
  ...Wire.optionals({
    /** Of texts, dates, times, temperatures and places. */
    text_reply: Schema.String,
    duration_reply: Schema.Struct(Wire.optionals({
      begin_time: Wire.time,
      end_time: Wire.time,
      time_scale: DurationScale.schema,
      /** How many hours a day has. */
      day_range: Wire.int,
      days: Wire.number,
      hours: Wire.number
    })),
    department_reply: Schema.Struct({ list: Wire.list(Schema.Struct({ department_id: Wire.int })) }),
    member_reply: Schema.Struct({ list: Wire.list(Schema.Struct({ userid: Schema.String })) })
  }),
  /** Keys of the chosen options. */
  option_reply: Wire.list(Wire.int),
  /** What was written for an option 其他. */
  option_extend_reply: Wire.list(
    Schema.Struct({ option_reply: Wire.int, extend_text: Wire.optional(Schema.String) })
  ),
  file_extend_reply: Wire.list(Schema.Struct({ fileid: Schema.String, name: Wire.optional(Schema.String) }))
}) {}

/** 答案. */
export class FormAnswer extends Schema.Class<FormAnswer>("effect-wecom/FormAnswer")({
  answer_id: Wire.int64,
  ...Wire.optionals({
    userid: Schema.String,
    /** Of people outside the corp; another one in every form. */
    tmp_external_userid: Schema.String,
    user_name: Schema.String,
    ctime: Wire.time,
    mtime: Wire.time,
    answer_status: FormAnswerStatus.schema,
    reply: Schema.Struct({ items: Wire.list(FormReply) })
  })
}) {
  /** The answer to a question. */
  replyTo(question: number): FormReply | undefined {
    return this.reply?.items.find(({ question_id }) => question_id === question)
  }
}

/**
 * 管理收集表: forms that members and people outside the corp fill in, and their answers. An app sees only the forms that
 * it has made; `Documents` renames, shares and deletes them.
 */
export class Forms extends Domain.Service<Forms>()("oa/documents/Forms", "OA·文档", {
  /**
   * 创建收集表. Returns its `formid`.
   * @see https://developer.work.weixin.qq.com/document/path/97462
   */
  create: Endpoint.post("/cgi-bin/wedoc/create_form", 97462, () => ({
    body: newForm,
    success: Endpoint.pluck("formid", Schema.String)
  })),
  /**
   * 编辑收集表. Replaces all questions, or all settings. A form for schools keeps its audience.
   * @see https://developer.work.weixin.qq.com/document/path/97816
   */
  update: Endpoint.post("/cgi-bin/wedoc/modify_form", { doc: 97816, idempotent: true }, () => ({ body: FormEdit })),
  /**
   * 获取收集表信息. Its questions, its settings, and the ids of its rounds.
   * @see https://developer.work.weixin.qq.com/document/path/97817
   */
  get: Endpoint.query("/cgi-bin/wedoc/get_form_info", 97817, () => ({
    body: { formid: Schema.NonEmptyString },
    success: Endpoint.pluck("form_info", Form)
  })),
  /**
   * 收集表的统计信息查询. How many have answered a round, and one page of those who have or have not.
   * @see https://developer.work.weixin.qq.com/document/path/97818
   */
  getStatistics: Endpoint.query("/cgi-bin/wedoc/get_form_statistic", { doc: 97818, int64: ["answer_id"] }, () => ({
    body: FormStatisticQuery,
    success: FormStatistics
  })),
  /**
   * 读取收集表答案. Answers of a round, by their ids.
   * @see https://developer.work.weixin.qq.com/document/path/97819
   */
  getAnswers: Endpoint.query(
    "/cgi-bin/wedoc/get_form_answer",
    { doc: 97819, int64: ["answer_id", "answer_ids"] },
    () => ({
      body: {
        repeated_id: Schema.NonEmptyString,
        /** At most 100. */
        answer_ids: Wire.items(Wire.int64, 100, 1)
      },
      success: Endpoint.pluck("answer", Endpoint.pluck("answer_list", Wire.list(FormAnswer)))
    })
  )
}, ({ getStatistics }) => ({
  /**
   * 获取已提交列表. Everybody who has answered a round, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/97818
   */
  listAllSubmitted: Paging.byCursor<SubmittedQuery, "submit_users", FormSubmission, FormStatistics>(
    getStatistics,
    "submit_users",
    { next: "cursor" }
  ),
  /**
   * 获取未提交列表. Everybody who has not answered a round, as a stream; nobody if the form is for everybody.
   * @see https://developer.work.weixin.qq.com/document/path/97818
   */
  listAllMissing: Paging.byCursor<
    MissingQuery,
    "unfill_users",
    { readonly userid: string; readonly user_name?: string | undefined },
    FormStatistics
  >(getStatistics, "unfill_users", { next: "cursor" })
})) {}
