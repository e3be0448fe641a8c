/**
 * What members do about documents outside the API: each an act on the simulator of the context, which tells the app that
 * made the document.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  DocumentMembersChanged,
  DocumentsDeleted,
  FormsCompleted,
  FormsDeleted,
  FormSettingsChanged,
  SheetFieldsAdded,
  SheetFieldsDeleted,
  SheetFieldsUpdated,
  SheetRecordsAdded,
  SheetRecordsDeleted,
  SheetRecordsUpdated
} from "../../../callback/events/DocumentEvents.ts"
import { DocumentMember, DocumentMemberAccess } from "../../../oa/documents/DocumentPermissions.ts"
import { FormAnswer, FormAudience, FormReply, NewFormSetting } from "../../../oa/documents/Forms.ts"
import { CellValue } from "../../../oa/smart-sheets/CellValue.ts"
import { NewSmartSheetField, SmartSheetFieldEdit } from "../../../oa/smart-sheets/SmartSheetField.ts"
import { type Act, corpOf, fail, type In, input, make, memberOf, tell, type Told } from "../../engine/Act.ts"
import { event, toApp } from "../../engine/Audience.ts"
import type { SimulatorError } from "../../engine/CallbackSender.ts"
import { Engine } from "../../engine/Engine.ts"
import { Refusal } from "../../engine/Route.ts"
import type { Corp, Member, World } from "../../engine/World.ts"
import {
  addRows,
  type Author,
  deleteRows,
  type Document,
  findDocument,
  forget,
  type SheetState,
  updateRows
} from "./Documents.ts"
import { addFields as addTo, deleteFields as deleteFrom, updateFields as updateOf } from "./Fields.ts"
import { askedOf, formsOf, type FormState } from "./Forms.ts"
import { accessOf, isAdmin, mayEdit, permissionsOf } from "./Permissions.ts"

/** A sheet of a smart sheet, and the member who edits it. */
export interface Editing extends In {
  readonly userid: string
  readonly docid: string
  readonly sheet_id: string
}

/** Cells by the titles of their fields. */
const cells = Schema.Record(Schema.String, CellValue)

/** 新增记录. A member adds records to a smart sheet. */
export const addRecords = make({
  input: input({ userid: Schema.String, docid: Schema.String, sheet_id: Schema.String, records: Schema.Array(cells) }),
  run: (editing) =>
    edited(
      editing,
      "insert",
      SheetRecordsAdded,
      (world, sheet, author, now) => ({
        RecordId: idsOf(addRows(world, sheet, editing.records.map((values) => ({ values })), { author, now }))
      })
    )
})

/** 更新记录. A member changes cells of records of a smart sheet. */
export const updateRecords = make({
  input: input({
    userid: Schema.String,
    docid: Schema.String,
    sheet_id: Schema.String,
    records: Schema.Array(Schema.Struct({ record_id: Schema.String, values: cells }))
  }),
  run: (editing) =>
    edited(
      editing,
      "update",
      SheetRecordsUpdated,
      (world, sheet, author, now) => ({ RecordId: idsOf(updateRows(world, sheet, editing.records, { author, now })) })
    )
})

/** 删除记录. A member deletes records of a smart sheet. */
export const deleteRecords = make({
  input: input({
    userid: Schema.String,
    docid: Schema.String,
    sheet_id: Schema.String,
    record_ids: Schema.Array(Schema.String)
  }),
  run: (editing) =>
    edited(editing, "delete", SheetRecordsDeleted, (_, sheet) => {
      deleteRows(sheet, editing.record_ids)
      return { RecordId: editing.record_ids }
    })
})

/** 新增字段. A member adds fields to a smart sheet. */
export const addFields = make({
  input: input({
    userid: Schema.String,
    docid: Schema.String,
    sheet_id: Schema.String,
    fields: Schema.Array(NewSmartSheetField)
  }),
  run: (editing) =>
    edited(
      editing,
      "update",
      SheetFieldsAdded,
      (world, sheet) => ({ FieldId: addTo(world, sheet, editing.fields).map(({ field_id }) => field_id) })
    )
})

