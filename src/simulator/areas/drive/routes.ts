/** 微盘: spaces, files and uploads. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { blockSize } from "../../../oa/drive/blocks.ts"
import { DriveAccountChanges, DriveAccountPage, DriveAccounts } from "../../../oa/drive/DriveAccounts.ts"
import { DriveCapacity, DriveEdition, DriveRoom } from "../../../oa/drive/DriveCapacity.ts"
import { DriveFile, DriveFileStatus, DriveFileType } from "../../../oa/drive/DriveFile.ts"
import {
  DriveFilePermission,
  DriveFilePermissions,
  DriveShareRange,
  DriveShareScope,
  DriveWatermark
} from "../../../oa/drive/DriveFilePermissions.ts"
import {
  CreatedDriveFile,
  DriveFileItems,
  DriveFilePage,
  DriveFiles,
  DriveUploadSession
} from "../../../oa/drive/DriveFiles.ts"
import { DriveAuth, type DriveMember } from "../../../oa/drive/DriveMember.ts"
import { DriveSpace, DriveSpaceMembers } from "../../../oa/drive/DriveSpace.ts"
import {
  DriveFileScope,
  DriveSpacePermissions,
  DriveSpaceSecurity,
  SecuredDriveSpace
} from "../../../oa/drive/DriveSpacePermissions.ts"
import { DriveSpaces } from "../../../oa/drive/DriveSpaces.ts"
import { type AppCall, existing, merged, refuse, route } from "../../engine/Route.ts"
import { each, page } from "../accounts/Accounts.ts"
import { capacity, dismiss, type Drive, driveOf, drop, usedOf } from "./Drive.ts"

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

/** Puts a file into a folder for an app. */
const put = (
  { app, now, world }: Pick<AppCall<void>, "app" | "now" | "world">,
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
  drive.owners.set(made.fileid, app)
  return made
}

