/**
 * 群机器人 (消息推送): messages to one group through its webhook. It needs its key alone: no app, no token.
 */
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import type { Upload } from "../media/Upload.ts"
import { WeComClient } from "../WeComClient.ts"
import type { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"
import { RobotMessage } from "./RobotMessage.ts"

/** Which robot. */
export interface GroupRobotOptions {
  /** The `key` of its webhook URL, or the whole URL. Anyone who has it can write to the group. */
  readonly key: Redacted.Redacted
  /** The server, with an optional path prefix. Default: `https://qyapi.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
}

/** 文件类型. */
export const RobotMediaType = Wire.oneOf({ File: ["file", "普通文件"], Voice: ["voice", "语音"] })

/** A file that a robot may send, for three days; no other robot may. */
export class RobotMedia extends Schema.Class<RobotMedia>("effect-wecom/RobotMedia")({
  type: Wire.optional(RobotMediaType.schema),
  media_id: Schema.String,
  created_at: Wire.optional(Wire.quoted(Wire.time))
}) {}

const mebibyte = 1024 * 1024

const endpoints = {
  /** 群机器人发送消息. */
  send: Endpoint.post("/cgi-bin/webhook/send", { doc: 99110, credential: "key" }, () => ({
    query: { key: Wire.secret },
    body: RobotMessage
  })),
  /** 群机器人上传文件. */
  uploadMedia: Endpoint.upload("/cgi-bin/webhook/upload_media", { doc: 99110, credential: "key" }, "media", () => ({
    query: { key: Wire.secret, type: RobotMediaType.schema },
    size: ({ type }) => ({ min: 6, max: (type === "voice" ? 2 : 20) * mebibyte }),
    success: RobotMedia
  }))
}

/** A file for a robot. */
export interface RobotUpload {
  readonly type: typeof RobotMediaType.File | typeof RobotMediaType.Voice
  readonly media: Upload
}

/**
 * 群机器人 (消息推送): messages to one group through its webhook.
 *
 * For one robot there is {@link GroupRobot.layer}, for any number {@link GroupRobot.make}.
 *
 * @example
 * ```ts
 * const program = Effect.gen(function*() {
 *   const robot = yield* GroupRobot
 *   yield* robot.send(Message.markdown("部署**完成**"))
 * })
 *
 * program.pipe(Effect.provide(GroupRobot.layer({ key })), Effect.provide(NodeHttpClient.layerUndici))
 * ```
 */
export class GroupRobot extends Context.Service<GroupRobot, {
  /**
   * 发送消息. Text, markdown, images, news, files, voices and notices; 20 messages a minute (45009).
   *
   * Errcode 93000 when the key is of no robot.
   * @see https://developer.work.weixin.qq.com/document/path/99110
   */
  readonly send: (message: RobotMessage) => Effect.Effect<void, WeComError>
  /**
   * 文件上传. A file of at most 20 MiB or a voice of at most 2 MiB and 60 seconds (AMR), both of more than 5 bytes:
   * `RequestInvalid` otherwise. Its `media_id` is valid for three days, for this robot alone.
   * @see https://developer.work.weixin.qq.com/document/path/99110
   */
  readonly uploadMedia: (file: RobotUpload) => Effect.Effect<RobotMedia, WeComError>
}>()("effect-wecom/GroupRobot") {
  /** The endpoints as bare values, for tools. Their input has the `key`. */
  static readonly endpoints = endpoints
  /** Where the service is declared. */
  static readonly module = "robot/GroupRobot"
  /** The area of the official documentation. */
  static readonly area = "机器人webhook"

  /** A robot as a value, for programs with many. */
  static make(options: GroupRobotOptions): Effect.Effect<GroupRobot["Service"], never, HttpClient.HttpClient> {
    return make(options)
  }

  /** The robot of a key. A fresh layer at every call. */
  static layer(options: GroupRobotOptions): Layer.Layer<GroupRobot, never, HttpClient.HttpClient> {
    return Layer.effect(this, make(options))
  }

  /** The same from configuration: `WECOM_ROBOT_KEY`, and optionally `WECOM_BASE_URL`. */
  static layerConfig(
    config: Config.Config<GroupRobotOptions> = options
  ): Layer.Layer<GroupRobot, Config.ConfigError, HttpClient.HttpClient> {
    return Layer.effect(this, Effect.flatMap(config, make))
  }
}

const options: Config.Config<GroupRobotOptions> = Config.all({
  key: Config.Redacted("WECOM_ROBOT_KEY"),
  baseUrl: Config.option(Config.NonEmptyString("WECOM_BASE_URL"))
}).pipe(
  Config.map(({ baseUrl, key }) => ({ key, baseUrl: Option.getOrUndefined(baseUrl) }))
)

/** The key of a robot, also out of the whole address of its webhook. */
const keyOf = (given: Redacted.Redacted): Redacted.Redacted => {
  const text = Redacted.value(given)
  const key = /^https?:/i.test(text) && URL.canParse(text) ? new URL(text).searchParams.get("key") : null
  return key === null ? given : Redacted.make(key)
}

const make = ({ baseUrl, key: given }: GroupRobotOptions) =>
  Effect.map(WeComClient.withoutApp({ baseUrl }), ({ execute }) => {
    const key = keyOf(given)
    const send = execute(endpoints.send)
    const uploadMedia = execute(endpoints.uploadMedia)
    return GroupRobot.of({
      send: (message) => send({ ...message, key }),
      uploadMedia: (file) => uploadMedia({ ...file, key })
    })
  })
