/**
 * A simulated customer and a simulated servicer of 微信客服: they come, write, answer from menus, take and end sessions.
 * Each act is written down for apps to read, and calls back those that have a callback.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as KfEvents from "../../../callback/events/KfEvents.ts"
import * as KfMessage from "../../../customer-service/KfMessage.ts"
import type { KfEvent, KfReceived } from "../../../customer-service/KfReceived.ts"
import { KfSessionState } from "../../../customer-service/KfSessions.ts"
import { type Delivery, SimulatorError } from "../../engine/CallbackSender.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Corp } from "../../engine/World.ts"
import {
  type Account,
  customerServiceOf,
  end,
  giveCode,
  giveToken,
  greetingTime,
  logEvent,
  receive,
  type Received,
  type Session,
  sessionOf,
  sessionTime
} from "./CustomerService.ts"

/** Which account, of which corp. Default: the first corp that has it. */
export interface At {
  readonly open_kfid: string
  readonly corpId?: string | undefined
}

type Headless<Message> = Message extends { readonly msgtype: string } ? Omit<Message, "msgid"> : never

/** What a customer writes: a text, or a message of another kind. */
export type Written = string | Headless<Exclude<KfReceived, { readonly msgtype: "event" | "Unknown" }>>

/** What became of an act: the id of what was written down, and of the calls back. */
export interface Done {
  readonly msgid: string
  readonly deliveries: ReadonlyArray<Delivery>
}

type Act<A = Done> = Effect.Effect<A, SimulatorError>

/** A simulated customer of an account. */
export interface KfCustomer {
  readonly external_userid: string
  /** What the customer received, the oldest first. */
  readonly inbox: Effect.Effect<ReadonlyArray<Received>>
  /** 进入会话. Comes through an address of the account. */
  readonly enter: (
    from?: { readonly scene?: string | undefined; readonly scene_param?: string | undefined }
  ) => Act
  readonly write: (message: Written) => Act
  /** Answers with the item of the newest menu that has the id. */
  readonly choose: (id: string) => Act
  /** 撤回. Takes a message back. */
  readonly recall: (msgid: string) => Act
  /** 拒收. Takes no more messages, or takes them again. */
  readonly reject: (rejects: boolean) => Effect.Effect<void>
}

/** A simulated servicer of an account. */
export interface KfServicer {
  readonly userid: string
  /** 接待中, 停止接待. Takes sessions, or takes none. */
  readonly serve: (serves: boolean) => Act
  /** 从接待池接入会话. */
  readonly take: (external_userid: string) => Act
  /** 转接会话. */
  readonly transfer: (external_userid: string, to: string) => Act
  /** 结束会话. */
  readonly end: (external_userid: string) => Act
  /** Answers a customer, and takes the session again where it has ended. */
  readonly write: (external_userid: string, text: string) => Act
}

/** A customer of an account, by an `external_userid`, or a new one. */
export const customer = (
  at: At & { readonly external_userid?: string | undefined; readonly name?: string | undefined }
): Effect.Effect<KfCustomer, SimulatorError, Engine> =>
  Effect.map(stageOf(at), (stage) => {
    const { account, corp, world } = stage
    const external_userid = at.external_userid ?? world.id("wm")
    if (at.name !== undefined) customerServiceOf(corp).names.set(external_userid, at.name)
    const who = { open_kfid: account.id, external_userid }
    const mine = (now: number) => sessionOf(account, external_userid, now)

    const write = (message: Exclude<Written, string>): Act =>
      act(stage, (now) => {
        const session = mine(now)
        if (session.state === KfSessionState.Ended) {
          session.state = KfSessionState.Untreated
          session.startedAt = now
        }
        session.writtenAt = now
        session.answers = 0
        const msgid = world.id("from-")
        account.log.push({ at: now, message: { ...message, ...who, msgid, send_time: timeOf(now), origin: 3 } })
        return msgid
      })

    const text = (content: string, menu_id?: string) => write({ msgtype: "text", text: { content, menu_id } })

    return {
      external_userid,
      inbox: Effect.map(Clock.currentTimeMillis, (now) => [...mine(now).inbox]),
      enter: ({ scene, scene_param } = {}) =>
        act(stage, (now) => {
          const session = mine(now)
          session.entered = { at: now, scene, sceneParam: scene_param }
          const isNew = ![session.writtenAt, session.greetedAt].some((at) => at !== undefined && at + sessionTime > now)
          return logEvent(world, account, {
            event_type: "enter_session",
            ...who,
            scene,
            scene_param,
            welcome_code: isNew
              ? giveCode(world, corp, {
                account: account.id,
                customer: external_userid,
                state: undefined,
                takesMenu: true,
                endsAt: now + greetingTime
              })
              : undefined
          }, now)
        }),
      write: (message) => typeof message === "string" ? text(message) : write(message),
      choose: (id) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          for (const { message } of mine(now).inbox.toReversed()) {
            const items = message.msgtype === "msgmenu" ? message.msgmenu.list ?? [] : []
            const item = items.find((item) => item.type === "click" && item.click.id === id)
            if (item?.type === "click") return text(item.click.content, id)
          }
          return fail(`${external_userid} has received no menu with the item ${id}`)
        }),
      recall: (msgid) =>
        account.log.some(({ message }) => message.msgtype !== "Unknown" && message.msgid === msgid)
          ? act(
            stage,
            (now) => logEvent(world, account, { event_type: "user_recall_msg", ...who, recall_msgid: msgid }, now)
          )
          : fail(`${external_userid} has not written ${msgid}`),
      reject: (rejects) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          mine(now).rejects = rejects
        })
    }
  })

