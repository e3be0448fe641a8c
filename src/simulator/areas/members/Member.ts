/**
 * A simulated member: reads what apps send, writes to them, chooses from their menus, presses the buttons of their
 * cards, and logs in to their pages. Each act calls the app back, and what the app replies takes effect.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type * as CallbackEvent from "../../../callback/CallbackEvent.ts"
import type { CallbackReply } from "../../../callback/CallbackReply.ts"
import * as AppEvents from "../../../callback/events/AppEvents.ts"
import * as Messages from "../../../callback/events/Messages.ts"
import { addressOf, type Delivery, SimulatorError } from "../../engine/CallbackSender.ts"
import * as Conversation from "../../engine/Conversation.ts"
import { type App, type File, findMedia, findMember, keepMedia, type World } from "../../engine/World.ts"
import * as Login from "../identity/Login.ts"
import { chosen, findCard, findMenu, type Found, type Press } from "../messages/Card.ts"
import { chatWith, type SmartRobotChat, type Stage } from "../robot/SmartRobotChat.ts"

/** To which app. Default: the corp's first one that has a callback. */
export interface To {
  readonly agentId?: number | undefined
}

/** A place. */
export interface Place {
  /** In degrees. */
  readonly latitude: number
  /** In degrees. */
  readonly longitude: number
}

type Act = Effect.Effect<Delivery, SimulatorError>

/** A simulated member. Every act returns what became of the callback, and fails where it cannot be done at all. */
export interface Member {
  readonly userid: string
  /** What the member received, the oldest first, cards as they are now. */
  readonly inbox: Effect.Effect<ReadonlyArray<Conversation.Received>>
  readonly sendText: (content: string, to?: To) => Act
  readonly sendImage: (file: File, to?: To) => Act
  readonly sendVoice: (file: File, to?: To) => Act
  readonly sendVideo: (file: File, to?: To) => Act
  readonly sendLocation: (
    place: Place & { readonly scale?: number | undefined; readonly label?: string | undefined },
    to?: To
  ) => Act
  readonly sendLink: (
    link: { readonly title: string; readonly description: string; readonly url: string; readonly picUrl?: string },
    to?: To
  ) => Act
  /** 进入应用. Opens the app. */
  readonly enter: (to?: To) => Act
  /** 上报地理位置. The app learns where the member is, with a precision in metres. */
  readonly reportLocation: (place: Place & { readonly precision?: number | undefined }, to?: To) => Act
  /** 点击菜单拉取消息. Chooses the menu button with a key. */
  readonly chooseMenu: (key: string, to?: To) => Act
  /** 点击菜单跳转链接. Chooses the menu button with a URL. */
  readonly openMenu: (url: string, to?: To) => Act
  /** 点击模板卡片. Presses the button with a key, with what is chosen in the card. */
  readonly press: (key: string, press?: Press) => Act
  /** 点击模板卡片右上角菜单. Chooses the entry with a key from the menu in a card's corner. */
  readonly chooseCardMenu: (key: string, press?: Pick<Press, "card">) => Act
  /** The member's chat with a smart robot, or with `chatid` a group chat in which he mentions it. */
  readonly smartRobot: (
    botId: string,
    options?: { readonly chatid?: string | undefined }
  ) => Effect.Effect<SmartRobotChat, SimulatorError>
  /** Opens a login URL and agrees: the URL to which the browser is sent, with `code` and `state`. */
  readonly authorize: (url: string) => Effect.Effect<URL, SimulatorError>
}

