/** What the simulator knows of reports, and of who has to write them. */
import * as DateTime from "effect/DateTime"
import type { JournalDetail } from "../../../oa/journals/JournalDetail.ts"
import {
  JournalCycle,
  JournalRange,
  JournalReceivers,
  JournalReporter,
  JournalStatistics
} from "../../../oa/journals/Journals.ts"
import * as State from "../../engine/State.ts"
import { day, midnight, timeOf } from "../../engine/Times.ts"
import { type Corp, isUnder } from "../../engine/World.ts"

/** 汇报, by their id, the oldest first. */
export const journalsOf = State.make("journals/journals", () => new Map<string, JournalDetail>())

/** A template: how often members report by it, and who does. */
export interface Template {
  readonly template_id: string
  readonly template_name: string
  readonly cycle: typeof JournalCycle.values[number]
  /** Userids, and departments. */
  readonly users: ReadonlyArray<string>
  readonly departments: ReadonlyArray<number>
  /** 白名单: userids of those who need not. */
  readonly exempt: ReadonlyArray<string>
  /** Userids of those who receive every report. */
  readonly receivers: ReadonlyArray<string>
}

/** 汇报模板, by their id. */
export const templatesOf = State.make("journals/templates", () => new Map<string, Template>())

/** 导出任务: when each was started, in milliseconds of the epoch. */
export const exportsOf = State.make("journals/exports", () => new Map<string, number>())

/** How long an export takes, in milliseconds. */
export const exportTime = 1000

/** When the cycle begins that a time is in; weeks begin on Monday. */
const beginningOf = (at: number, cycle: Template["cycle"]): number => {
  const start = midnight(at)
  const { day: date, weekDay } = DateTime.toPartsUtc(timeOf(start + 8 * 3600_000))
  switch (cycle) {
    case JournalCycle.Week:
      return start - (weekDay + 6) % 7 * day
    case JournalCycle.Month:
      return start - (date - 1) * day
    default:
      return start
  }
}

const longest: { readonly [cycle: number]: number } = { [JournalCycle.Week]: 7, [JournalCycle.Month]: 31 }

/** When the cycles begin that are over, of those from one time to another; and when the next one does. */
const cyclesOf = (cycle: Template["cycle"], from: number, to: number, now: number) => {
  const cycles: Array<{ readonly begin: number; readonly end: number }> = []
  for (let begin = beginningOf(from, cycle); begin <= to;) {
    const end = beginningOf(begin + (longest[cycle] ?? 1) * day + 12 * 3600_000, cycle)
    if (end > now) break
    cycles.push({ begin, end })
    begin = end
  }
  return cycles
}

const usersOf = (userids: ReadonlyArray<string>) => userids.map((userid) => ({ userid }))

/** 汇报统计, of each cycle that is over. */
export const statisticsOf = (
  corp: Corp,
  { cycle, departments, exempt, receivers, template_id, template_name, users }: Template,
  { from, now, to }: { readonly from: number; readonly to: number; readonly now: number }
): ReadonlyArray<JournalStatistics> => {
  const reporters = [...corp.members.values()].map(({ user }) => user)
    .filter(({ department, userid }) =>
      !exempt.includes(userid) &&
      (users.includes(userid) || department.some((id) => isUnder(corp, id, departments)))
    )
    .map(({ userid }) => userid)
  const written = [...journalsOf(corp).values()].filter((journal) => journal.template_id === template_id)
  return cyclesOf(cycle, from, to, now).map(({ begin, end }) => {
    const inCycle = written.filter(({ report_time }) => {
      const at = report_time === undefined ? 0 : DateTime.toEpochMillis(report_time)
      return at >= begin && at < end
    })
    const by = (userid: string) => inCycle.filter(({ submitter }) => submitter?.userid === userid)
    const have = reporters.filter((userid) => by(userid).length > 0)
    return new JournalStatistics({
      template_id,
      template_name,
      report_type: cycle,
      report_range: new JournalRange({
        user_list: usersOf(users),
        party_list: departments.map((id) => ({ open_partyid: `${id}` })),
        tag_list: []
      }),
      white_range: new JournalRange({ user_list: usersOf(exempt), party_list: [], tag_list: [] }),
      receivers: new JournalReceivers({ user_list: usersOf(receivers), tag_list: [], leader_list: [] }),
      cycle_begin_time: timeOf(begin),
      cycle_end_time: timeOf(end),
      stat_begin_time: timeOf(begin),
      stat_end_time: timeOf(end),
      report_list: have.map((userid) =>
        new JournalReporter({
          user: { userid },
          itemlist: by(userid).map(({ journal_uuid, report_time }) => ({
            journaluuid: journal_uuid,
            reporttime: report_time,
            flag: false
          }))
        })
      ),
      unreport_list: reporters.filter((userid) => !have.includes(userid)).map((userid) =>
        new JournalReporter({
          user: { userid },
          itemlist: [{ journaluuid: "", reporttime: timeOf(begin), flag: false }]
        })
      )
    })
  })
}
