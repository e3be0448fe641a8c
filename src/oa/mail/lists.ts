/**
 * Lists of mail, which travel as objects with a `list`.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** A list of texts in an input: an empty one clears. */
export const texts = Schema.Struct({ list: Schema.Array(Wire.filledText) })

/** A list of ids in an input: an empty one clears. */
export const ids = Schema.Struct({ list: Schema.Array(Wire.int) })

/** A list of texts in an answer. */
export const shownTexts = Schema.Struct({ list: Wire.list(Schema.String) })

/** A list of ids in an answer. */
export const shownIds = Schema.Struct({ list: Wire.list(Wire.int) })

/** For a struct of which at least one of some lists has items. */
export const anyItems = <const Keys extends readonly [string, ...Array<string>]>(...keys: Keys) =>
  Schema.makeFilter((
    value: { readonly [K in Keys[number]]?: { readonly list: ReadonlyArray<unknown> } | undefined }
  ) =>
    keys.some((key: Keys[number]) => (value[key]?.list.length ?? 0) > 0) ||
    { path: [keys[0]], issue: `at least one of ${keys.join(", ")} is needed` }
  )
