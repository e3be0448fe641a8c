/**
 * `npm run release:check`: refuses a release that is not ready. `npm publish` runs it by itself.
 */
import { globSync, readFileSync } from "node:fs"

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8")
const manifest: { readonly version: string } = JSON.parse(read("package.json"))

const problems = [
  ...(read("package.json").includes("OWNER")
    ? [
      "package.json: author, homepage, repository and bugs still name OWNER, a placeholder: put the account that publishes"
    ]
    : []),
  ...(globSync(".changeset/*.md", { cwd: new URL("..", import.meta.url).pathname }).length > 0
    ? [".changeset: changes are not in the changelog yet: run npm run release:version"]
    : []),
  ...(read("CHANGELOG.md").includes(`\n## ${manifest.version}\n`) ? [] : [
    `CHANGELOG.md: has no section ${manifest.version}: run npm run release:version`
  ])
]

for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
