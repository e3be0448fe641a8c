/** 企业支付: a merchant's payments to members, and what mini programs take from customers. */
import type { Area } from "../../engine/Area.ts"
import * as MerchantActs from "./MerchantActs.ts"
import * as PaymentActs from "./PaymentActs.ts"
import { merchant } from "./routes/merchant.ts"
import { miniProgram } from "./routes/miniProgram.ts"

export const payments: Area = {
  name: "payments",
  routes: miniProgram,
  acts: { ...MerchantActs, ...PaymentActs },
  others: merchant
}
