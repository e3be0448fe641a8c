/** 异步导入接口. The file is read and applied when the job is made; how it went is told when the job is done. */
import type * as Redacted from "effect/Redacted"
import {
  ContactImport,
  ImportedDepartment,
  ImportedUser,
  ImportResult,
  ImportStatus,
  ImportType
} from "../../../../contacts/ContactImport.ts"
import { Department } from "../../../../contacts/Departments.ts"
import { UserGender } from "../../../../contacts/UserGender.ts"
import { User } from "../../../../contacts/Users.ts"
import { UserStatus } from "../../../../contacts/UserStatus.ts"
import { jobFinished } from "../../../engine/Jobs.ts"
import { type AppCall, existing, refuse, route } from "../../../engine/Route.ts"
import * as State from "../../../engine/State.ts"
import { findMedia, findMember, makeMember } from "../../../engine/World.ts"
import { changeDepartment, changeMember } from "../ContactChanges.ts"
import { addUser, deleteUser, replaceUser, unsorted } from "./users.ts"

const { endpoints } = ContactImport

/** How long a job takes. */
export const importTime = 2000

/** How many jobs are remembered. */
const kept = 5

interface Job {
  readonly type: string
  readonly endsAt: number
  readonly result: ReadonlyArray<ImportedUser | ImportedDepartment>
  forgotten: boolean
}

const jobsOf = State.make("contacts/import-jobs", () => new Map<string, Job>())

export const contactImport = [
  route(endpoints.syncUsers, (call) => start(call, ImportType.SyncUsers, importUsers)),
  route(endpoints.replaceUsers, (call) =>
    start(call, ImportType.ReplaceUsers, (call, rows) => {
      const { corp } = call
      const wanted = new Set(rows.map((row) => userid(row).toLowerCase()))
      const gone = [...corp.members.values()].filter(({ user }) => !wanted.has(user.userid.toLowerCase()))
      const share = gone.length / corp.members.size
      if (gone.length > 50 ? share > 0.2 : share > 0.8) refuse(45026)
      for (const member of gone) deleteUser(call, member)
      return importUsers(call, rows)
    })),
  route(endpoints.replaceDepartments, (call) => start(call, ImportType.ReplaceDepartments, importDepartments)),
  route(endpoints.getResult, ({ corp, input, now }) => {
    const { endsAt, forgotten, result, type } = existing(jobsOf(corp), input.jobid, 40088)
    if (forgotten) return refuse(40089)
    const done = endsAt <= now
    return new ImportResult({
      type,
      status: done ? ImportStatus.Finished : ImportStatus.Running,
      total: result.length,
      percentage: done ? 100 : Math.floor(100 - (endsAt - now) / importTime * 100),
      result: done ? result : []
    })
  })
]

type Row = ReadonlyMap<string, string>

/** A call of one of the imports. */
interface Call extends Omit<AppCall<void>, "input"> {
  readonly input: {
    readonly media_id: string
    readonly callback?: {
      readonly url?: string | undefined
      readonly token?: Redacted.Redacted | undefined
      readonly encodingaeskey?: Redacted.Redacted | undefined
    } | undefined
  }
}

const start = (
  call: Call,
  type: typeof ImportType.schema.Type,
  apply: (call: Call, rows: ReadonlyArray<Row>) => Job["result"]
): string => {
  const { app, corp, input, later, notify, now, world } = call
  const jobs = jobsOf(corp)
  if ([...jobs.values()].some(({ endsAt }) => endsAt > now)) return refuse(302008)
  const media = findMedia(corp, input.media_id, now) ?? refuse(40007, "invalid media_id")
  const rows = readCsv(new TextDecoder().decode(media.file.bytes))
  const jobid = world.id("jobid_")
  jobs.set(jobid, { type, endsAt: now + importTime, result: apply(call, rows), forgotten: false })
  for (const job of [...jobs.values()].slice(0, -kept)) job.forgotten = true
  const { encodingaeskey, token, url } = input.callback ?? {}
  if (url !== undefined && token !== undefined && encodingaeskey !== undefined) {
    // Not the app's own callback: one for this job.
    const callback = { url, token, encodingAesKey: encodingaeskey }
    later(importTime, (now) => notify({ corp, app: { ...app, callback } }, jobFinished(jobid, type).event(corp, now)))
  }
  return jobid
}

const userid = (row: Row): string => row.get("账号") ?? row.get("帐号") ?? refuse(40092, "no column 账号")

