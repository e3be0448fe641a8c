/**
 * Files on the way: downloads told from errors, and the rule that a transfer may take long but not stand still.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Pull from "effect/Pull"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Description } from "../../Endpoint.ts"
import type { Download } from "../../media/Download.ts"
import { TransportFailed, WeComError } from "../../WeComError.ts"
import { parse } from "./answer.ts"
import { elapsed } from "./deadlines.ts"
import { filenameOf } from "./disposition.ts"
import { misfit, transport } from "./failure.ts"
import { concat } from "./multipart.ts"

/** The deadline passed. */
export const late = (self: Description, deadline: Duration.Input): WeComError =>
  new WeComError({
    endpoint: self.name,
    reason: new TransportFailed({
      description: `no answer within ${Duration.format(Duration.fromInputUnsafe(deadline))}`,
      timedOut: true,
      repeatable: self.idempotent
    })
  })

/** When bytes last moved, in milliseconds of {@link elapsed}. */
export interface Activity {
  at: number
}

/** Fails a transfer whose {@link Activity} stands still for too long. */
export const withIdle = <A>(
  self: Description,
  idle: Duration.Input,
  activity: Activity,
  transfer: Effect.Effect<A, WeComError>
): Effect.Effect<A, WeComError> => {
  const limit = Duration.toMillis(idle)
  const watch: Effect.Effect<never, WeComError> = Effect.clockWith((clock) => {
    const left = activity.at + limit - elapsed(clock)
    return left <= 0
      ? Effect.fail(late(self, idle))
      : Effect.andThen(Effect.sleep(Duration.millis(left)), Effect.suspend(() => watch))
  })
  return Effect.raceFirst(transfer, watch)
}

/**
 * Reads the answer of a download. A file has a `Content-Disposition`; without one the body may be a JSON error whatever
 * its content type says, so its beginning is looked at.
 */
export const receive = (
  self: Description,
  response: HttpClientResponse.HttpClientResponse,
  idle: Duration.Input,
  input: unknown
): Effect.Effect<Download, WeComError> => {
  const { headers, status } = response
  const ok = status >= 200 && status <= 299
  const content = response.stream.pipe(
    Stream.mapError((error) => transport(self, error)),
    Stream.timeoutOrElse({ duration: idle, orElse: () => Stream.fail(late(self, idle)) })
  )
  const isFile = ok && headers["content-disposition"] !== undefined
  if (isFile && (status !== 206 || headers["content-range"] !== undefined)) {
    return Effect.succeed(file(headers, content))
  }
  return Effect.flatMap(
    peek(content, longestError),
    ({ ended, rest, start }): Effect.Effect<Download, WeComError> => {
      const text = new TextDecoder().decode(start)
      if (ended && (!ok || /^\s*\{[^]*"errcode"/.test(text))) {
        return Effect.andThen(
          parse(self, response, text, { input }),
          Effect.fail(misfit(self, response, [{ field: "", message: "a JSON answer where a file was expected" }]))
        )
      }
      const wrong = status === 206 && headers["content-range"] === undefined
        ? "a part of a file that does not say which"
        : !ok
        ? "an HTTP error without an errcode"
        : isPage(headers["content-type"], text)
        ? "a page where a file was expected"
        : undefined
      return wrong === undefined
        ? Effect.succeed(file(headers, rest))
        : Effect.fail(misfit(self, response, [{ field: "", message: wrong }], { foreign: true }))
    }
  )
}

/** Whether a body without `Content-Disposition` is a page for people, such as a portal's. */
const isPage = (mediaType: string | undefined, text: string): boolean =>
  /\bhtml\b/i.test(mediaType ?? "") || /^\s*<(!doctype html|html)/i.test(text)

/** A JSON error is shorter than this by far. */
const longestError = 16 * 1024

interface Peeked<E> {
  readonly start: Uint8Array
  /** Whether `start` is all there is. */
  readonly ended: boolean
  /** Everything, the start included. */
  readonly rest: Stream.Stream<Uint8Array, E>
}

/** Looks at the first bytes of a stream, and at no more than it takes to have `length` of them. */
const peek = <E>(stream: Stream.Stream<Uint8Array, E>, length: number): Effect.Effect<Peeked<E>, E> =>
  Effect.gen(function*() {
    const scope = yield* Scope.make()
    const pull = yield* Effect.provideService(Stream.toPull(stream), Scope.Scope, scope)
    const chunks: Array<Uint8Array> = []
    let seen = 0
    const more = Effect.tap(pull, (pulled) =>
      Effect.sync(() => {
        chunks.push(...pulled)
        for (const chunk of pulled) seen += chunk.length
      }))
    const ended = yield* Effect.suspend(() => more).pipe(
      Effect.repeat({ until: () => seen >= length }),
      Effect.as(false),
      Pull.catchDone(() => Effect.succeed(true)),
      Effect.onExit((exit) => Exit.isSuccess(exit) && !exit.value ? Effect.void : Scope.close(scope, Exit.void))
    )
    const start = concat(chunks)
    const rest = Stream.concat(
      Stream.succeed(start),
      ended ? Stream.empty : Stream.ensuring(Stream.fromPull(Effect.succeed(pull)), Scope.close(scope, Exit.void))
    )
    return { start, ended, rest }
  })

const file = (
  headers: { readonly [name: string]: string | undefined },
  stream: Stream.Stream<Uint8Array, WeComError>
): Download => {
  const length = Number(headers["content-length"])
  return {
    filename: filenameOf(headers["content-disposition"]),
    contentType: headers["content-type"],
    size: headers["content-length"] === undefined || Number.isNaN(length) ? undefined : length,
    range: rangeOf(headers["content-range"]),
    stream,
    bytes: Effect.map(Stream.runCollect(stream), concat)
  }
}

const rangeOf = (header: string | undefined): Download["range"] => {
  const match = header === undefined ? undefined : /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header.trim())
  return match
    ? { start: Number(match[1]), end: Number(match[2]), total: match[3] === "*" ? undefined : Number(match[3]) }
    : undefined
}
