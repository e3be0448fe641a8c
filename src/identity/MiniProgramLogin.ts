/**
 * 小程序登录: who uses a mini program inside WeCom.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 小程序会话. Who logged in, and the key that signs and encrypts what the mini program sends. */
export class MiniProgramSession extends Schema.Class<MiniProgramSession>("effect-wecom/MiniProgramSession")({
  corpid: Schema.String,
  /** Encrypted for third-party mini programs. */
  userid: Schema.String,
  /** 会话密钥. Never give it to the mini program. */
  session_key: Wire.secret
}) {}

/** 小程序登录: who uses a mini program inside WeCom. */
export class MiniProgramLogin
  extends Domain.Service<MiniProgramLogin>()("identity/MiniProgramLogin", "身份验证·小程序登录", {
    /**
     * 小程序登录code2Session. Who brought the code of `wx.qy.login`, which serves once, for 5 minutes (40029).
     *
     * With the secret of the app that the mini program is linked to.
     * @see https://developer.work.weixin.qq.com/document/path/91507
     */
    getSession: Endpoint.get("/cgi-bin/miniprogram/jscode2session", { doc: 91507, idempotent: false }, () => ({
      query: {
        js_code: Wire.filledText,
        grant_type: Wire.constant("authorization_code")
      },
      success: MiniProgramSession
    }))
  })
{}
