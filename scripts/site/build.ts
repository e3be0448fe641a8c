/**
 * `npm run docs`: builds the documents, the reference and the examples into `docs-site/`, which opens from disk:
 * every link is relative, and the search index is a script, because browsers refuse modules and `fetch` on `file:`.
 *
 * A page keeps the path of its source: `docs/fleet.md` is `docs/fleet.html`, `README.md` is `index.html`, and a linked
 * source file has a page with its text.
 */
import { Eleventy } from "@11ty/eleventy"
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight"
import anchor from "markdown-it-anchor"
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, normalize, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { llmsFull } from "../generate-llms.ts"
import { headingPlace, titleOf } from "../markdown.ts"
import { endpointPages } from "./endpointPages.ts"
import { modulePages } from "./modulePages.ts"
import { navigation } from "./navigation.ts"
import type { Page } from "./Page.ts"
import { searchIndex, searchScript } from "./search.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const read = (path: string) => readFileSync(join(root, path), "utf8")

const markdownFiles = () => [
  "README.md",
  "README.zh-CN.md",
  ...globSync("{API,AGENTS,CHANGELOG,CONTRIBUTING,SECURITY}*.md", { cwd: root }).toSorted(),
  "bench/results.md",
  ...globSync("templates/README*.md", { cwd: root }).toSorted(),
  ...globSync("docs/**/*.md", { cwd: root }).toSorted()
]

/** The address of a source's page, from the root of the site. */
export const addressOf = (path: string): string => {
  if (/^README(\.zh-CN)?\.md$/.test(path)) return path.replace("README", "index").replace(/\.md$/, ".html")
  return path.endsWith(".md") || path.endsWith(".html") ? path.replace(/\.(md|html)$/, ".html") : `${path}.html`
}

const isText = (path: string) => /\.(ts|js|py|go|json|sh|yml|tsv)$|Dockerfile$|LICENSE$/.test(path)
const languages: { readonly [extension: string]: string } = { ts: "ts", js: "js", py: "python", go: "go", json: "json" }

/** The local files that a document links to, outside of its code. */
const linked = ({ path, text }: Page): ReadonlyArray<string> =>
  [
    ...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/(?:\]\(|<img src=")(?!https?:|mailto:|#)([^)#\s"]+)/g)
  ].map(([, target = ""]) => normalize(join(dirname(path), target)))

/** A source file as a page. */
const sourcePage = (path: string): Page => ({
  path,
  title: path,
  text: `# ${path}\n\n\`\`\`\`${languages[path.split(".").at(-1) ?? ""] ?? "txt"}\n${read(path)}\n\`\`\`\`\n`,
  kind: "markdown"
})

