/** What customers and banks do about the orders of mini programs (小程序接入对外收款). */
export * from "./areas/payments/PaymentActs.ts"
