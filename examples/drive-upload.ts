import { NodeHttpClient, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Console, Effect, Layer, Option, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Upload } from "effect-wecom/media"
import { DriveAuth, DriveFilePermissions, DriveFiles, DriveSpaces } from "effect-wecom/oa/drive"

/** Puts a file of any size into a space of its own, shares it with a member, and returns its link. */
export const share = Effect.fn("share")(function*(file: Upload.Upload, userid: string) {
  const spaces = yield* DriveSpaces
  const permissions = yield* DriveFilePermissions

  const spaceid = yield* spaces.create({ space_name: "备份" })

  // Blocks of 2 MiB, three at a time; what the drive has already is not sent again.
  const last = yield* DriveFiles.upload(file, { spaceid, fatherid: spaceid }).pipe(
    Stream.tap(({ sent, size }) => Effect.logDebug(`${sent} of ${size} bytes`)),
    Stream.runLast
  )
  const fileid = yield* Effect.fromOption(Option.flatMapNullishOr(last, ({ fileid }) => fileid))

  yield* permissions.addMembers({ fileid, auth_info: [{ type: 1, userid, auth: DriveAuth.Download }] })
  return yield* permissions.getShareUrl({ fileid })
})

export const layer = Layer.mergeAll(DriveSpaces.layer, DriveFiles.layer, DriveFilePermissions.layer)

if (import.meta.main) {
  const [, , path = "backup.tar", userid = "zhangsan"] = process.argv
  Effect.flatMap(Upload.file(path), (file) => share(file, userid)).pipe(
    Effect.flatMap(Console.log),
    Effect.provide(
      layer.pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici),
        Layer.provideMerge(NodeServices.layer)
      )
    ),
    NodeRuntime.runMain
  )
}
