/** 智慧硬件: the devices that corps use, what they have recorded, and which apps may read it. */
import type { AccessDatum, AccessRule, CheckinDatum, TemperatureDatum } from "../../../hardware/DeviceData.ts"
import { DeviceUserType } from "../../../hardware/DeviceUserType.ts"
import { openIdOf } from "../../engine/OpenIds.ts"
import * as State from "../../engine/State.ts"
import type { App, Corp } from "../../engine/World.ts"

/** A device of a corp, as it is kept. */
export interface HardwareDevice {
  readonly sn: string
  readonly model: string
  name: string
  isOnline: boolean
}

/** Something that a device has recorded: when, of whom, and what. */
export interface Recorded<A> {
  /** In milliseconds of the epoch. */
  readonly at: number
  readonly sn: string
  readonly userType: number
  readonly open_userid: string
  readonly datum: A
}

/** A rule of the doors, with the app that has made it and the devices that have it. */
export interface KeptRule {
  readonly owner: App
  readonly devices: ReadonlyArray<string>
  readonly pass: AccessRule | undefined
  readonly remotePass: AccessRule | undefined
}

/** What a corp has of it; nothing at first. */
export const hardwareOf = State.make("hardware/hardware", (_: Corp) => ({
  /** By serial number. */
  devices: new Map<string, HardwareDevice>(),
  /** The serial numbers of the devices whose records an app may read. */
  readable: new Map<App, ReadonlySet<string>>(),
  checkins: new Array<Recorded<CheckinDatum>>(),
  temperatures: new Array<Recorded<TemperatureDatum>>(),
  passes: new Array<Recorded<AccessDatum>>(),
  /** By id. */
  rules: new Map<string, KeptRule>()
}))

/** What a device has recorded of a member. */
export const recordOf = <A>(
  corp: Corp,
  { at, datum, sn, userid }: {
    readonly at: number
    readonly sn: string
    readonly userid: string
    readonly datum: (open_userid: string) => A
  }
): Recorded<A> => {
  const open_userid = openIdOf(corp, "user", userid)
  return { at, sn, userType: DeviceUserType.Member, open_userid, datum: datum(open_userid) }
}
