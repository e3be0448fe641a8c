/**
 * 创建对外收款账户: applying for an account that receives money.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 主体类型. */
export const OrganizationType = Wire.oneOf({
  Company: [0, "企业"],
  Individual: [1, "个体"],
  Society: [2, "社会团体组织"],
  Institution: [3, "事业单位"]
})

/** 登记证书类型. */
export const CertificateType = Wire.oneOf({
  UnifiedCode: [2389, "统一社会信用代码证书"],
  Society: [2394, "社会团体法人登记证书"],
  NonEnterprise: [2395, "民办非企业单位登记证书"],
  Foundation: [2396, "基金会法人登记证书"],
  ReligiousSite: [2399, "宗教活动场所登记证"],
  Other: [2400, "政府部门下发的其他有效证明文件"],
  Practice: [2520, "执业许可证/执业证"],
  Community: [2521, "基层群众性自治组织特别法人统一社会信用代码证"],
  RuralCollective: [2522, "农村集体经济组织登记证"]
})

/** 证件类型. */
export const IdDocumentType = Wire.oneOf({
  MainlandIdCard: [0, "中国大陆居民-身份证"],
  Passport: [1, "其他国家或地区居民-护照"],
  HongKongPermit: [2, "中国香港居民--来往内地通行证"],
  MacaoPermit: [3, "中国澳门居民--来往内地通行证"],
  TaiwanPermit: [4, "中国台湾居民--来往大陆通行证"],
  ForeignerPermit: [5, "外国人居留证"],
  HongKongMacaoResident: [6, "港澳居民证"],
  TaiwanResident: [7, "台湾居民证"],
  IdCard: [8, "中国大陆居民-身份证"]
})

/** 超级管理员类型. */
export const PaymentAdminType = Wire.oneOf({ LegalPerson: ["65", "经营者/法人"], Agent: ["66", "经办人"] })

/** 账户类型. */
export const BankAccountType = Wire.oneOf({ Company: [74, "对公账户"], Private: [75, "对私账户"] })

/** 经营场景. */
export const SalesScene = Wire.oneOf({ Store: [1, "线下门店"], Online: [2, "线上店铺"] })

/** 营业执照/登记证书信息. Pictures by the ids of `uploadImage`, days as `YYYY-MM-DD`. */
export class BusinessLicence extends Schema.Opaque<BusinessLicence>()(Schema.Struct({
  /** Of a 社会团体组织 alone. */
  cert_type: Wire.optional(CertificateType.schema),
  business_license_copy_open_wx_pay_media_id: Wire.filledText,
  business_license_number: Wire.filledText,
  /** 2 to 128 characters, as in the certificate. */
  merchant_name: Wire.chars(128),
  /** 2 to 100 characters. */
  legal_person: Wire.chars(100),
  ...Wire.optionals({
    /** 4 to 128 characters; needed of a 社会团体组织 or 事业单位. */
    company_address: Wire.chars(128),
    /** From 1900-01-01 on, before today; needed of a 社会团体组织 or 事业单位. */
    business_time_begin_time: Wire.filledText,
    /** A day, or `长期`; needed of a 社会团体组织 or 事业单位. */
    business_time_end_time: Wire.filledText
  })
})) {}

/** 金融机构许可证信息. */
export class FinanceLicence extends Schema.Opaque<FinanceLicence>()(Schema.Struct({
  /** `BANK_AGENT`, `PAYMENT_AGENT`, `INSURANCE`, `TRADE_AND_SETTLE` or `OTHER`. */
  finance_type: Wire.filledText,
  /** Pictures, at most 5. */
  finance_license_pics_open_wx_pay_media_id: Wire.items(Wire.filledText, 5, 1)
})) {}

const person = {
  /** 2 to 100 characters. */
  id_card_name: Wire.chars(100),
  id_card_number: Wire.filledText
}

