/**
 * What members do about documents outside the API: each an act on the simulator of the context, which tells the app that
 * made the document.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { FormsCompleted, SheetRecordsAdded, SheetRecordsUpdated } from "../../../callback/events/DocumentEvents.ts"
import { FormAnswer, FormReply } from "../../../oa/documents/Forms.ts"
import type { CellValue } from "../../../oa/smart-sheets/CellValue.ts"
import { type Act, corpOf, fail, type In, memberOf, tell, type Told } from "../../engine/Act.ts"
import { event, toApp } from "../../engine/Audience.ts"
import type { SimulatorError } from "../../engine/CallbackSender.ts"
import { Engine } from "../../engine/Engine.ts"
import { Refusal } from "../../engine/Route.ts"
import type { Corp, World } from "../../engine/World.ts"
import {
  addRows,
  type Author,
  type Document,
  findDocument,
  type Row,
  type SheetState,
  updateRows
} from "./Documents.ts"
import { formsOf } from "./Forms.ts"

/** A sheet of a smart sheet, and the member who edits it. */
export interface Editing extends In {
  readonly userid: string
  readonly docid: string
  readonly sheet_id: string
}

/** Cells by the titles of their fields. */
export interface Cells {
  readonly [title: string]: CellValue
}

/** 新增记录. A member adds records to a smart sheet. */
export const addRecords = (editing: Editing & { readonly records: ReadonlyArray<Cells> }): Told =>
  Effect.flatMap(
    edited(editing, (world, sheet, author, now) =>
      addRows(world, sheet, editing.records.map((values) => ({ values })), { author, now })),
    ({ corp, document, rows }) =>
      tell(corp, toApp(document.owner, event(SheetRecordsAdded, changed(editing, rows))))
  )

/** 更新记录. A member changes cells of records of a smart sheet. */
export const updateRecords = (
  editing: Editing & { readonly records: ReadonlyArray<{ readonly record_id: string; readonly values: Cells }> }
): Told =>
  Effect.flatMap(
    edited(editing, (world, sheet, author, now) => updateRows(world, sheet, editing.records, { author, now })),
    ({ corp, document, rows }) => tell(corp, toApp(document.owner, event(SheetRecordsUpdated, changed(editing, rows))))
  )

/** 完成收集表. A member fills in a form. */
export const fillIn = (
  filling: In & {
    readonly userid: string
    readonly formid: string
    /** By the id of their question, each in the field of its kind. */
    readonly replies: ReadonlyArray<ConstructorParameters<typeof FormReply>[0]>
  }
): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(filling)
    const { user } = yield* memberOf(corp, filling.userid)
    const form = formsOf(corp).get(filling.formid)
    if (form === undefined) return yield* fail(`there is no form ${filling.formid}`)
    if (form.setting.allow_multi_fill !== true && form.answers.some(({ userid }) => userid === user.userid)) {
      return yield* fail(`${user.userid} has filled in ${filling.formid}`)
    }
    const missing = form.questions.find(({ must_reply, question_id }) =>
      must_reply && !filling.replies.some((reply) => reply.question_id === question_id)
    )
    if (missing !== undefined) return yield* fail(`question ${missing.question_id} needs an answer`)
    const at = DateTime.makeUnsafe(yield* Clock.currentTimeMillis)
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

const changed = ({ docid, sheet_id }: Editing, rows: ReadonlyArray<Row>) => ({
  DocId: docid,
  SheetId: sheet_id,
  RecordId: rows.map(({ id }) => id)
})

/** Writes records as a member; an act that WeCom would refuse cannot be done. */
const edited = (
  editing: Editing,
  write: (world: World, sheet: SheetState, author: Author, now: number) => ReadonlyArray<Row>
): Act<{ readonly corp: Corp; readonly document: Document; readonly rows: ReadonlyArray<Row> }> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(editing)
    const { user } = yield* memberOf(corp, editing.userid)
    const now = yield* Clock.currentTimeMillis
    const document = findDocument(corp, editing.docid)
    const sheet = document?.sheets.find(({ id }) => id === editing.sheet_id)
    if (document === undefined || sheet === undefined) {
      return yield* fail(`there is no sheet ${editing.sheet_id} in ${editing.docid}`)
    }
    const author: Author = { name: user.name ?? user.userid, shown: { user_id: user.userid, id_type: 1 } }
    const rows = yield* Effect.try({
      try: () => write(world, sheet, author, now),
      catch: (cause) => cause
    }).pipe(
      Effect.catch((cause): Effect.Effect<never, SimulatorError> =>
        cause instanceof Refusal ? fail(`${cause.errcode} ${cause.message}`) : Effect.die(cause)
      )
    )
    document.modified = now
    return { corp, document, rows }
  })
