/**
 * What can be done to a simulator over HTTP, by a program in any language: people who act, faults, tokens, time, and
 * waiting for what is to happen. Served below `/_simulator/api`, described at `/_simulator/openapi.json`.
 */
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { ArchiveEdition } from "../../chat-archive/ChatArchive.ts"
import { ScheduleResponse } from "../../oa/calendars/ScheduleAttendee.ts"
import { PstnStatus } from "../../oa/meetings/PstnStatus.ts"
import { CellValue } from "../../oa/smart-sheets/CellValue.ts"
import { SimulatorError } from "../engine/CallbackSender.ts"

/** It cannot be done: the message says why. */
export const Refused = SimulatorError.pipe(HttpApiSchema.status(400))

/** Nothing like it happened in time: the message says what did. */
export class NotInTime
  extends Schema.TaggedError<NotInTime>("effect-wecom/simulator/NotInTime")("NotInTime", { message: Schema.String }, {
    httpApiStatus: 408
  })
{}

/** A request that does not fit is refused with a message that names the field. */
export class Readable extends HttpApiMiddleware.Service<Readable>()("effect-wecom/simulator/Readable", {
  error: Refused
}) {}

const { optional } = Schema

const Time = Schema.Number.annotate({ description: "Milliseconds of the epoch." })

/** In which corp, and for which of its apps. Default: the first. */
const corpId = optional(Schema.String.annotate({ description: "Default: the first corp." }))
const agentId = optional(Schema.Int.annotate({ description: "Default: the corp's first app with a callback." }))

/** What became of a callback. */
export const Delivered = Schema.Struct({
  /** The XML, or the JSON, that was encrypted. */
  text: Schema.String,
  /** Whether a request was answered with 200 in time. */
  acknowledged: Schema.Boolean,
  attempts: Schema.Array(Schema.Struct({ at: Time, status: optional(Schema.Int), problem: optional(Schema.String) })),
  /** The decrypted passive reply. */
  replyText: optional(Schema.String),
  /** Why a reply was ignored, or nothing was sent. */
  problem: optional(Schema.String)
}).annotate({ identifier: "Delivered" })

/** What became of the callbacks of an act, one for each app that is told. */
export class Told extends Schema.Opaque<Told>()(
  Schema.Struct({ deliveries: Schema.Array(Delivered) }).annotate({ identifier: "Told" })
) {}

/** A message as a member, a customer or a group received it. */
export const Message = Schema.Struct({
  msgid: optional(Schema.String),
  agentId: optional(Schema.Int),
  botId: optional(Schema.String),
  chatid: optional(Schema.String),
  at: Time,
  msgtype: Schema.String,
  content: Schema.Json,
  recalled: optional(Schema.Boolean)
}).annotate({ identifier: "Message" })

/** A call of the API, or a callback; without secrets. */
export const JournalEntry = Schema.Struct({
  id: Schema.Int,
  kind: Schema.Literals(["call", "callback"]),
  at: Time,
  method: Schema.String,
  path: Schema.String,
  query: Schema.Record(Schema.String, Schema.String),
  headers: optional(Schema.Record(Schema.String, Schema.String)),
  body: Schema.String,
  corpId: optional(Schema.String),
  agentId: optional(Schema.Int),
  fault: optional(Schema.String),
  status: optional(Schema.Int),
  errcode: optional(Schema.Int),
  label: optional(Schema.String),
  warnings: Schema.Array(Schema.String),
  source: optional(Schema.Literals(["state", "fixed", "sample"])),
  answer: Schema.String,
  duration: optional(Schema.Number)
}).annotate({ identifier: "JournalEntry" })

/** A file in a request: its bytes are Base64. */
const file = {
  filename: Schema.String,
  contentType: optional(Schema.String),
  bytes: Schema.Uint8ArrayFromBase64
}

const place = { latitude: Schema.Number, longitude: Schema.Number }

const to = { corpId, agentId }

