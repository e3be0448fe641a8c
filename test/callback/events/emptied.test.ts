/**
 * Elements of events that are emptied, one at a time: leaves and what holds them, in XML (`<a/>`) and in the JSON of bots
 * (`null`, `""`, `[]`, `{}`). Whatever may be left out may be empty, and takes nothing with it but itself.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as CallbackEvent from "../../../src/callback/CallbackEvent.ts"
import * as Json from "../../../src/internal/callback/json.ts"
import * as Xml from "../../../src/internal/callback/xml.ts"
import { eventFixtures, fixtures, leaves, sharedSamples } from "../leaves.ts"

type Step = string | number

/** A document, which is changed in place. */
interface Document {
  readonly [step: Step]: unknown
}

const isJson = (text: string): boolean => text.startsWith("{")

const parse = (text: string): Document =>
  structuredClone(Result.getOrThrow<unknown, string>(isJson(text) ? Json.parse(text) : Xml.parse(text))) as Document

const decode = (text: string): CallbackEvent.CallbackEvent => Effect.runSync(CallbackEvent.fromText(text))

const texts = [...eventFixtures, ...fixtures(""), ...sharedSamples("callback")]
  .map(({ text }) => text.trim())
  .filter((text) => !/<Encrypt>|"encrypt"/i.test(text))
  .map((text) => ({ text, event: decode(text) }))
  .filter(({ event }) => event._tag !== "Unknown")

/** Every element and item below the root. */
const pathsOf = (node: unknown, path: ReadonlyArray<Step> = []): ReadonlyArray<ReadonlyArray<Step>> => [
  ...(path.length === 0 ? [] : [path]),
  ...(typeof node !== "object" || node === null ? [] : Array.isArray(node)
    ? node.flatMap((item, index) => pathsOf(item, [...path, index]))
    : Object.entries(node).flatMap(([name, child]) => pathsOf(child, [...path, name])))
]

const at = (document: Document, path: ReadonlyArray<Step>): Document =>
  path.reduce((node, step) => node[step] as Document, document)

const gone = Symbol("gone")

/** The text with something else in a place; `gone` for nothing at all. */
const changed = (text: string, path: ReadonlyArray<Step>, value: unknown): string => {
  const document = parse(text)
  const parent = at(document, path.slice(0, -1))
  const last = path.at(-1) ?? ""
  if (value !== gone) Reflect.set(parent, last, value)
  else if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else Reflect.deleteProperty(parent, last)
  return isJson(text) ? JSON.stringify(document) : Xml.stringify(document as Xml.XmlRecord)
}

const distinctions = new Set<Step>([
  "MsgType",
  "Event",
  "ChangeType",
  "InfoType",
  "UpdateDetail",
  "event_type",
  "msgtype",
  "eventtype"
])

/** What an event says; `undefined` for one whose values a check refuses to write. */
const said = (event: CallbackEvent.CallbackEvent): ReadonlySet<string> | undefined => {
  try {
    return new Set(leaves(event.toFields()).flatMap(([path, text]) => text === "" ? [] : [`${normal(path)}=${text}`]))
  } catch {
    return undefined
  }
}

const normal = (path: string): string => path.replaceAll(/\[\d+\]/g, "[]")

/** Every place of every event whose absence the event survives, with the event without it. */
const places = texts.flatMap(({ event, text }) =>
  pathsOf(parse(text)).flatMap((path) => {
    if (distinctions.has(path.at(-1) ?? "")) return []
    const without = decode(changed(text, path, gone))
    return without._tag === event._tag ? [{ text, path, tag: event._tag, without }] : []
  })
)

const nothings = (text: string, path: ReadonlyArray<Step>): ReadonlyArray<unknown> =>
  !isJson(text) ? [""] : typeof path.at(-1) === "number" ? [null, ""] : [null, "", [], {}]

describe("an element that may be left out", () => {
  it("is found in most events", () => {
    assert.isAtLeast(new Set(places.map(({ tag }) => tag)).size, 200)
    assert.isAbove(places.length, 1000)
    assert.isAbove(places.filter(({ tag }) => tag.startsWith("bot:")).length, 50)
  })

  it("may be empty: the event stays what it is", () => {
    const lost = places.flatMap(({ path, tag, text }) =>
      nothings(text, path).flatMap((value) =>
        decode(changed(text, path, value))._tag === tag ? [] : [`${tag} ${path.join("/")} = ${JSON.stringify(value)}`]
      )
    )
    assert.deepStrictEqual(lost, [])
  })

  it("takes nothing with it when it is empty", () => {
    const lost = places.flatMap(({ path, tag, text, without }) => {
      const rest = said(without)
      return nothings(text, path).flatMap((value) => {
        const left = said(decode(changed(text, path, value)))
        if (rest === undefined || left === undefined) return []
        return [...rest].filter((leaf) => !left.has(leaf)).map((leaf) =>
          `${tag} ${path.join("/")} = ${JSON.stringify(value)}: ${leaf.replace(/=.*/, "")}`
        )
      })
    })
    assert.deepStrictEqual([...new Set(lost)], [])
  })
})

describe("an item that cannot be read", () => {
  it("of a mixed message loses only itself", () => {
    const item = (item: string) =>
      `{"msgid":"m","aibotid":"b","from":{"userid":"u"},"msgtype":"mixed","mixed":{"msg_item":[` +
      `{"msgtype":"text","text":{"content":"first"}},${item},{"msgtype":"image","image":{"url":"https://x"}}]}}`
    const odd = [
      "{\"msgtype\":\"image\",\"image\":{}}",
      "{\"msgtype\":\"image\"}",
      "{\"msgtype\":\"text\",\"text\":null}",
      "{\"msgtype\":\"hologram\",\"hologram\":{\"x\":1}}",
      "{}",
      "null",
      "\"\""
    ]
    for (const each of odd) {
      const event = decode(item(each))
      assert.strictEqual(event._tag, "bot:mixed", each)
      if (event._tag !== "bot:mixed") continue
      const known = event.mixed.msg_item.filter(({ msgtype }) => msgtype !== "Unknown")
      assert.deepStrictEqual(known.map(({ msgtype }) => msgtype), ["text", "image"], each)
      assert.isAtMost(event.mixed.msg_item.length, 3)
    }
  })

  it("is told of by its place, without its value", () => {
    const event = decode(
      "{\"msgid\":\"m\",\"aibotid\":\"b\",\"from\":{\"userid\":\"u\"},\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}," +
        "\"quote\":{\"msgtype\":\"text\",\"text\":[]}}"
    )
    assert.strictEqual(event._tag, "bot:text")
    assert.deepStrictEqual(event.mended, ["quote"])
    assert.deepStrictEqual(decode(texts[0]?.text ?? "").mended, [])
  })
})
