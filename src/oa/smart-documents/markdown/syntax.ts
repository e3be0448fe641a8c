/**
 * Markdown as its syntax tree, and back.
 */
import type { Root } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"
import { gfmTableFromMarkdown, gfmTableToMarkdown } from "mdast-util-gfm-table"
import { gfmTaskListItemFromMarkdown, gfmTaskListItemToMarkdown } from "mdast-util-gfm-task-list-item"
import { toMarkdown } from "mdast-util-to-markdown"
import { gfmTable } from "micromark-extension-gfm-table"
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item"

/** Tables are read in order to be seen: they cannot be carried over. */
export const mdastOf = (markdown: string): Root =>
  fromMarkdown(markdown, {
    extensions: [gfmTaskListItem(), gfmTable()],
    mdastExtensions: [gfmTaskListItemFromMarkdown(), gfmTableFromMarkdown()]
  })

export const markdownOf = (tree: Root): string =>
  toMarkdown(tree, {
    bullet: "-",
    rule: "-",
    listItemIndent: "one",
    extensions: [gfmTaskListItemToMarkdown(), gfmTableToMarkdown()]
  })
