/** What corps and their administrators do about licences (接口许可). */
export * from "./areas/licences/LicenceActs.ts"
