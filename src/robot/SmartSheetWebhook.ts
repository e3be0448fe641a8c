/**
 * 接收外部数据到智能表格: records written to a sheet of a smart sheet through its webhook. It needs its key alone.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import { WeComClient } from "../WeComClient.ts"
import type { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"

/** Which sheet. */
export interface SmartSheetWebhookOptions {
  /** The `key` of its webhook URL. Anyone who has it can write to the sheet. */
  readonly key: Redacted.Redacted
  /** The server, with an optional path prefix. Default: `https://qyapi.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
}

/** A part of a cell that holds several: text, a link, a member, a picture, an option, a place. */
export const CellPart = Schema.Union([
  Schema.Struct({ type: Schema.Literal("text"), text: Schema.String }),
  Schema.Struct({ type: Schema.Literal("url"), link: Schema.String, text: Wire.optional(Schema.String) }),
  Schema.Struct({ user_id: Schema.String }),
  /** A picture by its content, in base64 without `data:`; the way that is documented. */
  Schema.Struct({ image_base64: Schema.String, title: Wire.optional(Schema.String) }),
  /** A picture by its URL, which WeCom has to be able to fetch. */
  Schema.Struct({ image_url: Schema.String, title: Wire.optional(Schema.String) }),
  /** Of a choice; an option that the field does not have is added to it. */
  Schema.Struct({
    text: Schema.String,
    ...Wire.optionals({
      id: Schema.String,
      style: Wire.int
    })
  }),
  Schema.Struct({
    /** 1, 腾讯地图. */
    source_type: Schema.Literal(1),
    id: Schema.String,
    latitude: Schema.String,
    longitude: Schema.String,
    title: Schema.String
  })
])
export type CellPart = typeof CellPart.Type

/**
 * What a cell holds, by the kind of its field: text (also telephone, e-mail, bar code), a number (also progress,
 * currency, percentage), a tick, milliseconds of the epoch as text for dates, and lists for the others.
 */
export const Cell = Schema.Union([Schema.String, Schema.Number, Schema.Boolean, Schema.Array(CellPart)])
export type Cell = typeof Cell.Type

/** The cells of a record, by the id or the title of their field. */
const values = Schema.Record(Schema.String, Cell)

/** A record as the sheet has it. */
export const SheetRecord = Schema.Struct({
  record_id: Wire.filledText,
  /** Cells of every kind, also of those that cannot be written. */
  values: Wire.optional(Schema.Record(Schema.String, Schema.Json))
})
export interface SheetRecord extends Schema.Schema.Type<typeof SheetRecord> {}

/** What was written. */
export class SheetChanges extends Schema.Class<SheetChanges>("effect-wecom/SheetChanges")({
  add_records: Wire.list(SheetRecord),
  update_records: Wire.list(SheetRecord)
}) {}

/** Records to write. */
export const SheetWrite = Schema.Struct({
  ...Wire.optionals({
    /** Titles of the fields by their ids, as the sheet's example shows them. */
    schema: Schema.Record(Schema.String, Schema.String),
    add_records: Schema.Array(Schema.Struct({ values })),
    update_records: Schema.Array(Schema.Struct({ record_id: Wire.filledText, values }))
  })
}).check(Wire.anyOf("add_records", "update_records"))
export interface SheetWrite extends Schema.Schema.Type<typeof SheetWrite> {}

const endpoints = {
  /** 智能表格Webhook接收数据. */
  write: Endpoint.post("/cgi-bin/wedoc/smartsheet/webhook", { doc: 101240, credential: "key" }, () => ({
    query: { key: Wire.secret },
    body: SheetWrite,
    success: SheetChanges
  }))
}

/**
 * 接收外部数据到智能表格: records written to a sheet of a smart sheet through its webhook. It needs its key alone: no app,
 * no token.
 */
export class SmartSheetWebhook extends Context.Service<SmartSheetWebhook, {
  /**
   * 添加记录, 更新记录. Adds records to the sheet and changes others, by the ids or the titles of their fields.
   *
   * A sheet holds 100,000 records; 3,000 may be written a minute (2023032). Formulas, numberings, look-ups, relations,
   * files, and who made or changed a record and when cannot be written.
   * @see https://developer.work.weixin.qq.com/document/path/101240
   */
  readonly write: (records: SheetWrite) => Effect.Effect<SheetChanges, WeComError>
}>()("effect-wecom/SmartSheetWebhook") {
  /** The endpoints as bare values, for tools. Their input has the `key`. */
  static readonly endpoints = endpoints
  /** Where the service is declared. */
  static readonly module = "robot/SmartSheetWebhook"
  /** The area of the official documentation. */
  static readonly area = "机器人webhook"

  /** A sheet as a value, for programs with many. */
  static make(
    options: SmartSheetWebhookOptions
  ): Effect.Effect<SmartSheetWebhook["Service"], never, HttpClient.HttpClient> {
    return make(options)
  }

  /** The sheet of a key. A fresh layer at every call. */
  static layer(options: SmartSheetWebhookOptions): Layer.Layer<SmartSheetWebhook, never, HttpClient.HttpClient> {
    return Layer.effect(this, make(options))
  }
}

const make = ({ baseUrl, key }: SmartSheetWebhookOptions) =>
  Effect.map(WeComClient.withoutApp({ baseUrl }), ({ execute }) => {
    const write = execute(endpoints.write)
    return SmartSheetWebhook.of({ write: (records) => write({ ...records, key }) })
  })
