/**
 * One contender or server in a process of its own, which answers questions.
 */
import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"

/** A running process. */
export interface Process<Question, Answer> extends AsyncDisposable {
  readonly ask: (question: Question) => Promise<Answer>
}

interface Reply {
  readonly answer?: unknown
  readonly error?: string
}

/** Starts a file of `bench/`, which calls {@link answer}. Questions are asked one after the other. */
export const start = async <Question, Answer>(path: string): Promise<Process<Question, Answer>> => {
  const child = fork(fileURLToPath(new URL(path, import.meta.url)), {
    execArgv: ["--conditions=effect-wecom-source", "--max-semi-space-size=16"],
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  })
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${path} ended with ${code}`))
      child.once("exit", ended)
      child.once("message", (reply: Reply) => {
        child.off("exit", ended)
        if (reply.error === undefined) resolve(reply.answer)
        else reject(new Error(`${path}: ${reply.error}`))
      })
    })
  await next()
  return {
    ask: (question) => {
      const reply = next()
      child.send({ question })
      return reply as Promise<Answer> // the file's own answer
    },
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      await ended
    }
  }
}

/** In the process: says that it is ready, then answers every question. */
export const answer = <Question, Answer>(handle: (question: Question) => Promise<Answer>): void => {
  const reply = (message: Reply) => process.send?.(message)
  process.on("message", ({ question }: { readonly question: Question }) => {
    handle(question).then(
      (answer) => reply({ answer }),
      (error: unknown) => reply({ error: error instanceof Error ? error.stack ?? error.message : String(error) })
    )
  })
  process.on("disconnect", () => process.exit())
  reply({})
}
