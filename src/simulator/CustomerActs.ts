/** What members and customers do to each other, and in customer groups. */
export * from "./areas/customers/CustomerActs.ts"
export { addCustomer, addGroup, type CustomerOptions, type GroupOptions } from "./areas/customers/Customers.ts"
