/**
 * The long connection of smart robots (智能机器人), as the vendor's side of it: who is subscribed, what was called back,
 * what replies, pushes and uploads do, and faults.
 */
import * as Clock from "effect/Clock"
import * as Digest from "effect/crypto/Digest"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Socket from "effect/socket/Socket"
import * as SmartRobotReply from "../../../callback/SmartRobotReply.ts"
import * as Json from "../../../internal/callback/json.ts"
import * as SmartRobotMessage from "../../../robot/SmartRobotMessage.ts"
import * as Conversation from "../../engine/Conversation.ts"
import type * as Journal from "../../engine/Journal.ts"
import { type Corp, findMember, type Member, type SmartRobot, type World } from "../../engine/World.ts"

/** Where bots connect: `ws://127.0.0.1:8080/aibot/ws`. */
export const path = "/aibot/ws"

/** What may go wrong with one frame of a bot. */
export type BotFault =
  /** It is refused with this errcode, and does nothing. */
  | { readonly _tag: "Errcode"; readonly errcode: number }
  /** It takes effect, yet its answer never leaves. */
  | { readonly _tag: "LostAck" }
  /** The connection breaks: before it takes effect, or after it with `done`. */
  | { readonly _tag: "Disconnect"; readonly done?: boolean | undefined }
  /** Its answer comes late. */
  | { readonly _tag: "Stall"; readonly duration: Duration.Input }
  /** From this frame on the connection says nothing any more, and does not close. */
  | { readonly _tag: "Silence" }
  /** From this frame on the connection is not subscribed, while pings are still answered. */
  | { readonly _tag: "Zombie" }

/** A fault, and the frames that it strikes. */
export interface BotInjection {
  readonly fault: BotFault
  /** Such as `aibot_respond_msg`; every command if left out. */
  readonly cmd?: string | undefined
  readonly botId?: string | undefined
  /** Which frames of that command: all if left out. */
  readonly where?: ((body: { readonly [name: string]: unknown }) => boolean) | undefined
  /** How many frames it strikes. Default: every one. */
  readonly times?: number | undefined
}

/** A connection of a bot. */
export interface BotConnection {
  /** Counts from 1. */
  readonly id: number
  /** When it was opened, in milliseconds of the epoch. */
  readonly at: number
  /** The bot that subscribed. */
  readonly botId: string | undefined
  /** Whether it is open, and has not been replaced. */
  readonly subscribed: boolean
  readonly open: boolean
}

/** What came of a callback over the socket. */
export type Outcome = "delivered" | "nobody is connected"

interface Connection {
  readonly id: number
  readonly at: number
  bot: Bot | undefined
  botId: string | undefined
  subscribed: boolean
  open: boolean
  silent: boolean
  readonly write: (text: string) => Effect.Effect<void>
  readonly close: (code: number) => Effect.Effect<void>
}

interface Bot {
  readonly corp: Corp
  readonly robot: SmartRobot
}

interface Stream {
  readonly msgid: string
  readonly firstAt: number
  lastAt: number
  finished: boolean
}

/** What was called back, and what has been said about it. */
interface Called extends Bot {
  readonly member: Member
  readonly chatid: string | undefined
  readonly at: number
  /** `undefined` for a message. */
  readonly eventtype: string | undefined
  readonly card: Conversation.Received | undefined
  readonly streams: Map<string, Stream>
  answered: boolean
}

interface Uploading {
  readonly type: string
  readonly filename: string
  readonly size: number
  readonly chunks: number
  readonly md5: string | undefined
  readonly endsAt: number
  readonly pieces: Map<number, Uint8Array>
}

interface State {
  nextConnection: number
  readonly connections: Array<Connection>
  /** By bot id. */
  readonly holders: Map<string, Connection>
  readonly called: Map<string, Called>
  readonly uploads: Map<string, Uploading>
  readonly media: Map<string, { readonly bytes: Uint8Array; readonly filename: string; readonly endsAt: number }>
  /** When bots subscribed, by bot id. */
  readonly subscriptions: Map<string, Array<number>>
  /** When messages were said, by bot and chat; when uploads began, by bot. */
  readonly said: Map<string, Array<number>>
  /** Chats in which somebody has written to a bot. */
  readonly opened: Set<string>
  injections: Array<BotInjection & { left: number }>
  frames: number
}