const document = {
  /** 证件正面照片, a picture. */
  id_card_copy_open_wx_pay_media_id: Wire.filledText,
  /** `YYYY-MM-DD`. */
  id_card_valid_time_begin: Wire.filledText,
  /** `YYYY-MM-DD`, or `长期`. */
  id_card_valid_time: Wire.filledText
}

const further = Wire.optionals({
  /** 证件反面照片, a picture; not of a passport. */
  id_card_national_open_wx_pay_media_id: Wire.filledText,
  /** Default: an identity card. */
  id_doc_type: IdDocumentType.schema
})

/** 证件信息: who somebody is. Pictures by the ids of `uploadImage`. */
export class IdDocument extends Schema.Opaque<IdDocument>()(Schema.Struct({
  ...person,
  ...document,
  ...further,
  /** 4 to 128 characters; needed of a company's. */
  id_card_address: Wire.optional(Wire.chars(128))
})) {}

/** 超级管理员信息: who signs, and may then move money. */
export class PaymentAdmin extends Schema.Opaque<PaymentAdmin>()(
  Schema.Struct({
    contact_type: PaymentAdminType.schema,
    /** Name and number are enough of a `LegalPerson`. */
    contact_info: Schema.Struct({ ...person, ...Wire.optionals(document), ...further }),
    /** 业务办理授权函, a picture; needed of an `Agent`. */
    business_authorization_letter_open_wx_pay_media_id: Wire.optional(Wire.filledText),
    mobile_phone: Wire.filledText,
    contact_email: Wire.filledText
  }).check(
    Schema.makeFilter(({ business_authorization_letter_open_wx_pay_media_id: letter, contact_info, contact_type }) => {
      if (contact_type !== PaymentAdminType.Agent) return true
      const missing = Object.keys(document).find((key) => !Object.hasOwn(contact_info, key))
      return missing !== undefined
        ? { path: ["contact_info", missing], issue: "is needed of an agent" }
        : letter !== undefined ||
          { path: ["business_authorization_letter_open_wx_pay_media_id"], issue: "is needed of an agent" }
    })
  )
) {}

/** 结算账户信息: where the money goes. */
export class SettlementAccount extends Schema.Opaque<SettlementAccount>()(Schema.Struct({
  /** Needed of an `Individual`. */
  bank_account_type: Wire.optional(BankAccountType.schema),
  /** 开户银行, such as `中国银行`. */
  account_bank: Wire.filledText,
  account_name: Wire.filledText,
  /** 开户银行省市编码, at least down to the city. */
  bank_address_code: Wire.filledText,
  /** 开户银行全称, with the branch; needed of a bank that is not connected directly. */
  bank_name: Wire.optional(Wire.filledText),
  account_number: Wire.filledText,
  /** Pictures; needed of a 社会团体组织 or 事业单位. */
  bank_card_supplement: Wire.optional(Schema.Struct(Wire.optionals({
    settlement_certificate_open_wx_pay_media_id: Schema.String,
    relationship_certificate_open_wx_pay_media_id: Schema.String,
    /** At most 3. */
    other_certificate_open_wx_pay_media_id: Wire.items(Wire.filledText, 3)
  })))
})) {}

const ofStore = [
  "address_code",
  "offline_address",
  "entrance_pic_open_wx_pay_media_id",
  "indoor_pic_open_wx_pay_media_id"
] as const

