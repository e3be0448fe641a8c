/**
 * `wecom approval`: applications for approval.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { ApprovalDetail } from "../../oa/approvals/ApprovalDetail.ts"
import { Approvals } from "../../oa/approvals/Approvals.ts"
import { ApprovalStatus } from "../../oa/approvals/ApprovalStatus.ts"
import { WeComClient } from "../../WeComClient.ts"
import { call, withClient } from "../client.ts"
import { usage } from "../failure.ts"
import { formatFlags, formatOf } from "../formatFlags.ts"
import { json, rows } from "../output.ts"

const day = 24 * 3600_000

const list = Command.make("list", {
  days: Flag.Int("days").pipe(
    Flag.withMetavar("N"),
    Flag.withDefault(7),
    Flag.withDescription("How far back: at most 31. Default: 7.")
  ),
  status: Flag.optional(Flag.Literals("status", ["pending", "approved", "rejected", "revoked"])),
  template: Flag.optional(
    Flag.String("template").pipe(Flag.withMetavar("ID"), Flag.withDescription("Of one template."))
  ),
  creator: Flag.optional(
    Flag.String("creator").pipe(Flag.withMetavar("USERID"), Flag.withDescription("Of one member."))
  ),
  ...formatFlags
}, ({ creator, days, status, template, ...format }) =>
  Effect.gen(function*() {
    if (days < 1 || days > 31) return yield* Effect.fail(usage("--days: 1 to 31, as WeCom answers for 31 days at most"))
    // WeCom takes whole seconds: the one that is under way belongs to them.
    const until = (Math.floor((yield* Clock.currentTimeMillis) / 1000) + 1) * 1000
    const filters = [
      ...Option.toArray(Option.map(status, (name) => ({ key: "sp_status" as const, value: statuses[name] }))),
      ...Option.toArray(Option.map(template, (value) => ({ key: "template_id" as const, value }))),
      ...Option.toArray(Option.map(creator, (value) => ({ key: "creator" as const, value })))
    ]
    const client = yield* WeComClient
    const numbers = yield* Stream.runCollect(
      client.stream(Approvals.endpoints.listAllNumbers)({
        starttime: DateTime.makeUnsafe(until - days * day),
        endtime: DateTime.makeUnsafe(until),
        size: 100,
        ...(filters.length > 0 && { filters })
      })
    )
    const details = yield* Effect.forEach(numbers, (sp_no) => call(Approvals.endpoints.get, { sp_no }), {
      concurrency: 5
    })
    yield* rows<ApprovalDetail>(formatOf(format), details, [
      { title: "编号", value: ({ sp_no }) => sp_no, fit: "whole" },
      { title: "模板", value: ({ sp_name }) => sp_name },
      { title: "申请人", value: ({ applyer }) => applyer?.userid },
      { title: "时间", value: ({ apply_time }) => apply_time && DateTime.formatIso(apply_time) },
      { title: "状态", value: ({ sp_status }) => ApprovalStatus.label(sp_status) ?? sp_status }
    ])
  }).pipe(withClient())).pipe(Command.withDescription("List the applications of the last days"))

const statuses = {
  pending: ApprovalStatus.Pending,
  approved: ApprovalStatus.Approved,
  rejected: ApprovalStatus.Rejected,
  revoked: ApprovalStatus.Revoked
}

const get = Command.make(
  "get",
  { sp_no: Argument.String("sp_no") },
  ({ sp_no }) => Effect.flatMap(call(Approvals.endpoints.get, { sp_no }), json).pipe(withClient())
).pipe(
  Command.withDescription("Show an application as JSON")
)

/** `wecom approval`. */
export const command = Command.make("approval").pipe(
  Command.withDescription("Approvals: list, get"),
  Command.withSubcommands([list, get])
)
