/** What people do with mail, in the corp and outside of it. */
export * from "./areas/mail/MailActs.ts"
