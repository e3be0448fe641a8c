/**
 * What the simulator knows of 微盘: spaces, their folders and files, and uploads that are under way. Of a file it keeps the
 * size and the SHA-1, not the content.
 */
import type { DriveFile } from "../../../oa/drive/DriveFile.ts"
import type { DriveMember } from "../../../oa/drive/DriveMember.ts"
import type { DriveSpace } from "../../../oa/drive/DriveSpace.ts"
import * as State from "../../engine/State.ts"
import type { Corp } from "../../engine/World.ts"

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
}

/** The room of a corp's drive, in bytes. */
export const capacity = 100 * 1024 ** 3

/** A corp's drive; empty at first. */
export const driveOf: (corp: Corp) => Drive = State.make("drive/drive", (): Drive => ({
  spaces: new Map(),
  files: new Map(),
  uploads: new Map(),
  shared: new Map()
}))

/** The bytes that files take, and those that uploads are going to take. */
export const usedOf = ({ files, uploads }: Drive): number =>
  [...files.values()].reduce((sum, { file_size = "0" }) => sum + Number(file_size), 0) +
  [...uploads.values()].reduce((sum, { size }) => sum + size, 0)
