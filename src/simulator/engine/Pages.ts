/**
 * Pages of a list, as endpoints with a cursor give them.
 */
import { refuse } from "./Route.ts"

/** A page of a list, and the cursor of the next one where there is one. */
export interface Page<Item> {
  readonly items: ReadonlyArray<Item>
  readonly next_cursor: string | undefined
}

/** The page of a list that a cursor stands for, the first one without a cursor. Refuses a cursor that it did not give. */
export const pageOf = <Item>(list: ReadonlyArray<Item>, cursor: string | undefined, limit: number): Page<Item> => {
  const start = cursor === undefined || cursor === "" ? 0 : Number(/^page-(\d+)$/.exec(cursor)?.[1] ?? refuse(50100))
  const end = start + limit
  return { items: list.slice(start, end), next_cursor: end < list.length ? `page-${end}` : undefined }
}
