/**
 * The reference data beside the checkout (`../shared`). A lone clone has none: the tests that need it then say that they
 * were left out, and fail where `CI=true`.
 */
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { TestContext } from "vitest"

const root = new URL("../../../shared/", import.meta.url)

/** Whether the reference data is there. */
export const hasShared: boolean = existsSync(root)

/** Why a test that needs the reference data is left out. */
export const leftOutReason = "left out: the reference data (../shared) is not beside this checkout"

/** First line of a test that needs the reference data: skips it with the reason, or fails it under `CI=true`. */
export const needsShared = (context: Pick<TestContext, "skip">): void => {
  if (hasShared) return
  if (process.env["CI"] === "true") throw new Error(`CI=true, and ${leftOutReason}`)
  context.skip(leftOutReason)
}

/** The absolute path of a file or folder of the reference data, such as `wecom/errcodes.json`. */
export const sharedPath = (path: string): string => fileURLToPath(new URL(path, root))

/** The text of a file of the reference data. */
export const sharedText = (path: string): string => readFileSync(sharedPath(path), "utf8")
