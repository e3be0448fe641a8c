/** What a school does in its address book (家校通讯录), and parents. */
export * from "./areas/school/SchoolActs.ts"
