/**
 * `wecom customer`: the customers of the corp's members.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { Customers, type FollowedContact } from "../../customers/Customers.ts"
import { FollowUsers } from "../../customers/FollowUsers.ts"
import type { WeComClient } from "../../WeComClient.ts"
import { WeComError } from "../../WeComError.ts"
import { call, withClient } from "../client.ts"
import { exportSteps } from "../exportPages.ts"
import { usage } from "../failure.ts"
import { formatFlags, formatOf } from "../formatFlags.ts"
import { rows, toJson } from "../output.ts"

const users = Flag.String("user").pipe(
  Flag.withMetavar("USERID"),
  Flag.withDescription("Members whose customers are meant; may be repeated. Default: all who follow customers."),
  Flag.atLeast(0)
)

const followers = (chosen: ReadonlyArray<string>) =>
  chosen.length > 0 ? Effect.succeed(chosen) : call(FollowUsers.endpoints.list, {})

interface Position {
  /** Which of the members. */
  readonly user: number
  readonly cursor?: string | undefined
}

/** A page of the customers of one of several members, and where the next one begins. */
const pageOf = (userids: ReadonlyArray<string>, { cursor, user }: Position) =>
  call(Customers.endpoints.listByUsers, { userid_list: [userids[user]], limit: 100, ...(cursor && { cursor }) }).pipe(
    Effect.map(({ external_contact_list, next_cursor }) => ({
      userid: userids[user] ?? "",
      contacts: external_contact_list,
      next: next_cursor
        ? { user, cursor: next_cursor }
        : userids[user + 1] === undefined
        ? undefined
        : { user: user + 1 }
    })),
    // Nobody follows them: that is an empty page.
    WeComError.catchCode(84061, () =>
      Effect.succeed({
        userid: userids[user] ?? "",
        contacts: [],
        next: userids[user + 1] === undefined ? undefined : { user: user + 1 }
      }))
  )

const list = Command.make("list", { user: users, ...formatFlags }, ({ user, ...format }) =>
  Effect.gen(function*() {
    const userids = yield* followers(user)
    const found: Array<FollowedContact & { readonly userid?: string }> = []
    let position: Position | undefined = userids.length === 0 ? undefined : { user: 0 }
    while (position !== undefined) {
      const { contacts, next }: Effect.Success<ReturnType<typeof pageOf>> = yield* pageOf(userids, position)
      found.push(...contacts)
      position = next
    }
    yield* rows(formatOf(format), found, [
      { title: "EXTERNAL_USERID", value: ({ external_contact }) => external_contact.external_userid, fit: "whole" },
      { title: "姓名", value: ({ external_contact }) => external_contact.name },
      { title: "企业", value: ({ external_contact }) => external_contact.corp_name },
      { title: "跟进人", value: ({ follow_info }) => follow_info.userid },
      { title: "备注", value: ({ follow_info }) => follow_info.remark }
    ])
  }).pipe(withClient())).pipe(Command.withDescription("List customers with who follows them"))

const exported = Command.make("export", {
  output: Argument.String("file").pipe(Argument.withDescription("Ends in .jsonl.")),
  user: users
}, ({ output, user }) =>
  Effect.gen(function*() {
    if (!output.endsWith(".jsonl")) return yield* Effect.fail(usage(`${output}: name a .jsonl file`))
    const userids = yield* followers(user)
    yield* exportSteps<Position, WeComError, WeComClient>({
      file: output,
      question: `customers of ${userids.join(",")}`,
      first: { user: 0 },
      step: (position) =>
        userids.length === 0
          ? Effect.succeed({ lines: [], next: undefined })
          : Effect.map(pageOf(userids, position), ({ contacts, next }) => ({
            lines: contacts.map((contact) => toJson(contact)),
            next
          }))
    })
  }).pipe(withClient())).pipe(
    Command.withDescription("Write all customers to a file; run it again to go on after an interruption")
  )

/** `wecom customer`. */
export const command = Command.make("customer").pipe(
  Command.withDescription("Customers: list, export"),
  Command.withSubcommands([list, exported])
)
