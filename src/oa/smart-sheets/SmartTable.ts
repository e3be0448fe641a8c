/**
 * 智能表格 as a typed table: records are objects of a type of your own, and a sheet has the columns that you define.
 *
 * @example
 * ```ts
 * const Customers = SmartTable.define({
 *   name: "客户",
 *   fields: {
 *     编号: Column.text,
 *     金额: Column.optional(Column.number()),
 *     阶段: Column.choice(["线索", "成交"])
 *   }
 * })
 *
 * const table = yield* Customers.open({ docid })
 * yield* table.upsertMany([{ 编号: "C1", 阶段: "线索" }], { key: "编号" })
 * const won = table.all({ where: [{ field_title: "阶段", operator: FilterOperator.Is, value: "成交" }] })
 * ```
 */
import * as Array from "effect/Array"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { issuesOf } from "../../internal/kernel/issues.ts"
import type { Issue, WeComError } from "../../WeComError.ts"
import type { CellValue } from "./CellValue.ts"
import type { Column } from "./Column.ts"
import { type Conjunction, type FilterCondition, type FilterOperator } from "./FilterSpec.ts"
import type { NewSmartSheetField, SmartSheetField } from "./SmartSheetField.ts"
import { SmartSheetFields } from "./SmartSheetFields.ts"
import { CellKeyType, type SmartSheetRecord, SmartSheetRecords } from "./SmartSheetRecords.ts"
import { SmartSheets } from "./SmartSheets.ts"
import { SmartTableError } from "./SmartTableError.ts"

/** Columns by the titles of their fields. */
export interface Columns {
  readonly [title: string]: Column<unknown>
}

type ValueOf<C> = C extends Column<infer A, never> ? A : never
type ComparedWith<C> = C extends { readonly compare: (value: infer F, field: never) => unknown } ? F : never

/** What a record is before a schema of your own: a value for every column, where those that may be empty may be left out. */
export type RowOf<Fields extends Columns> =
  & {
    readonly [
      Title in keyof Fields as undefined extends ValueOf<Fields[Title]> ? never : Title
    ]: ValueOf<Fields[Title]>
  }
  & {
    readonly [
      Title in keyof Fields as undefined extends ValueOf<Fields[Title]> ? Title : never
    ]?: ValueOf<Fields[Title]>
  }

/** Titles of the columns that a record can be known by. */
export type KeyOf<Fields extends Columns> =
  & {
    [Title in keyof Fields]: ValueOf<Fields[Title]> extends string | number ? Title : never
  }[keyof Fields]
  & string

/** A record of a table. */
export interface Row<A> {
  readonly record_id: string
  readonly value: A
  readonly create_time?: DateTime.Utc | undefined
  readonly update_time?: DateTime.Utc | undefined
}

/** A condition: a column, how it is compared, and with what, unless it is asked whether it is empty. */
export type Condition<Fields extends Columns> = {
  [Title in keyof Fields & string]: {
    readonly field_title: Title
    readonly operator: typeof FilterOperator.schema["Type"]
    readonly value?: ComparedWith<Fields[Title]> | undefined
  }
}[keyof Fields & string]

/** Which records, and in which order: conditions do not go with an order. */
export interface Query<Fields extends Columns> {
  readonly where?: ReadonlyArray<Condition<Fields>> | undefined
  /** Whether all conditions must be met. Default: `And`. */
  readonly conjunction?: typeof Conjunction.schema["Type"] | undefined
  readonly sort?:
    | ReadonlyArray<{ readonly field_title: keyof Fields & string; readonly desc?: boolean | undefined }>
    | undefined
}

/** How many records were written. */
export interface Upserted {
  readonly added: number
  readonly updated: number
  /** Records that were the same already: they are not written. */
  readonly unchanged: number
}

