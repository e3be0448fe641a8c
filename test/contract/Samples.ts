/**
 * The shared samples, and the comparison of what was sent with what came out of the codecs.
 */
import { Cause, Exit, Schema, type SchemaAST } from "effect"
import { readFileSync } from "node:fs"
import * as Path from "node:path"
import type { Description } from "../../src/Endpoint.ts"
import * as Json from "../../src/internal/kernel/json.ts"
import * as Signature from "../../src/internal/kernel/signature.ts"

export interface Sample {
  readonly file: string
  readonly kind: "request" | "response" | "fragment"
  readonly method: string
  readonly path: string
  readonly section?: "body" | "response"
  readonly pointer?: string
  readonly errcode?: number
  readonly note?: string
  readonly placeholders?: ReadonlyArray<string>
}

/** Paths that the reference data list with another verb than their document has, with the document's. */
export const verbs: { readonly [path: string]: string } = {
  // The document of 2024 says POST, with a body; the list has the GET of WeChat Pay's own interface.
  "/cgi-bin/miniapppay/get_bill": "POST"
}

/** Samples that no codec should accept: each with the reason. */
export const refused: { readonly [file: string]: string } = {
  "requests/externalcontact.message.send.10.json": "several message bodies merged into one payload",
  "requests/school.set_upgrade_info.1.json": "2 as a switch, which WeCom takes for off, as all but 1",
  "responses/report.grid.list_cata.1.json": "of the older interface: read, but not written, by the names of then",
  "responses/school.agent.get_allow_scope.1.json":
    "of the older interface: students and departments hold lists in the document of 2023",
  "responses/school.getuserinfo.4.json": "the answers for a parent and for a student merged into one",
  "requests/service.get_app_qrcode.1.json": "asks for the picture itself, without the suite_id that is now needed",
  "responses/service.getuserinfo3rd.4.json": "the answers for a member and for an outsider merged into one",
  "responses/service.media.upload.2.json": "the payload is left out: every document has `media_id`",
  "responses/externalcontact.groupchat.get_new_external_userid.2.json": "the answer of agent/get_app_migrate_flag",
  "responses/externalcontact.unionid_to_external_userid.2.json": "the payload is left out",
  "responses/auth.getuserinfo.7.json": "the answers for a member and for an outsider merged into one",
  "responses/export.get_result.2.json": "the payload is left out: every document has `status`",
  "responses/tag.create.2.json": "the payload is left out: every document has `tagid`",
  "requests/aibot.response.1.json": "the card is left out: only its feedback is shown",
  "requests/appchat.send.9.json": "several message bodies merged into one payload",
  "requests/linkedcorp.message.send.1.json": "several message bodies merged into one payload",
  "requests/exmail.app.compose_send.1.json": "a word in place of the attachment's content",
  "requests/exmail.app.compose_send.3.json": "a word in place of the attachment's content",
  "requests/message.send.16.json": "several message bodies merged into one payload",
  "requests/message.send.18.json": "a news_notice without the card_image or image_text_area that it needs",
  "requests/message.update_template_card.6.json": "several cards merged into one payload",
  "responses/externalcontact.groupchat.del_join_way.2.json": "the answer of groupchat/get, from the appendix below",
  "requests/kf.send_msg.9.json": "several message bodies merged into one payload",
  "requests/kf.send_msg_on_event.1.json": "a word in place of the message type, and no message",
  "requests/kf.send_msg_on_event.2.json": "several message bodies merged into one payload",
  "requests/oa.applyevent.2.json": "the values of all controls merged into one Text control",
  "responses/oa.getapprovaldetail.1.json": "the values of all controls merged into one Text control",
  "responses/oa.gettemplatedetail.1.json": "the configurations of all controls merged into one Selector control",
  "responses/agent.get_workbench_template.1.json": "the data of all types merged into one",
  "requests/oa.calendar.add.2.json": "has an organizer and readonly, which WeCom has dropped and refuses (90493)",
  "requests/oa.calendar.update.3.json": "has readonly, which WeCom has dropped and refuses (90493)",
  "requests/oa.schedule.add.2.json": "has an organizer, which WeCom has dropped and refuses (90493)",
  "requests/oa.schedule.update.1.json": "repeats a single occurrence, which WeCom refuses (90484)",
  "requests/oa.schedule.update.2.json": "has an organizer, which WeCom has dropped and refuses (90493)",
  "responses/oa.meetingroom.book.1.json": "of the older interface, where a booking_id was called meeting_id",
  "responses/oa.meetingroom.get_booking_info.1.json":
    "of the older interface, where a booking_id was called meeting_id",
  "requests/oa.meetingroom.cancel_book.1.json": "of the older interface, where a booking_id was called meeting_id",
  "requests/wedrive.file_secure_setting.1.json": "a watermark of density 0, where 1 and 2 are documented",
  "requests/wedrive.file_upload.1.json": "a word in place of the content",
  "requests/wedrive.file_upload_part.1.json": "a word in place of the content",
  "requests/wedrive.file_upload_init.1.json": "both a folder and a selected_ticket, of which one is allowed",
  "requests/wedrive.file_download.1.json": "both a fileid and a selected_ticket, of which one is allowed",
  "requests/wedrive.space_create.1.json": "the userid of the older interface, before apps made spaces themselves",
  "requests/wedoc.create_doc.1.json": "0 in place of a type of document",
  "requests/wedoc.rename_doc.1.json": "a docid and a formid, of which the document allows one",
  "requests/wedoc.del_doc.1.json": "a docid and a formid, of which the document allows one",
  "requests/wedoc.doc_share.1.json": "a docid and a formid, of which the document allows one",
  "requests/wedoc.document.batch_update.1.json":
    "an update_text_property without the text_property and the ranges that the document has",
  "requests/wedoc.image_upload.1.json": "a word where a picture in base64 belongs",
  "requests/wedoc.modify_form.1.json": "questions and settings in one, of which oper takes one",
  "requests/wedoc.spreadsheet.batch_update.1.json": "operations that are left empty",
  "requests/wedoc.smartsheet.add_view.1.json": "a view from an answer, without the sheet that it is added to",
  "requests/wedoc.smartsheet.get_records.1.json": "an empty filter beside a sort, which the document excludes",
  "requests/wedoc.smartsheet.content_priv.get_sheet_priv.1.json": "words where the numbers of rules belong",
  "responses/wedoc.smartsheet.update_view.1.json": "the view is left out",
  "requests/menu.create.3.json": "the menus of two examples in one: five buttons where three are allowed",
  "requests/checkin.addcheckinuserface.1.json": "a word where a picture in base64 belongs",
  "requests/checkin.add_checkin_option.1.json":
    "times that are not whole minutes, and liveness without face detection: both corrected in the document of 2025",
  "requests/checkin.update_checkin_option.1.json":
    "times that are not whole minutes, and liveness without face detection: both corrected in the document of 2025",
  "requests/license.list_order.1.json": "three years of orders, where 31 days are documented",
  "requests/paytool.open_order.3.json": "the products of all kinds of business merged into one order",
  "requests/paytool.get_order_list.1.json": "a limit of 0, where 1 to 2000 are documented",
  "requests/miniapppay.create_order.1.json": "an order number of 4 letters, where 6 to 32 are documented",
  "requests/miniapppay.get_order.1.json": "an order number of 3 letters, where 6 to 32 are documented",
  "requests/miniapppay.close_order.1.json": "an order number of 3 letters, where 6 to 32 are documented",
  "requests/devicedata.get_temperature_data.2.json": "a limit of 0",
  "requests/devicedata.get_accesscontrol_data.2.json": "a limit of 0",
  "requests/miniapppay.get_bill.1.json": "words in place of the day and of the types",
  "requests/miniapppay.apply_mch.1.json": "of the older interface, without the sales_scene_info that is now needed",
  "requests/meeting.realcontrol.set_nicknames.1.json":
    "the misspelling of the older document: the example of 2025 has operated_users, as its siblings do",
  "requests/meeting.record.list.1.json": "more than the 31 days that the table allows",
  "requests/chatdata.get_hide_sensitiveinfo_config.1.json": "names the member as open_userid, which is now userid",
  "requests/chatdata.set_hide_sensitiveinfo_config.1.json": "names the member as open_userid, which is now userid",
  "requests/chatdata.set_log_level.1.json": "the request of get_log_level, from further down the page",
  "responses/chatdata.set_log_level.1.json": "the answer of get_log_level, from further down the page",
  "requests/security.doc.list.1.json": "a doc_type that is not among those that its document lists",
  "requests/security.admin_oper_log.list.1.json": "an oper_type that is not among those that its document lists",
  "requests/security.get_file_oper_record.1.json": "an operation that is not among those that its document lists"
}