/** What a link of a document becomes in the site. */
const rewrite = (from: string, href: string): string => {
  if (/^(https?:|mailto:|#)/.test(href)) return href
  const [file = "", place] = href.split("#")
  const path = normalize(join(dirname(from), file))
  const isPage = path.endsWith(".md") || path.endsWith(".html") || isText(path)
  const target = relative(dirname(addressOf(from)), isPage ? addressOf(path) : path)
  return place === undefined ? target : `${target}#${place}`
}

/** The languages of a page: `x.md` and `x.zh-CN.md` are twins. */
const twinOf = (path: string) =>
  path.endsWith(".zh-CN.md") ? path.replace(/\.zh-CN\.md$/, ".md") : path.replace(/\.md$/, ".zh-CN.md")

/** Where the fields of the endpoints of a page are, from that page. */
const fieldsOf = (path: string, address: string, known: ReadonlyMap<string, Page>): string => {
  const fields = path.replace(/^docs\/api\/(.+)\.md$/, "reference/$1.html")
  return fields !== path && known.has(fields) ? relative(dirname(address), fields) : ""
}

/** Builds the site, and returns the paths of its pages. */
export const build = async (output: string): Promise<ReadonlyArray<string>> => {
  const documents = markdownFiles().map((path): Page => {
    const text = read(path)
    return { path, title: titleOf(text), text, kind: "markdown" }
  })
  const files = [...new Set([...documents.flatMap(linked), ...globSync("examples/**/*.{ts,py,go}", { cwd: root })])]
    .filter((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile() && !path.endsWith(".md"))
  const pages = [
    ...documents,
    ...files.filter(isText).toSorted().map(sourcePage),
    ...endpointPages(JSON.parse(read("openapi/wecom.json"))),
    ...modulePages(root)
  ]
  const known = new Map(pages.map((page) => [page.path, page]))
  const sections = navigation(documents.map(({ path }) => path), [...known.keys()])

  rmSync(output, { recursive: true, force: true })
  const eleventy = new Eleventy(relative(process.cwd(), join(root, "scripts/site")), relative(process.cwd(), output), {
    quietMode: true,
    configPath: false,
    config: (config) => {
      config.addPlugin(syntaxHighlight)
      config.amendLibrary("md", (library) => {
        library.set({ html: true })
        library.use(anchor, { slugify: headingPlace, level: [1, 2, 3, 4], permalink: false })
        // A path breaks after a slash, not within a word.
        library.renderer.rules["code_inline"] = (tokens, index) =>
          `<code>${library.utils.escapeHtml(tokens[index]?.content ?? "").replace(/(?<=\w)\/(?=\w)/g, "/<wbr>")}</code>`
        library.core.ruler.push("links", (state) => {
          const from: string = state.env.source
          const visit = (tokens: typeof state.tokens): void =>
            tokens.forEach((token) => {
              if (token.type === "link_open") token.attrSet("href", rewrite(from, token.attrGet("href") ?? ""))
              if (token.children !== null) visit(token.children)
            })
          visit(state.tokens)
        })
      })
      for (const page of pages) {
        const isChinese = page.path.includes(".zh-CN.")
        const address = addressOf(page.path)
        const up = relative(dirname(address), ".") || "."
        const twin = twinOf(page.path)
        config.addTemplate(`${page.path.replaceAll(".", "_")}.${page.kind === "markdown" ? "md" : "html"}`, page.text, {
          layout: "layout.liquid",
          permalink: address,
          // Nothing but Markdown is looked for in a text: braces are as they are.
          templateEngineOverride: page.kind === "markdown" ? "md" : false,
          source: page.path,
          title: page.title,
          lang: isChinese ? "zh-CN" : "en",
          isChinese,
          up,
          twin: known.has(twin) && twin !== page.path ? relative(dirname(address), addressOf(twin)) : "",
          fields: fieldsOf(page.path, address, known),
          sections: isChinese ? sections.chinese : sections.english
        })
      }
      config.addFilter("to", (path: string, up: string) => `${up}/${addressOf(path)}`)
      config.addFilter("titled", (path: string) => known.get(path)?.title ?? path)
      config.addFilter("outline", outline)
    }
  })
  await eleventy.write()

  for (const path of files.filter((path) => !isText(path))) {
    mkdirSync(dirname(join(output, path)), { recursive: true })
    cpSync(join(root, path), join(output, path))
  }
  const addresses = pages.map(({ path }) => addressOf(path))
  cpSync(join(root, "scripts/site/style.css"), join(output, "style.css"))
  cpSync(join(root, "llms.txt"), join(output, "llms.txt"))
  writeFileSync(join(output, "llms-full.txt"), llmsFull())
  writeFileSync(join(output, "search.js"), searchScript())
  writeFileSync(
    join(output, "search-index.js"),
    searchIndex(addresses.map((address) => ({ address, html: readFileSync(join(output, address), "utf8") })))
  )
  return addresses
}

/** The headings of the second level, for the column beside the text. */
const outline = (content: string): ReadonlyArray<{ readonly id: string; readonly text: string }> =>
  [...content.matchAll(/<h2 id="([^"]+)"[^>]*>([\s\S]*?)<\/h2>/g)]
    .map(([, id = "", text = ""]) => ({ id, text: text.replace(/<[^>]+>/g, "") }))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now()
  const addresses = await build(join(root, "docs-site"))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${addresses.length} pages in ${seconds} s: open docs-site/index.html`)
}
