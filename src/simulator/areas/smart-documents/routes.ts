/** 管理智能文档内容. */
import * as DateTime from "effect/DateTime"
import { DocumentType } from "../../../oa/documents/Documents.ts"
import type { SmartBlockEdit } from "../../../oa/smart-documents/SmartBlock.ts"
import {
  PublishRange,
  SmartBlockPage,
  SmartDataTable,
  SmartDocuments,
  SmartExport,
  SmartPage,
  SmartPublication,
  type SmartPublish
} from "../../../oa/smart-documents/SmartDocuments.ts"
import type { Caller } from "../../engine/Collection.ts"
import { type AppCall, existing, refuse, route } from "../../engine/Route.ts"
import { findMember } from "../../engine/World.ts"
import { type Document, documentOf, keep, newSheet } from "../smart-sheets/Documents.ts"
import {
  exported,
  exportsOf,
  inOrder,
  pageOf,
  type PageState,
  parentOf,
  place,
  shown,
  smartDocumentOf,
  type SmartState,
  take
} from "./SmartPages.ts"

const { endpoints } = SmartDocuments

/** How long an export takes, in milliseconds. */
const exportTime = 1_000

const touched = (call: AppCall<{ readonly docid: string }>): SmartState => {
  documentOf(call, call.input.docid).modified = call.now
  return smartDocumentOf(call, call.input.docid)
}

const shownPage = ({ order }: SmartState, { info }: PageState) =>
  new SmartPage({ ...info, parent_id: parentOf(order, info.page_id), after_id: undefined })

/** The smart sheet of a document's data tables; made if there is none. */
const sourceOf = (call: Caller, smart: SmartState, { name, owner }: Document): Document => {
  if (smart.source !== undefined) return documentOf(call, smart.source)
  const document: Document = {
    id: call.world.id("doc-"),
    type: DocumentType.SmartSheet,
    owner,
    name,
    created: call.now,
    modified: call.now,
    sheets: [],
    grids: []
  }
  keep(call, document)
  smart.source = document.id
  return document
}

const tableOf = (smart: SmartState, block_id: string) => existing(smart.tables, block_id, 40_058, "invalid block_id")

const sheetOfTable = (call: AppCall<{ readonly docid: string }>, smart: SmartState, block_id: string) => {
  const { sheet_id } = tableOf(smart, block_id)
  const source = sourceOf(call, smart, documentOf(call, call.input.docid))
  const sheet = source.sheets.find(({ id }) => id === sheet_id) ?? refuse(40_058, "invalid block_id")
  return { sheet, source }
}

const shownTable = (call: AppCall<{ readonly docid: string }>, smart: SmartState, block_id: string) => {
  const { sheet, source } = sheetOfTable(call, smart, block_id)
  const tables = smart.tableOrder.get("") ?? []
  return new SmartDataTable({
    block_id,
    title: sheet.title,
    sheet_id: sheet.id,
    ss_docid: source.id,
    after_id: tables[tables.indexOf(block_id) - 1]
  })
}

/** For whom a document is published: members and departments of the corp. */
const checkAudience = (
  { corp }: Caller,
  { auth_list = [], publish_range = PublishRange.Corp }: typeof SmartPublish.Type
): void => {
  if (publish_range !== PublishRange.Chosen) return
  for (const audience of auth_list) {
    if (audience.type === 1 ? findMember(corp, audience.userid) === undefined : false) refuse(640_012)
    if (audience.type === 2 && !corp.departments.has(audience.departmentid)) refuse(640_013)
  }
}

/** A block that stands where it was told to. */
const placed = (page: PageState, block: SmartBlockEdit): SmartBlockEdit => {
  const { after_id = "", children: _, parent_id = "", ...own } = block
  if (parent_id !== "" && !page.blocks.has(parent_id)) refuse(40_058, "invalid parent_id")
  place(page.order, own.id, parent_id, after_id)
  page.blocks.set(own.id, own)
  return own
}

