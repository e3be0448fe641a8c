/** A customer and a servicer of 微信客服: they come, write, answer from menus, take and end sessions. */
export * from "./areas/customer-service/KfPeople.ts"
