import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, Console, DateTime, Effect, Layer, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { type JournalDetail, JournalFilterKey, Journals } from "effect-wecom/oa/journals"

/** What was written in a report, a line for each field. */
const lines = ({ controls }: JournalDetail): ReadonlyArray<string> =>
  controls.flatMap((control) =>
    (control.control === "Text" || control.control === "Textarea") && control.value.text !== undefined
      ? [`- ${control.title[0]?.text ?? control.id}：${control.value.text}`]
      : []
  )

/** The reports by a template in the 7 days from a time on, as one text. */
export const digest = Effect.fn("digest")(function*(template_id: string, starttime: DateTime.Utc) {
  const journals = yield* Journals
  const filters = [{ key: JournalFilterKey.Template, value: template_id }]
  const endtime = DateTime.subtract(DateTime.add(starttime, { days: 7 }), { seconds: 1 })
  const reports = yield* journals.listAllIds({ starttime, endtime, limit: 100, filters }).pipe(
    Stream.mapEffect((journaluuid) => journals.get({ journaluuid }), { concurrency: 4 }),
    Stream.runCollect
  )
  return [
    `# ${reports[0]?.template_name ?? "汇报"}：${reports.length} 份`,
    ...reports.flatMap((report) => [
      "",
      `## ${report.submitter?.userid ?? ""}（已读 ${report.readed_receivers.length}/${report.receivers.length}）`,
      ...lines(report),
      ...report.comments.map(({ comment_userinfo, content }) => `> ${comment_userinfo?.userid ?? ""}：${content ?? ""}`)
    ])
  ].join("\n")
})

if (import.meta.main) {
  Effect.gen(function*() {
    const template = yield* Config.NonEmptyString("TEMPLATE_ID")
    const now = yield* DateTime.now
    yield* Console.log(yield* digest(template, DateTime.subtract(now, { days: 7 })))
  }).pipe(
    Effect.provide(
      Journals.layer.pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