/** Connections cannot be kept with the rest of a world: they end with the process. */
const states = new WeakMap<World, State>()

const stateOf = (world: World): State => {
  const state = states.get(world) ?? make()
  states.set(world, state)
  return state
}

const make = (): State => ({
  nextConnection: 0,
  connections: [],
  holders: new Map(),
  called: new Map(),
  uploads: new Map(),
  media: new Map(),
  subscriptions: new Map(),
  said: new Map(),
  opened: new Set(),
  injections: [],
  frames: 0
})

/** Refuses a frame. */
class Refused {
  readonly errcode: number
  readonly errmsg: string
  constructor(errcode: number, errmsg: string) {
    this.errcode = errcode
    this.errmsg = errmsg
  }
}

/** What a face of the long connection needs. */
export interface Stage {
  readonly world: World
  readonly journal: Journal.Journal
  /** Goes on with something after a frame. */
  readonly background: (effect: Effect.Effect<void>) => void
}

const minute = 60_000
const hour = 60 * minute

const maxFrame = 2 * 1024 * 1024
const maxSubscriptions = 120
const welcomeWindow = 5000
const replyWindow = 24 * hour
/** A stream ends 10 minutes after its first frame, and 6 minutes after its latest. */
const streamLife = 10 * minute
const streamSilence = 6 * minute
const mediaLife = 5 * minute
const uploadLife = 30 * minute
const uploadedLife = 3 * 24 * hour
const keepCalled = 50_000

/** Serves one connection until it is closed. */
export const serve = (stage: Stage, socket: Socket.Socket): Effect.Effect<void> =>
  Effect.gen(function*() {
    const { world } = stage
    const state = stateOf(world)
    const writer = yield* socket.writer
    const send = (chunk: string | Socket.CloseEvent) => Effect.ignore(writer.write(chunk))
    const connection: Connection = {
      id: ++state.nextConnection,
      at: yield* Clock.currentTimeMillis,
      bot: undefined,
      botId: undefined,
      subscribed: false,
      open: true,
      silent: false,
      write: (text) => Effect.suspend(() => connection.open && !connection.silent ? send(text) : Effect.void),
      close: (code) =>
        Effect.suspend(() => {
          if (!connection.open) return Effect.void
          left(state, connection)
          return send(new Socket.CloseEvent(code))
        })
    }
    state.connections.push(connection)
    if (state.connections.length > 10_000) state.connections.splice(0, 5000)
    yield* Effect.addFinalizer(() => Effect.sync(() => left(state, connection)))
    const reader = yield* socket.reader
    while (true) {
      for (const chunk of yield* reader.pull) {
        const text = typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk)
        yield* receive(stage, connection, text)
      }
    }
  }).pipe(Effect.scoped, Effect.ignore)

const left = (state: State, connection: Connection): void => {
  connection.open = false
  connection.subscribed = false
  if (connection.botId !== undefined && state.holders.get(connection.botId) === connection) {
    state.holders.delete(connection.botId)
  }
}

interface Frame {
  readonly cmd: string
  readonly reqId: string
  readonly body: { readonly [name: string]: unknown }
}

const receive = (stage: Stage, connection: Connection, text: string): Effect.Effect<void> =>
  Effect.gen(function*() {
    const state = stateOf(stage.world)
    const parsed = text.length > maxFrame ? Result.fail("the frame is too large") : Json.parse(text)
    if (Result.isFailure(parsed)) {
      return yield* connection.write(Json.stringify({ headers: {}, errcode: 40058, errmsg: parsed.failure }))
    }
    const headers = object(parsed.success["headers"])
    const frame: Frame = {
      cmd: string(parsed.success["cmd"]),
      reqId: string(headers["req_id"]),
      body: object(parsed.success["body"])
    }
    state.frames += 1
    const now = yield* Clock.currentTimeMillis
    const entry = frame.cmd === "ping" ? undefined : stage.journal.open("call", now, "WS", frame.cmd, {})
    if (entry !== undefined) {
      entry.body = journalled(frame.body)
      entry.corpId = connection.bot?.corp.id
      entry.status = 101
    }
    const fault = strike(state, connection, frame)
    if (entry !== undefined) entry.fault = fault?._tag
    if (fault?._tag === "Silence") connection.silent = true
    if (fault?._tag === "Zombie") connection.subscribed = false
    if (connection.silent) return
    if (fault?._tag === "Disconnect" && fault.done !== true) return yield* connection.close(1011)
    const answer = fault?._tag === "Errcode"
      ? new Refused(fault.errcode, "injected")
      : yield* perform(stage, connection, frame, now)
    const errcode = answer instanceof Refused ? answer.errcode : 0
    const answered = {
      headers: { req_id: frame.reqId },
      ...(answer instanceof Refused || answer === undefined ? {} : { body: answer }),
      errcode,
      errmsg: answer instanceof Refused ? answer.errmsg : "ok"
    }
    if (entry !== undefined) {
      entry.errcode = errcode === 0 ? undefined : errcode
      entry.answer = Json.stringify(answered)
      entry.duration = (yield* Clock.currentTimeMillis) - now
      stage.journal.count(entry, false)
    }
    if (fault?._tag === "LostAck") return
    if (fault?._tag === "Disconnect") return yield* connection.close(1011)
    const write = connection.write(Json.stringify(answered))
    if (fault?._tag !== "Stall") return yield* write
    stage.background(Effect.delay(write, fault.duration))
  })

