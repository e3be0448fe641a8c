/**
 * 学校通知: messages of an app to the parents and students of a school.
 */
import * as Schema from "effect/Schema"
import * as Tuple from "effect/Tuple"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Message from "../messages/Message.ts"
import * as Wire from "../Wire.ts"

/** 发送对象: who receives a message, of those that its recipients name. */
export const SchoolAudience = Wire.oneOf({
  Parents: [0, "家长"],
  Students: [1, "学生"],
  ParentsAndStudents: [2, "家长和学生"]
})

/** Recipients in the school's address book (家校通讯录). */
interface SchoolReceivers {
  /** At most 1,000 parents, who are ignored if `recv_scope` is `Students`. */
  readonly to_parent_userid?: ReadonlyArray<string> | undefined
  /** At most 1,000 students: all their parents, themselves, or both, by `recv_scope`. */
  readonly to_student_userid?: ReadonlyArray<string> | undefined
  /** Ids of at most 100 departments: the parents, the students, or both, by `recv_scope`. */
  readonly to_party?: ReadonlyArray<number> | undefined
  /** Everyone of the school, by `recv_scope`. Default: false. */
  readonly toall?: boolean | undefined
  /** At most 1,000 parents by their external userids. WeCom is about to drop it. */
  readonly to_external_user?: ReadonlyArray<string> | undefined
}

/** How a 学校通知 is sent. */
export interface SchoolMessageOptions {
  /** Default: `Parents`. */
  readonly recv_scope?: (typeof SchoolAudience.values)[number] | undefined
  /** The app that sends. Default: the client's own. */
  readonly agentid?: number | undefined
  /** 重复消息检查. The same message is not received again within `duplicate_check_interval`. Default: false. */
  readonly enable_duplicate_check?: boolean | undefined
  /** In seconds, at most 4 hours. Default: 1,800. */
  readonly duplicate_check_interval?: number | undefined
}

/** The same for messages in which names can be filled in. */
export interface TranslatedSchoolMessageOptions extends SchoolMessageOptions {
  /** id转译. `$userName=...$` and the like are filled in. Default: false. */
  readonly enable_id_trans?: boolean | undefined
}

/** 小程序: a card that opens a mini program. */
export const SchoolMiniProgramBody = Schema.Struct({
  msgtype: Schema.Literal("miniprogram"),
  miniprogram: Schema.Struct({
    /** A mini program that belongs to the corp. */
    appid: Schema.NonEmptyString,
    /** At most 64 bytes. */
    title: Wire.optional(Wire.text(64)),
    /** The picture, uploaded as media; 520 x 416 looks best. */
    thumb_media_id: Schema.NonEmptyString,
    /** The page that opens. */
    pagepath: Schema.NonEmptyString
  })
})
export interface SchoolMiniProgramBody extends Schema.Schema.Type<typeof SchoolMiniProgramBody> {}

/** A message with its recipients. */
export type SchoolMessageOf<Body, Options = SchoolMessageOptions> =
  & Body
  & Options
  & Wire.AnyOf<SchoolReceivers, "to_parent_userid" | "to_student_userid" | "to_party" | "toall" | "to_external_user">

/** 学校通知 with its recipients, told apart by `msgtype`. */
export type SchoolMessage =
  | SchoolMessageOf<
    Message.TextBody | Message.NewsBody | Message.MpNewsBody | SchoolMiniProgramBody,
    TranslatedSchoolMessageOptions
  >
  | SchoolMessageOf<Message.ImageBody | Message.VoiceBody | Message.VideoBody | Message.FileBody>

const envelope = {
  ...Wire.optionals({
    recv_scope: SchoolAudience.schema,
    to_parent_userid: Wire.items(Wire.filledText, 1000),
    to_student_userid: Wire.items(Wire.filledText, 1000),
    to_party: Wire.items(Wire.quoted(Wire.int), 100),
    toall: Wire.flag,
    to_external_user: Wire.items(Wire.filledText, 1000),
    agentid: Wire.int,
    enable_duplicate_check: Wire.flag,
    duplicate_check_interval: Wire.intBetween(1, 4 * 3600)
  })
}

const SchoolMessage = Wire.narrow<SchoolMessage>()(
  Schema.Union([
    ...Schema.Union([Message.TextBody, Message.NewsBody, Message.MpNewsBody, SchoolMiniProgramBody])
      .mapMembers(Tuple.map(Schema.fieldsAssign({ ...envelope, enable_id_trans: Wire.optional(Wire.flag) }))).members,
    ...Schema.Union([Message.ImageBody, Message.VoiceBody, Message.VideoBody, Message.FileBody])
      .mapMembers(Tuple.map(Schema.fieldsAssign(envelope))).members
  ]).check(
    Schema.makeFilter(({ recv_scope, to_external_user, to_parent_userid, to_party, to_student_userid, toall }) => {
      const parents = recv_scope === SchoolAudience.Students ? [] : [to_parent_userid, to_external_user]
      return toall === true ||
        [...parents, to_student_userid, to_party].some((ids) => ids !== undefined && ids.length > 0) ||
        {
          path: [recv_scope === SchoolAudience.Students ? "to_student_userid" : "to_parent_userid"],
          issue: recv_scope === SchoolAudience.Students
            ? "at least one of to_student_userid, to_party, toall is needed"
            : "at least one of to_parent_userid, to_student_userid, to_party, toall is needed"
        }
    })
  )
)

/** Whom a 学校通知 did not reach: it is sent to the others. */
export class SentToSchool extends Schema.Class<SentToSchool>("effect-wecom/SentToSchool")({
  invalid_parent_userid: Wire.list(Schema.String),
  invalid_student_userid: Wire.list(Schema.String),
  /** Ids of departments. */
  invalid_party: Wire.list(Wire.id),
  invalid_external_user: Wire.list(Schema.String)
}) {
  /** Whom the message did not reach, for `PartialResult.failOnPartialBy`. */
  get unreached(): ReadonlyArray<{ readonly kind: "parent" | "student" | "party" | "external"; readonly id: string }> {
    return [
      ...this.invalid_parent_userid.map((id) => ({ kind: "parent", id }) as const),
      ...this.invalid_student_userid.map((id) => ({ kind: "student", id }) as const),
      ...this.invalid_party.map((id) => ({ kind: "party", id }) as const),
      ...this.invalid_external_user.map((id) => ({ kind: "external", id }) as const)
    ]
  }
}

/** 学校通知: messages of an app to the parents and students of a school. */
export class SchoolMessages extends Domain.Service<SchoolMessages>()("school/SchoolMessages", "家校·基础", {
  /**
   * 发送「学校通知」. Sends a text, picture, voice, video, file, article or mini program. An administrator has to list the
   * app as one that parents may use (家长可使用的应用).
   *
   * The content can be made with `Message`, and the recipients are put beside it:
   * `{ ...Message.text("明天放假"), to_party: [3] }`. The result says whom it did not reach.
   * @see https://developer.work.weixin.qq.com/document/path/92321
   */
  send: Endpoint.post("/cgi-bin/externalcontact/message/send", { doc: 92321, agent: true }, () => ({
    body: SchoolMessage,
    success: SentToSchool
  }))
}) {}
