/**
 * Texts and JSON from files and standard input.
 */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type { PlatformError } from "effect/PlatformError"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import * as Json from "../internal/kernel/json.ts"
import { unreadable, usage } from "./failure.ts"

/** The text of a file; `-` is standard input. */
export const readText = (source: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const failed = (error: PlatformError) => unreadable(source === "-" ? "standard input" : source, error)
    if (source !== "-") return yield* Effect.mapError(fs.readFileString(source), failed)
    const { stdin } = yield* Stdio.Stdio
    return yield* Effect.mapError(Stream.mkString(Stream.decodeText(stdin)), failed)
  })

/** The JSON of a text; integers under the keys of `int64` keep all their digits. */
export const parseJson = (text: string, where: string, int64: ReadonlySet<string> = new Set()) =>
  Effect.try({
    try: () => Json.parse(text, int64),
    catch: () => usage(`${where}: this is not JSON`, "Check quotes and commas; a shell needs '...' around it.")
  })

/** The JSON of a file; `-` is standard input. */
export const readJson = (source: string, int64?: ReadonlySet<string>) =>
  Effect.flatMap(readText(source), (text) => parseJson(text, source, int64))
