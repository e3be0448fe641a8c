/**
 * 报名: what meetings and webinars ask of those who want to take part, and who has enrolled.
 */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ignores } from "../../internal/wire/overlooked.ts"
import * as Wire from "../../Wire.ts"
import { area, cursor, page } from "./fields.ts"

/** 审批类型. */
export const EnrollmentApproval = Wire.oneOf({ Automatic: [1, "自动审批"], Manual: [2, "手动审批"] })

/** 是否收集问题. */
export const QuestionCollection = Wire.oneOf({ Off: [1, "不收集"], On: [2, "收集"] })

/** 是否必填. */
export const AnswerNeed = Wire.oneOf({ Optional: [1, "否"], Required: [2, "是"] })

/** 问题类型. */
export const EnrollmentQuestionType = Wire.oneOf({ Single: [1, "单选"], Multiple: [2, "多选"], Text: [3, "简答"] })

/** 特殊问题类型: questions that WeCom words itself, answered with a text. */
export const SpecialQuestion = Wire.oneOf({
  None: [1, "无"],
  Mobile: [2, "手机号"],
  Email: [3, "邮箱"],
  Name: [4, "姓名"],
  Company: [5, "公司名称"],
  /** Of webinars alone. */
  CompanySize: [6, "组织规模"]
})

/** 报名状态. */
export const EnrollmentStatus = Wire.oneOf({ Pending: [1, "待审批"], Rejected: [2, "已拒绝"], Approved: [3, "已批准"] })

/** 审批状态筛选. */
export const EnrollmentFilter = Wire.oneOf({
  All: [0, "全部"],
  Pending: [1, "待审批"],
  Rejected: [2, "已拒绝"],
  Approved: [3, "已批准"]
})

/** 审批动作. */
export const EnrollmentAction = Wire.oneOf({
  /** It is pending again. */
  Revoke: [1, "取消批准"],
  Reject: [2, "拒绝"],
  Approve: [3, "批准"]
})

/** 报名来源. */
export const EnrollmentSource = Wire.oneOf({ Manual: [1, "成员手动报名"], Imported: [2, "批量导入报名"] })

/** 查询报名 ID 的排序规则: which enrolment comes first if somebody has several. */
export const EnrollmentOrder = Wire.oneOf({
  ImportedFirst: [1, "优先查询手机号导入报名"],
  ManualFirst: [2, "优先查询成员手动报名"]
})

/** 单选 or 多选. */
export interface ChoiceQuestion {
  readonly is_required: typeof AnswerNeed.Optional | typeof AnswerNeed.Required
  readonly question_type: typeof EnrollmentQuestionType.Single | typeof EnrollmentQuestionType.Multiple
  /** At most 40 characters. */
  readonly question_title: string
  /** At most 8, each of at most 40 Chinese characters. */
  readonly option_list: ReadonlyArray<{ readonly content: string }>
  readonly special_type?: typeof SpecialQuestion.None | undefined
}

/** 简答. */
export interface TextQuestion {
  readonly is_required: typeof AnswerNeed.Optional | typeof AnswerNeed.Required
  readonly question_type: typeof EnrollmentQuestionType.Text
  /** At most 40 characters. */
  readonly question_title: string
  readonly special_type?: typeof SpecialQuestion.None | undefined
}

/** 特殊问题: WeCom has words of its own for it. */
export interface PresetQuestion {
  readonly is_required: typeof AnswerNeed.Optional | typeof AnswerNeed.Required
  readonly special_type: Exclude<
    typeof SpecialQuestion.values[number],
    typeof SpecialQuestion.None
  >
}

/** 报名问题 to ask: a choice, a text, or one that WeCom words itself. */
export type NewEnrollmentQuestion = ChoiceQuestion | TextQuestion | PresetQuestion

