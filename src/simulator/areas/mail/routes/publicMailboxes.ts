/** 管理公共邮箱. */
import * as Redacted from "effect/Redacted"
import {
  CreatedMailbox,
  FoundMailbox,
  MailboxPassword,
  MailboxPasswordInfo,
  PublicMailbox,
  PublicMailboxes
} from "../../../../oa/mail/PublicMailboxes.ts"
import { type AppCall, merged, refuse, route } from "../../../engine/Route.ts"
import { seenDepartment, seenMember } from "../../../engine/Sight.ts"
import { timeOf } from "../../../engine/Times.ts"
import { isInUse, isOwn, keyOf, mailOf, type Public } from "../Mails.ts"

const { endpoints } = PublicMailboxes

type Call = AppCall<unknown>

/** A mailbox that the app has made. */
const boxOf = ({ app, corp }: Call, id: number): Public => {
  const box = mailOf(corp).publics.get(id)
  return box === undefined || box.owner !== app ? refuse(680035) : box
}

interface Users {
  readonly userid_list?: { readonly list: ReadonlyArray<string> } | undefined
  readonly department_list?: { readonly list: ReadonlyArray<number> } | undefined
  readonly tag_list?: { readonly list: ReadonlyArray<number> } | undefined
}

/** Refuses users whom the app does not see, and a mailbox that nobody uses. */
const check = (call: Call, { department_list, tag_list, userid_list }: Users): void => {
  for (const userid of userid_list?.list ?? []) seenMember(call, userid)
  for (const id of department_list?.list ?? []) seenDepartment(call, id)
  if ([userid_list, department_list, tag_list].every((one) => (one?.list.length ?? 0) === 0)) refuse(680000)
}

const uniqueName = ({ corp }: Call, name: string | undefined, id?: number): void => {
  if (name === undefined) return
  if ([...mailOf(corp).publics].some(([other, { model }]) => other !== id && model.name === name)) refuse(680040)
}

/** How many passwords a mailbox has at most. */
const maxPasswords = 10

/** Makes a password, if one is asked for. */
const passwordOf = (
  call: AppCall<{
    readonly create_auth_code?: boolean | undefined
    readonly auth_code_info?: { readonly remark?: string | undefined } | undefined
  }>,
  { passwords }: Public
) => {
  const { auth_code_info, create_auth_code = false } = call.input
  if (!create_auth_code) return {}
  if (passwords.size >= maxPasswords) refuse(680000, "the mailbox has 10 passwords")
  const id = call.world.next()
  passwords.set(id, { id, remark: auth_code_info?.remark ?? "办公PC", at: call.now })
  return { auth_code_id: id, auth_code: Redacted.make(call.world.text(16)) }
}

export const publicMailboxes = [
  route(endpoints.create, (call) => {
    const { auth_code_info: _, create_auth_code: __, ...input } = call.input
    const { app, corp, world } = call
    if (!isOwn(corp, input.email)) refuse(680032)
    if (isInUse(corp, input.email)) refuse(680033)
    uniqueName(call, input.name)
    check(call, input)
    const id = world.next()
    const box: Public = { owner: app, model: new PublicMailbox({ ...input, id }), passwords: new Map() }
    mailOf(corp).publics.set(id, box)
    return new CreatedMailbox({ id, ...passwordOf(call, box) })
  }, { email: 680032, name: 680034 }),

  route(endpoints.update, (call) => {
    const { auth_code_info: _, create_auth_code: __, id, ...changes } = call.input
    const box = boxOf(call, id)
    uniqueName(call, changes.name, id)
    const before = box.model.alias_list?.list ?? []
    for (const alias of changes.alias_list?.list ?? []) {
      if (!isOwn(call.corp, alias)) refuse(680047)
      if (!before.includes(alias) && isInUse(call.corp, alias)) refuse(680048)
    }
    const model = new PublicMailbox(merged(box.model, changes))
    check(call, model)
    box.model = model
    return new MailboxPassword(passwordOf(call, box))
  }, { id: 680036, name: 680034, alias_list: 680049 }),

  route(endpoints.delete, (call) => {
    const { corp, input: { id } } = call
    const { owner } = boxOf(call, id)
    mailOf(corp).publics.delete(id)
    mailOf(corp).boxes.delete(keyOf({ kind: "public", id, app: owner }))
  }, { id: 680036 }),

  route(endpoints.getMany, (call) => call.input.id_list.map((id) => boxOf(call, id).model), { id_list: 680036 }),

  route(endpoints.search, (call) => {
    const { email: wanted = "", fuzzy } = call.input
    return [...mailOf(call.corp).publics.values()]
      .filter(({ model: { email = "", name = "" }, owner }) =>
        owner === call.app && (!fuzzy || email.includes(wanted) || name.includes(wanted))
      )
      .map(({ model: { email, id, name } }) => new FoundMailbox({ id, email, name }))
  }, { fuzzy: 680015 }),

  route(
    endpoints.listPasswords,
    (call) =>
      [...boxOf(call, call.input.id).passwords.values()].map(({ at, id, remark }) =>
        new MailboxPasswordInfo({ auth_code_id: id, remark, create_time: timeOf(at) })
      ),
    { id: 680036 }
  ),

  route(endpoints.deletePassword, (call) => {
    if (!boxOf(call, call.input.id).passwords.delete(call.input.auth_code_id)) refuse(680000, "invalid auth_code_id")
  }, { id: 680036 })
]
