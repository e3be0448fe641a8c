/**
 * `wecom user`: the members of the corp.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { Departments } from "../../contacts/Departments.ts"
import { type User, type UserName, Users } from "../../contacts/Users.ts"
import { UserStatus } from "../../contacts/UserStatus.ts"
import { call, withClient } from "../client.ts"
import { exportSteps } from "../exportPages.ts"
import { usage } from "../failure.ts"
import { formatFlags, formatOf } from "../formatFlags.ts"
import { type Column, progress, record, rows, say, toJson } from "../output.ts"

const department = Flag.Int("department").pipe(
  Flag.withAlias("d"),
  Flag.withMetavar("ID"),
  Flag.withDescription("Default: 1, the root."),
  Flag.withDefault(1)
)

const columns: ReadonlyArray<Column<User>> = [
  { title: "USERID", value: ({ userid }) => userid, fit: "whole" },
  { title: "姓名", value: ({ name }) => name },
  { title: "职务", value: ({ position }) => position },
  { title: "部门", value: ({ department }) => department.join(",") },
  { title: "手机", value: ({ mobile }) => mobile },
  { title: "状态", value: ({ status }) => status === undefined ? undefined : UserStatus.label(status) ?? status }
]

const get = Command.make("get", {
  userid: Argument.String("userid").pipe(
    Argument.withDescription("The account (账号), or with a flag a mobile number or mail address.")
  ),
  mobile: Flag.Boolean("mobile").pipe(Flag.withDefault(false), Flag.withDescription("USERID is a mobile number.")),
  email: Flag.Boolean("email").pipe(
    Flag.withDefault(false),
    Flag.withDescription("USERID is a mail address of the corp.")
  ),
  ...formatFlags
}, ({ email, mobile, userid, ...format }) =>
  Effect.gen(function*() {
    const id = mobile
      ? yield* call(Users.endpoints.getIdByMobile, { mobile: userid })
      : email
      ? yield* call(Users.endpoints.getIdByEmail, { email: userid })
      : userid
    yield* record(formatOf(format), yield* call(Users.endpoints.get, { userid: id }))
  }).pipe(withClient())).pipe(Command.withDescription("Show a member"))

/** The ids of a department and of all below it. */
const below = (id: number) =>
  Effect.map(call(Departments.endpoints.listIds, { id }), (places) => places.map((place) => place.id))

const list = Command.make("list", {
  department,
  recursive: Flag.Boolean("recursive").pipe(
    Flag.withAlias("r"),
    Flag.withDefault(false),
    Flag.withDescription("Also the members of all departments below.")
  ),
  ...formatFlags
}, ({ department, recursive, ...format }) =>
  Effect.gen(function*() {
    const ids = recursive ? yield* below(department) : [department]
    const found = new Map<string, User>()
    for (const department_id of ids) {
      for (const user of yield* call(Users.endpoints.list, { department_id })) found.set(user.userid, user)
    }
    yield* rows(formatOf(format), [...found.values()], columns)
    if (found.size === 0 && !recursive) {
      yield* say(`No members directly in department ${department}. --recursive adds those of the departments below it.`)
    }
  }).pipe(withClient())).pipe(Command.withDescription("List the members of a department"))

const search = Command.make("search", {
  words: Argument.String("words").pipe(Argument.atLeast(1), Argument.withDescription("Parts of a userid or name.")),
  department,
  ...formatFlags
}, ({ department, words, ...format }) =>
  Effect.gen(function*() {
    const tell = yield* progress
    const ids = yield* below(department)
    const found = new Map<string, UserName>()
    for (const [index, department_id] of ids.entries()) {
      for (const user of yield* call(Users.endpoints.listNames, { department_id })) {
        const text = `${user.userid} ${user.name ?? ""}`.toLowerCase()
        if (words.every((word) => text.includes(word.toLowerCase()))) found.set(user.userid, user)
      }
      yield* tell(`${index + 1} of ${ids.length} departments`)
    }
    yield* rows(formatOf(format), [...found.values()], [
      { title: "USERID", value: ({ userid }) => userid, fit: "whole" },
      { title: "姓名", value: ({ name }) => name },
      { title: "部门", value: ({ department }) => department.join(",") }
    ])
  }).pipe(withClient())).pipe(Command.withDescription("Find members by userid or name"))

const csvCell = (text: string): string =>
  // A cell that begins so would be run as a formula by a spreadsheet.
  /^[=+\-@\t\r]/.test(text) ? quoted(`'${text}`) : /[",\n\r]/.test(text) ? quoted(text) : text

const quoted = (text: string): string => `"${text.replaceAll("\"", "\"\"")}"`

const csvLine = (user: User): string =>
  [...columns.map(({ value }) => String(value(user) ?? "")), user.email ?? ""].map(csvCell).join(",")

const exported = Command.make("export", {
  output: Argument.String("file").pipe(Argument.withDescription("Ends in .csv, or .jsonl for all fields.")),
  department,
  ids: Flag.Boolean("ids").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Only userids and departments, with the secret of contact sync (通讯录同步); .jsonl alone.")
  )
}, ({ department, ids, output }) =>
  Effect.gen(function*() {
    const csv = output.endsWith(".csv")
    if (!csv && !output.endsWith(".jsonl")) return yield* Effect.fail(usage(`${output}: name a .csv or .jsonl file`))
    if (ids) {
      if (csv) return yield* Effect.fail(usage("--ids writes .jsonl alone"))
      return yield* exportSteps({
        file: output,
        question: "ids",
        first: {},
        step: (position: { readonly cursor?: string }) =>
          Effect.map(call(Users.endpoints.listIds, { limit: 10_000, ...position }), ({ dept_user, next_cursor }) => ({
            lines: dept_user.map((entry) => toJson(entry)),
            next: next_cursor === undefined || next_cursor === "" ? undefined : { cursor: next_cursor }
          }))
      })
    }
    // In the order of their ids, so that a later run finds the same places.
    const departments = (yield* below(department)).toSorted((a, b) => a - b)
    const within = new Set(departments)
    return yield* exportSteps({
      file: output,
      question: `members of ${department}`,
      first: departments[0] ?? department,
      header: csv ? `\ufeff${["userid", "姓名", "职务", "部门", "手机", "状态", "邮箱"].join(",")}\n` : undefined,
      step: (current: number) =>
        Effect.map(call(Users.endpoints.list, { department_id: current }), (users) => ({
          // A member of several departments is written with the first of them.
          lines: users
            .filter((user) => Math.min(...user.department.filter((id) => within.has(id))) === current)
            .map((user) => csv ? csvLine(user) : toJson(user)),
          next: departments[departments.indexOf(current) + 1]
        }))
    })
  }).pipe(withClient())).pipe(
    Command.withDescription("Write all members to a file; run it again to go on after an interruption")
  )

/** `wecom user`. */
export const command = Command.make("user").pipe(
  Command.withDescription("Members: get, list, search, export"),
  Command.withSubcommands([get, list, search, exported])
)