/** The member with a userid. */
export const make = (stage: Stage, userid: string): Effect.Effect<Member, SimulatorError> => {
  const { corp, sender, world } = stage
  const found = findMember(corp, userid)
  if (found === undefined) return fail(`${corp.id} has no member ${userid}`)
  const self = found.user.userid

  const appOf = ({ agentId }: To = {}): Effect.Effect<App, SimulatorError> => {
    const app = corp.apps.find((app) => agentId === undefined ? app.callback !== undefined : app.agentId === agentId)
    return app === undefined
      ? fail(agentId === undefined ? `no app of ${corp.id} has a callback` : `${corp.id} has no app ${agentId}`)
      : Effect.succeed(app)
  }

  /** Tells the app, and lets its reply take effect. */
  const tell = (
    app: App,
    event: (header: Header) => CallbackEvent.Known,
    card?: Conversation.Received
  ): Act =>
    Effect.gen(function*() {
      const address = addressOf({ corp, app })
      if (address === undefined) return yield* fail(`the app ${app.agentId} has no callback`)
      const now = yield* DateTime.now
      const made = event({ ToUserName: corp.id, FromUserName: self, CreateTime: now, AgentID: app.agentId })
      const act: Conversation.Done = {
        agentId: app.agentId,
        botId: undefined,
        at: DateTime.toEpochMillis(now),
        key: made.header.key,
        content: contentOf(made),
        outcome: undefined
      }
      Conversation.remember(world, corp, self, act)
      const delivery = yield* Effect.tapError(sender.send(address, made.header.key, made.raw), ({ message }) =>
        Effect.sync(() => {
          act.outcome = message
        }))
      act.entry = delivery.attempts.at(-1)?.entry
      act.outcome = delivery.problem ?? (delivery.reply?.MsgType ?? "acknowledged")
      if (delivery.reply === undefined) {
        return delivery
      }
      const problem = apply(app, delivery.reply, card, yield* Clock.currentTimeMillis)
      return problem === undefined ? delivery : { ...delivery, problem }
    })

  /** What a reply changes, or why it changes nothing. */
  const apply = (
    app: App,
    reply: CallbackReply,
    card: Conversation.Received | undefined,
    now: number
  ): string | undefined => {
    const message = (msgtype: string, content: Conversation.Content) => {
      Conversation.deliver({ app, corp, now, world }, { msgtype, content }, [found])
      return undefined
    }
    const change = (changed: (card: Conversation.Content) => Conversation.Content) => {
      if (card === undefined) return `${reply.MsgType} answers the click of a card alone`
      Conversation.changeCard(corp, card.msgid, [self], changed)
      return undefined
    }
    const missing = mediaOf(reply).find((id) => findMedia(corp, id, now) === undefined)
    if (missing !== undefined) return `the reply is ignored: there is no media_id ${missing}`
    switch (reply.MsgType) {
      case "text":
        return message("text", { content: cut(reply.Content, 2048) })
      case "image":
        return message("image", { media_id: reply.Image.MediaId })
      case "voice":
        return message("voice", { media_id: reply.Voice.MediaId })
      case "video":
        return message("video", lowerKeys(reply.Video))
      case "news":
        return message("news", { articles: reply.Articles.map(lowerKeys) })
      case "update_button":
        return change((card) => ({ ...card, replace_text: reply.Button.ReplaceName }))
      case "update_taskcard":
        return change((card) => ({ ...card, replace_text: reply.TaskCard.ReplaceName }))
      case "update_template_card":
        return change((card) => ({ task_id: card.task_id, ...lowerKeys(reply.TemplateCard) }))
    }
  }

  /** A message of the member, which has an id. */
  const write = (
    to: To | undefined,
    message: (header: Header & { readonly MsgId: string }) => CallbackEvent.Known
  ): Act => Effect.flatMap(appOf(to), (app) => tell(app, (header) => message({ ...header, MsgId: messageId(world) })))

  const writeFile = (
    to: To | undefined,
    type: string,
    file: File,
    message: (header: Header & { readonly MsgId: string }, mediaId: string) => CallbackEvent.Known
  ): Act =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const mediaId = keepMedia(world, corp, type, file, now)
      return write(to, (header) => message(header, mediaId))
    })

  const act = (to: To | undefined, event: (header: Header) => CallbackEvent.Known): Act =>
    Effect.flatMap(appOf(to), (app) => tell(app, event))

  /** What apps sent. */
  const mine = () => Conversation.inbox(corp, self).filter(({ botId }) => botId === undefined)

  /** Tells the app of what was done to its card, with a code to change it. */
  const tellOfCard = (
    { card, message }: Found,
    EventKey: string,
    event: (header: Header & CardEvent) => CallbackEvent.Known
  ): Act =>
    Effect.gen(function*() {
      const app = yield* appOf({ agentId: message.agentId })
      const ResponseCode = Conversation.responseCode(
        world,
        corp,
        app,
        message.msgid,
        yield* Clock.currentTimeMillis
      )
      const about = { EventKey, TaskId: card.task_id, CardType: card.card_type, ResponseCode }
      return yield* tell(app, (header) => event({ ...header, ...about }), message)
    })

  return Effect.succeed({
    userid: self,
    inbox: Effect.sync(() => Conversation.inbox(corp, self)),
    sendText: (Content, to) => write(to, (header) => new Messages.TextMessage({ ...header, Content })),
    sendImage: (file, to) =>
      writeFile(
        to,
        "image",
        file,
        (header, MediaId) =>
          new Messages.ImageMessage({ ...header, MediaId, PicUrl: `${world.origin}/_simulator/media/${MediaId}` })
      ),
    sendVoice: (file, to) =>
      writeFile(
        to,
        "voice",
        file,
        (header, MediaId) =>
          new Messages.VoiceMessage({ ...header, MediaId, Format: file.filename.split(".").at(-1) ?? "amr" })
      ),
    sendVideo: (file, to) =>
      writeFile(
        to,
        "video",
        file,
        (header, MediaId) => new Messages.VideoMessage({ ...header, MediaId, ThumbMediaId: MediaId })
      ),
    sendLocation: ({ label = "", latitude, longitude, scale = 15 }, to) =>
      write(to, (header) =>
        new Messages.LocationMessage({
          ...header,
          Location_X: latitude,
          Location_Y: longitude,
          Scale: scale,
          Label: label,
          AppType: "wxwork"
        })),
    sendLink: ({ description, picUrl, title, url }, to) =>
      write(
        to,
        (header) =>
          new Messages.LinkMessage({ ...header, Title: title, Description: description, Url: url, PicUrl: picUrl })
      ),
    enter: (to) => act(to, (header) => new AppEvents.AgentEntered({ ...header, EventKey: "" })),
    reportLocation: ({ latitude, longitude, precision = 100 }, to) =>
      act(to, (header) =>
        new AppEvents.LocationReported({
          ...header,
          Latitude: latitude,
          Longitude: longitude,
          Precision: precision,
          AppType: "wxwork"
        })),
    chooseMenu: (EventKey, to) => act(to, (header) => new AppEvents.MenuClicked({ ...header, EventKey })),
    openMenu: (EventKey, to) => act(to, (header) => new AppEvents.MenuViewed({ ...header, EventKey })),
    press: (key, press = {}) =>
      Effect.gen(function*() {
        const found = yield* findCard(mine(), key, press.card)
        const SelectedItems = yield* chosen(found.card, press.selected ?? {})
        return yield* tellOfCard(
          found,
          key,
          (header) => new AppEvents.TemplateCardSubmitted({ ...header, SelectedItems })
        )
      }),
    chooseCardMenu: (key, { card } = {}) =>
      Effect.flatMap(
        findMenu(mine(), key, card),
        (found) => tellOfCard(found, key, (header) => new AppEvents.TemplateCardMenuChosen(header))
      ),
    smartRobot: (botId, options) => chatWith(stage, found, botId, options?.chatid),
    authorize: (url) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        if (!URL.canParse(url)) return fail("the login URL is no URL")
        const outcome = Login.authorize(world, corp, found, new URL(url), now)
        return "problem" in outcome
          ? fail(`the login page refuses: ${outcome.problem}`)
          : Effect.succeed(outcome.redirect)
      })
  })
}

