/**
 * 会议投票: votes in a meeting that is being held.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { MeetingDevice } from "./MeetingDevice.ts"

/** 投票状态. */
export const PollStatus = Wire.oneOf({ Waiting: [0, "未开始"], Running: [1, "投票中"], Ended: [2, "已结束"] })

/** 问题选择类型. */
export const PollQuestionType = Wire.oneOf({ Single: [0, "单选"], Multiple: [1, "多选"] })

const question = {
  /** At most 50 characters. */
  question_desc: Wire.chars(50),
  question_type: PollQuestionType.schema
}

/** 投票问题 to ask. */
export class NewPollQuestion extends Schema.Opaque<NewPollQuestion>()(Schema.Struct({
  ...question,
  /** 2 to 10 options of at most 36 characters. */
  poll_option: Wire.items(Wire.chars(36), 10, 2)
})) {}

/** 投票问题 to ask from now on. */
export class PollQuestionEdit extends Schema.Opaque<PollQuestionEdit>()(Schema.Struct({
  ...question,
  /** 1 to 10 options of at most 36 characters. */
  poll_option: Wire.items(Wire.chars(36), 10, 1)
})) {}

/** 投票主题: the questions of a poll. */
export class PollTheme extends Schema.Class<PollTheme>("effect-wecom/PollTheme")({
  ...Wire.optionals({
    /** Of some answers alone: the document has none. */
    poll_theme_id: Schema.String,
    poll_topic: Schema.String,
    poll_desc: Schema.String,
    /** Whether nobody is told who voted. */
    is_anony: Wire.flag
  }),
  poll_question_data: Wire.list(Schema.Struct({
    ...Wire.optionals({ question_desc: Schema.String, question_type: PollQuestionType.schema }),
    option_info: Wire.list(Schema.Struct({ ...Wire.optionals({ option_desc: Schema.String }) }))
  }))
}) {}

/** 投票: one that has begun, or has ended. */
export class Poll extends Schema.Class<Poll>("effect-wecom/Poll")({
  poll_id: Schema.String,
  ...Wire.optionals({
    poll_topic: Schema.String,
    status: PollStatus.schema,
    /** Whether its result has been shown to all. */
    is_shared: Wire.flag,
    is_anony: Wire.flag
  })
}) {}

/** 投票主题, with the polls that it was used for. */
export class PollThemePolls extends Schema.Class<PollThemePolls>("effect-wecom/PollThemePolls")({
  poll_theme_id: Schema.String,
  polls_info: Wire.list(Poll)
}) {}

/** 选项, and who chose it. */
export class PollOption extends Schema.Class<PollOption>("effect-wecom/PollOption")({
  ...Wire.optionals({
    option_id: Wire.int64,
    option_desc: Schema.String,
    /** How many chose it. */
    option_num: Wire.int,
    /** 投票比率. */
    rate: Wire.number
  }),
  /** Of polls with names alone. */
  option_user: Wire.list(Schema.Struct({
    ...Wire.optionals({
      /** Of members of the corp. */
      userid: Schema.String,
      tmp_openid: Schema.String
    })
  }))
}) {}

/** 投票详情: the questions of a poll, and its result. */
export class PollDetail extends Schema.Class<PollDetail>("effect-wecom/PollDetail")({
  ...Wire.optionals({
    poll_theme_id: Schema.String,
    poll_topic: Schema.String,
    poll_desc: Schema.String,
    is_anony: Wire.flag,
    status: PollStatus.schema,
    is_shared: Wire.flag,
    /** How many have voted. */
    vote_total_num: Wire.int
  }),
  poll_question_data: Wire.list(Schema.Struct({
    ...Wire.optionals({
      question_id: Wire.id,
      question_desc: Schema.String,
      question_type: PollQuestionType.schema
    }),
    option_info: Wire.list(PollOption)
  }))
}) {}

const operator = {
  meetingid: Schema.NonEmptyString,
  /** 操作者: a host of the meeting, or its administrator. */
  operator_userid: Schema.NonEmptyString,
  /** The device with which the operator is in the meeting. */
  instance_id: MeetingDevice.schema
}

const poll_theme_id = Schema.NonEmptyString

