/**
 * 推广二维码: corps that register with WeCom through a provider's promotion package (推广包), which installs its suites.
 * Calls run as the provider, but for the last one.
 */
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { type ProvidedApp, WeComApp } from "../WeComApp.ts"
import * as Wire from "../Wire.ts"

/** 注册码. For `InstallUrl.register`; it can be used once. */
export class RegisterCode extends Schema.Class<RegisterCode>("effect-wecom/RegisterCode")({
  /** At most 512 bytes. */
  register_code: Schema.String,
  /** In seconds: 600. */
  expires_in: Wire.optional(Wire.int)
}) {}

/** 注册状态. A corp that registered with a code. */
export class RegisteredCorp extends Schema.Class<RegisteredCorp>("effect-wecom/RegisteredCorp")({
  corpid: Schema.String,
  ...Wire.optionals({
    /** 通讯录迁移凭证. Where the promotion package asks for it: see {@link contactSync}. */
    contact_sync: Schema.Struct({
      access_token: Wire.secret,
      /** In seconds: 1,800. */
      expires_in: Wire.optional(Wire.int)
    }),
    /** The corp's administrator. */
    auth_user_info: Schema.Struct({ userid: Schema.String }),
    /** Of the code. */
    state: Schema.String,
    /** 推广包ID. */
    template_id: Schema.String
  })
}) {}

/** 推广二维码: corps that register through a promotion package. */
export class CorpRegistration
  extends Domain.Service<CorpRegistration>()("third-party/CorpRegistration", "第三方应用·推广二维码", {
    /**
     * 获取注册码. A code with which one corp registers; valid for 10 minutes, once.
     *
     * What is said of the corp and its administrator is filled into the form (84020: no such package).
     * @see https://developer.work.weixin.qq.com/document/path/90581
     */
    createCode: Endpoint.post("/cgi-bin/service/get_register_code", { doc: 90581, credential: "provider" }, () => ({
      body: {
        /** 推广包ID, at most 128 bytes. */
        template_id: Wire.text(128),
        ...Wire.optionals({
          corp_name: Schema.String,
          admin_name: Schema.String,
          admin_mobile: Schema.String,
          /** Comes back in {@link RegisteredCorp} and in the events: at most 128 letters and digits. */
          state: Schema.String.check(
            Schema.isPattern(/^[A-Za-z0-9]{0,128}$/, { message: "at most 128 letters and digits are allowed" })
          ),
          /** 跟进人. The userid of the provider's own member who looks after the corp. */
          follow_user: Schema.String
        })
      },
      success: RegisterCode
    })),
    /**
     * 查询注册状态. Which corp registered with a code, within 24 hours; 84024 where none has, or it was no new one.
     * @see https://developer.work.weixin.qq.com/document/path/90582
     */
    getCorp: Endpoint.query("/cgi-bin/service/get_register_info", { doc: 90582, credential: "provider" }, () => ({
      body: { register_code: Wire.filledText },
      success: RegisteredCorp
    })),
    /**
     * 设置通讯录同步完成. Unlocks the address book of a new corp, and ends the token of {@link contactSync}, as which it runs
     * (84023 with any other).
     * @see https://developer.work.weixin.qq.com/document/path/90584
     */
    finishContactSync: Endpoint.get("/cgi-bin/sync/contact_sync_success", { doc: 90584, idempotent: false }, () => ({}))
  })
{
  /**
   * The caller that may fill a new corp's address book, with the token of {@link RegisteredCorp} or of
   * `InfoType/register_corp`: within 30 minutes, until it calls `finishContactSync`.
   *
   * @example
   * ```ts
   * users.create({ ... }).pipe(
   *   Effect.andThen(registration.finishContactSync()),
   *   WeComApp.use(CorpRegistration.contactSync(corp.corpid, corp.contact_sync.access_token))
   * )
   * ```
   */
  static readonly contactSync = (corpId: string, accessToken: Redacted.Redacted): ProvidedApp =>
    WeComApp.provided({ corpId, tokens: { app: { get: Effect.succeed(accessToken) } } })
}
