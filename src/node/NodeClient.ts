/**
 * An `HttpClient` for Node on undici's `dispatch`: the whole of a short answer is there before its fiber goes on, so that a
 * call waits once. It makes no spans of its own, for `WeComClient` makes one for each call, and follows no redirect.
 *
 * Any other `HttpClient` serves as well: this one is faster.
 */
import * as NodeStream from "@effect/platform-node/NodeStream"
import * as Undici from "@effect/platform-node/Undici"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Headers from "effect/http/Headers"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as UrlParams from "effect/http/UrlParams"
import * as Inspectable from "effect/Inspectable"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { pipeArguments } from "effect/Pipeable"
import * as Stream from "effect/Stream"
import { Readable } from "node:stream"

/** A client over an agent of its own, whose connections end with the layer. */
export const layer = (options?: Undici.Agent.Options): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(
    HttpClient.HttpClient,
    Effect.map(
      Effect.acquireRelease(
        // Calls have deadlines of their own.
        // oxlint-disable-next-line import/namespace -- the module hands on all of undici
        Effect.sync(() => new Undici.Agent({ headersTimeout: 0, bodyTimeout: 0, ...options })),
        (agent) => Effect.promise(() => agent.destroy())
      ),
      make
    )
  )

/**
 * A client over a dispatcher of yours.
 *
 * @example
 * ```ts
 * Layer.succeed(HttpClient.HttpClient, NodeClient.make(new ProxyAgent("http://proxy.example.com:3128")))
 * ```
 */
export const make = (dispatcher: Undici.Dispatcher): HttpClient.HttpClient =>
  HttpClient.makeWith<never, never, HttpClientError.HttpClientError, never>(
    Effect.flatMapEager((request) => exchange(dispatcher, request)),
    Effect.succeed
  )

/** Answers of up to so many bytes are read whole; longer ones, and files, as their reader asks for them. */
const short = 4 * 1024 * 1024

interface Target {
  readonly origin: string
  readonly path: string
}

const targets = new Map<string, Target>()

/** Where a URL leads: programs ask few of them, again and again. */
const targetOf = (url: string): Target => {
  let target = targets.get(url)
  if (target === undefined) {
    const { origin, pathname, search } = new URL(url)
    target = { origin, path: pathname + search }
    if (targets.size === 4096) targets.clear()
    targets.set(url, target)
  }
  return target
}

const pathOf = ({ path }: Target, { urlParams }: HttpClientRequest.HttpClientRequest): string =>
  urlParams.params.length === 0 ? path : `${path}${path.includes("?") ? "&" : "?"}${UrlParams.toString(urlParams)}`

const bodyOf = ({ body }: HttpClientRequest.HttpClientRequest): Undici.Dispatcher.DispatchOptions["body"] => {
  switch (body._tag) {
    case "Empty":
      return null
    case "Stream":
      return Readable.from(Stream.toAsyncIterable(body.stream))
    case "FormData":
      return body.formData
    case "Uint8Array":
      return body.body
    case "Raw":
      return body.body as Undici.Dispatcher.DispatchOptions["body"] // what the caller has made for undici
  }
}

const exchange = (dispatcher: Undici.Dispatcher, request: HttpClientRequest.HttpClientRequest) =>
  Effect.callback<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>((resume) => {
    const reception = new Reception(
      request,
      (response) => resume(Exit.succeed(response)),
      (cause) =>
        resume(Exit.fail(
          new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
        ))
    )
    try {
      const target = targetOf(request.url)
      dispatcher.dispatch({
        origin: target.origin,
        path: pathOf(target, request),
        method: request.method as Undici.Dispatcher.HttpMethod, // the same names
        headers: request.headers,
        body: bodyOf(request) ?? null
      }, reception)
    } catch (cause) {
      reception.onResponseError(undefined, cause)
    }
    return Effect.sync(() => reception.interrupt())
  })

/** Takes an answer in as it comes: whole where it is short, as a stream where it is a file or long. */
class Reception implements Undici.Dispatcher.DispatchHandler {
  private readonly request: HttpClientRequest.HttpClientRequest
  private readonly succeed: (response: HttpClientResponse.HttpClientResponse) => void
  private readonly fail: (cause: unknown) => void
  private readonly chunks: Array<Buffer> = []
  private size = 0
  private status = 0
  private headers: ReceivedHeaders = {}
  private control: Undici.Dispatcher.DispatchController | undefined
  private content: Readable | undefined
  private isInterrupted = false

  constructor(
    request: HttpClientRequest.HttpClientRequest,
    succeed: (response: HttpClientResponse.HttpClientResponse) => void,
    fail: (cause: unknown) => void
  ) {
    this.request = request
    this.succeed = succeed
    this.fail = fail
  }

