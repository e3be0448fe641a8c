/**
 * Markdown as the blocks of smart documents (智能文档), and such blocks as Markdown.
 *
 * Carried over and back: headings, paragraphs with line breaks, bulleted, numbered and task lists in any depth, quotes,
 * code blocks with their language, dividers, and links and pictures that stand in a paragraph of their own. The text of
 * a block has no styles of its own: bold, italics, code and links within a text are refused, unless `loss` is `accept`.
 *
 * Never carried over: colours, alignment, the sizes of pictures, empty paragraphs, and blank lines between the items of
 * a list. A line that merely wraps in Markdown continues after a blank, or at once between Chinese characters.
 *
 * Needs the packages `mdast-util-from-markdown`, `mdast-util-to-markdown`, `mdast-util-gfm-table`,
 * `mdast-util-gfm-task-list-item`, `micromark-extension-gfm-table` and `micromark-extension-gfm-task-list-item`.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { describe } from "../../../Endpoint.ts"
import { ResponseInvalid, WeComError } from "../../../WeComError.ts"
import type { NewSmartBlock, SmartBlock } from "../SmartBlock.ts"
import { SmartDocuments } from "../SmartDocuments.ts"
import type { Block, Loss } from "./block.ts"
import { fromMdast } from "./fromMdast.ts"
import { MarkdownError } from "./MarkdownError.ts"
import { markdownOf, mdastOf } from "./syntax.ts"
import { toMdast } from "./toMdast.ts"

export type { Block } from "./block.ts"

/** What happens to what cannot be carried over. */
export interface Options {
  /**
   * `refuse` fails with {@link MarkdownError}. With `accept`, styles are dropped, the address of a link within a text
   * follows it in brackets, a table or HTML becomes a code block with its source, and blocks that Markdown does not have
   * are left out. Default: `refuse`.
   */
  readonly loss?: Loss | undefined
}

/**
 * Reads Markdown (CommonMark, task lists) as blocks.
 *
 * @example
 * ```ts
 * SmartMarkdown.parse("# 周报\n\n- [x] 发布")
 * // Success: BLOCK_TYPE_HEADER_1 周报, BLOCK_TYPE_TODO 发布 (checked)
 * ```
 */
export const parse = (
  markdown: string,
  { loss = "refuse" }: Options = {}
): Result.Result<ReadonlyArray<Block>, MarkdownError> => fromMdast(mdastOf(markdown), markdown, loss)

/** Writes blocks as Markdown. What it writes, {@link parse} reads as the same blocks. */
export const print = (
  blocks: ReadonlyArray<Block>,
  { loss = "refuse" }: Options = {}
): Result.Result<string, MarkdownError> => Result.map(toMdast(blocks, loss), markdownOf)

/** A page of a smart document. */
export interface Page {
  readonly docid: string
  readonly page_id: string
}

/** Where blocks are added to a page. */
export interface Place extends Page {
  /** The block that they go into. Default: none, they stand on the page itself. */
  readonly parent_id?: string | undefined
  /** The block before them. Default: none, they come first. */
  readonly after_id?: string | undefined
}

/**
 * Adds Markdown to a page, and returns the ids of the blocks at its top, in order. One call for each block: the
 * documents promise a place only for one that names the block before it.
 *
 * Fails with {@link MarkdownError} before the first call. If a call fails, the blocks before it stay.
 */
export const write = Effect.fn("SmartMarkdown.write")(function*(
  { after_id, docid, page_id, parent_id }: Place,
  markdown: string,
  options?: Options
): Effect.fn.Return<ReadonlyArray<string>, MarkdownError | WeComError, SmartDocuments> {
  const blocks = yield* Effect.fromResult(parse(markdown, options))
  const documents = yield* SmartDocuments
  const add = (
    siblings: ReadonlyArray<Block>,
    parent: string | undefined,
    after: string | undefined
  ): Effect.Effect<ReadonlyArray<string>, WeComError> =>
    Effect.gen(function*() {
      const ids: Array<string> = []
      for (const { children, ...block } of siblings) {
        const [added] = yield* documents.addBlocks({
          docid,
          page_id,
          // A type and its own properties, as `parse` has made them.
          blocks: [{ ...block, parent_id: parent, after_id: ids.at(-1) ?? after } as NewSmartBlock]
        })
        if (added === undefined || added.type === "Unknown") return yield* notAdded
        ids.push(added.id)
        yield* add(children, added.id, undefined)
      }
      return ids
    })
  return yield* add(blocks, parent_id, after_id)
})

/** The answer has no id, without which nothing can stand after the block or within it. */
const notAdded = Effect.failSync(() =>
  new WeComError({
    endpoint: describe(SmartDocuments.endpoints.addBlocks).name,
    reason: new ResponseInvalid({
      status: 200,
      issues: [{ field: "blocks[0]", message: "expected the block that was added, with its id" }],
      foreign: false,
      done: true,
      repeatable: false
    })
  })
)

/**
 * Reads all blocks of a page as Markdown. `SmartDocuments.startExport` lets WeCom do that itself: its Markdown keeps
 * styles, takes some seconds, and is not made to be written back.
 */
export const read = Effect.fn("SmartMarkdown.read")(function*(
  { docid, page_id }: Page,
  options?: Options
): Effect.fn.Return<string, MarkdownError | WeComError, SmartDocuments> {
  const { listAllBlocks } = yield* SmartDocuments
  const blocks = yield* Stream.runCollect(listAllBlocks({ docid, page_id }))
  const unknown = options?.loss === "accept" ? -1 : blocks.findIndex(({ type }) => type === "Unknown")
  if (unknown >= 0) {
    return yield* new MarkdownError({
      construct: "a block of a type that this version does not know",
      at: `blocks[${unknown}]`,
      hint: "accept the loss with { loss: \"accept\" }"
    })
  }
  return yield* Effect.fromResult(print(treeOf(blocks), options))
})

/**
 * Blocks of a page, as `SmartDocuments.listBlocks` has them, each with those within it; without those of types that this
 * version does not know.
 */
export const treeOf = (blocks: ReadonlyArray<SmartBlock>): ReadonlyArray<Block> => {
  const known = blocks.flatMap((block) => block.type === "Unknown" ? [] : [block])
  const byId = new Map(known.map((block) => [block.id, block]))
  const within = Map.groupBy(known, ({ parent_id = "" }) => byId.has(parent_id) ? parent_id : "")
  const open = new Set<string>()
  const build = (block: (typeof known)[number]): ReadonlyArray<Block> => {
    if (open.has(block.id)) return []
    open.add(block.id)
    const listed = (block.children ?? []).flatMap((id) => byId.get(id) ?? [])
    const children = [...new Set([...listed, ...within.get(block.id) ?? []])]
    return [{
      type: block.type,
      title: block.title ?? block.content,
      props: block.props,
      children: children.flatMap(build)
    }]
  }
  const inside = new Set(known.flatMap(({ children = [] }) => children))
  return (within.get("") ?? []).filter(({ id }) => !inside.has(id)).flatMap(build)
}
