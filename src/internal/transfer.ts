/**
 * Files on the way: downloads told from errors, and the rule that a transfer may take long but not stand still.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Stream from "effect/Stream"
import type { Description } from "../Endpoint.ts"
import type { Download } from "../media/Download.ts"
import * as WeComError from "../WeComError.ts"
import { misfit, parse, transport } from "./exchange.ts"

/** The deadline passed. */
export const late = (self: Description, deadline: Duration.Input): WeComError.WeComError =>
  new WeComError.WeComError({
    endpoint: self.name,
    reason: new WeComError.TransportFailed({
      description: `no answer within ${Duration.format(Duration.fromInputUnsafe(deadline))}`,
      timedOut: true,
      repeatable: self.idempotent
    })
  })

/** When bytes last moved, in milliseconds of the epoch. */
export interface Activity {
  at: number
}

/** Fails a transfer whose {@link Activity} stands still for too long. */
export const withIdle = <A>(
  self: Description,
  idle: Duration.Input,
  activity: Activity,
  transfer: Effect.Effect<A, WeComError.WeComError>
): Effect.Effect<A, WeComError.WeComError> => {
  const limit = Duration.toMillis(idle)
  const watch: Effect.Effect<never, WeComError.WeComError> = Effect.flatMap(Clock.currentTimeMillis, (now) => {
    const left = activity.at + limit - now
    return left <= 0
      ? Effect.fail(late(self, idle))
      : Effect.andThen(Effect.sleep(Duration.millis(left)), Effect.suspend(() => watch))
  })
  return Effect.raceFirst(transfer, watch)
}

/**
 * Reads the answer of a download. A file has a `Content-Disposition`; without one the body may be a JSON error
 * whatever its content type says, so it is looked at.
 */
export const receive = (
  self: Description,
  response: HttpClientResponse.HttpClientResponse,
  idle: Duration.Input,
  input: unknown
): Effect.Effect<Download, WeComError.WeComError> => {
  const { headers, status } = response
  const ok = status >= 200 && status <= 299
  const disposition = headers["content-disposition"]
  if (ok && disposition !== undefined) {
    const stream = response.stream.pipe(
      Stream.mapError((error) => transport(self, error)),
      Stream.timeoutOrElse({ duration: idle, orElse: () => Stream.fail(late(self, idle)) })
    )
    return Effect.succeed(file(headers, stream))
  }
  return Effect.flatMap(
    Effect.mapError(response.arrayBuffer, (error) => transport(self, error)),
    (buffer): Effect.Effect<Download, WeComError.WeComError> => {
      const content = new Uint8Array(buffer)
      const start = new TextDecoder().decode(content.subarray(0, 512)).trimStart()
      if (start.startsWith("{") && start.includes("\"errcode\"")) {
        return Effect.flatMap(
          parse(self, response, new TextDecoder().decode(content), input),
          () => Effect.fail(misfit(self, status, [{ field: "", message: "a JSON answer where a file was expected" }]))
        )
      }
      return ok
        ? Effect.succeed(file(headers, Stream.succeed(content)))
        : Effect.fail(misfit(self, status, [{ field: "", message: "an HTTP error without an errcode" }]))
    }
  )
}

const file = (
  headers: { readonly [name: string]: string | undefined },
  stream: Stream.Stream<Uint8Array, WeComError.WeComError>
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

/** Header values arrive as Latin-1: a raw UTF-8 file name is put together again. */
const filenameOf = (disposition: string | undefined): string | undefined => {
  const match = disposition === undefined ? undefined : /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition)
  const raw = (match?.[1] ?? match?.[2])?.trim()
  if (raw === undefined || raw === "" || !/^[\x20-\xff]*$/.test(raw)) return raw === "" ? undefined : raw
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(raw, (char) => char.charCodeAt(0)))
  } catch {
    return raw
  }
}

const rangeOf = (header: string | undefined): Download["range"] => {
  const match = header === undefined ? undefined : /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header.trim())
  return match
    ? { start: Number(match[1]), end: Number(match[2]), total: match[3] === "*" ? undefined : Number(match[3]) }
    : undefined
}

const concat = (chunks: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
