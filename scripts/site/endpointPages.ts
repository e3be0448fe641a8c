/** The reference of endpoints, from the OpenAPI document: each method with what it takes and what it returns. */
import { dirname } from "node:path"
import { headingPlace } from "../markdown.ts"
import type { Page } from "./Page.ts"

interface Json {
  readonly $ref?: string
  readonly type?: string | ReadonlyArray<string>
  readonly description?: string
  readonly properties?: { readonly [name: string]: Json }
  readonly required?: ReadonlyArray<string>
  readonly items?: Json
  readonly allOf?: ReadonlyArray<Json>
  readonly anyOf?: ReadonlyArray<Json>
  readonly oneOf?: ReadonlyArray<Json>
  readonly enum?: ReadonlyArray<unknown>
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly format?: string
  readonly additionalProperties?: Json | boolean
}

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly externalDocs?: { readonly url: string }
  readonly security?: ReadonlyArray<{ readonly [name: string]: unknown }>
  readonly parameters?: ReadonlyArray<Json & { readonly name: string; readonly in: string; readonly schema: Json }>
  readonly requestBody?: { readonly content: { readonly [type: string]: { readonly schema?: Json } } }
  readonly responses: {
    readonly [status: string]: {
      readonly content?: { readonly [type: string]: { readonly schema?: Json } }
      readonly "x-errcodes"?: ReadonlyArray<number>
    }
  }
}

interface Document {
  readonly paths: { readonly [path: string]: { readonly [verb: string]: Operation } }
  readonly components: { readonly schemas: { readonly [name: string]: Json } }
}

export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

/** A comment's text: code between backticks, paragraphs apart. */
export const prose = (text: string): string =>
  text.split(/\n\s*\n/).map((paragraph) => `<p>${inline(paragraph)}</p>`).join("\n")

