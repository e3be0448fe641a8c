/**
 * 接口许可设置: since when an app needs licences in a corp, and whether members activate them by using it. Calls run as the
 * provider (`WeComApp.provider`).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 应用的接口许可状态. */
export class AppLicence extends Schema.Class<AppLicence>("effect-wecom/AppLicence")(
  Wire.optionals({
    /** Whether licences are checked: after the trial, members need them. */
    license_status: Wire.flag,
    /** 试用期: 90 days from the first installation. Absent for test corps and migrated apps. */
    trail_info: Schema.Struct(Wire.optionals({ start_time: Wire.time, end_time: Wire.time })),
    /** When calls for members without a licence begin to be refused. */
    license_check_time: Wire.time
  })
) {}

/** 民生行业优惠支持情况. */
export class LicencePolicySupport extends Schema.Class<LicencePolicySupport>("effect-wecom/LicencePolicySupport")({
  /** Whether the corp meets the conditions. */
  query_result: Wire.optional(Wire.flag),
  /** The errcodes that say why not, such as 701091 for the trade. */
  unsatisfied_reason: Wire.list(Wire.int)
}) {}

/** 接口许可设置: since when an app needs licences in a corp, and how they are activated. */
export class LicenceSettings
  extends Domain.Service<LicenceSettings>()("licences/LicenceSettings", "第三方应用·接口许可license", {
    /**
     * 获取应用的接口许可状态. Whether, and since when, a suite that a corp has installed needs licences there.
     * @see https://developer.work.weixin.qq.com/document/path/95844
     */
    getAppLicence: Endpoint.query(
      "/cgi-bin/license/get_app_license_info",
      { doc: 95844, credential: "provider" },
      () => ({
        body: {
          corpid: Wire.filledText,
          suite_id: Wire.filledText,
          /** Of the older suites of several apps alone. */
          appid: Wire.optional(Wire.int)
        },
        success: AppLicence
      })
    ),
    /**
     * 设置企业的许可自动激活状态. Whether members of a corp activate a licence by using an app of the provider, who has
     * bought some for the corp.
     * @see https://developer.work.weixin.qq.com/document/path/95873
     */
    setAutoActivation: Endpoint.post(
      "/cgi-bin/license/set_auto_active_status",
      { doc: 95873, credential: "provider", idempotent: true },
      () => ({
        body: { corpid: Wire.filledText, auto_active_status: Wire.flag }
      })
    ),
    /**
     * 查询企业的许可自动激活状态. Whether members of a corp activate a licence by using an app of the provider.
     * @see https://developer.work.weixin.qq.com/document/path/95874
     */
    getAutoActivation: Endpoint.query(
      "/cgi-bin/license/get_auto_active_status",
      { doc: 95874, credential: "provider" },
      () => ({
        body: { corpid: Wire.filledText },
        success: Endpoint.pluck("auto_active_status", Wire.flag)
      })
    ),
    /**
     * 查询企业民生行业优惠支持情况. Whether a corp meets the conditions of the discount for public services, which ended on
     * 31 March 2023. Once in 30 days for a corp.
     * @see https://developer.work.weixin.qq.com/document/path/96515
     */
    getPolicySupport: Endpoint.query(
      "/cgi-bin/license/support_policy_query",
      { doc: 96515, credential: "provider", idempotent: false },
      () => ({
        body: { corpid: Wire.filledText },
        success: LicencePolicySupport
      })
    )
  })
{}
