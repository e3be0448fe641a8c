/**
 * Lengths that the vendor counts in Chinese characters (汉字).
 */
import * as Schema from "effect/Schema"

/** Text of at most `count` Chinese characters (汉字), or twice as many Latin ones. */
export const words = (count: number) =>
  Schema.String.check(
    Schema.makeFilter((value: string) =>
      Array.from(value, (character) => character > "\u00ff" ? 2 : 1).reduce((sum, width) => sum + width, 0) <=
        count * 2 || `at most ${count} Chinese characters are allowed`
    )
  )
