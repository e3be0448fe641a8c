/**
 * 设备接入: the devices of a maker's model, and the secrets that they call with.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { serialNumber } from "./fields.ts"

/** 设备授权密钥: what a device calls with, until the corp unbinds it. */
export class DeviceSecret extends Schema.Class<DeviceSecret>("effect-wecom/DeviceSecret")({
  /** For `WeComApp.device`: keep it. */
  device_secret: Wire.secret,
  ...Wire.optionals({
    /** A first token; the client fetches its own. */
    device_access_token: Wire.secret,
    /** Of that token, in seconds. */
    expires_in: Wire.int
  })
}) {}

/**
 * 设备接入: the devices of a maker's model, and the secrets that they call with.
 *
 * Called as `WeComApp.model`. The tokens themselves (获取设备型号调用凭证, 获取设备调用凭证) the client fetches.
 */
export class DeviceCredentials extends Domain.Service<DeviceCredentials>()("hardware/DeviceCredentials", "智慧硬件", {
  /**
   * 获取设备授权密钥. Takes the `auth_code`, 64 to 512 bytes, that was pushed when a corp bound a device. A code is good for
   * one call.
   * @see https://developer.work.weixin.qq.com/document/path/95993
   */
  getSecret: Endpoint.post("/cgi-bin/openhw/get_device_secret", { doc: 95993, credential: "model" }, () => ({
    body: { auth_code: Wire.secret },
    success: DeviceSecret
  })),
  /**
   * 录入设备. Registers a device by its SN, which is unique among all makers. Returns what its static QR code says.
   * @see https://developer.work.weixin.qq.com/document/path/95980
   */
  addDevice: Endpoint.post("/cgi-bin/openhw/model/register_sn", { doc: 95980, credential: "model" }, () => ({
    body: { device_sn: serialNumber },
    success: Endpoint.pluck("qr_code", Schema.String)
  })),
  /**
   * 删除设备. Removes a device that no corp has bound.
   * @see https://developer.work.weixin.qq.com/document/path/95981
   */
  removeDevice: Endpoint.post(
    "/cgi-bin/openhw/model/unregister_sn",
    { doc: 95981, credential: "model", idempotent: true },
    () => ({ body: { device_sn: serialNumber } })
  )
}) {}
