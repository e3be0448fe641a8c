/** What members do about tasks (待办). */
export * from "./areas/todos/TodoActs.ts"
