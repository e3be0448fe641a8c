/** A page before it is rendered. */
export interface Page {
  /** Its source, from the root; for generated pages a path that no file has. */
  readonly path: string
  readonly title: string
  readonly text: string
  readonly kind: "markdown" | "html"
}
