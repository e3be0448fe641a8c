/** How people and things are called on the page. */
import * as DateTime from "effect/DateTime"
import * as Predicate from "effect/Predicate"
import type { Application } from "../../areas/approvals/Approvals.ts"
import { type Account, customerServiceOf } from "../../areas/customer-service/CustomerService.ts"
import { customersOf } from "../../areas/customers/Customers.ts"
import { type Corp, findMember, type World } from "../../engine/World.ts"

/** Whose page it is, and in which language. */
export interface Look {
  readonly world: World
  readonly corp: Corp
  /** One of two texts, which stand with `|` between them: English, and Chinese. */
  readonly t: (both: string) => string
}

/** How many lines of a list, and of a conversation, are shown at once. */
export const shownAtOnce = 200

export const departmentsOf = (corp: Corp, ids: ReadonlyArray<number>): ReadonlyArray<string> =>
  ids.map((id) => corp.departments.get(id)?.name ?? `${id}`)

export const robotsOf = (world: World, corp: Corp) =>
  [...world.robots.values()].flatMap((robot, index) => robot.corp === corp ? [{ index, robot }] : [])

export const sessionId = ({ id }: Account, customer: string): string => `${id}|${customer}`

export const nameOf = (corp: Corp, userid: string): string => findMember(corp, userid)?.user.name ?? userid

export const customerName = (corp: Corp, id: string): string =>
  customerServiceOf(corp).names.get(id) ?? customersOf(corp).customers.get(id)?.contact.name ?? id

export const templateName = ({ template }: Application): string => template.names[0]?.text ?? template.id

export const text = (value: unknown): string => typeof value === "string" ? value : ""

export const when = (time: DateTime.Utc | number | undefined): string =>
  time === undefined
    ? ""
    : new Date((typeof time === "number" ? time : DateTime.toEpochMillis(time)) + china).toISOString().slice(0, 16)
      .replace("T", " ")

const china = 8 * 3600_000

export const sessionStates: { readonly [state: number]: string } = {
  0: "untreated|未处理",
  1: "with the assistant|由智能助手接待",
  2: "in the pool|待接入池排队中",
  3: "with a servicer|由人工接待",
  4: "ended|已结束/未开始"
}

/** What a value of a closed set is called. */
export const valueName = (
  t: Look["t"],
  set: { readonly label: (value: number) => string | undefined },
  value: number
): string => {
  const name = Object.entries<unknown>(set).find(([, one]) => one === value)?.[0]
  return name === undefined
    ? `${value}`
    : t(`${name.replaceAll(/(?<!^)[A-Z]/g, " $&").toLowerCase()}|${set.label(value) ?? name}`)
}

/** The texts and numbers of a value, one after the other. */
export const valueText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : DateTime.isDateTime(value)
    ? when(value as DateTime.Utc) // all times here are in UTC
    : Predicate.isObjectOrArray(value)
    ? Object.values(value).map(valueText).filter((text) => text !== "").join(" ")
    : ""