export const smartDocumentRoutes = [
  route(endpoints.listPages, (call) => {
    const smart = smartDocumentOf(call, call.input.docid)
    return inOrder(smart.order).map((id) => shownPage(smart, existing(smart.pages, id, 40_058)))
  }),

  route(endpoints.addPage, (call) => {
    const smart = touched(call)
    const { after_id = "", parent_id = "", ...fields } = call.input.info
    if (parent_id !== "") existing(smart.pages, parent_id, 40_058, "invalid parent_id")
    const page_id = call.world.id("page-")
    place(smart.order, page_id, parent_id, after_id)
    const page: PageState = { info: new SmartPage({ ...fields, page_id }), blocks: new Map(), order: new Map() }
    smart.pages.set(page_id, page)
    return shownPage(smart, page)
  }),

  route(endpoints.updatePage, (call) => {
    const smart = touched(call)
    const { after_id, page_id, parent_id, ...fields } = call.input.info
    const page = existing(smart.pages, page_id, 40_058, "invalid page_id")
    if (after_id !== undefined || parent_id !== undefined) {
      const parent = parent_id ?? parentOf(smart.order, page_id)
      if (parent !== "" && !smart.pages.has(parent)) refuse(40_058, "invalid parent_id")
      if (parent === page_id || inOrder(smart.order, page_id).includes(parent)) refuse(40_058, "invalid parent_id")
      take(smart.order, page_id)
      place(smart.order, page_id, parent, after_id ?? "")
    }
    page.info = new SmartPage({
      page_id,
      title: fields.title ?? page.info.title,
      layout_mode: fields.layout_mode ?? page.info.layout_mode
    })
    return shownPage(smart, page)
  }),

  route(endpoints.deletePage, (call) => {
    const smart = touched(call)
    pageOf(call)
    for (const id of [call.input.page_id, ...inOrder(smart.order, call.input.page_id)]) {
      take(smart.order, id)
      smart.pages.delete(id)
    }
  }),

  route(endpoints.addBlocks, (call) => {
    touched(call)
    const page = pageOf(call)
    const added = call.input.blocks.map((block) => placed(page, { ...block, id: call.world.id("block-") }))
    return added.map((block) => shown(page, block))
  }),

  route(endpoints.updateBlocks, (call) => {
    touched(call)
    const page = pageOf(call)
    return call.input.blocks.map((block) => {
      const before = existing(page.blocks, block.id, 40_058, "invalid block id")
      const { after_id, children: _, parent_id, ...own } = block
      if (after_id !== undefined || parent_id !== undefined) {
        const parent = parent_id ?? parentOf(page.order, block.id)
        if (parent === block.id || inOrder(page.order, block.id).includes(parent)) refuse(40_058, "invalid parent_id")
        if (parent !== "" && !page.blocks.has(parent)) refuse(40_058, "invalid parent_id")
        take(page.order, block.id)
        place(page.order, block.id, parent, after_id ?? "")
      }
      // The type of the change, with its own properties.
      const after = {
        ...before,
        ...own,
        title: own.title ?? own.content ?? before.title ?? before.content,
        content: undefined,
        props: own.props ?? (own.type === before.type ? before.props : undefined)
      } as SmartBlockEdit
      page.blocks.set(block.id, after)
      return shown(page, after)
    })
  }),

  route(endpoints.deleteBlocks, (call) => {
    touched(call)
    const page = pageOf(call)
    for (const id of call.input.ids) existing(page.blocks, id, 40_058, "invalid block id")
    for (const id of call.input.ids.flatMap((id) => [id, ...inOrder(page.order, id)])) {
      take(page.order, id)
      page.blocks.delete(id)
    }
  }),

  route(endpoints.listBlocks, (call) => {
    const page = pageOf(call)
    const { ids, limit = 200, start = 0 } = call.input
    const all = ids === undefined || ids.length === 0 ? inOrder(page.order) : ids
    const end = Math.min(start + limit, all.length)
    return new SmartBlockPage({
      blocks: all.slice(start, end).map((id) => shown(page, existing(page.blocks, id, 40_058, "invalid block id"))),
      has_more: end < all.length,
      next_start: end < all.length ? end : undefined
    })
  }),

  route(endpoints.startExport, (call) => {
    const { docid, page_id } = call.input
    const smart = smartDocumentOf(call, docid)
    const pages = page_id === undefined
      ? inOrder(smart.order).map((id) => existing(smart.pages, id, 40_058))
      : [existing(smart.pages, page_id, 40_058, "invalid page_id")]
    const task_id = call.world.id("task-")
    exportsOf(call.corp).set(task_id, { content: pages.map(exported).join("\n\n"), done: call.now + exportTime })
    return task_id
  }),

  route(endpoints.getExport, (call) => {
    const { content, done } = existing(exportsOf(call.corp), call.input.task_id, 40_058, "invalid task_id")
    return call.now < done
      ? new SmartExport({ task_done: false, content: undefined })
      : new SmartExport({ task_done: true, content })
  }),

  route(
    endpoints.getDataSource,
    (call) => sourceOf(call, smartDocumentOf(call, call.input.docid), documentOf(call, call.input.docid)).id
  ),

  route(endpoints.addTable, (call) => {
    const smart = touched(call)
    const sheet = newSheet(call, call.input.info.title ?? "数据表")
    const block_id = call.world.id("block-")
    place(smart.tableOrder, block_id, "", call.input.info.after_id ?? "")
    sourceOf(call, smart, documentOf(call, call.input.docid)).sheets.push(sheet)
    smart.tables.set(block_id, { block_id, sheet_id: sheet.id })
    return shownTable(call, smart, block_id)
  }),

  route(endpoints.updateTable, (call) => {
    const smart = touched(call)
    const { after_id, block_id, title } = call.input.info
    const { sheet } = sheetOfTable(call, smart, block_id)
    if (after_id !== undefined) {
      take(smart.tableOrder, block_id)
      place(smart.tableOrder, block_id, "", after_id)
    }
    sheet.title = title ?? sheet.title
    return shownTable(call, smart, block_id)
  }),

  route(endpoints.deleteTable, (call) => {
    const smart = touched(call)
    const { sheet, source } = sheetOfTable(call, smart, call.input.block_id)
    source.sheets.splice(source.sheets.indexOf(sheet), 1)
    take(smart.tableOrder, call.input.block_id)
    smart.tables.delete(call.input.block_id)
  }),

  route(endpoints.publish, (call) => {
    const smart = touched(call)
    checkAudience(call, call.input)
    smart.versions += 1
    const share_code = smart.publication?.share_code ?? call.world.id("share-")
    smart.publication = new SmartPublication({
      share_code,
      publish_url: `https://doc.weixin.qq.com/smartdoc/p/${share_code}`,
      version: `${smart.versions}`,
      publish_time: DateTime.makeUnsafe(call.now),
      publish_doc_title: documentOf(call, call.input.docid).name
    })
    return smart.publication
  }),

  route(endpoints.cancelPublish, (call) => {
    const smart = smartDocumentOf(call, call.input.docid)
    if (smart.publication === undefined) refuse(40_058, "not published")
    smart.publication = undefined
  }),

  route(endpoints.updatePublishing, (call) => {
    const smart = smartDocumentOf(call, call.input.docid)
    if (smart.publication === undefined) refuse(40_058, "not published")
    checkAudience(call, call.input)
  })
]