/** Parts of samples that contradict the document's own table: each with the reason. */
const foreign: { readonly [file: string]: ReadonlyArray<readonly [pointer: string, reason: string]> } = {
  "responses/school.user.get.1.json": [["/parent", "only a parent (user_type 2) has it; this one is a student"]],
  "responses/checkin.getcheckinoption.1.json": [
    ["/info/0/group/schedulelist", "only rules with shifts have any; this one has fixed times"]
  ],
  "responses/checkin.getcorpcheckinoption.1.json": [
    ["/group/0/schedulelist", "only rules with shifts have any; this one has fixed times"]
  ],
  "requests/meeting.create.2.json": [["/settings/host_key", "a word where six digits belong"]],
  "requests/meeting.update.2.json": [["/settings/host_key", "a word where six digits belong"]],
  "requests/meeting.get_attendee_list.1.json": [["/end_time", "more than the 31 days that the table allows"]],
  "requests/meeting.record.get_statistics.1.json": [["/end_time", "more than the 31 days that the table allows"]],
  "responses/meeting.rooms.get_info.1.json": [["/pmi_info/pmi_pwd", "not Base64, as the table says that it is"]],
  "requests/meeting.webinar.create.1.json": [
    ["/password", "a word where digits belong"],
    ["/media_setting/auto_record_type", "not recorded, though the audience may watch it again"]
  ],
  "requests/meeting.webinar.update.1.json": [
    ["/password", "a word where digits belong"],
    ["/media_setting/auto_record_type", "not recorded, though the audience may watch it again"]
  ]
}

