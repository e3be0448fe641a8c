/**
 * Every endpoint of the library, with the area of the official documentation, its service and its method: for tools,
 * tests and the simulator. Importing it loads every domain.
 */
import { Agents } from "./apps/Agents.ts"
import { Menus } from "./apps/Menus.ts"
import { Network } from "./apps/Network.ts"
import { Workbench } from "./apps/Workbench.ts"
import { ChatArchive } from "./chat-archive/ChatArchive.ts"
import { ContactExport } from "./contacts/ContactExport.ts"
import { ContactImport } from "./contacts/ContactImport.ts"
import { ContactRules } from "./contacts/ContactRules.ts"
import { Departments } from "./contacts/Departments.ts"
import { LinkedCorps } from "./contacts/LinkedCorps.ts"
import { Tags } from "./contacts/Tags.ts"
import { Users } from "./contacts/Users.ts"
import { KfAccounts } from "./customer-service/KfAccounts.ts"
import { KfCustomers } from "./customer-service/KfCustomers.ts"
import { KfKnowledge } from "./customer-service/KfKnowledge.ts"
import { KfMessages } from "./customer-service/KfMessages.ts"
import { KfServicers } from "./customer-service/KfServicers.ts"
import { KfSessions } from "./customer-service/KfSessions.ts"
import { KfStatistics } from "./customer-service/KfStatistics.ts"
import { AcquisitionLinks } from "./customers/AcquisitionLinks.ts"
import { ContactWays } from "./customers/ContactWays.ts"
import { CustomerGroups } from "./customers/CustomerGroups.ts"
import { Customers } from "./customers/Customers.ts"
import { CustomerStatistics } from "./customers/CustomerStatistics.ts"
import { CustomerStrategies } from "./customers/CustomerStrategies.ts"
import { CustomerTags } from "./customers/CustomerTags.ts"
import { CustomerTransfers } from "./customers/CustomerTransfers.ts"
import { FollowUsers } from "./customers/FollowUsers.ts"
import { MassMessages } from "./customers/MassMessages.ts"
import { Moments } from "./customers/Moments.ts"
import { MomentStrategies } from "./customers/MomentStrategies.ts"
import { ProductAlbums } from "./customers/ProductAlbums.ts"
import { SensitiveWords } from "./customers/SensitiveWords.ts"
import { StrategyTags } from "./customers/StrategyTags.ts"
import { WelcomeMessages } from "./customers/WelcomeMessages.ts"
import type { Endpoint, Paged } from "./Endpoint.ts"
import * as EndpointModule from "./Endpoint.ts"
import { IdConversion } from "./identity/IdConversion.ts"
import { Identity } from "./identity/Identity.ts"
import { JsSdk } from "./identity/JsSdk.ts"
import { MiniProgramLogin } from "./identity/MiniProgramLogin.ts"
import { SecondVerification } from "./identity/SecondVerification.ts"
import { Media } from "./media/Media.ts"
import { AppChats } from "./messages/AppChats.ts"
import { LinkedCorpMessages } from "./messages/LinkedCorpMessages.ts"
import { Messages } from "./messages/Messages.ts"
import { SmartSheetChats } from "./messages/SmartSheetChats.ts"
import { Approvals } from "./oa/approvals/Approvals.ts"
import { Vacations } from "./oa/approvals/Vacations.ts"
import { GroupRobot } from "./robot/GroupRobot.ts"
import { SmartRobot } from "./robot/SmartRobot.ts"
import { SmartSheetWebhook } from "./robot/SmartSheetWebhook.ts"
import { ContactIdTranslation } from "./third-party/ContactIdTranslation.ts"
import { CorpRegistration } from "./third-party/CorpRegistration.ts"
import { MemberAuthorisation } from "./third-party/MemberAuthorisation.ts"
import { SuiteAuthorisation } from "./third-party/SuiteAuthorisation.ts"
import { SuiteIdentity } from "./third-party/SuiteIdentity.ts"
import * as Credential from "./token/Credential.ts"

