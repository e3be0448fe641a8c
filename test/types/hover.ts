/**
 * What an editor shows: the hovers and completions of TypeScript's own language server (`tsc --lsp`).
 */
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

const root = new URL("../../", import.meta.url)

/** What the requests here are answered with, in parts. */
interface Result {
  /** Of a hover. */
  readonly contents?: { readonly value: string }
  /** Of a completion. */
  readonly items?: ReadonlyArray<{ readonly label: string }>
  /** Of an item of a completion. */
  readonly documentation?: { readonly value: string }
}

interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly result?: Result | null
  readonly error?: { readonly message: string }
}

/**
 * Opens a file of the project and hovers over the last name of each expression at its first place in the file. Answers,
 * in the same order, what is shown there as Markdown: the symbol's signature in a code block, then its JSDoc.
 *
 * @param path relative to the project, such as `test/types/hover.sample.ts`
 * @param expressions as they stand in the file, such as `departments.list`
 * @param text what the file holds, if it is not on the disk
 */
export const hovers = async (
  path: string,
  expressions: ReadonlyArray<string>,
  text = readFileSync(new URL(path, root), "utf8")
): Promise<ReadonlyArray<string>> => {
  const uri = new URL(path, root).href
  await using server = await opened(uri, text)
  const found: Array<string> = []
  for (const expression of expressions) {
    const start = text.indexOf(expression)
    if (start === -1) throw new Error(`${path} does not hold ${expression}`)
    const before = text.slice(0, start + expression.length - 1).split("\n")
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
    const { result } = await server.request("textDocument/hover", { textDocument: { uri }, position })
    if (!result?.contents) throw new Error(`${path}: nothing to show for ${expression}`)
    found.push(result.contents.value)
  }
  return found
}

/**
 * Opens a file of the project with something written behind a mark, and completes what is there. Answers what is shown of
 * the chosen entries, in their order: their JSDoc as Markdown; `undefined` for one that is not offered.
 */
export const completions = async (
  path: string,
  mark: string,
  written: string,
  labels: ReadonlyArray<string>
): Promise<ReadonlyArray<string | undefined>> => {
  const uri = new URL(path, root).href
  const original = readFileSync(new URL(path, root), "utf8")
  const at = original.indexOf(mark) + mark.length
  if (at < mark.length) throw new Error(`${path} does not hold ${mark}`)
  await using server = await opened(uri, original.slice(0, at) + written + original.slice(at))
  const before = (original.slice(0, at) + written).split("\n")
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  const { result } = await server.request("textDocument/completion", { textDocument: { uri }, position })
  const items = result?.items ?? []
  return Promise.all(labels.map(async (label) => {
    const item = items.find((item) => item.label.replaceAll("\"", "").replace("?", "") === label)
    if (item === undefined) return undefined
    const { result } = await server.request("completionItem/resolve", item)
    return result?.documentation?.value
  }))
}

/** A language server for the project at `home` with one file open. Who opens it disposes of it. */
export const opened = async (uri: string, text: string, home = root) => {
  const server = startServer(home)
  const format = ["markdown"]
  await server.request("initialize", {
    processId: process.pid,
    rootUri: home.href,
    capabilities: {
      textDocument: {
        hover: { contentFormat: format },
        completion: {
          completionItem: { documentationFormat: format, resolveSupport: { properties: ["documentation"] } }
        }
      }
    }
  })
  server.notify("initialized", {})
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text } })
  return server
}

const startServer = (home: URL) => {
  const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", root))
  const child = spawn(process.execPath, [tsc, "--lsp", "--stdio"], {
    cwd: fileURLToPath(home),
    stdio: "pipe",
    timeout: 60_000
  })
  const waiting = new Map<number, PromiseWithResolvers<Message>>()
  const ended = Promise.withResolvers<void>()
  let complaints = ""
  child.stderr.on("data", (chunk: Buffer) => complaints += chunk)
  child.once("close", () => {
    for (const { reject } of waiting.values()) reject(new Error(`The language server ended unasked: ${complaints}`))
    ended.resolve()
  })

  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message })
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const receive = (message: Message): void => {
    if (message.method !== undefined) {
      // The server asks too (such as for its configuration): every question is answered with "nothing".
      if (message.id !== undefined) send({ id: message.id, result: null })
      return
    }
    const request = waiting.get(Number(message.id))
    if (message.error === undefined) request?.resolve(message)
    else request?.reject(new Error(message.error.message))
  }

  let received = Buffer.alloc(0)
  child.stdout.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    while (true) {
      const bodyStart = received.indexOf("\r\n\r\n") + 4
      const length = Number(/Content-Length: (\d+)/i.exec(received.toString("latin1", 0, bodyStart))?.[1])
      if (bodyStart === 3 || received.length < bodyStart + length) return
      const body = received.toString("utf8", bodyStart, bodyStart + length)
      received = received.subarray(bodyStart + length)
      receive(JSON.parse(body))
    }
  })

  const request = (method: string, params?: object): Promise<Message> => {
    const id = waiting.size + 1
    const answer = Promise.withResolvers<Message>()
    waiting.set(id, answer)
    send({ id, method, params })
    return answer.promise
  }

  return {
    notify: (method: string, params: object): void => send({ method, params }),
    request,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await request("shutdown")
      send({ method: "exit" })
      await ended.promise
    }
  }
}
