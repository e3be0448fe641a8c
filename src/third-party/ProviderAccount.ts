/**
 * 充值账户: the balance from which a provider pays for licences and data interfaces. Calls run as the provider
 * (`WeComApp.provider`).
 */
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 充值账户: the balance from which a provider pays. */
export class ProviderAccount
  extends Domain.Service<ProviderAccount>()("third-party/ProviderAccount", "第三方应用·收银台/版本付费", {
    /**
     * 获取服务商账户余额. The provider's balance, in fen (分).
     * @see https://developer.work.weixin.qq.com/document/path/100137
     */
    getBalance: Endpoint.get("/cgi-bin/service/get_account_balance", { doc: 100137, credential: "provider" }, () => ({
      success: Endpoint.pluck("balance", Wire.int)
    }))
  })
{}
