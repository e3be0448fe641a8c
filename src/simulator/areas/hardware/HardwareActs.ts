/**
 * What happens to the devices of a maker in a corp, and what they record of members: each an act on the simulator of the
 * context. The maker (the provider) is told of the devices, the apps that may read them of what they record.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Events from "../../../callback/events/DeviceEvents.ts"
import { AccessDatum, CheckinDatum, TemperatureDatum } from "../../../hardware/DeviceData.ts"
import { DeviceUserType, PassMethod, PassType, TemperatureStatus } from "../../../hardware/DeviceUserType.ts"
import * as Act from "../../engine/Act.ts"
import { appsOf, command, event, type Notice } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { keepMedia } from "../../engine/World.ts"
import { hardwareOf, recordOf } from "./HardwareDevices.ts"

const ofDevice = { device_sn: Schema.String }

const deviceOf = Effect.fn(function*(of: Act.In & { readonly device_sn: string }) {
  const provider = yield* Act.providerOf
  const corp = yield* Act.corpOf(of)
  const device = hardwareOf(corp).devices.get(of.device_sn)
  if (device === undefined) return yield* Act.fail(`${corp.id} has no device ${of.device_sn}`)
  const now = yield* Clock.currentTimeMillis
  const header = {
    ServiceCorpId: provider.corpId,
    AuthCorpId: corp.id,
    TimeStamp: timeOf(now),
    DeviceSn: of.device_sn
  }
  return { corp, device, header, now, provider }
})

/** 添加设备. A corp uses a device (`add_device`). */
export const add = Act.make({
  input: Act.input({
    ...ofDevice,
    model_id: Schema.optional(Schema.String.annotate({ description: "Default: W1." })),
    remark_name: Schema.optional(Schema.String.annotate({ description: "Default: the serial number." }))
  }),
  run: Effect.fn(function*(of) {
    const provider = yield* Act.providerOf
    const corp = yield* Act.corpOf(of)
    const { device_sn, model_id = "W1", remark_name = device_sn } = of
    const { devices } = hardwareOf(corp)
    if (devices.has(device_sn)) return yield* Act.fail(`${corp.id} has the device ${device_sn} already`)
    devices.set(device_sn, { sn: device_sn, model: model_id, name: remark_name, isOnline: false })
    return yield* Act.tellOne(
      { provider },
      new Events.DeviceAdded({
        ServiceCorpId: provider.corpId,
        AuthCorpId: corp.id,
        TimeStamp: timeOf(yield* Clock.currentTimeMillis),
        DeviceSn: device_sn,
        ModelId: model_id,
        RemarkName: remark_name
      })
    )
  })
})

/** 删除设备. A corp no longer uses a device (`del_device`). */
export const remove = Act.make({
  input: Act.input(ofDevice),
  run: Effect.fn(function*(of) {
    const { corp, header, provider } = yield* deviceOf(of)
    hardwareOf(corp).devices.delete(of.device_sn)
    return yield* Act.tellOne({ provider }, new Events.DeviceDeleted(header))
  })
})

/** 修改设备备注名. A corp gives a device another name (`remark_device_name`). */
export const rename = Act.make({
  input: Act.input({ ...ofDevice, remark_name: Schema.String }),
  run: Effect.fn(function*(of) {
    const { device, header, provider } = yield* deviceOf(of)
    device.name = of.remark_name
    return yield* Act.tellOne({ provider }, new Events.DeviceRenamed({ ...header, RemarkName: of.remark_name }))
  })
})

/** 设备连接. A device comes on line (`connect_info`). */
export const connect = Act.make({
  input: Act.input(ofDevice),
  run: Effect.fn(function*(of) {
    const { device, header, now, provider } = yield* deviceOf(of)
    device.isOnline = true
    return yield* Act.tellOne({ provider }, new Events.DeviceConnected({ ...header, ConnectTime: timeOf(now) }))
  })
})

/** 设备断开. A device is off line (`disconnect_info`). */
export const disconnect = Act.make({
  input: Act.input({ ...ofDevice, reason: Schema.optional(Schema.Int) }),
  run: Effect.fn(function*(of) {
    const { device, header, now, provider } = yield* deviceOf(of)
    device.isOnline = false
    return yield* Act.tellOne(
      { provider },
      new Events.DeviceDisconnected({ ...header, DisconnectTime: timeOf(now), Reason: of.reason })
    )
  })
})

/** 设备特征变更. Whom a device recognises changes (`device_feature_change`). */
export const changeFeatures = Act.make({
  input: Act.input(ofDevice),
  run: Effect.fn(function*(of) {
    const { header, provider } = yield* deviceOf(of)
    return yield* Act.tellOne({ provider }, new Events.DeviceFeatureChanged(header))
  })
})

/** 设备错误上报. A device reports an error (`error_report`). */
export const fail = Act.make({
  input: Act.input({ ...ofDevice, errcode: Schema.Int, errmsg: Schema.optional(Schema.String) }),
  run: Effect.fn(function*(of) {
    const { header, provider } = yield* deviceOf(of)
    return yield* Act.tellOne(
      { provider },
      new Events.DeviceFailed({ ...header, ErrCode: of.errcode, ErrMsg: of.errmsg })
    )
  })
})

