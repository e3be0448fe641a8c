/**
 * 二次验证: the corp's own check of a member, at login or at work.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 二次验证信息. Whom to check, and what to pass them with. */
export class VerificationInfo extends Schema.Class<VerificationInfo>("effect-wecom/VerificationInfo")({
  userid: Schema.String,
  /** 二次验证授权码. For `pass`: valid for 5 minutes and one use. */
  tfa_code: Wire.secret
}) {}

/**
 * 二次验证: the corp's own check of a member. WeCom sends members to the corp's page with a `code`; the page learns who it
 * is, checks, and passes them. For contact sync and the app whose link the page is; at most 20 calls at a time.
 */
export class SecondVerification
  extends Domain.Service<SecondVerification>()("identity/SecondVerification", "身份验证·二次验证", {
    /**
     * 获取用户二次验证信息. Who came to the page, by the `code` it was opened with: valid for 5 minutes and one use (40029).
     * @see https://developer.work.weixin.qq.com/document/path/99499
     */
    getInfo: Endpoint.post("/cgi-bin/auth/get_tfa_info", 99499, () => ({
      body: { code: Wire.filledText },
      success: VerificationInfo
    })),
    /**
     * 登录二次验证. Lets a member join the corp who logs in for the first time.
     * @see https://developer.work.weixin.qq.com/document/path/99521
     */
    passLogin: Endpoint.get("/cgi-bin/user/authsucc", { doc: 99521, readOnly: false }, () => ({
      query: { userid: Wire.filledText }
    })),
    /**
     * 使用二次验证. Unlocks the member's WeCom (40207 for a wrong `tfa_code`, 40208 when nothing asks to check them).
     * @see https://developer.work.weixin.qq.com/document/path/99500
     */
    pass: Endpoint.post("/cgi-bin/user/tfa_succ", 99500, () => ({
      body: { userid: Wire.filledText, tfa_code: Wire.secret }
    }))
  })
{}
