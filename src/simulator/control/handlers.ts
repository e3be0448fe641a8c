/** What the control API does: acts of the areas, and what the engine lets be done. */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpApiError from "effect/http-api/HttpApiError"
import type * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Schedule from "effect/Schedule"
import type * as Schema from "effect/Schema"
import * as ErrorCode from "../../ErrorCode.ts"
import { issuesOf } from "../../internal/kernel/issues.ts"
import * as Json from "../../internal/kernel/json.ts"
import * as CalendarActs from "../areas/calendars/CalendarActs.ts"
import * as ChatArchive from "../areas/chat-archive/ChatArchive.ts"
import * as CheckinActs from "../areas/checkin/CheckinActs.ts"
import * as KfPeople from "../areas/customer-service/KfPeople.ts"
import * as CustomerActs from "../areas/customers/CustomerActs.ts"
import * as OutreachActs from "../areas/customers/OutreachActs.ts"
import { ways } from "../areas/customers/routes/contactWays.ts"
import * as JournalActs from "../areas/journals/JournalActs.ts"
import * as MeetingActs from "../areas/meetings/MeetingActs.ts"
import * as Member from "../areas/members/Member.ts"
import * as DocumentActs from "../areas/smart-sheets/DocumentActs.ts"
import * as Registrations from "../areas/third-party/Registrations.ts"
import { consoleOf } from "../areas/third-party/Suites.ts"
import { corpOf, fail, memberOf as existingMember } from "../engine/Act.ts"
import type { Delivery, SimulatorError } from "../engine/CallbackSender.ts"
import type * as Conversation from "../engine/Conversation.ts"
import { Engine } from "../engine/Engine.ts"
import * as Fault from "../engine/Fault.ts"
import { guarded } from "../engine/Guard.ts"
import type { Entry, Wanted } from "../engine/Journal.ts"
import type { File } from "../engine/World.ts"
import { apiOf, layerOf } from "./acts.ts"
import {
  ControlApi,
  type Expected,
  type JournalEntry,
  type MemberAct,
  type NewFault,
  NotInTime,
  Readable
} from "./ControlApi.ts"
import { delivered, told, withEngine } from "./outcome.ts"

/** The control API, and its description, on the router that is given. */
export const layer: Layer.Layer<never, never, Engine | HttpRouter.HttpRouter> = Layer.unwrap(
  Effect.map(Engine, ({ areas }) => {
    const api = ControlApi.addHttpApi(apiOf(areas))
    return HttpApiBuilder.layer(api, { openapiPath: "/_simulator/openapi.json" }).pipe(
      Layer.provide([
        members,
        customers,
        customerGroups,
        kf,
        meetings,
        schedules,
        documents,
        attendance,
        reports,
        archive,
        suites,
        journal,
        faults,
        world,
        layerOf(areas)
      ]),
      Layer.provide(readable),
      Layer.provide(HttpServer.layerServices)
    )
  })
)

const readable = Layer.effect(
  Readable,
  Effect.map(
    Engine,
    ({ world }) => (httpEffect) =>
      Effect.flatMap(
        HttpServerRequest.HttpServerRequest,
        guarded(world.hosts, () => Effect.catch(httpEffect, explained))
      )
  )
)

/** A request that does not fit, in words. */
const explained = <E>(error: E): Effect.Effect<HttpServerResponse.HttpServerResponse, E | SimulatorError> =>
  HttpApiError.HttpApiSchemaError.is(error)
    ? Effect.flatMap(issuesOf(Cause.fail(error.cause)), (issues) =>
      fail(
        `${error.kind}: ${
          issues.map(({ field, message }) => field === "" ? message : `${field}: ${message}`).join("; ")
        }`
      ))
    : Effect.fail(error)

// ---------------------------------------------------------------------------------------------------------------------
// Members
// ---------------------------------------------------------------------------------------------------------------------

