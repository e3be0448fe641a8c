/** 安全管理. */
import * as DateTime from "effect/DateTime"
import {
  SecurityAccountJob,
  SecurityAccountPage,
  SecurityAccountResult,
  SecurityAccounts
} from "../../../security/SecurityAccounts.ts"
import {
  AdminOperationPage,
  FileOperationPage,
  MemberOperationPage,
  ScreenCapture,
  ScreenCapturePage,
  SecurityRecords
} from "../../../security/SecurityRecords.ts"
import {
  DeviceDecision,
  DeviceImportResult,
  DeviceImportStatus,
  type NewTrustedDevice,
  TrustedDevice,
  TrustedDevicePage,
  TrustedDevices,
  TrustedDeviceSource,
  TrustedDeviceStatus,
  TrustedDeviceType
} from "../../../security/TrustedDevices.ts"
import type { Caller } from "../../engine/Collection.ts"
import { pageOf } from "../../engine/Pages.ts"
import { existing, refuse, route } from "../../engine/Route.ts"
import { isSeenDepartment, isSeenMember } from "../../engine/Sight.ts"
import { timeOf } from "../../engine/Times.ts"
import { type Security, securityOf } from "./Security.ts"

const records = SecurityRecords.endpoints
const devices = TrustedDevices.endpoints
const accounts = SecurityAccounts.endpoints

