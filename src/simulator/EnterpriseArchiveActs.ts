/** What administrators and members do that 企业数据存档 archives. */
export * from "./areas/enterprise-archive/EnterpriseArchiveActs.ts"
