/**
 * What the simulator knows of 微盘: spaces, their folders and files, and uploads that are under way. Of a file it keeps the
 * size and the SHA-1, not the content.
 */
import type * as Events from "../../../callback/events/DriveEvents.ts"
import type { DriveFile } from "../../../oa/drive/DriveFile.ts"
import type { DriveShareRange, DriveWatermark } from "../../../oa/drive/DriveFilePermissions.ts"
import type { DriveMember } from "../../../oa/drive/DriveMember.ts"
import type { DriveSpace } from "../../../oa/drive/DriveSpace.ts"
import type { DriveSpaceSecurity } from "../../../oa/drive/DriveSpacePermissions.ts"
import { event, type Telling } from "../../engine/Audience.ts"
import * as State from "../../engine/State.ts"
import type { App, Corp } from "../../engine/World.ts"

/** An upload in blocks that has not ended. */
export interface DriveUpload {
  readonly spaceid: string
  readonly fatherid: string
  readonly name: string
  readonly size: number
  /** The SHA-1 of the whole; an empty file has none. */
  readonly sha: string | undefined
  /** How many blocks were announced. */
  readonly blocks: number
  /** The sizes of those that have arrived, by index. */
  readonly parts: Map<number, number>
}

/** A corp's drive. */
export interface Drive {
  readonly spaces: Map<string, DriveSpace>
  readonly files: Map<string, DriveFile>
  /** By their keys. */
  readonly uploads: Map<string, DriveUpload>
  /** 分享设置: with whom files are shared, by file. */
  readonly shared: Map<string, ReadonlyArray<DriveMember>>
  /** 分享范围, by file, where it was changed. */
  readonly ranges: Map<string, DriveShareRange>
  /** By file. */
  readonly watermarks: Map<string, DriveWatermark>
  /** 安全设置, by space, where they were changed. */
  readonly security: Map<string, DriveSpaceSecurity>
  /** Which app has made a space or a file. */
  readonly owners: Map<string, App>
  /** Who has the advanced functions, by userid. */
  readonly advanced: Set<string>
}

/** The room of a corp's drive, in bytes. */
export const capacity = 100 * 1024 ** 3

/** A corp's drive; empty at first. */
export const driveOf: (corp: Corp) => Drive = State.make("drive/drive", (): Drive => ({
  spaces: new Map(),
  files: new Map(),
  uploads: new Map(),
  shared: new Map(),
  ranges: new Map(),
  watermarks: new Map(),
  security: new Map(),
  owners: new Map(),
  advanced: new Set()
}))

/** The bytes that files take, and those that uploads are going to take. */
export const usedOf = ({ files, uploads }: Drive): number =>
  [...files.values()].reduce((sum, { file_size = "0" }) => sum + Number(file_size), 0) +
  [...uploads.values()].reduce((sum, { size }) => sum + size, 0)

/** Deletes a file, or a folder with all that is in it. */
export const drop = (drive: Drive, fileid: string): void => {
  drive.files.delete(fileid)
  for (const child of drive.files.values()) if (child.fatherid === fileid) drop(drive, child.fileid)
}

/** Dismisses a space, with all that is in it. */
export const dismiss = (drive: Drive, spaceid: string): void => {
  drive.spaces.delete(spaceid)
  for (const file of drive.files.values()) if (file.spaceid === spaceid) drive.files.delete(file.fileid)
}

type SpaceEvent =
  | typeof Events.DriveSpaceMembersChanged
  | typeof Events.DriveSpacesDismissed
  | typeof Events.DriveSpaceSecurityChanged

type FileEvent =
  | typeof Events.DriveFilesCreated
  | typeof Events.DriveFilesDeleted
  | typeof Events.DriveFilesMoved
  | typeof Events.DriveFilesRenamed
  | typeof Events.DriveFilesUpdated

/** Tells the app that has made a space what an administrator did to it. */
export const didToSpace = (owner: App | undefined, userid: string, Event: SpaceEvent, spaceid: string): Telling => {
  const notice = event(Event, { SpaceId: [spaceid] }, userid)
  return (app) => app === owner ? notice : undefined
}

/** Tells the app that has made files, or the space of new ones, what an administrator did to them. */
export const didToFiles = (owner: App | undefined, Event: FileEvent, fileids: ReadonlyArray<string>): Telling => {
  const notice = event(Event, { FileId: fileids })
  return (app) => app === owner ? notice : undefined
}