interface Span {
  readonly start_time: DateTime.Utc
  readonly end_time: DateTime.Utc
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** One page of the records of a time, both ends included. */
const within = <A extends { readonly time?: DateTime.Utc | undefined }>(
  { cursor, end_time, limit, start_time }: Span,
  all: ReadonlyArray<A>,
  standard: number,
  select: (record: A) => boolean
) => {
  const [from, to] = [DateTime.toEpochMillis(start_time), DateTime.toEpochMillis(end_time) + 999]
  const found = all.filter((record) => {
    const at = record.time === undefined ? 0 : DateTime.toEpochMillis(record.time)
    return at >= from && at <= to && select(record)
  })
  const { items, next_cursor } = pageOf(found, cursor, limit ?? standard)
  return { record_list: items, has_more: next_cursor !== undefined, next_cursor }
}

/** The logs of operations go back so many days. */
const kept = 180 * 86_400_000

const notTooOld = ({ now }: Caller, { end_time, start_time }: Span): void => {
  if (DateTime.toEpochMillis(start_time) < now - kept) refuse(40_058, "start_time is more than 180 days ago")
  if (DateTime.toEpochMillis(end_time) > now) refuse(40_058, "end_time must not be in the future")
}

/** One page of the log of operations. */
const operations = <
  A extends {
    readonly time?: DateTime.Utc | undefined
    readonly userid?: string | undefined
    readonly oper_type?: number | undefined
  }
>(
  call: Caller & {
    readonly input: Span & { readonly userid?: string | undefined; readonly oper_type?: number | undefined }
  },
  all: ReadonlyArray<A>,
  isSeen: (userid: string) => boolean
) => {
  const { input } = call
  notTooOld(call, input)
  return within(input, all, 400, ({ oper_type, userid = "" }) =>
    isSeen(userid) &&
    (input.userid === undefined || input.userid === userid) &&
    (input.oper_type === undefined || input.oper_type === oper_type))
}

const statuses: { readonly [type: number]: ReadonlyArray<number> } = {
  [TrustedDeviceType.Corp]: [TrustedDeviceStatus.Imported, TrustedDeviceStatus.Corp],
  [TrustedDeviceType.Unknown]: [
    TrustedDeviceStatus.ToInvite,
    TrustedDeviceStatus.PendingCorp,
    TrustedDeviceStatus.PendingPersonal
  ],
  [TrustedDeviceType.Personal]: [TrustedDeviceStatus.Personal]
}

const ofType = (security: Security, type: number): ReadonlyArray<TrustedDevice> =>
  [...security.devices.values()].filter(({ status = 0 }) => statuses[type]?.includes(status))

/** A device that is known by one of its addresses or numbers. */
const duplicateOf = ({ devices }: Security, device: NewTrustedDevice): TrustedDevice | undefined =>
  [...devices.values()].find(({ mac_addr, seq_no }) =>
    (device.system === "Mac" && seq_no === device.seq_no) || device.mac_addr?.some((mac) => mac_addr.includes(mac))
  )

/** Decides on devices that wait for it. */
const decide = (
  call: Caller & { readonly input: { readonly device_code_list: ReadonlyArray<string> } },
  decision: (device: TrustedDevice) => number
) => {
  const security = securityOf(call.corp)
  const waiting: ReadonlyArray<number | undefined> = [
    TrustedDeviceStatus.PendingCorp,
    TrustedDeviceStatus.PendingPersonal
  ]
  const isWaiting = (code: string) => waiting.includes(security.devices.get(code)?.status)
  const success_list = call.input.device_code_list.filter(isWaiting)
  const fail_list = call.input.device_code_list.filter((code) => !isWaiting(code))
  for (const code of success_list) {
    const device = existing(security.devices, code, 40_058)
    security.devices.set(
      code,
      new TrustedDevice({
        ...device,
        status: decision(device),
        confirm_userid: device.last_login_userid,
        confirm_timestamp: timeOf(call.now)
      })
    )
  }
  return new DeviceDecision({ success_list, fail_list })
}

/** A job that is done at once. */
const accountJob = (
  call: Caller & { readonly input: { readonly userid_list: ReadonlyArray<string> } },
  kind: "add" | "remove"
) => {
  const security = securityOf(call.corp)
  const seen = call.input.userid_list.filter((userid) => isSeenMember(call, userid))
  for (const userid of seen) {
    if (kind === "add") security.accounts.add(userid)
    else security.accounts.delete(userid)
  }
  const jobid = call.world.id("job-")
  security.jobs.set(jobid, {
    kind,
    result: new SecurityAccountResult({ succ_userid_list: seen, fail_userid_list: [] })
  })
  return new SecurityAccountJob({
    jobid,
    invalid_userid_list: call.input.userid_list.filter((userid) => !seen.includes(userid))
  })
}

const resultOf = (call: Caller & { readonly input: { readonly jobid: string } }, kind: "add" | "remove") => {
  const job = existing(securityOf(call.corp).jobs, call.input.jobid, 40_058, "invalid jobid")
  return job.kind === kind ? job.result : refuse(40_058, "invalid jobid")
}

export const securityRoutes = [
  route(
    records.listAdminOperations,
    (call) => new AdminOperationPage(operations(call, securityOf(call.corp).adminOperations, () => true))
  ),

  // Of administrators all is told, of members what those did whom the app may see.
  route(records.listMemberOperations, (call) =>
    new MemberOperationPage(
      operations(call, securityOf(call.corp).memberOperations, (userid) => isSeenMember(call, userid))
    )),

  route(records.listFileOperations, (call) => {
    const { operation, userid_list = [] } = call.input
    return new FileOperationPage(
      within(
        call.input,
        securityOf(call.corp).fileOperations,
        1000,
        (record) =>
          (record.userid === undefined || isSeenMember(call, record.userid)) &&
          (userid_list.length === 0 || userid_list.includes(record.userid ?? "")) &&
          (operation === undefined || operation.type === record.operation?.type) &&
          (operation?.source === undefined || operation.source === record.operation?.source)
      )
    )
  }),

  route(records.listScreenCaptures, (call) => {
    const { department_id_list = [], screen_shot_type, userid_list = [] } = call.input
    const { record_list, ...page } = within(
      call.input,
      securityOf(call.corp).screenCaptures,
      1000,
      ({ department_id = 0, userid = "", ...record }) =>
        isSeenMember(call, userid) &&
        (userid_list.length === 0 || userid_list.includes(userid)) &&
        (department_id_list.length === 0 || department_id_list.includes(department_id)) &&
        (screen_shot_type === undefined || screen_shot_type === record.screen_shot_type)
    )
    return new ScreenCapturePage({
      ...page,
      record_list: record_list.map((record) =>
        isSeenDepartment(call, record.department_id ?? 0)
          ? record
          : new ScreenCapture({ ...record, department_id: undefined })
      )
    })
  }),

  route(devices.add, (call) => {
    const security = securityOf(call.corp)
    return call.input.device_list.map((device, index) => {
      const duplicate = duplicateOf(security, device)
      if (duplicate !== undefined) {
        return new DeviceImportResult({
          device_index: index + 1,
          status: DeviceImportStatus.Duplicate,
          device_code: undefined,
          duplicated_device_code: duplicate.device_code
        })
      }
      const device_code = call.world.id("device-")
      security.devices.set(
        device_code,
        new TrustedDevice({
          device_code,
          motherboard_uuid: undefined,
          domain: undefined,
          pc_name: undefined,
          seq_no: undefined,
          last_login_time: undefined,
          last_login_userid: undefined,
          confirm_timestamp: undefined,
          confirm_userid: undefined,
          approved_userid: undefined,
          source: TrustedDeviceSource.Imported,
          status: TrustedDeviceStatus.Imported,
          ...device,
          mac_addr: device.mac_addr ?? [],
          harddisk_uuid: device.system === "Windows" ? device.harddisk_uuid ?? [] : []
        })
      )
      return new DeviceImportResult({
        device_index: index + 1,
        status: DeviceImportStatus.Imported,
        device_code,
        duplicated_device_code: undefined
      })
    })
  }),

  route(devices.list, (call) => {
    const { cursor, limit = 100, type } = call.input
    const { items, next_cursor } = pageOf(ofType(securityOf(call.corp), type), cursor, limit)
    return new TrustedDevicePage({ device_list: items, next_cursor: next_cursor ?? "" })
  }),

  route(devices.listByUser, (call) =>
    ofType(securityOf(call.corp), call.input.type)
      .filter(({ last_login_userid }) => last_login_userid === call.input.last_login_userid)),

  route(devices.delete, (call) => {
    const security = securityOf(call.corp)
    const known = ofType(security, call.input.type).map(({ device_code }) => device_code)
    for (const code of call.input.device_code_list) if (!known.includes(code)) refuse(40_058, "invalid device_code")
    for (const code of call.input.device_code_list) security.devices.delete(code)
  }),

  route(
    devices.approve,
    (call) =>
      decide(
        call,
        ({ status }) =>
          status === TrustedDeviceStatus.PendingCorp ? TrustedDeviceStatus.Corp : TrustedDeviceStatus.Personal
      )
  ),

  route(devices.reject, (call) => decide(call, () => TrustedDeviceStatus.ToInvite)),

  route(accounts.add, (call) => accountJob(call, "add")),
  route(accounts.getAddResult, (call) => resultOf(call, "add")),
  route(accounts.remove, (call) => accountJob(call, "remove")),
  route(accounts.getRemoveResult, (call) => resultOf(call, "remove")),

  route(accounts.listUserids, (call) => {
    const { cursor, limit = 100 } = call.input
    const seen = [...securityOf(call.corp).accounts].filter((userid) => isSeenMember(call, userid))
    const { items, next_cursor } = pageOf(seen, cursor, limit)
    return new SecurityAccountPage({ userid_list: items, has_more: next_cursor !== undefined, next_cursor })
  })
]
