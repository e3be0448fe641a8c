/**
 * JSON whose named keys are 64-bit integers, kept as text in the program and unquoted on the wire.
 */

/** Reads JSON; integers under one of the keys become text with their exact digits. */
export const parse = (text: string, int64: ReadonlySet<string>): unknown =>
  int64.size === 0 ? JSON.parse(text) : JSON.parse(text, exact(int64))

/** Writes JSON; texts under one of the keys are written unquoted. */
export const stringify = (value: unknown, int64: ReadonlySet<string>): string =>
  int64.size === 0
    ? JSON.stringify(value)
    : JSON.stringify(value, (key, item: unknown) =>
      typeof item === "string" && int64.has(key) && /^-?\d+$/.test(item) ? raw(item) : item)

const exact = (int64: ReadonlySet<string>) => (key: string, value: unknown, context?: { readonly source?: string }) =>
  typeof value === "number" && int64.has(key) ? context?.source ?? String(value) : value

/** `JSON.rawJSON` of ES2026, in every runtime that the library supports. */
const raw = (digits: string): unknown => (JSON as typeof JSON & { rawJSON(text: string): unknown }).rawJSON(digits)
