import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, Console, DateTime, Effect, Layer, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Users } from "effect-wecom/contacts"
import { CheckinAnomalyType, CheckinReports, type MonthlyReport } from "effect-wecom/oa/checkin"

const titles = ["姓名", "应出勤", "正常", "迟到", "迟到分钟", "早退", "缺卡", "旷工", "工时"]

const rowOf = ({ base_info, exception_infos, summary_info }: MonthlyReport): ReadonlyArray<string | number> => {
  const anomaly = (type: number) => exception_infos.find(({ exception }) => exception === type)
  return [
    base_info.name ?? base_info.acctid,
    summary_info?.work_days ?? 0,
    summary_info?.regular_days ?? 0,
    anomaly(CheckinAnomalyType.Late)?.count ?? 0,
    Math.round((anomaly(CheckinAnomalyType.Late)?.duration ?? 0) / 60),
    anomaly(CheckinAnomalyType.LeftEarly)?.count ?? 0,
    anomaly(CheckinAnomalyType.Missing)?.count ?? 0,
    anomaly(CheckinAnomalyType.Absent)?.count ?? 0,
    ((summary_info?.regular_work_sec ?? 0) / 3600).toFixed(1)
  ]
}

const line = (cells: ReadonlyArray<string | number>) => `| ${cells.join(" | ")} |`

/** The statistics of a month, such as `2026-03`, as a table: a line for every member whom the app may see. */
export const table = (month: string) =>
  Stream.unwrap(Effect.gen(function*() {
    const reports = yield* CheckinReports
    const users = yield* Users
    const starttime = DateTime.makeUnsafe(`${month}-01T00:00:00+08:00`)
    const endtime = DateTime.subtract(DateTime.add(starttime, { hours: 8, months: 1 }), { hours: 8, days: 1 })

    // A member of several departments is listed once for each of them.
    const userids = new Set(
      (yield* Stream.runCollect(users.listAllIds({}))).flatMap(({ userid }) => userid ?? [])
    )
    const rows = Stream.fromIterable(userids).pipe(
      Stream.grouped(100),
      Stream.mapEffect((useridlist) => reports.listMonthly({ starttime, endtime, useridlist })),
      Stream.flatMap(Stream.fromIterable),
      Stream.map((report) => line(rowOf(report)))
    )
    return Stream.concat(Stream.make(line(titles), line(titles.map(() => "---"))), rows)
  }))

if (import.meta.main) {
  Config.NonEmptyString("MONTH").pipe(
    Effect.flatMap((month) => Stream.runForEach(table(month), (line) => Console.log(line))),
    Effect.provide(
      Layer.mergeAll(CheckinReports.layer, Users.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
