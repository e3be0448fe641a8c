/**
 * What the demo prints, one line for each thing that somebody does.
 */
import { Console, Data, Effect } from "effect"

/** A line of the transcript. */
export const say = (who: "backend" | "zhangsan" | "wecom" | "demo", what: string) =>
  Console.log(`${who.padStart(8)}  ${what}`)

/** The demo did not see what it should. */
export class Mismatch extends Data.TaggedError("Mismatch")<{ readonly message: string }> {}

/** Goes on only if what was seen is what it should be. */
export const expect = (holds: boolean, what: string) =>
  holds ? Effect.void : Effect.fail(new Mismatch({ message: `expected that ${what}` }))

/** The smallest PNG there is: one pixel. */
export const pixel = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (character) => character.charCodeAt(0)
)
