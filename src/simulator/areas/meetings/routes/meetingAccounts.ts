/** 会议高级功能账号. */
import {
  MeetingAccountJob,
  MeetingAccountPage,
  MeetingAccountResult,
  MeetingAccounts
} from "../../../../oa/meetings/MeetingAccounts.ts"
import { type AppCall, existing, route } from "../../../engine/Route.ts"
import * as State from "../../../engine/State.ts"
import type { Corp } from "../../../engine/World.ts"
import { each, page } from "../../accounts/Accounts.ts"

const { endpoints } = MeetingAccounts

/** Who has the functions, and what jobs have come to. */
const accountsOf: (corp: Corp) => {
  readonly advanced: Set<string>
  readonly jobs: Map<string, MeetingAccountResult>
} = State.make("meetings/accounts", () => ({ advanced: new Set<string>(), jobs: new Map() }))

/** Does a job at once; those whom the app does not see are left out of it. */
const submit = (
  call: AppCall<{ readonly userid_list: ReadonlyArray<string> }>,
  run: (userid: string) => void
): MeetingAccountJob => {
  const { fail_userid_list, succ_userid_list } = each(call, run)
  const jobid = call.world.id("job-")
  accountsOf(call.corp).jobs.set(jobid, new MeetingAccountResult({ succ_userid_list, fail_userid_list: [] }))
  return new MeetingAccountJob({ jobid, invalid_userid_list: fail_userid_list })
}

const resultOf = ({ corp, input: { jobid } }: AppCall<{ readonly jobid: string }>): MeetingAccountResult =>
  existing(accountsOf(corp).jobs, jobid, 40058, "invalid jobid")

export const meetingAccounts = [
  route(endpoints.submitAdd, (call) => submit(call, (userid) => void accountsOf(call.corp).advanced.add(userid))),

  route(endpoints.getAddResult, resultOf),

  route(endpoints.submitRemove, (call) => submit(call, (userid) => void accountsOf(call.corp).advanced.delete(userid))),

  route(endpoints.getRemoveResult, resultOf),

  route(endpoints.list, (call) => new MeetingAccountPage(page(call, accountsOf(call.corp).advanced)))
]