const members = HttpApiBuilder.group(
  ControlApi,
  "members",
  Effect.fn(function*(handlers) {
    const engine = yield* Engine
    const acting = withEngine(engine)
    const memberOf = (userid: string, corpId: string | undefined) =>
      Effect.flatMap(
        corpOf({ corpId }),
        (corp) =>
          Member.make({ background: engine.background, corp, sender: engine.sender, world: engine.world }, userid)
      )
    return handlers.handleAll({
      list: ({ query }) =>
        acting(Effect.map(corpOf(query), (corp) => {
          const wanted = (query.find ?? "").toLowerCase()
          const found = [...corp.members.values()].filter(({ user: { name = "", userid } }) =>
            wanted === "" || userid.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted)
          )
          const { limit = 100, offset = 0 } = query
          return {
            members: found.slice(offset, offset + limit).map(({ user: { department, name, userid } }) => ({
              userid,
              name: name ?? userid,
              departments: department
            })),
            total: found.length
          }
        })),
      act: ({ params, payload }) =>
        acting(Effect.map(
          Effect.flatMap(memberOf(params.userid, payload.corpId), (member) => perform(member, payload)),
          delivered
        )),
      inbox: ({ params, query }) =>
        acting(Effect.map(
          Effect.flatMap(memberOf(params.userid, query.corpId), ({ inbox }) => inbox),
          (inbox) => inbox.map(messageOf)
        )),
      await: ({ params, payload }) =>
        acting(Effect.flatMap(memberOf(params.userid, payload.corpId), ({ inbox }) =>
          awaited(
            Effect.map(inbox, (inbox) => inbox.find((message) => isLike(message, payload))),
            payload.timeout,
            Effect.map(inbox, (inbox) =>
              `${params.userid} received ${inbox.length} messages, and none like this one. The last: ${
                JSON.stringify(inbox.slice(-3).map(({ content, msgtype }) => ({ msgtype, content }))).slice(0, 1000)
              }`)
          ))).pipe(Effect.map(messageOf)),
      authorize: ({ params, payload }) =>
        acting(Effect.map(
          Effect.flatMap(memberOf(params.userid, payload.corpId), (member) => member.authorize(payload.url)),
          (url) => ({ redirect: url.toString(), code: url.searchParams.get("code") ?? undefined })
        ))
    })
  })
)

/** What a member does. */
export const perform = (
  member: Member.Member,
  act: typeof MemberAct.Type
): Effect.Effect<Delivery, SimulatorError> => {
  if ("botId" in act && act.botId !== undefined) {
    const chatid = "chatid" in act ? act.chatid : undefined
    return Effect.flatMap(member.smartRobot(act.botId, { chatid }), (chat) => {
      switch (act.act) {
        case "text":
          return chat.sendText(act.content)
        case "speak":
          return chat.sendVoice(act.content)
        case "file":
          return chat.sendFile(act.kind, fileOf(act))
        case "enter":
          return chat.enter
        case "press":
          return chat.press(act.key, act)
        case "feedback":
          return chat.judge(act.id, {
            type: act.type,
            ...(act.content === undefined ? {} : { content: act.content }),
            ...(act.reasons === undefined ? {} : { reasons: act.reasons })
          })
      }
    })
  }
  switch (act.act) {
    case "text":
      return member.sendText(act.content, act)
    case "image":
      return member.sendImage(fileOf(act), act)
    case "voice":
      return member.sendVoice(fileOf(act), act)
    case "video":
      return member.sendVideo(fileOf(act), act)
    case "location":
      return member.sendLocation(act, act)
    case "link":
      return member.sendLink({ ...act, picUrl: act.picUrl ?? "" }, act)
    case "enter":
      return member.enter(act)
    case "reportLocation":
      return member.reportLocation(act, act)
    case "menu":
      return member.chooseMenu(act.key, act)
    case "menuLink":
      return member.openMenu(act.url, act)
    case "press":
      return member.press(act.key, act)
    case "cardMenu":
      return member.chooseCardMenu(act.key, act)
    case "feedback":
    case "file":
    case "speak":
      return fail(`botId: ${act.act} is for a smart robot`)
  }
}

const fileOf = (
  { bytes, contentType = "application/octet-stream", filename }: {
    readonly filename: string
    readonly contentType?: string | undefined
    readonly bytes: Uint8Array
  }
): File => ({ filename, contentType, bytes })

const messageOf = (
  { agentId, at, botId, chatid, content, msgid, msgtype, recalled }: Conversation.Received
) => ({ msgid, agentId, botId, chatid, at, msgtype, content: jsonOf(content), recalled })

