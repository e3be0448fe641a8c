import { NodeHttpClient, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Effect, Layer, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Attachment, MassMessageResultStatus, MassMessages, MassMessageTaskStatus } from "effect-wecom/customers"
import { Media, Upload } from "effect-wecom/media"

export interface Announcement {
  readonly text: string
  readonly poster: Upload.Upload
  readonly prices: Upload.Upload
  readonly shop: { readonly appid: string; readonly page: string }
  /** Tags of customers: any of a list, of every list. */
  readonly tags: ReadonlyArray<ReadonlyArray<string>>
}

/** Asks the members whose customers have the tags to send them an announcement. Returns its id. */
export const announce = Effect.fn("announce")(function*({ poster, prices, shop, tags, text }: Announcement) {
  const media = yield* Media
  const mass = yield* MassMessages
  const [image, file] = yield* Effect.all([
    media.upload({ type: "image", media: poster }),
    media.upload({ type: "file", media: prices })
  ], { concurrency: 2 })

  const { fail_list, msgid } = yield* mass.create({
    tag_filter: { group_list: tags.map((tag_list) => ({ tag_list })) },
    text: { content: text },
    attachments: [
      Attachment.image({ media_id: image.media_id }),
      Attachment.file(file.media_id),
      Attachment.link({ title: "活动规则", desc: "本月有效", url: "https://example.com/rules" }),
      Attachment.miniprogram({ title: "立即选购", pic_media_id: image.media_id, ...shop })
    ]
  })
  if (fail_list.length > 0) yield* Effect.logWarning(`${fail_list.length} customers cannot be reached`)
  return msgid
})

/** How an announcement stands: who has yet to send it, and what became of it at how many customers. */
export const progress = Effect.fn("progress")(function*(msgid: string) {
  const mass = yield* MassMessages
  const tasks = yield* Stream.runCollect(mass.listAllTasks({ msgid }))
  const outcomes = yield* Stream.fromIterable(tasks).pipe(
    Stream.flatMap(({ userid }) => mass.listAllResults({ msgid, userid }), { concurrency: 5 }),
    Stream.runFold(
      (): Record<string, number> => ({}),
      (counts, { status }) => {
        const label = status === undefined ? "?" : MassMessageResultStatus.label(status) ?? `${status}`
        return { ...counts, [label]: (counts[label] ?? 0) + 1 }
      }
    )
  )
  const outstanding = tasks.filter(({ status }) => status !== MassMessageTaskStatus.Sent).map(({ userid }) => userid)
  return { outstanding, outcomes }
})

/** Reminds those who have yet to send it, which is possible three times a day. */
export const remind = Effect.fn("remind")(function*(msgid: string) {
  const mass = yield* MassMessages
  const { outstanding } = yield* progress(msgid)
  if (outstanding.length > 0) yield* mass.remind({ msgid })
  return outstanding
})

if (import.meta.main) {
  Effect.gen(function*() {
    const msgid = yield* announce({
      text: "新品上市，欢迎选购！",
      poster: yield* Upload.file("poster.png"),
      prices: yield* Upload.file("价目表.pdf"),
      shop: { appid: "wx1234567890abcdef", page: "pages/index.html" },
      tags: [["etVip", "etRegular"], ["etShanghai"]]
    })
    yield* Effect.log(`announced as ${msgid}`)
    yield* Effect.log(yield* progress(msgid))
  }).pipe(
    Effect.provide(
      Layer.mergeAll(Media.layer, MassMessages.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici),
        Layer.provideMerge(NodeServices.layer)
      )
    ),
    NodeRuntime.runMain
  )
}