const strike = (state: State, connection: Connection, { body, cmd }: Frame): BotFault | undefined => {
  const found = state.injections.find((injection) =>
    (injection.cmd === undefined || injection.cmd === cmd) &&
    (injection.botId === undefined || injection.botId === (connection.botId ?? body["bot_id"])) &&
    (injection.where === undefined || injection.where(body))
  )
  if (found === undefined) return undefined
  found.left -= 1
  if (found.left <= 0) state.injections = state.injections.filter((injection) => injection !== found)
  return found.fault
}

/** What a frame does: the body of the answer, or a refusal. */
const perform = (
  stage: Stage,
  connection: Connection,
  frame: Frame,
  now: number
): Effect.Effect<object | undefined | Refused> => {
  const state = stateOf(stage.world)
  if (frame.cmd === "aibot_subscribe") return subscribe(stage, connection, frame.body, now)
  if (frame.cmd === "ping") return Effect.undefined
  const { bot } = connection
  if (bot === undefined || !connection.subscribed) {
    return Effect.succeed(new Refused(846609, "aibot websocket not subscribed"))
  }
  const world = stage.world
  switch (frame.cmd) {
    case "aibot_respond_msg":
      return Effect.sync(() => respond(world, state, bot, frame, now))
    case "aibot_respond_welcome_msg":
      return Effect.sync(() => welcome(world, state, frame, now))
    case "aibot_respond_update_msg":
      return Effect.sync(() => update(state, frame, now))
    case "aibot_send_msg":
      return Effect.sync(() => push(world, state, bot, frame, now))
    case "aibot_upload_media_init":
      return Effect.sync(() => beginUpload(world, state, bot, frame.body, now))
    case "aibot_upload_media_chunk":
      return Effect.sync(() => takePiece(state, frame.body, now))
    case "aibot_upload_media_finish":
      return finishUpload(world, state, bot, frame.body, now)
    default:
      return Effect.succeed(new Refused(40058, `unknown cmd: ${frame.cmd.slice(0, 64)}`))
  }
}

const subscribe = (
  stage: Stage,
  connection: Connection,
  body: Frame["body"],
  now: number
): Effect.Effect<undefined | Refused> =>
  Effect.gen(function*() {
    const { world } = stage
    const state = stateOf(world)
    const botId = string(body["bot_id"])
    const times = (state.subscriptions.get(botId) ?? []).filter((at) => at > now - minute)
    times.push(now)
    state.subscriptions.set(botId, times)
    if (times.length > maxSubscriptions) return new Refused(45009, "api freq out of limit")
    const bot = findBot(world, botId)
    if (bot?.robot.secret === undefined || Redacted.value(bot.robot.secret) !== string(body["secret"])) {
      return new Refused(853000, "invalid bot_id or secret")
    }
    const former = state.holders.get(botId)
    connection.bot = bot
    connection.botId = botId
    connection.subscribed = true
    state.holders.set(botId, connection)
    if (former !== undefined && former !== connection) yield* replace(stage, former, botId, now)
    return undefined
  })

