/**
 * What the types of check-in, reports and the roster allow, and what they refuse.
 */
import {
  type CheckinRule,
  type CheckinRules,
  type NewCheckinPeriod,
  NewCheckinShift,
  type NewOvertime
} from "effect-wecom/oa/checkin"
import type { Roster, RosterValue } from "effect-wecom/oa/hr"
import type { JournalControl } from "effect-wecom/oa/journals"

declare const rules: CheckinRules["Service"]
declare const roster: Roster["Service"]
declare const rule: CheckinRule
declare const value: RosterValue
declare const period: NewCheckinPeriod

const needed = {
  groupname: "总部",
  range: { userid: ["zhangsan"] },
  ot_info_v2: { workdayconf: { allow_ot: true, type: 2 } }
} as const

// A rule of each kind can be written out.
rules.create({ group: { grouptype: 1, ...needed, checkindate: [{ checkintime: [period] }] } })
rules.create({ group: { grouptype: 2, ...needed, schedulelist: [NewCheckinShift.rest] } })
rules.create({ group: { grouptype: 3, ...needed, span_day_time: 0 } })

// @ts-expect-error a rule with fixed times needs them
rules.create({ group: { grouptype: 1, ...needed } })
// @ts-expect-error a rule with fixed times has no shifts
rules.create({ group: { grouptype: 1, ...needed, checkindate: [], schedulelist: [NewCheckinShift.rest] } })
// @ts-expect-error a rule with shifts has no dates
rules.create({ group: { grouptype: 2, ...needed, schedulelist: [], checkindate: [] } })
// @ts-expect-error there is no fourth kind
rules.create({ group: { grouptype: 4, ...needed } })

// A change needs the rule's id and kind alone.
rules.update({ group: { groupid: 1, grouptype: 3, need_photo: true } })
// @ts-expect-error the id is missing
rules.update({ group: { grouptype: 3, need_photo: true } })

// Overtime by check-in is not configured as overtime by approval.
export const overtime: NewOvertime = { allow_ot: true, type: 1, checkin: { ot_time_min: 1800 } }
// @ts-expect-error `apply` is of type 2
export const mixed: NewOvertime = { allow_ot: true, type: 1, apply: {} }

// What is read is narrowed by its kind.
export const shifts: number = rule.grouptype === 2 ? rule.schedulelist.length : 0
// @ts-expect-error only rules with shifts have them
export const none = rule.grouptype === 1 ? rule.schedulelist : []
export const unknown: object | undefined = rule.grouptype === "Unknown" ? rule.value : undefined

// A field of the roster has one value, or none.
roster.update({ userid: "a", update_items: [{ fieldid: 1, value_string: "a" }, { fieldid: 2 }] })
// @ts-expect-error not two
roster.update({ userid: "a", update_items: [{ fieldid: 1, value_string: "a", value_uint32: 1 }] })
// @ts-expect-error 64 bits do not fit a number
roster.update({ userid: "a", update_items: [{ fieldid: 1, value_uint64: 1 }] })

export const text = (): string => {
  switch (value.type) {
    case "String":
    case "Uint64":
    case "Int64":
      return value.value
    case "Uint32":
      return `${value.value}`
    case "Mobile":
      return value.value.value_mobile ?? ""
    case "File":
      return value.value.join()
  }
}

// Reports have the controls of approvals, and three of their own.
export const controls: ReadonlyArray<JournalControl["control"]> = [
  "Text",
  "Date",
  "Table",
  "SchoolContact",
  "Doc",
  "WedriveFile",
  "Unknown"
]
// @ts-expect-error no such control
export const control: JournalControl["control"] = "Hologram"
