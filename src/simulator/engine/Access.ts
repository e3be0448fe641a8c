/**
 * 接口权限: which calls are open to an app. Areas say it of their endpoints, by the module that declares them.
 */
import type { CatalogueEntry } from "../../catalogue.ts"
import type { Power } from "./Power.ts"
import { refuse } from "./Route.ts"
import { noPrivilege } from "./Sight.ts"
import type { App } from "./World.ts"

/** What an app needs for a call. */
export interface Requirement {
  /** Any one of these opens it. */
  readonly powers: ReadonlyArray<Power>
  /** The errcode without it. Default: 48002. */
  readonly errcode?: number | undefined
  /** Whether it tells more of members and departments than their ids, which the contact sync assistant is refused. */
  readonly details?: boolean | undefined
  /** Whether an app with a visible range that says departments needs the whole corp in it. */
  readonly wholeCorp?: boolean | undefined
}

/**
 * Requirements by a folder of modules (`customers`), a module (`contacts/Users`), or one method of it
 * (`contacts/Users.get`): the longest that fits counts. What none fits, or is `"open"`, is open to every app.
 */
export interface Access {
  readonly [endpoints: string]: Requirement | "open"
}

/** Every power that some endpoint needs. */
export const powersOf = (access: Access): ReadonlySet<Power> =>
  new Set(Object.values(access).flatMap((requirement) => requirement === "open" ? [] : requirement.powers))

/** An endpoint as areas name it. */
export type Listed = Pick<CatalogueEntry, "module" | "method">

/** What an app needs for an endpoint. */
export const requirementOf = (access: Access, { method, module }: Listed): Requirement | undefined => {
  const folders = module.split("/").map((_, depth, parts) => parts.slice(0, depth + 1).join("/"))
  const found = [...folders, `${module}.${method}`].findLast((name) => Object.hasOwn(access, name))
  const requirement = found === undefined ? undefined : access[found]
  return requirement === "open" ? undefined : requirement
}

/** Refuses a call that is not open to the app. */
export const permit = (
  { powers, visible }: App,
  { details, errcode, powers: needed, wholeCorp }: Requirement
): void => {
  if (powers !== undefined && !needed.some((power) => powers.includes(power))) {
    if (details === true && powers.includes("contact-sync")) refuse(48009, "api forbidden for contact assistant")
    refuse(errcode ?? 48002, errcode === undefined ? "api forbidden" : undefined)
  }
  if (wholeCorp === true && visible?.departments?.includes(1) === false) refuse(60011, noPrivilege)
}