/** The older of two connections hears that it was replaced, and is closed a moment later. */
const replace = ({ background, world }: Stage, former: Connection, botId: string, now: number): Effect.Effect<void> => {
  former.subscribed = false
  background(Effect.delay(former.close(1000), "2200 millis"))
  return former.write(Json.stringify({
    cmd: "aibot_event_callback",
    headers: { req_id: world.id("req-") },
    body: {
      msgid: world.id("bot-"),
      create_time: Math.floor(now / 1000),
      aibotid: botId,
      msgtype: "event",
      event: { eventtype: "disconnected_event" }
    }
  }))
}

// ---------------------------------------------------------------------------------------------------------------------
// Replies and pushes
// ---------------------------------------------------------------------------------------------------------------------

const Reply = Schema.Union([
  SmartRobotReply.Stream,
  SmartRobotReply.StreamWithCard,
  SmartRobotMessage.SmartRobotMessage
])
const decodeReply = Schema.decodeUnknownResult(Reply)
const decodeMessage = Schema.decodeUnknownResult(SmartRobotMessage.SmartRobotMessage)
const decodeWelcome = Schema.decodeUnknownResult(Schema.Union([SmartRobotReply.Text, SmartRobotReply.Card]))
const decodeUpdate = Schema.decodeUnknownResult(SmartRobotReply.UpdateCard)

const misfit = (): Refused => new Refused(40058, "the message does not fit its schema")

const respond = (world: World, state: State, bot: Bot, { body, reqId }: Frame, now: number): undefined | Refused => {
  const called = state.called.get(reqId)
  if (called === undefined || called.eventtype !== undefined || called.robot !== bot.robot) {
    return new Refused(846605, "invalid req_id")
  }
  if (now - called.at > replyWindow) return new Refused(846604, "reply expired")
  if (body["msgtype"] === "text") return new Refused(40008, "invalid message type")
  const decoded = decodeReply(body)
  if (Result.isFailure(decoded)) return misfit()
  const reply = decoded.success
  if (reply.msgtype !== "stream" && reply.msgtype !== "stream_with_template_card") {
    return say(world, state, called, reply.msgtype, contentOf(reply), now)
  }
  const { stream } = reply
  const known = called.streams.get(stream.id)
  if (known === undefined) {
    const held = takeTurn(state, called, now)
    if (held !== undefined) return held
    const { msgid } = deliver(world, called, "stream", stream, now)
    called.streams.set(stream.id, { msgid, firstAt: now, lastAt: now, finished: stream.finish === true })
    return undefined
  }
  if (known.finished) return new Refused(6000, "data version conflict")
  if (now - known.firstAt > streamLife || now - known.lastAt > streamSilence) {
    return new Refused(846608, "stream message update expired")
  }
  known.lastAt = now
  known.finished = stream.finish === true
  Conversation.changeCard(called.corp, known.msgid, [called.member.user.userid], () => stream)
  return undefined
}

const welcome = (world: World, state: State, { body, reqId }: Frame, now: number): undefined | Refused => {
  const called = state.called.get(reqId)
  if (called?.eventtype !== "enter_chat") return new Refused(846605, "invalid req_id")
  if (called.answered || now - called.at > welcomeWindow) return new Refused(846604, "reply expired")
  const decoded = decodeWelcome(body)
  if (Result.isFailure(decoded)) return misfit()
  called.answered = true
  deliver(world, called, decoded.success.msgtype, contentOf(decoded.success), now)
  return undefined
}

const update = (state: State, { body, reqId }: Frame, now: number): undefined | Refused => {
  const called = state.called.get(reqId)
  if (called?.card === undefined) return new Refused(846605, "invalid req_id")
  if (now - called.at > welcomeWindow) return new Refused(846604, "reply expired")
  const decoded = decodeUpdate(body)
  if (Result.isFailure(decoded)) return misfit()
  const { template_card, userids } = decoded.success
  Conversation.changeCard(called.corp, called.card.msgid, userids ?? [called.member.user.userid], () => ({
    ...template_card
  }))
  return undefined
}