/** Whether a message is as is expected. */
const isLike = (message: Conversation.Received, expected: typeof Expected.Type): boolean =>
  message.at >= (expected.after ?? 0) &&
  (expected.msgtype === undefined || message.msgtype === expected.msgtype) &&
  (expected.agentId === undefined || message.agentId === expected.agentId) &&
  (expected.contains === undefined || JSON.stringify(message.content).includes(expected.contains)) &&
  holds(message.content, expected.content ?? {})

/** Whether a value has all the fields of another one. */
const holds = (value: unknown, part: unknown): boolean =>
  Array.isArray(part)
    ? Array.isArray(value) && part.length === value.length && part.every((item, index) => holds(value[index], item))
    : Predicate.isObject(part)
    ? Predicate.isObject(value) && Object.entries(part).every(([name, field]) => holds(value[name], field))
    : value === part

// ---------------------------------------------------------------------------------------------------------------------
// Customers
// ---------------------------------------------------------------------------------------------------------------------

const customers = HttpApiBuilder.group(
  ControlApi,
  "customers",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    const appear = (customer: OutreachActs.NewCustomer) =>
      Effect.map(OutreachActs.appear(customer), ({ contact, deliveries, welcomeCode }) => ({
        external_userid: contact.external_userid,
        welcome_code: welcomeCode,
        deliveries: deliveries.map(delivered)
      }))
    return handlers.handleAll({
      add: ({ payload }) => acting(appear(payload)),
      scan: ({ payload }) =>
        acting(Effect.gen(function*() {
          const corp = yield* corpOf(payload)
          const way = ways.find(corp, payload.config_id)
          const userid = way._tag === "Some" ? way.value.value.user?.[0] : undefined
          if (way._tag === "None" || userid === undefined) {
            return yield* fail(`there is no contact way ${payload.config_id} with a member`)
          }
          const { external_userid, name } = payload
          return yield* appear({ corpId: corp.id, userid, external_userid, name, state: way.value.value.state })
        })),
      edit: ({ payload }) => acting(told(CustomerActs.editCustomer(payload))),
      delete: ({ payload }) =>
        acting(told(
          payload.by === "member" ? CustomerActs.deleteCustomer(payload) : CustomerActs.deleteFollowUser(payload)
        )),
      refuseHandover: ({ payload }) => acting(told(CustomerActs.refuseHandover(payload))),
      openLink: ({ payload }) =>
        URL.canParse(payload.url)
          ? acting(Effect.asVoid(OutreachActs.openLink(payload)))
          : fail("url: the address of an acquisition link is needed"),
      sendMassMessage: ({ payload }) => acting(OutreachActs.sendMassMessage(payload)),
      publishMoment: ({ payload }) => acting(OutreachActs.publishMoment(payload)),
      react: ({ payload }) => acting(OutreachActs.react(payload)),
      inbox: ({ params, query }) =>
        acting(
          Effect.map(OutreachActs.inboxOf(params.external_userid, query), (said) =>
            said.map(({ at, attachments, by, msgid, text }) => ({
              msgid,
              at,
              msgtype: "message",
              content: jsonOf({ by, text, attachments })
            })))
        )
    })
  })
)

const customerGroups = HttpApiBuilder.group(
  ControlApi,
  "customer-groups",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    return handlers.handleAll({
      create: ({ payload }) =>
        acting(Effect.map(CustomerActs.createGroup(payload), ({ deliveries, group }) => ({
          chat_id: group.id,
          deliveries: deliveries.map(delivered)
        }))),
      join: ({ payload }) => acting(told(CustomerActs.joinGroup(payload))),
      leave: ({ payload }) => acting(told(CustomerActs.leaveGroup(payload))),
      change: ({ payload }) => {
        const { name, notice, owner } = payload
        return acting(told(Effect.map(
          Effect.all([
            name === undefined ? nothing : CustomerActs.renameGroup({ ...payload, name }),
            notice === undefined ? nothing : CustomerActs.postGroupNotice({ ...payload, notice }),
            owner === undefined ? nothing : CustomerActs.changeGroupOwner({ ...payload, owner })
          ]),
          (deliveries) => deliveries.flat()
        )))
      },
      dismiss: ({ payload }) => acting(told(CustomerActs.dismissGroup(payload)))
    })
  })
)

const nothing = Effect.succeed<ReadonlyArray<Delivery>>([])

// ---------------------------------------------------------------------------------------------------------------------
// 微信客服, 会话内容存档, 第三方应用
// ---------------------------------------------------------------------------------------------------------------------

