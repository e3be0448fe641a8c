/**
 * The wording of what is wrong with a value: where, and what was expected; never the value itself.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaIssue from "effect/SchemaIssue"
import type { Issue } from "../../WeComError.ts"

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) =>
    issue._tag === "UnexpectedKey"
      ? noSuchField
      : issue._tag === "MissingKey"
      ? missingField
      : SchemaIssue.defaultLeafHook(issue)
})

/** What is said of a field that an endpoint does not have. */
export const noSuchField = "the endpoint has no such field"

/** What is said of a field that has to be there. */
export const missingField = "is required"

/** Where a value does not fit, and what was expected: never the value itself. */
export const issuesOf = (cause: Cause.Cause<Schema.SchemaError>): Effect.Effect<ReadonlyArray<Issue>> =>
  Option.match(Cause.findErrorOption(cause), {
    onNone: () => Effect.failCause(cause as Cause.Cause<never>), // a defect in a schema stays one
    onSome: (error) =>
      Effect.succeed(
        together(
          formatIssue(meant(error.issue)).issues.map(({ message, path }) => ({
            field: (path ?? []).reduce<string>(
              (field, part) => {
                const key = Predicate.isObject(part) ? part.key : part
                return typeof key === "number"
                  ? `${field}[${key}]`
                  : field === ""
                  ? String(key)
                  : `${field}.${String(key)}`
              },
              ""
            ),
            message
          }))
        )
      )
  })

/**
 * Without what those members of a union say that were not meant, as they want another literal than the one that is
 * there. Where all of them do, that is all they say.
 */
const meant = (issue: SchemaIssue.Issue): SchemaIssue.Issue => {
  switch (issue._tag) {
    case "Pointer":
      return new SchemaIssue.Pointer(issue.path, meant(issue.issue))
    case "Encoding":
      return new SchemaIssue.Encoding(issue.ast, meant(issue.issue))
    case "Composite": {
      const [first, ...others] = issue.issues
      return new SchemaIssue.Composite(issue.ast, [meant(first), ...others.map(meant)])
    }
    case "AnyOf": {
      const members = issue.issues.map((member) => ({ issue: meant(member), tag: wrongTag(member) }))
      const right = members.flatMap(({ issue, tag }) => tag === undefined ? [issue] : [])
      const wrong = members.flatMap(({ tag }) => tag === undefined || isNever(tag) ? [] : [tag])
      return new SchemaIssue.AnyOf(issue.ast, right.length === 0 ? wrong : right)
    }
    default:
      return issue
  }
}

/** The first place where another literal is wanted, but for those of unions further down. */
const wrongTag = (issue: SchemaIssue.Issue): SchemaIssue.Issue | undefined => {
  switch (issue._tag) {
    case "InvalidType":
      return isLiteral(issue.ast) ? issue : undefined
    case "AnyOf":
      return issue.issues.length === 0 && isLiteral(issue.ast) ? issue : undefined
    case "Pointer": {
      const found = wrongTag(issue.issue)
      return found === undefined ? undefined : new SchemaIssue.Pointer(issue.path, found)
    }
    case "Encoding":
      return wrongTag(issue.issue)
    case "Composite":
      return issue.issues.map(wrongTag).find((found) => found !== undefined)
    default:
      return undefined
  }
}

const isNever = (issue: SchemaIssue.Issue): boolean =>
  issue._tag === "Pointer" ? isNever(issue.issue) : issue._tag === "InvalidType" && issue.ast._tag === "Never"

const isLiteral = (ast: SchemaAST.AST): boolean =>
  ast._tag === "Never" || ast._tag === "Literal" || ast._tag === "Undefined" || ast._tag === "Null" ||
  (ast._tag === "Union" && ast.types.every(isLiteral))

/** Literals that are wanted in one place, as one issue. */
const together = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  [...Map.groupBy(issues, ({ field }) => field)].flatMap(([field, own]) => {
    const messages = [...new Set(own.map(({ message }) => message))]
    return messages.length > 1 && messages.every((message) => /^Expected ("[^"]*"|\d+)$/.test(message))
      ? [{ field, message: `Expected ${messages.map((message) => message.slice("Expected ".length)).join(" | ")}` }]
      : messages.map((message) => ({ field, message }))
  })
