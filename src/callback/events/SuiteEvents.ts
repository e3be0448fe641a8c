/**
 * 指令回调: what a service provider is told about its suites, the corps that install them, and its promotion codes. All of
 * them are answered with the word `success`, those of authorisation within a second.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90613
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

const suite = {
  /** The suite, or the template of apps developed for corps (代开发应用模板, whose id starts with `dk`). */
  SuiteId: Schema.String
}

const KfAccounts = Schema.Struct({
  AuthOpenKfIdList: CallbackWire.wrapped("OpenKfId", Schema.String)
})

/** 额外信息: the accounts that a corp gave to the 微信客服组件; none for every other suite. */
const ExtraInfo = Wire.optional(
  Schema.Union([Schema.Literal(""), KfAccounts]).pipe(
    Schema.decodeTo(
      Schema.toType(KfAccounts),
      SchemaTransformation.transform<typeof KfAccounts.Type, "" | typeof KfAccounts.Type>({
        decode: (wire) => wire === "" ? { AuthOpenKfIdList: [] } : wire,
        encode: (value) => value.AuthOpenKfIdList.length === 0 ? "" : value
      })
    )
  )
)

/**
 * 推送suite_ticket: the ticket that fetches a suite's token, pushed every 10 minutes and valid for 30. Hand it to
 * `SuiteTickets.receive`.
 * @see https://developer.work.weixin.qq.com/document/path/90628
 */
export class SuiteTicketPushed extends Event<SuiteTicketPushed>()("InfoType/suite_ticket", () => ({
  ...suite,
  /** At most 512 bytes. */
  SuiteTicket: Wire.secret
})) {}

/**
 * 授权成功通知: a corp installed a suite from the app market, or scanned the code of a template. Not sent when the
 * installation began on the provider's own page, to which the code is brought instead.
 * @see https://developer.work.weixin.qq.com/document/path/100964
 */
export class SuiteAuthorised extends Event<SuiteAuthorised>()("InfoType/create_auth", () => ({
  ...suite,
  /** 临时授权码. For `SuiteAuthorisation.getPermanentCode`, within 10 minutes, once. */
  AuthCode: Wire.secret,
  /** Of the link or code that was followed. */
  State: Wire.optional(Schema.String),
  ExtraInfo
})) {}

/**
 * 变更授权通知: a corp changed what a suite may see or do, disabled or enabled it, or changed who authorises it.
 * `SuiteAuthorisation.getAuthInfo` tells how things are now.
 * @see https://developer.work.weixin.qq.com/document/path/100964
 */
export class SuiteAuthorisationChanged extends Event<SuiteAuthorisationChanged>()("InfoType/change_auth", () => ({
  ...CallbackWire.suiteInCorp,
  State: Wire.optional(Schema.String),
  ExtraInfo
})) {}

/**
 * 取消授权通知: a corp removed a suite. WeCom demands that all data of the corp be deleted.
 * @see https://developer.work.weixin.qq.com/document/path/100964
 */
export class SuiteAuthorisationCancelled extends Event<SuiteAuthorisationCancelled>()("InfoType/cancel_auth", () => ({
  ...CallbackWire.suiteInCorp,
  ExtraInfo
})) {}

/** 授权删除. In no document; listed beside `cancel_auth`. */
export class SuiteAuthorisationDeleted
  extends Event<SuiteAuthorisationDeleted>()("InfoType/del_auth", () => CallbackWire.suiteInCorp)
{}

/**
 * 重置永久授权码通知: the secret of an app that was developed for a corp is renewed; the code gives the new one.
 * @see https://developer.work.weixin.qq.com/document/path/94758
 */
export class PermanentCodeReset extends Event<PermanentCodeReset>()("InfoType/reset_permanent_code", () => ({
  ...suite,
  /** 临时授权码. For `SuiteAuthorisation.getPermanentCode`, within 10 minutes, once. */
  AuthCode: Wire.secret
})) {}

const shared = {
  ...suite,
  /** The corp that shares its app. */
  CorpId: Schema.String,
  /** Of the older suites of several apps. */
  AppId: CallbackWire.optional(Wire.int)
}

/**
 * 企业互联共享应用事件: a corp shares a suite with its linked corps, or no longer does. `AgentID` is the app in that corp.
 * @see https://developer.work.weixin.qq.com/document/path/93373
 */
