/**
 * Programs of `examples/` as a user runs them: processes of their own, told of their surroundings by environment
 * variables alone.
 */
import { Effect } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))

/** A program that has ended. */
export interface Ended {
  readonly code: number | null
  /** What it wrote, to both outputs. */
  readonly output: string
}

/** A program that is running. */
export interface Running {
  /** Waits for a line of its output, and answers what the pattern's first group caught. */
  readonly caught: (pattern: RegExp) => Effect.Effect<string>
  /** Asks it to end, and waits for it. */
  readonly stop: Effect.Effect<Ended>
}

/** Starts a program; it is killed with the scope. It knows nothing of the surroundings of the test. */
export const start = (path: string, env: { readonly [name: string]: string }) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const child = spawn(process.execPath, ["--conditions=effect-wecom-source", path], {
          cwd: root,
          env: { ...env, NO_COLOR: "1" },
          stdio: ["ignore", "pipe", "pipe"]
        })
        return { child, ...listen(child) }
      }),
      ({ child, ended }) =>
        Effect.promise(() => {
          child.kill("SIGKILL")
          return ended
        })
    ),
    ({ caught, child, ended }): Running & { readonly ended: Effect.Effect<Ended> } => ({
      caught: (pattern) => patiently(() => caught(pattern)),
      ended: patiently(() => ended),
      stop: patiently(() => {
        child.kill("SIGTERM")
        return ended
      })
    })
  )

/** Ends before the test does, so that the program is killed with its scope. */
const patiently = <A>(promise: () => Promise<A>) =>
  Effect.promise(promise).pipe(Effect.timeout("100 seconds"), Effect.orDie)

/** Runs a program to its end. */
export const run = (path: string, env: { readonly [name: string]: string } = {}): Effect.Effect<Ended> =>
  Effect.scoped(Effect.flatMap(start(path, env), ({ ended }) => ended))

const listen = (child: ChildProcess) => {
  let output = ""
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<Ended>((resolve) => child.once("close", (code) => resolve({ code, output })))
  const caught = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output)
        if (found === null) return
        listeners.delete(look)
        resolve(found[1] ?? "")
      }
      listeners.add(look)
      look()
      void ended.then(({ code }) => reject(new Error(`ended with ${code} without ${pattern}:\n${output}`)))
    })
  return { ended, caught }
}
