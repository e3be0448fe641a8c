/**
 * The package compiled as users get it.
 */
import { spawnSync } from "node:child_process"
import { copyFileSync, mkdtempSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Compiles into a folder of its own, which is the caller's to remove. */
export const build = (): string => {
  const scratch = mkdtempSync(join(tmpdir(), "effect-wecom-"))
  const { status, stdout } = spawnSync("tsc", ["--project", "tsconfig.build.json", "--outDir", join(scratch, "dist")], {
    cwd: root,
    encoding: "utf8"
  })
  if (status !== 0) throw new Error(`The project does not build:\n${stdout}`)
  symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"))
  copyFileSync(join(root, "package.json"), join(scratch, "package.json"))
  return scratch
}
