/**
 * A private MariaDB on a free port, without any trace left, for what MySQL's dialect needs. Tests that need one are left out,
 * and say so, where it is not installed; with `CI=true` its absence fails. `MYSQLD=/usr/sbin/mysqld` has MySQL stand for it.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import type { TestContext } from "vitest"
import { freePort } from "./redis.ts"

const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/bin"]
const find = (program: string) => folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
const mysql = process.env["MYSQLD"]
const mariadb = { server: find("mariadbd"), install: find("mariadb-install-db") }

/** How a server is made and started. */
interface Programs {
  readonly server: string
  readonly install: readonly [program: string, ...args: ReadonlyArray<string>]
  readonly options: ReadonlyArray<string>
}

const programs: Programs | undefined = mysql !== undefined
  ? {
    server: mysql,
    install: [mysql, "--initialize-insecure"],
    options: ["--innodb-redo-log-capacity=32M", "--secure-file-priv=NULL", "--mysqlx=OFF"]
  }
  : mariadb.server !== undefined && mariadb.install !== undefined
  ? {
    server: mariadb.server,
    install: [mariadb.install, "--auth-root-authentication-method=normal", "--skip-test-db"],
    options: ["--innodb-log-file-size=16M"]
  }
  : undefined

/** Whether it is installed. */
export const hasMariadb: boolean = programs !== undefined

/** First line of a test that needs MariaDB: skips it with the reason, or fails it under `CI=true`. */
export const needsMariadb = (context: Pick<TestContext, "skip">): void => {
  if (hasMariadb) return
  const reason = "left out: mariadb-server is not installed"
  if (process.env["CI"] === "true") throw new Error(`CI=true, and ${reason}`)
  context.skip(reason)
}

/** A running server; disposing of it ends it and removes its files. */
export interface MariadbServer extends AsyncDisposable {
  readonly url: string
  /** Kills it at once, as a crash does. */
  readonly kill: () => Promise<void>
  /** Starts it again on the same port, with what it had written. */
  readonly start: () => Promise<void>
}

/** Starts a server with a database of its own, and further arguments, such as `--sql-mode=`. */
export const startMariadb = async (...args: ReadonlyArray<string>): Promise<MariadbServer> => {
  if (programs === undefined) throw new Error("mariadb-server is not installed")
  const { install: [install, ...installing], options, server } = programs
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), "mariadb-"))
  const data = join(dir, "data")
  const common = ["--no-defaults", `--datadir=${data}`, ...options, "--innodb-use-native-aio=0"]
  // It runs as root only where it is told to.
  if (process.getuid?.() === 0) common.push("--user=root")
  const made = spawnSync(install, [...common, ...installing], { cwd: dir, encoding: "utf8" })
  if (made.status !== 0) throw new Error(`${install} ended with ${made.status}: ${made.stderr}`)
  let child: ChildProcess | undefined
  const start = async () => {
    const started = spawn(server, [
      ...common,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${join(dir, "socket")}`,
      `--pid-file=${join(dir, "pid")}`,
      `--init-file=${join(dir, "init.sql")}`,
      // What is committed outlives the process, if not the machine.
      "--innodb-flush-log-at-trx-commit=2",
      "--innodb-buffer-pool-size=32M",
      "--performance-schema=off",
      "--max-connections=200",
      ...args
    ], { cwd: dir, stdio: ["ignore", "ignore", "pipe"] })
    child = started
    let output = ""
    await new Promise<void>((resolve, reject) => {
      started.stderr.on("data", (chunk: Buffer) => {
        output += chunk
        if (!output.includes("ready for connections")) return
        output = ""
        resolve()
      })
      started.once("exit", (code) => reject(new Error(`${server} ended with ${code}: ${output}`)))
    })
  }
  const kill = async () => {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, "exit")
    running.kill("SIGKILL")
    await ended
  }
  writeFileSync(join(dir, "init.sql"), "CREATE DATABASE IF NOT EXISTS wecom;\n")
  await start()
  return {
    url: `mysql://root@127.0.0.1:${port}/wecom`,
    kill,
    start,
    [Symbol.asyncDispose]: async () => {
      await kill()
      rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    }
  }
}
