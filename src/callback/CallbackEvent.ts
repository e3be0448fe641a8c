/**
 * Every event that WeCom calls back with: text in, typed event out.
 */
import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import { failure } from "../internal/callback/failure.ts"
import * as Json from "../internal/callback/json.ts"
import * as Xml from "../internal/callback/xml.ts"
import { type Fields, keysOf, Unknown } from "./EventDefinition.ts"
import * as families from "./events/catalogue.ts"

export { type Common, Event, type Header, Unknown } from "./EventDefinition.ts"
import { type CallbackError, MessageInvalid } from "./CallbackError.ts"

type Families = typeof families

/** The classes among what the families export: the rest are parts of events. */
type Events = {
  [Name in keyof Families as Families[Name] extends { readonly key: string } ? Name : never]: Families[Name]
}

/** Every declared event, by the name of its class. */
export const events: Events = Object.fromEntries(
  // Without a type of their values, which would be the union of all classes.
  Object.entries<unknown>(families).filter(([, exported]) => typeof exported === "function")
) as never // what is left is what `Events` names

/** Every declared event by its key. */
export type ByKey = { [Name in keyof Events as Events[Name]["key"]]: InstanceType<Events[Name]> }

/** The keys of the declared events, such as `text` or `event/click`. */
export type Key = keyof ByKey

/** A declared event. */
export type Known = ByKey[Key]

/** An event of a callback: a declared one, told apart by `_tag`, or {@link Unknown}. */
export type CallbackEvent = Known | Unknown

/**
 * Reads the decrypted XML of a callback.
 *
 * An event without a declaration, or one that does not fit its own, is an {@link Unknown} that keeps everything: the
 * only failure is `MessageInvalid`, for a text that is no such XML (a DOCTYPE is refused).
 */
export const fromXml = (text: string): Effect.Effect<CallbackEvent, CallbackError> =>
  decode("xml", Xml.parse(text), text)

/**
 * Reads the decrypted JSON of a callback: 智能机器人 and apps that are set to JSON.
 *
 * Integers that a number cannot hold become text. Fails with `MessageInvalid` as {@link fromXml} does.
 */
export const fromJson = (text: string): Effect.Effect<CallbackEvent, CallbackError> =>
  decode("json", Json.parse(text), text)

/** Reads a decrypted callback in whichever of the two formats it is. */
export const fromText = (text: string): Effect.Effect<CallbackEvent, CallbackError> =>
  isJson(text) ? fromJson(text) : fromXml(text)

/** Writes an event as the XML to encrypt, as WeCom does. Throws a `SchemaError` when a value does not fit. */
export const toXml = (event: CallbackEvent): string =>
  // What schemas of XML events encode to, and what was parsed from XML, are texts, numbers and elements.
  Xml.stringify(event.toFields() as Xml.XmlRecord)

/** Writes an event as the JSON to encrypt. Throws a `SchemaError` when a value does not fit. */
export const toJson = (event: CallbackEvent): string => Json.stringify(event.toFields())

const decode = (
  format: "xml" | "json",
  parsed: Result.Result<Fields, string>,
  raw: string
): Exit.Exit<CallbackEvent, CallbackError> =>
  Result.isSuccess(parsed)
    ? Exit.succeed(fromFields(parsed.success, raw))
    : Exit.fail(failure(new MessageInvalid({ format, problem: parsed.failure })))

const fromFields = (fields: Fields, raw: string): CallbackEvent => {
  const { byKey, parents } = registry()
  const keys = keysOf(fields)
  for (const key of keys) {
    const declared = byKey.get(key.toLowerCase())
    // An event whose changes have declarations of their own does not stand for a change that has none.
    if (declared !== undefined && (key === keys[0] || !parents.has(key.toLowerCase()))) {
      const decoded = declared.decode(fields, raw)
      return Result.isSuccess(decoded) ? decoded.success : new Unknown(fields, raw, decoded.failure)
    }
  }
  return new Unknown(fields, raw)
}

interface Declared {
  readonly key: string
  readonly decode: (fields: Fields, raw: string) => Result.Result<Known, Schema.SchemaError>
}

interface Registry {
  readonly byKey: ReadonlyMap<string, Declared>
  /** The keys that are the beginning of others. */
  readonly parents: ReadonlySet<string>
}

let registered: Registry | undefined

const registry = (): Registry =>
  registered ??= register(
    // Each class is compared with nothing here, which would be with all events for each: `Event` makes them what they are.
    Object.values<unknown>(events) as ReadonlyArray<Declared>
  )

const register = (declared: ReadonlyArray<Declared>): Registry => ({
  byKey: new Map(declared.map((event) => [event.key.toLowerCase(), event])),
  parents: new Set(declared.flatMap(({ key }) => {
    const parts = key.toLowerCase().split("/")
    return parts.map((_, index) => parts.slice(0, index).join("/"))
  }))
})

const isJson = (text: string): boolean => /^\s*\{/.test(text)