const newQuestion = Schema.Struct({
  is_required: AnswerNeed.schema,
  ...Wire.optionals({
    question_type: EnrollmentQuestionType.schema,
    special_type: SpecialQuestion.schema,
    question_title: Wire.chars(40),
    option_list: Wire.items(Schema.Struct({ content: Wire.words(40) }), 8)
  })
}).check(
  Schema.makeFilter(({ option_list, question_title, question_type, special_type = SpecialQuestion.None }) => {
    if (special_type !== SpecialQuestion.None) return true
    if (question_type === undefined) {
      return { path: ["question_type"], issue: "is needed, unless special_type says what is asked" }
    }
    if (question_title === undefined || question_title === "") return { path: ["question_title"], issue: "is needed" }
    const choice = question_type !== EnrollmentQuestionType.Text
    return choice === (option_list !== undefined && option_list.length > 0) ||
      { path: ["option_list"], issue: choice ? "is needed for a choice" : `is for choices: ${ignores("it")}` }
  })
)

/** 报名问题 to ask. What WeCom would ignore in silence is refused. */
export const NewEnrollmentQuestion = // what the check says, as a type
  newQuestion as unknown as Schema.ConstraintCodec<NewEnrollmentQuestion, typeof newQuestion.Encoded>

const config = Wire.optionals({
  /** Default: `Automatic`. */
  approve_type: EnrollmentApproval.schema,
  /** Default: `Off`. */
  is_collect_question: QuestionCollection.schema,
  /** 本企业成员无需报名. Default: false. */
  no_registration_needed_for_staff: Schema.Boolean
})

/** 报名配置 to set. */
export class NewEnrollmentConfig extends Schema.Opaque<NewEnrollmentConfig>()(Schema.Struct({
  meetingid: Schema.NonEmptyString,
  ...config,
  /** In this order, the special ones first; used with `is_collect_question: On` alone. */
  question_list: Wire.optional(Schema.Array(NewEnrollmentQuestion))
})) {}

/** 报名问题. */
export class EnrollmentQuestion extends Schema.Class<EnrollmentQuestion>("effect-wecom/EnrollmentQuestion")({
  ...Wire.optionals({
    is_required: AnswerNeed.schema,
    question_type: EnrollmentQuestionType.schema,
    question_title: Schema.String,
    special_type: SpecialQuestion.schema
  }),
  option_list: Wire.list(Schema.Struct({ ...Wire.optionals({ content: Schema.String }) }))
}) {}

/** 报名配置. */
export class EnrollmentConfig extends Schema.Class<EnrollmentConfig>("effect-wecom/EnrollmentConfig")({
  ...config,
  question_list: Wire.list(EnrollmentQuestion)
}) {}

/** 报名成员的答案. */
export class EnrollmentAnswer extends Schema.Class<EnrollmentAnswer>("effect-wecom/EnrollmentAnswer")({
  /** One text, or those of the options that were chosen. */
  answer_content: Wire.list(Schema.String),
  ...Wire.optionals({
    is_required: AnswerNeed.schema,
    /** From 1. */
    question_num: Wire.int,
    question_title: Schema.String,
    question_type: EnrollmentQuestionType.schema,
    special_type: SpecialQuestion.schema
  })
}) {}

/** 报名信息. */
export class Enrollment extends Schema.Class<Enrollment>("effect-wecom/Enrollment")({
  enroll_id: Wire.id,
  ...Wire.optionals({
    /** In China's time, such as `2023/03/23 14:00` or `2023-03-23 10:00:00`: see {@link Enrollment.enrolledAt}. */
    enroll_time: Schema.String,
    enroll_source_type: EnrollmentSource.schema,
    /** The phone number, if it was imported without a name. */
    nick_name: Schema.String,
    status: EnrollmentStatus.schema,
    /** Of members of the corp. */
    userid: Schema.String,
    tmp_openid: Schema.String,
    /** 报名码, to enter by phone. */
    enroll_code: Wire.secret
  }),
  answer_list: Wire.list(EnrollmentAnswer)
}) {
  /** 报名时间, in whichever form it came; `undefined` if it is in neither. */
  get enrolledAt(): DateTime.Utc | undefined {
    const [, day = "", time] = /^(\d{4}[/-]\d{2}[/-]\d{2}) (\d{2}:\d{2}(?::\d{2})?)$/.exec(this.enroll_time ?? "") ?? []
    return time === undefined
      ? undefined
      : Option.getOrUndefined(DateTime.make(`${day.replaceAll("/", "-")}T${time}+08:00`))
  }
}

