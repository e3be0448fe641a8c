/**
 * 过滤与排序: which records meet conditions, and in which order they come.
 */
import type { SmartSheetCell } from "../../../oa/smart-sheets/CellValue.ts"
import { Conjunction, FilterDate, FilterOperator } from "../../../oa/smart-sheets/FilterSpec.ts"
import type { FilterCondition, FilterDateValue } from "../../../oa/smart-sheets/FilterSpec.ts"
import { refuse } from "../../engine/Route.ts"
import { isEmpty, read } from "./cells.ts"
import type { Field, Row, SheetState } from "./Documents.ts"

const day = 86_400_000

/** China's time is eight hours ahead. */
const midnight = (at: number): number => at - (at + day / 3) % day

/** What conditions compare of a cell: texts, ids of options, userids. */
const wordsOf = (cell: SmartSheetCell | undefined, field: Field): ReadonlyArray<string> => {
  if (cell === undefined || cell === null) return []
  if (!Array.isArray(cell)) return [String(cell)]
  const parts = cell.filter((part): part is { readonly [key: string]: string } => typeof part === "object")
  switch (field.field_type) {
    case "FIELD_TYPE_TEXT":
      return [parts.map(({ link, text }) => text ?? link ?? "").join("")]
    case "FIELD_TYPE_SELECT":
    case "FIELD_TYPE_SINGLE_SELECT":
      return parts.flatMap(({ id }) => id ?? [])
    case "FIELD_TYPE_LOCATION":
      return parts.flatMap(({ title }) => title ?? [])
    case "FIELD_TYPE_URL":
      return parts.flatMap(({ link, text }) => [text ?? [], link ?? []].flat())
    default:
      return parts.flatMap(({ user_id }) => user_id ?? [])
  }
}

const isSet = (field: Field): boolean => field.field_type === "FIELD_TYPE_SELECT" || field.field_type.endsWith("_USER")

/** The span of a date, its end excluded. */
const spanOf = ({ type, value }: FilterDateValue, now: number): readonly [start: number, end: number] => {
  const today = midnight(now)
  // Monday is the first day of a week, and 1 January 1970 was a Thursday.
  const monday = today - (Math.floor((today + day / 3) / day) + 3) % 7 * day
  const first = (months: number): number => {
    const local = new Date(today + day / 3)
    return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + months, 1) - day / 3
  }
  switch (type) {
    case FilterDate.Detail: {
      const start = midnight(Number(value?.[0] ?? refuse(2_022_018)))
      return [start, start + day]
    }
    case FilterDate.Today:
      return [today, today + day]
    case FilterDate.Tomorrow:
      return [today + day, today + 2 * day]
    case FilterDate.Yesterday:
      return [today - day, today]
    case FilterDate.CurrentWeek:
      return [monday, monday + 7 * day]
    case FilterDate.LastWeek:
      return [monday - 7 * day, monday]
    case FilterDate.CurrentMonth:
      return [first(0), first(1)]
    case FilterDate.LastMonth:
      return [first(-1), first(0)]
    case FilterDate.Past7Days:
      return [today - 7 * day, today + day]
    case FilterDate.Next7Days:
      return [today, today + 8 * day]
    case FilterDate.Past30Days:
      return [today - 30 * day, today + day]
    case FilterDate.Next30Days:
      return [today, today + 31 * day]
    default:
      return refuse(2_022_018)
  }
}

/** Whether a number is as an operator asks of a span of which it may be a point. */
const isWithin = (operator: string, at: number, [start, end]: readonly [number, number]): boolean => {
  switch (operator) {
    case FilterOperator.Is:
      return at >= start && at < end
    case FilterOperator.IsNot:
      return at < start || at >= end
    case FilterOperator.IsGreater:
      return at >= end
    case FilterOperator.IsGreaterOrEqual:
      return at >= start
    case FilterOperator.IsLess:
      return at < start
    case FilterOperator.IsLessOrEqual:
      return at < end
    default:
      return refuse(2_022_033)
  }
}