const change = (drive: Drive, before: DriveFile, now: number, fields: Partial<DriveFile>): DriveFile => {
  const after = new DriveFile({ ...before, ...fields, mtime: DateTime.makeUnsafe(now) })
  drive.files.set(after.fileid, after)
  return after
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
const { endpoints: spacePermissions } = DriveSpacePermissions

/** How many administrators a space has at most. */
const maxAdmins = 3

const membersOf = ({ auth_list }: DriveSpace): ReadonlyArray<DriveMember> => auth_list?.auth_info ?? []

const setMembers = (drive: Drive, spaceid: string, auth_info: ReadonlyArray<DriveMember>): void => {
  const before = space(drive, spaceid)
  const auth_list = new DriveSpaceMembers({ quit_userid: before.auth_list?.quit_userid ?? [], auth_info })
  drive.spaces.set(spaceid, new DriveSpace({ ...before, auth_list }))
}

/** 安全设置 as they are, or as they are at first. */
const securityOf = (drive: Drive, spaceid: string): DriveSpaceSecurity =>
  drive.security.get(spaceid) ?? new DriveSpaceSecurity({
    enable_watermark: false,
    enable_confidential_mode: false,
    share_url_no_approve: false,
    default_file_scope: DriveFileScope.Members,
    ban_share_external: false,
    enable_share_url: true
  })

/** A list of members with others: who is in it already has the new rights. */
const withMembers = (before: ReadonlyArray<DriveMember>, added: ReadonlyArray<DriveMember>) => [
  ...withoutMembers(before, added),
  ...added
]

const withoutMembers = (before: ReadonlyArray<DriveMember>, gone: ReadonlyArray<object>) =>
  before.filter((member) => !gone.some((one) => sameMember(one, member)))

const sameMember = (a: object, b: object): boolean =>
  JSON.stringify({ ...a, auth: undefined }) === JSON.stringify({ ...b, auth: undefined })

export const drive = [
  route(spaces.create, ({ app, corp, input, world }) => {
    const spaceid = world.id("space-")
    driveOf(corp).owners.set(spaceid, app)
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
    dismiss(drive, spaceid)
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
    drive.shared.set(fileid, withMembers(drive.shared.get(fileid) ?? [], auth_info))
  }),
  route(permissions.removeMembers, ({ corp, input: { auth_info, fileid } }) => {
    const drive = driveOf(corp)
    file(drive, fileid)
    drive.shared.set(fileid, withoutMembers(drive.shared.get(fileid) ?? [], auth_info))
  }),
  route(permissions.setShare, ({ corp, input: { auth, auth_scope, fileid } }) => {
    const drive = driveOf(corp)
    file(drive, fileid)
    const before = drive.ranges.get(fileid)
    const isCorp = auth_scope === DriveShareScope.Corp || auth_scope === DriveShareScope.CorpWithApproval
    const isExternal = auth_scope === DriveShareScope.External || auth_scope === DriveShareScope.ExternalWithApproval
    drive.ranges.set(
      fileid,
      new DriveShareRange({
        enable_corp_internal: isCorp || isExternal,
        corp_internal_auth: isCorp ? auth ?? before?.corp_internal_auth : before?.corp_internal_auth,
        corp_internal_approve_only_by_admin: auth_scope === DriveShareScope.CorpWithApproval,
        enable_corp_external: isExternal,
        corp_external_auth: isExternal ? auth ?? before?.corp_external_auth : before?.corp_external_auth,
        corp_external_approve_only_by_admin: auth_scope === DriveShareScope.ExternalWithApproval
      })
    )
  }, { auth_scope: 640023, auth: 640020 }),
  route(permissions.setWatermark, ({ corp, input: { fileid, watermark } }) => {
    const drive = driveOf(corp)
    file(drive, fileid)
    const before = drive.watermarks.get(fileid) ?? new DriveWatermark({})
    drive.watermarks.set(fileid, new DriveWatermark(merged(before, watermark ?? {})))
  }),
  route(permissions.getShareUrl, ({ corp, input: { fileid }, world }) => {
    file(driveOf(corp), fileid)
    return `${world.origin}/_simulator/documents/${fileid}`
  }),
  route(permissions.get, ({ corp, input: { fileid } }) => {
    const drive = driveOf(corp)
    file(drive, fileid)
    return new DriveFilePermission({
      share_range: drive.ranges.get(fileid),
      watermark: drive.watermarks.get(fileid),
      file_member_list: drive.shared.get(fileid) ?? [],
      co_auth_list: []
    })
  }),

  route(spacePermissions.addMembers, ({ corp, input: { auth_info, spaceid } }) => {
    const drive = driveOf(corp)
    const members = withMembers(membersOf(space(drive, spaceid)), auth_info)
    if (members.filter((one) => "auth" in one && one.auth === DriveAuth.Admin).length > maxAdmins) {
      refuse(640027, "too many administrators")
    }
    setMembers(drive, spaceid, members)
  }, { auth_info: 640020 }),
  route(spacePermissions.removeMembers, ({ corp, input: { auth_info, spaceid } }) => {
    const drive = driveOf(corp)
    const before = membersOf(space(drive, spaceid))
    if (!auth_info.every((one) => before.some((member) => sameMember(one, member)))) refuse(640005)
    setMembers(drive, spaceid, withoutMembers(before, auth_info))
  }),
  route(spacePermissions.set, ({ corp, input: { spaceid, ...settings } }) => {
    const drive = driveOf(corp)
    space(drive, spaceid)
    drive.security.set(spaceid, new DriveSpaceSecurity(merged(securityOf(drive, spaceid), settings)))
  }),
  route(spacePermissions.getInviteUrl, ({ corp, input: { spaceid }, world }) => {
    const drive = driveOf(corp)
    space(drive, spaceid)
    return securityOf(drive, spaceid).enable_share_url === false
      ? refuse(640028)
      : `${world.origin}/_simulator/documents/${spaceid}`
  }),
  route(spacePermissions.getSpace, ({ corp, input: { spaceid } }) => {
    const drive = driveOf(corp)
    return new SecuredDriveSpace({ ...space(drive, spaceid), secure_setting: securityOf(drive, spaceid) })
  }),

  route(
    DriveAccounts.endpoints.addMany,
    (call) => new DriveAccountChanges(each(call, (userid) => void driveOf(call.corp).advanced.add(userid)))
  ),
  route(
    DriveAccounts.endpoints.removeMany,
    (call) => new DriveAccountChanges(each(call, (userid) => void driveOf(call.corp).advanced.delete(userid)))
  ),
  route(DriveAccounts.endpoints.list, (call) => new DriveAccountPage(page(call, driveOf(call.corp).advanced))),

  route(
    DriveCapacity.endpoints.getEdition,
    ({ corp }) =>
      new DriveEdition({ is_pro: true, total_vip_acct_num: 100, use_vip_acct_num: driveOf(corp).advanced.size })
  ),
  route(DriveCapacity.endpoints.getRoom, ({ corp }) =>
    new DriveRoom({
      total_capacity_for_all: `${capacity}`,
      rest_capacity_for_all: `${capacity - usedOf(driveOf(corp))}`
    }))
]
