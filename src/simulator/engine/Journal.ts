/**
 * What was asked of the simulator and what it answered, without the secrets.
 */
import * as ErrorCode from "../../ErrorCode.ts"
import { always, type Secrets } from "./Secrets.ts"

/** One request, and its answer once there is one. */
export interface Entry {
  /** Counts from 1. */
  readonly id: number
  /** A call of the API, or a callback that the simulator sent. */
  readonly kind: "call" | "callback"
  /** When it came, in milliseconds of the epoch. */
  readonly at: number
  readonly method: string
  /** The path of a call, the URL of a callback. */
  readonly path: string
  /** Without secrets. */
  readonly query: { readonly [name: string]: string }
  /** The headers of the request, without secrets; none of callbacks and of frames. */
  headers: { readonly [name: string]: string } | undefined
  /** The text of the body without secrets, or what its file is; at most 4,000 characters. */
  body: string
  /** Whose token it came with. */
  corpId: string | undefined
  agentId: number | undefined
  /** What was injected. */
  fault: string | undefined
  /** The HTTP status; absent while there is no answer. */
  status: number | undefined
  errcode: number | undefined
  /** What was overlooked in the request: fields that the endpoint does not have, texts that were cut. */
  readonly warnings: Array<string>
  /** What the answer was made of; absent where no endpoint is served. See `Route.source`. */
  source: "state" | "fixed" | "sample" | undefined
  /** The text of the answer without secrets; at most 4,000 characters. */
  answer: string
  /** How long it took, in milliseconds. */
  duration: number | undefined
}

/**
 * How often each endpoint, by verb and path, was answered in which way: `ok`, an errcode, `HTTP 502` and the like,
 * `Truncated`, `Reset`, or `Aborted` when the caller broke off.
 */
export interface Counts {
  readonly [endpoint: string]: { readonly [outcome: string]: number }
}

/** The last entries, and how many there were in all. */
export interface Journal {
  readonly open: (
    kind: Entry["kind"],
    at: number,
    method: string,
    path: string,
    query: { readonly [name: string]: string },
    /** The parameters that are hidden. Default: those that are secrets to every endpoint. */
    secrets?: Secrets
  ) => Entry
  /** From the oldest to the newest, as they are now. */
  readonly entries: () => ReadonlyArray<Entry>
  /** The entries that are wanted, the newest first, and how many there are. */
  readonly search: (wanted: Wanted) => { readonly entries: ReadonlyArray<Entry>; readonly total: number }
  /** An entry, while it is remembered. */
  readonly find: (id: number) => Entry | undefined
  /** Counts how a call ended, by what its entry says. */
  readonly count: (entry: Entry, aborted: boolean) => void
  readonly counts: () => Counts
  readonly clear: () => void
}

/** Which entries are wanted. */
export interface Wanted {
  /** Words, each of which the path, the query, a body, the errcode or the app has, in any case. */
  readonly text?: string | undefined
  readonly kind?: Entry["kind"] | undefined
  /** The path of a call, or verb and path. */
  readonly endpoint?: string | undefined
  readonly errcode?: number | undefined
  /** Only those that failed or were struck by a fault (`true`), or only the others. */
  readonly failed?: boolean | undefined
  /** Older ones than this one. */
  readonly before?: number | undefined
  /** Newer ones than this one. */
  readonly after?: number | undefined
  /** How many at most. Default: 100. */
  readonly limit?: number | undefined
  /** How many of the newest are passed over. Default: 0. */
  readonly offset?: number | undefined
}

const isWanted =
  ({ after = 0, before = Infinity, endpoint, errcode, failed, kind }: Wanted, words: ReadonlyArray<RegExp>) =>
  (entry: Entry): boolean => {
    if (entry.id >= before || entry.id <= after) return false
    if (kind !== undefined && entry.kind !== kind) return false
    if (endpoint !== undefined && entry.path !== endpoint && `${entry.method} ${entry.path}` !== endpoint) return false
    if (errcode !== undefined && (entry.errcode ?? 0) !== errcode) return false
    if (failed !== undefined && isFailed(entry) !== failed) return false
    return words.every((word) =>
      word.test(entry.body) || word.test(entry.answer) ||
      Object.entries(entry.query).some(([name, value]) => word.test(`${name}=${value}`)) || word.test(headOf(entry))
    )
  }

/** What is searched beside the query and the bodies. */
const headOf = ({ agentId, corpId, errcode = 0, fault, kind, method, path }: Entry): string =>
  `${method} ${path} ${errcode === 0 ? "" : errcode} ${ErrorCode.label(errcode) ?? ""} ${kind} ${fault ?? ""} ${
    corpId ?? ""
  } ${agentId ?? ""}`

