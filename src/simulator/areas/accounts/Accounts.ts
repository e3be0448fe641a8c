/** 高级功能账号: what the areas share whose members can have advanced functions. */
import { pageOf } from "../../engine/Pages.ts"
import type { AppCall } from "../../engine/Route.ts"
import { isSeenMember } from "../../engine/Sight.ts"
import { findMember } from "../../engine/World.ts"

/** Does something for each member that a call names and the app sees; says who they are, and who the others are. */
export const each = (
  call: AppCall<{ readonly userid_list: ReadonlyArray<string> }>,
  run: (userid: string) => void
): { readonly succ_userid_list: ReadonlyArray<string>; readonly fail_userid_list: ReadonlyArray<string> } => {
  const { userid_list } = call.input
  const known = userid_list.filter((userid) => isSeenMember(call, userid))
  for (const userid of known) run(findMember(call.corp, userid)?.user.userid ?? userid)
  return { succ_userid_list: known, fail_userid_list: userid_list.filter((userid) => !known.includes(userid)) }
}

/** One page of those who have the functions, as far as the app sees them. */
export const page = (
  call: AppCall<{ readonly cursor?: string | undefined; readonly limit?: number | undefined } | {}>,
  userids: Iterable<string>
) => {
  const { cursor, limit = 100 }: { readonly cursor?: string | undefined; readonly limit?: number | undefined } =
    call.input
  const { items, next_cursor } = pageOf([...userids].filter((userid) => isSeenMember(call, userid)), cursor, limit)
  return { userid_list: items, has_more: next_cursor !== undefined, next_cursor }
}
