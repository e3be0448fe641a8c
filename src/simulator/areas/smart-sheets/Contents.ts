/**
 * The text of documents: a row of places, each a character, the end of a paragraph, a picture, a page break, or where a
 * part of a table begins or ends. The tree of nodes is read off it.
 */
import { DocumentNode, DocumentNodeProperty, RunProperty } from "../../../oa/documents/DocumentNode.ts"
import type { DocumentOperation } from "../../../oa/documents/DocumentOperation.ts"
import { refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"

/** How a character looks. */
interface Look {
  readonly bold?: boolean | undefined
  readonly color?: string | undefined
  readonly background_color?: string | undefined
}

const isSame = (one: Look, other: Look): boolean =>
  one.bold === other.bold && one.color === other.color && one.background_color === other.background_color

/** One place. */
type Place =
  | { readonly kind: "character"; readonly text: string; readonly look: Look }
  | { readonly kind: "picture"; readonly uri: string; readonly width?: number; readonly height?: number }
  | { readonly kind: "end" | "table" | "row" | "cell" | "tableEnd" }

/** The text of a document. */
export interface Content {
  version: number
  places: ReadonlyArray<Place>
  /** The links of the pictures that were uploaded for it. */
  readonly pictures: Set<string>
}

const contents = State.make("smart-sheets/contents", () => new Map<string, Content>())

/** The text of a document; an empty paragraph at first. */
export const contentOf = (corp: Parameters<typeof contents>[0], docid: string): Content => {
  const all = contents(corp)
  const content: Content = all.get(docid) ?? { version: 0, places: [{ kind: "end" }], pictures: new Set() }
  all.set(docid, content)
  return content
}

const end: Place = { kind: "end" }

const isText = (place: Place | undefined): boolean =>
  place !== undefined && (place.kind === "character" || place.kind === "picture" || place.kind === "end")

const characters = (text: string, look: Look = {}): ReadonlyArray<Place> =>
  Array.from(text, (character): Place => character === "\n" ? end : { kind: "character", text: character, look })

/** Puts places where text may stand: in a paragraph. */
const inserted = (places: ReadonlyArray<Place>, index: number, more: ReadonlyArray<Place>): ReadonlyArray<Place> =>
  isText(places[index])
    ? [...places.slice(0, index), ...more, ...places.slice(index)]
    : refuse(40_058, "location is not in a paragraph")

/** Takes out what is in a range: neither a part of a table, nor the last end of a paragraph. */
const removed = (places: ReadonlyArray<Place>, start: number, length: number): ReadonlyArray<Place> => {
  const stop = start + length
  if (stop > places.length) refuse(40_058, "range is not in the document")
  const range = places.slice(start, stop)
  if (!range.every(isText)) refuse(40_058, "range holds a part of a table")
  if (range.some(({ kind }) => kind === "end") && !isText(places[stop])) refuse(40_058, "range holds a last paragraph")
  return [...places.slice(0, start), ...places.slice(stop)]
}

interface Range {
  readonly start_index: number
  readonly length: number
}

/** From the last one on: their places are those before the operation. */
const fromTheLast = (ranges: ReadonlyArray<Range>): ReadonlyArray<Range> =>
  ranges.toSorted((a, b) => b.start_index - a.start_index)

const table = (rows: number, cols: number): ReadonlyArray<Place> => [
  { kind: "table" },
  ...Array.from({ length: rows }, (): ReadonlyArray<Place> => [
    { kind: "row" },
    ...Array.from({ length: cols }, (): ReadonlyArray<Place> => [{ kind: "cell" }, end]).flat()
  ]).flat(),
  { kind: "tableEnd" }
]

/** The places after an operation. */
const changed = (
  content: Content,
  places: ReadonlyArray<Place>,
  operation: DocumentOperation
): ReadonlyArray<Place> => {
  if (operation.insert_text !== undefined) {
    const { location, text } = operation.insert_text
    return inserted(places, location.index, characters(text))
  }
  if (operation.insert_paragraph !== undefined) {
    return inserted(places, operation.insert_paragraph.location.index, [end])
  }
  if (operation.insert_page_break !== undefined) {
    return inserted(places, operation.insert_page_break.location.index, characters("\f"))
  }
  if (operation.insert_image !== undefined) {
    const { height, image_id, location, width } = operation.insert_image
    if (!content.pictures.has(image_id)) refuse(40_058, "invalid image_id")
    return inserted(places, location.index, [{
      kind: "picture",
      uri: image_id,
      ...width === undefined ? {} : { width },
      ...height === undefined ? {} : { height }
    }])
  }
  if (operation.insert_table !== undefined) {
    const { cols, location, rows } = operation.insert_table
    const before = places[location.index - 1]
    return inserted(places, location.index, [
      ...before !== undefined && isText(before) && before.kind !== "end" ? [end] : [],
      ...table(rows, cols)
    ])
  }
  if (operation.delete_content !== undefined) {
    const { length, start_index } = operation.delete_content.range
    return removed(places, start_index, length)
  }
  if (operation.replace_text !== undefined) {
    const { ranges, text } = operation.replace_text
    return fromTheLast(ranges).reduce(
      (all, { length, start_index }) => inserted(removed(all, start_index, length), start_index, characters(text)),
      places
    )
  }
  if (operation.update_text_property !== undefined) {
    const { ranges, text_property } = operation.update_text_property
    const look = Object.fromEntries(Object.entries(text_property).filter(([, value]) => value !== undefined))
    return places.map((place, index) =>
      place.kind === "character" &&
        ranges.some(({ length, start_index }) => index >= start_index && index < start_index + length)
        ? { ...place, look: { ...place.look, ...look } }
        : place
    )
  }
  return places
}

/** Runs operations in order, all or none. */
export const run = (content: Content, operations: ReadonlyArray<DocumentOperation>): void => {
  content.places = operations.reduce((places, operation) => changed(content, places, operation), content.places)
  content.version += 1
}

const nothing = {
  section_property: undefined,
  paragraph_property: undefined,
  run_property: undefined,
  table_property: undefined,
  table_row_property: undefined,
  table_cell_property: undefined,
  drawing_property: undefined
}

const node = (
  type: NonNullable<DocumentNode["type"]>,
  begin: number,
  end: number,
  more: {
    readonly text?: string
    readonly children?: ReadonlyArray<DocumentNode>
    readonly property?: DocumentNodeProperty
  } = {}
) => new DocumentNode({ begin, end, type, text: more.text, property: more.property, children: more.children ?? [] })

const run_property = ({ background_color, bold, color }: Look) =>
  new DocumentNodeProperty({
    ...nothing,
    run_property: new RunProperty({
      bold,
      color,
      shading: background_color === undefined ? undefined : { foreground_color: undefined, background_color },
      font: undefined,
      italics: undefined,
      underline: undefined,
      strike: undefined,
      spacing: undefined,
      size: undefined,
      vertical_align: undefined,
      is_placeholder: undefined
    })
  })

/** The tree of nodes. */
export const treeOf = ({ places }: Content): DocumentNode => {
  let at = 0

  const paragraph = (): DocumentNode => {
    const begin = at
    const children: Array<DocumentNode> = []
    while (at < places.length && places[at]?.kind !== "end") {
      const first = at
      const place = places[at]
      if (place?.kind === "character") {
        let text = ""
        for (let next = places[at]; next?.kind === "character" && isSame(next.look, place.look); next = places[at]) {
          text += next.text
          at += 1
        }
        children.push(node("Text", first, at, { text, property: run_property(place.look) }))
      } else {
        at += 1
        if (place?.kind === "picture") children.push(picture(first, place))
      }
    }
    at += 1
    return node("Paragraph", begin, at, { children })
  }

  const blocks = (): Array<DocumentNode> => {
    const found: Array<DocumentNode> = []
    for (let place = places[at]; place !== undefined; place = places[at]) {
      if (place.kind === "table") found.push(tableNode())
      else if (isText(place)) found.push(paragraph())
      else break
    }
    return found
  }

  const tableNode = (): DocumentNode => {
    const begin = at
    at += 1
    const rows: Array<DocumentNode> = []
    while (places[at]?.kind === "row") {
      const rowBegin = at
      at += 1
      const cells: Array<DocumentNode> = []
      while (places[at]?.kind === "cell") {
        const cellBegin = at
        at += 1
        const children = blocks()
        cells.push(node("TableCell", cellBegin, at, { children }))
      }
      rows.push(node("TableRow", rowBegin, at, { children: cells }))
    }
    at += 1
    return node("Table", begin, at, { children: rows })
  }

  const children = blocks()
  const { length } = places
  const section = node("Section", 0, length, { children })
  return node("Document", 0, length, { children: [node("MainStory", 0, length, { children: [section] })] })
}

const picture = (at: number, { height, uri, width }: Extract<Place, { readonly kind: "picture" }>): DocumentNode =>
  node("Drawing", at, at + 1, {
    property: new DocumentNodeProperty({
      ...nothing,
      drawing_property: {
        inline_keyword: {
          picture: {
            uri,
            relative_rect: undefined,
            shape: { transform: { extent: { cx: width, cy: height }, rotation: undefined } }
          },
          addon: undefined
        },
        anchor: undefined,
        is_placeholder: undefined
      }
    })
  })
