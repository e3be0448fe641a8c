/**
 * `wecom message`: messages of the app to members.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import { Media } from "../../media/Media.ts"
import * as Upload from "../../media/Upload.ts"
import { AppChats } from "../../messages/AppChats.ts"
import { Messages } from "../../messages/Messages.ts"
import { call, withClient } from "../client.ts"
import { unreadable, usage } from "../failure.ts"
import { json, say } from "../output.ts"
import { readJson, readText } from "../sources.ts"
import { parts } from "../splitText.ts"

const many = (name: string, metavar: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar(metavar),
    Flag.withDescription(`${description} May be repeated, or joined by commas.`),
    Flag.atLeast(0),
    Flag.map((values) => values.flatMap((value) => value.split(",")).filter((value) => value !== ""))
  )

const one = (name: string, metavar: string, description: string) =>
  Flag.optional(Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description)))

/** How many bytes of UTF-8 a text holds: WeCom cuts off what is more. */
const longest = 2048

const send = Command.make("send", {
  to: many("to", "USERID", "Members; @all for everyone who may see the app."),
  party: many("party", "ID", "Departments."),
  tag: many("tag", "ID", "Tags."),
  chat: one("chat", "CHATID", "A group chat of the app, instead of members."),
  text: one("text", "TEXT", "A text; - for standard input."),
  markdown: one("markdown", "TEXT", "A markdown text; - for standard input."),
  image: one("image", "FILE", "A picture, which is uploaded."),
  voice: one("voice", "FILE", "A voice (AMR), which is uploaded."),
  video: one("video", "FILE", "A video (MP4), which is uploaded."),
  file: one("file", "FILE", "Any file, which is uploaded."),
  card: one("card", "FILE", "A template card as JSON, the content of `template_card`; - for standard input."),
  json: one("json", "FILE", "Any other message as JSON, as the document shows it; - for standard input."),
  safe: Flag.Boolean("safe").pipe(Flag.withDefault(false), Flag.withDescription("保密消息: not to be shared.")),
  split: Flag.Boolean("split").pipe(
    Flag.withDefault(false),
    Flag.withDescription(`Send a text of more than ${longest} bytes in parts, cut between lines where it can be.`)
  )
}, (input) =>
  Effect.gen(function*() {
    const { chat, party, safe, split, tag, to } = input
    const group = Option.getOrUndefined(chat)
    if (group === undefined && to.length + party.length + tag.length === 0) {
      return yield* Effect.fail(
        usage("nobody to send to", "Name members with --to, departments with --party, tags with --tag.")
      )
    }
    const bodies = yield* bodiesOf(input, split)
    const recipients = group === undefined
      ? {
        ...(to.length > 0 && { touser: to.includes("@all") ? "@all" : to }),
        ...(party.length > 0 && { toparty: party }),
        ...(tag.length > 0 && { totag: tag })
      }
      : { chatid: group }
    for (const [index, body] of bodies.entries()) {
      const message = { ...recipients, ...body, ...(safe && { safe: true }) }
      if (bodies.length > 1) yield* say(`part ${index + 1} of ${bodies.length}`)
      if (group !== undefined) {
        yield* call(AppChats.endpoints.send, message)
        yield* json({ chatid: group })
      } else {
        const sent = yield* call(Messages.endpoints.send, message)
        yield* json(sent)
        if (sent.unreached.length > 0) {
          yield* say(`Not reached: ${sent.unreached.map(({ id, kind }) => `${kind} ${id}`).join(", ")}`)
        }
      }
    }
  }).pipe(withClient())).pipe(Command.withDescription("Send a message of the app: text, markdown, files, cards"))

type Sources = {
  readonly [K in "text" | "markdown" | "image" | "voice" | "video" | "file" | "card" | "json"]: Option.Option<string>
}

const kinds = ["text", "markdown", "image", "voice", "video", "file", "card", "json"] as const

/** The message without its recipients; several where a text is split. */
const bodiesOf = (sources: Sources, split: boolean) =>
  Effect.gen(function*() {
    const given = kinds.filter((kind) => Option.isSome(sources[kind]))
    const [kind] = given
    if (kind === undefined || given.length > 1) {
      return yield* Effect.fail(
        usage(`give one of ${kinds.map((name) => `--${name}`).join(", ")}, not ${given.length}`)
      )
    }
    const source = Option.getOrElse(sources[kind], () => "")
    switch (kind) {
      case "text":
      case "markdown": {
        const text = source === "-" ? yield* readText("-") : source
        const pieces = parts(text, longest)
        if (pieces.length > 1 && !split) {
          return yield* Effect.fail(
            usage(
              `the text has ${new TextEncoder().encode(text).length} bytes, and WeCom cuts it off after ${longest}`,
              "Add --split to send it in parts, or send it as a --file."
            )
          )
        }
        return pieces.map((content) => ({ msgtype: kind, [kind]: { content } }))
      }
      case "image":
      case "voice":
      case "video":
      case "file": {
        const media = yield* Effect.mapError(Upload.file(source), (error) => unreadable(source, error))
        const { media_id } = yield* call(Media.endpoints.upload, { type: kind, media })
        return [{ msgtype: kind, [kind]: { media_id } }]
      }
      case "card":
        return [{ msgtype: "template_card", template_card: yield* readJson(source) }]
      case "json": {
        const body = yield* readJson(source)
        return Predicate.isObject(body)
          ? [body as { readonly [field: string]: unknown }]
          : yield* Effect.fail(usage("--json: expected a JSON object"))
      }
    }
  })

const recall = Command.make("recall", {
  msgid: Argument.String("msgid").pipe(Argument.withDescription("As `wecom message send` printed it."))
}, ({ msgid }) => call(Messages.endpoints.recall, { msgid }).pipe(withClient())).pipe(
  Command.withDescription("Take a message back, within 24 hours")
)

/** `wecom message`. */
export const command = Command.make("message").pipe(
  Command.withDescription("Messages of the app: send, recall"),
  Command.withSubcommands([send, recall])
)
