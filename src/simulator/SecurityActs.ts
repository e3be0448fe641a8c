/** What administrators and members do that the logs of 安全管理 record. */
export * from "./areas/security/SecurityActs.ts"
