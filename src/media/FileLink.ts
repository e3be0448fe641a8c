/**
 * 下载链接: where a file is, for those areas that return a link with a cookie instead of the file itself.
 */
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import * as Exchange from "../internal/kernel/exchange.ts"
import * as Transfer from "../internal/kernel/transfer.ts"
import { WeComClient } from "../WeComClient.ts"
import type * as WeComError from "../WeComError.ts"
import * as Wire from "../Wire.ts"
import type { Download } from "./Download.ts"

/** The answer of fetching a file, as endpoints have it: its name, that of the errors, does not tell the secret. */
const link = Endpoint.describe(Endpoint.get("download_url", { doc: 98021, credential: "none" }, () => ({})))

/** 下载链接. Valid for two hours, and a secret: anyone who has it can fetch the file. */
export class FileLink extends Schema.Class<FileLink>("effect-wecom/FileLink")({
  download_url: Wire.secret,
  /** Of the cookie that the request must carry. */
  cookie_name: Schema.String,
  cookie_value: Wire.secret
}) {
  /**
   * Fetches the file of a link, which is on another host than the API, as a stream. A link fetches the file any number
   * of times.
   *
   * @example
   * ```ts
   * const link = yield* journals.getDriveFile({ journaluuid, fileid })
   * const { stream } = yield* FileLink.download(link)
   * yield* Stream.run(stream, fileSystem.sink("report.xlsx"))
   * ```
   */
  static readonly download = Effect.fnUntraced(function*(
    self: FileLink
  ): Effect.fn.Return<Download, WeComError.WeComError, HttpClient.HttpClient> {
    const http = yield* HttpClient.HttpClient
    const { idle } = yield* WeComClient.Options
    const policy = yield* WeComClient.RetryPolicy
    const request = HttpClientRequest.get(Redacted.value(self.download_url)).pipe(
      HttpClientRequest.setHeader("cookie", `${self.cookie_name}=${Redacted.value(self.cookie_value)}`)
    )
    const once = Effect.flatMap(
      Exchange.send(link, http, request),
      (response) => Transfer.receive(link, response, idle, undefined)
    )
    return yield* policy === undefined ? once : Effect.retry(once, policy)
  })
}
