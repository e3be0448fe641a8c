/**
 * What smart documents and Markdown cannot both say.
 */
import * as Schema from "effect/Schema"

/** Text that a block cannot hold, or a block that Markdown has no words for: where it is, and what to do. */
export class MarkdownError extends Schema.TaggedError<MarkdownError>("effect-wecom/MarkdownError")("MarkdownError", {
  /** What cannot be carried over, such as `a table` or `BLOCK_TYPE_VIEW`. */
  construct: Schema.String,
  /** Where: `line 3, column 5` of the Markdown, or the block's place, such as `blocks[2].children[0]`. */
  at: Schema.String,
  /** What to do. */
  hint: Schema.String
}) {
  override get message(): string {
    return `${this.at}: ${this.construct} cannot be carried over: ${this.hint}`
  }
}
