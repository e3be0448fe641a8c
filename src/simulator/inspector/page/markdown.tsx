/** Markdown of messages as elements: whatever it says becomes text, never markup. */
import type { ComponentChild } from "preact"
import { Go, Picture } from "./parts.tsx"

/** Whole markdown, of `markdown` and `markdown_v2`. */
export const Markdown = ({ text }: { readonly text: string }) => <div class="markdown">{blocks(text.split("\n"))}</div>

const blocks = (lines: ReadonlyArray<string>): ReadonlyArray<ComponentChild> => {
  const parts: Array<ComponentChild> = []
  let at = 0
  /** The lines from here on that fit. */
  const run = (fits: (line: string) => boolean): ReadonlyArray<string> => {
    const from = at
    while (at < lines.length && fits(lines[at] ?? "")) at++
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at] ?? ""
    const heading = /^(#{1,6})\s+(.*)$/.exec(line)
    if (/^\s*```/.test(line)) {
      at++
      const code = run((line) => !/^\s*```/.test(line))
      at++
      parts.push(<pre>{code.join("\n")}</pre>)
    } else if (heading !== null) {
      at++
      parts.push(<div class={`heading h${heading[1]?.length ?? 1}`}>{inline(heading[2] ?? "")}</div>)
    } else if (line.startsWith(">")) {
      const quoted = run((line) => line.startsWith(">"))
      parts.push(<blockquote>{blocks(quoted.map((line) => line.replace(/^>\s?/, "")))}</blockquote>)
    } else if (isRow(line) && isRule(lines[at + 1] ?? "")) {
      parts.push(table(run(isRow)))
    } else if (/^\s*(?:[-*_])(?:\s*[-*_]){2,}\s*$/.test(line)) {
      at++
      parts.push(<hr />)
    } else if (isItem(line)) {
      const items = run(isItem)
      const ordered = /^\s*\d/.test(line)
      const children = items.map((item) => {
        const [, indent = "", content = ""] = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+(.*)$/.exec(item) ?? []
        return <li class={indent.length >= 2 ? "deep" : undefined}>{inline(content)}</li>
      })
      parts.push(ordered ? <ol>{children}</ol> : <ul>{children}</ul>)
    } else {
      at++
      parts.push(<div>{line.trim() === "" ? " " : inline(line)}</div>)
    }
  }
  return parts
}

const isRow = (line: string): boolean => line.includes("|") && line.trim() !== ""

const isRule = (line: string): boolean => line.includes("-") && /^[\s|:-]+$/.test(line)

const isItem = (line: string): boolean => /^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(line)

const cells = (line: string): ReadonlyArray<string> =>
  line.trim().replace(/^\|/, "").replace(/\|$/, "").split("|").map((cell) => cell.trim())

const table = ([head = "", _, ...rows]: ReadonlyArray<string>): ComponentChild => (
  <div class="scroll">
    <table>
      <thead>
        <tr>{cells(head).map((cell) => <th>{inline(cell)}</th>)}</tr>
      </thead>
      <tbody>{rows.map((row) => <tr>{cells(row).map((cell) => <td>{inline(cell)}</td>)}</tr>)}</tbody>
    </table>
  </div>
)

const pattern =
  /`([^`]+)`|!\[([^\]]*)\]\(([^()\s]+)\)|\[([^\]]+)\]\(([^()\s]+)\)|\*\*([^*]+)\*\*|~~([^~]+)~~|\*([^*\s][^*]*)\*|<font color=["'](\w+)["']>(.*?)<\/font>|<@([^>]+)>/g

/** A line, with what is bold, coloured, linked and the like. */
export const inline = (text: string): ReadonlyArray<ComponentChild> => {
  const parts: Array<ComponentChild> = []
  let from = 0
  for (const match of text.matchAll(pattern)) {
    const [all, code, alt, image, label, url, bold, struck, italic, colour, coloured, mentioned] = match
    parts.push(text.slice(from, match.index))
    if (code !== undefined) parts.push(<code>{code}</code>)
    else if (image !== undefined) parts.push(<Picture url={image} name="inline" />, alt)
    else if (label !== undefined) parts.push(<Go url={url}>{label}</Go>)
    else if (bold !== undefined) parts.push(<b>{inline(bold)}</b>)
    else if (struck !== undefined) parts.push(<s>{inline(struck)}</s>)
    else if (italic !== undefined) parts.push(<i>{inline(italic)}</i>)
    else if (colour !== undefined) parts.push(<span class={`font ${colour}`}>{inline(coloured ?? "")}</span>)
    else parts.push(<b>@{mentioned}</b>)
    from = match.index + all.length
  }
  return [...parts, text.slice(from)]
}

/** Links of the one kind that texts may hold. */
export const linked = (text: string): ReadonlyArray<ComponentChild> => {
  const parts: Array<ComponentChild> = []
  let from = 0
  for (const match of text.matchAll(/<a\s+href=["']([^"']*)["'][^>]*>(.*?)<\/a>/gi)) {
    parts.push(text.slice(from, match.index), <Go url={match[1]}>{match[2]}</Go>)
    from = match.index + match[0].length
  }
  return [...parts, text.slice(from)]
}

/** Text without the tags that descriptions may have. */
export const plain = (text: string): string =>
  text.replace(/<br\s*\/?>/gi, "\n").replace(/<\/(?:div|p)>/gi, "\n").replace(/<[^>]*>/g, "").trim()
