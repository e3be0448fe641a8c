/**
 * What the simulator knows of 安全管理: the logs, the devices that the corp trusts, and who has the advanced functions.
 */
import type { SecurityAccountResult } from "../../../security/SecurityAccounts.ts"
import type {
  AdminOperation,
  FileOperation,
  MemberOperation,
  ScreenCapture
} from "../../../security/SecurityRecords.ts"
import type { TrustedDevice } from "../../../security/TrustedDevices.ts"
import * as State from "../../engine/State.ts"
import type { Corp } from "../../engine/World.ts"

/** All of it. */
export interface Security {
  /** The oldest first, as all logs. */
  readonly adminOperations: Array<AdminOperation>
  readonly memberOperations: Array<MemberOperation>
  readonly fileOperations: Array<FileOperation>
  readonly screenCaptures: Array<ScreenCapture>
  /** By their codes. */
  readonly devices: Map<string, TrustedDevice>
  /** Userids of those who have the advanced functions. */
  readonly accounts: Set<string>
  readonly jobs: Map<string, { readonly kind: "add" | "remove"; readonly result: SecurityAccountResult }>
}

/** What a corp has of it; nothing at first. */
export const securityOf: (corp: Corp) => Security = State.make("security/security", (): Security => ({
  adminOperations: [],
  memberOperations: [],
  fileOperations: [],
  screenCaptures: [],
  devices: new Map(),
  accounts: new Set(),
  jobs: new Map()
}))

/** The name of the power. */
export const power = "security"
