/** What the page knows, and how it asks the simulator. */
import { batch, computed, signal } from "@preact/signals"
import type { AppView, BotView, Called, Catalogue, EntryDetail, Kind, Link, Now } from "../View.ts"
import { language, t } from "./text.ts"

/** Asks the simulator; fails with its message. */
export const ask = async <A>(
  path: string,
  body?: unknown,
  method = body === undefined ? "GET" : "POST"
): Promise<A> => {
  const response = await fetch(
    `/_simulator/api/${path}`,
    body === undefined
      ? { method }
      : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
  )
  const text = await response.text()
  const answer: unknown = text === "" ? {} : JSON.parse(text)
  if (response.ok) return answer as A // what the server says, by the types that both sides share
  const { errmsg, message, problem } = answer as { message?: string; problem?: string; errmsg?: string }
  throw new Error(problem ?? message ?? errmsg ?? response.statusText)
}

// ---------------------------------------------------------------------------------------------------------------------
// What was chosen
// ---------------------------------------------------------------------------------------------------------------------

/** The pane that a phone shows. */
export type Pane = "list" | "talk" | "wire"

export const pane = signal<Pane>("talk")
export const corpId = signal("")
export const kind = signal<Kind>("members")
/** The conversation in the middle. */
export const shownId = signal("")
export const find = signal("")
/** An agent id, `bot:` and the id of a smart robot, or nothing: whom a member writes to, and whose messages are shown. */
export const target = signal("")
/** The turn that something led to. */
export const marked = signal<string | undefined>(undefined)
/** What the journal is searched for. */
export const text = signal("")
export const only = signal<"" | "call" | "callback">("")
export const failed = signal<"" | "true" | "false">("")
export const offset = signal(0)
/** While older entries are read, newer ones do not push them away. */
export const before = signal(0)
/** The entries that are open. */
export const open = signal<ReadonlySet<number>>(new Set())

// ---------------------------------------------------------------------------------------------------------------------
// What there is
// ---------------------------------------------------------------------------------------------------------------------

const empty: Now = {
  now: 0,
  corps: [],
  corp: { id: "", name: "", apps: [], bots: [] },
  suites: [],
  counts: {
    members: 0,
    groups: 0,
    customers: 0,
    kf: 0,
    robots: 0,
    approvals: 0,
    meetings: 0,
    documents: 0,
    suites: 0
  },
  items: [],
  found: 0,
  shown: undefined,
  journal: [],
  total: 0,
  faults: []
}

/** The simulator's time. */
export const time = signal(0)

/** A part of what there is: it changes only if what it says has. */
const part = <Name extends keyof Now>(name: Name) => {
  const value = signal<Now[Name]>(empty[name])
  let before = ""
  return {
    value,
    take: (now: Now) => {
      const next = JSON.stringify(now[name]) ?? ""
      if (next === before) return
      before = next
      value.value = now[name]
    }
  }
}

const parts = {
  corps: part("corps"),
  corp: part("corp"),
  suites: part("suites"),
  counts: part("counts"),
  items: part("items"),
  found: part("found"),
  shown: part("shown"),
  journal: part("journal"),
  total: part("total"),
  faults: part("faults")
}

/** What is chosen, as the simulator is asked for it. */
const wanted = computed(() =>
  new URLSearchParams({
    corp: corpId.value,
    kind: kind.value,
    id: shownId.value,
    find: find.value,
    text: text.value,
    offset: String(offset.value),
    language: language.value,
    ...(before.value > 0 ? { before: String(before.value) } : {}),
    ...(only.value === "" ? {} : { only: only.value }),
    ...(failed.value === "" ? {} : { failed: failed.value })
  })
)

/** What was chosen when the simulator was asked for what there is. */
const answered = signal(new URLSearchParams())

const isAnswered = (...names: ReadonlyArray<string>): boolean =>
  names.every((name) => answered.value.get(name) === wanted.value.get(name))

/** Whether what is listed is still to follow what was chosen. */
export const listing = computed(() => wanted.value.toString() !== answered.value.toString())

/** Whether the conversation that was chosen is still to come. */
export const opening = computed(() => !isAnswered("corp", "kind", "id"))

export const corps = parts.corps.value
export const corp = parts.corp.value
export const counts = parts.counts.value
/** The conversations of the kind that is chosen, and of no other. */
export const items = computed(() => isAnswered("corp", "kind") ? parts.items.value.value : [])
export const found = parts.found.value
/** The conversation that is chosen, and no other: what people do is done there. */
export const shown = computed(() => opening.value ? undefined : parts.shown.value.value)
export const journal = parts.journal.value
export const total = parts.total.value
export const faults = parts.faults.value

/** Whether the simulator has answered once. */
export const ready = signal(false)

/** The smart robot that is written to, if it is one. */
export const bot = computed((): BotView | undefined => corp.value.bots.find(({ id }) => `bot:${id}` === target.value))

/** The app that is written to: the one that was chosen, or the first that is called back. */
export const app = computed((): AppView | undefined => {
  const { apps } = corp.value
  return target.value === ""
    ? apps.find(({ callback }) => callback !== undefined) ?? apps[0]
    : apps.find(({ agentId }) => String(agentId ?? "") === target.value)
})

// ---------------------------------------------------------------------------------------------------------------------
// Asking
// ---------------------------------------------------------------------------------------------------------------------

/** What is said in passing. */
export const said = signal("")

