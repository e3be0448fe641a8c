/**
 * A private PostgreSQL on a free port, without any trace left. Tests that need one are left out, and say so, where it is
 * not installed; with `CI=true` its absence fails.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { setTimeout } from "node:timers/promises"
import type { TestContext } from "vitest"
import { freePort } from "./redis.ts"

/** Where Debian installs the server's programs, which it leaves out of the PATH; the newest version first. */
const debian = "/usr/lib/postgresql"
const folders = [
  ...existsSync(debian)
    ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)).map((version) => join(debian, version, "bin"))
    : [],
  ...(process.env["PATH"] ?? "").split(delimiter)
]
const bin = folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")))

/** Whether it is installed. */
export const hasPostgres: boolean = bin !== undefined

/** First line of a test that needs PostgreSQL: skips it with the reason, or fails it under `CI=true`. */
export const needsPostgres = (context: Pick<TestContext, "skip">): void => {
  if (hasPostgres) return
  const reason = "left out: postgresql is not installed"
  if (process.env["CI"] === "true") throw new Error(`CI=true, and ${reason}`)
  context.skip(reason)
}

/** A running server; disposing of it ends it and removes its files. */
export interface PostgresServer extends AsyncDisposable {
  readonly url: string
  /** Kills it at once, as a crash does. */
  readonly kill: () => Promise<void>
  /** Starts it again on the same port, with what it had written. */
  readonly start: () => Promise<void>
}

/** PostgreSQL refuses to run as root. */
const unprivileged = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string, user: string) => {
    const { status, stdout } = spawnSync("id", [flag, user], { encoding: "utf8" })
    return status === 0 ? Number(stdout) : undefined
  }
  for (const user of ["postgres", "nobody"]) {
    const [uid, gid] = [id("-u", user), id("-g", user)]
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error("there is no user to run PostgreSQL as")
}

/** Starts a server with a database of its own. */
export const startPostgres = async (): Promise<PostgresServer> => {
  if (bin === undefined) throw new Error("postgresql is not installed")
  const port = await freePort()
  const user = unprivileged()
  const dir = mkdtempSync(join(tmpdir(), "postgres-"))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid)
  const data = join(dir, "data")
  const init = spawnSync(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8"], {
    ...user,
    cwd: dir,
    encoding: "utf8"
  })
  if (init.status !== 0) throw new Error(`initdb ended with ${init.status}: ${init.stderr}`)
  let child: ChildProcess | undefined
  /** Whether it came up: right after a crash, processes of the one before may still be about to end. */
  const attempt = async (): Promise<string | undefined> => {
    const started = spawn(
      join(bin, "postgres"),
      ["-D", data, "-p", `${port}`, "-k", dir, "-h", "127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"],
      { ...user, cwd: dir, stdio: ["ignore", "ignore", "pipe"] }
    )
    child = started
    let output = ""
    return await new Promise((resolve) => {
      started.stderr.on("data", (chunk: Buffer) => {
        output += chunk
        if (output.includes("ready to accept connections")) {
          output = ""
          resolve(undefined)
        }
      })
      started.once("exit", (code) => resolve(`postgres ended with ${code}: ${output}`))
    })
  }
  const start = async () => {
    for (let left = 50;; left--) {
      const problem = await attempt()
      if (problem === undefined) return
      if (left === 0) throw new Error(problem)
      await setTimeout(100)
    }
  }
  const kill = async () => {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, "exit")
    running.kill("SIGKILL")
    await ended
  }
  await start()
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    kill,
    start,
    [Symbol.asyncDispose]: async () => {
      await kill()
      // Its processes end when they see that the first of them has.
      rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    }
  }
}