export class SharedAgentChanged extends Event<SharedAgentChanged>()("InfoType/share_agent_change", () => shared) {}

/**
 * 上下游共享应用事件: a corp shares a suite with its partners downstream, or no longer does. `AgentID` is the app in that
 * corp.
 * @see https://developer.work.weixin.qq.com/document/path/93373
 */
export class SharedChainChanged extends Event<SharedChainChanged>()("InfoType/share_chain_change", () => shared) {}

/**
 * 应用管理员变更: who administers an app has changed. The documented form is `event/change_app_admin`.
 * @see https://developer.work.weixin.qq.com/document/path/95038
 */
export class SuiteAdminChanged extends Event<SuiteAdminChanged>()("InfoType/change_app_admin", () => ({
  TimeStamp: CallbackWire.optional(Wire.time)
})) {}

/**
 * 授权组织架构权限通知: a corp lets a suite see its departments.
 * @see https://developer.work.weixin.qq.com/document/path/97378
 */
export class OrganisationAuthorised
  extends Event<OrganisationAuthorised>()("InfoType/corp_arch_auth", () => CallbackWire.suiteInCorp)
{}

const special = {
  ...CallbackWire.suiteInCorp,
  /** Such as `customer_acquisition` (获客助手). */
  AuthType: Schema.String
}

/**
 * 获客助手权限确认事件: a corp has confirmed a permission that needs an administrator's second consent.
 * @see https://developer.work.weixin.qq.com/document/path/98959
 */
export class SpecialAuthorisationApproved
  extends Event<SpecialAuthorisationApproved>()("InfoType/approve_special_auth", () => special)
{}

/**
 * 获客助手权限取消事件: a corp has taken back a permission that needed an administrator's second consent.
 * @see https://developer.work.weixin.qq.com/document/path/98959
 */
export class SpecialAuthorisationCancelled
  extends Event<SpecialAuthorisationCancelled>()("InfoType/cancel_special_auth", () => special)
{}

/**
 * 同意授权转换external_userid事件: a corp agrees to the newer ids of its customers, see `IdConversion`.
 * @see https://developer.work.weixin.qq.com/document/path/96516
 */
export class ExternalIdMigrationAgreed extends Event<ExternalIdMigrationAgreed>()(
  "InfoType/agree_external_userid_migration",
  () => CallbackWire.providerAndCorp
) {}

const registration = {
  ...CallbackWire.providerAndCorp,
  RegisterCode: Schema.String,
  AuthUserInfo: CallbackWire.optional(Schema.Struct({ UserId: Schema.String })),
  ...Wire.optionals({
    /** Of `CorpRegistration.createCode`, where it was given one. */
    State: Schema.String,
    /** 推广包ID. */
    TemplateId: Schema.String
  })
}

/**
 * 注册完成回调事件: a corp was registered with a promotion code. `AuthUserInfo` is its administrator.
 * @see https://developer.work.weixin.qq.com/document/path/90585
 */
export class CorpRegistered extends Event<CorpRegistered>()("InfoType/register_corp", () => ({
  ...registration,
  /** 通讯录迁移凭证: where the promotion package asks for it. See `CorpRegistration.contactSync`. */
  ContactSync: CallbackWire.optional(Schema.Struct({
    AccessToken: Wire.secret,
    /** In seconds. */
    ExpiresIn: CallbackWire.optional(Wire.int)
  }))
})) {}

/**
 * 扫描推广二维码事件: a member of a corp that has one of the provider's suites scanned a promotion code.
 * @see https://developer.work.weixin.qq.com/document/path/98071
 */
export class RegisterPackageEntered
  extends Event<RegisterPackageEntered>()("InfoType/enter_register_package", () => registration)
{}

/**
 * 异步任务回调通知: a job of the provider (`ContactIdTranslation`) or of a suite has ended.
 * @see https://developer.work.weixin.qq.com/document/path/91875
 */
export class SuiteBatchJobFinished extends Event<SuiteBatchJobFinished>()("InfoType/batch_job_result", () => ({
  BatchJob: Schema.Struct({
    JobId: Schema.String,
    /** Such as `contact_id_translate`. */
    JobType: Schema.String,
    ErrCode: CallbackWire.optional(Wire.int),
    ErrMsg: Wire.optional(Schema.String)
  })
})) {}
