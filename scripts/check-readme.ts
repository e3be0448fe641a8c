/**
 * Every `ts` block of the READMEs and documents is a file under `examples/`, or a region of one, named in a comment on
 * the line before it:
 *
 *     <!-- examples/first-program.ts -->
 *     <!-- examples/callbacks.ts#router -->
 *
 * A region is what stands between `// #region router` and `// #endregion`. With `--fix` the blocks are written again from
 * the files. The README and each guide have a Chinese twin that is made of the same parts, and every link to a file
 * or a heading leads somewhere.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { headingPlace } from "./markdown.ts"

const readmes = [
  "README.md",
  "README.zh-CN.md",
  ...globSync("{API,AGENTS,CONTRIBUTING,SECURITY}*.md").toSorted(),
  ...globSync("templates/README*.md").toSorted(),
  ...globSync("{docs,skills}/**/*.md").toSorted()
]
const fix = process.argv.includes("--fix")

const block = /(?:^<!-- *(\S+) *-->\n+)?^```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^```$/gm

const source = (name: string): string => {
  const [path = "", region] = name.split("#")
  if (!/^examples\/[\w/-]+\.ts$/.test(path)) throw new Error(`${name} is not a file under examples/`)
  if (!existsSync(path)) throw new Error(`${name} does not exist`)
  const lines = readFileSync(path, "utf8").split("\n")
  return region === undefined
    ? withoutMarks(lines).join("\n").trimEnd() + "\n"
    : dedent(withoutMarks(regionLines(name, lines, region))).join("\n").trimEnd() + "\n"
}

const regionLines = (name: string, lines: ReadonlyArray<string>, region: string): ReadonlyArray<string> => {
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`)
  if (start === -1) throw new Error(`${name}: no "// #region ${region}"`)
  let depth = 1
  const length = lines.slice(start + 1).findIndex((line) => {
    if (line.trim().startsWith("// #region")) depth++
    if (line.trim().startsWith("// #endregion")) depth--
    return depth === 0
  })
  if (length === -1) throw new Error(`${name}: the region has no "// #endregion"`)
  return lines.slice(start + 1, start + 1 + length)
}

const withoutMarks = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.filter((line) => !/^\s*\/\/ #(end)?region\b/.test(line))

const dedent = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length)
  const margin = Math.min(...indents)
  return lines.map((line) => line.slice(margin))
}

/** The places that the headings of a document are, as GitHub names them. */
const places = (path: string): ReadonlyArray<string> =>
  [...readFileSync(path, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => headingPlace(heading))

/**
 * What a page is made of, in its order: headings by their level, code by its language, tables by their columns and
 * rows, images.
 */
const structure = (text: string): ReadonlyArray<string> => {
  const parts: Array<string> = []
  const lines = text.split("\n")
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ""
    const from = index
    if (line.startsWith("```")) {
      do index++
      while (index < lines.length && lines[index] !== "```")
      parts.push(`code ${line.slice(3)}`)
    } else if (line.startsWith("|")) {
      while (lines[index + 1]?.startsWith("|")) index++
      const columns = (lines[from + 1] ?? "").split("|").length - 2
      parts.push(`table of ${columns} columns and ${index - from - 1} rows`)
    } else if (line.startsWith("#")) parts.push(`heading ${line.replace(/ .*/, "")}`)
    else parts.push(...[...line.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(() => "image"))
  }
  return parts
}

const problems: Array<string> = []
const blocks = new Map<string, ReadonlyArray<string>>()
let checked = 0

for (const readme of readmes) {
  if (!existsSync(readme)) {
    problems.push(`${readme} does not exist`)
    continue
  }
  const text = readFileSync(readme, "utf8")
  const written = text.replace(block, (whole: string, name: string | undefined, code: string, offset: number) => {
    checked++
    const at = `${readme}:${text.slice(0, offset).split("\n").length}`
    if (name === undefined) {
      problems.push(`${at}: a ts block without <!-- examples/file.ts --> on the line before it`)
      return whole
    }
    try {
      const wanted = source(name)
      if (code === wanted) return whole
      if (!fix) problems.push(`${at}: differs from ${name}; npm run fix writes it again`)
      return whole.slice(0, whole.length - code.length - "```".length) + wanted + "```"
    } catch (error) {
      problems.push(`${at}: ${error instanceof Error ? error.message : String(error)}`)
      return whole
    }
  })
  if (fix && written !== text) writeFileSync(readme, written)
  blocks.set(readme, [...text.matchAll(block)].map(([, name = ""]) => name))
  for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    const [file = "", place] = target.split("#")
    const path = file === "" ? readme : normalize(join(dirname(readme), file))
    if (!existsSync(path) || (place !== undefined && !places(path).includes(place))) {
      problems.push(`${readme}: the link to ${target} leads nowhere`)
    }
  }
}

/** Generated, and the same for everybody. */
const alone = /^(API|AGENTS)\.md$|^docs\/(api\/|dependencies\.md|from-go-workwx-names\.md)|^skills\//

for (const [english, shown] of blocks) {
  if (english.endsWith(".zh-CN.md") || alone.test(english)) continue
  const chinese = english.replace(/\.md$/, ".zh-CN.md")
  if (!blocks.has(chinese)) {
    problems.push(`${english} has no twin ${chinese}`)
    continue
  }
  if (String(shown) !== String(blocks.get(chinese))) {
    problems.push(`${english} and ${chinese} do not have the same code blocks in the same order`)
  }
  const [one, other] = [english, chinese].map((path) => structure(readFileSync(path, "utf8")))
  const place = one?.findIndex((part, index) => part !== other?.[index]) ?? -1
  if (place !== -1 || one?.length !== other?.length) {
    const at = place === -1 ? Math.min(one?.length ?? 0, other?.length ?? 0) : place
    problems.push(
      `${english} has ${one?.[at] ?? "nothing"} as part ${at + 1}, where ${chinese} has ${other?.[at] ?? "nothing"}`
    )
  }
}

if (problems.length > 0) {
  console.error(problems.join("\n"))
  process.exitCode = 1
} else {
  console.log(`${checked} code blocks equal their examples, and every link leads somewhere`)
}
