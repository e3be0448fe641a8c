/**
 * What commands print: data alone on standard output, everything else on standard error.
 */
import * as CliOutput from "effect/cli/CliOutput"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as PlatformError from "effect/PlatformError"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import * as Terminal from "effect/Terminal"

/** Writes to standard output, as fast as it is read. */
export const write = (text: string): Effect.Effect<void, never, Stdio.Stdio> => writeAll(Stream.succeed(text))

/** Writes texts to standard output as they come, each when the one before has been taken. */
export const writeAll = <E, R>(
  texts: Stream.Stream<string | Uint8Array, E, R>
): Effect.Effect<void, E, R | Stdio.Stdio> =>
  Effect.flatMap(Stdio.Stdio, (stdio) =>
    Stream.run(texts, stdio.stdout({ endOnDone: false })).pipe(
      // The reader has closed the pipe, as `head` does.
      Effect.catchIf(
        (error): error is Extract<E | PlatformError.PlatformError, PlatformError.PlatformError> =>
          error instanceof PlatformError.PlatformError,
        () => Effect.interrupt
      )
    )) as Effect.Effect<void, E, R | Stdio.Stdio> // the errors of the terminal are gone

/** Writes a line to standard error. */
export const say = (text: string): Effect.Effect<void, never, Stdio.Stdio> =>
  Effect.flatMap(
    Stdio.Stdio,
    (stdio) => Effect.ignore(Stream.run(Stream.succeed(`${text}\n`), stdio.stderr({ endOnDone: false })))
  )

/** A value as JSON: dates as ISO 8601, secrets as `<redacted>`. On a terminal it is spread over lines. */
export const json = (value: unknown): Effect.Effect<void, never, Stdio.Stdio> =>
  Effect.gen(function*() {
    const { stdoutIsTerminal } = yield* Stdio.Stdio
    yield* write(`${toJson(value, (yield* stdoutIsTerminal) ? 2 : undefined)}\n`)
  })

/** The same as text. */
export const toJson = (value: unknown, indent?: number): string => JSON.stringify(value, undefined, indent) ?? "null"

/** Values as newline-delimited JSON, each written as it comes. */
export const jsonLines = <A, E, R>(values: Stream.Stream<A, E, R>): Effect.Effect<void, E, R | Stdio.Stdio> =>
  writeAll(Stream.map(values, (value) => `${toJson(value)}\n`))

/** Whether to colour what goes to standard output: on a terminal, unless `NO_COLOR` is set. */
export const coloured: Effect.Effect<boolean, never, Stdio.Stdio> = Effect.gen(function*() {
  const { stdoutIsTerminal } = yield* Stdio.Stdio
  const noColor = yield* Effect.orElseSucceed(Config.option(Config.String("NO_COLOR")), () => Option.none<string>())
  return (yield* stdoutIsTerminal) && Option.getOrElse(noColor, () => "") === ""
})

/** What a column of a table shows. */
export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string | number | boolean | undefined
  /**
   * If the terminal has no room: `cut` shortens the text; `whole` does so only if all others are as narrow as they can be,
   * for what is copied into the next command; `wrap` continues below, for what is read. Default: `cut`.
   */
  readonly fit?: "cut" | "whole" | "wrap"
}

/** How to print rows. */
export type Format = "table" | "json" | "jsonl"

/** Prints rows: as a table fitted to the terminal, as one JSON array, or as a line of JSON for each. */
export const rows = <Row>(
  format: Format,
  values: ReadonlyArray<Row>,
  columns: ReadonlyArray<Column<Row>>
): Effect.Effect<void, never, Stdio.Stdio | Terminal.Terminal> => {
  switch (format) {
    case "json":
      return json(values)
    case "jsonl":
      return jsonLines(Stream.fromIterable(values))
    case "table":
      return Effect.gen(function*() {
        const { stdoutIsTerminal } = yield* Stdio.Stdio
        const terminal = yield* Terminal.Terminal
        const width = (yield* stdoutIsTerminal) ? yield* terminal.columns : undefined
        yield* write(table(values, columns, width, yield* coloured))
      })
  }
}

