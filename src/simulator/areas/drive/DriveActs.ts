/**
 * What administrators of spaces do in the drive in the client: each an act on the simulator of the context, which tells
 * the app that has made the space or the file.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Events from "../../../callback/events/DriveEvents.ts"
import { DriveFile, DriveFileType } from "../../../oa/drive/DriveFile.ts"
import { DriveAuth, type DriveMember, type NewDriveMember } from "../../../oa/drive/DriveMember.ts"
import { DriveSpace, DriveSpaceMembers } from "../../../oa/drive/DriveSpace.ts"
import { DriveSpaceSecurity } from "../../../oa/drive/DriveSpacePermissions.ts"
import { type Act, corpOf, fail, type In, memberOf, tell, type Told } from "../../engine/Act.ts"
import { event } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import type { App, Corp } from "../../engine/World.ts"
import { capacity, didToFiles, didToSpace, dismiss, type Drive, driveOf, drop, usedOf } from "./Drive.ts"

/** A space, and its administrator who acts. */
export interface OfSpace extends In {
  readonly userid: string
  readonly spaceid: string
}

/** A file, and an administrator of its space who acts. */
export interface OfFile extends In {
  readonly userid: string
  readonly fileid: string
}

/** 解散空间. */
export const dismissSpace = (act: OfSpace): Told =>
  Effect.gen(function*() {
    const { corp, drive, owner, userid } = yield* spaceOf(act)
    dismiss(drive, act.spaceid)
    return yield* tell(corp, didToSpace(owner, userid, Events.DriveSpacesDismissed, act.spaceid))
  })

/** 修改空间成员. An administrator sets who is in a space. */
export const setMembers = (act: OfSpace & { readonly members: ReadonlyArray<NewDriveMember> }): Told =>
  Effect.gen(function*() {
    const { corp, drive, owner, space, userid } = yield* spaceOf(act)
    const auth_list = new DriveSpaceMembers({
      auth_info: act.members,
      quit_userid: space.auth_list?.quit_userid ?? []
    })
    drive.spaces.set(act.spaceid, new DriveSpace({ ...space, auth_list }))
    return yield* tell(corp, didToSpace(owner, userid, Events.DriveSpaceMembersChanged, act.spaceid))
  })

/** 修改空间安全设置. */
export const setSecurity = (
  act: OfSpace & { readonly settings: ConstructorParameters<typeof DriveSpaceSecurity>[0] }
): Told =>
  Effect.gen(function*() {
    const { corp, drive, owner, userid } = yield* spaceOf(act)
    drive.security.set(act.spaceid, new DriveSpaceSecurity({ ...drive.security.get(act.spaceid), ...act.settings }))
    return yield* tell(corp, didToSpace(owner, userid, Events.DriveSpaceSecurityChanged, act.spaceid))
  })

/** 创建文件. An administrator puts a file of some bytes into a space. */
export const createFile = (
  act: OfSpace & { readonly name: string; readonly size: number; readonly folder?: string | undefined }
): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { corp, drive, owner } = yield* spaceOf(act)
    if (act.folder !== undefined && drive.files.get(act.folder)?.file_type !== DriveFileType.Folder) {
      return yield* fail(`there is no folder ${act.folder}`)
    }
    if (usedOf(drive) + act.size > capacity) return yield* fail("the drive is full")
    const at = DateTime.makeUnsafe(yield* Clock.currentTimeMillis)
    const fileid = world.id("file-")
    drive.files.set(
      fileid,
      new DriveFile({
        fileid,
        spaceid: act.spaceid,
        fatherid: act.folder ?? act.spaceid,
        file_name: act.name,
        file_size: `${act.size}`,
        file_type: DriveFileType.File,
        ctime: at,
        mtime: at
      })
    )
    if (owner !== undefined) drive.owners.set(fileid, owner)
    return yield* tell(corp, didToFiles(owner, Events.DriveFilesCreated, [fileid]))
  })

/** 重命名文件. */
export const renameFile = (act: OfFile & { readonly name: string }): Told =>
  changed(act, Events.DriveFilesRenamed, () => ({ file_name: act.name }))

/** 更新文件内容. An administrator puts other bytes in the place of a file. */
export const updateFile = (act: OfFile & { readonly size: number }): Told =>
  changed(act, Events.DriveFilesUpdated, () => ({ file_size: `${act.size}`, sha: undefined }))

/** 移动文件. An administrator puts a file into another folder of its space. */
export const moveFile = (act: OfFile & { readonly folder: string }): Told =>
  Effect.gen(function*() {
    const { drive, file } = yield* fileOf(act)
    const isFolder = drive.files.get(act.folder)?.file_type === DriveFileType.Folder
    if (!isFolder && act.folder !== file.spaceid) return yield* fail(`there is no folder ${act.folder}`)
    return yield* changed(act, Events.DriveFilesMoved, () => ({ fatherid: act.folder }))
  })

/** 删除文件. */
export const deleteFile = (act: OfFile): Told =>
  Effect.gen(function*() {
    const { corp, drive, owner } = yield* fileOf(act)
    drop(drive, act.fileid)
    return yield* tell(corp, didToFiles(owner, Events.DriveFilesDeleted, [act.fileid]))
  })

/** 容量检测. What WeCom does once a day: if more than 90 % of the drive is in use, it tells the apps of providers. */
export const checkCapacity = (act: In): Told =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    if (usedOf(driveOf(corp)) <= capacity * 0.9) return []
    const notice = event(Events.DriveCapacityLow, {})
    return yield* tell(corp, ({ origin }) => origin === "own" ? undefined : notice)
  })

const changed = (
  act: OfFile,
  Event: typeof Events.DriveFilesRenamed | typeof Events.DriveFilesUpdated | typeof Events.DriveFilesMoved,
  change: () => Partial<DriveFile>
): Told =>
  Effect.gen(function*() {
    const { corp, drive, file, owner } = yield* fileOf(act)
    const mtime = DateTime.makeUnsafe(yield* Clock.currentTimeMillis)
    drive.files.set(act.fileid, new DriveFile({ ...file, ...change(), mtime }))
    return yield* tell(corp, didToFiles(owner, Event, [act.fileid]))
  })

interface Found {
  readonly corp: Corp
  readonly drive: Drive
  readonly owner: App | undefined
  readonly userid: string
}

const spaceOf = (act: OfSpace): Act<Found & { readonly space: DriveSpace }> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const { user: { userid } } = yield* memberOf(corp, act.userid)
    const drive = driveOf(corp)
    const space = drive.spaces.get(act.spaceid)
    if (space === undefined) return yield* fail(`there is no space ${act.spaceid}`)
    if (!administers(space, userid)) return yield* fail(`${userid} is no administrator of ${act.spaceid}`)
    return { corp, drive, space, owner: drive.owners.get(act.spaceid), userid }
  })

const fileOf = (act: OfFile): Act<Found & { readonly file: DriveFile }> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(act)
    const file = driveOf(corp).files.get(act.fileid)
    if (file === undefined) return yield* fail(`there is no file ${act.fileid}`)
    const { drive, userid } = yield* spaceOf({ ...act, spaceid: file.spaceid ?? "" })
    return { corp, drive, file, owner: drive.owners.get(act.fileid), userid }
  })

const administers = ({ auth_list }: DriveSpace, userid: string): boolean =>
  auth_list?.auth_info.some((one: DriveMember) =>
    "userid" in one && "auth" in one && one.auth === DriveAuth.Admin && one.userid === userid
  ) === true
