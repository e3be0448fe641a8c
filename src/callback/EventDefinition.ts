/**
 * How a callback event is declared: a key, and the fields that come with it.
 *
 * ```ts
 * export class MenuClicked extends Event<MenuClicked>()("event/click", () => ({
 *   EventKey: Schema.String
 * })) {}
 * ```
 *
 * From the key follow the header fields and the elements that tell the event apart (`MsgType`, `Event`, `ChangeType`,
 * `UpdateDetail`, `InfoType`); they are not declared. The fields are a thunk: nothing is built until the first event
 * of the kind arrives. One declaration reads events (the router) and writes them (the simulator).
 */
import * as Cause from "effect/Cause"
import * as DateTime from "effect/DateTime"
import * as Exit from "effect/Exit"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as Json from "../internal/callback/json.ts"
import * as Xml from "../internal/callback/xml.ts"
import { type Lenient, lenient } from "../internal/wire/mend.ts"
import * as Wire from "../Wire.ts"
import * as CallbackWire from "./CallbackWire.ts"

/** Who and what an event is about, the same for every kind: safe to log, for it never holds message content. */
export interface Header {
  /** The routing key, such as `text`, `event/click` or `InfoType/suite_ticket`. */
  readonly key: string
  /** The corp it happened in: `ToUserName`, or `AuthCorpId` (of orders `PaidCorpId`) of a third-party event. */
  readonly corpId: string | undefined
  /** The third-party suite it was sent to. */
  readonly suiteId: string | undefined
  /** The app it was sent to. */
  readonly agentId: number | undefined
  /** The 智能机器人 it was sent to. */
  readonly botId: string | undefined
  /** Who caused it; `sys` when WeCom itself did. */
  readonly userId: string | undefined
  /** When it happened, to the second. */
  readonly createTime: DateTime.Utc | undefined
  /** The id of a message, 64-bit digits as text; events have none. */
  readonly messageId: string | undefined
}

/** An event as it travels: elements by name, or a JSON object. */
export interface Fields {
  readonly [name: string]: unknown
}

/** What every event, known or not, has in common. Its printed forms (`toString`, JSON, inspect) show the header alone. */
export interface Common {
  /** The key it was declared with, or `Unknown`. */
  readonly _tag: string
  /** The routing key: the declared one in its official spelling, or what an unknown event came with. */
  readonly key: string
  /** Who and what it is about. */
  readonly header: Header
  /** The decrypted text it came as; for an event made here, the text it is sent as. */
  readonly raw: string
  /**
   * The same for every delivery of one event, different for different ones: of a message its id with who sent it when and
   * where; of an event, which has no id, the header with a hash of the whole text, so that two of one member in one second stay two.
   */
  readonly dedupeKey: string
  /** The places whose value had to be mended to be read, such as `ApprovalInfo.Notifyer`: most often none. */
  readonly mended: ReadonlyArray<string>
  /** The elements to send: values are encoded and checked. Throws a `SchemaError` when one does not fit. */
  toFields(): Fields
  /** The header, without what is absent. */
  toJSON(): unknown
}

interface Source {
  readonly fields: Fields
  readonly raw: string
  readonly mended: ReadonlyArray<string>
}

abstract class Base implements Common {
  abstract readonly _tag: string
  abstract readonly key: string
  abstract toFields(): Fields

  readonly #source: Source | undefined
  #header: Header | undefined

  constructor(source: Source | undefined) {
    this.#source = source
  }

  get header(): Header {
    return this.#header ??= headerOf(this.key, this.#source?.fields ?? this.toFields())
  }

  get raw(): string {
    return this.#source?.raw ?? stringify(this.toFields())
  }

  get mended(): ReadonlyArray<string> {
    return this.#source?.mended ?? []
  }

  get dedupeKey(): string {
    const { agentId, botId, corpId, createTime, key, messageId, suiteId, userId } = this.header
    const scope = suiteId ?? botId ?? corpId
    const time = createTime === undefined ? undefined : seconds(createTime)
    const parts = messageId === undefined
      ? [key, scope, userId, time, hash(this.raw)]
      : ["message", scope, agentId, userId, time, messageId]
    return parts.map((part) => `${part ?? ""}`.replaceAll(/[%:]/g, encodeURIComponent)).join(":")
  }

