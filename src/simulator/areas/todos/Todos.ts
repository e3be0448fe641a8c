/** What the simulator knows of 待办: tasks, which members make on the pages of apps, with `TodoActs`. */
import type { Todo } from "../../../oa/todos/Todos.ts"
import * as Collection from "../../engine/Collection.ts"

/** Tasks by id. */
export const todos = Collection.make<Todo>("todos/todos", {
  id: (world) => world.id("td"),
  missing: 40058,
  message: "invalid todo_id",
  foreign: 48002
})
