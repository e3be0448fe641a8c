/**
 * Keeps pages of other sites from a simulator that listens on a developer's machine: a browser there may be made to call
 * any port of it, under any name (DNS rebinding).
 */
import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"

/**
 * Names by which a simulator is called, beside those that no other site can have: addresses, names without a dot,
 * `localhost`, and the vendor's own.
 */
export type Hosts = ReadonlyArray<string>

/** Larger than any request that is taken. */
export const maxBody = ByteSize.mebibytes(48)

/** Handles a request, if it is none of another site's. */
export const guarded = <E, R>(
  hosts: Hosts,
  answer: (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>
) =>
(request: HttpServerRequest.HttpServerRequest): Effect.Effect<HttpServerResponse.HttpServerResponse, E, R> =>
  Effect.suspend(() => {
    const problem = problemOf(request, hosts)
    return problem === undefined ? answer(request) : Effect.succeed(problem)
  }).pipe(Effect.provideService(HttpIncomingMessage.MaxBodySize, maxBody))

/** Why a request is not answered. */
const problemOf = (
  { headers, method }: HttpServerRequest.HttpServerRequest,
  hosts: Hosts
): HttpServerResponse.HttpServerResponse | undefined => {
  const { host = "", origin, "content-length": length = "0", "sec-fetch-site": site, upgrade } = headers
  if (!isOwn(host, hosts)) {
    return refused(403, `the simulator is not called ${printable(host)}: name it in the option hosts`)
  }
  const changes = (method !== "GET" && method !== "HEAD") || upgrade !== undefined
  if (changes && (site === "cross-site" || site === "same-site")) {
    return refused(403, "a page of another site may change nothing")
  }
  if (changes && origin !== undefined && hostOf(origin) !== host) {
    return refused(403, `a page of ${printable(origin)} may change nothing`)
  }
  return Number(length) > ByteSize.toNumberUnsafe(maxBody) ? refused(413, "the request body is too large") : undefined
}

const refused = (status: number, errmsg: string): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe({ errcode: status, errmsg }, { status, headers: { connection: "close" } })

const printable = (text: string): string => text.slice(0, 100).replaceAll(/[^\w.:/[\]-]/g, "?")

const hostOf = (origin: string): string | undefined => URL.canParse(origin) ? new URL(origin).host : undefined

/** Whether a name leads here by the will of whoever runs the simulator. */
const isOwn = (host: string, hosts: Hosts): boolean => {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname, password, pathname, username } = new URL(`http://${host}`)
  if (username !== "" || password !== "" || pathname !== "/") return false
  return !hostname.includes(".") || // a name of this network, or an address in brackets
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(hostname) ||
    /\.(?:localhost|internal|local)$/.test(hostname) ||
    /(?:^|\.)weixin\.qq\.com$/.test(hostname) ||
    hosts.includes(hostname)
}