  toJSON(): unknown {
    const { createTime, ...header } = this.header
    return {
      _id: "CallbackEvent",
      ...Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined)),
      ...(createTime === undefined ? {} : { createTime: DateTime.formatIso(createTime) })
    }
  }

  toString(): string {
    return JSON.stringify(this.toJSON())
  }

  [Inspectable.NodeInspectSymbol](): unknown {
    return this.toJSON()
  }
}

/** The class that a declaration makes. */
export interface EventClass<Self, Key extends string, F extends Schema.Struct.Fields> {
  /** An event to send, as the simulator does: what the key says is not repeated. */
  new(fields: Schema.Struct.Type<F>): Instance<Key, F>
  /** The routing key, in its official spelling. */
  readonly key: Key
  /** All fields, those of the header included; built on first use. */
  readonly schema: Schema.Struct<F>
  /** Reads the elements of an event of this key. */
  readonly decode: (fields: Fields, raw: string) => Result.Result<Self, Schema.SchemaError>
}

/** An instance of a declared event. */
export type Instance<Key extends string, F extends Schema.Struct.Fields> =
  & Common
  & { readonly _tag: Key; readonly key: Key }
  & Schema.Struct.Type<F>

/** What else can be said about an event. */
export interface Options {
  /** Element names that older servers spell otherwise, at any depth: the old spelling and the present one. */
  readonly spellings?: { readonly [old: string]: string }
}

/** Declares an event: its key, and its fields beside those of the header. A field of the header can be redeclared. */
export const Event = <Self = never>() =>
<const Key extends string, F extends Schema.Struct.Fields>(
  key: Key,
  fields: () => F,
  options?: Options
): EventClass<Self, Key, Omit<HeaderFields<Key>, keyof F> & F> => {
  const kind = kindOf(key)
  const distinction = kind.distinction(key)
  let schema: Schema.Struct<Schema.Struct.Fields> | undefined
  let decodeFields: Lenient | undefined
  let encodeFields: ((input: unknown) => Result.Result<object, Schema.SchemaError>) | undefined

  class Declared extends Base {
    static readonly key = key

    static get schema() {
      return schema ??= Schema.Struct({ ...kind.header(), ...fields() })
    }

    static decode(input: Fields, raw: string) {
      // The header and the declared fields need no services: they are plain wire shapes.
      decodeFields ??= lenient(Declared.schema as unknown as Schema.Codec<object>)
      const spelt = options?.spellings === undefined ? input : respell(input, options.spellings) as Fields
      try {
        const { exit, mended } = decodeFields(withAgentId(spelt))
        return Exit.isSuccess(exit)
          ? Result.succeed(new this(exit.value as object, { fields: input, raw, mended })) // a struct's values
          : Result.fail(issueOf(exit))
      } catch (defect) {
        if (defect instanceof RangeError) return Result.fail(nestedTooDeeply)
        throw defect
      }
    }

    declare readonly _tag: Key
    declare readonly key: Key

    constructor(values: object, source?: Source) {
      super(source)
      Object.assign(this, values)
    }

    toFields(): Fields {
      encodeFields ??= Schema.encodeUnknownResult(Declared.schema as unknown as Schema.Codec<object>)
      return merge(distinction, Result.getOrThrow(encodeFields(this)))
    }
  }
  Object.defineProperty(Declared.prototype, "_tag", { value: key, enumerable: true })
  Object.defineProperty(Declared.prototype, "key", { value: key, enumerable: true })
  // The instance type is made of the declared fields, which TypeScript cannot follow through Object.assign.
  return Declared as never
}

/** An event that has no declaration, or does not fit it: everything it came with is kept. */
export class Unknown extends Base {
  readonly _tag = "Unknown"

  readonly key: string
  /** All its elements: text, nested elements, arrays of them. */
  readonly fields: Fields
  /** Why a declared event was not decoded; `undefined` when its key is unknown. Names fields, never their values. */
  readonly decodeIssue: Schema.SchemaError | undefined

  constructor(fields: Fields, raw: string, decodeIssue?: Schema.SchemaError) {
    super({ fields, raw, mended: [] })
    this.fields = fields
    this.key = keysOf(fields)[0]
    this.decodeIssue = decodeIssue
  }

  /** Reads it as an event of your own declaration. */
  decodeAs<Self>(
    event: { readonly decode: (fields: Fields, raw: string) => Result.Result<Self, Schema.SchemaError> }
  ): Result.Result<Self, Schema.SchemaError> {
    return event.decode(this.fields, this.raw)
  }

