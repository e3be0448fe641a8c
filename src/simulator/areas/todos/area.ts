/** 待办. */
import type { Area } from "../../engine/Area.ts"
import * as TodoActs from "./TodoActs.ts"
import { todos as todosRoutes } from "./routes.ts"

export const todos: Area = {
  name: "todos",
  acts: TodoActs,
  routes: todosRoutes,
  access: {
    "oa/todos": { powers: ["todos"] },
    "oa/todos/Todos.update": { powers: ["todos"], wholeCorp: true }
  }
}
