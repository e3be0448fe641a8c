/**
 * What administrators and members do that the logs of 安全管理 record, and the devices that members log in on: each an act
 * on the simulator of the context.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"
import { DomainIpChanged } from "../../../callback/events/SecurityEvents.ts"
import { AdminOperation, FileOperation, MemberOperation, ScreenCapture } from "../../../security/SecurityRecords.ts"
import { TrustedDevice, TrustedDeviceSource, TrustedDeviceStatus } from "../../../security/TrustedDevices.ts"
import { type Act, corpOf, fail, type In, input, make, memberOf, tell } from "../../engine/Act.ts"
import { event, type Notice, type Telling } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import type { Member } from "../../engine/World.ts"
import { power, type Security, securityOf } from "./Security.ts"

/** What may be said of a record: what is known may not. */
const knownOf = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.Struct(fields).mapFields(Struct.omit(["time", "userid", "external_user", "department_id"]))

/** Who does something. */
interface By extends In {
  readonly userid: string
}

const recorded = (by: By, keep: (security: Security, at: number, member: Member) => void): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(by)
    const member = yield* memberOf(corp, by.userid)
    keep(securityOf(corp), yield* Clock.currentTimeMillis, member)
  })

/** 管理端操作. An administrator does something in the admin console. */
export const operate = make({
  input: input({ userid: Schema.String, operation: knownOf(AdminOperation.fields) }),
  success: Schema.Void,
  run: (by) =>
    recorded(by, ({ adminOperations }, at, { user }) => {
      adminOperations.push(
        new AdminOperation({
          oper_type: undefined,
          detail_type: undefined,
          detail_info: undefined,
          ip: undefined,
          ...by.operation,
          time: timeOf(at),
          userid: user.userid
        })
      )
    })
})

/** 成员操作. A member does something that is recorded, such as logging in on a new device. */
export const act = make({
  input: input({ userid: Schema.String, operation: knownOf(MemberOperation.fields) }),
  success: Schema.Void,
  run: (by) =>
    recorded(by, ({ memberOperations }, at, { user }) => {
      memberOperations.push(
        new MemberOperation({
          oper_type: undefined,
          detail_info: undefined,
          ip: undefined,
          ...by.operation,
          time: timeOf(at),
          userid: user.userid
        })
      )
    })
})

/** 文件操作. A member does something with a file. */
export const handleFile = make({
  input: input({ userid: Schema.String, operation: knownOf(FileOperation.fields) }),
  success: Schema.Void,
  run: (by) =>
    recorded(by, ({ fileOperations }, at, { user }) => {
      fileOperations.push(
        new FileOperation({
          operation: undefined,
          file_info: undefined,
          file_md5: undefined,
          file_size: undefined,
          applicant_name: undefined,
          device_type: undefined,
          device_code: undefined,
          ...by.operation,
          external_user: undefined,
          time: timeOf(at),
          userid: user.userid
        })
      )
    })
})

/** 截屏. A member captures the screen. */
export const captureScreen = make({
  input: input({ userid: Schema.String, capture: knownOf(ScreenCapture.fields) }),
  success: Schema.Void,
  run: (by) =>
    recorded(by, ({ screenCaptures }, at, { user }) => {
      screenCaptures.push(
        new ScreenCapture({
          screen_shot_type: undefined,
          screen_shot_content: undefined,
          system: undefined,
          ...by.capture,
          time: timeOf(at),
          userid: user.userid,
          department_id: user.main_department ?? user.department[0]
        })
      )
    })
})

/** 登录设备. A member logs in on a computer, and asks for trust in it if `claims` says whose it is. */
export const logIn = make({
  input: input({
    userid: Schema.String,
    device_code: Schema.optional(Schema.String),
    system: Schema.Literals(["Windows", "Mac"]),
    claims: Schema.optional(Schema.Literals(["corp", "personal"]))
  }),
  success: Schema.String,
  run: (by) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const corp = yield* corpOf(by)
      const { user } = yield* memberOf(corp, by.userid)
      const at = timeOf(yield* Clock.currentTimeMillis)
      const { devices } = securityOf(corp)
      const before = by.device_code === undefined ? undefined : devices.get(by.device_code)
      if (by.device_code !== undefined && before === undefined) {
        return yield* fail(`there is no device ${by.device_code}`)
      }
      const code = before?.device_code ?? world.id("device-")
      devices.set(
        code,
        new TrustedDevice({
          device_code: code,
          motherboard_uuid: undefined,
          domain: undefined,
          pc_name: undefined,
          seq_no: undefined,
          confirm_timestamp: undefined,
          confirm_userid: undefined,
          approved_userid: undefined,
          mac_addr: [],
          harddisk_uuid: [],
          ...before,
          system: by.system,
          last_login_time: at,
          last_login_userid: user.userid,
          source: by.claims === undefined
            ? before?.source ?? TrustedDeviceSource.Unknown
            : TrustedDeviceSource.Declared,
          status: by.claims === "corp"
            ? TrustedDeviceStatus.PendingCorp
            : by.claims === "personal"
            ? TrustedDeviceStatus.PendingPersonal
            : before?.status === TrustedDeviceStatus.Imported
            ? TrustedDeviceStatus.Corp
            : before?.status ?? TrustedDeviceStatus.ToInvite
        })
      )
      return code
    })
})

/** Apps that may read what 安全管理 has. */
const readers = (notice: Notice): Telling => ({ powers }) =>
  powers === undefined || powers.includes(power) ? notice : undefined

/** 企业微信域名IP变更. WeCom's addresses change. */
export const changeAddresses = make({
  input: input({}),
  run: (changing) => Effect.flatMap(corpOf(changing), (corp) => tell(corp, readers(event(DomainIpChanged, {}))))
})
