/**
 * Follows the quickstart of README.md in a fresh clone: its commands alone, and no longer than five minutes.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const limit = 300

const [, commands] = /^## Quickstart without a corp\n[^#]*?```sh\n([^]*?)```/m.exec(
  readFileSync(join(root, "README.md"), "utf8")
) ?? []
if (commands === undefined) throw new Error("README.md has no quickstart with commands")

const folder = mkdtempSync(join(tmpdir(), "effect-wecom-quickstart-"))
try {
  const start = performance.now()
  const { error, status, stdout } = spawnSync("sh", ["-ec", `git clone --quiet "${root}" . && ${commands}`], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    timeout: limit * 1000,
    env: { ...process.env, NODE_OPTIONS: "" }
  })
  const seconds = Math.round((performance.now() - start) / 1000)
  if (error !== undefined) throw error
  console.log(stdout)
  const missing = ["/_simulator (HTTP 200)", "The first message: msg", "The first callback was answered: 收到：在吗"]
    .filter((step) => !stdout.includes(step))
  if (status !== 0 || missing.length > 0) {
    throw new Error(`the quickstart failed (${status}): missing ${missing.join(", ")}`)
  }
  console.log(`The quickstart took ${seconds} s of ${limit} s, from the clone to the first callback.`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
