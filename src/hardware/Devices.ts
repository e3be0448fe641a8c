/**
 * 设备接入: what a device asks of WeCom, and what it reports.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { ignores } from "../internal/wire/overlooked.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { DeviceUserType, PassMethod, PassType, TemperatureStatus } from "./DeviceUserType.ts"
import { outcome, person, serialNumber } from "./fields.ts"

/** 设备绑定状态. */
export const DeviceBindStatus = Wire.oneOf({ Unbound: [0, "未绑定"], Bound: [1, "已绑定"] })

const boundCorp = Schema.Struct(Wire.optionals({ open_corpid: Schema.String, corp_name: Schema.String }))

/** 设备详情. */
export class DeviceDetail extends Schema.Class<DeviceDetail>("effect-wecom/DeviceDetail")(Wire.optionals({
  model_name: Schema.String,
  /** 出厂名. */
  default_name: Schema.String,
  /** What the static QR code says. */
  qr_code: Schema.String,
  bind_status: DeviceBindStatus.schema,
  /** The corp that has bound it: see {@link DeviceDetail.corp}. */
  auth_corp_info: boundCorp,
  /** How the document's table spells `auth_corp_info`. */
  bind_corpinfo: boundCorp,
  /** 设备备注名. */
  remark_name: Schema.String
})) {
  /** The corp that has bound it, under whichever key it came. */
  get corp(): typeof boundCorp.Type | undefined {
    return this.auth_corp_info ?? this.bind_corpinfo
  }
}

/** 门禁放行规则: when somebody may pass. */
export class DevicePassRule extends Schema.Class<DevicePassRule>("effect-wecom/DevicePassRule")(Wire.optionals({
  /** A 64-bit number, as text. */
  id: Wire.int64,
  /** Such as `9:00-10:00 * * 1-5 *`. */
  rule: Schema.String,
  effect_time: Wire.time
})) {}

/** 设备成员: somebody whom a device is to know. */
export class DeviceUser extends Schema.Class<DeviceUser>("effect-wecom/DeviceUser")({
  open_userid: Schema.String,
  ...Wire.optionals({
    user_name: Schema.String,
    user_type: DeviceUserType.schema,
    pass_rule: Schema.Struct({ rule_list: Wire.list(DevicePassRule) })
  })
}) {}

const userinfo = Wire.optional(Schema.Struct({ useritems: Wire.list(DeviceUser) }))

/** One page of those whom a device is to know. */
export class DeviceUserPage extends Schema.Class<DeviceUserPage>("effect-wecom/DeviceUserPage")({
  userinfo,
  ...Wire.optionals({
    next_cursor: Schema.String,
    /** 当前云端通讯录版本号: another one says that something has changed. */
    perm_version: Wire.int
  })
}) {
  /** 成员. */
  get users(): ReadonlyArray<DeviceUser> {
    return this.userinfo?.useritems ?? []
  }
}

/** 设备在线状态. */
export const DeviceOnlineStatus = Wire.oneOf({ Online: [1, "在线"], Offline: [2, "离线"] })

/** 设备状态: whether a device is on line, and its firmware. */
export class DeviceStatus extends Schema.Opaque<DeviceStatus>()(
  Schema.Struct({
    online_status: DeviceOnlineStatus.schema,
    /** At most 32 bytes. */
    cur_version: Wire.text(32),
    ...Wire.optionals({
      /** What it may be upgraded to, at most 32 bytes. */
      upgradable_version: Wire.text(32),
      /** At most 256 bytes. */
      upgradable_version_desc: Wire.text(256)
    })
  }).check(
    Schema.makeFilter(({ upgradable_version, upgradable_version_desc }) =>
      (upgradable_version === undefined) === (upgradable_version_desc === undefined) ||
      (upgradable_version === undefined
        ? { path: ["upgradable_version"], issue: `is needed with its description, or ${ignores("that")}` }
        : { path: ["upgradable_version_desc"], issue: `is needed with upgradable_version, or ${ignores("that")}` })
    )
  )
) {}

/** 二维码类型. */
export const DeviceQrCodeType = Wire.oneOf({ Static: [0, "静态二维码"], Dynamic: [1, "动态二维码"] })

/** What a QR code says. */
export class DeviceQrCode extends Schema.Class<DeviceQrCode>("effect-wecom/DeviceQrCode")({
  /** A URL that is to be shown as a QR code. */
  qrcode_content: Schema.String,
  /** In seconds: 300. Static ones do not end. */
  expires_in: Wire.optional(Wire.int)
}) {}

/** 打卡记录. */
export class DeviceCheckin extends Schema.Opaque<DeviceCheckin>()(Schema.Struct({
  ...person,
  timestamp: Wire.time
})) {}

