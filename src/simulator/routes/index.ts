/** Every endpoint that the simulator serves. */
import type { Route } from "../Route.ts"
import { approvals } from "./Approvals.ts"
import { apps } from "./Apps.ts"
import { chatArchive } from "./ChatArchive.ts"
import { contactExport } from "./ContactExport.ts"
import { contactImport } from "./ContactImport.ts"
import { contactRules } from "./ContactRules.ts"
import { contactWays } from "./ContactWays.ts"
import { customerGroups } from "./CustomerGroups.ts"
import { customerMessages } from "./CustomerMessages.ts"
import { customers } from "./Customers.ts"
import { customerService } from "./CustomerService.ts"
import { customerStrategies } from "./CustomerStrategies.ts"
import { customerTags } from "./CustomerTags.ts"
import { customerTransfers } from "./CustomerTransfers.ts"
import { departments } from "./Departments.ts"
import { idConversion } from "./IdConversion.ts"
import { identity } from "./Identity.ts"
import { jsSdk } from "./JsSdk.ts"
import { linkedCorps } from "./LinkedCorps.ts"
import { media } from "./Media.ts"
import { messages } from "./Messages.ts"
import { momentStrategies } from "./MomentStrategies.ts"
import { network } from "./Network.ts"
import { robots } from "./Robots.ts"
import { sensitiveWords } from "./SensitiveWords.ts"
import { smartSheetChats } from "./SmartSheetChats.ts"
import { smartSheets } from "./SmartSheets.ts"
import { tags } from "./Tags.ts"
import { thirdParty } from "./ThirdParty.ts"
import { tokens } from "./Tokens.ts"
import { users } from "./Users.ts"

export const routes: ReadonlyArray<Route> = [
  ...approvals,
  ...apps,
  ...chatArchive,
  ...contactExport,
  ...contactImport,
  ...contactRules,
  ...contactWays,
  ...customerGroups,
  ...customerStrategies,
  ...customerTags,
  ...customerTransfers,
  ...customerMessages,
  ...customers,
  ...customerService,
  ...departments,
  ...idConversion,
  ...identity,
  ...jsSdk,
  ...linkedCorps,
  ...media,
  ...messages,
  ...momentStrategies,
  ...network,
  ...robots,
  ...sensitiveWords,
  ...smartSheetChats,
  ...smartSheets,
  ...tags,
  ...thirdParty,
  ...tokens,
  ...users
]