const compareWords = (
  operator: string,
  words: ReadonlyArray<string>,
  asked: ReadonlyArray<string>,
  field: Field
): boolean => {
  switch (operator) {
    case FilterOperator.Is:
      return isSet(field)
        ? words.length === asked.length && asked.every((one) => words.includes(one))
        : asked.some((one) => words.includes(one))
    case FilterOperator.IsNot:
      return !compareWords(FilterOperator.Is, words, asked, field)
    case FilterOperator.Contains:
      return asked.some((one) =>
        field.field_type.endsWith("SELECT") || field.field_type.endsWith("_USER")
          ? words.includes(one)
          : words.some((word) => word.includes(one))
      )
    case FilterOperator.DoesNotContain:
      return !compareWords(FilterOperator.Contains, words, asked, field)
    default:
      return refuse(2_022_033)
  }
}

const meets = (sheet: SheetState, row: Row, condition: FilterCondition, now: number): boolean => {
  const field = sheet.fields.get(condition.field_id) ?? refuse(2_022_033)
  const cell = read(row, field)
  if (condition.operator === FilterOperator.IsEmpty) return isEmpty(cell)
  if (condition.operator === FilterOperator.IsNotEmpty) return !isEmpty(cell)
  if ("bool_value" in condition && condition.bool_value !== undefined) {
    const isTicked = (cell ?? false) === condition.bool_value.value
    return condition.operator === FilterOperator.IsNot ? !isTicked : isTicked
  }
  if ("number_value" in condition && condition.number_value !== undefined) {
    const { value } = condition.number_value
    // The point itself and nothing above it.
    return typeof cell === "number" &&
      isWithin(condition.operator, cell > value ? value + 1 : cell < value ? value - 1 : value, [value, value + 0.5])
  }
  if ("date_time_value" in condition && condition.date_time_value !== undefined) {
    return !isEmpty(cell) && isWithin(condition.operator, Number(cell), spanOf(condition.date_time_value, now))
  }
  const asked = "user_value" in condition && condition.user_value !== undefined
    ? condition.user_value.value
    : "string_value" in condition && condition.string_value !== undefined
    ? condition.string_value.value
    : refuse(2_022_033)
  return compareWords(condition.operator, wordsOf(cell, field), asked, field)
}

/** The records that meet the conditions. */
export const filtered = (
  sheet: SheetState,
  rows: ReadonlyArray<Row>,
  filter: {
    readonly conjunction?: string | undefined
    readonly conditions?: ReadonlyArray<FilterCondition> | undefined
  } | undefined,
  now: number
): ReadonlyArray<Row> => {
  const { conditions = [], conjunction } = filter ?? {}
  if (conditions.length === 0) return rows
  return rows.filter((row) =>
    conjunction === Conjunction.Or
      ? conditions.some((condition) => meets(sheet, row, condition, now))
      : conditions.every((condition) => meets(sheet, row, condition, now))
  )
}

/** The records in an order; empty cells come last. */
export const sorted = (
  rows: ReadonlyArray<Row>,
  orders: ReadonlyArray<{ readonly field: Field; readonly desc?: boolean | undefined }>
): ReadonlyArray<Row> =>
  orders.length === 0 ? rows : rows.toSorted((one, other) => {
    for (const { desc = false, field } of orders) {
      const [a, b] = [read(one, field), read(other, field)]
      if (isEmpty(a) || isEmpty(b)) {
        if (isEmpty(a) !== isEmpty(b)) return isEmpty(a) ? 1 : -1
        continue
      }
      const order = compareCells(a, b, field)
      if (order !== 0) return desc ? -order : order
    }
    return one.number - other.number
  })

const compareCells = (a: SmartSheetCell | undefined, b: SmartSheetCell | undefined, field: Field): number => {
  if (field.field_type.endsWith("_TIME")) return Number(a) - Number(b)
  if (typeof a === "number" && typeof b === "number") return a - b
  const [one, other] = [wordsOf(a, field).join(), wordsOf(b, field).join()]
  return one < other ? -1 : one > other ? 1 : 0
}
