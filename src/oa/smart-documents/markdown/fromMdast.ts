/**
 * The syntax tree of Markdown, as blocks.
 */
import * as Result from "effect/Result"
import type { BlockContent, DefinitionContent, ListItem, Paragraph, PhrasingContent, Root, RootContent } from "mdast"
import type { NewSmartBlock } from "../SmartBlock.ts"
import type { Block, Loss } from "./block.ts"
import { codeLanguage } from "./languages.ts"
import { MarkdownError } from "./MarkdownError.ts"

type Node = RootContent

const names: { readonly [type: string]: string } = {
  blockquote: "a quote",
  break: "a line break",
  code: "code",
  definition: "a definition of a link",
  delete: "struck text",
  emphasis: "emphasised text",
  heading: "a heading",
  html: "HTML",
  image: "a picture within a text",
  imageReference: "a picture by reference",
  inlineCode: "code within a text",
  link: "a link within a text",
  linkReference: "a link by reference",
  strong: "strong text",
  table: "a table"
}

const styles = "smart documents have no such text: write it without, or accept the loss with { loss: \"accept\" }"
const shapes = "smart documents have no block for it: leave it out, or accept the loss with { loss: \"accept\" }"

/** The blocks of a tree whose source is `markdown`. */
export const fromMdast = (
  { children }: Root,
  markdown: string,
  loss: Loss
): Result.Result<ReadonlyArray<Block>, MarkdownError> => {
  const losses: Array<MarkdownError> = []

  const lose = (node: Node, hint: string, construct = names[node.type] ?? node.type) => {
    const { column = 1, line = 1 } = node.position?.start ?? {}
    losses.push(new MarkdownError({ construct, at: `line ${line}, column ${column}`, hint }))
  }

  /** The text of phrasing content, with `\n` for line breaks. */
  const text = (nodes: ReadonlyArray<PhrasingContent>): string =>
    nodes.map((node): string => {
      switch (node.type) {
        case "text":
          return unwrapped(node.value)
        case "break":
          return "\n"
        case "inlineCode":
          lose(node, styles)
          return node.value
        case "link":
        case "image": {
          lose(node, "it needs a paragraph of its own: give it one, or accept the loss with { loss: \"accept\" }")
          const shown = node.type === "link" ? text(node.children) : node.alt ?? ""
          return shown === "" || shown === node.url ? node.url : `${shown} (${node.url})`
        }
        case "emphasis":
        case "strong":
        case "delete":
        case "linkReference":
          lose(node, styles)
          return text(node.children)
        case "imageReference":
          lose(node, styles)
          return node.alt ?? ""
        case "html":
          lose(node, styles)
          return node.value
        default:
          lose(node, styles)
          return ""
      }
    }).join("")

  /** A link or a picture that is all there is in a paragraph. */
  const alone = ({ children: [only, ...others] }: Paragraph): Block | undefined => {
    if (others.length > 0 || only === undefined) return undefined
    if (only.type === "link") {
      return block("BLOCK_TYPE_LINK", undefined, {
        link_props: { link_url: only.url, link_name: text(only.children), link_description: only.title ?? undefined }
      })
    }
    if (only.type === "image") {
      if (only.title !== null && only.title !== undefined) lose(only, styles, "the title of a picture")
      return block("BLOCK_TYPE_IMAGE", only.alt ?? undefined, { image_props: { url: only.url } })
    }
    return undefined
  }

  /** A block that takes its text from the paragraph which its content begins with, if it does. */
  const container = (
    type: NewSmartBlock["type"],
    [first, ...rest]: ReadonlyArray<BlockContent | DefinitionContent>,
    props?: NewSmartBlock["props"]
  ): Block =>
    first === undefined
      ? block(type, "", props)
      : first.type === "paragraph" && alone(first) === undefined
      ? block(type, text(first.children), props, rest.flatMap(blocks))
      : block(type, "", props, [first, ...rest].flatMap(blocks))

  const item = (node: ListItem, type: "BLOCK_TYPE_NUMBERED_LIST" | "BLOCK_TYPE_BULLETED_LIST"): Block => {
    if (typeof node.checked !== "boolean") return container(type, node.children)
    if (type === "BLOCK_TYPE_NUMBERED_LIST") lose(node, shapes, "the number of a task")
    return container("BLOCK_TYPE_TODO", node.children, { todo_props: { checked: node.checked } })
  }

  const blocks = (node: Node): ReadonlyArray<Block> => {
    switch (node.type) {
      case "paragraph":
        return [alone(node) ?? block("BLOCK_TYPE_TEXT", text(node.children))]
      case "heading":
        return [block(`BLOCK_TYPE_HEADER_${node.depth}`, text(node.children))]
      case "thematicBreak":
        return [block("BLOCK_TYPE_DIVIDER")]
      case "code": {
        const language = node.lang === null || node.lang === undefined ? undefined : codeLanguage(node.lang)
        if (node.meta !== null && node.meta !== undefined) lose(node, shapes, "what follows the language of code")
        return [
          block(
            "BLOCK_TYPE_CODE",
            node.value,
            language === undefined ? undefined : { code_props: { code_language: language } }
          )
        ]
      }
      case "blockquote":
        return [container("BLOCK_TYPE_QUOTE", node.children)]
      case "list":
        if (node.ordered === true && (node.start ?? 1) !== 1) lose(node, shapes, "a list that does not begin with 1")
        return node.children.map((child) =>
          item(child, node.ordered === true ? "BLOCK_TYPE_NUMBERED_LIST" : "BLOCK_TYPE_BULLETED_LIST")
        )
      default: {
        lose(node, shapes)
        const { end, start } = node.position ?? {}
        return [block("BLOCK_TYPE_CODE", markdown.slice(start?.offset ?? 0, end?.offset ?? 0))]
      }
    }
  }

  const made = children.flatMap(blocks)
  const [first] = losses
  return loss === "refuse" && first !== undefined ? Result.fail(first) : Result.succeed(made)
}

const block = (
  type: NewSmartBlock["type"],
  title?: string,
  props?: NewSmartBlock["props"],
  children: ReadonlyArray<Block> = []
): Block => ({
  type,
  ...title === undefined ? {} : { title },
  ...props === undefined ? {} : { props },
  children
})

/** Lines that wrap continue after a blank, between Chinese characters at once. */
const unwrapped = (value: string): string =>
  value.replaceAll(
    /(?<=([\u2e80-\u9fff\uff00-\uffef])?)\n(?=([\u2e80-\u9fff\uff00-\uffef])?)/g,
    (_, before, after) => before === undefined || after === undefined ? " " : ""
  )