/** 经营场景证明. Pictures by the ids of `uploadImage`. */
export class SalesSceneProof extends Schema.Opaque<SalesSceneProof>()(
  Schema.Struct({
    type: SalesScene.schema,
    ...Wire.optionals({
      /** At most 1024 bytes; this or the picture is needed of `Online`. */
      store_url: Wire.text(1024),
      store_pic_open_wx_pay_media_id: Schema.String,
      /** 6 digits; needed of a `Store`, as are those that follow. */
      address_code: Schema.String.check(Schema.isPattern(/^\d{6}$/, { message: "expected 6 digits" })),
      /** 4 to 512 characters. */
      offline_address: Wire.chars(512),
      entrance_pic_open_wx_pay_media_id: Schema.String,
      indoor_pic_open_wx_pay_media_id: Schema.String
    })
  }).check(
    Schema.makeFilter((scene) => {
      if (scene.type === SalesScene.Online) {
        return scene.store_url !== undefined || scene.store_pic_open_wx_pay_media_id !== undefined ||
          { path: ["store_url"], issue: "or store_pic_open_wx_pay_media_id is needed of an online shop" }
      }
      const missing = ofStore.find((key) => scene[key] === undefined)
      return missing === undefined || { path: [missing], issue: "is needed of a store" }
    })
  )
) {}

const pictures = Schema.Struct({
  /** At most 5. */
  id: Wire.items(Wire.filledText, 5)
})

/** 申请单: what an application says. Pictures by the ids of `uploadImage`. */
export class PaymentAccountApplication extends Schema.Opaque<PaymentAccountApplication>()(
  Schema.Struct({
    /** 业务申请编号, your own, 1 to 32 characters. */
    out_request_no: Wire.chars(32),
    organization_type: OrganizationType.schema,
    business_license_info: BusinessLicence,
    /** Needed of a financial institution. */
    finance_institution_info: Wire.optional(FinanceLicence),
    /** 商户简称, at most 64 bytes: customers see it when they have paid. */
    merchant_short_name: Wire.text(64),
    /** 经营者/法人证件信息. */
    id_card_info: IdDocument,
    ...Wire.optionals({
      /** Whether that is the beneficial owner. Needed of a `Company`. */
      owner: Schema.Boolean,
      /** 受益人证件信息; needed if `owner` is `false`. */
      ubo_info: IdDocument
    }),
    contact_info: PaymentAdmin,
    account_info: SettlementAccount,
    sales_scene_info: SalesSceneProof,
    /** 经营范围, 1 to 31: 1 餐饮, 2 零售, 3 食品生鲜 and so on; which ones depends on the `organization_type`. */
    business_id: Wire.intBetween(1, 31),
    ...Wire.optionals({
      /** 特殊资质. */
      qualifications: pictures,
      /** 补充材料. */
      business_addition_pics: pictures
    }),
    /** 提现人员, by userid: verified by name, the same person as the `contact_info`, whom the app may see. */
    userid: Wire.filledText
  }).check(
    Schema.makeFilter(({ organization_type, owner, ubo_info }) =>
      organization_type !== OrganizationType.Company
        ? true
        : owner === undefined
        ? { path: ["owner"], issue: "is needed of a company" }
        : owner || ubo_info !== undefined || { path: ["ubo_info"], issue: "is needed if owner is false" }
    )
  )
) {}

/** 申请状态. */
export const ApplicationState = Wire.oneOf({
  Checking: ["CHECKING", "资料校验中"],
  AccountUnverified: ["ACCOUNT_NEED_VERIFY", "待账户验证"],
  Auditing: ["AUDITING", "审核中"],
  Rejected: ["REJECTED", "已驳回"],
  Unsigned: ["NEED_SIGN", "待签约"],
  Finished: ["FINISH", "完成"],
  Frozen: ["FROZEN", "已冻结"],
  Cancelled: ["CANCELED", "已作废"]
})

/** 签约状态. */
export const SignState = Wire.oneOf({
  Unsigned: ["UNSIGNED", "未签约"],
  Signed: ["SIGNED", "已签约"],
  NotSignable: ["NOT_SIGNABLE", "不可签约"]
})

/** 申请阶段. */
export const ApplicationStage = Wire.oneOf({
  Initial: [0, "初始状态"],
  Applying: [1, "申请中"],
  Bound: [2, "绑定成功"],
  Withdrawn: [3, "已撤销申请"],
  Failed: [4, "绑定失败"],
  NotApplied: [5, "未申请"],
  AwaitingLegalPerson: [6, "待法人验证"]
})

