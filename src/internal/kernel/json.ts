/**
 * JSON as WeCom sends it: 64-bit integers kept as text with all their digits, raw control characters in texts read, and no
 * key that reaches for a prototype.
 */

/**
 * Reads JSON. Integers that a JavaScript number cannot hold become text with their exact digits, as do all integers under
 * one of the keys `int64`. Throws a `SyntaxError` for what is no JSON, a `RangeError` for what is nested too deeply.
 */
export const parse = (text: string, int64: ReadonlySet<string> = none): unknown => {
  const revive = int64.size > 0 || hasLongDigits(text) ? exact(int64) : undefined
  const value = parseText(text, revive)
  return prototypeKey.test(text) ? withoutPrototypes(value) : value
}

/** Writes JSON; texts under one of the keys are written unquoted. */
export const stringify = (value: unknown, int64: ReadonlySet<string>): string =>
  int64.size === 0
    ? JSON.stringify(value)
    : JSON.stringify(value, (key, item: unknown) =>
      typeof item === "string" && int64.has(key) && /^-?\d+$/.test(item) ? raw(item) : item)

const none: ReadonlySet<string> = new Set()

type Revive = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

const exact = (int64: ReadonlySet<string>): Revive => (key, value, context) =>
  typeof value === "number" && (int64.has(key) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    ? digitsOf(context?.source) ?? (int64.has(key) ? String(value) : value)
    : value

/** Only integers are kept by their digits: `1e30` stays a number. */
const digitsOf = (source: string | undefined): string | undefined =>
  source !== undefined && /^-?\d+$/.test(source) ? source : undefined

/**
 * Sixteen digits in a row: there may be an integer beyond 2^53. They cover every sixteenth character once, which is all that
 * is looked at: a regular expression takes a quarter of the time that parsing takes.
 */
const hasLongDigits = (text: string): boolean => {
  for (let index = 15; index < text.length; index += 16) {
    if (!isDigit(text.charCodeAt(index))) continue
    let start = index
    let end = index
    while (isDigit(text.charCodeAt(start - 1))) start--
    while (isDigit(text.charCodeAt(end + 1))) end++
    if (end - start >= 15) return true
  }
  return false
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

const parseText = (text: string, revive: Revive | undefined): unknown => {
  try {
    return JSON.parse(text, revive)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const escaped = escapeControls(text)
    if (escaped === text) throw error
    return JSON.parse(escaped, revive)
  }
}

/** Escapes raw control characters where they stand inside of texts. */
const escapeControls = (text: string): string => {
  const parts: Array<string> = []
  let inText = false
  let written = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (!inText) {
      if (code === quote) inText = true
    } else if (code === backslash) {
      // A control character after a backslash is no escape: it is looked at by itself.
      if (text.charCodeAt(index + 1) >= 0x20) index++
      else {
        parts.push(text.slice(written, index))
        written = index + 1
      }
    } else if (code === quote) {
      inText = false
    } else if (code < 0x20) {
      parts.push(text.slice(written, index), `\\u${code.toString(16).padStart(4, "0")}`)
      written = index + 1
    }
  }
  return written === 0 ? text : parts.join("") + text.slice(written)
}

const quote = 0x22
const backslash = 0x5c

/** `"__proto__"` as a key, however its characters are written. */
const prototypeKey =
  /"(?:_|\\u005f){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006f)(?:t|\\u0074)(?:o|\\u006f)(?:_|\\u005f){2}"\s*:/i

const withoutPrototypes = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(withoutPrototypes)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => key === "__proto__" ? [] : [[key, withoutPrototypes(item)]])
  )
}

/** `JSON.rawJSON` of ES2026, in every runtime that the library supports. */
const raw = (digits: string): unknown => (JSON as typeof JSON & { rawJSON(text: string): unknown }).rawJSON(digits)
