/**
 * What the simulator knows of 邮件: mailboxes of members, of apps, and public ones; groups of addresses; and every mail
 * that is written within the corp. Mails to addresses outside are kept as sent, and go nowhere.
 */
import { AppMailReceived, PublicMailReceived } from "../../../callback/events/MailEvents.ts"
import { MailGroup, MailGroupAllowType, type MailGroupChange, type NewMailGroup } from "../../../oa/mail/MailGroups.ts"
import type { PublicMailbox } from "../../../oa/mail/PublicMailboxes.ts"
import { event, type Telling, toApp } from "../../engine/Audience.ts"
import * as State from "../../engine/State.ts"
import { type App, type Corp, isTagged, isUnder, type Member, type World } from "../../engine/World.ts"
import { eml, type Written } from "./eml.ts"

/** A mail. */
export interface Mail extends Written {
  readonly bcc: ReadonlyArray<string>
  /** As `.eml` files have it: what those who get it see, without `bcc`. */
  readonly text: string
}

/** A mail in a mailbox. */
export interface Received {
  readonly mail: Mail
  isRead: boolean
}

/** 客户端专用密码 of a public mailbox, without the password. */
export interface Password {
  readonly id: number
  readonly remark: string
  readonly at: number
}

/** 公共邮箱, with the app that has made it. */
export interface Public {
  readonly owner: App
  model: PublicMailbox
  readonly passwords: Map<number, Password>
}

/** 邮件群组, with the app that has made it. */
export interface Group {
  readonly owner: App
  model: MailGroup
}

/** Whose a mailbox is. */
export type Holder =
  | { readonly kind: "member"; readonly member: Member }
  | { readonly kind: "app"; readonly app: App }
  | { readonly kind: "public"; readonly id: number; readonly app: App }

/** The mail of a corp. */
export interface CorpMail {
  /** What came, the oldest first, by {@link keyOf}. */
  readonly boxes: Map<string, Array<Received>>
  /** 应用邮箱账号: where they were changed. */
  readonly apps: Map<App, { readonly email: string; readonly alias_list: ReadonlyArray<string> }>
  /** By address. */
  readonly groups: Map<string, Group>
  readonly publics: Map<number, Public>
  /** What went to addresses outside of the corp. */
  readonly outside: Array<{ readonly address: string; readonly mail: Mail }>
  /** Mailboxes that are disabled, by {@link keyOf}. */
  readonly disabled: Set<string>
  /** Who has the advanced functions, by userid. */
  readonly advanced: Set<string>
  /** 用户功能属性, by userid and type, where they were changed. */
  readonly options: Map<string, Map<number, number>>
  /** Meetings that mails have made, by the id of the schedule that was made with them. */
  readonly meetings: Map<string, string>
}

/** The mail of a corp; none at first. */
export const mailOf: (corp: Corp) => CorpMail = State.make("mail/mail", (): CorpMail => ({
  boxes: new Map(),
  apps: new Map(),
  groups: new Map(),
  publics: new Map(),
  outside: [],
  disabled: new Set(),
  advanced: new Set(),
  options: new Map(),
  meetings: new Map()
}))

/** What the addresses of a corp end in. */
export const domainOf = ({ id }: Corp): string => `${id.toLowerCase()}.wecom.work`

/** The address of a member: the one of the address book, if there is one. */
export const addressOf = (corp: Corp, { user: { biz_mail = "", userid } }: Member): string =>
  biz_mail === "" ? `${userid.toLowerCase()}@${domainOf(corp)}` : biz_mail

/** 应用邮箱账号. */
export const accountOf = (corp: Corp, app: App) =>
  mailOf(corp).apps.get(app) ?? { email: `app-${app.agentId ?? "0"}@${domainOf(corp)}`, alias_list: [] }

/** Whether an address is written as one of the corp. */
export const isOwn = (corp: Corp, address: string): boolean =>
  new RegExp(`^[\\w.+-]+@${domainOf(corp).replaceAll(".", "\\.")}$`, "i").test(address)

/** Whether a text is written as an address. */
export const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Whose an address is, if it is somebody's in the corp and not a group's. */
export const holderOf = (corp: Corp, address: string): Holder | undefined => {
  for (const member of corp.members.values()) {
    if (same(addressOf(corp, member), address)) return { kind: "member", member }
  }
  for (const app of corp.apps) {
    const { alias_list, email } = accountOf(corp, app)
    if ([email, ...alias_list].some((one) => same(one, address))) return { kind: "app", app }
  }
  for (const [id, { model: { alias_list, email = "" }, owner }] of mailOf(corp).publics) {
    if ([email, ...alias_list?.list ?? []].some((one) => same(one, address))) return { kind: "public", id, app: owner }
  }
  return undefined
}

/** Whether an address is somebody's, or a group's. */
export const isInUse = (corp: Corp, address: string): boolean =>
  mailOf(corp).groups.has(address.toLowerCase()) || holderOf(corp, address) !== undefined

