/** What people do: forms for all that the control API can do, made of its description. */
import { signal } from "@preact/signals"
import { useEffect, useState } from "preact/hooks"
import { Close, Dialog } from "./parts.tsx"
import { ask, attempt, corpId, poll, shown, wish } from "./state.ts"
import { list, obj, str, t } from "./text.ts"
import { actName, fieldName, groupName, hint, operationName } from "./words.ts"

type Schema = ReturnType<typeof obj>

interface Operation {
  readonly path: string
  readonly method: string
  readonly group: string
  readonly description: string
  readonly params: ReadonlyArray<string>
  readonly body: Schema | undefined
}

interface Description {
  readonly operations: ReadonlyArray<Operation>
  readonly definitions: { readonly [name: string]: unknown }
}

const description = signal<Description>({ operations: [], definitions: {} })

/** Members, to pick from. */
const members = signal<ReadonlyArray<{ readonly userid: string; readonly name: string }>>([])

const load = async (): Promise<void> => {
  if (description.value.operations.length === 0) {
    const document = obj(await (await fetch("/_simulator/openapi.json")).json())
    const operations = Object.entries(obj(document["paths"])).flatMap(([path, methods]) =>
      Object.entries(obj(methods)).flatMap(([method, value]): ReadonlyArray<Operation> => {
        if (method === "get" || path.endsWith("/await")) return []
        const operation = obj(value)
        const content = obj(obj(obj(operation["requestBody"])["content"])["application/json"])
        return [{
          path: path.replace("/_simulator/api/", ""),
          method: method.toUpperCase(),
          group: str(list(operation["tags"])[0]),
          description: str(operation["description"]),
          params: list(operation["parameters"]).map(obj).filter((one) => one["in"] === "path")
            .map((one) => str(one["name"])),
          body: content["schema"] === undefined ? undefined : obj(content["schema"])
        }]
      })
    )
    description.value = { operations, definitions: obj(obj(document["components"])["schemas"]) }
  }
  const found = await ask<{ members: ReadonlyArray<{ userid: string; name: string }> }>(
    `members?${new URLSearchParams({ corpId: corpId.value, limit: "200" })}`
  )
  members.value = found.members
}

/** A schema, wherever it is written. */
const resolved = (schema: unknown): Schema => {
  const reference = str(obj(schema)["$ref"])
  return reference === "" ? obj(schema) : obj(description.value.definitions[reference.split("/").at(-1) ?? ""])
}

/** The acts that an operation has; one where it has no choice. */
const variantsOf = ({ body }: Operation): ReadonlyArray<Schema> => {
  if (body === undefined) return []
  const whole = resolved(body)
  const several = [...list(whole["anyOf"]), ...list(whole["oneOf"])]
  return (several.length === 0 ? [whole] : several.map(resolved)).flatMap((variant) => {
    // One form for each act of a shape that several have.
    const acts = list(resolved(obj(variant["properties"])["act"])["enum"])
    return acts.length < 2
      ? [variant]
      : acts.map((act) => ({ ...variant, properties: { ...obj(variant["properties"]), act: { enum: [act] } } }))
  })
}

const actOf = (variant: Schema): string => {
  const act = resolved(obj(variant["properties"])["act"])
  return str(act["const"]) || str(list(act["enum"])[0])
}

export const ActsDialog = () => (
  <Dialog name="acts" title={t("What people do|人员操作")}>
    <Form />
  </Dialog>
)

/** A schema without what only says that the field may be absent. */
const present = (schema: unknown): Schema => {
  const whole = resolved(schema)
  const some = list(whole["anyOf"]).map(resolved).filter((one) => one["type"] !== "null")
  const [only] = some
  return some.length === 1 && only !== undefined ? only : whole
}

