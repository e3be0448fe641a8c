/**
 * Comparing callbacks leaf by leaf, whatever the order of their elements.
 */
import { Result } from "effect"
import { readdirSync, readFileSync } from "node:fs"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as Json from "../../src/internal/callback/json.ts"
import * as Xml from "../../src/internal/callback/xml.ts"
import { hasShared, sharedPath, sharedText } from "../support/shared.ts"

/** Every text of a document with the path of its elements; siblings are numbered, so that none is mistaken for another. */
export const leaves = (node: unknown, path = ""): ReadonlyArray<readonly [path: string, text: string]> => {
  if (Array.isArray(node)) return node.flatMap((item, index) => leaves(item, `${path}[${index}]`))
  if (typeof node === "object" && node !== null) {
    return Object.entries(node).flatMap(([name, child]) => leaves(child, `${path}/${name}`))
  }
  return [[path, `${node}`]]
}

/** The leaves of a text by path; `respell` gives elements their present names. */
export const leavesOf = (text: string, respell: (name: string) => string = (name) => name): Map<string, string> =>
  new Map(
    leaves(Result.getOrThrow<unknown, string>(isJson(text) ? Json.parse(text) : Xml.parse(text))).map((
      [path, text]
    ) => [
      path.replaceAll(/[^/[\]]+/g, respell),
      text
    ])
  )

/** The leaves that two texts do not share: numbers are equal by value, event names in any case. */
export const differences = (
  expected: ReadonlyMap<string, string>,
  actual: ReadonlyMap<string, string>
): ReadonlyArray<string> =>
  [...new Set([...expected.keys(), ...actual.keys()])].flatMap((path) => {
    const [before, after] = [expected.get(path), actual.get(path)]
    const same = before === after || (path === "/Event" && before?.toLowerCase() === after?.toLowerCase()) ||
      (isNumber(before) && isNumber(after) && Number(before) === Number(after) &&
        Number.isSafeInteger(Math.trunc(Number(before))))
    return same ? [] : [`${path}: ${before} became ${after}`]
  })

const isNumber = (text: string | undefined): text is string => text !== undefined && /^-?\d+(\.\d+)?$/.test(text)

const isJson = (text: string): boolean => /^\s*\{/.test(text)

/** Element names that are read in two spellings, and written in one of them. */
const spellings: { readonly [name: string]: string } = {
  OpitonIds: "OptionIds",
  OpitonId: "OptionId",
  AgentId: "AgentID",
  ItemUserid: "ItemUserId",
  approverstep: "ApproverStep"
}

/** What an event that was read from a text no longer says, or says otherwise, when it is written again. */
export const lost = (text: string, event: CallbackEvent.CallbackEvent): ReadonlyArray<string> => {
  const again = isJson(text) ? CallbackEvent.toJson(event) : CallbackEvent.toXml(event)
  const respell = (name: string) => spellings[name] ?? name
  return differences(leavesOf(text, respell), leavesOf(again, respell))
}

/** The project's own callbacks of every event that has no fixture of its own. */
export const eventFixtures: ReadonlyArray<{ readonly key: string; readonly text: string }> = readFileSync(
  new URL("../fixtures/events.jsonl", import.meta.url),
  "utf8"
).trim().split("\n").map((line) => JSON.parse(line))

interface IndexEntry {
  readonly file: string
  readonly kind: string
  readonly event?: string
}

/** The shared samples of one kind, with their event key. */
export const sharedSamples = (
  kind: "callback" | "reply"
): ReadonlyArray<{ file: string; event: string; text: string }> =>
  hasShared
    ? (JSON.parse(sharedText("wecom/samples/index.json")) as ReadonlyArray<IndexEntry>)
      .filter((entry) => entry.kind === kind)
      .map(({ event, file }) => ({
        file,
        event: event ?? "",
        text: readFileSync(sharedPath(`wecom/samples/${file}`), "utf8")
      }))
    : []

/** The project's own fixtures in a folder. */
export const fixtures = (folder: string): ReadonlyArray<{ file: string; text: string }> => {
  const url = new URL(`../fixtures/callbacks/${folder}`, import.meta.url)
  return readdirSync(url).filter((file) => /\.(xml|json)$/.test(file) && file !== "vectors.json").map((file) => ({
    file,
    text: readFileSync(new URL(file, `${url}`.endsWith("/") ? url : `${url}/`), "utf8")
  }))
}

/** One fixture. */
export const fixture = (file: string): string =>
  readFileSync(new URL(`../fixtures/callbacks/${file}`, import.meta.url), "utf8")
