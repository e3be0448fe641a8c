/**
 * Drafts the declarations of events from the reference data beside the project: of one key, or of all that begin with it.
 */
import { type EventTree, type Fields, type Node, readEvents } from "./reference.ts"

/** What every event of a kind has: it is not declared. */
const header = new Set(
  ("ToUserName FromUserName CreateTime MsgType MsgId AgentID AgentId Event ChangeType UpdateDetail InfoType SuiteId " +
    "AuthCorpId TimeStamp msgid aibotid chatid chattype from create_time response_url msgtype id").split(" ")
)

const schemaOf = (node: Node, indent: string): string => {
  if (node.list === "comma") return "CallbackWire.commas(Schema.String)"
  if (node.unixSeconds === true) return "Wire.time"
  switch (node.type) {
    case "array": {
      const item = node.items === undefined ? "Schema.String" : schemaOf(node.items, indent)
      return node.list === "wrapper"
        ? `CallbackWire.wrapped(${JSON.stringify(node.item)}, ${item})`
        : `CallbackWire.repeated(${item})`
    }
    case "object":
      return `Schema.Struct({\n${fieldsOf(node.fields ?? {}, `${indent}  `)}\n${indent}})`
    case "integer":
      return node.exceedsDouble === true ? "Wire.id" : "Wire.int"
    case "number":
      return "Wire.number"
    default:
      return "Schema.String"
  }
}

/** Lists are empty where they are absent; texts may be empty, which other values may not. */
const fieldsOf = (fields: Fields, indent: string): string =>
  Object.entries(fields).map(([name, node]) => {
    const schema = schemaOf(node, indent)
    const leaf = node.type === "string"
    const optional = node.optional === true && node.type !== "array" && node.list === undefined
    return `${indent}${name}: ${optional ? `${leaf ? "Wire" : "CallbackWire"}.optional(${schema})` : schema}`
  }).join(",\n")

/** A name to start from: the words of the key, without its kind. */
const nameOf = (key: string): string =>
  key.replace(/^\w+[/:]/, "").split(/[^A-Za-z]+/).map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(
    ""
  )

const draft = (key: string, { docs, fields, name_zh }: EventTree): string => {
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !header.has(name)))
  const body = Object.keys(own).length === 0 ? "{}" : `{\n${fieldsOf(own, "  ")}\n}`
  const name = nameOf(key)
  return [
    "/**",
    ` * ${name_zh}: TODO when it is sent.`,
    ...docs.slice(0, 1).map((id) => ` * @see https://developer.work.weixin.qq.com/document/path/${id}`),
    " */",
    `export class ${name} extends Event<${name}>()(${JSON.stringify(key)}, () => (${body})) {}`
  ].join("\n")
}

/** The drafts of all events whose key is one of the words, or begins with one. */
export const draftEvents = (root: string, words: ReadonlyArray<string>): ReadonlyArray<string> =>
  [...readEvents(root)].filter(([key]) => words.some((word) => key === word || key.startsWith(`${word}/`))).map(
    ([key, tree]) => draft(key, tree)
  )