/** One endpoint and where it is found. */
export interface CatalogueEntry {
  /** The area as `endpoints` of the official documentation are grouped, such as `通讯录·部门`. */
  readonly domain: string
  /** The module, such as `contacts/Departments`. */
  readonly module: string
  /** The service, such as `Departments`. */
  readonly service: string
  readonly method: string
  readonly endpoint: Endpoint<never, unknown>
  /** The method that streams the items of its pages, where it pages. */
  readonly stream: string | undefined
}

type Endpoints = { readonly [method: string]: Endpoint<never, unknown> | Paged<never, unknown> }

const services: ReadonlyArray<readonly [domain: string, module: string, service: string, endpoints: Endpoints]> = [
  ["基础", "token/Credential", "Credential", { getToken: Credential.getToken }],
  ["通讯录·部门", "contacts/Departments", "Departments", Departments.endpoints],
  ["通讯录·成员", "contacts/Users", "Users", Users.endpoints],
  ["通讯录·标签", "contacts/Tags", "Tags", Tags.endpoints],
  ["通讯录·异步导入", "contacts/ContactImport", "ContactImport", ContactImport.endpoints],
  ["通讯录·异步导出", "contacts/ContactExport", "ContactExport", ContactExport.endpoints],
  ["通讯录·查看权限", "contacts/ContactRules", "ContactRules", ContactRules.endpoints],
  ["互联企业linkedcorp", "contacts/LinkedCorps", "LinkedCorps", LinkedCorps.endpoints],
  ["身份验证", "identity/Identity", "Identity", Identity.endpoints],
  ["身份验证·二次验证", "identity/SecondVerification", "SecondVerification", SecondVerification.endpoints],
  ["身份验证·小程序登录", "identity/MiniProgramLogin", "MiniProgramLogin", MiniProgramLogin.endpoints],
  ["素材", "media/Media", "Media", Media.endpoints],
  ["基础·JS-SDK", "identity/JsSdk", "JsSdk", JsSdk.endpoints],
  ["消息", "messages/Messages", "Messages", Messages.endpoints],
  ["群聊会话appchat", "messages/AppChats", "AppChats", AppChats.endpoints],
  ["群聊会话appchat", "messages/SmartSheetChats", "SmartSheetChats", SmartSheetChats.endpoints],
  ["互联企业消息", "messages/LinkedCorpMessages", "LinkedCorpMessages", LinkedCorpMessages.endpoints],
  ["机器人webhook", "robot/GroupRobot", "GroupRobot", GroupRobot.endpoints],
  ["机器人webhook", "robot/SmartRobot", "SmartRobot", SmartRobot.endpoints],
  ["机器人webhook", "robot/SmartSheetWebhook", "SmartSheetWebhook", SmartSheetWebhook.endpoints],
  ["客户联系·企业服务人员", "customers/FollowUsers", "FollowUsers", FollowUsers.endpoints],
  ["客户联系·企业服务人员", "customers/ContactWays", "ContactWays", ContactWays.endpoints],
  ["客户联系·客户管理", "customers/Customers", "Customers", Customers.endpoints],
  ["客户联系·客户标签", "customers/CustomerTags", "CustomerTags", CustomerTags.endpoints],
  ["客户联系·客户标签", "customers/StrategyTags", "StrategyTags", StrategyTags.endpoints],
  ["客户联系·在职/离职继承", "customers/CustomerTransfers", "CustomerTransfers", CustomerTransfers.endpoints],
  ["客户联系·客户群", "customers/CustomerGroups", "CustomerGroups", CustomerGroups.endpoints],
  ["客户联系·统计", "customers/CustomerStatistics", "CustomerStatistics", CustomerStatistics.endpoints],
  ["客户联系·规则组", "customers/CustomerStrategies", "CustomerStrategies", CustomerStrategies.endpoints],
  ["客户联系·聊天敏感词", "customers/SensitiveWords", "SensitiveWords", SensitiveWords.endpoints],
  ["客户联系·朋友圈", "customers/Moments", "Moments", Moments.endpoints],
  ["客户联系·朋友圈", "customers/MomentStrategies", "MomentStrategies", MomentStrategies.endpoints],
  ["客户联系·消息推送", "customers/MassMessages", "MassMessages", MassMessages.endpoints],
  ["客户联系·消息推送", "customers/WelcomeMessages", "WelcomeMessages", WelcomeMessages.endpoints],
  ["客户联系·商品图册", "customers/ProductAlbums", "ProductAlbums", ProductAlbums.endpoints],
  ["客户联系·获客助手", "customers/AcquisitionLinks", "AcquisitionLinks", AcquisitionLinks.endpoints],
  ["微信客服", "customer-service/KfAccounts", "KfAccounts", KfAccounts.endpoints],
  ["微信客服", "customer-service/KfServicers", "KfServicers", KfServicers.endpoints],
  ["微信客服", "customer-service/KfSessions", "KfSessions", KfSessions.endpoints],
  ["微信客服", "customer-service/KfMessages", "KfMessages", KfMessages.endpoints],
  ["微信客服", "customer-service/KfCustomers", "KfCustomers", KfCustomers.endpoints],
  ["微信客服", "customer-service/KfStatistics", "KfStatistics", KfStatistics.endpoints],
  ["微信客服", "customer-service/KfKnowledge", "KfKnowledge", KfKnowledge.endpoints],
  ["OA·审批", "oa/approvals/Approvals", "Approvals", Approvals.endpoints],
  ["OA·假期", "oa/approvals/Vacations", "Vacations", Vacations.endpoints],
  ["应用管理", "apps/Agents", "Agents", Agents.endpoints],
  ["应用管理·菜单", "apps/Menus", "Menus", Menus.endpoints],
  ["应用管理·工作台", "apps/Workbench", "Workbench", Workbench.endpoints],
  ["基础", "apps/Network", "Network", Network.endpoints],
  ["会话存档", "chat-archive/ChatArchive", "ChatArchive", ChatArchive.endpoints],
  ["第三方应用·授权", "token/Credential", "Credential", {
    getSuiteToken: Credential.getSuiteToken,
    getCorpToken: Credential.getCorpToken,
    getProviderToken: Credential.getProviderToken
  }],
  ["第三方应用·授权", "third-party/SuiteAuthorisation", "SuiteAuthorisation", SuiteAuthorisation.endpoints],
  ["第三方应用·身份验证", "third-party/SuiteIdentity", "SuiteIdentity", SuiteIdentity.endpoints],
  ["第三方应用·成员授权", "third-party/MemberAuthorisation", "MemberAuthorisation", MemberAuthorisation.endpoints],
  ["第三方应用·推广二维码", "third-party/CorpRegistration", "CorpRegistration", CorpRegistration.endpoints],
  [
    "第三方应用·通讯录ID转译",
    "third-party/ContactIdTranslation",
    "ContactIdTranslation",
    ContactIdTranslation.endpoints
  ],
  ["账号ID转换", "identity/IdConversion", "IdConversion", IdConversion.endpoints]
]

/** Every endpoint. */
export const catalogue: ReadonlyArray<CatalogueEntry> = services.flatMap(([domain, module, service, endpoints]) => {
  const streams = new Map<unknown, string>()
  for (const [method, value] of Object.entries(endpoints)) {
    const paging = EndpointModule.paging(value)
    if (paging._tag === "Some") streams.set(paging.value.endpoint, method)
  }
  return Object.entries(endpoints).flatMap(([method, value]) =>
    EndpointModule.description(value)._tag === "None" ? [] : [{
      domain,
      module,
      service,
      method,
      endpoint: value as Endpoint<never, unknown>, // it has a description
      stream: streams.get(value)
    }]
  )
})