const theme = {
  ...operator,
  /** At most 50 characters. */
  poll_topic: Wire.chars(50),
  /** At most 100 characters. */
  poll_desc: Wire.chars(100),
  /** Whether nobody is told who voted. Default: false. */
  is_anony: Wire.optional(Wire.flag)
}

/** 投票主题 to make. */
export class NewPollTheme extends Schema.Opaque<NewPollTheme>()(Schema.Struct({
  ...theme,
  /** 1 to 10. */
  poll_questions: Wire.items(NewPollQuestion, 10, 1)
})) {}

/** 投票主题 to change, as a whole. */
export class PollThemeEdit extends Schema.Opaque<PollThemeEdit>()(Schema.Struct({
  ...theme,
  poll_theme_id,
  /** 1 to 10. */
  poll_questions: Wire.items(PollQuestionEdit, 10, 1)
})) {}

/**
 * 会议投票: votes in a meeting that is being held.
 *
 * A theme (投票主题) has the questions; a poll (投票) asks them once. The operator is a host of the meeting, or its
 * administrator.
 */
export class MeetingPolls extends Domain.Service<MeetingPolls>()("oa/meetings/MeetingPolls", "OA·会议", {
  /**
   * 创建会议投票主题. Returns its id.
   * @see https://developer.work.weixin.qq.com/document/path/98834
   */
  createTheme: Endpoint.post("/cgi-bin/meeting/poll/create_theme", 98834, () => ({
    body: NewPollTheme,
    success: Endpoint.pluck("poll_theme_id", Schema.String)
  })),
  /**
   * 修改会议投票主题. Replaces it as a whole.
   * @see https://developer.work.weixin.qq.com/document/path/98835
   */
  updateTheme: Endpoint.post("/cgi-bin/meeting/poll/update_theme", { doc: 98835, idempotent: true }, () => ({
    body: PollThemeEdit
  })),
  /**
   * 获取会议投票列表. The themes of a meeting, with their polls.
   * @see https://developer.work.weixin.qq.com/document/path/98836
   */
  list: Endpoint.query("/cgi-bin/meeting/poll/get_poll_list", 98836, () => ({
    body: operator,
    success: Endpoint.pluck("polls_theme_info", Wire.list(PollThemePolls))
  })),
  /**
   * 获取会议投票主题信息. Its questions, without results.
   * @see https://developer.work.weixin.qq.com/document/path/98837
   */
  getTheme: Endpoint.query("/cgi-bin/meeting/poll/get_theme_info", 98837, () => ({
    body: { ...operator, meetingid: Wire.optional(Schema.String), poll_theme_id },
    success: PollTheme
  })),
  /**
   * 获取会议投票详情. Its questions, with results.
   * @see https://developer.work.weixin.qq.com/document/path/98838
   */
  get: Endpoint.query("/cgi-bin/meeting/poll/get_poll_detail", { doc: 98838, int64: ["option_id"] }, () => ({
    body: { ...operator, poll_id: Schema.NonEmptyString },
    success: PollDetail
  })),
  /**
   * 删除会议投票. A poll, or, without `poll_id`, a theme, whose polls stay. With the last of its polls a theme goes too.
   * @see https://developer.work.weixin.qq.com/document/path/98839
   */
  delete: Endpoint.post("/cgi-bin/meeting/poll/delete", { doc: 98839, idempotent: true }, () => ({
    body: Wire.withAnyOf("poll_id", "poll_theme_id")(
      Schema.Struct({
        ...operator,
        ...Wire.optionals({
          /** Preferred to `poll_theme_id`. */
          poll_id: Schema.String,
          poll_theme_id: Schema.String
        })
      })
    )
  })),
  /**
   * 发起会议投票. Asks the questions of a theme. Returns the id of the poll.
   * @see https://developer.work.weixin.qq.com/document/path/98840
   */
  start: Endpoint.post("/cgi-bin/meeting/poll/start", 98840, () => ({
    body: { ...operator, poll_theme_id },
    success: Endpoint.pluck("poll_id", Schema.String)
  })),
  /**
   * 结束会议投票.
   * @see https://developer.work.weixin.qq.com/document/path/98841
   */
  finish: Endpoint.post("/cgi-bin/meeting/poll/finish", { doc: 98841, idempotent: true }, () => ({
    body: { ...operator, poll_theme_id, poll_id: Schema.NonEmptyString }
  }))
}) {}