const kf = HttpApiBuilder.group(
  ControlApi,
  "kf",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    const kept = <E, R>(done: Effect.Effect<KfPeople.Done, E, R>) =>
      Effect.map(done, ({ deliveries, msgid }) => ({ msgid, deliveries: deliveries.map(delivered) }))
    return handlers.handleAll({
      customer: ({ payload }) =>
        acting(kept(Effect.flatMap(KfPeople.customer(payload), (customer) => {
          switch (payload.act) {
            case "enter":
              return customer.enter(payload)
            case "write":
              return customer.write(payload.text)
            case "choose":
              return customer.choose(payload.id)
            case "recall":
              return customer.recall(payload.msgid)
          }
        }))),
      servicer: ({ payload }) =>
        acting(kept(Effect.flatMap(KfPeople.servicer(payload), (servicer) => {
          switch (payload.act) {
            case "serve":
              return servicer.serve(payload.serves)
            case "take":
              return servicer.take(payload.external_userid)
            case "end":
              return servicer.end(payload.external_userid)
            case "transfer":
              return servicer.transfer(payload.external_userid, payload.to)
            case "write":
              return servicer.write(payload.external_userid, payload.text)
          }
        }))),
      inbox: ({ params, query }) =>
        acting(Effect.map(
          Effect.flatMap(KfPeople.customer({ ...params, ...query }), ({ inbox }) => inbox),
          (inbox) => inbox.map(jsonOf)
        ))
    })
  })
)

const meetings = HttpApiBuilder.group(
  ControlApi,
  "meetings",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    return handlers.handleAll({
      act: ({ payload }) =>
        acting(told(Effect.suspend(() => {
          switch (payload.act) {
            case "join":
              return MeetingActs.join(payload)
            case "leave":
              return MeetingActs.leave(payload)
            case "share":
              return MeetingActs.share(payload)
            case "startRecording":
              return MeetingActs.startRecording(payload)
            case "pauseRecording":
              return MeetingActs.pauseRecording(payload)
            case "stopRecording":
              return MeetingActs.stopRecording(payload)
            case "end":
              return MeetingActs.end(payload)
            case "enroll":
              return MeetingActs.enroll(payload)
            case "cancelEnrollment":
              return MeetingActs.cancelEnrollment(payload)
            case "answerRoomCall":
              return MeetingActs.answerRoomCall(payload)
            case "answerPhoneCall":
              return MeetingActs.answerPhoneCall(payload)
          }
        })))
    })
  })
)

const schedules = HttpApiBuilder.group(
  ControlApi,
  "schedules",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    return handlers.handleAll({
      respond: ({ payload }) => acting(told(CalendarActs.respond(payload))),
      delete: ({ payload }) => acting(told(CalendarActs.deleteSchedule(payload)))
    })
  })
)

const documents = HttpApiBuilder.group(
  ControlApi,
  "documents",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    return handlers.handleAll({
      addRecord: ({ payload: { values, ...editing } }) =>
        acting(told(DocumentActs.addRecords({ ...editing, records: [values] }))),
      updateRecord: ({ payload: { record_id, values, ...editing } }) =>
        acting(told(DocumentActs.updateRecords({ ...editing, records: [{ record_id, values }] }))),
      fillIn: ({ payload: { replies, ...filling } }) =>
        acting(told(DocumentActs.fillIn({
          ...filling,
          replies: replies.map(({ option_reply = [], question_id, text_reply }) => ({
            question_id,
            text_reply,
            option_reply,
            option_extend_reply: [],
            file_extend_reply: []
          }))
        })))
    })
  })
)

const attendance = HttpApiBuilder.group(
  ControlApi,
  "attendance",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    return handlers.handleAll({
      checkIn: ({ payload }) => acting(Effect.asVoid(CheckinActs.checkIn(payload)))
    })
  })
)

const reports = HttpApiBuilder.group(
  ControlApi,
  "reports",
  Effect.fn(function*(handlers) {
    const acting = withEngine(yield* Engine)
    return handlers.handleAll({
      submit: ({ payload: { contents, template_id = "template-report", ...report } }) =>
        acting(Effect.map(
          JournalActs.submit({
            ...report,
            template_id,
            contents: Object.entries(contents).map(([title, text], index) => ({
              control: "Textarea",
              id: `Textarea-${index + 1}`,
              title: [{ text: title, lang: "zh_CN" }],
              value: { text }
            }))
          }),
          (journal_uuid) => ({ journal_uuid })
        )),
      read: ({ payload }) => acting(JournalActs.read(payload)),
      comment: ({ payload }) => acting(Effect.map(JournalActs.comment(payload), (commentid) => ({ commentid })))
    })
  })
)

