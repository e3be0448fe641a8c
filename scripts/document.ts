/**
 * What `documented.ts` puts around everything with a comment: keeps the text of endpoints, writes that of schemas into
 * them as their description.
 */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { DescriptionKey } from "../src/Endpoint.ts"
import { PagingKey } from "../src/Paging.ts"

const texts = new WeakMap<object, string>()

/** The comments of models, by their identifier. */
export const models = new Map<string, string>()

/** The comment of an endpoint, where the sources were loaded by way of `documented.ts`. */
export const textOf = (endpoint: object): string | undefined => texts.get(endpoint)

/** The text of a comment, its lines put together: paragraphs stay apart, tags and what follows them go. */
export const plainText = (comment: string): string =>
  comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "")).join("\n").replace(/^@\w[\s\S]*$/m, "").trim()
    .split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s*\n\s*/g, " ").trim()).join("\n\n")
    .replace(/\{@link (?:[^}|]*\|)?([^}]+)\}/g, "`$1`")

/** Keeps a comment with what it is about. */
export const document = (value: unknown, comment: string): unknown => {
  const text = plainText(comment)
  // A class stays as it is, for others extend it and make instances of it.
  if (Schema.isSchema(value) && Predicate.hasProperty(value, "identifier")) {
    models.set(String(value.identifier), text)
    return value
  }
  if (Schema.isSchema(value)) return (value as Schema.Top).annotate({ description: text })
  if (typeof value === "function" && (DescriptionKey in value || PagingKey in value)) texts.set(value, text)
  return value
}
