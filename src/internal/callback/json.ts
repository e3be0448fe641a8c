/** The JSON of callbacks. */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import * as Kernel from "../kernel/json.ts"

/** Parses a JSON object as WeCom sends it; integers that a number cannot hold become text. */
export const parse = (text: string): Result.Result<{ readonly [key: string]: Schema.Json }, string> => {
  let json: Schema.Json
  try {
    json = Kernel.parse(text) as Schema.Json // what JSON is read as
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

/** Writes a JSON object. */
export const stringify = (json: object): string => JSON.stringify(json)