/** Whether a call or a callback did not come to a good end. */
const isFailed = ({ duration, errcode = 0, fault, status }: Entry): boolean =>
  errcode !== 0 || fault !== undefined || (status === undefined ? duration !== undefined : status >= 400)

/** An empty journal that remembers the last `keep` entries. */
export const make = (keep: number): Journal => {
  let entries: Array<Entry> = []
  let counts = new Map<string, Map<string, number>>()
  let id = 0
  return {
    open: (kind, at, method, path, query, secrets = always) => {
      const entry: Entry = {
        id: ++id,
        kind,
        at,
        method,
        path,
        query: Object.fromEntries(
          Object.entries(query).map(([name, value]) => [name, secrets.has(name) ? hidden : value])
        ),
        headers: undefined,
        body: "",
        corpId: undefined,
        agentId: undefined,
        fault: undefined,
        status: undefined,
        errcode: undefined,
        warnings: [],
        source: undefined,
        answer: "",
        duration: undefined
      }
      entries.push(entry)
      // Dropped in bulk, so that remembering costs the same for every request.
      if (entries.length >= keep * 2) entries = entries.slice(-keep)
      return entry
    },
    entries: () => entries.slice(-keep).map((entry) => ({ ...entry })),
    search: (wanted) => {
      const words = (wanted.text ?? "").split(/\s+/).filter((word) => word !== "").map((word) =>
        new RegExp(word.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "i")
      )
      const found = entries.slice(-keep).filter(isWanted(wanted, words))
      const { limit = 100, offset = 0 } = wanted
      const end = Math.max(0, found.length - offset)
      return {
        entries: found.slice(Math.max(0, end - limit), end).toReversed().map((entry) => ({ ...entry })),
        total: found.length
      }
    },
    find: (id) => {
      const found = entries.slice(-keep).find((entry) => entry.id === id)
      return found && { ...found }
    },
    count: (entry, aborted) => {
      const name = `${entry.method} ${entry.path}`
      const endpoint = counts.has(name) || counts.size < maxCounted ? name : others
      const outcomes = counts.get(endpoint) ?? new Map<string, number>()
      counts.set(endpoint, outcomes)
      const outcome = aborted ? "Aborted" : outcomeOf(entry)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    },
    counts: () =>
      Object.fromEntries(Array.from(counts, ([endpoint, outcomes]) => [endpoint, Object.fromEntries(outcomes)])),
    clear: () => {
      entries = []
      counts = new Map()
    }
  }
}

/** How many endpoints are told apart: more than there are, if not than a caller can make up. */
const maxCounted = 2000

const others = "others"

const outcomeOf = ({ errcode, fault, status }: Entry): string =>
  status === undefined
    ? "Reset"
    : fault === "Truncated"
    ? fault
    : errcode !== undefined
    ? String(errcode)
    : status >= 400
    ? `HTTP ${status}`
    : "ok"

/** A text of JSON or XML without the values of its secrets; at most 4,000 characters. */
export const redact = (text: string, secrets: Secrets): string => {
  const { element, value } = patternsOf(secrets)
  return text.slice(0, 4000)
    .replace(value, (_, name: string) => `"${name}":"${hidden}"`)
    .replace(secretParameter, `$1=${hidden}`)
    .replace(element, (_, name: string) => `<${name}>&lt;redacted&gt;</${name}>`)
}

/** Headers without secrets. */
export const redactHeaders = (headers: { readonly [name: string]: string }): { readonly [name: string]: string } =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name) ? hidden : value]))

const secretHeaders = new Set(["authorization", "cookie", "proxy-authorization"])

const hidden = "<redacted>"

interface Patterns {
  readonly value: RegExp
  readonly element: RegExp
}

const patterns = new WeakMap<Secrets, Patterns>()

const patternsOf = (secrets: Secrets): Patterns => {
  let found = patterns.get(secrets)
  if (found === undefined) {
    const names = [...secrets].join("|")
    found = {
      value: new RegExp(`"(${names})"\\s*:\\s*(?:"(?:[^"\\\\]|\\\\.)*("|$)|-?\\d+)`, "g"),
      element: new RegExp(`<(${names})>.*?(?:</\\1>|$)`, "gs")
    }
    patterns.set(secrets, found)
  }
  return found
}

/** Tokens and keys in the query of a URL that stands in a text. */
const secretParameter = /\b(response_code|access_token|key|file)=[^"&\s<]+/g