/** The files of a reply. */
const mediaOf = (reply: CallbackReply): ReadonlyArray<string> =>
  reply.MsgType === "image"
    ? [reply.Image.MediaId]
    : reply.MsgType === "voice"
    ? [reply.Voice.MediaId]
    : reply.MsgType === "video"
    ? [reply.Video.MediaId]
    : []

/** The elements that tell one event from another. */
const contentOf = (event: CallbackEvent.Known): Conversation.Content =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !common.has(name)))

/** What every event has, and the code that only the app may know. */
const common = new Set(["_tag", "key", "ToUserName", "FromUserName", "CreateTime", "AgentID", "MsgId", "ResponseCode"])

interface Header {
  readonly ToUserName: string
  readonly FromUserName: string
  readonly CreateTime: DateTime.Utc
  readonly AgentID: number | undefined
}

interface CardEvent {
  readonly EventKey: string
  readonly TaskId: string
  readonly CardType: string
  readonly ResponseCode: string
}

const fail = (message: string): Effect.Effect<never, SimulatorError> => Effect.fail(new SimulatorError({ message }))

/** 18 digits, which a number cannot hold, as the real ones. */
const messageId = (world: World): string => `7${`${world.next()}`.padStart(18, "0")}`

/** The card of a reply, whose elements are spelt in capitals, as a message spells it. */
const lowerKeys = (value: object): Conversation.Content =>
  Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => [
      spellings.get(key) ?? key.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase(),
      lower(item)
    ])
  )

const lower = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(lower) : typeof value === "object" && value !== null ? lowerKeys(value) : value

const spellings = new Map([
  ["AppId", "appid"],
  ["PagePath", "pagepath"],
  ["KeyName", "keyname"],
  ["UserId", "userid"],
  ["CheckBox", "checkbox"],
  ["PicUrl", "picurl"]
])

/** The text up to a number of bytes of UTF-8, no character of it broken. */
const cut = (text: string, bytes: number): string =>
  new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)).replace(/\uFFFD+$/, "")