  toFields(): Fields {
    return this.fields
  }
}

/** The keys an event may be declared under, the most specific first. */
export const keysOf = (fields: Fields): readonly [string, ...Array<string>] => {
  const infoType = text(fields, "InfoType")
  if (infoType !== "") return withChanges(`InfoType/${infoType}`, fields)
  const msgType = text(fields, "MsgType")
  if (msgType.toLowerCase() === "event") return withChanges(`event/${text(fields, "Event")}`, fields)
  if (msgType !== "") return [msgType]
  const botType = text(fields, "msgtype")
  if (botType === "event") return [`bot:event/${text(object(fields, "event"), "eventtype")}`]
  if (botType !== "") return [`bot:${botType}`]
  const eventType = text(fields, "event_type")
  return eventType === "" ? [""] : [`resource/${eventType}`, `resource/${eventType.split(".")[0]}.*`]
}

// ---------------------------------------------------------------------------------------------------------------------
// The kinds of keys
// ---------------------------------------------------------------------------------------------------------------------

interface Kind {
  readonly header: () => Schema.Struct.Fields
  /** The elements that the key stands for. */
  readonly distinction: (key: string) => Fields
}

const messageHeader = () => ({
  /** The corp id. */
  ToUserName: Schema.String,
  /** The member's userid. */
  FromUserName: Schema.String,
  CreateTime: Wire.time,
  /** The app's id. */
  AgentID: CallbackWire.optional(Wire.int),
  /** The message's id, 64-bit digits as text. */
  MsgId: Wire.id
})

const eventHeader = () => ({
  /** The corp id. */
  ToUserName: Schema.String,
  /** The member's userid, or `sys`. */
  FromUserName: Schema.String,
  CreateTime: Wire.time,
  /** The app's id. */
  AgentID: CallbackWire.optional(Wire.int)
})

const suiteHeader = () => ({
  ...Wire.optionals({
    /** The third-party suite's id. */
    SuiteId: Schema.String,
    /** The provider's corp id. */
    ServiceCorpId: Schema.String,
    /** The corp that authorised the suite. */
    AuthCorpId: Schema.String
  }),
  TimeStamp: Wire.time,
  /** The app's id. */
  AgentID: CallbackWire.optional(Wire.int)
})

/** 会话类型: where a bot was written to. */
export const ChatType = Wire.oneOf({ Single: ["single", "单聊"], Group: ["group", "群聊"] })

const botHeader = () => ({
  msgid: Schema.String,
  /** The bot's id. */
  aibotid: Schema.String,
  ...Wire.optionals({
    /** The group chat's id; absent in a single chat. */
    chatid: Schema.String,
    chattype: ChatType.schema
  }),
  from: Schema.Struct({ userid: Schema.String, corpid: Wire.optional(Schema.String) }),
  ...Wire.optionals({
    create_time: Wire.time,
    /** Where one more reply may be posted, within an hour, once. */
    response_url: Wire.secret,
    /** What a reply over the long connection refers to; absent where the bot has a callback URL. */
    req_id: Schema.String
  })
})

const resourceHeader = () => ({
  id: Schema.String,
  /** RFC 3339. */
  create_time: Schema.String
})

/** The header fields of a key's kind. */
export type HeaderFields<Key extends string> = Key extends `event/${string}` ? ReturnType<typeof eventHeader>
  : Key extends `InfoType/${string}` ? ReturnType<typeof suiteHeader>
  : Key extends `bot:${string}` ? ReturnType<typeof botHeader>
  : Key extends `resource/${string}` ? ReturnType<typeof resourceHeader>
  : ReturnType<typeof messageHeader>

const kindOf = (key: string): Kind => {
  if (key.startsWith("event/")) {
    return { header: eventHeader, distinction: (key) => ({ MsgType: "event", ...changes("Event", key.slice(6)) }) }
  }
  if (key.startsWith("InfoType/")) {
    return { header: suiteHeader, distinction: (key) => changes("InfoType", key.slice(9)) }
  }
  if (key.startsWith("bot:event/")) {
    return { header: botHeader, distinction: (key) => ({ msgtype: "event", event: { eventtype: key.slice(10) } }) }
  }
  if (key.startsWith("bot:")) return { header: botHeader, distinction: (key) => ({ msgtype: key.slice(4) }) }
  if (key.startsWith("resource/")) {
    return { header: resourceHeader, distinction: (key) => key.endsWith("*") ? {} : { event_type: key.slice(9) } }
  }
  return { header: messageHeader, distinction: (key) => ({ MsgType: key }) }
}

