/**
 * Frames of the long connection of a bot: one JSON object each.
 */
import * as Result from "effect/Result"
import * as Json from "../callback/json.ts"

/** What comes in: an answer has no `cmd`. */
export interface Frame {
  readonly cmd: string | undefined
  readonly reqId: string
  readonly body: { readonly [name: string]: unknown }
  readonly errcode: number
  readonly errmsg: string
}

/** Reads a frame; `undefined` for a text that is none. */
export const parse = (text: string): Frame | undefined => {
  const parsed = Json.parse(text)
  if (Result.isFailure(parsed)) return undefined
  const { body, cmd, errcode, errmsg, headers } = parsed.success
  const reqId = object(headers)["req_id"]
  return {
    cmd: typeof cmd === "string" && cmd !== "" ? cmd : undefined,
    reqId: typeof reqId === "string" || typeof reqId === "number" ? `${reqId}` : "",
    body: object(body),
    errcode: typeof errcode === "number" ? errcode : Number(errcode ?? 0),
    errmsg: typeof errmsg === "string" ? errmsg : ""
  }
}

/** Writes a request. */
export const write = (cmd: string, reqId: string, body: object | undefined): string =>
  Json.stringify({ cmd, headers: { req_id: reqId }, ...(body === undefined ? {} : { body }) })

const object = (value: unknown): { readonly [name: string]: unknown } =>
  // Objects of parsed JSON have string keys.
  typeof value === "object" && value !== null && !Array.isArray(value) ? value as { [name: string]: unknown } : {}
