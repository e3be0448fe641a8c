/** What members do about approvals: they decide, forward, urge, comment and revoke. */
export * from "./areas/approvals/ApprovalActs.ts"
export { addOwnApproval, addTemplate, type TemplateOptions } from "./areas/approvals/Approvals.ts"
