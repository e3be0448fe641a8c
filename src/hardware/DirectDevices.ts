/**
 * 硬件直连: the devices of a maker that connect to WeCom directly. The documents have not had these since 2024.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 设备实例: a device that was added. */
export class DirectDevice extends Schema.Class<DirectDevice>("effect-wecom/DirectDevice")({
  device_sn: Schema.String,
  ...Wire.optionals({
    model_id: Schema.String,
    /** A 64-bit number, as text. */
    device_id: Wire.int64,
    /** What the device connects with. */
    secret_no: Wire.secret,
    qr_code: Schema.String,
    create_time: Wire.time
  })
}) {}

/** A device of the list. */
export class ListedDevice extends Schema.Class<ListedDevice>("effect-wecom/ListedDevice")({
  device_sn: Schema.String,
  model_id: Wire.optional(Schema.String)
}) {}

/** One page of devices. */
export class DirectDevicePage extends Schema.Class<DirectDevicePage>("effect-wecom/DirectDevicePage")({
  device_list: Wire.list(ListedDevice)
}) {}

/** 设备绑定信息: who has bound a device. */
export class DeviceBinding extends Schema.Class<DeviceBinding>("effect-wecom/DeviceBinding")(Wire.optionals({
  auth_corp_info: Schema.Struct(Wire.optionals({ corpid: Schema.String, corp_name: Schema.String })),
  device_info: Schema.Struct(Wire.optionals({ model_id: Schema.String, remark_name: Schema.String }))
})) {}

const device_sn = Wire.filledText

/**
 * 硬件直连: the devices of a maker that connect to WeCom directly, called as `WeComApp.provider`.
 *
 * The documents have not had these since 2024: new devices connect as `Devices`. The service as a whole is the legacy one, so
 * that its methods are not named `xLegacy` one by one.
 */
export class DirectDevices extends Domain.Service<DirectDevices>()("hardware/DirectDevices", "智慧硬件", {
  /**
   * 添加设备实例. Returns what the device connects with.
   * @see https://developer.work.weixin.qq.com/document/path/90626
   */
  add: Endpoint.post(
    "/cgi-bin/service/add_device",
    { doc: 90626, credential: "provider", int64: ["device_id"] },
    () => ({
      body: { model_id: Wire.filledText, device_sn, remark_name: Wire.optional(Schema.String) },
      success: Endpoint.pluck("device_info", DirectDevice)
    })
  ),
  /**
   * 删除设备实例.
   * @see https://developer.work.weixin.qq.com/document/path/92770
   */
  delete: Endpoint.post(
    "/cgi-bin/service/del_device",
    { doc: 92770, credential: "provider", idempotent: true },
    () => ({ body: { device_sn } })
  ),
  /**
   * 查询设备列表. One page of the maker's devices.
   * @see https://developer.work.weixin.qq.com/document/path/91346
   */
  list: Endpoint.query("/cgi-bin/service/list_device", { doc: 91346, credential: "provider" }, () => ({
    body: Wire.optionals({ offset: Wire.intFrom(0), limit: Wire.intFrom(1) }),
    success: DirectDevicePage
  })),
  /**
   * 查询设备绑定信息. The corp that has bound a device.
   * @see https://developer.work.weixin.qq.com/document/path/90753
   */
  getBinding: Endpoint.query(
    "/cgi-bin/service/get_device_auth_info",
    { doc: 90753, credential: "provider" },
    () => ({ body: { device_sn }, success: DeviceBinding })
  ),
  /**
   * 重置设备secretNo. The device can then be set up again.
   * @see https://developer.work.weixin.qq.com/document/path/90753
   */
  changeSecret: Endpoint.post("/cgi-bin/service/reset_secret_no", { doc: 90753, credential: "provider" }, () => ({
    body: { device_sn }
  })),
  /**
   * 获取设备日志. Asks the device for a log; an event reports when it is there.
   * @see https://developer.work.weixin.qq.com/document/path/91475
   */
  startLog: Endpoint.post("/cgi-bin/service/fetch_device_log", { doc: 91475, credential: "provider" }, () => ({
    body: {
      device_sn,
      /** Which log, such as `device_log/20190101`. */
      hint: Wire.optional(Schema.String)
    }
  })),
  /**
   * 设置打印机支持状态. Whether the printer that a print box has found cannot be used.
   * @see https://developer.work.weixin.qq.com/document/path/92782
   */
  setPrinterSupport: Endpoint.post(
    "/cgi-bin/service/set_printer_support_state",
    { doc: 92782, credential: "provider", idempotent: true },
    () => ({ body: { device_sn, not_supported_printer: Schema.Boolean } })
  ),
  /**
   * 获取硬件设备特征串. What a device says of itself, as JSON text, such as the printer of a print box.
   * @see https://developer.work.weixin.qq.com/document/path/92739
   */
  getFeature: Endpoint.query("/cgi-bin/hardware/get_device_feature", { doc: 92739, credential: "provider" }, () => ({
    body: { device_sn },
    success: Endpoint.pluck("device_feature", Schema.String)
  }))
}, (endpoints) => ({
  /**
   * 查询设备列表. All devices of `list`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/91346
   */
  listAll: Paging.byOffset(endpoints.list, "device_list")
})) {}
