/**
 * `npm run drift -- FILE...`: compares the catalogue with what others list, and says what is new, gone or changed. A FILE
 * may be
 *
 * - a saved page of the official documentation (HTML, Markdown or text): every `qyapi.weixin.qq.com/...` in it counts;
 * - an OpenAPI document (JSON);
 * - a list of another SDK: lines with a path, a verb before it where it is known.
 *
 * Exits with 1 where something differs, so that a job may run it.
 */
import { readFileSync, statSync } from "node:fs"
import { globSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { catalogue } from "../src/catalogue.ts"
import { describe } from "../src/Endpoint.ts"

interface Listed {
  readonly path: string
  /** Unknown where a list says nothing of it. */
  readonly verb: string | undefined
  readonly source: string
}

const usage = "npm run drift -- [--complete] FILE-OR-FOLDER...\n" +
  "  --complete  what the files do not list is gone (for lists of the whole API, not single pages)"

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { complete: { type: "boolean", default: false } }
})
if (positionals.length === 0) {
  console.error(usage)
  process.exit(2)
}

const files = positionals.flatMap((path) =>
  statSync(path).isDirectory()
    ? globSync("**/*.{md,html,htm,json,tsv,csv,txt}", { cwd: path }).map((name) => join(path, name))
    : [path]
)

/** The endpoints of an OpenAPI document, if the text is one. */
const ofOpenApi = (text: string, source: string): ReadonlyArray<Listed> | undefined => {
  if (!/^\s*\{/.test(text) || !text.includes("\"openapi\"")) return undefined
  const { paths = {} } = JSON.parse(text) as { readonly paths?: { readonly [path: string]: object } }
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).filter((verb) => verb === "get" || verb === "post").map((verb) => ({
      path,
      verb: verb.toUpperCase(),
      source
    }))
  )
}

const ofText = (text: string, source: string): ReadonlyArray<Listed> =>
  text.split("\n").flatMap((line) => {
    const paths = [...line.matchAll(/(?:https?:\/\/qyapi\.weixin\.qq\.com)?(\/cgi-bin\/[\w\-/]+\w)/g)]
    // Pages write the verb before the address, on the same line: 请求方式：POST（HTTPS）.
    const verb = /(?<![\w/])(GET|POST)(?![\w/])/.exec(line)?.[1]
    return paths.map(([, path = ""]) => ({ path, verb, source }))
  })

const listed = files.flatMap((file) => {
  const text = readFileSync(file, "utf8")
  // A page says its verb in the line before the address.
  return ofOpenApi(text, file) ?? ofText(text.replace(/(请求方式[^\n]*)\n+/g, "$1 "), file)
})

const known = Map.groupBy(
  catalogue.map(({ endpoint, method, service }) => ({
    ...describe(endpoint),
    method: describe(endpoint).method,
    service,
    name: `${service}.${method}`
  })),
  ({ path }) => path
)
const found = Map.groupBy(listed, ({ path }) => path)

const fresh = [...found].filter(([path]) => !known.has(path))
const changed = [...found].flatMap(([path, mentions]) => {
  const own = known.get(path)
  const verbs = new Set(mentions.flatMap(({ verb }) => verb ?? []))
  const [verb] = verbs
  return own === undefined || verbs.size !== 1 || verb === undefined || own.some(({ method }) => method === verb)
    ? []
    : [`${path}: ${verb} in ${mentions[0]?.source ?? ""}, ${own.map(({ method }) => method).join(", ")} here`]
})
const gone = values.complete ? [...known].filter(([path]) => !found.has(path)) : []

const section = (title: string, lines: ReadonlyArray<string>) => {
  console.log(`${title}: ${lines.length}`)
  for (const line of lines) console.log(`  ${line}`)
}

console.log(`${found.size} paths in ${files.length} files, ${known.size} in the catalogue`)
section(
  "new (listed there, not here)",
  fresh.map(([path, mentions]) =>
    `${mentions.find(({ verb }) => verb !== undefined)?.verb ?? "?"} ${path}  ${mentions[0]?.source ?? ""}`
  )
)
section("changed (another verb)", changed)
if (values.complete) {
  section(
    "gone (here, not there)",
    gone.map(([path, own]) => `${path}  ${own.map(({ name }) => name).join(", ")}`)
  )
}
process.exitCode = fresh.length + changed.length + gone.length > 0 ? 1 : 0