/** 成员报名 ID. */
export class EnrollmentId extends Schema.Class<EnrollmentId>("effect-wecom/EnrollmentId")({
  tmp_openid: Schema.String,
  enroll_id: Wire.id
}) {}

/** 报名成员 to import: a member, or somebody with a phone. */
export class NewEnrollment extends Schema.Opaque<NewEnrollment>()(
  Schema.Struct({
    ...Wire.optionals({
      userid: Schema.String,
      /** 国家/地区代码, such as `86`; needed with `phone_number`. */
      area,
      phone_number: Schema.String,
      /** Shown in the list of those enrolled alone. */
      nick_name: Schema.String
    })
  }).check(
    Wire.anyOf("userid", "phone_number"),
    Schema.makeFilter(({ area, phone_number }) =>
      phone_number === undefined || area !== undefined || { path: ["area"], issue: "is needed with phone_number" }
    )
  )
) {}

/** 报名成员 who was imported. */
export class ImportedEnrollment extends Schema.Class<ImportedEnrollment>("effect-wecom/ImportedEnrollment")({
  enroll_id: Wire.id,
  ...Wire.optionals({
    userid: Schema.String,
    area: Wire.id,
    phone_number: Schema.String,
    nick_name: Schema.String,
    /** 报名码, to enter by phone. */
    enroll_code: Wire.secret
  })
}) {}

/** Those who were imported. */
export class ImportedEnrollments extends Schema.Class<ImportedEnrollments>("effect-wecom/ImportedEnrollments")({
  total_count: Wire.optional(Wire.int),
  enroll_list: Wire.list(ImportedEnrollment)
}) {}

/** A page of those who have enrolled. */
export class EnrollmentPage
  extends Schema.Opaque<EnrollmentPage>()(Schema.Struct({ ...page, enroll_list: Wire.list(Enrollment) }))
{}

const meetingid = Schema.NonEmptyString

/** Which of those enrolled to list. */
export const EnrollmentQuery = Schema.Struct({
  meetingid,
  /** Default: `All`. */
  status: Wire.optional(EnrollmentFilter.schema),
  ...cursor,
  /** 1 to 50; the same from page to page. Default: 50. */
  limit: Wire.optional(Wire.intBetween(1, 50))
})

/** By whom to find enrolments. */
export const EnrollmentIdQuery = Schema.Struct({
  meetingid,
  /** Default: `ImportedFirst`. */
  sorting_rules: Wire.optional(EnrollmentOrder.schema),
  /** 会中临时ID, at most 500. */
  tmp_openid_list: Wire.items(Wire.filledText, 500, 1)
})

/** What to do with enrolments. */
export const EnrollmentDecision = Schema.Struct({
  meetingid,
  action: EnrollmentAction.schema,
  enroll_id_list: Wire.items(Wire.filledText, Infinity, 1)
})

/** Whom to enrol. */
export const EnrollmentImport = Schema.Struct({ meetingid, enroll_list: Wire.items(NewEnrollment, Infinity, 1) })

/** Which enrolments to delete. */
export const EnrollmentDeletion = Schema.Struct({
  meetingid,
  enroll_id_list: Wire.items(
    Schema.Struct({ enroll_id: Wire.id.check(Schema.isPattern(/\S/, { message: "must not be blank" })) }),
    Infinity,
    1
  )
})
