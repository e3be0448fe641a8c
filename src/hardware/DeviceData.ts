/**
 * 设备数据: what the devices of a corp have recorded, and their access rules, for third-party apps.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { DeviceUserType, PassMethod, PassType, TemperatureStatus } from "./DeviceUserType.ts"

/** 授权读取数据的设备. */
export class AuthorisedDevice extends Schema.Class<AuthorisedDevice>("effect-wecom/AuthorisedDevice")({
  device_sn: Schema.String,
  ...Wire.optionals({
    /** The corp's name for it. */
    remark_name: Schema.String,
    /** 出厂名. */
    default_name: Schema.String,
    model_name: Schema.String,
    /** 1: 考勤/门禁设备. */
    device_type: Wire.int,
    /** A sum of 1 (考勤), 2 (门禁) and 4 (测温). */
    device_ability: Wire.int
  })
}) {}

/** 筛选条件. */
export const DeviceDataFilter = Wire.oneOf({ Device: [1, "按设备sn进行筛选"], User: [2, "按成员openuserid进行筛选"] })

/** Which records to get. */
export class DeviceDataQuery extends Schema.Opaque<DeviceDataQuery>()(
  Schema.Struct({
    /** `Member` or `Student`. */
    user_type: DeviceUserType.schema,
    /** When the device has sent the record. */
    begin_time: Wire.time,
    /** At most 31 days later. */
    end_time: Wire.time,
    data_filter_type: DeviceDataFilter.schema,
    ...Wire.optionals({
      /** At most 100; needed with `Device`. */
      device_sn_list: Wire.items(Wire.filledText, 100),
      /** At most 100, whom the app may see; needed with `User`. */
      open_userid_list: Wire.items(Wire.filledText, 100),
      cursor: Schema.String,
      /** At most 500. Default: 200. */
      limit: Wire.intBetween(1, 500),
      /** Only for old third-party suites of several apps. */
      agentid: Wire.int
    })
  }).check(
    Wire.period("begin_time", "end_time", 31),
    Schema.makeFilter(({ data_filter_type, device_sn_list = [], open_userid_list = [] }) =>
      data_filter_type === DeviceDataFilter.Device
        ? device_sn_list.length > 0 || { path: ["device_sn_list"], issue: "is needed with data_filter_type 1" }
        : open_userid_list.length > 0 || { path: ["open_userid_list"], issue: "is needed with data_filter_type 2" }
    )
  )
) {}

/** 打卡数据. */
export class CheckinDatum extends Schema.Class<CheckinDatum>("effect-wecom/CheckinDatum")({
  open_userid: Schema.String,
  ...Wire.optionals({ checkin_time: Wire.time, device_sn: Schema.String })
}) {}

/** 测温数据. */
export class TemperatureDatum extends Schema.Class<TemperatureDatum>("effect-wecom/TemperatureDatum")({
  open_userid: Schema.String,
  ...Wire.optionals({
    user_type: DeviceUserType.schema,
    timestamp: Wire.time,
    /** In degrees Celsius, such as `36.7`. */
    temperature: Schema.String,
    status: TemperatureStatus.schema,
    device_sn: Schema.String
  })
}) {}

/** 门禁数据. */
export class AccessDatum extends Schema.Class<AccessDatum>("effect-wecom/AccessDatum")({
  open_userid: Schema.String,
  ...Wire.optionals({
    user_type: DeviceUserType.schema,
    timestamp: Wire.time,
    pass_type: PassType.schema,
    pass_method: PassMethod.schema,
    device_sn: Schema.String
  })
}) {}

const next_cursor = Wire.optional(Schema.String)

/** One page of 打卡数据. */
export class CheckinDataPage extends Schema.Class<CheckinDataPage>("effect-wecom/CheckinDataPage")({
  checkindata: Wire.optional(Schema.Struct({ items: Wire.list(CheckinDatum) })),
  next_cursor
}) {}

/** One page of 测温数据. */
export class TemperatureDataPage extends Schema.Class<TemperatureDataPage>("effect-wecom/TemperatureDataPage")({
  temperature_data: Wire.optional(Schema.Struct({ items: Wire.list(TemperatureDatum) })),
  next_cursor
}) {}

/** One page of 门禁数据. */
export class AccessDataPage extends Schema.Class<AccessDataPage>("effect-wecom/AccessDataPage")({
  accesscontrol_data: Wire.optional(Schema.Struct({ items: Wire.list(AccessDatum) })),
  next_cursor
}) {}

/** 生效成员. */
export class AccessUser extends Schema.Class<AccessUser>("effect-wecom/AccessUser")({
  open_userid: Schema.String,
  /** Default: `Member`. */
  user_type: Wire.optional(DeviceUserType.schema)
}) {}

/** 门禁规则: when who may pass. */
export class AccessRule extends Schema.Class<AccessRule>("effect-wecom/AccessRule")({
  rule_id: Schema.String,
  ...Wire.optionals({ name: Schema.String, effect_time: Wire.time }),
  /** Such as `9:00-10:00 * * 1-5 *`. */
  rule_list: Wire.list(Schema.String),
  effect_open_userid_list: Wire.list(AccessUser)
}) {}

const rules = Wire.optional(Schema.Struct({ items: Wire.list(AccessRule) }))

/** The access rules of a device. */
export class AccessRules extends Schema.Class<AccessRules>("effect-wecom/AccessRules")({
  /** 门禁规则. */
  pass_rule: rules,
  /** 远程开门规则. */
  remote_pass_rule: rules
}) {}

const newRule = Schema.Struct({
  /** Such as `9:00-10:00,15:30-17:45 * * 0,6 *`: hours, and days of the week (0 is Sunday); `/` is not supported. */
  rule_list: Schema.Array(Wire.filledText),
  effect_open_userid_list: Schema.Array(Schema.Struct({
    open_userid: Wire.filledText,
    /** `Member` or `Student`. Default: `Member`. */
    user_type: Wire.optional(DeviceUserType.schema)
  }))
})