const push = (world: World, state: State, bot: Bot, { body }: Frame, now: number): undefined | Refused => {
  const chatid = string(body["chatid"])
  const type = body["chat_type"] ?? 0
  const chat = (group: boolean) => chatKey(bot.robot.id, group ? chatid : undefined, chatid)
  const isGroup = type === 2 || (type === 0 && state.opened.has(chat(true)))
  if (!state.opened.has(chat(isGroup))) return new Refused(93006, "invalid chatid")
  const decoded = decodeMessage(body)
  if (Result.isFailure(decoded)) {
    return body["msgtype"] === "text"
      ? new Refused(40008, "invalid message type")
      : misfit()
  }
  const message = decoded.success
  // Everybody who wrote in the group sees it; that is who the simulator knows of it.
  const members = isGroup
    ? [...state.opened].flatMap((key) => {
      const userid = key.startsWith(`${bot.robot.id}/group/${chatid}/`) ? key.split("/").at(-1) : undefined
      return userid === undefined ? [] : [findMember(bot.corp, userid)]
    }).filter((member) => member !== undefined)
    : [findMember(bot.corp, chatid)].filter((member) => member !== undefined)
  const held = takeTurn(state, { robot: bot.robot, chatid: isGroup ? chatid : undefined, userid: chatid }, now)
  if (held !== undefined) return held
  Conversation.deliver({ botId: bot.robot.id, corp: bot.corp, now, world }, {
    msgtype: message.msgtype,
    content: contentOf(message),
    chatid: isGroup ? chatid : undefined
  }, members)
  return undefined
}

const say = (
  world: World,
  state: State,
  called: Called,
  msgtype: string,
  content: Conversation.Content,
  now: number
): undefined | Refused => {
  const held = takeTurn(state, called, now)
  if (held === undefined) deliver(world, called, msgtype, content, now)
  return held
}

const deliver = (
  world: World,
  { chatid, corp, member, robot }: Called,
  msgtype: string,
  content: Conversation.Content,
  now: number
) => Conversation.deliver({ botId: robot.id, corp, now, world }, { msgtype, content, chatid }, [member])

/** At most 30 messages a minute and 1,000 an hour in one chat. */
const takeTurn = (
  state: State,
  chat:
    & { readonly robot: SmartRobot; readonly chatid: string | undefined }
    & (
      | { readonly member: Member }
      | { readonly userid: string }
    ),
  now: number
): Refused | undefined =>
  count(
    state,
    chatKey(chat.robot.id, chat.chatid, "member" in chat ? chat.member.user.userid : chat.userid),
    now
  )

const count = (state: State, key: string, now: number): Refused | undefined => {
  const times = (state.said.get(key) ?? []).filter((at) => at > now - hour)
  state.said.set(key, times)
  if (times.length >= 1000 || times.filter((at) => at > now - minute).length >= 30) {
    return new Refused(846607, "too many messages")
  }
  times.push(now)
  return undefined
}

const chatKey = (botId: string, chatid: string | undefined, userid: string): string =>
  chatid === undefined ? `${botId}/single/${userid}` : `${botId}/group/${chatid}`

/** The content of a message, under the key that its `msgtype` names. */
const contentOf = (message: { readonly msgtype: string }): Conversation.Content =>
  object(Object.entries(message).find(([name]) => name === message.msgtype)?.[1])

// ---------------------------------------------------------------------------------------------------------------------
// Uploads
// ---------------------------------------------------------------------------------------------------------------------

const sizes: { readonly [type: string]: number | undefined } = {
  file: 20 * 1024 * 1024,
  image: 10 * 1024 * 1024,
  video: 10 * 1024 * 1024,
  voice: 2 * 1024 * 1024
}

const maxPiece = 512 * 1024

const beginUpload = (
  world: World,
  state: State,
  bot: Bot,
  body: Frame["body"],
  now: number
): { readonly upload_id: string } | Refused => {
  const type = string(body["type"])
  const filename = string(body["filename"])
  const [size, chunks] = [Number(body["total_size"]), Number(body["total_chunks"])]
  const max = sizes[type]
  if (max === undefined) return new Refused(40004, "invalid media type")
  if (filename === "" || new TextEncoder().encode(filename).length > 256) return new Refused(40058, "invalid filename")
  if (!(size >= 5)) return new Refused(40006, "invalid file size")
  if (size > max) return new Refused(45001, "media size out of limit")
  if (!Number.isInteger(chunks) || chunks < 1 || chunks > 100 || chunks * maxPiece < size) {
    return new Refused(40058, "invalid total_chunks")
  }
  const held = count(state, `${bot.robot.id}/uploads`, now)
  if (held !== undefined) return held
  const upload_id = world.id("upload-")
  const md5 = string(body["md5"])
  state.uploads.set(upload_id, {
    type,
    filename,
    size,
    chunks,
    md5: md5 === "" ? undefined : md5,
    endsAt: now + uploadLife,
    pieces: new Map()
  })
  forgetOldest(state.uploads, 1000)
  return { upload_id }
}

