/**
 * Every event of the reference data is declared, and every sample of one is read without losing an element: what is
 * written again comes from the values that were read.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as CallbackEvent from "../../../src/callback/CallbackEvent.ts"
import * as KfReceived from "../../../src/customer-service/KfReceived.ts"
import { needsShared, sharedText } from "../../support/shared.ts"
import { eventFixtures, lost, sharedSamples } from "../leaves.ts"

interface Tree {
  readonly family: string
  readonly docs: ReadonlyArray<number>
}

const trees = (): ReadonlyMap<string, Tree> => new Map(Object.entries(JSON.parse(sharedText("wecom/events.json"))))

const declared = new Map<string, string>(
  Object.entries(CallbackEvent.events).map(([name, event]) => [event.key, name])
)

/** Declared from the documents alone: the reference data does not list them. */
const beyond = [
  "InfoType/change_external_chat/update/change_name",
  "InfoType/change_external_chat/update/change_notice",
  "InfoType/change_external_chat/update/change_owner",
  "InfoType/change_external_chat/update/del_member",
  "InfoType/customer_acquisition/change_price"
]

/** Samples of no event that can arrive. */
const nothing: { readonly [event: string]: string } = {
  "event/change_external_chat": "the change type is left out",
  "event/smart_sheet_change/update_field_or_record": "a placeholder in place of the change type",
  "event/wedrive_file_change/xxx_file": "a placeholder in place of the change type"
}

describe("events", () => {
  it("every one of the reference data is declared, in the vendor's spelling", (context) => {
    needsShared(context)
    // What `KfMessages.sync` answers are no callbacks: they are declared as variants of its answer.
    const answered = [
      KfReceived.EnterSession,
      KfReceived.MessageSendFailed,
      KfReceived.ServicerStatusChanged,
      KfReceived.SessionStatusChanged,
      KfReceived.CustomerRecalled,
      KfReceived.ServicerRecalled,
      KfReceived.RejectSwitchChanged
    ].map(({ fields }) => `kf.sync_msg:event/${fields.event_type.literal}`)
    assert.sameMembers([...declared.keys(), ...answered], [...trees().keys(), ...beyond])
    assert.strictEqual(trees().size, 296)
  })

  describe("shared samples, leaf by leaf", () => {
    const samples = sharedSamples("callback").filter(({ event }) => event !== "encrypt-envelope")

    it("are there", (context) => {
      needsShared(context)
      const kinds = Map.groupBy(samples, ({ file }) => file.slice(file.lastIndexOf(".") + 1))
      console.log(`callback samples: ${kinds.get("xml")?.length} in XML, ${kinds.get("json")?.length} in JSON`)
      assert.isAtLeast(samples.length, 270)
      const strange = samples.map(({ event }) => event).filter((event) => nothing[event] !== undefined)
      assert.sameMembers(strange, Object.keys(nothing))
    })

    it.effect.each([...samples])("$file", ({ event: key, text }) =>
      Effect.gen(function*() {
        const event = yield* CallbackEvent.fromText(text)
        assert.deepStrictEqual(lost(text, event), [])
        assert.strictEqual(event.raw, text)
        if (nothing[key] !== undefined) return assert.strictEqual(event._tag, "Unknown")
        assert.strictEqual(event._tag.toLowerCase(), key.toLowerCase())
        assert.strictEqual(event.header.key, event._tag)
      }))
  })

  describe("own fixtures, leaf by leaf", () => {
    it.effect.each([...eventFixtures])("$key", ({ key, text }) =>
      Effect.gen(function*() {
        const event = yield* CallbackEvent.fromText(text)
        assert.strictEqual(event._tag, key)
        assert.deepStrictEqual(lost(text, event), [])
        const again = yield* CallbackEvent.fromXml(CallbackEvent.toXml(event))
        assert.deepStrictEqual({ ...again }, { ...event })
      }))
  })

  describe("what they say of themselves", () => {
    const folder = fileURLToPath(new URL("../../../src/callback/events/", import.meta.url))

    /** The comment before each class, and that at the head of its file. */
    const documented = globSync("*.ts", { cwd: folder }).flatMap((file) => {
      const text = readFileSync(`${folder}${file}`, "utf8")
      const head = /^\/\*\*([\s\S]*?)\*\//.exec(text)?.[1] ?? ""
      return [...text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\nexport class (\w+)\s+extends Event/g)].map(
        ([, comment = "", name = ""]) => ({ name, comment, head })
      )
    })

    it("each has its official name", () => {
      assert.sameMembers(documented.map(({ name }) => name), [...declared.values()])
      const unnamed = documented.filter(({ comment }) => !/^\s*\*?\s*\p{Script=Han}|^\s*\*?\s*PSTN/u.test(comment))
      assert.deepStrictEqual(unnamed.map(({ name }) => name), [])
    })

    it("links lead to the document of the event", (context) => {
      needsShared(context)
      const keys = new Map([...declared].map(([key, name]) => [name, key]))
      const linked = (comment: string) => [...comment.matchAll(/document\/path\/(\d+)/g)].map(([, id]) => Number(id))
      const strange = documented.flatMap(({ comment, head, name }) => {
        const docs = trees().get(keys.get(name) ?? "")?.docs ?? []
        const own = linked(comment)
        const links = own.length > 0 ? own : linked(head)
        return docs.length === 0 || links.some((id) => docs.includes(id)) ? [] : [`${name}: ${links} of ${docs}`]
      })
      assert.deepStrictEqual(strange, [])
    })
  })
})

describe("a schema", () => {
  it("is not built before an event of its kind arrives", () => {
    let built = 0
    class Lazy extends CallbackEvent.Event<Lazy>()("event/lazy", () => {
      built++
      return { Field: Schema.String }
    }) {}
    assert.strictEqual(built, 0)
    const fields = { ToUserName: "ww", FromUserName: "sys", CreateTime: "1", Field: "x" }
    assert.isTrue(Lazy.decode(fields, "")._tag === "Success" && Lazy.decode(fields, "")._tag === "Success")
    assert.strictEqual(built, 1)
  })
})