const importUsers = (call: Call, rows: ReadonlyArray<Row>): Job["result"] =>
  rows.map((row) => {
    const { corp } = call
    const id = userid(row)
    const failed = (errcode: number, errmsg: string) => new ImportedUser({ userid: id, errcode, errmsg })
    if (!/^[0-9A-Za-z][\w\-@.]{0,63}$/.test(id)) return failed(40003, "invalid userid")
    const found = findMember(corp, id)
    const given = Object.fromEntries(
      columns.flatMap(([key, ...titles]) => {
        const text = titles.map((title) => row.get(title)).find((text) => text !== undefined && text !== "")
        return text === undefined ? [] : [[key, text]]
      })
    )
    if (found === undefined && given.name === undefined) return failed(60112, "invalid name")
    if (found === undefined && given.mobile === undefined && given.email === undefined) {
      return failed(60129, "missing mobile or email")
    }
    const department = (row.get("所在部门") ?? row.get("部门") ?? "").split(/[;；]/).filter((text) => text !== "").map(
      Number
    )
    const places = department.filter((id) => corp.departments.has(id))
    const gender = { 男: UserGender.Male, 女: UserGender.Female }[row.get("性别") ?? ""]
    const fields = {
      ...given,
      ...(gender === undefined ? {} : { gender }),
      ...(places.length === 0
        ? found === undefined ? { department: [unsorted(corp)] } : {}
        : { department: places, order: places.map(() => 0), is_leader_in_dept: places.map(() => false) })
    }
    if (found === undefined) {
      const made = makeMember({ userid: id, status: UserStatus.Unactivated, ...fields })
      changeMember(call, id, () => addUser(corp, made))
    } else {
      replaceUser(call, found, { ...found, user: new User({ ...found.user, ...fields }) })
    }
    return new ImportedUser({ userid: id, errcode: 0, errmsg: "ok" })
  })

const columns = [
  ["name", "姓名"],
  ["alias", "别名"],
  ["mobile", "手机号", "手机"],
  ["email", "邮箱"],
  ["position", "职务", "职位"],
  ["telephone", "座机"]
] as const

const importDepartments = (call: Call, rows: ReadonlyArray<Row>): Job["result"] => {
  const { corp } = call
  const seen = new Set([1])
  const result = rows.map((row) => {
    const id = Number(row.get("部门ID"))
    const parentid = Number(row.get("父部门ID"))
    const name = row.get("部门名称") ?? ""
    seen.add(id)
    const failed = (errcode: number, errmsg: string) => new ImportedDepartment({ partyid: id, errcode, errmsg })
    if (!Number.isInteger(id) || name === "") return failed(60001, "invalid party name")
    if (id !== 1 && !corp.departments.has(parentid)) return failed(60004, "parent party not found")
    const before = corp.departments.get(id)
    const order = Number(row.get("排序") ?? 0) || (before?.order ?? 0)
    const action = before === undefined
      ? 1
      : (before.name === name ? 0 : 2) | (id === 1 || before.parentid === parentid ? 0 : 4) |
        (before.order === order ? 0 : 8)
    const made = new Department({
      department_leader: [],
      ...before,
      id,
      name,
      order,
      parentid: id === 1 ? 0 : parentid
    })
    changeDepartment(call, id, () => corp.departments.set(id, made))
    return new ImportedDepartment({ partyid: id, action, errcode: 0, errmsg: "ok" })
  })
  // Leaves first, so that what gets empty goes too.
  let gone: ReadonlyArray<number>
  do {
    gone = [...corp.departments.keys()].filter((id) =>
      !seen.has(id) &&
      ![...corp.departments.values()].some(({ parentid }) => parentid === id) &&
      ![...corp.members.values()].some(({ user }) => user.department.includes(id))
    )
    for (const id of gone) changeDepartment(call, id, () => corp.departments.delete(id))
  } while (gone.length > 0)
  return result
}

/** The rows of a CSV text by the titles of its first line. */
const readCsv = (text: string): ReadonlyArray<Row> => {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/).filter((line) => line.trim() !== "").map((line) =>
    Array.from(
      line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
      ([, quoted, bare = ""]) => quoted?.replaceAll("\"\"", "\"") ?? bare.trim()
    )
  )
  const [titles = [], ...rows] = lines
  if (rows.length === 0) return refuse(40092, "no rows")
  return rows.map((cells) => new Map(titles.map((title, index) => [title, cells[index] ?? ""])))
}
