/** 企业支付: a merchant's payments to members. */
import type { Area } from "../../engine/Area.ts"
import * as MerchantActs from "./MerchantActs.ts"
import { merchant } from "./routes/merchant.ts"

export const payments: Area = {
  name: "payments",
  acts: MerchantActs,
  routes: [],
  others: merchant
}
