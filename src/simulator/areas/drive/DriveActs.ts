/**
 * What administrators of spaces do in the drive in the client: each an act on the simulator of the context, which tells
 * the app that has made the space or the file.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Events from "../../../callback/events/DriveEvents.ts"
import { DriveFile, DriveFileType } from "../../../oa/drive/DriveFile.ts"
import { DriveAuth, type DriveMember, NewDriveMember } from "../../../oa/drive/DriveMember.ts"
import { DriveSpace, DriveSpaceMembers } from "../../../oa/drive/DriveSpace.ts"
import { DriveSpaceSecurity } from "../../../oa/drive/DriveSpacePermissions.ts"
import * as Act from "../../engine/Act.ts"
import { event } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import type { App, Corp } from "../../engine/World.ts"
import { capacity, didToFiles, didToSpace, dismiss, type Drive, driveOf, drop, usedOf } from "./Drive.ts"

const ofSpace = { userid: Schema.String, spaceid: Schema.String }

const ofFile = { userid: Schema.String, fileid: Schema.String }

interface OfSpace extends Act.In {
  readonly userid: string
  readonly spaceid: string
}

interface OfFile extends Act.In {
  readonly userid: string
  readonly fileid: string
}

/** 解散空间. */
export const dismissSpace = Act.make({
  input: Act.input(ofSpace),
  run: Effect.fn(function*(act) {
    const { corp, drive, owner, userid } = yield* spaceOf(act)
    dismiss(drive, act.spaceid)
    return yield* Act.tell(corp, didToSpace(owner, userid, Events.DriveSpacesDismissed, act.spaceid))
  })
})

/** 修改空间成员. An administrator sets who is in a space. */
export const setMembers = Act.make({
  input: Act.input({ ...ofSpace, members: Schema.Array(NewDriveMember) }),
  run: Effect.fn(function*(act) {
    const { corp, drive, owner, space, userid } = yield* spaceOf(act)
    const auth_list = new DriveSpaceMembers({
      auth_info: act.members,
      quit_userid: space.auth_list?.quit_userid ?? []
    })
    drive.spaces.set(act.spaceid, new DriveSpace({ ...space, auth_list }))
    return yield* Act.tell(corp, didToSpace(owner, userid, Events.DriveSpaceMembersChanged, act.spaceid))
  })
})

/** 修改空间安全设置. */
export const setSecurity = Act.make({
  input: Act.input({ ...ofSpace, settings: Schema.Struct(DriveSpaceSecurity.fields) }),
  run: Effect.fn(function*(act) {
    const { corp, drive, owner, userid } = yield* spaceOf(act)
    drive.security.set(act.spaceid, new DriveSpaceSecurity({ ...drive.security.get(act.spaceid), ...act.settings }))
    return yield* Act.tell(corp, didToSpace(owner, userid, Events.DriveSpaceSecurityChanged, act.spaceid))
  })
})

/** 创建文件. An administrator puts a file of some bytes into a space. */
export const createFile = Act.make({
  input: Act.input({
    ...ofSpace,
    name: Schema.String,
    size: Schema.Number,
    folder: Schema.optional(Schema.String.annotate({ description: "Default: the space itself." }))
  }),
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const { corp, drive, owner } = yield* spaceOf(act)
    if (act.folder !== undefined && drive.files.get(act.folder)?.file_type !== DriveFileType.Folder) {
      return yield* Act.fail(`there is no folder ${act.folder}`)
    }
    if (usedOf(drive) + act.size > capacity) return yield* Act.fail("the drive is full")
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
    return yield* Act.tell(corp, didToFiles(owner, Events.DriveFilesCreated, [fileid]))
  })
})

/** 重命名文件. */
export const renameFile = Act.make({
  input: Act.input({ ...ofFile, name: Schema.String }),
  run: (act) => changed(act, Events.DriveFilesRenamed, () => ({ file_name: act.name }))
})

