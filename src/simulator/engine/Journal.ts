/**
 * What was asked of the simulator and what it answered, without the secrets.
 */

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
    query: { readonly [name: string]: string }
  ) => Entry
  /** From the oldest to the newest, as they are now. */
  readonly entries: () => ReadonlyArray<Entry>
  /** Counts how a call ended, by what its entry says. */
  readonly count: (entry: Entry, aborted: boolean) => void
  readonly counts: () => Counts
  readonly clear: () => void
}

/** An empty journal that remembers the last `keep` entries. */
export const make = (keep: number): Journal => {
  let entries: Array<Entry> = []
  let counts = new Map<string, Map<string, number>>()
  let id = 0
  return {
    open: (kind, at, method, path, query) => {
      const entry: Entry = {
        id: ++id,
        kind,
        at,
        method,
        path,
        query: Object.fromEntries(
          Object.entries(query).map(([name, value]) => [name, isSecret(name) ? hidden : value])
        ),
        body: "",
        corpId: undefined,
        agentId: undefined,
        fault: undefined,
        status: undefined,
        errcode: undefined,
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

/** A text of JSON or XML without the values of secrets. */
export const redact = (text: string): string =>
  text.slice(0, 4000)
    .replace(secretValue, (_, name: string) => `"${name}":"${hidden}"`)
    .replace(secretParameter, `$1=${hidden}`)
    .replace(secretElement, (_, name: string) => `<${name}>&lt;redacted&gt;</${name}>`)

const hidden = "<redacted>"

const secretNames = [
  "access_token",
  "suite_access_token",
  "provider_access_token",
  "corpsecret",
  "suite_secret",
  "provider_secret",
  "secret",
  "ticket",
  "suite_ticket",
  "user_ticket",
  "user_doc_ticket",
  "permanent_code",
  "auth_code",
  "pre_auth_code",
  "response_code",
  "welcome_code",
  "code",
  "js_code",
  "tfa_code",
  "session_key",
  "password",
  "key",
  "token",
  "encodingaeskey",
  "encoding_aeskey",
  "encoding_aes_key",
  "mass_call_ticket",
  "selected_ticket",
  "download_url",
  "cookie_value",
  "upload_key",
  "living_code",
  "push_stream_url",
  "host_key",
  "meeting_short_url",
  "guest_join_link",
  "manual_check_password",
  "enroll_code",
  "active_code",
  "pmi_pwd",
  "playback_url",
  "sharing_url",
  "view_address",
  "download_address",
  "audio_address",
  "file"
]

const secretSet = new Set(secretNames)

const isSecret = (name: string): boolean => secretSet.has(name)

// Cards and menus have keys, and messages files, that are no secrets; the `key` of a robot, and the `file` of an export,
// travel in the query.
const inQuery = new Set(["key", "file"])

const secretValue = new RegExp(
  `"(${secretNames.filter((name) => !inQuery.has(name)).join("|")})"\\s*:\\s*"(?:[^"\\\\]|\\\\.)*("|$)`,
  "g"
)

const secretElement = /<(SuiteTicket|AuthCode|PermanentCode|ResponseCode|WelcomeCode|Token)>.*?(?:<\/\1>|$)/gs

const secretParameter = /\b(response_code|access_token|key|file)=[^"&\s<]+/g
