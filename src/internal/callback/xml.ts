/** The XML of callbacks and of WeChat Pay: elements and text, nothing else. The only module that knows `fast-xml-parser`. */
import * as Result from "effect/Result"
import { XMLParser } from "fast-xml-parser"

/** An element's content: its text, or its children by name; siblings of one name become an array. */
export type XmlNode = string | XmlElement | ReadonlyArray<XmlNode>
export interface XmlElement {
  readonly [name: string]: XmlNode
}

/** What can be written: values as well as text; what is `undefined` is left out. */
export type XmlContent = string | number | boolean | undefined | XmlRecord | ReadonlyArray<XmlContent>
export interface XmlRecord {
  readonly [name: string]: XmlContent
}

/** The children of the root element `xml`, or what is wrong with the text. */
export const parse = (text: string): Result.Result<XmlElement, string> => {
  const plain = new PlainReader(text).document()
  return plain === undefined ? parseAny(text) : asElement(plain)
}

/** Writes `<xml>` with the given children: text as CDATA, numbers bare, arrays as siblings of one name. */
export const stringify = (content: XmlRecord): string => `<xml>${writeChildren(content)}</xml>`

const asElement = (node: XmlNode | undefined): Result.Result<XmlElement, string> =>
  typeof node === "object" && !Array.isArray(node)
    // An array is no element; TypeScript does not narrow readonly arrays away.
    ? Result.succeed(node as XmlElement)
    : Result.fail("the root element xml with children is missing")

/**
 * Reads what WeCom sends: elements without attributes whose content is CDATA, plain text or elements. It is some ten
 * times faster than a general parser, and gives up (`undefined`) on everything else, so it never disagrees with one.
 */
class PlainReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): XmlNode | undefined {
    const text = this.#text
    while (isSpace(text.charCodeAt(this.#at))) this.#at++
    if (!text.startsWith("<xml>", this.#at)) return undefined
    this.#at += 5
    const content = this.#content("xml", 1)
    if (content === undefined) return undefined
    while (isSpace(text.charCodeAt(this.#at))) this.#at++
    return this.#at === text.length ? content : undefined
  }

  #content(name: string, depth: number): XmlNode | undefined {
    const text = this.#text
    let children: Record<string, XmlNode> | undefined
    let value: string | undefined
    while (true) {
      const open = text.indexOf("<", this.#at)
      if (open === -1) return undefined
      if (!isBlank(text, this.#at, open)) {
        if (children !== undefined || value !== undefined) return undefined
        value = text.slice(this.#at, open).trim()
        if (value.includes("&") || text.charCodeAt(open + 1) !== slash) return undefined
      }
      const next = text.charCodeAt(open + 1)
      if (next === slash) {
        const end = open + 2 + name.length
        if (!text.startsWith(name, open + 2) || text.charCodeAt(end) !== greater) return undefined
        this.#at = end + 1
        return children ?? value ?? ""
      }
      if (next === bang) {
        if (children !== undefined || !text.startsWith("[CDATA[", open + 2)) return undefined
        const end = text.indexOf("]]>", open + 9)
        if (end === -1) return undefined
        value = (value ?? "") + text.slice(open + 9, end)
        this.#at = end + 3
        continue
      }
      if (value !== undefined || depth === maxDepth) return undefined
      const close = text.indexOf(">", open)
      const child = text.slice(open + 1, close)
      if (!elementName.test(child) || child in Object.prototype) return undefined
      this.#at = close + 1
      const content = this.#content(child, depth + 1)
      if (content === undefined) return undefined
      children ??= {}
      const sibling = children[child]
      if (sibling === undefined) children[child] = content
      else if (Array.isArray(sibling)) sibling.push(content)
      else children[child] = [sibling, content]
    }
  }
}

const maxDepth = 32
const slash = 47
const bang = 33
const less = 60
const greater = 62
const doubleQuote = 34
const singleQuote = 39
const elementName = /^[A-Za-z_][A-Za-z0-9_.-]*$/

/** What XML 1.0 cannot carry: it is dropped when written. */
// oxlint-disable-next-line no-control-regex -- they are what it looks for
export const notXml = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/
const everyNotXml = new RegExp(notXml, "g")

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

const isBlank = (text: string, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    if (!isSpace(text.charCodeAt(at))) return false
  }
  return true
}

const parseAny = (text: string): Result.Result<XmlElement, string> => {
  if (declaresType(text)) return Result.fail("a document type declaration is not allowed")
  try {
    // What the options below make of a document: text, elements and arrays of them.
    const document = general.parse(text, true) as { readonly xml?: XmlNode }
    return asElement(document.xml)
  } catch {
    return Result.fail("it is not well-formed XML")
  }
}

const general = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
  maxNestedTags: maxDepth
})

/**
 * Whether there is a `<!` that starts neither CDATA nor a comment: a DOCTYPE, ENTITY or ELEMENT declaration. One that
 * hides behind a `<` within a tag, such as a comment in the value of an attribute, is found as well: no tag may hold one.
 */
const declaresType = (text: string): boolean => {
  let at = 0
  while (true) {
    const open = text.indexOf("<", at)
    if (open === -1) return false
    const end = text.startsWith("<![CDATA[", open)
      ? text.indexOf("]]>", open + 9)
      : text.startsWith("<!--", open)
      ? text.indexOf("-->", open + 4)
      : text.startsWith("<?", open)
      ? text.indexOf("?>", open + 2)
      : endOfTag(text, open)
    if (end === open) return true
    if (end === -1) return false
    at = end + 1
  }
}

/** Where a tag ends, quotes respected; where it starts, if it is a declaration or holds another `<`. */
const endOfTag = (text: string, open: number): number => {
  if (text.charCodeAt(open + 1) === bang) return open
  let quote = 0
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === less) return open
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === greater) {
      return at
    } else if (code === doubleQuote || code === singleQuote) {
      quote = code
    }
  }
  return -1
}

const writeChildren = (content: XmlRecord): string => {
  let xml = ""
  for (const name in content) {
    const value = content[name]
    if (Array.isArray(value)) {
      for (const item of value) xml += writeElement(name, item)
    } else {
      xml += writeElement(name, value)
    }
  }
  return xml
}

const writeElement = (name: string, value: XmlContent): string => {
  switch (typeof value) {
    case "undefined":
      return ""
    case "string":
      return `<${name}><![CDATA[${writeText(value)}]]></${name}>`
    case "object":
      return `<${name}>${writeChildren(value as XmlRecord)}</${name}>`
    default:
      return `<${name}>${value}</${name}>`
  }
}

/** CDATA ends at `]]>`, so that one is split; what XML 1.0 cannot carry is dropped. */
const writeText = (text: string): string => {
  const allowed = notXml.test(text) ? text.replaceAll(everyNotXml, "") : text
  return allowed.includes("]]>") ? allowed.replaceAll("]]>", "]]]]><![CDATA[>") : allowed
}
