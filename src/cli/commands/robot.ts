/**
 * `wecom robot`: messages of a group robot, through its webhook.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as Upload from "../../media/Upload.ts"
import { GroupRobot } from "../../robot/GroupRobot.ts"
import * as RobotMessage from "../../robot/RobotMessage.ts"
import { call, withClient } from "../client.ts"
import { CliFailure, ExitCode, unreadable, usage } from "../failure.ts"
import { say } from "../output.ts"
import { required, settings } from "../settings.ts"
import { readJson, readText } from "../sources.ts"

const one = (name: string, metavar: string, description: string) =>
  Flag.optional(Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description)))

const kinds = ["text", "markdown", "image", "file", "voice", "json"] as const

const send = Command.make("send", {
  text: one("text", "TEXT", "A text; - for standard input."),
  markdown: one("markdown", "TEXT", "A markdown text; - for standard input."),
  image: one("image", "FILE", "A picture (JPG, PNG), at most 2 MiB."),
  file: one("file", "FILE", "Any file, which is uploaded for this robot."),
  voice: one("voice", "FILE", "A voice (AMR), which is uploaded for this robot."),
  json: one("json", "FILE", "Any other message as JSON, as the document shows it; - for standard input."),
  mention: Flag.String("mention").pipe(
    Flag.withMetavar("USERID"),
    Flag.withDescription("Members to mention in a text; @all for everyone. May be repeated."),
    Flag.atLeast(0)
  )
}, (input) =>
  Effect.gen(function*() {
    const key = Redacted.value(yield* required(yield* settings, "robotKey", "the key of the robot's webhook"))
    const given = kinds.filter((kind) => Option.isSome(input[kind]))
    const [kind] = given
    if (kind === undefined || given.length > 1) {
      return yield* Effect.fail(
        usage(`give one of ${kinds.map((name) => `--${name}`).join(", ")}, not ${given.length}`)
      )
    }
    const source = Option.getOrElse(input[kind], () => "")
    const file = Effect.mapError(Upload.file(source), (error) => unreadable(source, error))
    const body = yield* Effect.gen(function*() {
      switch (kind) {
        case "text":
        case "markdown": {
          const content = source === "-" ? yield* readText("-") : source
          const mentioned = kind === "text" && input.mention.length > 0
          return { msgtype: kind, [kind]: { content, ...(mentioned && { mentioned_list: input.mention }) } }
        }
        case "image": {
          const { stream } = yield* file
          return RobotMessage.image(yield* bytesOf(stream, source))
        }
        case "file":
        case "voice": {
          const { media_id } = yield* call(GroupRobot.endpoints.uploadMedia, { key, type: kind, media: yield* file })
          return { msgtype: kind, [kind]: { media_id } }
        }
        case "json":
          return yield* readJson(source)
      }
    })
    if (!Predicate.isObject(body)) return yield* Effect.fail(usage("--json: expected a JSON object"))
    yield* call(GroupRobot.endpoints.send, { ...body, key })
    yield* say("sent")
  }).pipe(withClient("key"))).pipe(
    Command.withDescription(
      "Send a message to the robot's group. WECOM_ROBOT_KEY or a profile has the key of its webhook."
    )
  )

const bytesOf = (stream: Upload.Upload["stream"], source: string) =>
  Effect.mapError(
    Stream.runFold(stream, () => new Uint8Array(), (all, bytes) => {
      const joined = new Uint8Array(all.length + bytes.length)
      joined.set(all)
      joined.set(bytes, all.length)
      return joined
    }),
    () => new CliFailure({ what: `${source}: cannot be read`, code: ExitCode.file })
  )

/** `wecom robot`. */
export const command = Command.make("robot").pipe(
  Command.withDescription("Group robots: send"),
  Command.withSubcommands([send])
)