/** A table: columns two blanks apart, as wide as the widest cell, narrowed where the terminal has no room. */
export const table = <Row>(
  values: ReadonlyArray<Row>,
  columns: ReadonlyArray<Column<Row>>,
  width: number | undefined,
  colours: boolean
): string => {
  const cells = values.map((row) => columns.map(({ value }) => oneLine(String(value(row) ?? ""))))
  const titles = columns.map(({ title }) => title)
  const natural = titles.map((title, index) =>
    Math.max(...[title, ...cells.map((row) => row[index] ?? "")].map(CliOutput.displayWidth))
  )
  const widths = width === undefined
    ? natural
    : narrowed(natural, width - 2 * (columns.length - 1), columns.map(({ fit }) => fit === "whole"))
  const lines = (row: ReadonlyArray<string>): ReadonlyArray<string> => {
    const parts = row.map((cell, index) =>
      columns[index]?.fit === "wrap" ? wrapped(cell, widths[index] ?? 0) : [cut(cell, widths[index] ?? 0)]
    )
    return Array.from(
      { length: Math.max(...parts.map((part) => part.length)) },
      (_, at) => parts.map((part, index) => padded(part[at] ?? "", widths[index] ?? 0)).join("  ").trimEnd()
    )
  }
  const head = lines(titles).join("\n")
  return [colours ? `\u001b[1m${head}\u001b[22m` : head, ...cells.flatMap(lines)].map((text) => `${text}\n`).join("")
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim()

/** The widest columns give room first, those that are to stay whole last. */
const narrowed = (
  natural: ReadonlyArray<number>,
  room: number,
  whole: ReadonlyArray<boolean>
): ReadonlyArray<number> => {
  const widths = [...natural]
  let excess = widths.reduce((sum, width) => sum + width, 0) - room
  for (const last of [false, true]) {
    while (excess > 0) {
      const widest = Math.max(...widths.filter((_, index) => whole[index] === last))
      if (widest <= 6) break
      widths[widths.findIndex((width, index) => width === widest && whole[index] === last)] = widest - 1
      excess -= 1
    }
  }
  return widths
}

const padded = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - CliOutput.displayWidth(text)))

/** A text in lines of a width: broken between words and between Chinese characters, within a word only if it is too long. */
const wrapped = (text: string, width: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ""
  const fits = (piece: string) => CliOutput.displayWidth(line + piece) <= width
  const add = (piece: string) => {
    if (line !== "" || piece.trim() !== "") line += piece
  }
  const next = () => {
    lines.push(line.trimEnd())
    line = ""
  }
  for (const word of text.match(/\p{Script=Han}|[^\s\p{Script=Han}]+|\s+/gu) ?? []) {
    if (!fits(word) && line !== "") next()
    for (const piece of fits(word) ? [word] : word) {
      if (!fits(piece)) next()
      add(piece)
    }
  }
  return [...lines, line.trimEnd()]
}

const cut = (text: string, width: number): string => {
  if (CliOutput.displayWidth(text) <= width) return text
  let result = ""
  for (const character of text) {
    if (CliOutput.displayWidth(result + character) > width - 1) break
    result += character
  }
  return `${result}…`
}

/** Prints one value: as lines of `field  value` on a terminal or not, or as JSON. */
export const record = (
  format: Format,
  value: object
): Effect.Effect<void, never, Stdio.Stdio | Terminal.Terminal> => {
  if (format !== "table") return json(value)
  const fields = Object.entries(value).flatMap(([field, own]) =>
    own === undefined || (Array.isArray(own) && own.length === 0) ? [] : [{ field, value: shown(own) }]
  )
  return rows("table", fields, [
    { title: "FIELD", value: ({ field }) => field, fit: "whole" },
    { title: "VALUE", value: ({ value }) => value, fit: "wrap" }
  ])
}

const shown = (value: unknown): string =>
  typeof value === "string"
    ? value
    : Array.isArray(value) && value.every((item) => typeof item !== "object")
    ? value.join(", ")
    : toJson(value).replace(/^"(.*)"$/, "$1")

/** Tells on standard error how far long work is: one line that changes, on a terminal alone. */
export const progress = Effect.map(
  Effect.flatMap(Stdio.Stdio, ({ stderrIsTerminal }) => stderrIsTerminal),
  (live) => {
    let first = true
    return (text: string): Effect.Effect<void, never, Stdio.Stdio> => {
      if (!live) return Effect.void
      const before = first ? "" : "\u001b[1A\u001b[2K"
      first = false
      return say(`${before}${text}`)
    }
  }
)
