/** What members and customers do about greetings, mass messages, moments and acquisition links. */
export * from "./areas/customers/OutreachActs.ts"
