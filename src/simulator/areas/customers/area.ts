/** 客户联系. */
import type { Area } from "../../engine/Area.ts"
import * as OutreachActs from "./OutreachActs.ts"
import { contactWays } from "./routes/contactWays.ts"
import { customerGroups } from "./routes/customerGroups.ts"
import { customerMessages } from "./routes/customerMessages.ts"
import { customers as customersRoutes } from "./routes/customers.ts"
import { customerStrategies } from "./routes/customerStrategies.ts"
import { customerTags } from "./routes/customerTags.ts"
import { customerTransfers } from "./routes/customerTransfers.ts"
import { momentStrategies } from "./routes/momentStrategies.ts"
import { sensitiveWords } from "./routes/sensitiveWords.ts"

export const customers: Area = {
  name: "customers",
  acts: OutreachActs,
  routes: [
    ...contactWays,
    ...customerGroups,
    ...customerMessages,
    ...customerStrategies,
    ...customerTags,
    ...customerTransfers,
    ...customersRoutes,
    ...momentStrategies,
    ...sensitiveWords
  ],
  access: { customers: { powers: ["customers"] } }
}