const archive = HttpApiBuilder.group(
  ControlApi,
  "chat-archive",
  Effect.fn(function*(handlers) {
    const engine = yield* Engine
    const acting = withEngine(engine)
    return handlers.handleAll({
      archive: ({ payload }) =>
        acting(Effect.gen(function*() {
          yield* existingMember(yield* corpOf(payload), payload.userid)
          yield* ChatArchive.archiveMember(engine.world, payload)
        })),
      agree: ({ payload }) => acting(Effect.andThen(corpOf(payload), ChatArchive.agree(engine.world, payload)))
    })
  })
)

const suites = HttpApiBuilder.group(
  ControlApi,
  "suites",
  Effect.fn(function*(handlers) {
    const engine = yield* Engine
    const acting = withEngine(engine)
    return handlers.handleAll({
      ticket: ({ params }) =>
        acting(Effect.map(
          Effect.flatMap(consoleOf(engine, params.suiteId), ({ pushTicket }) => pushTicket),
          (suite_ticket) => ({ suite_ticket })
        )),
      install: ({ params, payload: { corpId, ...options } }) =>
        acting(Effect.map(
          Effect.flatMap(consoleOf(engine, params.suiteId), ({ install }) => install(corpId, options)),
          delivered
        )),
      change: ({ params, payload }) =>
        acting(Effect.map(
          Effect.flatMap(consoleOf(engine, params.suiteId), ({ change }) => change(payload.corpId, payload.visible)),
          delivered
        )),
      uninstall: ({ params, payload }) =>
        acting(Effect.map(
          Effect.flatMap(consoleOf(engine, params.suiteId), ({ uninstall }) => uninstall(payload.corpId)),
          delivered
        )),
      resetPermanentCode: ({ params, payload }) =>
        acting(Effect.map(
          Effect.flatMap(consoleOf(engine, params.suiteId), (console) => console.resetPermanentCode(payload.corpId)),
          delivered
        ))
    })
  })
)

// ---------------------------------------------------------------------------------------------------------------------
// The journal, faults, tokens and time
// ---------------------------------------------------------------------------------------------------------------------

const journal = HttpApiBuilder.group(
  ControlApi,
  "journal",
  Effect.fn(function*(handlers) {
    const { journal } = yield* Engine
    const last = (wanted: Wanted) => journal.search({ ...wanted, limit: 1 }).entries[0]
    return handlers.handleAll({
      search: ({ query }) =>
        Effect.sync(() => {
          const { failed, ...wanted } = query
          const { entries, total } = journal.search({
            ...wanted,
            failed: failed === undefined ? undefined : failed === "true"
          })
          return { entries: entries.map(entryOf), total }
        }),
      get: ({ params }) =>
        Effect.suspend(() => {
          const found = journal.find(params.id)
          return found === undefined ? fail(`the journal has no entry ${params.id}`) : Effect.succeed(entryOf(found))
        }),
      await: ({ payload: { timeout, ...wanted } }) =>
        Effect.map(
          awaited(
            // One that is answered.
            Effect.sync(() => {
              const found = last(wanted)
              return found?.duration === undefined ? undefined : found
            }),
            timeout,
            Effect.sync(() => {
              const { entries, total } = journal.search({ after: wanted.after, limit: 5 })
              return `no entry like this one among ${total}. The last: ${
                entries.map(({ errcode = 0, method, path }) => `${method} ${path} (${errcode})`).join(", ")
              }`
            })
          ),
          entryOf
        ),
      clear: () => Effect.sync(() => journal.clear())
    })
  })
)

/** An entry as it is told, with the label of its errcode. */
export const entryOf = (entry: Entry): typeof JournalEntry.Type => ({
  ...entry,
  label: entry.errcode === undefined || entry.errcode === 0 ? undefined : ErrorCode.label(entry.errcode)
})

