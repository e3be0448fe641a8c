/**
 * Which fields hold secrets: those that are `Redacted` in the program, by the schemas of endpoints and events.
 */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as Events from "../../callback/events/catalogue.ts"
import type { Description } from "../../Endpoint.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Credential from "../../token/Credential.ts"

/** The names of fields and parameters whose values are secrets. */
export type Secrets = ReadonlySet<string>

/** The secrets of a call of an endpoint, and of its answer. */
export const ofEndpoint = (endpoint: Description): Secrets => {
  let found = endpoints.get(endpoint)
  if (found === undefined) {
    const { body, query, success } = endpoint.schemas
    // The webhooks of robots are called with their key.
    const key = endpoint.credential === "key" ? ["key"] : []
    found = new Set([...always, ...key, ...secretsOf([query, body, success])])
    endpoints.set(endpoint, found)
  }
  return found
}

const endpoints = new WeakMap<Description, Secrets>()

/** The secrets of callbacks, and of what they are answered with. */
export const ofCallbacks = (): Secrets =>
  callbacks ??= new Set([
    ...always,
    ...plainInEvents,
    ...secretsOf(Object.values(Events).map((event) => hasSchema(event) ? event.schema : undefined))
  ])

let callbacks: Secrets | undefined

/** Codes that serve once and are plain text in events, for handlers to hand on. */
const plainInEvents = ["WelcomeCode", "ResponseCode", "Token"]

const hasSchema = (value: unknown): value is { readonly schema: Schema.Constraint } =>
  Predicate.hasProperty(value, "schema") && Predicate.hasProperty(value.schema, "ast")

/** The names of the fields of schemas that hold secrets, in the program or on the wire. */
const secretsOf = (schemas: ReadonlyArray<Schema.Constraint | undefined>): Secrets => {
  const names = new Set<string>()
  // Fields of any name may share a schema, and each is to be seen.
  const seen = new Map<SchemaAST.AST, Set<string>>()
  const visit = (ast: SchemaAST.AST, name: string): void => {
    const asNamed = seen.get(ast) ?? new Set()
    seen.set(ast, asNamed)
    if (isRedacted(ast)) names.add(name)
    else if (!asNamed.has(name)) {
      asNamed.add(name)
      for (const [part, own] of partsOf(ast, name)) visit(part, own)
    }
    for (const { to } of ast.encoding ?? []) visit(to, name)
  }
  for (const schema of schemas) if (schema !== undefined) visit(schema.ast, "")
  // A value that is a secret as a whole goes by the name that it has on the wire.
  names.delete("")
  return names
}

const partsOf = (ast: SchemaAST.AST, name: string): ReadonlyArray<readonly [SchemaAST.AST, string]> => {
  switch (ast._tag) {
    case "Declaration":
      return ast.typeParameters.map((part) => [part, name])
    case "Objects":
      return [
        ...ast.propertySignatures.map(({ name, type }) => [type, String(name)] as const),
        ...ast.indexSignatures.map(({ type }) => [type, name] as const)
      ]
    case "Arrays":
      return [...ast.elements, ...ast.rest].map((part) => [part, name])
    case "Union":
      return ast.types.map((part) => [part, name])
    case "Suspend":
      return [[ast.thunk(), name]]
    default:
      return []
  }
}

const isRedacted = (ast: SchemaAST.AST): boolean => {
  const representation = ast._tag === "Declaration" ? ast.annotations?.representation : undefined
  return typeof representation === "object" && representation !== null && "id" in representation &&
    representation.id === "effect/schema/Redacted"
}

/** What is a secret wherever it stands: what tokens are fetched with, tokens, and codes that serve once. */
export const always: Secrets = new Set([
  ...Object.values(Credential.kinds).map(({ parameter }) => parameter),
  ...secretsOf(
    [
      Credential.getToken,
      Credential.getSuiteToken,
      Credential.getCorpToken,
      Credential.getProviderToken,
      Credential.getModelToken,
      Credential.getDeviceToken
    ].flatMap((endpoint) => {
      const { body, query, success } = Endpoint.describe<never, unknown>(endpoint as never).schemas // whatever it takes
      return [query, body, success]
    })
  ),
  // Plain text in the program here or there, as handlers of HTTP requests and events are given them.
  "active_code",
  "code",
  "download_url",
  "js_code",
  "password",
  "response_code",
  "selected_ticket",
  "token",
  "welcome_code"
])
