/**
 * `wecom media`: files.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { Media } from "../../media/Media.ts"
import * as Upload from "../../media/Upload.ts"
import { call, failing, withClient } from "../client.ts"
import { CliFailure, ExitCode, unreadable } from "../failure.ts"
import { json, progress, say, writeAll } from "../output.ts"

/** What a file is sent as, if nothing is said. */
const typeOf = (file: string): "image" | "voice" | "video" | "file" => {
  const ending = file.slice(file.lastIndexOf(".") + 1).toLowerCase()
  return ["jpg", "jpeg", "png"].includes(ending)
    ? "image"
    : ending === "amr"
    ? "voice"
    : ending === "mp4"
    ? "video"
    : "file"
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`

/** A stream that tells how many of its bytes have gone by. */
const counted = <E, R>(stream: Stream.Stream<Uint8Array, E, R>, size: number | undefined, verb: string) =>
  Stream.unwrap(
    Effect.map(progress, (tell) => {
      let done = 0
      return Stream.tap(stream, (bytes) => {
        done += bytes.length
        return tell(`${verb} ${mebibytes(done)}${size === undefined ? "" : ` of ${mebibytes(size)}`}`)
      })
    })
  )

const upload = Command.make("upload", {
  file: Argument.String("file").pipe(Argument.withDescription("The file to upload.")),
  type: Flag.optional(
    Flag.Literals("type", ["image", "voice", "video", "file"]).pipe(
      Flag.withDescription("Default: by the file's extension.")
    )
  ),
  image: Flag.Boolean("permanent-image").pipe(
    Flag.withDefault(false),
    Flag.withDescription(
      "A picture with a permanent URL (上传图片), instead of a media_id that is valid for three days."
    )
  )
}, ({ file, image, type }) =>
  Effect.gen(function*() {
    const stdio = yield* Stdio.Stdio
    const given = yield* Effect.mapError(Upload.file(file), (error) => unreadable(file, error))
    const media = {
      ...given,
      stream: Stream.provideService(counted(given.stream, given.size, "sent"), Stdio.Stdio, stdio)
    }
    yield* json(
      image
        ? { url: yield* call(Media.endpoints.uploadImage, { media }) }
        : yield* call(Media.endpoints.upload, { type: Option.getOrElse(type, () => typeOf(file)), media })
    )
  }).pipe(withClient())).pipe(
    Command.withDescription("Upload a file; prints its media_id, which is valid for three days")
  )

const get = Command.make("get", {
  media_id: Argument.String("media_id").pipe(
    Argument.withDescription("As `wecom media upload` or a callback gave it.")
  ),
  output: Flag.optional(
    Flag.String("output").pipe(
      Flag.withAlias("o"),
      Flag.withMetavar("FILE"),
      Flag.withDescription("Default: the file's own name; standard output if that is not a terminal.")
    )
  )
}, ({ media_id, output }) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const { stdoutIsTerminal } = yield* Stdio.Stdio
    const { filename, size, stream } = yield* call(Media.endpoints.get, { media_id })
    const bytes = counted(stream, size, "received")
    if (Option.isNone(output) && !(yield* stdoutIsTerminal)) return yield* writeAll(bytes)
    // The name is the server's: nothing of it but its last part is taken.
    const target = Option.getOrElse(output, () => path.basename(filename ?? media_id))
    yield* Stream.run(bytes, fs.sink(`${target}.part`)).pipe(
      Effect.andThen(fs.rename(`${target}.part`, target)),
      Effect.catchTag("PlatformError", (error) =>
        Effect.fail(new CliFailure({ what: `${target}: ${error.message}`, code: ExitCode.file })))
    )
    yield* say(`${target} written`)
  }).pipe(failing, withClient())).pipe(Command.withDescription("Download a file"))

/** `wecom media`. */
export const command = Command.make("media").pipe(
  Command.withDescription("Files: upload, get"),
  Command.withSubcommands([upload, get])
)