  onRequestStart(control: Undici.Dispatcher.DispatchController): void {
    this.control = control
    if (this.isInterrupted) control.abort(new Error("interrupted"))
  }

  onResponseStart(control: Undici.Dispatcher.DispatchController, status: number, headers: ReceivedHeaders): void {
    if (status < 200) return
    this.status = status
    this.headers = headers
    const { "content-disposition": disposition, "content-length": length, "content-type": type } = headers
    const isShort = length === undefined ? String(type).includes("json") : Number(length) <= short
    if (disposition !== undefined || !isShort) this.begin(control)
  }

  onResponseData(control: Undici.Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.content !== undefined) {
      if (!this.content.push(chunk)) control.pause()
      return
    }
    this.chunks.push(chunk)
    this.size += chunk.length
    if (this.size > short) this.begin(control)
  }

  onResponseEnd(): void {
    if (this.content !== undefined) {
      this.content.push(null)
      return
    }
    const [first] = this.chunks
    this.answer(this.chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.chunks))
  }

  onResponseError(_: unknown, cause: unknown): void {
    if (this.content === undefined) this.fail(cause)
    else this.content.destroy(cause instanceof Error ? cause : new Error(String(cause)))
  }

  interrupt(): void {
    this.isInterrupted = true
    this.control?.abort(new Error("interrupted"))
  }

  /** From here on the content is handed over as its reader asks for it. */
  private begin(control: Undici.Dispatcher.DispatchController): void {
    const content: Readable = new Readable({
      read: () => control.resume(),
      destroy: (error, end) => {
        if (!content.readableEnded) control.abort(error ?? new Error("not read to its end"))
        end(error)
      }
    })
    content.on("error", () => {}) // its reader is told
    for (const chunk of this.chunks) content.push(chunk)
    this.content = content
    this.answer(content)
  }

  private answer(body: Uint8Array | Readable): void {
    this.succeed(new Response(this.request, this.status, this.headers, body))
  }
}

type ReceivedHeaders = Undici.Dispatcher.ResponseData["headers"]

const decoder = new TextDecoder()

/** An answer; what calls of the library never ask for is left to the one of the web. */
class Response extends Inspectable.Class implements HttpClientResponse.HttpClientResponse {
  readonly [HttpClientResponse.TypeId]: typeof HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly [HttpIncomingMessage.TypeId]: typeof HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly remoteAddress = Option.none<string>()
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly #received: ReceivedHeaders
  readonly #body: Uint8Array | Readable
  #web: HttpClientResponse.HttpClientResponse | undefined

  constructor(
    request: HttpClientRequest.HttpClientRequest,
    status: number,
    received: ReceivedHeaders,
    body: Uint8Array | Readable
  ) {
    super()
    this.request = request
    this.status = status
    this.#received = received
    this.#body = body
  }

  /** The same answer as the platform has it, made when it is asked for. */
  private get web(): HttpClientResponse.HttpClientResponse {
    return this.#web ??= HttpClientResponse.fromWeb(
      this.request,
      new globalThis.Response(
        // Node's own stream of the web, or the bytes of a Buffer: what the constructor takes.
        (this.#body instanceof Readable ? Readable.toWeb(this.#body) : this.#body) as never,
        { status: this.status, headers: this.headers }
      )
    )
  }
  get url(): string {
    return this.request.url
  }
  get headers(): Headers.Headers {
    return Headers.fromInput(this.#received)
  }
  get text(): Effect.Effect<string, HttpClientError.HttpClientError> {
    return this.#body instanceof Readable ? this.web.text : Effect.succeed(decoder.decode(this.#body))
  }
  get stream(): Stream.Stream<Uint8Array, HttpClientError.HttpClientError> {
    const body = this.#body
    return body instanceof Readable
      ? NodeStream.fromReadable({
        evaluate: () => body,
        onError: (cause) =>
          new HttpClientError.HttpClientError({
            reason: new HttpClientError.DecodeError({ request: this.request, response: this, cause })
          })
      })
      : Stream.succeed(body)
  }
  get json() {
    return this.web.json
  }
  get cookies() {
    return this.web.cookies
  }
  get arrayBuffer() {
    return this.web.arrayBuffer
  }
  get formData() {
    return this.web.formData
  }
  get urlParamsBody() {
    return this.web.urlParamsBody
  }
  get upgrade() {
    return this.web.upgrade
  }
  toJSON(): unknown {
    return { _id: "HttpClientResponse", request: this.request.toJSON(), status: this.status }
  }
  pipe() {
    return pipeArguments(this, arguments)
  }
}