/** 签约阶段. */
export const SignStage = Wire.oneOf({ NotSignable: [0, "不可签约"], Unsigned: [1, "未签约"], Signed: [2, "已签约"] })

/** 汇款账户验证信息: the transfer that proves the bank account. */
export class AccountValidation extends Schema.Class<AccountValidation>("effect-wecom/AccountValidation")(
  Wire.optionals({
    /** Whose account the money has to come from. */
    account_name: Schema.String,
    /** Of a private account: the card that it has to come from. */
    account_no: Schema.String,
    /** 汇款金额, in fen (分, 0.01 CNY). */
    pay_amount: Wire.int,
    destination_account_number: Schema.String,
    destination_account_name: Schema.String,
    destination_account_bank: Schema.String,
    city: Schema.String,
    /** What the transfer has to say. */
    remark: Schema.String,
    /** 汇款截止时间, in words. */
    deadline: Schema.String
  })
) {}

/** 申请单的具体状态. */
export class ApplicationDetail extends Schema.Class<ApplicationDetail>("effect-wecom/ApplicationDetail")({
  ...Wire.optionals({
    applyment_state: ApplicationState.schema,
    applyment_state_desc: Schema.String,
    sign_state: SignState.schema,
    /** Where the administrator signs, in WeChat; does not end. */
    sign_url: Wire.secret,
    /** 二级商户号, once it is to be signed or finished. */
    sub_mchid: Schema.String,
    /** Of a signed application whose account is to be verified. */
    account_validation: AccountValidation,
    /** Where the legal person verifies the account, in WeChat. */
    legal_validation_url: Wire.secret
  }),
  /** 驳回原因详情, by field. */
  audit_detail: Wire.list(Schema.Struct(Wire.optionals({
    param_name: Schema.String,
    reject_reason: Schema.String
  })))
}) {}

/** 申请单状态. */
export class ApplicationStatus
  extends Schema.Class<ApplicationStatus>("effect-wecom/ApplicationStatus")(Wire.optionals({
    status: ApplicationDetail,
    apply_state: ApplicationStage.schema,
    real_sign_state: SignStage.schema,
    reject_reason: Schema.String
  }))
{}

/**
 * 创建对外收款账户: applying for an account that receives money.
 *
 * An app sees its own pictures and applications alone.
 */
export class PaymentAccounts
  extends Domain.Service<PaymentAccounts>()("payments/PaymentAccounts", "企业支付·对外收款", {
    /**
     * 提交图片. A JPG, PNG or BMP of 5 bytes to 2 MiB. Returns its id, good for 30 days, or until every application that has
     * it is finished.
     * @see https://developer.work.weixin.qq.com/document/path/98972
     */
    uploadImage: Endpoint.upload("/cgi-bin/miniapppay/upload_image", 98972, "media", () => ({
      size: () => ({ min: 5, max: 2 * 1024 * 1024 }),
      success: Endpoint.pluck("open_wx_pay_media_id", Schema.String)
    })),
    /**
     * 提交创建对外收款账户的申请单. At most 200 merchants for one person who withdraws money, 2,000 for a corp. Returns what was
     * wrong in words, if WeCom says so.
     * @see https://developer.work.weixin.qq.com/document/path/98973
     */
    apply: Endpoint.post("/cgi-bin/miniapppay/apply_mch", 98973, () => ({
      body: PaymentAccountApplication,
      success: Schema.Struct({ error_description: Wire.optional(Schema.String) })
    })),
    /**
     * 查询申请单状态. What has become of an application, by your `out_request_no`.
     * @see https://developer.work.weixin.qq.com/document/path/98974
     */
    getStatus: Endpoint.query("/cgi-bin/miniapppay/get_applyment_status", 98974, () => ({
      body: { out_request_no: Wire.chars(32) },
      success: ApplicationStatus
    }))
  })
{}