let silence: ReturnType<typeof setTimeout> | undefined

/** Says something in passing. */
export const say = (message: string): void => {
  said.value = message
  clearTimeout(silence)
  silence = setTimeout(() => {
    said.value = ""
  }, 4000)
}

/** Runs something that may fail, and says why it did. */
export const attempt = async (run: () => Promise<unknown>): Promise<void> => {
  try {
    await run()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
  }
  void poll()
}

let polling: Promise<void> | undefined
let again = false

const look = async (): Promise<void> => {
  const about = wanted.value
  const now = await ask<Now>(`page/now?${about}`)
  // Something else was chosen meanwhile: this says nothing about it.
  if (about !== wanted.value) {
    again = true
    return
  }
  batch(() => {
    time.value = now.now
    for (const { take } of Object.values(parts)) take(now)
    if (corpId.value === "") {
      corpId.value = now.corp.id
      about.set("corp", now.corp.id)
    }
    answered.value = about
    ready.value = true
  })
  const [first] = now.items
  if (shownId.value === "" && first !== undefined) {
    shownId.value = first.id
    again = true
  }
}

/** Looks at the simulator; once more at the end if something was chosen meanwhile. */
export const poll = (): Promise<void> => {
  if (polling !== undefined) {
    again = true
    return polling
  }
  polling = look().catch(() => say(t("The simulator does not answer|模拟器没有响应"))).then(() => {
    polling = undefined
    if (again) {
      again = false
      return poll()
    }
    return undefined
  })
  return polling
}

/** Shows a conversation. */
export const choose = (nextKind: Kind, id: string, turn?: string): void => {
  batch(() => {
    if (kind.value !== nextKind) find.value = ""
    kind.value = nextKind
    shownId.value = id
    marked.value = turn
    pane.value = "talk"
  })
  void poll()
}

/** Follows a link of the journal. */
export const follow = (link: Link): void => {
  corpId.value = link.corp
  target.value = ""
  choose(link.kind, link.id, link.turn)
}

/** Searches the journal, from its newest entries. */
export const search = (words: string): void => {
  batch(() => {
    text.value = words
    offset.value = 0
    before.value = 0
  })
  void poll()
}

/** The details of an entry. */
export const detail = (id: number): Promise<EntryDetail> =>
  ask<EntryDetail>(
    `page/entry?${new URLSearchParams({ id: String(id), corp: corpId.value, language: language.value })}`
  )

/** Shows the entry of the journal with an id. */
export const showEntry = (id: number): void => {
  batch(() => {
    text.value = ""
    only.value = ""
    failed.value = ""
    offset.value = 0
    before.value = id + 1
    open.value = new Set([id])
    pane.value = "wire"
  })
  void poll()
}

/** Shows the call that sent a message. */
export const showCallOf = (msgid: string): Promise<void> =>
  attempt(async () => {
    const { id } = await ask<EntryDetail>(`page/entry?${new URLSearchParams({ msgid, corp: corpId.value })}`)
    showEntry(id)
  })

/** Shows the newest entries again. */
export const showNewest = (): void => {
  batch(() => {
    offset.value = 0
    before.value = 0
  })
  void poll()
}

/** What pickers offer; fetched when it is first asked for. */
export const catalogue = signal<Catalogue>({ endpoints: [], errcodes: [] })

/** Fetches what pickers offer. */
export const loadCatalogue = async (): Promise<void> => {
  if (catalogue.value.endpoints.length === 0) catalogue.value = await ask<Catalogue>("page/catalogue")
}

/** The dialog that is open. */
export const dialog = signal<"" | "faults" | "acts" | "call" | "start">("")

/** What the dialog of calls is filled in with. */
export interface Draft {
  readonly agentId?: number | undefined
  readonly method: "GET" | "POST"
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly body: string
}

export const draft = signal<Draft>({
  method: "POST",
  path: "/cgi-bin/message/send",
  query: {},
  body: JSON.stringify({ touser: "zhangsan", msgtype: "text", agentid: 1000002, text: { content: "你好" } }, null, 2)
})

/** Opens the dialog of calls with one filled in. */
export const prepare = (call: Draft): void => {
  draft.value = call
  dialog.value = "call"
}

/** Calls the API in the name of an app. */
export const callByHand = ({ agentId, body, method, path, query }: Draft): Promise<Called> =>
  ask<Called>("page/call", {
    corp: corpId.value,
    ...(agentId === undefined ? {} : { agentId }),
    method,
    path,
    query,
    body
  })

/** The first message: what a new program would send. */
export const firstMessage = (userid: string): Draft => ({
  agentId: app.value?.agentId,
  method: "POST",
  path: "/cgi-bin/message/send",
  query: {},
  body: JSON.stringify(
    { touser: userid, msgtype: "text", agentid: app.value?.agentId, text: { content: t("Hello|你好") } },
    null,
    2
  )
})

/** What the dialog of acts is filled in with. */
export interface Wish {
  readonly path: string
  readonly method?: string | undefined
  /** The act, of those that the operation has. */
  readonly act?: string | undefined
  readonly values: { readonly [field: string]: unknown }
}

export const wish = signal<Wish | undefined>(undefined)

/** Opens the dialog of acts with one filled in. */
export const propose = (proposed: Wish): void => {
  wish.value = proposed
  dialog.value = "acts"
}

/** What the dialog of faults is filled in with. */
export const faultEndpoint = signal("")
