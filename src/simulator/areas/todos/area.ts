/** 待办. */
import type { Area } from "../../engine/Area.ts"
import { todos as todosRoutes } from "./routes.ts"
import * as TodoActs from "./TodoActs.ts"

export const todos: Area = {
  name: "todos",
  acts: TodoActs,
  routes: todosRoutes,
  access: {
    "oa/todos": { powers: ["todos"] },
    "oa/todos/Todos.update": { powers: ["todos"], wholeCorp: true }
  }
}
