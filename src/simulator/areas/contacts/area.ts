/** 通讯录: members, departments and tags, import and export, and corps that are linked. */
import type { Requirement } from "../../engine/Access.ts"
import type { Area } from "../../engine/Area.ts"
import { contactExport } from "./routes/contactExport.ts"
import { contactImport } from "./routes/contactImport.ts"
import { contactRules } from "./routes/contactRules.ts"
import { departments } from "./routes/departments.ts"
import { linkedCorps } from "./routes/linkedCorps.ts"
import { tags } from "./routes/tags.ts"
import { users } from "./routes/users.ts"

/** To write members and departments, and to read their ids. */
const sync: Requirement = { powers: ["contact-sync"] }

/** To read what members and departments are. */
const details: Requirement = { powers: ["contacts"], details: true }

const either: Requirement = { powers: ["contacts", "contact-sync"] }

export const contacts: Area = {
  name: "contacts",
  routes: [
    ...contactExport,
    ...contactImport,
    ...contactRules,
    ...departments,
    ...linkedCorps,
    ...tags,
    ...users
  ],
  access: {
    "contacts/ContactExport": details,
    "contacts/ContactImport": sync,
    "contacts/Departments": sync,
    "contacts/Departments.get": details,
    "contacts/Departments.list": details,
    "contacts/Departments.listIds": either,
    "contacts/Tags": either,
    "contacts/Users": either,
    "contacts/Users.create": sync,
    "contacts/Users.delete": sync,
    "contacts/Users.deleteMany": sync,
    "contacts/Users.get": details,
    "contacts/Users.getActiveCount": "open",
    "contacts/Users.getJoinQrcode": sync,
    "contacts/Users.list": details,
    "contacts/Users.listIds": sync,
    "contacts/Users.listNames": details,
    "contacts/Users.update": sync
  }
}