const uploading = (state: State, body: Frame["body"], now: number): Uploading | Refused => {
  const upload = state.uploads.get(string(body["upload_id"]))
  return upload === undefined || upload.endsAt <= now ? new Refused(40058, "invalid upload_id") : upload
}

const takePiece = (state: State, body: Frame["body"], now: number): undefined | Refused => {
  const upload = uploading(state, body, now)
  if (upload instanceof Refused) return upload
  const index = body["chunk_index"]
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= upload.chunks) {
    return new Refused(40058, "invalid chunk_index")
  }
  const bytes = Base64.decode(string(body["base64_data"]))
  if (Result.isFailure(bytes)) return new Refused(40058, "invalid base64_data")
  if (bytes.success.length > maxPiece) return new Refused(45001, "chunk size out of limit")
  upload.pieces.set(index, bytes.success)
  return undefined
}

const finishUpload = (
  world: World,
  state: State,
  bot: Bot,
  body: Frame["body"],
  now: number
): Effect.Effect<object | Refused> =>
  Effect.gen(function*() {
    const upload = uploading(state, body, now)
    if (upload instanceof Refused) return upload
    if (upload.pieces.size < upload.chunks) return new Refused(40058, "chunks are missing")
    const bytes = new Uint8Array([...upload.pieces.values()].reduce((size, piece) => size + piece.length, 0))
    let at = 0
    for (let index = 0; index < upload.chunks; index++) {
      const piece = upload.pieces.get(index) ?? new Uint8Array()
      bytes.set(piece, at)
      at += piece.length
    }
    if (bytes.length !== upload.size) return new Refused(40006, "invalid file size")
    if (upload.md5 !== undefined) {
      const digest = yield* Digest.Digest.use(({ digestHex }) => digestHex(Digest.md5, bytes)).pipe(
        Effect.provide(Digest.layerWebCrypto)
      )
      if (digest !== upload.md5) return new Refused(40058, "md5 mismatch")
    }
    const media_id = world.id("media-")
    bot.corp.media.set(media_id, {
      type: upload.type,
      file: { filename: upload.filename, contentType: "application/octet-stream", bytes },
      endsAt: now + uploadedLife
    })
    return { type: upload.type, media_id, created_at: Math.floor(now / 1000) }
  })

// ---------------------------------------------------------------------------------------------------------------------
// The other direction
// ---------------------------------------------------------------------------------------------------------------------

/** What a member did, as a bot is told of it over its connection. */
export interface Callback extends Bot {
  readonly member: Member
  readonly chatid: string | undefined
  /** The fields of the event. */
  readonly fields: { readonly [name: string]: unknown }
  /** The card that was pressed. */
  readonly card?: Conversation.Received | undefined
}

/** Tells a bot what a member did; lost where it is not connected. */
export const callBack = (
  world: World,
  { card, chatid, corp, fields, member, robot }: Callback
): Effect.Effect<Outcome> =>
  Effect.gen(function*() {
    const state = stateOf(world)
    const now = yield* Clock.currentTimeMillis
    const { userid } = member.user
    state.opened.add(chatKey(robot.id, chatid, userid))
    if (chatid !== undefined) state.opened.add(`${chatKey(robot.id, chatid, userid)}/${userid}`)
    const connection = state.holders.get(robot.id)
    if (connection === undefined) return "nobody is connected"
    const reqId = world.id("req-")
    const eventtype = fields["msgtype"] === "event" ? string(object(fields["event"])["eventtype"]) : undefined
    forgetOldest(state.called, keepCalled)
    state.called.set(reqId, {
      corp,
      robot,
      member,
      chatid,
      at: now,
      eventtype,
      card,
      streams: new Map(),
      answered: false
    })
    yield* connection.write(Json.stringify({
      cmd: eventtype === undefined ? "aibot_msg_callback" : "aibot_event_callback",
      headers: { req_id: reqId },
      body: fields
    }))
    return "delivered"
  })

/** Writes the latest callback of a bot once more, with its msgid, as a server does that repeats itself. */
export const writeRaw = (world: World, botId: string, text: string): Effect.Effect<void> =>
  Effect.suspend(() => stateOf(world).holders.get(botId)?.write(text) ?? Effect.void)

