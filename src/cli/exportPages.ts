/**
 * Exports that can be resumed: pages are appended to a file beside the target, and where the next page begins is kept in
 * a second one, so that the same command continues there after a crash.
 */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import type * as PlatformError from "effect/PlatformError"
import * as Schema from "effect/Schema"
import type { Paged } from "../Paging.ts"
import { describePaging, Stuck } from "../Paging.ts"
import type { WeComClient } from "../WeComClient.ts"
import { CliFailure, ExitCode } from "./failure.ts"
import { progress, say, toJson } from "./output.ts"

/** Where an export stands: how much of the file counts, and where it continues. */
const State = Schema.fromJsonString(Schema.Struct({
  /** What was asked for: another question does not continue with this file. */
  question: Schema.String,
  bytes: Schema.Int,
  items: Schema.Int,
  next: Schema.Unknown
}))

/** One step: what to append, and where the next one begins; `undefined` at the end. */
export interface Step<Position> {
  readonly lines: ReadonlyArray<string>
  readonly next: Position | undefined
}

/** Runs steps one after the other into a file. Memory holds one step. */
export const exportSteps = <Position, E, R>(options: {
  readonly file: string
  /** Names what is exported: an export of something else does not resume this one. */
  readonly question: string
  readonly first: Position
  /** Written before everything else. */
  readonly header?: string | undefined
  readonly step: (position: Position) => Effect.Effect<Step<Position>, E, R>
}) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const tell = yield* progress
    const part = `${options.file}.part`
    const stateFile = `${options.file}.state`
    const kept = yield* fs.readFileString(stateFile).pipe(
      Effect.flatMap(Schema.decodeUnknownEffect(State)),
      Effect.option
    )
    const size = yield* Effect.option(Effect.map(fs.stat(part), ({ size }) => Number(size)))
    const resumed = Option.filter(kept, ({ bytes, question }) =>
      question === options.question && Option.isSome(size) && size.value >= bytes)
    // Lines after what the state says belong to a step that was not finished.
    const start = Option.getOrElse(resumed, () => ({ bytes: 0, items: 0, next: options.first as unknown }))
    if (Option.isSome(resumed)) {
      yield* fs.truncate(part, start.bytes)
      yield* say(`Going on after ${start.items} items.`)
    } else {
      yield* fs.writeFile(part, new TextEncoder().encode(options.header ?? ""))
    }
    let { bytes, items } = start
    if (Option.isNone(resumed)) {
      bytes = new TextEncoder().encode(options.header ?? "").length
    }
    let position = start.next as Position | undefined // of this very export, as the question says
    while (position !== undefined) {
      const { lines, next }: Step<Position> = yield* options.step(position)
      const chunk = new TextEncoder().encode(
        lines.map((line) =>
          `${line}\n`
        ).join("")
      )
      yield* fs.writeFile(part, chunk, { flag: "a" })
      bytes += chunk.length
      items += lines.length
      position = next
      if (next !== undefined) {
        const state = yield* Effect.orDie(
          Schema.encodeEffect(State)({ question: options.question, bytes, items, next })
        )
        yield* fs.writeFile(`${stateFile}.new`, new TextEncoder().encode(state))
        yield* fs.rename(`${stateFile}.new`, stateFile)
      }
      yield* tell(`${items} items`)
    }
    yield* fs.rename(part, options.file)
    yield* Effect.ignore(fs.remove(stateFile, { force: true }))
    yield* say(`${options.file}: ${items} items`)
  }).pipe(
    Effect.catchTag("PlatformError", (error) =>
      Effect.fail(
        new CliFailure({
          what: `${options.file}: ${String((error as PlatformError.PlatformError).message)}`,
          advice: "Check the path, its permissions, and the room on the disk.",
          code: ExitCode.file
        })
      )),
    Effect.onInterrupt(() => say(`Interrupted. Run the same command again to go on.`))
  )

/** The items of a paged endpoint, one line of JSON each. */
export const exportPages = ({ client, file, input, paged }: {
  readonly client: WeComClient["Service"]
  readonly file: string
  readonly input: unknown
  readonly paged: Paged<unknown, unknown>
}) => {
  const { endpoint, items, next } = describePaging(paged)
  return exportSteps({
    file,
    question: toJson(input),
    first: input,
    step: (position) =>
      Effect.flatMap(client.execute(endpoint)(position), (page) => {
        const following = next(page, position)
        return following instanceof Stuck
          ? Effect.fail(
            new CliFailure({
              what: `WeCom says that more pages follow, but \`${following.field}\` leads to none`,
              code: ExitCode.network
            })
          )
          : Effect.succeed({ lines: items(page).map((item) => toJson(item)), next: following })
      })
  })
}