/** 测温记录. */
export class DeviceTemperature extends Schema.Opaque<DeviceTemperature>()(Schema.Struct({
  ...person,
  timestamp: Wire.time,
  /** In degrees Celsius, such as `36.7`. */
  temperature: Wire.filledText,
  status: TemperatureStatus.schema
})) {}

/** 通行记录. */
export class DevicePass extends Schema.Opaque<DevicePass>()(Schema.Struct({
  ...person,
  timestamp: Wire.time,
  pass_type: PassType.schema,
  pass_method: PassMethod.schema
})) {}

/** A record that was not taken. */
export class FailedRecord extends Schema.Class<FailedRecord>("effect-wecom/FailedRecord")({
  open_userid: Schema.String,
  ...Wire.optionals({
    user_type: DeviceUserType.schema,
    timestamp: Wire.time,
    /** Of passes. */
    pass_type: PassType.schema,
    pass_method: PassMethod.schema,
    /** Of temperatures. */
    temperature: Schema.String,
    status: TemperatureStatus.schema,
    errcode: Wire.int,
    errmsg: Schema.String
  })
}) {}

/** What became of records. */
export class ReportedRecords extends Schema.Class<ReportedRecords>("effect-wecom/ReportedRecords")({
  /** For `PartialResult.failOnPartialBy`. */
  fail_list: Wire.list(FailedRecord)
}) {}

/** 生物信息类型. */
export const BioInfoType = Wire.oneOf({ Fingerprint: [1, "指纹"], Face: [2, "人脸"] })

/** 识别信息录入结果: of what was asked for in WeCom, by `oper_id`, or of what the device has done by itself. */
export class BioInfoResult extends Schema.Opaque<BioInfoResult>()(
  Schema.Struct({
    /** From the event that asked for it; the three fields below are then ignored. */
    oper_id: Wire.optional(Schema.String),
    ...outcome,
    ...Wire.optionals({
      open_userid: Schema.String,
      user_type: DeviceUserType.schema,
      bio_info_type: BioInfoType.schema
    })
  }).check(
    Schema.makeFilter((result) => {
      if (result.oper_id !== undefined && result.oper_id !== "") return true
      const missing = (["open_userid", "user_type", "bio_info_type"] as const).find((key) => result[key] === undefined)
      return missing === undefined || { path: [missing], issue: "is needed without an oper_id" }
    })
  )
) {}

/** 上报类型. */
export const RemoteOpenType = Wire.oneOf({
  App: ["remote_open_door", "门禁app点击远程开门"],
  QrCode: ["scan_qrcode_open", "扫码门禁开门"]
})

/**
 * 设备接入: what a device asks of WeCom, and what it reports.
 *
 * Called as `WeComApp.device`, whose model serves for `get` and `createIdQrCode`.
 */