/** 设备日志获取完成. A device sends its log, a file for `Media.get` (`fetch_log_finish`). */
export const sendLog = Act.make({
  input: Act.input({ ...ofDevice, text: Schema.String }),
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const { corp, header, now, provider } = yield* deviceOf(of)
    const bytes = new TextEncoder().encode(of.text)
    const file = { filename: `${of.device_sn}.log`, contentType: "text/plain", bytes }
    const MediaId = keepMedia(world, corp, "file", file, now)
    return yield* Act.tellOne({ provider }, new Events.DeviceLogFetched({ ...header, MediaId }))
  })
})

/** 设备数据授权. A corp lets an app read the records of these devices, and of no others (`device_data_auth_change`). */
export const authorise = Act.make({
  input: Act.input({
    agentId: Schema.Int.annotate({ description: "Of the app." }),
    device_sns: Schema.Array(Schema.String)
  }),
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(of)
    const { devices, readable } = hardwareOf(corp)
    const unknown = of.device_sns.find((sn) => !devices.has(sn))
    if (unknown !== undefined) return yield* Act.fail(`${corp.id} has no device ${unknown}`)
    const app = appsOf(world, corp).find(({ app }) => app.agentId === of.agentId)?.app
    if (app === undefined) return yield* Act.fail(`${corp.id} has no app ${of.agentId}`)
    readable.set(app, new Set(of.device_sns))
    const notice = command(Events.DeviceDataAuthorisationChanged, { AgentID: of.agentId })
    return yield* Act.tell(corp, (one) => one === app ? notice : undefined)
  })
})

const ofMember = { ...ofDevice, userid: Schema.String }

const recording = Effect.fn(function*(of: Act.In & { readonly device_sn: string; readonly userid: string }) {
  const corp = yield* Act.corpOf(of)
  const { user: { userid } } = yield* Act.memberOf(corp, of.userid)
  const hardware = hardwareOf(corp)
  if (!hardware.devices.has(of.device_sn)) return yield* Act.fail(`${corp.id} has no device ${of.device_sn}`)
  const at = yield* Clock.currentTimeMillis
  const tellReaders = (notice: Notice): Act.Told =>
    Act.tell(corp, (app) => hardware.readable.get(app)?.has(of.device_sn) === true ? notice : undefined)
  return { corp, hardware, at, time: timeOf(at), what: { at, sn: of.device_sn, userid }, tellReaders }
})

/** 考勤打卡. A device records that a member comes to work or leaves (`device_checkin_data_report`). */
export const checkIn = Act.make({
  input: Act.input(ofMember),
  run: Effect.fn(function*(of) {
    const { corp, hardware, tellReaders, time, what } = yield* recording(of)
    const record = recordOf(corp, {
      ...what,
      datum: (open_userid) => new CheckinDatum({ open_userid, checkin_time: time, device_sn: what.sn })
    })
    hardware.checkins.push(record)
    return yield* tellReaders(event(Events.DeviceCheckinsReported, {
      TimeStamp: time,
      DeviceSn: what.sn,
      CheckInDataList: [{ OpenUserId: record.open_userid, UserType: record.userType, CheckinTime: time }]
    }))
  })
})

/** 门禁通行. A member passes a door (`device_accesscontrol_data_report`). */
export const pass = Act.make({
  input: Act.input({
    ...ofMember,
    pass_type: Schema.optional(PassType.schema),
    pass_method: Schema.optional(PassMethod.schema)
  }),
  run: Effect.fn(function*(of) {
    const { corp, hardware, tellReaders, time, what } = yield* recording(of)
    const { pass_method = PassMethod.Face, pass_type = PassType.In } = of
    const user_type = DeviceUserType.Member
    const record = recordOf(corp, {
      ...what,
      datum: (open_userid) =>
        new AccessDatum({ open_userid, user_type, timestamp: time, pass_type, pass_method, device_sn: what.sn })
    })
    hardware.passes.push(record)
    return yield* tellReaders(event(Events.DevicePassagesReported, {
      TimeStamp: time,
      DeviceSn: what.sn,
      AccessDataList: [{
        OpenUserId: record.open_userid,
        UserType: record.userType,
        TimeStamp: time,
        PassType: pass_type,
        PassMethod: pass_method
      }]
    }))
  })
})

/** 体温检测. A device takes a member's temperature (`device_temperature_data_report`). */
export const takeTemperature = Act.make({
  input: Act.input({
    ...ofMember,
    temperature: Schema.String.annotate({ description: "In degrees Celsius, such as 36.7." }),
    status: Schema.optional(TemperatureStatus.schema)
  }),
  run: Effect.fn(function*(of) {
    const { corp, hardware, tellReaders, time, what } = yield* recording(of)
    const { status = TemperatureStatus.Normal, temperature } = of
    const user_type = DeviceUserType.Member
    const record = recordOf(corp, {
      ...what,
      datum: (open_userid) =>
        new TemperatureDatum({ open_userid, user_type, timestamp: time, temperature, status, device_sn: what.sn })
    })
    hardware.temperatures.push(record)
    return yield* tellReaders(event(Events.DeviceTemperaturesReported, {
      TimeStamp: time,
      DeviceSn: what.sn,
      TemperatureDataList: [{
        OpenUserId: record.open_userid,
        UserType: record.userType,
        TimeStamp: time,
        Temperature: temperature,
        Status: status
      }]
    }))
  })
})
