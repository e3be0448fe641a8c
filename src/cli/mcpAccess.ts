/**
 * Who may use `wecom mcp --http`: programs of this machine, or of others with a bearer token; never a page in a browser.
 */
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Redacted from "effect/Redacted"
import { createHash, timingSafeEqual } from "node:crypto"
import { type CliFailure, misconfigured } from "./failure.ts"

/** The variable with the token that clients must show. */
export const tokenVariable = "WECOM_MCP_TOKEN"

/** A shorter token could be guessed. */
const shortest = 16

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

/** Where a server listens, and what its clients must show. */
export interface Access {
  readonly host: string
  readonly token: Redacted.Redacted | undefined
}

/** Refuses to serve whoever reaches a port, as the app: other machines need a token. */
export const checked = ({ host, token }: Access): Effect.Effect<void, CliFailure> => {
  if (token !== undefined && Redacted.value(token).length < shortest) {
    return Effect.fail(
      misconfigured(
        `${tokenVariable} has fewer than ${shortest} characters`,
        `Make one: export ${tokenVariable}=$(openssl rand -hex 32)`
      )
    )
  }
  return token === undefined && !isLoopback(host)
    ? Effect.fail(
      misconfigured(
        `without a token, whoever reaches ${host} could act as the app`,
        `Set one that clients send as "Authorization: Bearer ...": export ${tokenVariable}=$(openssl rand -hex 32)`
      )
    )
    : Effect.void
}

/** Lets through what an access allows. McpServer itself refuses requests with an `Origin`. */
export const layer = (access: Access) =>
  HttpRouter.middleware((answer) =>
    Effect.flatMap(
      HttpServerRequest.HttpServerRequest,
      ({ headers }) => {
        const problem = problemOf(access, headers)
        return problem === undefined ? answer : Effect.succeed(problem)
      }
    ), { global: true })

const problemOf = (
  { host, token }: Access,
  headers: HttpServerRequest.HttpServerRequest["headers"]
): HttpServerResponse.HttpServerResponse | undefined => {
  // Another site's name may lead a browser here (DNS rebinding).
  if (isLoopback(host) && !isLoopback((headers.host ?? "").replace(/:\d+$/, ""))) {
    return HttpServerResponse.text("this server is called localhost or 127.0.0.1", { status: 403 })
  }
  return token === undefined || isBearer(headers.authorization ?? "", token)
    ? undefined
    : HttpServerResponse.text(`a bearer token is needed, that of ${tokenVariable}`, {
      status: 401,
      headers: { "www-authenticate": "Bearer" }
    })
}

/** Digests have one length, so that their comparison takes the same time whatever was sent. */
const isBearer = (authorization: string, token: Redacted.Redacted): boolean => {
  const [, shown] = /^Bearer +(\S+) *$/i.exec(authorization) ?? []
  return shown !== undefined && timingSafeEqual(digest(shown), digest(Redacted.value(token)))
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()
