/**
 * 应用授权: how a corp installs a suite, and what the provider then knows of it. Calls run as a suite
 * (`WeComApp.suite`), but for one that runs as the provider.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import {
  AppEdition,
  AuthorisedAgent,
  AuthorisedCorp,
  AuthType,
  AuthUser,
  DealerCorp,
  RegisterCodeInfo
} from "./AuthorisedCorp.ts"

/** 预授权码. Begins an installation on the provider's own page: see `InstallUrl.install`. */
export class PreAuthCode extends Schema.Class<PreAuthCode>("effect-wecom/PreAuthCode")({
  /** At most 512 bytes. */
  pre_auth_code: Wire.secret,
  /** In seconds: 1,200. */
  expires_in: Wire.optional(Wire.int)
}) {}

/** 授权: a suite was installed. */
export class SuiteInstallation extends Schema.Class<SuiteInstallation>("effect-wecom/SuiteInstallation")({
  /** 永久授权码. Keep it in `PermanentCodes`: at most 512 bytes. Of a template it is the secret of the corp's app. */
  permanent_code: Wire.secret,
  ...Wire.optionals({
    auth_corp_info: AuthorisedCorp,
    auth_user_info: AuthUser,
    /** Where a promotion code led to the installation. */
    register_code_info: RegisterCodeInfo,
    /** Of the code that was scanned: {@link SuiteAuthorisation.endpoints.createTemplateUrl}. */
    state: Schema.String,
    /** The corp's token, from the older endpoint; not for apps that were developed for the corp. */
    access_token: Wire.secret,
    /** In seconds. */
    expires_in: Wire.int,
    /** From the older endpoint, as the two below. */
    dealer_corp_info: DealerCorp,
    auth_info: Schema.Struct({ agent: Wire.list(AuthorisedAgent) }),
    edition_info: Schema.Struct({ agent: Wire.list(AppEdition) })
  })
}) {}

/** 企业授权信息. */
export class SuiteAuthorisationInfo
  extends Schema.Class<SuiteAuthorisationInfo>("effect-wecom/SuiteAuthorisationInfo")({
    dealer_corp_info: Wire.optional(DealerCorp),
    auth_corp_info: AuthorisedCorp,
    ...Wire.optionals({
      /** Absent for address book apps without an app of their own, and for chat archives. */
      auth_info: Schema.Struct({ agent: Wire.list(AuthorisedAgent) }),
      /** Where the suite is paid for, from the older endpoint. */
      edition_info: Schema.Struct({ agent: Wire.list(AppEdition) })
    })
  })
{
  /** The app that the suite is in the corp: suites of today have exactly one. */
  get agent(): AuthorisedAgent | undefined {
    return this.auth_info?.agent[0]
  }
}

/** 管理员权限. What an administrator may do with an app. */
export const AdminAuthType = Wire.oneOf({
  Send: [0, "发消息权限"],
  Manage: [1, "管理权限"]
})

/** 应用管理员. */
export class SuiteAdmin extends Schema.Class<SuiteAdmin>("effect-wecom/SuiteAdmin")({
  userid: Schema.String,
  open_userid: Wire.optional(Schema.String),
  auth_type: AdminAuthType.schema
}) {}

/** 二维码样式. */
export const QrcodeStyle = Wire.oneOf({
  FramedForPrint: [0, "带说明外框的二维码，适合于实体物料"],
  FramedForScreen: [1, "带说明外框的二维码，适合于屏幕类"],
  Small: [2, "不带说明外框（小尺寸）"],
  Medium: [3, "不带说明外框（中尺寸）"],
  Large: [4, "不带说明外框（大尺寸）"]
})

/** 带参授权链接. */
export class TemplateUrl extends Schema.Class<TemplateUrl>("effect-wecom/TemplateUrl")({
  /** To be shown as a QR code that an administrator of the corp scans. */
  qrcode_url: Schema.String,
  /** In seconds: 10 days. */
  expires_in: Wire.optional(Wire.int)
}) {}

/** Letters and digits, at most 32: comes back in {@link SuiteInstallation}. */
const state = Schema.String.check(
  Schema.isPattern(/^[A-Za-z0-9]{0,32}$/, { message: "at most 32 letters and digits are allowed" })
)

