/**
 * What the page is told: JSON that the server makes and the browser reads. Types alone, for both of them.
 */

/** The kinds of conversations, in the order of the page. */
export type Kind =
  | "members"
  | "groups"
  | "customers"
  | "kf"
  | "robots"
  | "approvals"
  | "meetings"
  | "documents"
  | "suites"

/** The content of a message, under the names of the API. */
export interface Content {
  readonly [field: string]: unknown
}

/** One line of a conversation. */
export interface Turn {
  /** Tells it from the others of its conversation. */
  readonly key: string
  /** Who speaks: the corp's side stands left, the one whose phone it is right. */
  readonly side: "app" | "member"
  /** The name of who speaks. */
  readonly by: string
  /** Epoch milliseconds. */
  readonly at: number
  /** A type of message, or the key of an event. */
  readonly msgtype: string
  readonly content: Content
  readonly msgid?: string | undefined
  readonly agentId?: number | undefined
  readonly botId?: string | undefined
  readonly chatid?: string | undefined
  readonly recalled?: boolean | undefined
  /** Never received, as an app sent too much. */
  readonly dropped?: boolean | undefined
  /** What became of the callback; absent while it is under way, and where there is none. */
  readonly outcome?: string | undefined
  /** Whether there is a callback. */
  readonly called?: boolean | undefined
  /** The journal's entry of the callback. */
  readonly entry?: number | undefined
}

/** One line of the list on the left. */
export interface Item {
  readonly id: string
  readonly title: string
  readonly about: string
  /** How much was said. */
  readonly count: number
}

/** A button of an app's menu. */
export interface MenuButton {
  readonly name: string
  readonly type?: string | undefined
  readonly key?: string | undefined
  readonly url?: string | undefined
  readonly sub_button?: ReadonlyArray<MenuButton> | undefined
}

/** An app. */
export interface AppView {
  readonly agentId: number | undefined
  readonly name: string
  readonly callback: string | undefined
  readonly tokenEndsAt: number | undefined
  readonly menu: ReadonlyArray<MenuButton>
}

/** A smart robot. */
export interface BotView {
  readonly id: string
  readonly name: string
  readonly callback: string | undefined
  readonly connected: boolean
}

/** A pair of a name and what it is, as a card shows it. */
export type Fact = readonly [name: string, value: string]

/** One who is asked, or has a part. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly state: string
}

/** A table, such as a sheet of a smart sheet. */
export interface Table {
  readonly id: string
  readonly title: string
  readonly fields: ReadonlyArray<{ readonly title: string; readonly type: string }>
  readonly rows: ReadonlyArray<{ readonly id: string; readonly cells: ReadonlyArray<string> }>
  readonly total: number
}

/** What stands in the middle. */
export interface Shown {
  readonly kind: Kind
  readonly id: string
  readonly title: string
  readonly about: string
  readonly turns: ReadonlyArray<Turn>
  readonly facts: ReadonlyArray<Fact>
  readonly people: ReadonlyArray<Person>
  readonly tables: ReadonlyArray<Table>
  /** What forms of acts are filled in with. */
  readonly known: { readonly [field: string]: string }
}

/** A line of the journal. */
export interface EntryView {
  readonly id: number
  readonly kind: "call" | "callback"
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: { readonly [name: string]: string }
  readonly agentId?: number | undefined
  readonly fault?: string | undefined
  readonly status?: number | undefined
  readonly errcode?: number | undefined
  readonly label?: string | undefined
  readonly warnings: ReadonlyArray<string>
  readonly source?: string | undefined
  readonly duration?: number | undefined
  /** What it was about, in a few words: `text zhangsan`. */
  readonly about?: string | undefined
}

/** An entry whole. */
export interface EntryDetail extends EntryView {
  readonly headers?: { readonly [name: string]: string } | undefined
  readonly body: string
  readonly answer: string
  readonly corpId?: string | undefined
  /** The conversations that it has to do with. */
  readonly links: ReadonlyArray<Link>
  /** Why it cannot be sent again, if it cannot. */
  readonly final?: string | undefined
}

/** A place on the page. */
export interface Link {
  readonly corp: string
  readonly kind: Kind
  readonly id: string
  readonly title: string
  /** The turn that is meant. */
  readonly turn?: string | undefined
}

/** A fault that is still to strike. */
export interface FaultView {
  readonly id: number
  readonly fault: string
  readonly endpoint?: string | undefined
  readonly times?: number | undefined
  readonly probability?: number | undefined
}

/** All that the page shows at a time. */
export interface Now {
  readonly now: number
  readonly corps: ReadonlyArray<{ readonly id: string; readonly name: string }>
  readonly corp: {
    readonly id: string
    readonly name: string
    readonly apps: ReadonlyArray<AppView>
    readonly bots: ReadonlyArray<BotView>
  }
  readonly suites: ReadonlyArray<string>
  /** How many of each kind there are. */
  readonly counts: { readonly [K in Kind]: number }
  readonly items: ReadonlyArray<Item>
  /** How many fit what is looked for. */
  readonly found: number
  readonly shown?: Shown | undefined
  /** The newest first. */
  readonly journal: ReadonlyArray<EntryView>
  /** How many fit what is looked for. */
  readonly total: number
  readonly faults: ReadonlyArray<FaultView>
}

/** What pickers offer. */
export interface Catalogue {
  readonly endpoints: ReadonlyArray<{ readonly method: string; readonly path: string; readonly title: string }>
  readonly errcodes: ReadonlyArray<{ readonly code: number; readonly label: string }>
}

/** What came of a call by hand. */
export interface Called {
  readonly entry: number
  readonly status: number
  readonly answer: string
}

/** What is shown when it is asked for alone. */
export type Secrets = ReadonlyArray<Fact>
