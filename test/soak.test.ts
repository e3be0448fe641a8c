/**
 * A quarter of a minute of the soak: `npm run soak -- --minutes 10` is the whole of it.
 */
import { assert, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

it("every call ends in a success or a typed error, and both sides have counted the same", async () => {
  const script = fileURLToPath(new URL("../bench/soak.ts", import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=effect-wecom-source", script, "--minutes", "0.25", "--callers", "48"]
  ).catch((error: { readonly stdout?: string; readonly stderr?: string }) =>
    assert.fail(`${error.stdout}\n${error.stderr}`)
  )
  console.log(stdout)
  assert.match(stdout, /All of it agrees\./)
  // It was not idle, and something went wrong in every way.
  const count = (row: RegExp) =>
    Number(new RegExp(`\\| +${row.source} \\| ([\\d,]+)`).exec(stdout)?.[1]?.replaceAll(",", ""))
  assert.isAbove(count(/ended well/), 500)
  for (
    const row of [/exchanges: -1/, /exchanges: 42001/, /exchanges: HTTP 502/, /exchanges: Reset/, /tokens fetched/]
  ) {
    assert.isAbove(count(row), 0, row.source)
  }
})