const changes = (first: string, path: string): Fields => {
  const [event, changeType, updateDetail] = path.split("/")
  return {
    [first]: event,
    ...(changeType === undefined ? {} : { ChangeType: changeType }),
    ...(updateDetail === undefined ? {} : { UpdateDetail: updateDetail })
  }
}

const withChanges = (base: string, fields: Fields): readonly [string, ...Array<string>] => {
  const changeType = text(fields, "ChangeType")
  if (changeType === "") return [base]
  const changed = `${base}/${changeType}`
  const updateDetail = text(fields, "UpdateDetail")
  return updateDetail === "" ? [changed, base] : [`${changed}/${updateDetail}`, changed, base]
}

const headerOf = (key: string, fields: Fields): Header => {
  const from = object(fields, "from")
  const time = number(fields, "CreateTime") ?? number(fields, "TimeStamp") ?? number(fields, "create_time")
  const bot = optionalText(fields, "aibotid")
  // An event that names a message is not that message.
  const isMessage = !key.startsWith("event/") && !key.startsWith("InfoType/")
  return {
    key,
    corpId: optionalText(fields, "ToUserName") ?? optionalText(fields, "AuthCorpId") ??
      optionalText(fields, "PaidCorpId") ?? optionalText(from, "corpid"),
    suiteId: optionalText(fields, "SuiteId"),
    agentId: number(fields, "AgentID") ?? number(fields, "AgentId"),
    botId: bot,
    userId: optionalText(fields, "FromUserName") ?? optionalText(from, "userid"),
    createTime: time === undefined ? undefined : Option.getOrUndefined(DateTime.make(time * 1000)),
    messageId: bot === undefined ? isMessage ? optionalText(fields, "MsgId") : undefined : optionalText(fields, "msgid")
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Helpers
// ---------------------------------------------------------------------------------------------------------------------

const text = (fields: Fields, name: string): string => optionalText(fields, name) ?? ""

const optionalText = (fields: Fields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? `${value}` : undefined
}

const number = (fields: Fields, name: string): number | undefined => {
  const value = optionalText(fields, name)
  const parsed = value === undefined ? undefined : Number(value)
  return Number.isSafeInteger(parsed) ? parsed : undefined
}

const object = (fields: Fields, name: string): Fields => {
  const value = fields[name]
  // Objects of parsed XML and JSON have string keys.
  return typeof value === "object" && value !== null ? value as Fields : {}
}

const nestedTooDeeply = new Schema.SchemaError(new SchemaIssue.InvalidValue({ message: "it is nested too deeply" }))

const issueOf = ({ cause }: Exit.Failure<unknown, Schema.SchemaError>): Schema.SchemaError =>
  Option.getOrElse(Cause.findErrorOption(cause), () => nestedTooDeeply)

/** Both spellings of the agent id become one. */
const withAgentId = (fields: Fields): Fields =>
  fields.AgentId === undefined || fields.AgentID !== undefined ? fields : { ...fields, AgentID: fields.AgentId }

const respell = (value: unknown, spellings: { readonly [old: string]: string }): unknown => {
  if (Array.isArray(value)) return value.map((item) => respell(item, spellings))
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
      Object.entries(value).map(([name, content]) => [spellings[name] ?? name, respell(content, spellings)])
    )
    : value
}

/** The elements of the key and those of the event; both may say something about `event`, as bot events do. */
const merge = (distinction: Fields, encoded: object): Fields => {
  const fields: Fields = { ...distinction, ...encoded }
  return typeof distinction.event === "object"
    ? { ...fields, event: { ...object(distinction, "event"), ...object(fields, "event") } }
    : fields
}

const isBot = (fields: Fields): boolean => fields.msgtype !== undefined

const stringify = (fields: Fields): string =>
  // What schemas of XML events encode to, and what was parsed from XML, are texts, numbers and elements.
  isBot(fields) ? Json.stringify(fields) : Xml.stringify(fields as Xml.XmlRecord)

const seconds = (time: DateTime.Utc): number => Math.floor(DateTime.toEpochMillis(time) / 1000)

/** 53 bits over the text (cyrb53): enough beside the header, which is part of every key. */
const hash = (text: string): string => {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16)
}