/** What a member does to an app, or with `botId` to a smart robot (texts, speech, files, entering, pressing, feedback). */
export const MemberAct = Schema.Union([
  Schema.Struct({
    act: Schema.Literal("text"),
    content: Schema.String,
    botId: optional(Schema.String),
    chatid: optional(Schema.String),
    ...to
  }),
  Schema.Struct({ act: Schema.Literals(["image", "voice", "video"]), ...file, ...to }),
  Schema.Struct({
    act: Schema.Literal("file"),
    botId: Schema.String,
    chatid: optional(Schema.String),
    kind: Schema.Literals(["image", "file", "video"]),
    ...file,
    ...to
  }),
  Schema.Struct({
    act: Schema.Literal("speak"),
    botId: Schema.String,
    chatid: optional(Schema.String),
    content: Schema.String,
    ...to
  }),
  Schema.Struct({
    act: Schema.Literal("location"),
    ...place,
    label: optional(Schema.String),
    scale: optional(Schema.Number),
    ...to
  }),
  Schema.Struct({
    act: Schema.Literal("link"),
    title: Schema.String,
    description: Schema.String,
    url: Schema.String,
    picUrl: optional(Schema.String),
    ...to
  }),
  Schema.Struct({
    act: Schema.Literal("enter"),
    botId: optional(Schema.String),
    chatid: optional(Schema.String),
    ...to
  }),
  Schema.Struct({ act: Schema.Literal("reportLocation"), ...place, precision: optional(Schema.Number), ...to }),
  Schema.Struct({ act: Schema.Literal("menu"), key: Schema.String, ...to }),
  Schema.Struct({ act: Schema.Literal("menuLink"), url: Schema.String, ...to }),
  Schema.Struct({
    act: Schema.Literal("press"),
    key: Schema.String,
    card: optional(Schema.String),
    selected: optional(Schema.Record(Schema.String, Schema.Array(Schema.String))),
    botId: optional(Schema.String),
    chatid: optional(Schema.String),
    ...to
  }),
  Schema.Struct({ act: Schema.Literal("cardMenu"), key: Schema.String, card: optional(Schema.String), ...to }),
  Schema.Struct({
    act: Schema.Literal("feedback"),
    botId: Schema.String,
    id: Schema.String,
    type: Schema.Int,
    content: optional(Schema.String),
    reasons: optional(Schema.Array(Schema.Int)),
    ...to
  })
]).annotate({ identifier: "MemberAct" })

/** What an awaited message is like: all that is named is so. */
export const Expected = Schema.Struct({
  corpId,
  msgtype: optional(Schema.String),
  agentId: optional(Schema.Int),
  contains: optional(Schema.String.annotate({ description: "The JSON of the content has this text." })),
  content: optional(
    Schema.Record(Schema.String, Schema.Json).annotate({ description: "The content has these fields, at least." })
  ),
  after: optional(
    Schema.Number.annotate({ description: "Later than this time, in milliseconds of the epoch. Default: 0." })
  ),
  timeout: optional(Schema.Number.annotate({ description: "In milliseconds, at most 60000. Default: 5000." }))
}).annotate({ identifier: "Expected" })

const userid = { userid: Schema.String }

const error = Refused

const Members = HttpApiGroup.make("members").add(
  HttpApiEndpoint.get("list", "/members", {
    query: { corpId, find: optional(Schema.String), limit: optional(Schema.Int), offset: optional(Schema.Int) },
    success: Schema.Struct({
      members: Schema.Array(Schema.Struct({ ...userid, name: Schema.String, departments: Schema.Array(Schema.Int) })),
      total: Schema.Int
    }),
    error
  }),
  HttpApiEndpoint.post("act", "/members/:userid/act", {
    params: userid,
    payload: MemberAct,
    success: Delivered,
    error
  }),
  HttpApiEndpoint.get("inbox", "/members/:userid/inbox", {
    params: userid,
    query: { corpId },
    success: Schema.Array(Message),
    error
  }),
  HttpApiEndpoint.post("await", "/members/:userid/await", {
    params: userid,
    payload: Expected,
    success: Message,
    error: [Refused, NotInTime]
  }),
  HttpApiEndpoint.post("authorize", "/members/:userid/authorize", {
    params: userid,
    payload: Schema.Struct({ corpId, url: Schema.String }),
    success: Schema.Struct({ redirect: Schema.String, code: optional(Schema.String) }),
    error
  })
).annotateMerge(OpenApi.annotations({
  description: "Members: what they write, press and choose, what they receive, and their logins."
}))