const faults = HttpApiBuilder.group(
  ControlApi,
  "faults",
  Effect.fn(function*(handlers) {
    const { faults } = yield* Engine
    return handlers.handleAll({
      list: () =>
        Effect.sync(() => faults.pending().map(({ fault, ...rest }) => ({ ...rest, fault: describeFault(fault) }))),
      inject: ({ payload }) => Effect.sync(() => faults.inject(injectionOf(payload))),
      clear: () => Effect.sync(() => faults.clear()),
      remove: ({ params }) =>
        Effect.suspend(() => faults.remove(params.id) ? Effect.void : fail(`there is no fault ${params.id}`))
    })
  })
)

/** A fault as a program names it. */
export const injectionOf = ({ fault, value, ...when }: typeof NewFault.Type): Fault.Injection => ({
  ...when,
  fault: faultOf[fault](value)
})

const faultOf: { readonly [Name in (typeof NewFault.Type)["fault"]]: (value: number | undefined) => Fault.Fault } = {
  errcode: (value) => Fault.errcode(value ?? -1),
  status: (value) => Fault.status(value),
  truncated: () => Fault.truncated,
  reset: () => Fault.reset(),
  resetDone: () => Fault.reset({ done: true }),
  stall: (value) => value === undefined ? Fault.stall() : Fault.stall(`${value} seconds`)
}

/** A fault in words. */
export const describeFault = (fault: Fault.Fault): string => {
  switch (fault._tag) {
    case "Errcode":
      return `errcode ${fault.errcode}`
    case "Status":
      return `HTTP ${fault.status}`
    case "Truncated":
      return "truncated JSON"
    case "Reset":
      return fault.done ? "connection reset after the call" : "connection reset"
    case "Stall":
      return `stall ${Duration.format(fault.duration)}`
  }
}

const world = HttpApiBuilder.group(
  ControlApi,
  "world",
  Effect.fn(function*(handlers) {
    const engine = yield* Engine
    const acting = withEngine(engine)
    return handlers.handleAll({
      get: () =>
        acting(Effect.map(Clock.currentTimeMillis, (now) => ({
          now,
          corps: [...engine.world.corps.values()].map(({ apps, departments, id, members, name }) => ({
            corpId: id,
            name,
            members: members.size,
            departments: departments.size,
            apps: apps.map(({ agentId, callback, name }) => ({ agentId, name, callback: callback?.url }))
          })),
          suites: [...engine.world.suites.keys()]
        }))),
      notify: ({ payload: { xml, ...to } }) => acting(Effect.map(engine.notify(xml, to), delivered)),
      registerCorp: ({ payload: { code, ...options } }) =>
        acting(Effect.map(Registrations.register(engine, code, options), (corpId) => ({ corpId }))),
      verifyUrl: ({ payload }) => acting(Effect.flatMap(engine.addressOf(payload), engine.sender.verify)),
      expireTokens: ({ payload }) => acting(Effect.map(engine.expireTokens(payload), (ended) => ({ ended }))),
      advance: ({ payload }) =>
        Effect.andThen(
          engine.advance(Duration.seconds(payload.seconds)),
          acting(Effect.map(Clock.currentTimeMillis, (now) => ({ now })))
        ),
      setLatency: ({ payload }) => engine.setLatency(Duration.millis(payload.milliseconds))
    })
  })
)

// ---------------------------------------------------------------------------------------------------------------------

/** A value of plain data as JSON has it. */
const jsonOf = (value: unknown): Schema.Json => Json.parse(JSON.stringify(value)) as Schema.Json // what comes out is JSON

const longestWait = 60_000

/** What is looked for, as soon as it is there; fails with what there is, if it is not in time. */
const awaited = <A, E, R>(
  look: Effect.Effect<A | undefined, E, R>,
  timeout = 5000,
  otherwise: Effect.Effect<string, E, R>
): Effect.Effect<A, E | NotInTime, R> =>
  look.pipe(
    Effect.repeat({ schedule: Schedule.spaced("20 millis"), until: (found) => found !== undefined }),
    Effect.timeoutOption(Duration.millis(Math.min(timeout, longestWait))),
    Effect.flatMap((found) =>
      found._tag === "Some" && found.value !== undefined
        ? Effect.succeed(found.value as A) // it is defined
        : Effect.flatMap(otherwise, (message) => Effect.fail(new NotInTime({ message })))
    )
  )
