/** 应用权限: what the official names are of what an app may do. */
import type { Power } from "../../engine/Power.ts"
import type { App } from "../../engine/World.ts"

/** 应用权限. What the official names are of what an app that the corp has installed may do. */
export const permissionsOf = ({ origin, powers }: App): ReadonlyArray<string> =>
  permissionNames.flatMap(([power, names, thirdPartyAlone]) =>
    (powers === undefined || powers.includes(power)) && (origin === "third-party" || !thirdPartyAlone) ? names : []
  )

const permissionNames: ReadonlyArray<
  readonly [power: Power, names: ReadonlyArray<string>, thirdPartyAlone: boolean]
> = [
  ["contacts", ["contact:base:base", "contact:base:single_user"], true],
  ["contact-sync", ["contact:edit:all"], true],
  ["customers", ["externalcontact:base:base"], false],
  ["customer-service", ["customerservice:base:base", "customerservice:chat:manage"], false],
  ["approvals", ["approval:base:base"], false]
]
