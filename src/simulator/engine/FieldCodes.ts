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
  readonly [field: string]: number | ((value: unknown) => number)
}

/** One code for a field that is missing, another for one that does not fit. */
export const missing = (absent: number, misfit: number) => (value: unknown): number =>
  value === undefined ? absent : misfit

/** The code for a field of an input, by its path with indexes. */
export const codeOf = (codes: Codes, field: string, input: unknown): number => {
  const path = field.replaceAll(/\[\d+\]/g, "")
  const value = field === "" ? input : valueAt(input, field)
  const name = path.slice(path.lastIndexOf(".") + 1)
  // A field may have any name, that of something which every object has included.
  const own = Object.hasOwn(codes, path) ? codes[path] : undefined
  if (typeof own === "function") return own(value)
  if (value === undefined && Object.hasOwn(absent, name)) return absent[name as keyof typeof absent] // one of its own
  return own ?? 40058
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