/** 应用授权: how a corp installs a suite. */
export class SuiteAuthorisation
  extends Domain.Service<SuiteAuthorisation>()("third-party/SuiteAuthorisation", "第三方应用·授权", {
    /**
     * 获取预授权码. The code for the link with which an administrator installs the suite; valid for 20 minutes (42007).
     * @see https://developer.work.weixin.qq.com/document/path/90601
     */
    getPreAuthCode: Endpoint.get("/cgi-bin/service/get_pre_auth_code", { doc: 90601, credential: "suite" }, () => ({
      success: PreAuthCode
    })),
    /**
     * 设置授权配置. How one installation goes: as a test, before the suite is published.
     * @see https://developer.work.weixin.qq.com/document/path/90602
     */
    setSessionInfo: Endpoint.post("/cgi-bin/service/set_session_info", {
      doc: 90602,
      credential: "suite",
      idempotent: true
    }, () => ({
      body: {
        pre_auth_code: Wire.secret,
        session_info: Schema.Struct({
          ...Wire.optionals({
            /** Of the older suites of several apps: which of them. Default: all. */
            appid: Schema.Array(Wire.int),
            /** Default: formal. */
            auth_type: AuthType.schema
          })
        })
      }
    })),
    /**
     * 获取企业永久授权码. What the code of an installation stands for; it can be used once, within 10 minutes (40078).
     *
     * The code comes with `InfoType/create_auth`, with the redirect of an installation link, or, after a reset, with
     * `InfoType/reset_permanent_code`. What the suite may do is told by `getAuthInfo`.
     * @see https://developer.work.weixin.qq.com/document/path/100776
     */
    getPermanentCode: Endpoint.post(
      "/cgi-bin/service/v2/get_permanent_code",
      { doc: 100776, credential: "suite" },
      () => ({
        body: { auth_code: Wire.secret },
        success: SuiteInstallation
      })
    ),
    /**
     * 获取企业永久授权码(旧). The older, slower form of `getPermanentCode`, which also tells what the suite may do, and the
     * corp's first token.
     * @see https://developer.work.weixin.qq.com/document/path/90603
     */
    getPermanentCodeLegacy: Endpoint.post(
      "/cgi-bin/service/get_permanent_code",
      { doc: 90603, credential: "suite" },
      () => ({
        body: { auth_code: Wire.secret },
        success: SuiteInstallation
      })
    ),
    /**
     * 获取企业授权信息. What a suite may do in a corp now (40084 where it is no longer installed).
     * @see https://developer.work.weixin.qq.com/document/path/100779
     */
    getAuthInfo: Endpoint.query("/cgi-bin/service/v2/get_auth_info", { doc: 100779, credential: "suite" }, () => ({
      body: { auth_corpid: Wire.filledText, permanent_code: Wire.secret },
      success: SuiteAuthorisationInfo
    })),
    /**
     * 获取企业授权信息(旧). The older, slower form of `getAuthInfo`, which also tells what is paid for.
     * @see https://developer.work.weixin.qq.com/document/path/91912
     */
    getAuthInfoLegacy: Endpoint.query("/cgi-bin/service/get_auth_info", { doc: 91912, credential: "suite" }, () => ({
      body: { auth_corpid: Wire.filledText, permanent_code: Wire.secret },
      success: SuiteAuthorisationInfo
    })),
    /**
     * 获取应用的管理员列表. Who administers a suite in a corp: nobody where members installed it for themselves.
     *
     * No longer maintained by WeCom, who advises `agent/get_admin_list`. Default of the agent id: the app's.
     * @see https://developer.work.weixin.qq.com/document/path/90606
     */
    listAdmins: Endpoint.query(
      "/cgi-bin/service/get_admin_list",
      { doc: 90606, credential: "suite", agent: true },
      () => ({
        body: { auth_corpid: Wire.filledText, agentid: Wire.optional(Wire.int) },
        success: Endpoint.pluck("admin", Wire.list(SuiteAdmin))
      })
    ),
    /**
     * 获取应用二维码. The URL of the picture of a QR code with which corps install a suite that is published.
     * @see https://developer.work.weixin.qq.com/document/path/95430
     */
    getQrcodeUrl: Endpoint.query("/cgi-bin/service/get_app_qrcode", { doc: 95430, credential: "suite" }, () => ({
      body: {
        suite_id: Wire.filledText,
        ...Wire.optionals({
          /** Of the older suites of several apps. Default: 1. */
          appid: Wire.int,
          /** Comes back in {@link SuiteInstallation}. */
          state: state,
          /** Default: small, without a frame. */
          style: QrcodeStyle.schema
        }),
        /** The URL, rather than the picture itself. */
        result_type: Wire.constant(2)
      },
      success: Endpoint.pluck("qrcode", Schema.String)
    })),
    /**
     * 获取带参授权链接. The URL of a QR code with which a corp lets the provider develop apps from templates (代开发应用模板)
     * for it; valid for 10 days. Runs as the provider.
     * @see https://developer.work.weixin.qq.com/document/path/98744
     */
    createTemplateUrl: Endpoint.post(
      "/cgi-bin/service/get_customized_auth_url",
      { doc: 98744, credential: "provider" },
      () => ({
        body: {
          state,
          /** Ids of templates, at most 9. */
          templateid_list: Wire.items(Wire.filledText, 9, 1)
        },
        success: TemplateUrl
      })
    )
  })
{}