/** 更新字段. A member changes fields of a smart sheet. */
export const updateFields = make({
  input: input({
    userid: Schema.String,
    docid: Schema.String,
    sheet_id: Schema.String,
    fields: Schema.Array(SmartSheetFieldEdit)
  }),
  run: (editing) =>
    edited(
      editing,
      "update",
      SheetFieldsUpdated,
      (_, sheet) => ({ FieldId: updateOf(sheet, editing.fields).map(({ field_id }) => field_id) })
    )
})

/** 删除字段. A member deletes fields of a smart sheet. */
export const deleteFields = make({
  input: input({
    userid: Schema.String,
    docid: Schema.String,
    sheet_id: Schema.String,
    field_ids: Schema.Array(Schema.String)
  }),
  run: (editing) =>
    edited(editing, "update", SheetFieldsDeleted, (_, sheet) => {
      deleteFrom(sheet, editing.field_ids)
      return { FieldId: editing.field_ids }
    })
})

/** 修改文档成员. A member lets others into a document that he can open: they may do what he may, at most. */
export const share = make({
  input: input({ userid: Schema.String, docid: Schema.String, with: Schema.Array(Schema.String) }),
  run: (sharing) =>
    Effect.gen(function*() {
      const { corp, document, member } = yield* opened(sharing)
      const others = yield* Effect.forEach(sharing.with, (userid) => memberOf(corp, userid))
      const permissions = permissionsOf(corp, document)
      const auth = Math.min(accessOf(corp, document, member), DocumentMemberAccess.Write)
      permissions.members = [
        ...permissions.members,
        ...others.filter(({ user }) => !permissions.members.some(({ userid }) => userid === user.userid)).map((
          { user }
        ) => new DocumentMember({ type: 1, userid: user.userid, tmp_external_userid: undefined, auth }))
      ]
      return yield* tell(
        corp,
        toApp(document.owner, event(DocumentMembersChanged, { DocId: [document.id], FormId: [] }))
      )
    })
})

/** 删除文档. An administrator of a document deletes it. */
export const deleteDocument = make({
  input: input({ userid: Schema.String, docid: Schema.String }),
  run: (deleting) =>
    Effect.gen(function*() {
      const { corp, document, member } = yield* opened(deleting)
      if (!isAdmin(corp, document, member)) {
        return yield* fail(`${deleting.userid} does not administer ${deleting.docid}`)
      }
      forget(corp, document.id)
      return yield* tell(corp, toApp(document.owner, event(DocumentsDeleted, { DocId: [document.id] })))
    })
})

/** 删除收集表. A member who administers a form deletes it. */
export const deleteForm = make({
  input: input({ userid: Schema.String, formid: Schema.String }),
  run: (deleting) =>
    Effect.gen(function*() {
      const { corp, form } = yield* administered(deleting)
      formsOf(corp).delete(form.id)
      return yield* tell(corp, toApp(form.owner, event(FormsDeleted, { FormId: [form.id] })))
    })
})

/** 修改收集表设置. A member who administers a form changes its settings. */
export const changeForm = make({
  input: input({ userid: Schema.String, formid: Schema.String, setting: NewFormSetting }),
  run: (changing) =>
    Effect.gen(function*() {
      const { corp, form } = yield* administered(changing)
      form.setting = { ...form.setting, ...changing.setting }
      return yield* tell(corp, toApp(form.owner, event(FormSettingsChanged, { FormId: [form.id] })))
    })
})

