/**
 * A private `redis-server` on a free port, without any trace left. Tests that need one are left out, and say so, where
 * the program is missing; with `CI=true` its absence fails.
 */
import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestContext } from "vitest"

const program = "redis-server"

/** Whether the program is there. */
export const hasRedis: boolean = spawnSync(program, ["--version"]).status === 0

/** First line of a test that needs Redis: skips it with the reason, or fails it under `CI=true`. */
export const needsRedis = (context: Pick<TestContext, "skip">): void => {
  if (hasRedis) return
  const reason = "left out: redis-server is not installed"
  if (process.env["CI"] === "true") throw new Error(`CI=true, and ${reason}`)
  context.skip(reason)
}

/** A port that nobody listens on now. */
export const freePort = async (): Promise<number> => {
  const server = createServer()
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  server.close()
  if (address === null || typeof address === "string") throw new Error("no port")
  return address.port
}

/** A running server; disposing of it ends it and removes its files. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Kills it at once, as a crash does. */
  readonly kill: () => Promise<void>
  /** Starts it again on the same port, with what it had written to disk. */
  readonly start: () => Promise<void>
}

/** Starts a server with further arguments, such as `--appendonly yes`. */
export const startRedis = async (...args: ReadonlyArray<string>): Promise<RedisServer> => {
  const port = await freePort()
  const dir = mkdtempSync(join(tmpdir(), "redis-"))
  let child: ReturnType<typeof spawn> | undefined
  const start = async () => {
    const started = spawn(program, ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", dir, "--save", "", ...args], {
      stdio: ["ignore", "pipe", "inherit"]
    })
    child = started
    await new Promise<void>((resolve, reject) => {
      let output = ""
      started.stdout?.on("data", (chunk: Buffer) => {
        output += chunk
        if (/ready to accept connections/i.test(output)) resolve()
      })
      started.once("exit", (code) => reject(new Error(`redis-server ended with ${code}: ${output}`)))
    })
  }
  const kill = async () => {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null) return
    const ended = once(running, "exit")
    running.kill("SIGKILL")
    await ended
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    start,
    [Symbol.asyncDispose]: async () => {
      await kill()
      rmSync(dir, { recursive: true, force: true })
    }
  }
}
