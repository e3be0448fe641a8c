/**
 * 收集表问题: the questions of a form, and what each kind may ask for.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 问题类型. */
export const FormReplyType = Wire.oneOf({
  Text: [1, "文本"],
  Single: [2, "单选"],
  Multiple: [3, "多选"],
  Location: [5, "位置"],
  Image: [9, "图片"],
  File: [10, "文件"],
  Date: [11, "日期"],
  Time: [14, "时间"],
  Dropdown: [15, "下拉列表"],
  Temperature: [16, "体温"],
  Signature: [17, "签名"],
  Department: [18, "部门"],
  Member: [19, "成员"],
  Duration: [22, "时长"]
})

/** 状态 of a question or an option. */
export const FormItemStatus = Wire.oneOf({ Normal: [1, "正常"], Deleted: [2, "被删除"] })

/** 校验类型 of a text. */
export const TextValidation = Wire.oneOf({
  Length: [0, "字符个数"],
  Number: [1, "数字"],
  Email: [2, "电子邮箱"],
  Url: [3, "网址"],
  IdCard: [4, "身份证"],
  Mobile: [5, "手机号（大陆地区）"],
  Telephone: [6, "固定电话"]
})

/** 校验详情 of a text: the first three of a `Length`, the others of a `Number`. */
export const TextValidationDetail = Wire.oneOf({
  AtMost: [1, "字符数不超过"],
  AtLeast: [2, "字符数不小于"],
  Exactly: [3, "字符数等于"],
  AnyNumber: [4, "数字没有限制"],
  GreaterThan: [5, "数字大于"],
  GreaterOrEqual: [6, "数字大于等于"],
  LessThan: [7, "数字小于"],
  LessOrEqual: [8, "数字小于等于"],
  Between: [9, "数字在范围之间"],
  NotBetween: [10, "数字不在范围之间"],
  Integer: [11, "数字为整数"]
})

/** 多选类型. */
export const ChoiceLimit = Wire.oneOf({
  Any: [0, "不限制可选数量"],
  AtLeast: [1, "至少选择"],
  AtMost: [2, "最多选择"],
  Exactly: [3, "固定选择"]
})

/** 位置类型. */
export const FormLocationType = Wire.oneOf({
  Address: [0, "省/市/区/街道+详细地址"],
  City: [1, "省/市"],
  District: [2, "省/市/区"],
  Street: [3, "省/市/区/街道"],
  Automatic: [4, "自动定位"]
})

/** 数量限制类型. */
export const UploadCountLimit = Wire.oneOf({ Exactly: [0, "等于count数量"], AtMost: [1, "小于等于count数量"] })

/** 日期格式. */
export const FormDateFormat = Wire.oneOf({ Minute: [0, "年/月/日/时/分"], Day: [1, "年/月/日"], Month: [2, "年/月"] })

/** 时间刻度. */
export const DurationScale = Wire.oneOf({ Days: [1, "按天"], Hours: [2, "按小时"] })

const uploadLimit = Schema.Struct({
  ...Wire.optionals({
    count_limit_type: UploadCountLimit.schema,
    /** 1 to 9. Default: 9. */
    count: Wire.intBetween(1, 9),
    /** Of one file, in MB, at most 3000. Default: no limit. */
    max_size: Wire.intBetween(1, 3000)
  })
})

const several = Schema.Struct({
  ...Wire.optionals({
    /** Default: false. */
    allow_multiple_selection: Schema.Boolean
  })
})

const textSetting = Schema.Struct({
  ...Wire.optionals({
    /** Default: `Length`. */
    validation_type: TextValidation.schema,
    validation_detail: TextValidationDetail.schema,
    /** 1 to 4000; needed with a `Length` and a `validation_detail`. */
    char_len: Wire.intBetween(1, 4000),
    number_min: Wire.number,
    number_max: Wire.number
  })
}).check(
  Schema.makeFilter(({ char_len, validation_detail, validation_type = 0 }) => {
    if (validation_detail === undefined) return true
    if (validation_type === TextValidation.Length) {
      return validation_detail > 3
        ? { path: ["validation_detail"], issue: "expected one of 1, 2, 3 for a length" }
        : char_len !== undefined || { path: ["char_len"], issue: "is needed for a length" }
    }
    return validation_type !== TextValidation.Number || validation_detail > 3 ||
      { path: ["validation_detail"], issue: "expected one of 4 to 11 for a number" }
  })
)

const checkboxSetting = Schema.Struct({
  ...Wire.optionals({
    /** Whether an option 其他 is added. */
    add_other_option: Schema.Boolean,
    /** Default: `Any`. */
    type: ChoiceLimit.schema,
    /** How many, at most the number of options. */
    number: Wire.int
  })
}).check(
  Schema.makeFilter(({ number, type = 0 }) =>
    type === ChoiceLimit.Any || (number !== undefined && number > 0) ||
    { path: ["number"], issue: "must be more than 0 for a limit" }
  )
)