export class Devices extends Domain.Service<Devices>()("hardware/Devices", "智慧硬件", {
  /**
   * 获取设备详情. A device of the model, and the corp that has bound it.
   * @see https://developer.work.weixin.qq.com/document/path/95982
   */
  get: Endpoint.query("/cgi-bin/openhw/device/get_device_detail", { doc: 95982, credential: "model" }, () => ({
    body: { device_sn: serialNumber },
    success: Endpoint.pluck("device_detail", DeviceDetail)
  })),
  /**
   * 更新设备状态. Every half an hour: a device that has not reported for an hour is shown as off line. Another firmware to
   * upgrade to is offered to the administrator.
   * @see https://developer.work.weixin.qq.com/document/path/95983
   */
  reportStatus: Endpoint.post(
    "/cgi-bin/openhw/device/report_device_status",
    { doc: 95983, credential: "device", idempotent: true },
    () => ({ body: DeviceStatus })
  ),
  /**
   * 全量获取设备成员列表. One page of those whom the device is to know.
   * @see https://developer.work.weixin.qq.com/document/path/95984
   */
  listUsers: Endpoint.query(
    "/cgi-bin/openhw/device/get_userinfo_by_page",
    { doc: 95984, credential: "device", int64: ["id"] },
    () => ({
      body: Wire.optionals({
        cursor: Schema.String,
        /** At most 200. Default: 100. */
        limit: Wire.intBetween(1, 200),
        /** Whether `perm_version` alone is asked for. Default: false. */
        only_perm_version: Schema.Boolean
      }),
      success: DeviceUserPage
    })
  ),
  /**
   * 获取设备中指定成员的信息. Up to 100 of those whom the device is to know.
   * @see https://developer.work.weixin.qq.com/document/path/96037
   */
  getUsers: Endpoint.query(
    "/cgi-bin/openhw/device/get_userinfo_by_ids",
    { doc: 96037, credential: "device", int64: ["id"] },
    () => ({
      body: { user_item: Wire.items(Schema.Struct(person), 100, 1) },
      success: Endpoint.pluck("userinfo", Schema.Struct({ useritems: Wire.list(DeviceUser) }))
    })
  ),
  /**
   * 上报设备固件升级结果. What became of an upgrade that an event asked for.
   * @see https://developer.work.weixin.qq.com/document/path/95999
   */
  reportFirmwareUpgrade: Endpoint.post(
    "/cgi-bin/openhw/device/report_firmware_upgrade_result",
    { doc: 95999, credential: "device", idempotent: true },
    () => ({
      body: {
        oper_id: Wire.filledText,
        ...outcome,
        /** What the device has now: after a success, another version than before. */
        cur_version: Wire.filledText
      }
    })
  ),
  /**
   * 获取设备管理二维码. With which members open the device's menu. Once a minute for a device.
   * @see https://developer.work.weixin.qq.com/document/path/98023
   */
  createLoginQrCode: Endpoint.post(
    "/cgi-bin/openhw/device/gen_login_qrcode",
    { doc: 98023, credential: "device" },
    () => ({
      body: {
        /** The event of a scan has it. */
        state: Wire.filledText,
        type: DeviceQrCodeType.schema
      },
      success: DeviceQrCode
    })
  ),
  /**
   * 获取设备身份识别二维码. A dynamic one, good for 5 minutes, with which members bind the device or print. Once a minute for a
   * device, those of `createLoginQrCode` that are dynamic counted.
   * @see https://developer.work.weixin.qq.com/document/path/98024
   */
  createIdQrCode: Endpoint.post(
    "/cgi-bin/openhw/device/gen_id_dynamic_qrcode",
    { doc: 98024, credential: "model" },
    () => ({
      body: {
        device_sn: serialNumber,
        /** The event of a scan has it. */
        state: Wire.filledText
      },
      success: DeviceQrCode
    })
  ),
  /**
   * 上报考勤打卡记录. Up to 100. Records of those whom the device is not to know, or who come too often within an hour, fail; a
   * pass is a record of its own, for `reportPasses`.
   * @see https://developer.work.weixin.qq.com/document/path/95985
   */
  reportCheckins: Endpoint.post(
    "/cgi-bin/openhw/device/report_checkin_data",
    { doc: 95985, credential: "device" },
    () => ({ body: { checkin_data: Wire.items(DeviceCheckin, 100, 1) }, success: ReportedRecords })
  ),
  /**
   * 上报体温检测记录. Up to 100.
   * @see https://developer.work.weixin.qq.com/document/path/95986
   */
  reportTemperatures: Endpoint.post(
    "/cgi-bin/openhw/device/report_temperature_data",
    { doc: 95986, credential: "device" },
    () => ({ body: { temperature_data: Wire.items(DeviceTemperature, 100, 1) }, success: ReportedRecords })
  ),
  /**
   * 上报门禁通行记录. Up to 100.
   * @see https://developer.work.weixin.qq.com/document/path/95997
   */
  reportPasses: Endpoint.post(
    "/cgi-bin/openhw/device/report_access_data",
    { doc: 95997, credential: "device" },
    () => ({ body: { access_data: Wire.items(DevicePass, 100, 1) }, success: ReportedRecords })
  ),
  /**
   * 上报成员识别信息变化结果. Whether a fingerprint or face was taken in. A member who is known to one device is then taken as
   * known to all of the maker's.
   * @see https://developer.work.weixin.qq.com/document/path/96000
   */
  reportBioInfo: Endpoint.post(
    "/cgi-bin/openhw/device/report_bio_info_result",
    { doc: 96000, credential: "device", idempotent: true },
    () => ({ body: BioInfoResult })
  ),
  /**
   * 上报远程开门结果. What became of a door that was to be opened; the pass is a record of its own, for `reportPasses`.
   * @see https://developer.work.weixin.qq.com/document/path/96048
   */
  reportRemoteOpen: Endpoint.post(
    "/cgi-bin/openhw/device/report_remote_open_result",
    { doc: 96048, credential: "device", idempotent: true },
    () => ({ body: { oper_id: Wire.filledText, type: RemoteOpenType.schema, ...outcome } })
  )
}, (endpoints) => ({
  /**
   * 全量获取设备成员列表. All of `listUsers`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95984
   */
  listAllUsers: Paging.make(endpoints.listUsers, {
    items: ({ users }) => users,
    next: Paging.followCursor()
  })
})) {}
