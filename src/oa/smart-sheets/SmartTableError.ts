/**
 * The failure of a typed table: a field, a record or a key that does not fit its definition.
 */
import * as Schema from "effect/Schema"
import { Issue } from "../../WeComError.ts"

/** The smart sheet and the definition of a table do not go together. Holds no value of a cell. */
export class SmartTableError extends Schema.TaggedError<SmartTableError>("effect-wecom/SmartTableError")(
  "SmartTableError",
  {
    /** The title of the sheet. */
    table: Schema.String,
    problem: Schema.Literals([
      /** The sheet has a field of the title, but of another type. */
      "field",
      /** A record that was read does not fit the columns. */
      "read",
      /** A record to be written does not fit the columns. */
      "write",
      /** Two records of the sheet have the same key. */
      "key"
    ]),
    /** Of a record that was read, or of two with the same key. */
    record_ids: Schema.Array(Schema.String),
    /** Which columns, and what was expected. */
    issues: Schema.Array(Issue)
  }
) {
  override get message(): string {
    const of = this.record_ids.length === 0 ? "" : ` (${this.record_ids.join(", ")})`
    const issues = this.issues.map(({ field, message }) => field === "" ? message : `${field}: ${message}`)
    return `smart table ${this.table}, ${this.problem}${of}: ${issues.join("; ")}`
  }
}
