/**
 * 服务商主体下的ID: the ids by which a provider's apps know corps, members, customers and other things of a corp. They are
 * made of the plain ones, so that nothing need be kept.
 */
import type { Corp } from "./World.ts"

/**
 * What an id stands for: `robot user` is a member as a 智能机器人 is told of him, `temporary` somebody outside whom a
 * meeting, a form or a smart sheet names.
 */
export type Kind = "corp" | "user" | "robot user" | "customer" | "temporary" | "tag" | "account" | "group" | "pending"

const prefixes: { readonly [K in Kind]: string } = {
  corp: "wp",
  user: "wo",
  "robot user": "wb",
  customer: "wm",
  temporary: "ou",
  tag: "et",
  account: "wk",
  group: "wr",
  pending: "pe"
}

const marker = "Open"

/** The provider's id of something of a corp; an id that is the provider's already stays. */
export const openIdOf = (corp: Corp, kind: Kind, id: string): string =>
  id.startsWith(prefixes[kind] + marker)
    ? id
    : `${prefixes[kind]}${marker}${digest(`${corp.id}/${kind}/${kind.endsWith("user") ? id.toLowerCase() : id}`)}`

/** The one of these plain ids that a provider's id stands for. */
export const plainIdOf = (corp: Corp, kind: Kind, openId: string, plain: Iterable<string>): string | undefined => {
  for (const id of plain) if (openIdOf(corp, kind, id) === openId) return id
  return undefined
}

/** 24 letters and digits over a text: FNV-1a with four starting points. */
const digest = (text: string): string =>
  [0x811c9dc5, 0x01000193, 0x9e3779b1, 0x85ebca6b].map((start) => {
    let hash = start
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    return (hash >>> 0).toString(36).padStart(7, "0").slice(-6)
  }).join("")