/** A table in a sheet of a smart sheet. */
export interface Table<A, Fields extends Columns> {
  readonly docid: string
  readonly sheet_id: string
  /** The fields of the columns as they were when the table was opened, by their titles. */
  readonly fields: { readonly [Title in keyof Fields]: SmartSheetField }
  /** All records, or those that meet conditions, as a stream of pages of 1000. */
  readonly all: (query?: Query<Fields>) => Stream.Stream<Row<A>, WeComError | SmartTableError>
  /** Adds records, 500 at a time. Returns their ids, in the same order. Not repeatable: see {@link Table.upsertMany}. */
  readonly addMany: (values: Iterable<A>) => Effect.Effect<ReadonlyArray<string>, WeComError | SmartTableError>
  /** Changes records, 500 at a time. Cells of `undefined` stay as they are. */
  readonly updateMany: (
    rows: Iterable<{ readonly record_id: string; readonly value: A }>
  ) => Effect.Effect<void, WeComError | SmartTableError>
  /** Deletes records, 500 at a time. */
  readonly deleteMany: (record_ids: Iterable<string>) => Effect.Effect<void, WeComError>
  /**
   * Adds the records whose key the table does not have yet, changes those that differ, and leaves the others alone, 500 at
   * a time. Of several with the same key the last one counts. It reads the whole table first. If it fails midway, the same
   * call continues where it has stopped. Two programs that upsert at once may add a key twice: run one at a time.
   *
   * Fails with `key` if two records of the table have the same key already; nothing is written then.
   */
  readonly upsertMany: (
    values: Iterable<A>,
    options: { readonly key: KeyOf<Fields> }
  ) => Effect.Effect<Upserted, WeComError | SmartTableError>
}

/** The definition of a table. */
export interface SmartTable<A, Fields extends Columns> {
  readonly name: string
  readonly fields: Fields
  /** The cells of a record, by the titles of their fields; empty columns are left out. */
  readonly encode: (value: A) => Effect.Effect<{ readonly [title: string]: CellValue }, SmartTableError>
  /** A record from its cells, by the titles of their fields. */
  readonly decode: (values: { readonly [title: string]: unknown }) => Effect.Effect<A, SmartTableError>
  /**
   * The table in a smart sheet: its sheet of that name, which is added if there is none, with its fields, of which those
   * that are missing are added. Fails with `field` if a field has another type; fields of other titles are left alone.
   */
  readonly open: (
    place: { readonly docid: string }
  ) => Effect.Effect<Table<A, Fields>, WeComError | SmartTableError, SmartSheets | SmartSheetFields | SmartSheetRecords>
}

/** The type of a table's records. */
export type TypeOf<T> = T extends { readonly decode: (values: never) => Effect.Effect<infer A, SmartTableError> } ? A
  : never

/** How many records are written at once: WeCom advises not to write more. */
const batch = 500

/**
 * Defines a table: the title of its sheet, and its columns by the titles of their fields. Records are objects with a
 * value for every column, or of the type of `schema`, which reads and writes these objects.
 */