/** Where samples come from: their index, and the text of each. */
export interface Source {
  readonly samples: ReadonlyArray<Sample>
  readonly text: (sample: Sample) => string
}

const ofEndpoints = (sample: { readonly kind: string }): boolean =>
  sample.kind === "request" || sample.kind === "response" || sample.kind === "fragment"

/** The samples beside the project, in `root`. */
export const sharedSamples = (root: string): Source => ({
  samples: (JSON.parse(readFileSync(Path.join(root, "samples/index.json"), "utf8")) as ReadonlyArray<Sample>)
    .filter(ofEndpoints)
    .map((sample) => ({ ...sample, method: verbs[sample.path] ?? sample.method })),
  text: (sample) => readFileSync(Path.join(root, "samples", sample.file), "utf8")
})

/** The project's own: the same keys, types and nesting, with texts of our own. */
export const ownSamples = (): Source => {
  const lines = readFileSync(Path.join(import.meta.dirname, "../fixtures/samples.jsonl"), "utf8").trim().split("\n")
  const entries = lines.map((line) => JSON.parse(line) as Sample & { readonly text: string })
  const texts = new Map(entries.map(({ file, text }) => [file, text]))
  return { samples: entries, text: ({ file }) => texts.get(file) ?? "" }
}

/** A sample's value, with its 64-bit integers as text, and without its foreign parts. */
export const readSample = (source: Source, sample: Sample, int64: ReadonlySet<string>): unknown => {
  const value = Json.parse(source.text(sample), int64)
  for (const [pointer] of foreign[sample.file] ?? []) at(value, pointer, (parent, key) => delete parent[key])
  return value
}

/** The body that a sample stands for: a fragment is put into the first whole sample of its endpoint. */
export const bodyOf = (
  source: Source,
  sample: Sample,
  siblings: ReadonlyArray<Sample>,
  int64: ReadonlySet<string>
): unknown => {
  const value = readSample(source, sample, int64)
  if (sample.kind !== "fragment" || sample.pointer === undefined) return value
  const kind = sample.section === "body" ? "request" : "response"
  const base = siblings.find((other) => other.kind === kind && other.errcode === undefined)
  const body = embed(base === undefined ? {} : readSample(source, base, int64), sample.pointer, value)
  const control = Object.keys(value as object).map((key) => controls[key])[0]
  const place = sample.pointer.replace(/value$/, "control").replace(/config$/, "property/control")
  if (control !== undefined) {
    at(body, place, (parent, key) => {
      parent[key] = control
      parent.id = `${control}-1`
    })
  }
  return body
}

/** The approval control that a fragment of a value or of a configuration is of. */
const controls: { readonly [key: string]: string } = {
  text: "Text",
  new_number: "Number",
  new_money: "Money",
  date: "Date",
  selector: "Selector",
  members: "Contact",
  departments: "Contact",
  contact: "Contact",
  tips: "Tips",
  files: "File",
  file: "File",
  children: "Table",
  table: "Table",
  date_range: "DateRange",
  vacation: "Vacation",
  attendance: "Attendance",
  punch_correction: "PunchCorrection",
  location: "Location",
  related_approval: "RelatedApproval",
  formula: "Formula",
  bank_account: "BankAccount",
  students: "SchoolContact",
  classes: "SchoolContact",
  docs: "Doc",
  wedrive_files: "WedriveFile"
}

/** Both ways through a schema: what went wrong, or where the outcome differs. */
export const roundTrip = (
  schema: Schema.Codec<unknown, unknown>,
  options: SchemaAST.ParseOptions,
  value: unknown,
  placeholders: ReadonlyArray<string>
): ReadonlyArray<string> => {
  // A word stands there where a number belongs.
  for (const pointer of placeholders) at(value, pointer.replace(/^\w+ /, ""), (parent, key) => parent[key] = 1)
  const decoded = Schema.decodeUnknownExit(schema, options)(value)
  if (Exit.isFailure(decoded)) return [String(Cause.squash(decoded.cause))]
  const encoded = Schema.encodeUnknownExit(schema, options)(decoded.value)
  if (Exit.isFailure(encoded)) return [String(Cause.squash(encoded.cause))]
  return differences(value, encoded.value ?? {})
}

