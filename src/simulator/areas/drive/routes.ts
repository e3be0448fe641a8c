/** 微盘: spaces, files and uploads. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { blockSize } from "../../../oa/drive/blocks.ts"
import { DriveCapacity, DriveRoom } from "../../../oa/drive/DriveCapacity.ts"
import { DriveFile, DriveFileStatus, DriveFileType } from "../../../oa/drive/DriveFile.ts"
import { DriveFilePermission, DriveFilePermissions } from "../../../oa/drive/DriveFilePermissions.ts"
import {
  CreatedDriveFile,
  DriveFileItems,
  DriveFilePage,
  DriveFiles,
  DriveUploadSession
} from "../../../oa/drive/DriveFiles.ts"
import { DriveSpace, DriveSpaceMembers } from "../../../oa/drive/DriveSpace.ts"
import { DriveSpaces } from "../../../oa/drive/DriveSpaces.ts"
import { type AppCall, existing, refuse, route } from "../../engine/Route.ts"
import { capacity, type Drive, driveOf, usedOf } from "./Drive.ts"

const space = (drive: Drive, spaceid: string) => existing(drive.spaces, spaceid, 640001)

const file = (drive: Drive, fileid: string) => existing(drive.files, fileid, 640002)

/** The folder that files are put into: the root of a space has the space's id. */
const folder = (drive: Drive, spaceid: string, fatherid: string): void => {
  space(drive, spaceid)
  if (fatherid !== spaceid && drive.files.get(fatherid)?.file_type !== DriveFileType.Folder) refuse(640021)
}

/** Where a file is put. A ticket of a selector comes from the client, which nobody has here. */
const placeOf = (
  drive: Drive,
  input: { readonly spaceid?: string | undefined; readonly fatherid?: string | undefined }
) => {
  const { fatherid, spaceid } = input
  if (spaceid === undefined || fatherid === undefined) return refuse(640027, "unknown selected_ticket")
  folder(drive, spaceid, fatherid)
  return { spaceid, fatherid }
}

const needRoom = (drive: Drive, size: number): void => {
  if (usedOf(drive) + size > capacity) refuse(640007)
}

/** A name that is taken in a folder gets a number. */
const freeName = (drive: Drive, fatherid: string, name: string): string => {
  const taken = new Set(
    [...drive.files.values()].filter((file) => file.fatherid === fatherid).map((file) => file.file_name)
  )
  const [, stem = name, extension = ""] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? []
  for (let number = 0;; number++) {
    const candidate = number === 0 ? name : `${stem}(${number})${extension}`
    if (!taken.has(candidate)) return candidate
  }
}

const put = (
  { now, world }: Pick<AppCall<void>, "now" | "world">,
  drive: Drive,
  fields: Omit<ConstructorParameters<typeof DriveFile>[0], "fileid"> & {
    readonly fatherid: string
    readonly file_name: string
  }
): DriveFile => {
  const at = DateTime.makeUnsafe(now)
  const made = new DriveFile({
    file_size: "0",
    ctime: at,
    mtime: at,
    file_status: DriveFileStatus.Normal,
    ...fields,
    fileid: world.id("file-"),
    file_name: freeName(drive, fields.fatherid, fields.file_name)
  })
  drive.files.set(made.fileid, made)
  return made
}

const change = (drive: Drive, before: DriveFile, now: number, fields: Partial<DriveFile>): DriveFile => {
  const after = new DriveFile({ ...before, ...fields, mtime: DateTime.makeUnsafe(now) })
  drive.files.set(after.fileid, after)
  return after
}

/** Deletes a file, or a folder with all that is in it. */
const drop = (drive: Drive, fileid: string): void => {
  drive.files.delete(fileid)
  for (const child of drive.files.values()) if (child.fatherid === fileid) drop(drive, child.fileid)
}

const orders: ReadonlyArray<(a: DriveFile, b: DriveFile) => number> = [
  (a, b) => (a.file_name ?? "").localeCompare(b.file_name ?? "", "zh"),
  (a, b) => Number(a.file_size ?? 0) - Number(b.file_size ?? 0),
  (a, b) => Number(a.mtime) - Number(b.mtime)
]

