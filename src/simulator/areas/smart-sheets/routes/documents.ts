/** 管理文档: documents as files. */
import * as DateTime from "effect/DateTime"
import { DocumentMember, DocumentMemberAccess } from "../../../../oa/documents/DocumentPermissions.ts"
import { CreatedDocument, DocumentInfo, Documents, DocumentType } from "../../../../oa/documents/Documents.ts"
import { refuse, route } from "../../../engine/Route.ts"
import { findMember } from "../../../engine/World.ts"
import { type Document, documentOf, keep, newGrid, newSheet, remove } from "../Documents.ts"
import { formOf, formsOf } from "../Forms.ts"
import { permissionsOf } from "../Permissions.ts"

const { endpoints } = Documents

const kinds: { readonly [type: number]: string } = {
  [DocumentType.Document]: "doc",
  [DocumentType.Spreadsheet]: "sheet",
  [DocumentType.SmartSheet]: "smartsheet"
}

const urlOf = ({ id, type }: Document): string => `https://doc.weixin.qq.com/${kinds[type] ?? "doc"}/${id}`

export const documents = [
  route(endpoints.create, (call) => {
    const { app, input, now, world } = call
    const sheet = newSheet(call, "智能表1")
    const field_id = world.id("field-")
    sheet.fields.set(field_id, { field_id, field_title: "文本", field_type: "FIELD_TYPE_TEXT" })
    const document: Document = {
      id: world.id("doc-"),
      type: input.doc_type,
      owner: app,
      name: input.doc_name,
      created: now,
      modified: now,
      sheets: input.doc_type === DocumentType.SmartSheet ? [sheet] : [],
      grids: input.doc_type === DocumentType.Spreadsheet ? [newGrid(world, "工作表1", 200, 20)] : []
    }
    for (const userid of input.admin_users ?? []) if (findMember(call.corp, userid) === undefined) refuse(60_111)
    keep(call, document)
    permissionsOf(call.corp, document).members = (input.admin_users ?? []).map((userid) =>
      new DocumentMember({ type: 1, userid, tmp_external_userid: undefined, auth: DocumentMemberAccess.Admin })
    )
    return new CreatedDocument({ docid: document.id, url: urlOf(document) })
  }, { doc_name: 640_052, doc_type: 640_054 }),

  route(endpoints.get, (call) => {
    const { created, id, modified, name, type } = documentOf(call, call.input.docid)
    return new DocumentInfo({
      docid: id,
      doc_name: name,
      doc_type: type,
      create_time: DateTime.makeUnsafe(created),
      modify_time: DateTime.makeUnsafe(modified)
    })
  }),

  route(endpoints.rename, (call) => {
    const { docid, formid, new_name } = call.input
    if (formid !== undefined) formOf(call, formid).title = new_name
    else {
      const document = documentOf(call, docid)
      document.name = new_name
      document.modified = call.now
    }
  }, { new_name: 640_052 }),

  route(endpoints.delete, (call) => {
    const { docid, formid } = call.input
    if (formid !== undefined) formsOf(call.corp).delete(formOf(call, formid).id)
    else remove(call, docid)
  }),

  route(endpoints.getShareLink, (call) => {
    const { docid, formid } = call.input
    return formid !== undefined
      ? `https://doc.weixin.qq.com/forms/${formOf(call, formid).id}`
      : urlOf(documentOf(call, docid))
  })
]