/** An answer's own fields. A request may have an errcode of its own: what became of an act. */
const withoutEnvelope = (value: unknown): unknown => {
  const { errcode: _, errmsg: __, ...payload } = value as Record<string, unknown>
  return payload
}

/** A sample through the codec of its endpoint: as a request with every check, as an answer with none. */
export const check = (
  self: Description,
  source: Source,
  sample: Sample,
  siblings: ReadonlyArray<Sample>
): ReadonlyArray<string> => {
  // The schemas of an endpoint need no services.
  const { body, query, success } = self.schemas as unknown as Record<string, Schema.Codec<unknown, unknown> | undefined>
  const value = bodyOf(source, sample, siblings, self.int64)
  const placeholders = sample.placeholders ?? []
  if (sample.kind === "request" || sample.section === "body") {
    const schema = self.method === "GET" ? query : body
    return schema === undefined
      ? [`${self.name} takes no ${self.method === "GET" ? "query" : "body"}`]
      : roundTrip(
        schema,
        { onExcessProperty: "error" },
        self.signed ? Signature.unsigned(value as object) : value,
        placeholders
      )
  }
  if (sample.errcode !== undefined && sample.errcode !== 0) {
    const { errcode } = value as { readonly errcode?: number }
    return errcode === sample.errcode ? [] : [`errcode ${errcode} where ${sample.errcode} was expected`]
  }
  return self.kind === "download" || success === undefined
    ? []
    : roundTrip(success, { disableChecks: true }, withoutEnvelope(value), placeholders)
}

type Node = { [key: string]: Node } | Array<Node> | string | number | boolean | null

const segments = (pointer: string): ReadonlyArray<string> =>
  pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))

/** Applies `f` to every place that a pointer names; `-` is every item of a list. */
export const at = (
  root: unknown,
  pointer: string,
  f: (parent: Record<string, unknown>, key: string) => void
): void => {
  const walk = (node: unknown, parts: ReadonlyArray<string>): void => {
    if (typeof node !== "object" || node === null) return
    const [head, ...rest] = parts
    const keys = head === "-" ? Object.keys(node) : [head!]
    for (const key of keys) {
      const parent = node as Record<string, unknown>
      if (!(key in parent)) continue
      if (rest.length === 0) f(parent, key)
      else walk(parent[key], rest)
    }
  }
  walk(root, segments(pointer))
}

/** Puts a fragment where its pointer says, into a whole body; `-` appends, or makes the list. */
export const embed = (body: unknown, pointer: string, fragment: unknown): unknown => {
  const parts = segments(pointer)
  const build = (node: unknown, [head, ...rest]: ReadonlyArray<string>): unknown => {
    if (head === undefined) return fragment
    if (head === "-") {
      const list = Array.isArray(node) ? node : []
      // Below a list item, the first item is the place; at its end, the fragment is the only item.
      return rest.length === 0 ? [fragment] : [build(list[0], rest)]
    }
    return {
      ...(typeof node === "object" && node !== null ? node : {}),
      [head]: build((node as Record<string, unknown> | undefined)?.[head], rest)
    }
  }
  return build(body, parts)
}

/** The places where two values differ: `null`, absent and an empty list are the same, and so are `1` and `"1"`. */
export const differences = (expected: unknown, actual: unknown, path = ""): ReadonlyArray<string> => {
  if (expected === undefined || expected === null) {
    return actual === undefined || actual === null || (Array.isArray(actual) && actual.length === 0)
      ? []
      : [`${path}: ${JSON.stringify(actual)} was not there before`]
  }
  if (Array.isArray(expected) && expected.length === 0 && actual === undefined) return []
  if (typeof expected === "object" && typeof actual === "object" && actual !== null) {
    if (Array.isArray(expected) !== Array.isArray(actual)) return [`${path}: a list became an object or vice versa`]
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
    return [...keys].flatMap((key) =>
      differences((expected as Record<string, Node>)[key], (actual as Record<string, Node>)[key], `${path}/${key}`)
    )
  }
  if (Object.is(expected, actual)) return []
  // The document says 0 of who has not decided yet, and its samples an empty text.
  if (expected === "" && actual === 0 && path.endsWith("/sptime")) return []
  const numeric = (value: unknown) =>
    typeof value === "number" || (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)))
  if (numeric(expected) && numeric(actual) && String(expected) === String(actual)) return []
  if (
    numeric(expected) && numeric(actual) && typeof expected !== typeof actual && Number(expected) === Number(actual)
  ) {
    return []
  }
  return [`${path}: ${JSON.stringify(expected)} became ${JSON.stringify(actual)}`]
}
