/**
 * 设备管理: the computers that the corp trusts, and the members' requests for trust.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 查询设备类型. */
export const TrustedDeviceType = Wire.oneOf({
  Corp: [1, "可信企业设备"],
  Unknown: [2, "未知设备"],
  Personal: [3, "可信个人设备"]
})

/** 设备来源. */
export const TrustedDeviceSource = Wire.oneOf({
  Unknown: [0, "未知"],
  Confirmed: [1, "成员确认"],
  Imported: [2, "管理员导入"],
  Declared: [3, "成员自主申报"]
})

/** 设备状态. */
export const TrustedDeviceStatus = Wire.oneOf({
  Imported: [1, "已导入未登录"],
  ToInvite: [2, "待邀请"],
  PendingCorp: [3, "待管理员确认为企业设备"],
  PendingPersonal: [4, "待管理员确认为个人设备"],
  Corp: [5, "已确认为可信企业设备"],
  Personal: [6, "已确认为可信个人设备"]
})

/** 导入结果. */
export const DeviceImportStatus = Wire.oneOf({
  Imported: [1, "成功"],
  Duplicate: [2, "重复导入"],
  Unsupported: [3, "不支持的设备"],
  Malformed: [4, "数据格式错误"]
})

/** 设备信息. Of `ToInvite`, `PendingPersonal` and `Personal` the addresses and serial numbers are masked. */
export class TrustedDevice extends Schema.Class<TrustedDevice>("effect-wecom/TrustedDevice")({
  device_code: Schema.String,
  ...Wire.optionals({
    /** `Windows` or `Mac`. */
    system: Schema.String,
    motherboard_uuid: Schema.String,
    /** Windows域. */
    domain: Schema.String,
    pc_name: Schema.String,
    /** Serial number of a Mac. */
    seq_no: Schema.String,
    last_login_time: Wire.time,
    last_login_userid: Schema.String,
    /** When it was found out whose it is. */
    confirm_timestamp: Wire.time,
    /** Whose it is. */
    confirm_userid: Schema.String,
    /** The administrator who let it pass. */
    approved_userid: Schema.String,
    source: TrustedDeviceSource.schema,
    status: TrustedDeviceStatus.schema
  }),
  mac_addr: Wire.list(Schema.String),
  harddisk_uuid: Wire.list(Schema.String)
}) {}

/** One page of devices. */
export class TrustedDevicePage extends Schema.Class<TrustedDevicePage>("effect-wecom/TrustedDevicePage")({
  device_list: Wire.list(TrustedDevice),
  /** `undefined` or empty: the last page. */
  next_cursor: Wire.optional(Schema.String)
}) {}

/** What became of one device of an import. */
export class DeviceImportResult extends Schema.Class<DeviceImportResult>("effect-wecom/DeviceImportResult")({
  /** Its place in the request, from 1. */
  device_index: Wire.int,
  ...Wire.optionals({
    status: DeviceImportStatus.schema,
    /** Of `Imported`. */
    device_code: Schema.String,
    /** Of `Duplicate`: the device that is known already. */
    duplicated_device_code: Schema.String
  })
}) {}

/** Which devices were decided upon, and which could not be. */
export class DeviceDecision extends Schema.Class<DeviceDecision>("effect-wecom/DeviceDecision")({
  success_list: Wire.list(Schema.String),
  fail_list: Wire.list(Schema.String)
}) {}

/** Addresses or serial numbers: at most 100. */
const codes = Wire.items(Wire.filledText, 100)

/** A Windows computer to import. */
export class NewWindowsDevice extends Schema.Opaque<NewWindowsDevice>()(Schema.Struct({
  system: Schema.Literal("Windows"),
  /** Such as `50:81:40:29:33:CA`: 1 to 100. */
  mac_addr: Wire.items(Wire.filledText, 100, 1),
  ...Wire.optionals({
    motherboard_uuid: Schema.String,
    /** At most 100. */
    harddisk_uuid: codes,
    /** Windows域. */
    domain: Schema.String,
    pc_name: Schema.String
  })
})) {}

/** A Mac to import. */
export class NewMacDevice extends Schema.Opaque<NewMacDevice>()(Schema.Struct({
  system: Schema.Literal("Mac"),
  /** Its serial number. */
  seq_no: Wire.filledText,
  /** At most 100. */
  mac_addr: Wire.optional(codes)
})) {}

/** A device to import, told apart by `system`. */
export type NewTrustedDevice = NewWindowsDevice | NewMacDevice

/** A device to import, told apart by `system`. */
export const NewTrustedDevice: Schema.Codec<NewTrustedDevice, unknown> = Schema.Union([NewWindowsDevice, NewMacDevice])

const chosen = {
  /** 1 to 100. */
  device_code_list: Wire.items(Wire.filledText, 100, 1)
}

/**
 * 设备管理: the computers that the corp trusts, and the members' requests for trust. For the corp's own apps that 设备管理
 * lists under 可调用接口的应用.
 */
export class TrustedDevices extends Domain.Service<TrustedDevices>()("security/TrustedDevices", "安全管理", {
  /**
   * 导入可信企业设备. Up to 100; returns what became of each, by its place in the request.
   * @see https://developer.work.weixin.qq.com/document/path/98920
   */
  add: Endpoint.post("/cgi-bin/security/trustdevice/import", 98920, () => ({
    body: { device_list: Wire.items(NewTrustedDevice, 100, 1) },
    success: Endpoint.pluck("result", Wire.list(DeviceImportResult))
  })),
  /**
   * 获取设备信息. One page of the devices of a type.
   * @see https://developer.work.weixin.qq.com/document/path/98920
   */
  list: Endpoint.query("/cgi-bin/security/trustdevice/list", 98920, () => ({
    body: {
      type: TrustedDeviceType.schema,
      ...Wire.optionals({
        cursor: Schema.String,
        /** Default: 100. */
        limit: Wire.intBetween(1, 100)
      })
    },
    success: TrustedDevicePage
  })),
  /**
   * 获取成员使用设备. The devices on which a member was the last to log in.
   * @see https://developer.work.weixin.qq.com/document/path/98920
   */
  listByUser: Endpoint.query("/cgi-bin/security/trustdevice/get_by_user", 98920, () => ({
    body: {
      last_login_userid: Wire.filledText,
      type: TrustedDeviceType.schema
    },
    success: Endpoint.pluck("device_list", Wire.list(TrustedDevice))
  })),
  /**
   * 删除设备信息. Up to 100 devices of one type.
   * @see https://developer.work.weixin.qq.com/document/path/98920
   */
  delete: Endpoint.post("/cgi-bin/security/trustdevice/delete", { doc: 98920, idempotent: true }, () => ({
    body: { type: TrustedDeviceType.schema, ...chosen }
  })),
  /**
   * 确认为可信设备. Up to 100 devices whose status is `PendingCorp` or `PendingPersonal`.
   * @see https://developer.work.weixin.qq.com/document/path/98920
   */
  approve: Endpoint.post("/cgi-bin/security/trustdevice/approve", 98920, () => ({
    body: chosen,
    success: DeviceDecision
  })),
  /**
   * 驳回可信设备申请. Up to 100 devices whose status is `PendingCorp` or `PendingPersonal`.
   * @see https://developer.work.weixin.qq.com/document/path/98920
   */
  reject: Endpoint.post("/cgi-bin/security/trustdevice/reject", 98920, () => ({
    body: chosen,
    success: DeviceDecision
  }))
}, (endpoints) => ({
  /**
   * 获取设备信息. All devices of `list`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98920
   */
  listAll: Paging.byCursor(endpoints.list, "device_list")
})) {}
