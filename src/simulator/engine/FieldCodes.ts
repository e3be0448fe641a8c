/**
 * Which errcode a field gets that is missing or does not fit, where the documents name one; 40058 for all others.
 */
import * as Predicate from "effect/Predicate"

/**
 * Errcodes by the path of a field, such as `text.content`, the index of a list left out; the empty path is the body as
 * a whole. A function is given the value that does not fit: `undefined` where it is
 * missing.
 */
export interface Codes {
  readonly [field: string]: Code | Cut
}

/** An errcode, or one for each value that does not fit. */
export type Code = number | ((value: unknown) => number)

/** What does not fit is cut. */
export interface Cut {
  readonly cut: true
  /** The errcode where that does not help, and of a strict simulator. */
  readonly code: Code
}

/** One code for a field that is missing, another for one that does not fit. */
export const missing = (absent: number, misfit: number) => (value: unknown): number =>
  value === undefined ? absent : misfit

/** One code for a text that is missing or blank, another for one that does not fit. */
export const blank = (absent: number, misfit: number) => (value: unknown): number =>
  value === undefined || (typeof value === "string" && value.trim() === "") ? absent : misfit

/**
 * 超过会自动截断. What is too long is cut to what is allowed, and a number that is too large becomes the largest one that
 * is.
 */
export const cut = (code: Code = 40058): Cut => ({ cut: true, code })

/** Whether what does not fit in a field is cut. */
export const isCut = (codes: Codes, field: string): boolean => typeof own(codes, field) === "object"

/** The code for a field of an input, by its path with indexes. */
export const codeOf = (codes: Codes, field: string, input: unknown): number => {
  const value = field === "" ? input : valueAt(input, field)
  const name = field.slice(field.lastIndexOf(".") + 1)
  const said = own(codes, field)
  const code = typeof said === "object" ? said.code : said
  if (typeof code === "function") return code(value)
  if (value === undefined && Object.hasOwn(absent, name)) return absent[name as keyof typeof absent] // one of its own
  return code ?? 40058
}

/** What is said of a field, which may have any name, that of something which every object has included. */
const own = (codes: Codes, field: string): Code | Cut | undefined => {
  const path = field.replaceAll(/\[\d+\]/g, "")
  return Object.hasOwn(codes, path) ? codes[path] : undefined
}

const valueAt = (input: unknown, field: string): unknown =>
  field.split(/[.[\]]+/).filter((part) => part !== "").reduce<unknown>(
    (value, part) => Predicate.hasProperty(value, part) && Object.hasOwn(value, part) ? value[part] : undefined,
    input
  )

/** 缺少参数. Fields that have a code of their own when they are missing, wherever that is. */
const absent = {
  chatid: 86201,
  code: 41008,
  config_id: 41043,
  external_userid: 41035,
  media_id: 41006,
  moment_id: 41059,
  open_kfid: 60251,
  tagname: 41018,
  userid: 41009,
  welcome_code: 41049
} as const
