import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Console, Data, Effect, Layer, Schedule, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { ContactExport, ExportFile, ExportStatus } from "effect-wecom/contacts"
import { NodeCallbackCrypto } from "effect-wecom/node"

/** The server gave the job up. */
export class ExportFailed extends Data.TaggedError("ExportFailed")<{ readonly jobid: string }> {}

/** All members that the app may see, from the encrypted files of an export: one file of 10,000 in memory at a time. */
export const members = Stream.unwrap(Effect.gen(function*() {
  const contactExport = yield* ContactExport
  const key = yield* ExportFile.makeKey
  const jobid = yield* contactExport.startUsers({ encoding_aeskey: key, block_size: 10_000 })

  const { data_list, status } = yield* contactExport.getResult({ jobid }).pipe(
    Effect.repeat({ schedule: Schedule.spaced("2 seconds"), until: (result) => result.isFinished })
  )
  if (status === ExportStatus.Failed) return yield* new ExportFailed({ jobid })

  // Downloaded, checked by size and MD5, decrypted, decoded.
  return Stream.fromIterable(data_list).pipe(
    Stream.flatMap((file) => Stream.fromIterableEffect(ExportFile.users(file, key)))
  )
}))

if (import.meta.main) {
  members.pipe(
    Stream.runForEach((user) =>
      Console.log([user.userid, user.name, user.departments.map(({ id }) => id).join(";")].join("\t"))
    ),
    Effect.provide([
      ContactExport.layer.pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provideMerge(NodeHttpClient.layerUndici)
      ),
      NodeCallbackCrypto.layer
    ]),
    NodeRuntime.runMain
  )
}