/** A servicer of an account. */
export const servicer = (
  at: At & { readonly userid: string }
): Effect.Effect<KfServicer, SimulatorError, Engine> =>
  Effect.flatMap(stageOf(at), (stage) => {
    const { account, corp, world } = stage
    const self = account.servicers.get(at.userid.toLowerCase())
    if (self === undefined) return fail(`${at.userid} is no servicer of ${account.id}`)
    const { userid } = self

    /** A change of the session, in the client: as its event says, with a code where one comes with it. */
    const change = (
      customer: string,
      isPossible: (session: Session) => boolean,
      changed: (session: Session, now: number) => Omit<SessionChange, "event_type" | "open_kfid" | "external_userid">
    ): Act =>
      Effect.flatMap(Clock.currentTimeMillis, (now) =>
        isPossible(sessionOf(account, customer, now))
          ? act(stage, (now) =>
            logEvent(world, account, {
              event_type: "session_status_change",
              open_kfid: account.id,
              external_userid: customer,
              ...changed(sessionOf(account, customer, now), now)
            }, now))
          : fail(`${userid} cannot do this: look at the state of the session of ${customer}`))

    const isMine = (session: Session): boolean =>
      session.state === KfSessionState.Servicer && session.servicer?.toLowerCase() === userid.toLowerCase()

    const code = (customer: string, state: number, endsAt: number): string =>
      giveCode(world, corp, {
        account: account.id,
        customer,
        state,
        takesMenu: state === KfSessionState.Ended,
        endsAt
      })

    const assign = (session: Session, to: string): void => {
      session.state = KfSessionState.Servicer
      session.servicer = to
    }

    const write = (customer: string, content: string): Act =>
      act(stage, (now) => {
        const msgid = world.id("from-")
        const message = KfMessage.text(content)
        receive(sessionOf(account, customer, now), { msgid, at: now, message, servicer: userid })
        account.log.push({
          at: now,
          message: {
            ...message,
            msgid,
            open_kfid: account.id,
            external_userid: customer,
            send_time: timeOf(now),
            origin: 5,
            servicer_userid: userid
          }
        })
        return msgid
      })

    return Effect.succeed<KfServicer>({
      userid,
      serve: (serves) =>
        act(stage, (now) => {
          self.isServing = serves
          return logEvent(world, account, {
            event_type: "servicer_status_change",
            open_kfid: account.id,
            servicer_userid: userid,
            status: serves ? 1 : 2,
            ...(serves ? {} : { stop_type: 0 })
          }, now)
        }),
      take: (customer) =>
        change(customer, ({ state }) => state === KfSessionState.Queued, (session, now) => {
          assign(session, userid)
          return {
            change_type: 1,
            new_servicer_userid: userid,
            msg_code: code(customer, KfSessionState.Servicer, now + sessionTime)
          }
        }),
      transfer: (customer, to) =>
        account.servicers.has(to.toLowerCase())
          ? change(customer, isMine, (session) => {
            assign(session, to)
            return { change_type: 2, old_servicer_userid: userid, new_servicer_userid: to }
          })
          : fail(`${to} is no servicer of ${account.id}`),
      end: (customer) =>
        change(customer, isMine, (session, now) => {
          end(session)
          return {
            change_type: 3,
            old_servicer_userid: userid,
            msg_code: code(customer, KfSessionState.Ended, now + greetingTime)
          }
        }),
      write: (customer, content) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const session = sessionOf(account, customer, now)
          if (isMine(session)) return write(customer, content)
          return Effect.andThen(
            change(customer, ({ state }) => state === KfSessionState.Ended, (session, now) => {
              assign(session, userid)
              session.startedAt = now
              return { change_type: 4, old_servicer_userid: userid, new_servicer_userid: userid }
            }),
            write(customer, content)
          )
        })
    })
  })

type SessionChange = Extract<KfEvent, { readonly event_type: "session_status_change" }>

interface Stage {
  readonly engine: Engine["Service"]
  readonly world: Engine["Service"]["world"]
  readonly corp: Corp
  readonly account: Account
}

const fail = (message: string): Effect.Effect<never, SimulatorError> => Effect.fail(new SimulatorError({ message }))

const stageOf = ({ corpId, open_kfid }: At): Effect.Effect<Stage, SimulatorError, Engine> =>
  Effect.flatMap(Engine, (engine) => {
    const { world } = engine
    for (const corp of world.corps.values()) {
      const account = customerServiceOf(corp).accounts.get(open_kfid)
      if (account !== undefined && (corpId === undefined || corpId === corp.id)) {
        return Effect.succeed({ engine, world, corp, account })
      }
    }
    return fail(`there is no account ${open_kfid}`)
  })

/** Lets something happen, and tells the apps that may manage the account that there is something to read. */
const act = ({ account, corp, engine, world }: Stage, happen: (now: number) => string): Act =>
  Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    const msgid = happen(now)
    const event = new KfEvents.KfMessageOrEvent({
      ToUserName: corp.id,
      CreateTime: timeOf(now),
      Token: giveToken(world, account, now),
      OpenKfId: account.id
    })
    const deliveries = yield* Effect.forEach(
      corp.apps.filter((app) => app.callback !== undefined && (account.managers?.has(app) ?? true)),
      ({ agentId }) => engine.notify(event, { corpId: corp.id, agentId })
    )
    return { msgid, deliveries }
  })