/** 更新文件内容. An administrator puts other bytes in the place of a file. */
export const updateFile = Act.make({
  input: Act.input({ ...ofFile, size: Schema.Number }),
  run: (act) => changed(act, Events.DriveFilesUpdated, () => ({ file_size: `${act.size}`, sha: undefined }))
})

/** 移动文件. An administrator puts a file into another folder of its space. */
export const moveFile = Act.make({
  input: Act.input({ ...ofFile, folder: Schema.String }),
  run: Effect.fn(function*(act) {
    const { drive, file } = yield* fileOf(act)
    const isFolder = drive.files.get(act.folder)?.file_type === DriveFileType.Folder
    if (!isFolder && act.folder !== file.spaceid) return yield* Act.fail(`there is no folder ${act.folder}`)
    return yield* changed(act, Events.DriveFilesMoved, () => ({ fatherid: act.folder }))
  })
})

/** 删除文件. */
export const deleteFile = Act.make({
  input: Act.input(ofFile),
  run: Effect.fn(function*(act) {
    const { corp, drive, owner } = yield* fileOf(act)
    drop(drive, act.fileid)
    return yield* Act.tell(corp, didToFiles(owner, Events.DriveFilesDeleted, [act.fileid]))
  })
})

/** 容量检测. What WeCom does once a day: if more than 90 % of the drive is in use, it tells the apps of providers. */
export const checkCapacity = Act.make({
  input: Act.input({}),
  run: Effect.fn(function*(act) {
    const corp = yield* Act.corpOf(act)
    if (usedOf(driveOf(corp)) <= capacity * 0.9) return []
    const notice = event(Events.DriveCapacityLow, {})
    return yield* Act.tell(corp, ({ origin }) => origin === "own" ? undefined : notice)
  })
})

const changed = (
  act: OfFile,
  Event: typeof Events.DriveFilesRenamed | typeof Events.DriveFilesUpdated | typeof Events.DriveFilesMoved,
  change: () => Partial<DriveFile>
): Act.Told =>
  Effect.gen(function*() {
    const { corp, drive, file, owner } = yield* fileOf(act)
    const mtime = DateTime.makeUnsafe(yield* Clock.currentTimeMillis)
    drive.files.set(act.fileid, new DriveFile({ ...file, ...change(), mtime }))
    return yield* Act.tell(corp, didToFiles(owner, Event, [act.fileid]))
  })

interface Found {
  readonly corp: Corp
  readonly drive: Drive
  readonly owner: App | undefined
  readonly userid: string
}

const spaceOf = (act: OfSpace): Act.Act<Found & { readonly space: DriveSpace }> =>
  Effect.gen(function*() {
    const corp = yield* Act.corpOf(act)
    const { user: { userid } } = yield* Act.memberOf(corp, act.userid)
    const drive = driveOf(corp)
    const space = drive.spaces.get(act.spaceid)
    if (space === undefined) return yield* Act.fail(`there is no space ${act.spaceid}`)
    if (!administers(space, userid)) return yield* Act.fail(`${userid} is no administrator of ${act.spaceid}`)
    return { corp, drive, space, owner: drive.owners.get(act.spaceid), userid }
  })

const fileOf = (act: OfFile): Act.Act<Found & { readonly file: DriveFile }> =>
  Effect.gen(function*() {
    const corp = yield* Act.corpOf(act)
    const file = driveOf(corp).files.get(act.fileid)
    if (file === undefined) return yield* Act.fail(`there is no file ${act.fileid}`)
    const { drive, userid } = yield* spaceOf({ ...act, spaceid: file.spaceid ?? "" })
    return { corp, drive, file, owner: drive.owners.get(act.fileid), userid }
  })

const administers = ({ auth_list }: DriveSpace, userid: string): boolean =>
  auth_list?.auth_info.some((one: DriveMember) =>
    "userid" in one && "auth" in one && one.auth === DriveAuth.Admin && one.userid === userid
  ) === true