export const define = <const Fields extends Columns, A = RowOf<Fields>>(options: {
  readonly name: string
  readonly fields: Fields
  readonly schema?: Schema.Codec<A, RowOf<Fields>>
}): SmartTable<A, Fields> => {
  const { fields, name, schema } = options
  const columns = Object.entries(fields)
  // Made once, not for every cell.
  const codecs = columns.map(([title, { codec, empty }]) => ({
    title,
    empty,
    encode: Schema.encodeUnknownExit(codec),
    decode: Schema.decodeUnknownExit(codec)
  }))

  const failed = (
    problem: SmartTableError["problem"],
    issues: ReadonlyArray<Issue>,
    record_ids: ReadonlyArray<string> = []
  ) => Effect.fail(new SmartTableError({ table: name, problem, record_ids, issues }))

  /** What a schema makes of a value, or what is wrong with it, below a column. */
  const run = <B>(exit: Exit.Exit<B, Schema.SchemaError>, title: string): Effect.Effect<B, ReadonlyArray<Issue>> =>
    Exit.isSuccess(exit)
      ? Effect.succeed(exit.value)
      : Effect.flatMap(issuesOf(exit.cause), (issues) =>
        Effect.fail(
          issues.map(({ field, message }) => ({
            field: title === "" || field === "" || field.startsWith("[") ? title + field : `${title}.${field}`,
            message
          }))
        ))

  const toRow = (value: A) =>
    schema === undefined ? Effect.succeed(value as unknown) : run(Schema.encodeExit(schema)(value), "")
  const fromRow = (row: unknown) =>
    // Without a schema a record is the object of its columns.
    schema === undefined ? Effect.succeed(row as A) : run(Schema.decodeUnknownExit(schema)(row), "")

  const encode: SmartTable<A, Fields>["encode"] = (value) =>
    Effect.catch(
      Effect.gen(function*() {
        const row = (yield* toRow(value)) as { readonly [title: string]: unknown } // an object of the columns
        const cells: Record<string, CellValue> = {}
        for (const { empty, encode, title } of codecs) {
          if (row[title] === undefined && Option.isSome(empty)) continue
          cells[title] = (yield* run(encode(row[title]), title)) as CellValue // what codecs write
        }
        return cells
      }),
      (issues) => failed("write", issues)
    )

  const decodeWith = (
    values: { readonly [key: string]: unknown },
    keyOf: (title: string) => string,
    record_ids: ReadonlyArray<string>
  ): Effect.Effect<A, SmartTableError> =>
    Effect.catch(
      Effect.gen(function*() {
        const row: Record<string, unknown> = {}
        for (const { decode, empty, title } of codecs) {
          const cell = values[keyOf(title)]
          const value = !isEmpty(cell)
            ? yield* run(decode(cell), title)
            : Option.isSome(empty)
            ? empty.value
            : yield* Effect.fail([{ field: title, message: "is empty" }])
          if (value !== undefined) row[title] = value
        }
        return yield* fromRow(row)
      }),
      (issues) => failed("read", issues, record_ids)
    )

  const open: SmartTable<A, Fields>["open"] = Effect.fnUntraced(function*({ docid }) {
    const sheets = yield* SmartSheets
    const service = yield* SmartSheetFields
    const records = yield* SmartSheetRecords
    const found = (yield* sheets.list({ docid })).find(({ title }) => title === name)
    const { sheet_id } = found ?? (yield* sheets.add({ docid, properties: { title: name } }))
    const place = { docid, sheet_id }

    const present = yield* Stream.runCollect(service.listAll(place))
    const byTitle = new Map(
      present.flatMap((field) => "field_title" in field ? [[field.field_title, field] as const] : [])
    )
    const wrong = columns.filter(([title, { type }]) => (byTitle.get(title)?.field_type ?? type) !== type)
    if (wrong.length > 0) {
      return yield* failed(
        "field",
        wrong.map(([title, { type }]) => ({
          field: title,
          message: `expected a field of type ${type}, found ${byTitle.get(title)?.field_type}`
        }))
      )
    }
    const missing = columns.filter(([title]) => !byTitle.has(title)).map(([title, { property, type }]) =>
      ({ field_title: title, field_type: type, ...property }) as NewSmartSheetField // as the column's type has it
    )
    if (missing.length > 0) {
      for (const field of yield* service.addMany({ ...place, fields: missing })) {
        if ("field_title" in field) byTitle.set(field.field_title, field)
      }
    }
    const ids = new Map<string, string>()
    for (const [title] of columns) {
      const field = byTitle.get(title)
      if (field === undefined) {
        return yield* failed("field", [{ field: title, message: "is not among the fields that were added" }])
      }
      ids.set(title, field.field_id)
    }
    const idOf = (title: string): string => ids.get(title) ?? title
    const key_type = CellKeyType.Id

    const toCells = (value: A) =>
      Effect.map(
        encode(value),
        (cells) => Object.fromEntries(Object.entries(cells).map(([title, cell]) => [idOf(title), cell]))
      )

    const decode = ({ record_id, values = {} }: SmartSheetRecord) => decodeWith(values, idOf, [record_id])

    /** Conditions as WeCom takes them. Those on choices need the options that the field has by now. */
    const conditionsOf = Effect.fnUntraced(function*(where: ReadonlyArray<Condition<Fields>>) {
      const isChoice = ({ field_title }: { readonly field_title: string }) =>
        fields[field_title]?.type.endsWith("SELECT")
      const field_ids = where.filter(isChoice).map(({ field_title }) => idOf(field_title))
      const fresh = field_ids.length === 0 ? [] : (yield* service.list({ ...place, field_ids })).fields
      return where.map(({ field_title, operator, value }) => {
        const column: Column<unknown, never> = fields[field_title] as never // the title is one of the columns
        const field = fresh.find((one) => "field_title" in one && one.field_title === field_title) ??
          byTitle.get(field_title)
        return {
          field_id: idOf(field_title),
          field_type: column.type,
          operator,
          // A value is compared as its column's type has it, and its field is there.
          ...value === undefined ? {} : column.compare(value as never, field as never)
        } as FilterCondition
      })
    })

    const read = ({ conjunction = "CONJUNCTION_AND", sort, where }: Query<Fields>) =>
      Stream.unwrap(
        Effect.map(where === undefined ? Effect.undefined : conditionsOf(where), (conditions) =>
          records.listAll({
            ...place,
            key_type,
            field_ids: [...ids.values()],
            sort,
            filter_spec: conditions === undefined ? undefined : { conjunction, conditions }
          }))
      )

    const add = (rows: ReadonlyArray<{ readonly [id: string]: CellValue }>) =>
      Effect.map(
        Effect.forEach(Array.chunksOf(rows, batch), (chunk) =>
          records.addMany({ ...place, key_type, records: chunk.map((values) => ({ values })) })),
        (added) =>
          added.flat().map(({ record_id }) => record_id)
      )
    const update = (
      rows: ReadonlyArray<{ readonly record_id: string; readonly values: { readonly [id: string]: CellValue } }>
    ) =>
      Effect.forEach(
        Array.chunksOf(rows, batch),
        (chunk) => records.updateMany({ ...place, key_type, records: chunk }),
        { discard: true }
      )

    const upsertMany: Table<A, Fields>["upsertMany"] = Effect.fnUntraced(function*(values, { key }) {
      const keyId = idOf(key)
      const keyIn = (cells: { readonly [id: string]: unknown }): string => JSON.stringify(textOf(cells[keyId]))
      const wanted = new Map<string, { readonly [id: string]: CellValue }>()
      for (const value of values) {
        const cells = yield* toCells(value)
        wanted.set(keyIn(cells), cells)
      }
      const before = new Map<string, SmartSheetRecord>()
      yield* Stream.runForEach(read({}), (record) => {
        const keyText = keyIn(record.values ?? {})
        const other = before.get(keyText)
        if (other !== undefined && wanted.has(keyText)) {
          return failed("key", [{ field: key, message: "two records have the same key" }], [
            other.record_id,
            record.record_id
          ])
        }
        before.set(keyText, record)
        return Effect.void
      })
      const added: Array<{ readonly [id: string]: CellValue }> = []
      const updated: Array<{ readonly record_id: string; readonly values: { readonly [id: string]: CellValue } }> = []
      for (const [keyText, cells] of wanted) {
        const record = before.get(keyText)
        if (record === undefined) added.push(cells)
        else if (!(yield* isSame(record, cells))) updated.push({ record_id: record.record_id, values: cells })
      }
      yield* update(updated)
      yield* add(added)
      return { added: added.length, updated: updated.length, unchanged: wanted.size - added.length - updated.length }
    })

    /** Whether a record has these cells already. One that cannot be read has not. */
    const isSame = (record: SmartSheetRecord, cells: { readonly [id: string]: CellValue }) =>
      Effect.match(Effect.flatMap(decode(record), toCells), {
        onFailure: () => false,
        onSuccess: (before) => Object.entries(cells).every(([id, cell]) => Equal.equals(before[id] ?? [], cell))
      })

    const table: Table<A, Fields> = {
      ...place,
      fields: Object.fromEntries(columns.map(([title]) => [title, byTitle.get(title)])) as never, // all are there
      all: (query = {}) =>
        Stream.mapEffect(read(query), (record) =>
          Effect.map(decode(record), (value) => ({
            record_id: record.record_id,
            value,
            create_time: record.create_time,
            update_time: record.update_time
          }))),
      addMany: (values) => Effect.flatMap(Effect.forEach(values, toCells), add),
      updateMany: (rows) =>
        Effect.flatMap(
          Effect.forEach(
            rows,
            ({ record_id, value }) => Effect.map(toCells(value), (values) => ({ record_id, values }))
          ),
          update
        ),
      deleteMany: (record_ids) =>
        Effect.forEach(
          Array.chunksOf([...record_ids], batch),
          (chunk) => records.deleteMany({ ...place, record_ids: chunk }),
          { discard: true }
        ),
      upsertMany
    }
    return table
  })

  return { name, fields, encode, decode: (values) => decodeWith(values, (title) => title, []), open }
}

const isEmpty = (cell: unknown): boolean =>
  cell === undefined || cell === null || cell === "" || (globalThis.Array.isArray(cell) && cell.length === 0)

/** What a key's cell says: options and texts by their text, whatever ids and styles they have. */
const textOf = (cell: unknown): unknown =>
  globalThis.Array.isArray(cell)
    ? cell.map((part: unknown) => typeof part === "object" && part !== null && "text" in part ? part.text : part).join(
      ""
    )
    : cell ?? ""
