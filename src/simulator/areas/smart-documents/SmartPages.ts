/**
 * What the simulator knows of smart documents (智能文档): of a document its pages with their blocks, its data tables, and
 * its publication. Every document that an app makes with `create_doc` can have pages: the documents do not say which
 * type makes a smart one.
 */
import type { NewSmartBlock, SmartBlockEdit } from "../../../oa/smart-documents/SmartBlock.ts"
import type { SmartPage, SmartPublication } from "../../../oa/smart-documents/SmartDocuments.ts"
import type { Caller } from "../../engine/Collection.ts"
import { existing, refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import { documentOf } from "../smart-sheets/Documents.ts"

/** Ids in their order, by the id of what they are in; those at the top under the empty one. */
export type Order = Map<string, Array<string>>

/** A page. */
export interface PageState {
  readonly blocks: Map<string, SmartBlockEdit>
  readonly order: Order
  info: SmartPage
}

/** A data table: a sheet of the document's smart sheet. */
export interface TableState {
  readonly block_id: string
  readonly sheet_id: string
}

/** A smart document. */
export interface SmartState {
  readonly pages: Map<string, PageState>
  readonly order: Order
  readonly tables: Map<string, TableState>
  /** In their order. */
  readonly tableOrder: Order
  /** The smart sheet of its data tables. */
  source: string | undefined
  publication: SmartPublication | undefined
  /** How often it was published. */
  versions: number
}

/** An export. */
export interface ExportTask {
  readonly content: string
  /** When it is done, in milliseconds of the epoch. */
  readonly done: number
}

const smartOf = State.make("smart-documents/documents", () => new Map<string, SmartState>())

/** Exports by their ids. */
export const exportsOf = State.make("smart-documents/exports", () => new Map<string, ExportTask>())

/** What a document that the app has made has of pages. */
export const smartDocumentOf = (call: Caller, docid: string): SmartState => {
  documentOf(call, docid)
  const all = smartOf(call.corp)
  const found = all.get(docid)
  if (found !== undefined) return found
  const made: SmartState = {
    pages: new Map(),
    order: new Map(),
    tables: new Map(),
    tableOrder: new Map(),
    source: undefined,
    publication: undefined,
    versions: 0
  }
  all.set(docid, made)
  return made
}

/** A page of a document that the app has made. */
export const pageOf = (
  call: Caller & { readonly input: { readonly docid: string; readonly page_id: string } }
): PageState => existing(smartDocumentOf(call, call.input.docid).pages, call.input.page_id, 40_058, "invalid page_id")

/** Puts an id behind another one, or first. */
export const place = (order: Order, id: string, parent: string, after: string): void => {
  const siblings = order.get(parent) ?? []
  order.set(parent, siblings)
  const index = after === "" ? 0 : siblings.indexOf(after) + 1
  if (after !== "" && index === 0) refuse(40_058, "invalid after_id")
  siblings.splice(index, 0, id)
}

/** Takes an id out of the order. */
export const take = (order: Order, id: string): void => {
  for (const siblings of order.values()) {
    const index = siblings.indexOf(id)
    if (index >= 0) siblings.splice(index, 1)
  }
}

/** Ids from the top down, each followed by those within it. */
export const inOrder = (order: Order, parent = ""): ReadonlyArray<string> =>
  (order.get(parent) ?? []).flatMap((id) => [id, ...inOrder(order, id)])

/** The id of what an id is in; empty at the top. */
export const parentOf = (order: Order, id: string): string =>
  [...order].find(([, siblings]) => siblings.includes(id))?.[0] ?? ""

/** A block as answers have it. */
export const shown = ({ order }: PageState, block: SmartBlockEdit): SmartBlockEdit => ({
  ...block,
  parent_id: parentOf(order, block.id),
  after_id: undefined,
  children: order.get(block.id) ?? []
})

const prefixes: { readonly [Type in NewSmartBlock["type"]]?: string } = {
  BLOCK_TYPE_HEADER_1: "# ",
  BLOCK_TYPE_HEADER_2: "## ",
  BLOCK_TYPE_HEADER_3: "### ",
  BLOCK_TYPE_HEADER_4: "#### ",
  BLOCK_TYPE_HEADER_5: "##### ",
  BLOCK_TYPE_HEADER_6: "###### ",
  BLOCK_TYPE_NUMBERED_LIST: "1. ",
  BLOCK_TYPE_BULLETED_LIST: "- ",
  BLOCK_TYPE_TODO: "- [ ] ",
  BLOCK_TYPE_QUOTE: "> ",
  BLOCK_TYPE_DIVIDER: "---"
}

/** A page as an export has it: rough Markdown. */
export const exported = ({ blocks, info, order }: PageState): string => {
  const lines = (parent: string, indent: string): ReadonlyArray<string> =>
    (order.get(parent) ?? []).flatMap((id) => {
      const block = blocks.get(id)
      if (block === undefined) return []
      const text = block.title ?? block.content ?? ""
      return [`${indent}${prefixes[block.type] ?? ""}${text}`, ...lines(id, `${indent}  `)]
    })
  return [...info.title === undefined ? [] : [`# ${info.title}`], ...lines("", "")].join("\n\n")
}
