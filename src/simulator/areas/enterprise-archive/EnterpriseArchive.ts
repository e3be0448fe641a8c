/**
 * What the simulator knows of 企业数据存档: whose files, documents and schedules are archived, and what there is of them.
 * `EnterpriseArchiveActs` fills it: nobody is archived at first.
 */
import type { ArchivedSchedule } from "../../../enterprise-archive/ArchivedCalendars.ts"
import type { ArchivedDocument } from "../../../enterprise-archive/ArchivedDocuments.ts"
import type { ArchivedFile, ArchivedSpace } from "../../../enterprise-archive/ArchivedDrive.ts"
import type { ArchiveMember } from "../../../enterprise-archive/ArchiveMembers.ts"
import * as State from "../../engine/State.ts"
import type { Corp } from "../../engine/World.ts"

/** An export of a document. */
export interface ArchiveJob {
  readonly docid: string
  /** When it is done, in milliseconds of the epoch. */
  readonly done: number
}

/** A space, and what its members have put into it. */
export interface ArchivedSpaceState {
  /** By userid. */
  readonly members: Map<string, ArchivedSpace>
  /** By their ids. */
  readonly files: Map<string, { readonly userid: string; readonly file: ArchivedFile }>
}

/** All of it. */
export interface EnterpriseArchive {
  /** By userid. */
  readonly members: Map<string, ArchiveMember>
  readonly documents: Map<string, ArchivedDocument>
  readonly spaces: Map<string, ArchivedSpaceState>
  /** The ids of default calendars, by userid. */
  readonly calendars: Map<string, string>
  readonly schedules: Map<string, ArchivedSchedule>
  readonly jobs: Map<string, ArchiveJob>
}

/** What a corp has of it; nothing at first. */
export const enterpriseArchiveOf: (corp: Corp) => EnterpriseArchive = State.make(
  "enterprise-archive/archive",
  (): EnterpriseArchive => ({
    members: new Map(),
    documents: new Map(),
    spaces: new Map(),
    calendars: new Map(),
    schedules: new Map(),
    jobs: new Map()
  })
)

/** The default calendar of a member. */
export const calendarOf = ({ calendars }: EnterpriseArchive, userid: string): string => {
  const id = calendars.get(userid) ?? `wcdefault-${userid}`
  calendars.set(userid, id)
  return id
}

/** The name of the power. */
export const power = "enterprise-archive"