const details = {
  device_sn_list: Wire.items(Wire.filledText, Infinity, 1),
  rule_name: Wire.filledText,
  ...Wire.optionals({
    /** 门禁规则. */
    pass_rule: newRule,
    /** 远程开门规则. */
    remote_pass_rule: newRule
  })
}

/** 门禁规则 to add: of passing, of opening from afar, or both. */
export class NewAccessRule extends Schema.Opaque<NewAccessRule>()(
  Schema.Struct(details).check(Wire.anyOf("pass_rule", "remote_pass_rule"))
) {}

/** 门禁规则 to change. */
export class AccessRuleEdit extends Schema.Opaque<AccessRuleEdit>()(
  Schema.Struct({ rule_id: Wire.filledText, ...details })
) {}

/** A rule that was changed. */
export class UpdatedAccessRule extends Schema.Class<UpdatedAccessRule>("effect-wecom/UpdatedAccessRule")({
  /** Open userids that are none. */
  invalid_list: Wire.list(Schema.String)
}) {}

/** A rule that was added. */
export class AddedAccessRule extends Schema.Class<AddedAccessRule>("effect-wecom/AddedAccessRule")({
  rule_id: Schema.String,
  /** Open userids that are none. */
  invalid_list: Wire.list(Schema.String)
}) {}

/**
 * 设备数据: what the devices of a corp have recorded, and their access rules, for third-party apps.
 *
 * The corp has to install the devices and the app, and to let the app see the devices. Records come in the order in which
 * they were sent, and may come twice.
 */
export class DeviceData extends Domain.Service<DeviceData>()("hardware/DeviceData", "智慧硬件", {
  /**
   * 获取硬件授权结果. The devices whose records the app may read.
   * @see https://developer.work.weixin.qq.com/document/path/96097
   */
  listDevices: Endpoint.query("/cgi-bin/devicedata/get_auth_info", 96097, () => ({
    body: {
      /** Only for old third-party suites of several apps. */
      agentid: Wire.optional(Wire.int)
    },
    success: Endpoint.pluck("device_list", Schema.Struct({ item: Wire.list(AuthorisedDevice) }))
  })),
  /**
   * 获取考勤打卡原始数据. One page; a page may be empty and not the last.
   * @see https://developer.work.weixin.qq.com/document/path/96027
   */
  listCheckins: Endpoint.query("/cgi-bin/devicedata/get_checkin_data", 96027, () => ({
    body: DeviceDataQuery,
    success: CheckinDataPage
  })),
  /**
   * 获取温度检测原始数据. One page; a page may be empty and not the last.
   * @see https://developer.work.weixin.qq.com/document/path/96028
   */
  listTemperatures: Endpoint.query("/cgi-bin/devicedata/get_temperature_data", 96028, () => ({
    body: DeviceDataQuery,
    success: TemperatureDataPage
  })),
  /**
   * 获取门禁通行原始数据. One page; a page may be empty and not the last.
   * @see https://developer.work.weixin.qq.com/document/path/96029
   */
  listPasses: Endpoint.query("/cgi-bin/devicedata/get_accesscontrol_data", 96029, () => ({
    body: DeviceDataQuery,
    success: AccessDataPage
  })),
  /**
   * 读取门禁通行规则. The rules of a device.
   * @see https://developer.work.weixin.qq.com/document/path/96030
   */
  getAccessRules: Endpoint.query("/cgi-bin/devicedata/get_accesscontrol_rule", 96030, () => ({
    body: { device_sn: Wire.filledText },
    success: AccessRules
  })),
  /**
   * 写入门禁通行规则. For members whom both the app and the devices may see.
   * @see https://developer.work.weixin.qq.com/document/path/96031
   */
  addAccessRule: Endpoint.post("/cgi-bin/devicedata/add_accesscontrol_rule", 96031, () => ({
    body: NewAccessRule,
    success: AddedAccessRule
  })),
  /**
   * 修改门禁通行规则. A rule of the app's own; not one that has members or devices beyond those that the app may see.
   * @see https://developer.work.weixin.qq.com/document/path/96221
   */
  updateAccessRule: Endpoint.post(
    "/cgi-bin/devicedata/mod_accesscontrol_rule",
    { doc: 96221, idempotent: true },
    () => ({ body: AccessRuleEdit, success: UpdatedAccessRule })
  ),
  /**
   * 删除门禁通行规则. A rule of the app's own.
   * @see https://developer.work.weixin.qq.com/document/path/96227
   */
  deleteAccessRule: Endpoint.post(
    "/cgi-bin/devicedata/del_accesscontrol_rule",
    { doc: 96227, idempotent: true },
    () => ({ body: { rule_id: Wire.filledText } })
  )
}, (endpoints) => ({
  /**
   * 获取考勤打卡原始数据. All of `listCheckins`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/96027
   */
  listAllCheckins: Paging.make(endpoints.listCheckins, {
    items: ({ checkindata }) => checkindata?.items ?? [],
    next: Paging.followCursor()
  }),
  /**
   * 获取温度检测原始数据. All of `listTemperatures`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/96028
   */
  listAllTemperatures: Paging.make(endpoints.listTemperatures, {
    items: ({ temperature_data }) => temperature_data?.items ?? [],
    next: Paging.followCursor()
  }),
  /**
   * 获取门禁通行原始数据. All of `listPasses`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/96029
   */
  listAllPasses: Paging.make(endpoints.listPasses, {
    items: ({ accesscontrol_data }) => accesscontrol_data?.items ?? [],
    next: Paging.followCursor()
  })
})) {}
