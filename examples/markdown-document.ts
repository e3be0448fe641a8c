import { NodeHttpClient, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Config, Console, Effect, FileSystem, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Documents, DocumentType } from "effect-wecom/oa/documents"
import { SmartDocuments } from "effect-wecom/oa/smart-documents"
import { SmartMarkdown } from "effect-wecom/oa/smart-documents/markdown"

// #region publish
/** A new smart document with one page of Markdown. Keep its `docid`: WeCom tells it only now. */
export const publish = Effect.fn("publish")(function*(title: string, markdown: string) {
  yield* Effect.fromResult(SmartMarkdown.parse(markdown)) // before there is a document
  const documents = yield* Documents
  const smartDocuments = yield* SmartDocuments
  const { docid, url } = yield* documents.create({ doc_type: DocumentType.Document, doc_name: title })
  const { page_id } = yield* smartDocuments.addPage({ docid, info: { title } })
  yield* SmartMarkdown.write({ docid, page_id }, markdown)
  return { docid, page_id, url }
})
// #endregion

// #region read
/** The page as Markdown again, for instance to compare it with the file that it came from. */
export const read = (page: SmartMarkdown.Page) => SmartMarkdown.read(page)
// #endregion

if (import.meta.main) {
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const markdown = yield* files.readFileString(yield* Config.String("MARKDOWN_FILE"))
    const page = yield* publish("周报", markdown)
    yield* Console.log(`published at ${page.url}`)
    yield* Console.log(yield* read(page))
  }).pipe(
    Effect.catchTag("MarkdownError", (error) => Console.error(error.message)), // line, column, and what to do
    Effect.provide([
      Layer.mergeAll(Documents.layer, SmartDocuments.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      ),
      NodeServices.layer
    ]),
    NodeRuntime.runMain
  )
}