const inline = (text: string) => escape(text).replace(/`([^`]+)`/g, "<code>$1</code>")

/** Pages by the folder of the services: one for each import path. */
export const endpointPages = ({ components, paths }: Document): ReadonlyArray<Page> => {
  const resolve = (schema: Json): Json =>
    schema.$ref === undefined ? schema : components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}

  /** The type as one reads it, and its bounds. */
  const typeOf = (schema: Json): string => {
    if (schema.$ref !== undefined) return schema.$ref.split("/").at(-1) ?? ""
    if (schema.const !== undefined) return JSON.stringify(schema.const)
    if (schema.enum !== undefined) return schema.enum.slice(0, 12).map((value) => JSON.stringify(value)).join(" | ")
    const members = schema.anyOf ?? schema.oneOf
    if (members !== undefined) return [...new Set(members.slice(0, 8).map(typeOf))].join(" | ")
    if (schema.type === "array") return `${typeOf(schema.items ?? {})}[]`
    const name = Array.isArray(schema.type) ? schema.type.join(" | ") : String(schema.type ?? "any")
    const bounds = [
      range(schema.minimum, schema.maximum, ""),
      range(schema.minLength, schema.maxLength, " characters"),
      range(schema.minItems, schema.maxItems, " items")
    ].filter((bound) => bound !== "")
    return bounds.length === 0 ? name : `${name}, ${bounds.join(", ")}`
  }

  interface Field {
    readonly name: string
    readonly type: string
    readonly isRequired: boolean
    readonly text: string
  }

  /** The fields of an object, of the parts of one, and below a field one level more. */
  const fieldsOf = (schema: Json, prefix = "", depth = 0): ReadonlyArray<Field> => {
    const found = resolve(schema)
    if (found.allOf !== undefined) {
      return found.allOf.filter(({ $ref }) => !$ref?.endsWith("/Envelope"))
        .flatMap((part) => fieldsOf(part, prefix, depth))
    }
    return Object.entries(found.properties ?? {}).flatMap(([name, property]) => {
      const target = property.type === "array" ? property.items ?? {} : property
      const below = depth < 2
        ? fieldsOf(target, `${prefix}${name}${property.type === "array" ? "[]" : ""}.`, depth + 1)
        : []
      return [{
        name: `${prefix}${name}`,
        type: typeOf(property),
        isRequired: found.required?.includes(name) ?? false,
        text: property.description ?? ""
      }, ...below]
    })
  }

  const table = (title: string, fields: ReadonlyArray<Field>): string =>
    fields.length === 0
      ? ""
      : `<table data-unsearched><thead><tr><th>${title}</th><th>type</th><th></th></tr></thead><tbody>${
        fields.map(({ isRequired, name, text, type }) =>
          `<tr><td><code>${escape(name)}</code>${isRequired ? "" : "?"}</td><td>${escape(type)}</td><td>${
            inline(text)
          }</td></tr>`
        ).join("")
      }</tbody></table>`

  const bodyOf = (content: { readonly [type: string]: { readonly schema?: Json } } | undefined) =>
    Object.values(content ?? {})[0]?.schema

  const methods = Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => {
      const module = /Library: `\S+` of `effect-wecom\/([^`]+)`/.exec(operation.description ?? "")?.[1]
      if (module === undefined) throw new Error(`${path} does not say where its method is`)
      const query = (operation.parameters ?? []).filter((parameter) => parameter.in === "query")
      const body = bodyOf(operation.requestBody?.content)
      const answer = bodyOf(operation.responses["200"]?.content)
      const codes = operation.responses["200"]?.["x-errcodes"] ?? []
      return {
        folder: dirname(module),
        service: operation.operationId.split(".")[0] ?? "",
        name: operation.operationId,
        html: [
          `<h3 id="${headingPlace(operation.operationId)}">${operation.operationId} <small>${
            escape(operation.summary)
          }</small></h3>`,
          `<p><code>${verb.toUpperCase()} ${escape(path)}</code>${
            operation.externalDocs === undefined ? "" : ` · <a href="${operation.externalDocs.url}">官方文档</a>`
          } · ${Object.keys(operation.security?.[0] ?? { none: [] }).join(", ") || "none"}</p>`,
          prose((operation.description ?? "").replace(/\n*Library: .*$/, "")),
          codes.length === 0 ? "" : `<p>Errcodes: ${codes.map((code) => `<code>${code}</code>`).join(", ")}.</p>`,
          table("input", [
            ...query.map(({ description, name, required, schema }) => ({
              name,
              type: typeOf(schema),
              // A parameter says so itself.
              isRequired: Boolean(required),
              text: description ?? schema.description ?? ""
            })),
            ...(body === undefined ? [] : fieldsOf(body))
          ]),
          table("returned by WeCom", answer === undefined ? [] : fieldsOf(answer))
        ].filter((part) => part !== "").join("\n")
      }
    })
  )
  return [...Map.groupBy(methods, ({ folder }) => folder)].toSorted(([a], [b]) => a.localeCompare(b)).map((
    [folder, entries]
  ) => ({
    path: `reference/${folder}.html`,
    title: `${folder}: fields`,
    kind: "html",
    text: [
      `<h1 id="top">effect-wecom/${folder}: fields of endpoints</h1>`,
      "<p>Fields as WeCom sends them. The library gives times as <code>DateTime</code>, 0/1 as booleans, and secrets as <code>Redacted</code>.</p>",
      ...[...Map.groupBy(entries, ({ service }) => service)].flatMap(([service, list]) => [
        `<h2 id="${headingPlace(service)}">${service}</h2>`,
        ...list.map(({ html }) => html)
      ])
    ].join("\n")
  }))
}

const range = (least: number | undefined, most: number | undefined, unit: string): string => {
  if (least === undefined && most === undefined) return ""
  if (least === undefined) return `≤ ${most}${unit}`
  return most === undefined ? `≥ ${least}${unit}` : `${least}–${most}${unit}`
}