const between = { corpId, ...userid, external_userid: Schema.String }

const Customers = HttpApiGroup.make("customers").add(
  HttpApiEndpoint.post("add", "/customers/add", {
    payload: Schema.Struct({
      corpId,
      ...userid,
      external_userid: optional(Schema.String),
      name: optional(Schema.String),
      state: optional(Schema.String),
      half: optional(Schema.Boolean)
    }),
    success: Schema.Struct({
      external_userid: Schema.String,
      welcome_code: Schema.String,
      deliveries: Schema.Array(Delivered)
    }),
    error
  }),
  HttpApiEndpoint.post("scan", "/customers/scan", {
    payload: Schema.Struct({
      corpId,
      config_id: Schema.String,
      external_userid: optional(Schema.String),
      name: optional(Schema.String)
    }),
    success: Schema.Struct({
      external_userid: Schema.String,
      welcome_code: Schema.String,
      deliveries: Schema.Array(Delivered)
    }),
    error
  }),
  HttpApiEndpoint.post("edit", "/customers/edit", {
    payload: Schema.Struct({
      ...between,
      remark: optional(Schema.String),
      description: optional(Schema.String),
      remark_mobiles: optional(Schema.Array(Schema.String)),
      tags: optional(Schema.Array(Schema.String))
    }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("delete", "/customers/delete", {
    payload: Schema.Struct({ ...between, by: Schema.Literals(["member", "customer"]) }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("refuseHandover", "/customers/refuse-handover", {
    payload: Schema.Struct({ corpId, external_userid: Schema.String }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("openLink", "/customers/open-link", {
    payload: Schema.Struct({
      corpId,
      url: Schema.String.annotate({ description: "Of the acquisition link." }),
      external_userid: Schema.String,
      adds: optional(Schema.String.annotate({ description: "The member whom the customer adds." }))
    }),
    success: HttpApiSchema.NoContent,
    error
  }),
  HttpApiEndpoint.post("sendMassMessage", "/customers/send-mass-message", {
    payload: Schema.Struct({
      corpId,
      msgid: Schema.String,
      ...userid,
      chat_ids: optional(Schema.Array(Schema.String))
    }),
    success: HttpApiSchema.NoContent,
    error
  }),
  HttpApiEndpoint.post("publishMoment", "/customers/publish-moment", {
    payload: Schema.Struct({ corpId, moment_id: Schema.String, ...userid }),
    success: HttpApiSchema.NoContent,
    error
  }),
  HttpApiEndpoint.post("react", "/customers/react", {
    payload: Schema.Struct({
      corpId,
      moment_id: Schema.String,
      ...userid,
      external_userid: Schema.String,
      kind: Schema.Literals(["comment", "like"])
    }),
    success: HttpApiSchema.NoContent,
    error
  }),
  HttpApiEndpoint.get("inbox", "/customers/:external_userid/inbox", {
    params: { external_userid: Schema.String },
    query: { corpId },
    success: Schema.Array(Message),
    error
  })
).annotateMerge(OpenApi.annotations({ description: "Customers: they add members, scan contact ways, and leave." }))

const inGroup = { corpId, chat_id: Schema.String }

const people = {
  customers: optional(Schema.Array(Schema.String)),
  members: optional(Schema.Array(Schema.String)),
  state: optional(Schema.String)
}

const CustomerGroups = HttpApiGroup.make("customer-groups").add(
  HttpApiEndpoint.post("create", "/customer-groups/create", {
    payload: Schema.Struct({
      corpId,
      owner: Schema.String,
      chat_id: optional(Schema.String),
      name: optional(Schema.String),
      ...people
    }),
    success: Schema.Struct({ chat_id: Schema.String, deliveries: Schema.Array(Delivered) }),
    error
  }),
  HttpApiEndpoint.post("join", "/customer-groups/join", {
    payload: Schema.Struct({ ...inGroup, ...people, invitor: optional(Schema.String) }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("leave", "/customer-groups/leave", {
    payload: Schema.Struct({ ...inGroup, ids: Schema.Array(Schema.String), removed: optional(Schema.Boolean) }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("change", "/customer-groups/change", {
    payload: Schema.Struct({
      ...inGroup,
      name: optional(Schema.String),
      notice: optional(Schema.String),
      owner: optional(Schema.String)
    }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("dismiss", "/customer-groups/dismiss", {
    payload: Schema.Struct(inGroup),
    success: Told,
    error
  })
).annotateMerge(OpenApi.annotations({ description: "Customer groups: who comes, who goes, what they are called." }))

const Kept = Schema.Struct({ msgid: Schema.String, deliveries: Schema.Array(Delivered) }).annotate({
  identifier: "WrittenDown"
})

const atAccount = { corpId, open_kfid: Schema.String, external_userid: Schema.String }

const Kf = HttpApiGroup.make("kf").add(
  HttpApiEndpoint.post("customer", "/kf/customer", {
    payload: Schema.Union([
      Schema.Struct({
        act: Schema.Literal("enter"),
        ...atAccount,
        scene: optional(Schema.String),
        scene_param: optional(Schema.String)
      }),
      Schema.Struct({ act: Schema.Literal("write"), ...atAccount, text: Schema.String }),
      Schema.Struct({ act: Schema.Literal("choose"), ...atAccount, id: Schema.String }),
      Schema.Struct({ act: Schema.Literal("recall"), ...atAccount, msgid: Schema.String })
    ]),
    success: Kept,
    error
  }),
  HttpApiEndpoint.post("servicer", "/kf/servicer", {
    payload: Schema.Union([
      Schema.Struct({
        act: Schema.Literal("serve"),
        corpId,
        open_kfid: Schema.String,
        ...userid,
        serves: Schema.Boolean
      }),
      Schema.Struct({ act: Schema.Literals(["take", "end"]), ...atAccount, ...userid }),
      Schema.Struct({ act: Schema.Literal("transfer"), ...atAccount, ...userid, to: Schema.String }),
      Schema.Struct({ act: Schema.Literal("write"), ...atAccount, ...userid, text: Schema.String })
    ]),
    success: Kept,
    error
  }),
  HttpApiEndpoint.get("inbox", "/kf/:open_kfid/customers/:external_userid/inbox", {
    params: { open_kfid: Schema.String, external_userid: Schema.String },
    query: { corpId },
    success: Schema.Array(Schema.Json),
    error
  })
).annotateMerge(OpenApi.annotations({ description: "微信客服: customers and servicers of an account." }))

const attending = { corpId, meetingid: Schema.String, ...userid }

const Meetings = HttpApiGroup.make("meetings").add(
  HttpApiEndpoint.post("act", "/meetings/act", {
    payload: Schema.Union([
      Schema.Struct({
        act: Schema.Literals([
          "join",
          "leave",
          "startRecording",
          "stopRecording",
          "end",
          "cancelEnrollment"
        ]),
        ...attending
      }),
      Schema.Struct({ act: Schema.Literal("share"), ...attending, sharing: Schema.Boolean }),
      Schema.Struct({ act: Schema.Literal("pauseRecording"), ...attending, paused: Schema.Boolean }),
      Schema.Struct({
        act: Schema.Literal("enroll"),
        ...attending,
        answers: optional(Schema.Array(Schema.Array(Schema.String)))
      }),
      Schema.Struct({
        act: Schema.Literal("answerRoomCall"),
        corpId,
        meetingid: Schema.String,
        answer: Schema.Literals(["joining", "refused", "none"])
      }),
      Schema.Struct({
        act: Schema.Literal("answerPhoneCall"),
        corpId,
        meetingid: Schema.String,
        phone: Schema.String,
        status: Schema.Literals(PstnStatus.values)
      })
    ]),
    success: Told,
    error
  })
).annotateMerge(OpenApi.annotations({ description: "会议: who comes, goes, records and enrols." }))

const Schedules = HttpApiGroup.make("schedules").add(
  HttpApiEndpoint.post("respond", "/schedules/respond", {
    payload: Schema.Struct({
      corpId,
      schedule_id: Schema.String,
      ...userid,
      response: Schema.Literals(ScheduleResponse.values).annotate({
        description: "0 pending, 1 tentative, 2 accepted, 3 accepted once, 4 declined."
      })
    }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("delete", "/schedules/delete", {
    payload: Schema.Struct({ corpId, schedule_id: Schema.String, ...userid }),
    success: Told,
    error
  })
).annotateMerge(OpenApi.annotations({ description: "日程: attendees answer, administrators delete." }))

const Cells = Schema.Record(Schema.String, CellValue).annotate({ description: "By the titles of their fields." })

const editing = { corpId, docid: Schema.String, sheet_id: Schema.String, ...userid }

const Documents = HttpApiGroup.make("documents").add(
  HttpApiEndpoint.post("addRecord", "/documents/add-record", {
    payload: Schema.Struct({ ...editing, values: Cells }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("updateRecord", "/documents/update-record", {
    payload: Schema.Struct({ ...editing, record_id: Schema.String, values: Cells }),
    success: Told,
    error
  }),
  HttpApiEndpoint.post("fillIn", "/documents/fill-in", {
    payload: Schema.Struct({
      corpId,
      formid: Schema.String,
      ...userid,
      replies: Schema.Array(Schema.Struct({
        question_id: Schema.Int,
        text_reply: optional(Schema.String),
        option_reply: optional(Schema.Array(Schema.Int))
      }))
    }),
    success: Told,
    error
  })
).annotateMerge(OpenApi.annotations({ description: "智能表格, 收集表: members edit records and fill in forms." }))

const Attendance = HttpApiGroup.make("attendance").add(
  HttpApiEndpoint.post("checkIn", "/attendance/check-in", {
    payload: Schema.Struct({ corpId, ...userid }),
    success: HttpApiSchema.NoContent,
    error
  })
).annotateMerge(OpenApi.annotations({ description: "打卡: members check in." }))

const onReport = { corpId, journal_uuid: Schema.String, ...userid }

const Reports = HttpApiGroup.make("reports").add(
  HttpApiEndpoint.post("submit", "/reports/submit", {
    payload: Schema.Struct({
      corpId,
      ...userid,
      template_name: Schema.String,
      template_id: optional(Schema.String),
      contents: Schema.Record(Schema.String, Schema.String).annotate({ description: "Texts by their titles." }),
      receivers: optional(Schema.Array(Schema.String))
    }),
    success: Schema.Struct({ journal_uuid: Schema.String }),
    error
  }),
  HttpApiEndpoint.post("read", "/reports/read", {
    payload: Schema.Struct(onReport),
    success: HttpApiSchema.NoContent,
    error
  }),
  HttpApiEndpoint.post("comment", "/reports/comment", {
    payload: Schema.Struct({ ...onReport, content: Schema.String, tocommentid: optional(Schema.String) }),
    success: Schema.Struct({ commentid: Schema.String }),
    error
  })
).annotateMerge(OpenApi.annotations({ description: "汇报: members submit, read and comment on reports." }))

const Archive = HttpApiGroup.make("chat-archive").add(
  HttpApiEndpoint.post("archive", "/chat-archive/archive", {
    payload: Schema.Struct({ corpId, ...userid, edition: Schema.Literals(ArchiveEdition.values) }),
    success: HttpApiSchema.NoContent,
    error
  }),
  HttpApiEndpoint.post("agree", "/chat-archive/agree", {
    payload: Schema.Struct({
      corpId,
      external_userid: Schema.String,
      status: Schema.Literals(["Agree", "Disagree", "Default_Agree"]),
      with: Schema.Union([Schema.Struct(userid), Schema.Struct({ roomid: Schema.String })])
    }),
    success: HttpApiSchema.NoContent,
    error
  })
).annotateMerge(OpenApi.annotations({ description: "会话内容存档: who is archived, and consent." }))

const suite = { suiteId: Schema.String }

const Suites = HttpApiGroup.make("suites").add(
  HttpApiEndpoint.post("ticket", "/suites/:suiteId/ticket", {
    params: suite,
    success: Schema.Struct({ suite_ticket: Schema.String }),
    error
  }),
  HttpApiEndpoint.post("install", "/suites/:suiteId/install", {
    params: suite,
    payload: Schema.Struct({
      corpId: Schema.String,
      by: optional(Schema.String),
      mode: optional(Schema.Literals(["admin", "member"])),
      state: optional(Schema.String)
    }),
    success: Delivered,
    error
  }),
  HttpApiEndpoint.post("change", "/suites/:suiteId/change", {
    params: suite,
    payload: Schema.Struct({
      corpId: Schema.String,
      visible: optional(Schema.Struct({
        members: optional(Schema.Array(Schema.String)),
        departments: optional(Schema.Array(Schema.Int)),
        tags: optional(Schema.Array(Schema.Int))
      }))
    }),
    success: Delivered,
    error
  }),
  HttpApiEndpoint.post("uninstall", "/suites/:suiteId/uninstall", {
    params: suite,
    payload: Schema.Struct({ corpId: Schema.String }),
    success: Delivered,
    error
  }),
  HttpApiEndpoint.post("resetPermanentCode", "/suites/:suiteId/reset-permanent-code", {
    params: suite,
    payload: Schema.Struct({ corpId: Schema.String }),
    success: Delivered,
    error
  })
).annotateMerge(
  OpenApi.annotations({ description: "Third-party suites: administrators install, change and remove them." })
)

const Journal = HttpApiGroup.make("journal").add(
  HttpApiEndpoint.get("search", "/journal", {
    query: {
      text: optional(Schema.String),
      kind: optional(Schema.Literals(["call", "callback"])),
      endpoint: optional(Schema.String),
      errcode: optional(Schema.Int),
      failed: optional(Schema.Literals(["true", "false"])),
      before: optional(Schema.Int),
      after: optional(Schema.Int),
      limit: optional(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 }))),
      offset: optional(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)))
    },
    success: Schema.Struct({ entries: Schema.Array(JournalEntry), total: Schema.Int })
  }),
  HttpApiEndpoint.get("get", "/journal/:id", { params: { id: Schema.Int }, success: JournalEntry, error }),
  HttpApiEndpoint.post("await", "/journal/await", {
    payload: Schema.Struct({
      text: optional(Schema.String),
      kind: optional(Schema.Literals(["call", "callback"])),
      endpoint: optional(Schema.String),
      errcode: optional(Schema.Int),
      after: optional(Schema.Int),
      timeout: optional(Schema.Number)
    }),
    success: JournalEntry,
    error: NotInTime
  }),
  HttpApiEndpoint.delete("clear", "/journal", { success: HttpApiSchema.NoContent })
).annotateMerge(OpenApi.annotations({ description: "The last calls and callbacks, searched in whole." }))

/** A fault to inject. */
export const NewFault = Schema.Struct({
  fault: Schema.Literals(["errcode", "status", "truncated", "reset", "resetDone", "stall"]),
  value: optional(Schema.Number.annotate({ description: "The errcode, the HTTP status, or seconds." })),
  endpoint: optional(Schema.String.annotate({ description: "A path, or verb and path. Default: every endpoint." })),
  times: optional(Schema.Int.annotate({ description: "How many calls it strikes. Default: all." })),
  probability: optional(Schema.Number.annotate({ description: "From 0 to 1. Default: 1." }))
}).annotate({ identifier: "NewFault" })

const Faults = HttpApiGroup.make("faults").add(
  HttpApiEndpoint.get("list", "/faults", {
    success: Schema.Array(Schema.Struct({
      id: Schema.Int,
      fault: Schema.String,
      endpoint: optional(Schema.String),
      times: optional(Schema.Int),
      probability: optional(Schema.Number)
    }))
  }),
  HttpApiEndpoint.post("inject", "/faults", { payload: NewFault, success: HttpApiSchema.NoContent }),
  HttpApiEndpoint.delete("clear", "/faults", { success: HttpApiSchema.NoContent }),
  HttpApiEndpoint.delete("remove", "/faults/:id", {
    params: { id: Schema.Int },
    success: HttpApiSchema.NoContent,
    error
  })
).annotateMerge(OpenApi.annotations({ description: "What is to go wrong." }))

const World = HttpApiGroup.make("world").add(
  HttpApiEndpoint.get("get", "/world", {
    success: Schema.Struct({
      now: Time,
      corps: Schema.Array(Schema.Struct({
        corpId: Schema.String,
        name: Schema.String,
        members: Schema.Int,
        departments: Schema.Int,
        apps: Schema.Array(Schema.Struct({
          agentId: optional(Schema.Int),
          name: Schema.String,
          callback: optional(Schema.String)
        }))
      })),
      suites: Schema.Array(Schema.String)
    })
  }),
  HttpApiEndpoint.post("notify", "/notify", {
    payload: Schema.Struct({ xml: Schema.String, corpId, agentId }),
    success: Delivered,
    error
  }),
  HttpApiEndpoint.post("registerCorp", "/register-corp", {
    payload: Schema.Struct({
      code: Schema.String.annotate({ description: "The register_code of the provider." }),
      corpId: optional(Schema.String.annotate({ description: "Default: a new one." })),
      name: optional(Schema.String),
      admin: optional(Schema.String.annotate({ description: "The userid of its administrator. Default: admin." }))
    }),
    success: Schema.Struct({ corpId: Schema.String }),
    error
  }),
  HttpApiEndpoint.post("verifyUrl", "/verify-url", {
    payload: Schema.Struct({ corpId, agentId }),
    success: HttpApiSchema.NoContent,
    error
  }),
  HttpApiEndpoint.post("expireTokens", "/tokens/expire", {
    payload: Schema.Struct({ corpId, agentId }),
    success: Schema.Struct({ ended: Schema.Int })
  }),
  HttpApiEndpoint.post("advance", "/time/advance", {
    payload: Schema.Struct({ seconds: Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 366 * 86_400 })) }),
    success: Schema.Struct({ now: Time })
  }),
  HttpApiEndpoint.post("setLatency", "/latency", {
    payload: Schema.Struct({
      milliseconds: Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 600_000 }))
    }),
    success: HttpApiSchema.NoContent
  })
).annotateMerge(OpenApi.annotations({ description: "The corps, tokens, callbacks of any event, and time." }))

/** What can be done to a simulator over HTTP. */
export class ControlApi extends HttpApi.make("simulator").add(
  Members,
  Customers,
  CustomerGroups,
  Kf,
  Meetings,
  Schedules,
  Documents,
  Attendance,
  Reports,
  Archive,
  Suites,
  Journal,
  Faults,
  World
).prefix("/_simulator/api").middleware(Readable).annotateMerge(OpenApi.annotations({
  title: "WeCom simulator",
  version: "1",
  description: "People who act, faults, tokens and time of a simulated WeCom, and waiting for what is to happen."
})) {}
