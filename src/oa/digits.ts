/** Passwords of digits, which meetings have, and mails that make one. */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** A password of digits alone. */
export const digits = (min: number, max: number) =>
  Wire.secret.check(
    Schema.makeFilter((value: Redacted.Redacted) =>
      new RegExp(`^\\d{${min},${max}}$`).test(Redacted.value(value)) ||
      `expected ${min === max ? min : `${min} to ${max}`} digits`
    )
  )
