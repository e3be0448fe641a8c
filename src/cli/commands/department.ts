/**
 * `wecom department`: the tree of departments.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { type Department, Departments } from "../../contacts/Departments.ts"
import { call, withClient } from "../client.ts"
import { formatFlags, formatOf } from "../formatFlags.ts"
import { rows, write } from "../output.ts"

const from = Flag.optional(
  Flag.Int("id").pipe(
    Flag.withMetavar("ID"),
    Flag.withDescription("The department to begin with. Default: every visible one.")
  )
)

const departments = (id: Option.Option<number>) =>
  Effect.map(
    call(Departments.endpoints.list, Option.match(id, { onNone: () => ({}), onSome: (id) => ({ id }) })),
    (found) => found.toSorted((a, b) => (b.order ?? 0) - (a.order ?? 0))
  )

/** Drawn as a tree: those whose parent is not among them are at its root. */
const drawn = (all: ReadonlyArray<Department>): string => {
  const ids = new Set(all.map(({ id }) => id))
  const children = Map.groupBy(all, ({ parentid }) => ids.has(parentid) ? parentid : undefined)
  const branch = (parent: number | undefined, indent: string): string =>
    (children.get(parent) ?? []).map((department, index, siblings) => {
      const last = index === siblings.length - 1
      const [joint, below] = parent === undefined ? ["", ""] : last ? ["└─ ", "   "] : ["├─ ", "│  "]
      const leaders = department.department_leader ?? []
      return `${indent}${joint}${department.name ?? ""} (${department.id})${
        leaders.length === 0 ? "" : `  ${leaders.join(", ")}`
      }\n${branch(department.id, `${indent}${below}`)}`
    }).join("")
  return branch(undefined, "")
}

const tree = Command.make(
  "tree",
  { id: from },
  ({ id }) => Effect.flatMap(departments(id), (all) => write(drawn(all))).pipe(withClient())
).pipe(
  Command.withDescription("Draw the tree of departments, with their ids and leaders")
)

const list = Command.make(
  "list",
  { id: from, ...formatFlags },
  ({ id, ...format }) =>
    Effect.flatMap(departments(id), (all) =>
      rows(formatOf(format), all, [
        { title: "ID", value: ({ id }) => id, fit: "whole" },
        { title: "名称", value: ({ name }) => name },
        { title: "PARENT", value: ({ parentid }) => parentid },
        { title: "负责人", value: ({ department_leader }) => department_leader?.join(",") }
      ])).pipe(withClient())
).pipe(Command.withDescription("List departments"))

/** `wecom department`. */
export const command = Command.make("department").pipe(
  Command.withDescription("Departments: tree, list"),
  Command.withSubcommands([tree, list])
)