/** Tells mailboxes apart. */
export const keyOf = (holder: Holder): string =>
  holder.kind === "member"
    ? `member ${holder.member.openid}`
    : holder.kind === "app"
    ? `app ${holder.app.agentId ?? ""}`
    : `public ${holder.id}`

/** What came into a mailbox, the oldest first. */
export const boxOf = (corp: Corp, holder: Holder): Array<Received> => {
  const { boxes } = mailOf(corp)
  const key = keyOf(holder)
  const known = boxes.get(key)
  if (known !== undefined) return known
  const box: Array<Received> = []
  boxes.set(key, box)
  return box
}

/** How many mails of a mailbox nobody has read. */
export const unread = (corp: Corp, holder: Holder): number => boxOf(corp, holder).filter(({ isRead }) => !isRead).length

/** The members below departments, and with tags. */
const membersOf = (
  corp: Corp,
  departments: ReadonlyArray<number> = [],
  tags: ReadonlyArray<number> = []
): ReadonlyArray<Member> =>
  [...corp.members.values()].filter(({ user }) =>
    user.department.some((id) => isUnder(corp, id, departments)) ||
    tags.some((id) => {
      const tag = corp.tags.get(id)
      return tag !== undefined && isTagged(corp, tag, user)
    })
  )

/** The addresses that a group stands for; groups in it are followed, each once. */
const expanded = (corp: Corp, { model }: Group, seen: Set<string>): ReadonlyArray<string> => {
  const { department_list, email_list, group_list, groupid, tag_list } = model
  if (seen.has(groupid)) return []
  seen.add(groupid)
  return [
    ...email_list?.list ?? [],
    ...membersOf(corp, department_list?.list, tag_list?.list).map((member) => addressOf(corp, member)),
    ...(group_list?.list ?? []).flatMap((id) => {
      const inner = mailOf(corp).groups.get(id.toLowerCase())
      return inner === undefined ? [] : expanded(corp, inner, seen)
    })
  ]
}

/** Whether an address may write to a group. */
const mayWrite = (corp: Corp, group: Group, address: string): boolean => {
  const { allow_departmentlist, allow_emaillist, allow_taglist, allow_type = MailGroupAllowType.Corp } = group.model
  const holder = holderOf(corp, address)
  switch (allow_type) {
    case MailGroupAllowType.Anybody:
      return true
    case MailGroupAllowType.Corp:
      return holder !== undefined
    case MailGroupAllowType.Members:
      return expanded(corp, group, new Set()).some((one) => same(one, address))
    default:
      return allow_emaillist?.list.some((one) => same(one, address)) === true ||
        (holder?.kind === "member" &&
          membersOf(corp, allow_departmentlist?.list, allow_taglist?.list).includes(holder.member))
  }
}

/** What somebody writes. */
export type Letter = Omit<Mail, "id" | "text">

/**
 * Sends a mail to all whom it names, each once; groups stand for those in them. Returns it, and what apps are told of it:
 * each app of its own mailbox, and of the public ones that it has made.
 */
export const send = (
  world: World,
  corp: Corp,
  letter: Letter
): { readonly mail: Mail; readonly tellings: ReadonlyArray<Telling> } => {
  const written = { ...letter, id: world.id("mail-") }
  const mail: Mail = { ...written, text: eml(written) }
  const { disabled, groups, outside } = mailOf(corp)
  const addresses = [...letter.to, ...letter.cc, ...letter.bcc].flatMap((address) => {
    const group = groups.get(address.toLowerCase())
    if (group === undefined) return [address]
    return mayWrite(corp, group, letter.from) ? expanded(corp, group, new Set()) : []
  })
  const reached = new Set<string>()
  const tellings: Array<Telling> = []
  for (const address of new Set(addresses.map((one) => one.toLowerCase()))) {
    const holder = holderOf(corp, address)
    if (holder === undefined) {
      if (!isOwn(corp, address)) outside.push({ address, mail })
      continue
    }
    const key = keyOf(holder)
    if (reached.has(key) || disabled.has(key)) continue
    reached.add(key)
    boxOf(corp, holder).push({ mail, isRead: false })
    const Amount = unread(corp, holder)
    if (holder.kind === "app") tellings.push(toApp(holder.app, event(AppMailReceived, { Amount })))
    if (holder.kind === "public") {
      tellings.push(toApp(holder.app, event(PublicMailReceived, { Id: holder.id, Amount })))
    }
  }
  return { mail, tellings }
}

/** A group as it is written, before which it was another one perhaps. */
export const groupFrom = (written: NewMailGroup | MailGroupChange, before?: MailGroup): MailGroup =>
  new MailGroup({
    ...before,
    ...Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)),
    groupid: written.groupid.toLowerCase()
  })

/** Whether a group stands for anybody at all. */
export const isEmpty = ({ department_list, email_list, group_list, tag_list }: MailGroup): boolean =>
  [department_list, email_list, group_list, tag_list].every((one) => (one?.list.length ?? 0) === 0)
