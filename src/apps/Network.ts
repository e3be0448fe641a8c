/**
 * 企业微信IP段: the addresses that WeCom answers at, and those that callbacks come from.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 企业微信IP段: the addresses that WeCom answers at, and those that callbacks come from. */
export class Network extends Domain.Service<Network>()("apps/Network", "基础", {
  /**
   * 获取企业微信接口IP段. The addresses of the API's own servers, for a firewall's rules on what goes out. They change:
   * ask daily; old and new ones overlap for a while.
   * @see https://developer.work.weixin.qq.com/document/path/92520
   */
  getApiIps: Endpoint.get("/cgi-bin/get_api_domain_ip", 92520, () => ({
    success: Endpoint.pluck("ip_list", Wire.list(Schema.String))
  })),

  /**
   * 获取企业微信回调IP段. The addresses that callbacks come from, whole ones and ones such as `101.226.103.*`: see
   * {@link isWithin}. They change: ask daily; old and new ones overlap for a while.
   * @see https://developer.work.weixin.qq.com/document/path/92521
   */
  getCallbackIps: Endpoint.get("/cgi-bin/getcallbackip", { doc: 92521, withoutErrcode: "ip_list" }, () => ({
    success: Endpoint.pluck("ip_list", Wire.list(Schema.String))
  }))
}) {
  /** Whether an IPv4 address is one of a list, in which `*` stands for any part. */
  static readonly isWithin = (address: string, list: ReadonlyArray<string>): boolean => {
    const parts = address.split(".")
    return list.some((pattern) => {
      const expected = pattern.split(".")
      return expected.length === parts.length && expected.every((part, i) => part === "*" || part === parts[i])
    })
  }
}
