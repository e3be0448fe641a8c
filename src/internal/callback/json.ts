/** The JSON of callbacks, read without losing 64-bit integers. */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"

/** Parses a JSON object; integers that a number cannot hold become text. */
export const parse = (text: string): Result.Result<{ readonly [key: string]: Schema.Json }, string> => {
  let json: Schema.Json
  try {
    // oxlint-disable-next-line no-restricted-properties -- the codec of JSON callbacks
    json = JSON.parse(text, keepDigits)
  } catch {
    return Result.fail("it is not well-formed JSON")
  }
  return isObject(json) ? Result.succeed(json) : Result.fail("it is not a JSON object")
}

/** Finds the text of a member, its name a pattern, for {@link textOf}. */
export const member = (name: string): RegExp => new RegExp(`"${name}"\\s*:\\s*("[^"\\\\]*(?:\\\\.[^"\\\\]*)*")`)

/** The text of the first such member at any depth, without parsing what is around it. */
export const textOf = (json: string, found: RegExp): string | undefined => {
  const literal = found.exec(json)?.[1]
  try {
    // oxlint-disable-next-line no-restricted-properties -- the codec of JSON callbacks
    return literal === undefined ? undefined : JSON.parse(literal)
  } catch {
    return undefined
  }
}

const isObject = (json: Schema.Json): json is { readonly [key: string]: Schema.Json } =>
  typeof json === "object" && json !== null && !Array.isArray(json)

// The third argument is ES2025 and in every runtime supported here, but not yet in TypeScript's library.
const keepDigits = (_: string, value: Schema.Json, context?: { readonly source?: string }): Schema.Json =>
  typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source !== undefined
    ? context.source
    : value

/** Writes a JSON object. */
export const stringify = (json: object): string => JSON.stringify(json)
