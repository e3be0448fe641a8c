/** What the services of a school have in common. */
import * as Schema from "effect/Schema"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 学生UserID or 家长UserID: unique in the school, whatever the case of its letters. */
export const userid: Schema.String = Schema.String.check(Schema.isPattern(/^[0-9A-Za-z][\w\-@.]{0,63}$/, {
  message: "expected 1 to 64 letters, digits, or any of _ - @ . after the first"
}))

/** Where pages that end with `ending` continue. */
export const keyed = {
  /** Whether this is the last page. */
  ending: Wire.flag,
  next_key: Schema.String
}

/** The input of the page after one. `ending` alone tells the last page: it may have a key too. */
export const followEnding = <I>(
  page: { readonly ending?: boolean | undefined },
  input: I
): I | Paging.Stuck | undefined =>
  Paging.followCursor({ cursor: "next_key", next: "next_key" })(
    { ...page, has_more: page.ending === undefined ? undefined : !page.ending },
    input
  )