/** 完成收集表. A member fills in a form. */
export const fillIn = make({
  input: input({
    userid: Schema.String,
    formid: Schema.String,
    replies: Schema.Array(Schema.Struct(FormReply.fields))
  }),
  run: (filling) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const corp = yield* corpOf(filling)
      const { user } = yield* memberOf(corp, filling.userid)
      const form = formsOf(corp).get(filling.formid)
      if (form === undefined) return yield* fail(`there is no form ${filling.formid}`)
      const now = yield* Clock.currentTimeMillis
      const { fill_out_auth, timed_finish } = form.setting
      if (fill_out_auth === FormAudience.Chosen && !askedOf(corp, form).includes(user.userid)) {
        return yield* fail(`${user.userid} is not asked to fill in ${filling.formid}`)
      }
      if (timed_finish !== undefined && DateTime.toEpochMillis(timed_finish) <= now) {
        return yield* fail(`${filling.formid} is closed`)
      }
      if (form.setting.allow_multi_fill !== true && form.answers.some(({ userid }) => userid === user.userid)) {
        return yield* fail(`${user.userid} has filled in ${filling.formid}`)
      }
      const missing = form.questions.find(({ must_reply, question_id }) =>
        must_reply && !filling.replies.some((reply) => reply.question_id === question_id)
      )
      if (missing !== undefined) return yield* fail(`question ${missing.question_id} needs an answer`)
      const at = DateTime.makeUnsafe(now)
      form.answers.push(
        new FormAnswer({
          answer_id: `${world.next()}`,
          userid: form.setting.can_anonymous === true ? undefined : user.userid,
          user_name: form.setting.can_anonymous === true ? undefined : user.name,
          tmp_external_userid: undefined,
          ctime: at,
          mtime: at,
          answer_status: 1,
          reply: { items: filling.replies.map((reply) => new FormReply(reply)) }
        })
      )
      return yield* tell(corp, toApp(form.owner, event(FormsCompleted, { FormId: [filling.formid] })))
    })
})

const idsOf = (rows: ReadonlyArray<{ readonly id: string }>): ReadonlyArray<string> => rows.map(({ id }) => id)

/** A document that a member can open. */
const opened = (
  opening: In & { readonly userid: string; readonly docid: string }
): Act<{ readonly corp: Corp; readonly document: Document; readonly member: Member }> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(opening)
    const member = yield* memberOf(corp, opening.userid)
    const document = findDocument(corp, opening.docid)
    if (document === undefined) return yield* fail(`there is no document ${opening.docid}`)
    if (accessOf(corp, document, member) === 0) return yield* fail(`${opening.userid} may not open ${opening.docid}`)
    return { corp, document, member }
  })

/** A form that a member administers. */
const administered = (
  by: In & { readonly userid: string; readonly formid: string }
): Act<{ readonly corp: Corp; readonly form: FormState }> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(by)
    const { user } = yield* memberOf(corp, by.userid)
    const form = formsOf(corp).get(by.formid)
    if (form === undefined) return yield* fail(`there is no form ${by.formid}`)
    if (form.setting.setting_manager_range?.userids?.includes(user.userid) !== true) {
      return yield* fail(`${user.userid} does not administer ${by.formid}`)
    }
    return { corp, form }
  })

/** The events of what members do to a sheet. */
type SheetEvent =
  | typeof SheetFieldsAdded
  | typeof SheetFieldsDeleted
  | typeof SheetFieldsUpdated
  | typeof SheetRecordsAdded
  | typeof SheetRecordsDeleted
  | typeof SheetRecordsUpdated

/** Edits a sheet as a member, and tells the app; an act that WeCom would refuse cannot be done. */
const edited = <Class extends SheetEvent>(
  editing: Editing,
  what: Parameters<typeof mayEdit>[4],
  Event: Class,
  write: (world: World, sheet: SheetState, author: Author, now: number) => {
    readonly FieldId?: ReadonlyArray<string>
    readonly RecordId?: ReadonlyArray<string>
  }
): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const now = yield* Clock.currentTimeMillis
    const { corp, document, member } = yield* opened(editing)
    const sheet = document.sheets.find(({ id }) => id === editing.sheet_id)
    if (sheet === undefined) return yield* fail(`there is no sheet ${editing.sheet_id} in ${editing.docid}`)
    if (!mayEdit(corp, document, sheet.id, member, what)) {
      return yield* fail(`${editing.userid} may not ${what} records of ${sheet.id}`)
    }
    const { user } = member
    const author: Author = { name: user.name ?? user.userid, shown: { user_id: user.userid, id_type: 1 } }
    const ids = yield* Effect.try({
      try: () => write(world, sheet, author, now),
      catch: (cause) => cause
    }).pipe(
      Effect.catch((cause): Effect.Effect<never, SimulatorError> =>
        cause instanceof Refusal ? fail(`${cause.errcode} ${cause.message}`) : Effect.die(cause)
      )
    )
    document.modified = now
    const body = { DocId: document.id, SheetId: sheet.id, ...ids }
    return yield* tell(corp, toApp(document.owner, event(Event, body as never))) // fields or records, as the event has
  })