const settings = {
  text_setting: textSetting,
  radio_setting: Schema.Struct({
    ...Wire.optionals({
      /** Whether an option 其他 is added. */
      add_other_option: Schema.Boolean
    })
  }),
  checkbox_setting: checkboxSetting,
  location_setting: Schema.Struct({
    ...Wire.optionals({
      location_type: FormLocationType.schema,
      /** Of `Automatic`: 0 the place itself, 1 to 3 within that many hundred metres. */
      distance_type: Wire.intBetween(0, 3)
    })
  }),
  image_setting: Schema.Struct({
    ...Wire.optionals({
      /** Whether pictures are taken with the phone at once. Default: false. */
      camera_only: Schema.Boolean,
      upload_image_limit: uploadLimit
    })
  }),
  file_setting: Schema.Struct({ upload_file_limit: Wire.optional(uploadLimit) }),
  date_setting: Schema.Struct({ date_format_type: Wire.optional(FormDateFormat.schema) }),
  time_setting: Schema.Struct({
    ...Wire.optionals({
      /** 0: hours and minutes; 1: seconds too. */
      time_format_type: Wire.intBetween(0, 1)
    })
  }),
  duration_setting: Schema.Struct({
    ...Wire.optionals({
      /** Default: `Days`. */
      time_scale: DurationScale.schema,
      /** 1: every day; 2: working days. Default: 1. */
      date_type: Wire.intBetween(1, 2),
      /** Of `Hours`: how many hours a day has, 1 to 24. Default: 24. */
      day_range: Wire.intBetween(1, 24)
    })
  }),
  temperature_setting: Schema.Struct({
    ...Wire.optionals({
      /** 0: Celsius; 1: Fahrenheit. Default: 0. */
      unit_type: Wire.intBetween(0, 1)
    })
  }),
  department_setting: several,
  member_setting: several
}

/** 问题的额外设置: the one of the question's type; what is left out is as WeCom has it. */
export class FormQuestionSetting extends Schema.Opaque<FormQuestionSetting>()(
  Schema.Struct(Wire.optionals(settings))
) {}

/** 选项. */
export class FormOption extends Schema.Opaque<FormOption>()(Schema.Struct({
  /** From 1. */
  key: Wire.intFrom(1),
  value: Wire.filledText,
  /** Default: `Normal`. */
  status: Wire.optional(FormItemStatus.schema)
})) {}

/** The setting that a type of question has. */
const settingOf: { readonly [type: number]: keyof typeof settings } = {
  [FormReplyType.Text]: "text_setting",
  [FormReplyType.Single]: "radio_setting",
  [FormReplyType.Multiple]: "checkbox_setting",
  [FormReplyType.Location]: "location_setting",
  [FormReplyType.Image]: "image_setting",
  [FormReplyType.File]: "file_setting",
  [FormReplyType.Date]: "date_setting",
  [FormReplyType.Time]: "time_setting",
  [FormReplyType.Duration]: "duration_setting",
  [FormReplyType.Temperature]: "temperature_setting",
  [FormReplyType.Department]: "department_setting",
  [FormReplyType.Member]: "member_setting"
}

const choices: ReadonlySet<number> = new Set([FormReplyType.Single, FormReplyType.Multiple, FormReplyType.Dropdown])

/** 问题 to ask. */
export class NewFormQuestion extends Schema.Opaque<NewFormQuestion>()(
  Schema.Struct({
    /** From 1; from 2 in a form for schools. */
    question_id: Wire.intFrom(1),
    title: Schema.NonEmptyString,
    /** Its place. */
    pos: Wire.intFrom(0),
    status: FormItemStatus.schema,
    reply_type: FormReplyType.schema,
    must_reply: Schema.Boolean,
    ...Wire.optionals({
      note: Schema.String,
      placeholder: Schema.String,
      /** Needed for `Single`, `Multiple` and `Dropdown`. */
      option_item: Schema.Array(FormOption),
      question_extend_setting: FormQuestionSetting
    })
  }).check(
    Schema.makeFilter(({ option_item = [], question_extend_setting = {}, reply_type }) => {
      if (choices.has(reply_type) && option_item.length === 0) return { path: ["option_item"], issue: "is needed" }
      const setting = settingOf[reply_type]
      const foreign = Object.entries(question_extend_setting).find(([key, value]) =>
        key !== setting && value !== undefined
      )
      return foreign === undefined ||
        {
          path: ["question_extend_setting", foreign[0]],
          issue: setting === undefined ? "is of another reply_type" : `is of another reply_type, which has ${setting}`
        }
    })
  )
) {}

/** 问题. */
export class FormQuestion extends Schema.Class<FormQuestion>("effect-wecom/FormQuestion")({
  question_id: Wire.int,
  ...Wire.optionals({
    title: Schema.String,
    pos: Wire.int,
    status: FormItemStatus.schema,
    reply_type: FormReplyType.schema,
    must_reply: Schema.Boolean,
    note: Schema.String,
    placeholder: Schema.String,
    question_extend_setting: FormQuestionSetting
  }),
  option_item: Wire.list(FormOption)
}) {}
