/**
 * The OpenAPI document that comes with the package.
 */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { fileURLToPath } from "node:url"
import { CliFailure, ExitCode } from "./failure.ts"

/** Its text. */
export const openApiDocument = Effect.gen(function*() {
  const fs = yield* FileSystem.FileSystem
  const path = fileURLToPath(new URL("../../openapi/wecom.json", import.meta.url))
  return yield* fs.readFileString(path)
}).pipe(
  Effect.catchTag(
    "PlatformError",
    (error) => Effect.fail(new CliFailure({ what: `openapi/wecom.json: ${error.message}`, code: ExitCode.file }))
  )
)
