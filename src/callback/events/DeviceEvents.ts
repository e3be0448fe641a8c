/**
 * 智慧硬件事件: what happens to a maker's devices in the corps that use them, and what they record, for suites that may see
 * it.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
import * as Schema from "effect/Schema"
import { DeviceUserType, PassMethod, PassType } from "../../hardware/DeviceUserType.ts"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

export { DeviceUserType, PassMethod, PassType }

const device = () => ({
  ...CallbackWire.providerAndCorp,
  DeviceSn: Schema.String
})

/** A device that may belong to no corp. */
const deviceAnywhere = () => ({
  ...device(),
  AuthCorpId: Wire.optional(Schema.String)
})

/** What devices record has no `CreateTime`. */
const report = () => ({
  CreateTime: CallbackWire.optional(Wire.time),
  TimeStamp: CallbackWire.optional(Wire.time),
  DeviceSn: Schema.String
})

const recorded = () => ({
  OpenUserId: Schema.String,
  UserType: CallbackWire.optional(DeviceUserType.schema)
})

/**
 * 添加设备: a corp uses a device.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceAdded extends Event<DeviceAdded>()("InfoType/add_device", () => ({
  ...device(),
  ...Wire.optionals({
    ModelId: Schema.String,
    RemarkName: Schema.String
  })
})) {}

/**
 * 删除设备: a corp no longer uses a device.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceDeleted extends Event<DeviceDeleted>()("InfoType/del_device", device) {}

/**
 * 设备连接: a device is on line.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceConnected extends Event<DeviceConnected>()("InfoType/connect_info", () => ({
  ...device(),
  ConnectTime: Wire.time
})) {}

/**
 * 设备断开: a device is no longer on line.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceDisconnected extends Event<DeviceDisconnected>()("InfoType/disconnect_info", () => ({
  ...device(),
  DisconnectTime: Wire.time,
  /** Why; no document tells what the numbers mean. */
  Reason: CallbackWire.optional(Wire.int)
})) {}

/**
 * 设备特征变更: whom a device recognises has changed.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceFeatureChanged extends Event<DeviceFeatureChanged>()("InfoType/device_feature_change", device) {}

/**
 * 设备错误上报: a device reports an error.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceFailed extends Event<DeviceFailed>()("InfoType/error_report", () => ({
  ...deviceAnywhere(),
  ErrCode: Wire.int,
  ErrMsg: Wire.optional(Schema.String)
})) {}

/**
 * 设备日志获取完成: a log that was asked for is there.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceLogFetched extends Event<DeviceLogFetched>()("InfoType/fetch_log_finish", () => ({
  ...deviceAnywhere(),
  /** For `Media.get`. */
  MediaId: Schema.String
})) {}

/**
 * 设备备注名变更.
 * @see https://developer.work.weixin.qq.com/document/path/90751
 */
export class DeviceRenamed extends Event<DeviceRenamed>()("InfoType/remark_device_name", () => ({
  ...device(),
  RemarkName: Schema.String
})) {}

/**
 * 设备数据授权变更: a corp lets a suite see the data of other devices than before. `AgentID` is the suite's app there.
 * @see https://developer.work.weixin.qq.com/document/path/96103
 */
export class DeviceDataAuthorisationChanged
  extends Event<DeviceDataAuthorisationChanged>()("InfoType/device_data_auth_change", () => CallbackWire.suiteInCorp)
{}

/**
 * 考勤打卡原始数据回调. Takes its answer within a second.
 * @see https://developer.work.weixin.qq.com/document/path/97214
 */
export class DeviceCheckinsReported extends Event<DeviceCheckinsReported>()("event/device_checkin_data_report", () => ({
  ...report(),
  CheckInDataList: CallbackWire.wrapped(
    "Item",
    Schema.Struct({ ...recorded(), CheckinTime: CallbackWire.optional(Wire.time) })
  )
})) {}

/**
 * 门禁通行原始数据回调. Takes its answer within a second.
 * @see https://developer.work.weixin.qq.com/document/path/97215
 */
export class DevicePassagesReported
  extends Event<DevicePassagesReported>()("event/device_accesscontrol_data_report", () => ({
    ...report(),
    AccessDataList: CallbackWire.wrapped(
      "Item",
      Schema.Struct({
        ...recorded(),
        TimeStamp: CallbackWire.optional(Wire.time),
        PassType: CallbackWire.optional(PassType.schema),
        PassMethod: CallbackWire.optional(PassMethod.schema)
      })
    )
  }))
{}

/**
 * 体温检测原始数据回调. Takes its answer within a second.
 * @see https://developer.work.weixin.qq.com/document/path/97216
 */
export class DeviceTemperaturesReported
  extends Event<DeviceTemperaturesReported>()("event/device_temperature_data_report", () => ({
    ...report(),
    TemperatureDataList: CallbackWire.wrapped(
      "Item",
      Schema.Struct({
        ...recorded(),
        TimeStamp: CallbackWire.optional(Wire.time),
        /** In degrees Celsius. */
        Temperature: Wire.optional(Schema.String),
        /** Whether it is normal; no document tells what the numbers mean. */
        Status: CallbackWire.optional(Wire.int)
      })
    )
  }))
{}
