/** What happens to a merchant's payments outside the API. */
export * from "./areas/payments/MerchantActs.ts"
