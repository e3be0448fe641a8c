/**
 * Processes of a fleet, which answer a line for every line that they are given.
 */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

/** A running process; disposing of it kills it at once, as a crash does. */
export interface Worker<Question, Answer> extends Disposable {
  readonly child: ChildProcessWithoutNullStreams
  readonly ask: (question: Question) => Promise<Answer>
}

/** Starts a file of `test/support`, which says `ready` when it is, and then answers each line of JSON with another. */
export const startWorker = async <Question, Answer>(
  file: string,
  ...args: ReadonlyArray<string>
): Promise<Worker<Question, Answer>> => {
  const script = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, ["--conditions=effect-wecom-source", script, ...args])
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => {
    while (true) {
      const { done, value } = await lines.next()
      if (done) throw new Error(`${file} ended`)
      // Anything else is a log line.
      if (value === "ready" || value.startsWith("{\"ok\"")) return value
    }
  }
  await next()
  return {
    child,
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      return JSON.parse(await next()) as Answer // what that very file writes
    },
    [Symbol.dispose]: () => child.kill("SIGKILL")
  }
}
