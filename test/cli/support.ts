/**
 * The command as its users have it: built, run as a process of its own, against a simulator that listens.
 */
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { EventEmitter, once } from "node:events"
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll } from "vitest"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import type { Simulator } from "../../src/simulator/Simulator.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** The corp and the app that commands of the tests run as. */
export const account = { corpId: "ww0123456789abcdef", secret: "the-secret-of-the-app", agentId: 1000002 }

/** A built package in a folder of its own, with room for profiles and tokens. */
export interface Built extends Disposable {
  readonly bin: string
  readonly folder: string
}

/** Builds the package: what is published, without its declarations. */
export const build = (): Built => {
  const folder = mkdtempSync(join(tmpdir(), "wecom-"))
  const options = ["--noCheck", "--declaration", "false", "--declarationMap", "false", "--sourceMap", "false"]
  const compiler = join(root, "node_modules/typescript/bin/tsc")
  execFileSync(process.execPath, [
    compiler,
    "--project",
    join(root, "tsconfig.build.json"),
    ...options,
    "--outDir",
    join(folder, "dist")
  ], { stdio: "pipe" })
  copyFileSync(join(root, "package.json"), join(folder, "package.json"))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  symlinkSync(join(root, "openapi"), join(folder, "openapi"))
  return {
    bin: join(folder, "dist/cli/bin.js"),
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true })
  }
}

/** A simulator that listens. */
export interface Listening extends AsyncDisposable {
  readonly url: string
  readonly run: <A, E>(effect: Effect.Effect<A, E, Simulator>) => Promise<A>
}

/** Starts a simulator with the account of the tests, or what is given. */
export const listen = async (options: SimulatorServer.ServerOptions = {}): Promise<Listening> => {
  const corps = [{
    corpId: account.corpId,
    apps: [{ agentId: account.agentId, secret: account.secret }],
    departments: [{ id: 2, name: "研发部" }, { id: 3, name: "测试组", parentid: 2 }],
    members: [
      { userid: "zhangsan", name: "张三", department: [2], mobile: "13800000001" },
      { userid: "lisi", name: "李四", department: [3] }
    ],
    robots: [{ key: "robot-key-of-the-tests" }]
  }]
  const runtime = ManagedRuntime.make(SimulatorServer.layer({ corps, ...options }))
  const url = await runtime.runPromise(HttpServer.addressFormattedWith((address) => Effect.succeed(address)))
  return {
    url: url.replace("0.0.0.0", "127.0.0.1"),
    run: (effect) => runtime.runPromise(effect),
    [Symbol.asyncDispose]: () => runtime.dispose()
  }
}

/** The built command and a simulator, for the tests of a file. */
export interface Stage {
  readonly built: Built
  readonly simulator: Listening
}

/** Builds the command and starts a simulator before the tests of a file, and ends both after them. */
export const staged = (): Stage => {
  let built: Built | undefined
  let simulator: Listening | undefined
  const ready = <A>(value: A | undefined): A => {
    if (value === undefined) throw new Error("the command is built when the tests begin")
    return value
  }
  beforeAll(async () => {
    built = build()
    simulator = await listen()
  })
  afterAll(async () => {
    await simulator?.[Symbol.asyncDispose]()
    built?.[Symbol.dispose]()
  })
  return {
    get built() {
      return ready(built)
    },
    get simulator() {
      return ready(simulator)
    }
  }
}

/** What a command said. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How a command is run. */
export interface RunOptions {
  readonly env?: { readonly [name: string]: string | undefined } | undefined
  readonly input?: string | undefined
  /** Where profiles and tokens are kept. Default: a folder for all commands of the build. */
  readonly home?: string | undefined
}

/** The environment of a command: the account and the simulator, and nothing of the machine's own. */
export const environment = (
  built: Built,
  url: string,
  { env = {}, home = join(built.folder, "home") }: RunOptions = {}
) => {
  mkdirSync(home, { recursive: true })
  const given = {
    PATH: process.env["PATH"],
    HOME: home,
    WECOM_CORP_ID: account.corpId,
    WECOM_CORP_SECRET: account.secret,
    WECOM_AGENT_ID: `${account.agentId}`,
    WECOM_BASE_URL: url,
    // The code of the first command need not be compiled again for the next.
    NODE_COMPILE_CACHE: join(built.folder, "compiled"),
    ...env
  }
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined)
  )
}

/** Starts a command. */
export const start = (built: Built, url: string, args: ReadonlyArray<string>, options: RunOptions = {}): ChildProcess =>
  spawn(process.execPath, [built.bin, ...args], {
    cwd: built.folder,
    env: environment(built, url, options),
    stdio: ["pipe", "pipe", "pipe"]
  })

/** Whether there is the program that lends a command a terminal. */
export const hasTerminal = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ??
  false

/** A command on a terminal of its own. */
export interface OnTerminal {
  /** What the screen has shown so far. */
  readonly screen: () => string
  /** Waits until the screen shows a text, and types. */
  readonly type: (after: string, keys: string) => Promise<void>
  /** Ends the command itself, not its terminal. */
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<{ readonly code: number | null; readonly screen: string }>
}

/** Starts a command on a terminal of 100 columns, as people do. */
export const startOnTerminal = (
  built: Built,
  url: string,
  args: ReadonlyArray<string>,
  options: RunOptions = {}
): OnTerminal => {
  const quoted = [process.execPath, built.bin, ...args].map((text) => `'${text.replaceAll("'", "'\\''")}'`).join(" ")
  const pid = join(built.folder, `pid-${randomUUID()}`)
  const child = spawn("script", [
    "--quiet",
    "--return",
    "--flush",
    "--command",
    `stty cols 100 rows 30; echo $$ > '${pid}'; exec ${quoted}`,
    "/dev/null"
  ], {
    cwd: built.folder,
    env: { ...environment(built, url, options), SHELL: "/bin/sh", TERM: "xterm" },
    stdio: ["pipe", "pipe", "inherit"]
  })
  let screen = ""
  const shown = new EventEmitter()
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text
    shown.emit("more")
  })
  return {
    screen: () => screen,
    type: async (after, keys) => {
      while (!screen.includes(after)) await once(shown, "more", { signal: AbortSignal.timeout(100_000) })
      child.stdin.write(keys)
    },
    kill: (signal) => process.kill(Number(readFileSync(pid, "utf8")), signal),
    ended: new Promise((resolve, reject) => {
      child.on("error", reject)
      child.on("close", (code) => resolve({ code, screen }))
    })
  }
}

/** Waits for a command to end. */
export const ended = (child: ChildProcess): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    let stdout = ""
    let stderr = ""
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
    })
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  })

/** Runs a command to its end. */
export const run = (
  built: Built,
  url: string,
  args: ReadonlyArray<string>,
  options: RunOptions = {}
): Promise<Outcome> => {
  const child = start(built, url, args, options)
  child.stdin?.on("error", () => {}) // of a command that does not read
  child.stdin?.end(options.input ?? "")
  return ended(child)
}
