/**
 * What the vendor may do to an event without a document: new values, elements that are empty or left out, CDATA or not,
 * other cases of names. None of it takes a typed event away from its handler.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as CallbackEvent from "../../../src/callback/CallbackEvent.ts"
import { eventFixtures, fixtures, sharedSamples } from "../leaves.ts"

const decode = (text: string): CallbackEvent.CallbackEvent => Effect.runSync(CallbackEvent.fromXml(text))

/** Every known event in XML, with its declared key. */
const texts = [...eventFixtures, ...fixtures(""), ...sharedSamples("callback")]
  .map(({ text }) => text.trim())
  .filter((text) => text.startsWith("<") && !text.includes("<Encrypt>"))
  .map((text) => ({ text, tag: decode(text)._tag }))
  .filter(({ tag }) => tag !== "Unknown")

interface Leaf {
  readonly name: string
  readonly value: string
  /** The text with something in place of the element. */
  readonly replaced: (element: string) => string
}

/** The innermost elements. */
const leavesOf = (text: string): ReadonlyArray<Leaf> =>
  [...text.matchAll(/<([A-Za-z_]+)>\s*(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<>]*))\s*<\/\1>/g)].map((match) => {
    const [element, name = "", inCdata, bare = ""] = match
    return {
      name,
      value: inCdata ?? bare,
      replaced: (other) => text.slice(0, match.index) + other + text.slice(match.index + element.length)
    }
  })

const distinctions = new Set(["MsgType", "Event", "ChangeType", "InfoType", "UpdateDetail", "event_type"])

/** Elements whose text is a list of numbers, or holds elements: other texts are no new values of them. */
const structured = new Set(["Department", "AddPartyItems", "DelPartyItems", "ExtraInfo"])

/** Numbers without which the element around them is left empty: that one may be left out, not they. */
const onlyChildren = new Set(["GroupId", "Edition"])

/** The mutations after which an event is another one than it was. */
const changed = (mutate: (leaf: Leaf, text: string, tag: string) => ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(
    texts.flatMap(({ tag, text }) =>
      leavesOf(text).flatMap((leaf) =>
        mutate(leaf, text, tag).some((mutated) => decode(mutated)._tag !== tag) ? [`${tag}: ${leaf.name}`] : []
      )
    )
  )
]

describe("an event stays what it is", () => {
  it("there are events of nearly every kind", () => {
    assert.isAbove(new Set(texts.map(({ tag }) => tag)).size, 270)
  })

  it("whatever new value an element has", () => {
    assert.deepStrictEqual(
      changed(({ name, replaced, value }) =>
        distinctions.has(name) || structured.has(name)
          ? []
          : [replaced(`<${name}>${/^-?\d+(\.\d+)?$/.test(value.trim()) ? 77 : "brand_new"}</${name}>`)]
      ),
      []
    )
  })

  it("in CDATA and without, with blanks around it", () => {
    assert.deepStrictEqual(
      changed(({ name, replaced, value }) => [
        replaced(`<${name}><![CDATA[${value}]]></${name}>`),
        replaced(`<${name}>\n  <![CDATA[${value}]]>\n</${name}>`),
        ...(/[<&]/.test(value)
          ? []
          : [replaced(`<${name}>${value}</${name}>`), replaced(`<${name}> ${value} </${name}>`)])
      ]),
      []
    )
  })

  it("in any case of its key", () => {
    assert.deepStrictEqual(
      changed(({ name, replaced, value }) =>
        distinctions.has(name)
          ? [value.toUpperCase(), value.toLowerCase()].map((other) => replaced(`<${name}>${other}</${name}>`))
          : []
      ),
      []
    )
  })

  it("with an element that is empty, if it may be left out", () => {
    assert.deepStrictEqual(
      changed(({ name, replaced }, _, tag) =>
        distinctions.has(name) || onlyChildren.has(name) || decode(replaced(""))._tag !== tag
          ? []
          : [replaced(`<${name}></${name}>`), replaced(`<${name}/>`), replaced(`<${name}><![CDATA[]]></${name}>`)]
      ),
      []
    )
  })
})
