/** The groups of the column on the left: every document has its place in one of them. */

/** A group of pages, by the paths of their sources. */
export interface Section {
  readonly title: string
  readonly pages: ReadonlyArray<string>
}

const groups: ReadonlyArray<readonly [english: string, chinese: string, paths: ReadonlyArray<string>]> = [
  ["Start", "入门", ["README.md", "docs/getting-started.md", "docs/examples.md", "templates/README.md"]],
  ["Guides", "指南", [
    "docs/tokens.md",
    "docs/callbacks.md",
    "docs/inbox.md",
    "docs/errors.md",
    "docs/limits.md",
    "docs/network.md",
    "docs/fleet.md",
    "docs/third-party.md",
    "docs/bots.md",
    "docs/chat-archive.md",
    "docs/testing.md",
    "docs/observability.md",
    "docs/security.md"
  ]],
  ["Tools", "工具", []],
  ["Coming from", "迁移", []],
  ["Errcodes", "错误码", []],
  ["API", "API", ["API.md"]],
  ["Fields of endpoints", "接口字段", []],
  ["Types and functions", "类型与函数", []],
  ["Project", "项目", []]
]

const rest = (path: string): string => {
  if (path.startsWith("docs/api/")) return "API"
  if (path.startsWith("docs/errcodes/")) return "Errcodes"
  if (path.startsWith("docs/from-")) return "Coming from"
  if (/^docs\/(cli|mcp|simulator)/.test(path)) return "Tools"
  if (/^(bench\/|AGENTS|CHANGELOG|CONTRIBUTING|SECURITY|docs\/(contributing|dependencies|releasing))/.test(path)) {
    return "Project"
  }
  return "Guides"
}

/** The generated reference. */
const groupOf = (path: string) => /(-types|\/core)\.html$/.test(path) ? "Types and functions" : "Fields of endpoints"

/** The column in both languages: a page without a Chinese twin stands in both. */
export const navigation = (documents: ReadonlyArray<string>, all: ReadonlyArray<string>) => {
  const english = documents.filter((path) => !path.endsWith(".zh-CN.md"))
  const listed = new Set(groups.flatMap(([, , paths]) => paths))
  const sections = groups.map(([title, chinese, paths]) => ({
    title,
    chinese,
    pages: [
      ...paths.filter((path) => english.includes(path)),
      ...english.filter((path) => !listed.has(path) && rest(path) === title),
      ...all.filter((path) => path.startsWith("reference/") && groupOf(path) === title)
    ]
  })).filter(({ pages }) => pages.length > 0)
  const chineseOf = (path: string) => {
    const twin = path.replace(/\.md$/, ".zh-CN.md")
    return documents.includes(twin) ? twin : path
  }
  return {
    english: sections.map(({ pages, title }): Section => ({ title, pages })),
    chinese: sections.map(({ chinese, pages }): Section => ({ title: chinese, pages: pages.map(chineseOf) }))
  }
}
