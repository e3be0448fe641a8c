/**
 * Blocks as the syntax tree of Markdown.
 */
import * as Result from "effect/Result"
import type { BlockContent, List, ListItem, Paragraph, PhrasingContent, Root } from "mdast"
import type { Block, Loss } from "./block.ts"
import { markdownLanguage } from "./languages.ts"
import { MarkdownError } from "./MarkdownError.ts"

/** The tree of blocks. */
export const toMdast = (all: ReadonlyArray<Block>, loss: Loss): Result.Result<Root, MarkdownError> => {
  const losses: Array<MarkdownError> = []

  const lose = (construct: string, at: string) => {
    losses.push(
      new MarkdownError({
        construct,
        at,
        hint: "Markdown has nothing like it: leave it out, or accept the loss with { loss: \"accept\" }"
      })
    )
  }

  const item = (block: Block, at: string): ListItem => {
    const children = content(block, at)
    return {
      type: "listItem",
      checked: block.type === "BLOCK_TYPE_TODO" ? propsOf(block, "todo_props")?.checked === true : null,
      // An item without text must not stand right below a text: `-` would underline it.
      spread: children.length > 1 && !children.slice(1).every((child) => child.type === "list" && isFilled(child)),
      children
    }
  }

  /** The text of a block, and the blocks within it. */
  const content = (block: Block, at: string): Array<BlockContent> => [
    ...paragraph(block.title),
    ...siblings(block.children, `${at}.children`)
  ]

  const single = (block: Block, at: string): Array<BlockContent> => {
    const inside = () => {
      if (block.children.length > 0) lose(`what is within a ${block.type}`, `${at}.children`)
      return siblings(block.children, `${at}.children`)
    }
    switch (block.type) {
      case "BLOCK_TYPE_TEXT":
        return [...paragraph(block.title), ...inside()]
      case "BLOCK_TYPE_HEADER_1":
      case "BLOCK_TYPE_HEADER_2":
      case "BLOCK_TYPE_HEADER_3":
      case "BLOCK_TYPE_HEADER_4":
      case "BLOCK_TYPE_HEADER_5":
      case "BLOCK_TYPE_HEADER_6": {
        const depth = Number(block.type.at(-1)) as 1 | 2 | 3 | 4 | 5 | 6 // as the cases say
        const title = (block.title ?? "").replaceAll(/\s*\n\s*/g, " ")
        return [{ type: "heading", depth, children: title === "" ? [] : [{ type: "text", value: title }] }, ...inside()]
      }
      case "BLOCK_TYPE_DIVIDER":
        return [{ type: "thematicBreak" }, ...inside()]
      case "BLOCK_TYPE_CODE":
        return [
          {
            type: "code",
            lang: markdownLanguage(propsOf(block, "code_props")?.code_language) ?? null,
            value: block.title ?? ""
          },
          ...inside()
        ]
      case "BLOCK_TYPE_QUOTE":
        return [{ type: "blockquote", children: content(block, at) }]
      case "BLOCK_TYPE_LINK": {
        const { link_description, link_name, link_url = "" } = propsOf(block, "link_props") ?? {}
        const shown = link_name ?? block.title ?? ""
        return [
          {
            type: "paragraph",
            children: [{
              type: "link",
              url: link_url,
              title: link_description ?? null,
              children: shown === "" ? [] : [{ type: "text", value: shown }]
            }]
          },
          ...inside()
        ]
      }
      case "BLOCK_TYPE_IMAGE":
        return [
          {
            type: "paragraph",
            children: [{ type: "image", url: propsOf(block, "image_props")?.url ?? "", alt: block.title ?? null }]
          },
          ...inside()
        ]
      default:
        lose(block.type, at)
        return siblings(block.children, `${at}.children`)
    }
  }

  const siblings = (blocks: ReadonlyArray<Block>, at: string): Array<BlockContent> => {
    const nodes: Array<BlockContent> = []
    for (const [index, block] of blocks.entries()) {
      const place = `${at}[${index}]`
      if (!isItem(block)) {
        nodes.push(...single(block, place))
        continue
      }
      const ordered = block.type === "BLOCK_TYPE_NUMBERED_LIST"
      const last = nodes.at(-1)
      const before = blocks[index - 1]
      if (before !== undefined && isItem(before) && last?.type === "list" && last.ordered === ordered) {
        last.children.push(item(block, place))
      } else {
        const list: List = { type: "list", ordered, spread: false, children: [item(block, place)] }
        nodes.push(list)
      }
    }
    return nodes
  }

  const children = siblings(all, "blocks")
  const [first] = losses
  return loss === "refuse" && first !== undefined ? Result.fail(first) : Result.succeed({ type: "root", children })
}

const isItem = ({ type }: Block): boolean =>
  type === "BLOCK_TYPE_NUMBERED_LIST" || type === "BLOCK_TYPE_BULLETED_LIST" || type === "BLOCK_TYPE_TODO"

/** Whether its first item begins with text. */
const isFilled = ({ children: [first] }: List): boolean => first?.children[0]?.type === "paragraph"

interface Props {
  readonly code_props?: { readonly code_language?: string | undefined } | undefined
  readonly image_props?: { readonly url?: string | undefined } | undefined
  readonly link_props?: {
    readonly link_url?: string | undefined
    readonly link_name?: string | undefined
    readonly link_description?: string | undefined
  } | undefined
  readonly todo_props?: { readonly checked?: boolean | undefined } | undefined
}

/** The properties of a block that its type has. */
const propsOf = <const Key extends keyof Props>({ props }: Block, key: Key): Props[Key] =>
  (props as Props | undefined)?.[key] // the types of blocks each have their own

/** A text as a paragraph, with breaks for its line ends; none if there is no text. */
const paragraph = (text = ""): ReadonlyArray<Paragraph> => {
  const lines = text.replaceAll(/^\n+|\n+$/g, "").split("\n")
  const children = lines.flatMap((value, index): ReadonlyArray<PhrasingContent> => [
    ...index === 0 ? [] : [{ type: "break" } as const],
    ...value === "" ? [] : [{ type: "text", value } as const]
  ])
  return children.length === 0 ? [] : [{ type: "paragraph", children }]
}
