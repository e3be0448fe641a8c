import { execFileSync } from "node:child_process"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "./build.ts"
import { interleave, median, ratioOf, type Row } from "./Row.ts"

const area = "contacts/index.js"

/**
 * Importing one area, compiled as users get it, against importing nothing but the modules of its dependencies that
 * it uses: each import in a process of its own.
 */
export const imports = async (): Promise<ReadonlyArray<Row>> => {
  const scratch = build()
  try {
    writeFileSync(join(scratch, "ours.js"), `import "./dist/${area}"\n`)
    writeFileSync(
      join(scratch, "alternative.js"),
      dependencies(new URL(`file://${join(scratch, "dist", area)}`)).map((name) => `import "${name}"\n`).join("")
    )
    const time = (name: string) => () => {
      const script = `const start = performance.now()
        import("./${name}.js").then(() => console.log(performance.now() - start))`
      return Promise.resolve(
        Number(execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: scratch }))
      )
    }
    const millis = await interleave(41, { ours: time("ours"), alternative: time("alternative") })
    const ratio = ratioOf(millis.ours, millis.alternative)
    return [{
      what: "import of one area (contacts)",
      ours: `${median(millis.ours).toFixed(0)} ms`,
      alternative: `the Effect modules it uses: ${median(millis.alternative).toFixed(0)} ms`,
      ratio: ratio.toFixed(2),
      bar: "<= 1.15",
      held: ratio <= 1.15
    }]
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

/** The packages' modules that a compiled file and the files it imports import. */
const dependencies = (
  file: URL,
  seen: Set<string> = new Set(),
  found: Set<string> = new Set()
): ReadonlyArray<string> => {
  if (seen.has(file.href)) return [...found]
  seen.add(file.href)
  for (
    const [, specifier = ""] of readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\b(?:[^"';]*?\bfrom)?\s*"([^"]+)"/gm
    )
  ) {
    if (specifier.startsWith(".")) dependencies(new URL(specifier, file), seen, found)
    else found.add(specifier)
  }
  return [...found]
}