const Form = () => {
  const [chosen, choose] = useState({ operation: -1, variant: 0 })
  const [values, setValues] = useState<{ readonly [name: string]: string }>({})
  const [outcome, setOutcome] = useState("")
  const wished = wish.value
  const { operations } = description.value

  useEffect(() => {
    void attempt(load)
  }, [])
  // A form that was asked for, as soon as it is known.
  useEffect(() => {
    if (operations.length === 0) return
    const found = wished === undefined
      ? 0
      : operations.findIndex(({ method, path }) =>
        path === wished.path && (wished.method === undefined || method === wished.method)
      )
    const operation = operations[Math.max(0, found)]
    const variant = operation === undefined
      ? 0
      : variantsOf(operation).findIndex((one) => actOf(one) === (wished?.act ?? actOf(one)))
    choose({ operation: Math.max(0, found), variant: Math.max(0, variant) })
    setValues(Object.fromEntries(
      Object.entries({ ...shown.value?.known, corpId: corpId.value, ...wished?.values }).map(([name, value]) => [
        name,
        typeof value === "string" ? value : JSON.stringify(value)
      ])
    ))
  }, [operations, wished])

  const operation = operations[chosen.operation]
  if (operation === undefined) return <p>…</p>
  const variants = variantsOf(operation)
  const variant = variants[chosen.variant] ?? variants[0] ?? {}
  const properties = Object.entries(obj(variant["properties"])).filter(([name]) => name !== "act")
  const required = new Set(list(variant["required"]).map(str))
  const fields: ReadonlyArray<readonly [name: string, schema: Schema, needed: boolean]> = [
    ...operation.params.filter((name) => !properties.some(([other]) => other === name)).map((name) =>
      [name, { type: "string" }, true] as const
    ),
    ...properties.map(([name, schema]) => [name, present(schema), required.has(name)] as const)
  ].toSorted(([, , a], [, , b]) => Number(b) - Number(a))

  const perform = async () => {
    try {
      const given = Object.fromEntries(
        fields.filter(([name]) => (values[name] ?? "") !== "").map(([name, schema]) => [
          name,
          valueOf(values[name] ?? "", schema)
        ])
      )
      const target = operation.params.reduce(
        (path, name) => path.replace(`{${name}}`, encodeURIComponent(values[name] ?? "")),
        operation.path
      )
      const payload = Object.fromEntries(
        Object.entries({ ...given, ...(actOf(variant) === "" ? {} : { act: actOf(variant) }) }).filter(([name]) =>
          name in obj(variant["properties"])
        )
      )
      const answer = await ask<unknown>(target, operation.body === undefined ? undefined : payload, operation.method)
      setOutcome(JSON.stringify(answer, null, 2))
    } catch (error) {
      setOutcome(error instanceof Error ? error.message : String(error))
    }
    void poll()
  }

  const groups = [...new Set(operations.map(({ group }) => group))]
  return (
    <>
      <form
        id="actsForm"
        onSubmit={(event) => {
          event.preventDefault()
          void perform()
        }}
      >
        <label for="operation">{t("Action|操作")}</label>
        <div class="pair">
          <select
            id="operation"
            value={String(chosen.operation)}
            onChange={({ currentTarget }) => choose({ operation: Number(currentTarget.value), variant: 0 })}
          >
            {groups.map((group) => (
              <optgroup key={group} label={groupName(group)}>
                {operations.map((one, index) =>
                  one.group === group
                    ? (
                      <option key={index} value={String(index)} data-path={one.path}>
                        {operationName(one.method, one.path, one.description)}
                      </option>
                    )
                    : null
                )}
              </optgroup>
            ))}
          </select>
          {variants.length > 1
            ? (
              <select
                id="variant"
                aria-label={t("action|动作")}
                value={String(chosen.variant)}
                onChange={({ currentTarget }) => choose({ ...chosen, variant: Number(currentTarget.value) })}
              >
                {variants.map((one, index) => <option key={index} value={String(index)}>{actName(actOf(one))}</option>)}
              </select>
            )
            : null}
        </div>
        {fields.map(([name, schema, needed]) => (
          <Field
            key={`${operation.path} ${actOf(variant)} ${name}`}
            name={name}
            schema={schema}
            needed={needed}
            value={values[name] ?? ""}
            change={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
        <datalist id="members">
          {members.value.map(({ name, userid }) => <option key={userid} value={userid}>{name}</option>)}
        </datalist>
        <div class="end">
          <Close />
          <button class="main">{t("Do it|执行")}</button>
        </div>
      </form>
      <pre id="acted" aria-live="polite">{outcome}</pre>
    </>
  )
}

const Field = (
  { change, name, needed, schema, value }: {
    readonly name: string
    readonly schema: Schema
    readonly needed: boolean
    readonly value: string
    readonly change: (value: string) => void
  }
) => {
  const options = [
    ...list(schema["enum"]),
    ...(schema["const"] === undefined ? [] : [schema["const"]]),
    ...(schema["type"] === "boolean" ? [true, false] : [])
  ].map(String)
  const id = `input ${name}`
  const isLong = schema["type"] === "object" || schema["type"] === "array" || schema["type"] === undefined ||
    name === "xml"
  const wanted = hint(str(schema["description"]) || (schema["type"] === "string" ? "" : str(schema["type"]) || "JSON"))
  const isMember = name === "userid" || name === "to" || name === "by" || name === "owner" || name === "invitor" ||
    name === "adds"
  return (
    <>
      <label for={id}>
        {fieldName(name)} {fieldName(name) === name ? null : <small>{name}</small>}
        {needed ? " *" : ""}
      </label>
      {options.length > 0
        ? (
          <select id={id} required={needed} value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
            <option value="" />
            {options.map((option) => <option key={option} value={option}>{option}</option>)}
          </select>
        )
        : isLong && value.length > 30
        ? (
          <textarea
            id={id}
            required={needed}
            placeholder={wanted}
            rows={4}
            spellcheck={false}
            value={value}
            onInput={({ currentTarget }) => change(currentTarget.value)}
          />
        )
        : (
          <input
            id={id}
            required={needed}
            placeholder={wanted}
            list={isMember ? "members" : undefined}
            value={value}
            onInput={({ currentTarget }) => change(currentTarget.value)}
          />
        )}
    </>
  )
}

/** What was written in a field, as its schema has it. */
const valueOf = (text: string, schema: Schema): unknown => {
  const type = schema["type"] ?? typeof list(schema["enum"])[0]
  return type === "string"
    ? text
    : type === "boolean"
    ? text === "true"
    : type === "integer" || type === "number"
    ? Number(text)
    : type === "array" && !text.trim().startsWith("[")
    ? text.split(/[,，]/).map((one) => one.trim()).filter((one) => one !== "")
    : JSON.parse(text)
}
