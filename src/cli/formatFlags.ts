/**
 * The flags of commands that print rows.
 */
import * as Flag from "effect/cli/Flag"
import type { Format } from "./output.ts"

/** `--json` and `--jsonl`. */
export const formatFlags = {
  json: Flag.Boolean("json").pipe(Flag.withDefault(false), Flag.withDescription("Print one JSON array.")),
  jsonl: Flag.Boolean("jsonl").pipe(Flag.withDefault(false), Flag.withDescription("Print a line of JSON for each."))
}

/** What the flags ask for. Default: a table. */
export const formatOf = ({ json, jsonl }: { readonly json: boolean; readonly jsonl: boolean }): Format =>
  jsonl ? "jsonl" : json ? "json" : "table"