/** 1 and 2 sort by name, 3 and 4 by size, 5 and 6 by time; the even ones downwards. */
const sorted = (files: ReadonlyArray<DriveFile>, type: number): ReadonlyArray<DriveFile> => {
  const order = orders[Math.floor((type - 1) / 2)]
  return order === undefined
    ? files
    : files.toSorted((a, b) => type % 2 === 1 ? order(a, b) : order(b, a))
}

const { endpoints: spaces } = DriveSpaces
const { endpoints: files } = DriveFiles
const { endpoints: permissions } = DriveFilePermissions

const sameMember = (a: object, b: object): boolean =>
  JSON.stringify({ ...a, auth: undefined }) === JSON.stringify({ ...b, auth: undefined })

export const drive = [
  route(spaces.create, ({ corp, input, world }) => {
    const spaceid = world.id("space-")
    driveOf(corp).spaces.set(
      spaceid,
      new DriveSpace({
        spaceid,
        space_name: input.space_name,
        space_sub_type: 0,
        auth_list: new DriveSpaceMembers({ auth_info: input.auth_info ?? [], quit_userid: [] })
      })
    )
    return spaceid
  }, { space_name: 640025 }),
  route(spaces.rename, ({ corp, input }) => {
    const drive = driveOf(corp)
    drive.spaces.set(
      input.spaceid,
      new DriveSpace({ ...space(drive, input.spaceid), space_name: input.space_name })
    )
  }, { space_name: 640025 }),
  route(spaces.delete, ({ corp, input: { spaceid } }) => {
    const drive = driveOf(corp)
    space(drive, spaceid)
    drive.spaces.delete(spaceid)
    for (const file of drive.files.values()) if (file.spaceid === spaceid) drive.files.delete(file.fileid)
  }),
  route(spaces.get, ({ corp, input }) => space(driveOf(corp), input.spaceid)),

  route(files.list, ({ corp, input: { fatherid, limit, sort_type, spaceid, start } }) => {
    const drive = driveOf(corp)
    folder(drive, spaceid, fatherid)
    const all = sorted([...drive.files.values()].filter((file) => file.fatherid === fatherid), Number(sort_type))
    return new DriveFilePage({
      file_list: new DriveFileItems({ item: all.slice(start, start + limit) }),
      has_more: start + limit < all.length,
      next_start: Math.min(start + limit, all.length)
    })
  }),
  route(files.create, (call) => {
    const drive = driveOf(call.corp)
    const size = call.input.file_base64_content.length
    const place = placeOf(drive, call.input)
    needRoom(drive, size)
    return put(call, drive, {
      ...place,
      file_name: call.input.file_name,
      file_size: `${size}`,
      file_type: DriveFileType.File
    }).fileid
  }, { file_name: 640009, file_base64_content: 640022 }),
  route(files.startUpload, (call) => {
    const drive = driveOf(call.corp)
    const { block_sha, file_name: name, size } = call.input
    const place = placeOf(drive, call.input)
    if (block_sha.length !== Math.ceil(size / blockSize)) refuse(640027, "block_sha does not fit the size")
    const sha = block_sha.at(-1)
    needRoom(drive, size)
    // 秒传: what the drive has is not sent again.
    if (sha !== undefined && [...drive.files.values()].some((file) => file.sha === sha)) {
      const { fileid } = put(call, drive, {
        ...place,
        sha,
        file_name: name,
        file_size: `${size}`,
        file_type: DriveFileType.File
      })
      return new DriveUploadSession({ hit_exist: true, fileid })
    }
    const key = call.world.id("upload-")
    drive.uploads.set(key, { ...place, name, size, sha, blocks: block_sha.length, parts: new Map() })
    return new DriveUploadSession({ hit_exist: false, upload_key: Redacted.make(key) })
  }, { file_name: 640009 }),
  route(files.uploadPart, ({ corp, input: { file_base64_content: { length }, index, upload_key } }) => {
    const upload = existing(driveOf(corp).uploads, Redacted.value(upload_key), 640027, "unknown upload_key")
    const expected = index < upload.blocks ? blockSize : upload.size - (upload.blocks - 1) * blockSize
    if (index > upload.blocks || length !== expected) refuse(640027, `block ${index} has a wrong size`)
    upload.parts.set(index, length)
  }, { file_base64_content: 640022 }),
  route(files.finishUpload, (call) => {
    const drive = driveOf(call.corp)
    const key = Redacted.value(call.input.upload_key)
    const upload = existing(drive.uploads, key, 640027, "unknown upload_key")
    if (upload.parts.size !== upload.blocks) {
      refuse(640027, `${upload.blocks - upload.parts.size} blocks have not arrived`)
    }
    drive.uploads.delete(key)
    return put(call, drive, {
      spaceid: upload.spaceid,
      fatherid: upload.fatherid,
      sha: upload.sha,
      file_name: upload.name,
      file_size: `${upload.size}`,
      file_type: DriveFileType.File
    }).fileid
  }),
  route(files.createEmpty, (call) => {
    const { fatherid, file_name, file_type, spaceid } = call.input
    const drive = driveOf(call.corp)
    folder(drive, spaceid, fatherid)
    const { fileid } = put(call, drive, { spaceid, fatherid, file_name, file_type })
    return new CreatedDriveFile({
      fileid,
      url: file_type === DriveFileType.Folder ? undefined : `${call.world.origin}/_simulator/documents/${fileid}`
    })
  }, { file_name: 640009, file_type: 640027 }),
  route(files.rename, ({ corp, input, now }) => {
    const drive = driveOf(corp)
    return change(drive, file(drive, input.fileid), now, { file_name: input.new_name })
  }, { new_name: 640009 }),
  route(files.moveMany, ({ corp, input: { fatherid, fileid, replace = false }, now }) => {
    const drive = driveOf(corp)
    const spaceid = drive.spaces.has(fatherid) ? fatherid : file(drive, fatherid).spaceid ?? fatherid
    folder(drive, spaceid, fatherid)
    const moved = fileid.map((id) => file(drive, id))
    return new DriveFileItems({
      item: moved.map((before) => {
        const { file_name = "" } = before
        const same = [...drive.files.values()].find((other) =>
          other.fatherid === fatherid && other.file_name === file_name && other.fileid !== before.fileid
        )
        if (same !== undefined && replace) drop(drive, same.fileid)
        return change(drive, before, now, {
          spaceid,
          fatherid,
          file_name: before.fatherid === fatherid ? file_name : freeName(drive, fatherid, file_name)
        })
      })
    })
  }),
  route(files.deleteMany, ({ corp, input }) => {
    const drive = driveOf(corp)
    for (const fileid of input.fileid) file(drive, fileid)
    for (const fileid of input.fileid) drop(drive, fileid)
  }),
  route(files.get, ({ corp, input }) => file(driveOf(corp), input.fileid)),

  route(permissions.addMembers, ({ corp, input: { auth_info, fileid } }) => {
    const drive = driveOf(corp)
    file(drive, fileid)
    const before = drive.shared.get(fileid) ?? []
    drive.shared.set(fileid, [
      ...before.filter((member) => !auth_info.some((added) => sameMember(added, member))),
      ...auth_info
    ])
  }),
  route(permissions.removeMembers, ({ corp, input: { auth_info, fileid } }) => {
    const drive = driveOf(corp)
    file(drive, fileid)
    const before = drive.shared.get(fileid) ?? []
    drive.shared.set(fileid, before.filter((member) => !auth_info.some((gone) => sameMember(gone, member))))
  }),
  route(permissions.getShareUrl, ({ corp, input: { fileid }, world }) => {
    file(driveOf(corp), fileid)
    return `${world.origin}/_simulator/documents/${fileid}`
  }),
  route(permissions.get, ({ corp, input: { fileid } }) => {
    const drive = driveOf(corp)
    file(drive, fileid)
    return new DriveFilePermission({ file_member_list: drive.shared.get(fileid) ?? [], co_auth_list: [] })
  }),

  route(DriveCapacity.endpoints.getRoom, ({ corp }) =>
    new DriveRoom({
      total_capacity_for_all: `${capacity}`,
      rest_capacity_for_all: `${capacity - usedOf(driveOf(corp))}`
    }))
]
