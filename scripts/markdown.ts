/** What the tools for documents share. */

/** The place that GitHub gives a heading. */
export const headingPlace = (heading: string): string =>
  heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").trim().replaceAll(" ", "-")

/** What a page is called. */
export const titleOf = (text: string): string => /^# (.+)$/m.exec(text)?.[1]?.replaceAll("`", "") ?? "effect-wecom"
