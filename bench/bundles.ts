import { rmSync } from "node:fs"
import { build } from "./build.ts"
import { ceilings, type Program, sizeOf } from "./bundle.ts"
import { round, type Row } from "./Row.ts"

/** How large the bundle of a small program is, minified, against its ceiling. */
export const bundles = async (): Promise<ReadonlyArray<Row>> => {
  const scratch = build()
  try {
    const rows: Array<Row> = []
    for (const program of Object.keys(ceilings) as Array<Program>) { // the keys of that record
      const size = await sizeOf(scratch, program)
      rows.push({
        what: `bundle of a program that sends one text, minified: ${program}`,
        ours: `${round(size / 1000)} kB`,
        alternative: "",
        ratio: "",
        bar: `<= ${ceilings[program] / 1000} kB`,
        held: size <= ceilings[program]
      })
    }
    return rows
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
