/**
 * What the simulator knows of 数据与智能专区: who is archived, the programs, archived messages, consent, and keyword rules.
 * `DataZoneActs` fills it: nobody is archived at first. Jobs that analyse conversations get sample answers.
 */
import type { ZoneRoomAgreement, ZoneSingleAgreement } from "../../../data-zone/ChatData.ts"
import type { KeywordHit, KeywordRule } from "../../../data-zone/ChatKeywordRules.ts"
import type { ZoneMasking, ZoneUser } from "../../../data-zone/DataZone.ts"
import type { ZoneMessage } from "../../../data-zone/ZoneMessage.ts"
import type { Notice, Telling } from "../../engine/Audience.ts"
import * as State from "../../engine/State.ts"
import type { Corp } from "../../engine/World.ts"

/** A program. */
export interface ZoneProgram {
  /** What it returns, by its abilities: JSON as text. */
  readonly answers: { readonly [ability_id: string]: string }
  /** For which it is debugged. */
  readonly debugToken: string
  isDebugged: boolean
  logLevel: number
}

/** An archived message, and what is searched of it. */
export interface ZoneEntry {
  readonly message: ZoneMessage
  readonly text: string
  readonly hits: ReadonlyArray<KeywordHit>
  readonly at: number
}

/** All of it. */
export interface DataZoneState {
  /** The version of the public key; messages are archived from then on. */
  keyVersion: number | undefined
  readonly users: Map<string, ZoneUser>
  readonly programs: Map<string, ZoneProgram>
  /** The program that receives callbacks. */
  receiver: string | undefined
  readonly masking: Map<string, typeof ZoneMasking.Type>
  readonly messages: Array<ZoneEntry>
  /** The names of groups. */
  readonly groups: Map<string, string>
  readonly singles: Map<string, ZoneSingleAgreement>
  /** Who has agreed in which group, by {@link pairKey}. */
  readonly rooms: Map<string, { readonly chatid: string; readonly agreement: ZoneRoomAgreement }>
  /** Jobs that export conversations: whether they have ended. */
  readonly exports: Map<string, boolean>
  /** Keyword rules by their ids, and when they were made. */
  readonly rules: Map<string, { readonly rule: KeywordRule; readonly at: number }>
  /** What the calls of programs returned, by job. */
  readonly jobs: Map<string, string>
}

/** What a corp has of it; nothing at first. */
export const zoneOf: (corp: Corp) => DataZoneState = State.make("data-zone/zone", (): DataZoneState => ({
  keyVersion: undefined,
  users: new Map(),
  programs: new Map(),
  receiver: undefined,
  masking: new Map(),
  messages: [],
  groups: new Map(),
  singles: new Map(),
  rooms: new Map(),
  exports: new Map(),
  rules: new Map(),
  jobs: new Map()
}))

/** The key of what a member, or a group, and an outsider have agreed on. */
export const pairKey = (party: string, external_userid: string): string => `${party}\n${external_userid}`

/** Tells the suites that may read conversations. */
export const toSuites = (notice: Notice): Telling => ({ powers }) =>
  powers === undefined || powers.includes(power) ? notice : undefined

/** The name of the power. */
export const power = "data-zone"
