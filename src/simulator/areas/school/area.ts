/** 家校沟通: the departments, students and parents of a school, and whom a message to them reaches. */
import type { Area } from "../../engine/Area.ts"
import { departments } from "./routes/departments.ts"
import { messages } from "./routes/messages.ts"
import { users } from "./routes/users.ts"
import * as SchoolActs from "./SchoolActs.ts"

export const school: Area = {
  name: "school",
  routes: [...departments, ...messages, ...users],
  acts: SchoolActs,
  access: { school: { powers: ["school"] } }
}
