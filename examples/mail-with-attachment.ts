import { NodeHttpClient, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Console, DateTime, Effect, FileSystem, Layer, Path, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { AppMails } from "effect-wecom/oa/mail"
import PostalMime from "postal-mime"

export interface Report {
  readonly subject: string
  /** HTML. */
  readonly content: string
  /** Userids. */
  readonly readers: ReadonlyArray<string>
  /** Addresses, inside the corp or outside. */
  readonly copies: ReadonlyArray<string>
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
}

/** Sends a file by mail, from the address of the app. */
export const send = Effect.fn("send")(function*({ content, copies, file, readers, subject }: Report) {
  const mails = yield* AppMails
  yield* mails.send({
    to: { userids: readers },
    cc: { emails: copies },
    subject,
    content,
    attachment_list: [{ file_name: file.name, content: file.bytes }]
  })
})

/** The answers that came from a time on: who wrote what, and which files came with it. */
export const answers = (since: DateTime.Utc) =>
  Stream.unwrap(Effect.gen(function*() {
    const mails = yield* AppMails
    return mails.listAll({ begin_time: since, end_time: yield* DateTime.now }).pipe(
      Stream.mapEffect(({ mail_id }) => mails.get({ mail_id }), { concurrency: 4 }),
      Stream.mapEffect((eml) => Effect.promise(() => PostalMime.parse(eml))),
      Stream.map(({ attachments, from, subject, text }) => ({
        from: from?.address,
        subject,
        text,
        files: attachments.map(({ filename }) => filename)
      }))
    )
  }))

if (import.meta.main) {
  const [, , file = "report.pdf", reader = "zhangsan"] = process.argv
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    yield* send({
      subject: "周报",
      content: "<p>请查收附件。</p>",
      readers: [reader],
      copies: [],
      file: { name: path.basename(file), bytes: yield* files.readFile(file) }
    })
    const yesterday = DateTime.subtract(yield* DateTime.now, { days: 1 })
    yield* Stream.runForEach(answers(yesterday), (answer) => Console.log(answer))
  }).pipe(
    Effect.provide(
      AppMails.layer.pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici),
        Layer.merge(NodeServices.layer)
      )
    ),
    NodeRuntime.runMain
  )
}