/** Encrypts a file that a callback links to: where it lies, and its key. It is there for five minutes. */
export const shareFile = (
  world: World,
  filename: string,
  bytes: Uint8Array
): Effect.Effect<{ readonly url: string; readonly aeskey: string }> =>
  Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    const text = `${world.text(43)}=`
    const key = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    const pad = 32 - bytes.length % 32
    const padded = new Uint8Array(bytes.length + pad).fill(pad)
    padded.set(bytes)
    const encrypted = yield* Effect.promise(async () => {
      const imported = await crypto.subtle.importKey("raw", key, "AES-CBC", false, ["encrypt"])
      const whole = await crypto.subtle.encrypt({ name: "AES-CBC", iv: key.slice(0, 16) }, imported, padded)
      return new Uint8Array(whole, 0, whole.byteLength - 16)
    })
    const state = stateOf(world)
    const id = world.text(32)
    forgetOldest(state.media, 1000)
    state.media.set(id, { bytes: encrypted, filename, endsAt: now + mediaLife })
    return { url: `${world.origin}${mediaPath}${id}?sign=${world.text(16)}`, aeskey: text }
  })

/** Where the files of callbacks lie. */
export const mediaPath = "/aibot/media/"

/** The encrypted file of a URL, unless it has ended. */
export const findFile = (
  world: World,
  id: string,
  now: number
): { readonly bytes: Uint8Array; readonly filename: string } | undefined => {
  const found = stateOf(world).media.get(id)
  return found !== undefined && found.endsAt > now ? found : undefined
}

// ---------------------------------------------------------------------------------------------------------------------
// What a test may look at, and do
// ---------------------------------------------------------------------------------------------------------------------

/** Every connection so far, the oldest first. */
export const connections = (world: World): ReadonlyArray<BotConnection> =>
  stateOf(world).connections.map(({ at, botId, id, open, subscribed }) => ({ id, at, botId, open, subscribed }))

/** How often a bot has subscribed within the last minute, refusals included. */
export const subscriptions = (world: World, botId: string): number =>
  stateOf(world).subscriptions.get(botId)?.length ?? 0

/** How many frames came from bots. */
export const frames = (world: World): number => stateOf(world).frames

/** Whether a bot is connected and subscribed. */
export const isConnected = (world: World, botId: string): boolean => stateOf(world).holders.has(botId)

/** Breaks the connection of a bot. */
export const disconnect = (world: World, botId: string): Effect.Effect<void> =>
  Effect.suspend(() => stateOf(world).holders.get(botId)?.close(1011) ?? Effect.void)

/** Makes the connection of a bot one that is not subscribed, though its pings are answered. */
export const makeZombie = (world: World, botId: string): Effect.Effect<void> =>
  Effect.sync(() => {
    const holder = stateOf(world).holders.get(botId)
    if (holder !== undefined) holder.subscribed = false
  })

/** Makes frames go wrong. */
export const inject = (world: World, injection: BotInjection): Effect.Effect<void> =>
  Effect.sync(() => void stateOf(world).injections.push({ ...injection, left: injection.times ?? Infinity }))

/** No more faults. */
export const clearFaults = (world: World): Effect.Effect<void> =>
  Effect.sync(() => {
    stateOf(world).injections = []
  })

// ---------------------------------------------------------------------------------------------------------------------
// Helpers
// ---------------------------------------------------------------------------------------------------------------------

const findBot = (world: World, botId: string): Bot | undefined => {
  for (const corp of world.corps.values()) {
    const robot = corp.smartRobots.get(botId)
    if (robot !== undefined) return { corp, robot }
  }
  return undefined
}

const object = (value: unknown): { readonly [name: string]: unknown } =>
  // Objects of parsed JSON have string keys.
  typeof value === "object" && value !== null && !Array.isArray(value) ? value as { [name: string]: unknown } : {}

const string = (value: unknown): string => typeof value === "string" ? value : ""

const forgetOldest = (map: Map<string, unknown>, keep: number): void => {
  if (map.size < keep) return
  const oldest = map.keys().next()
  if (oldest.done !== true) map.delete(oldest.value)
}

/** The body of a frame without secrets and files. */
const journalled = (body: Frame["body"]): string =>
  Json.stringify({
    ...body,
    ...("secret" in body ? { secret: "<redacted>" } : {}),
    ...("base64_data" in body ? { base64_data: `<${string(body["base64_data"]).length} characters>` } : {})
  }).slice(0, 4000)
