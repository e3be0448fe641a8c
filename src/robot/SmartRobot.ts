/**
 * 智能机器人, answering when it is ready: the `response_url` of a callback takes one message within an hour.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import * as Failure from "../internal/kernel/failure.ts"
import { WeComClient } from "../WeComClient.ts"
import type { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"
import * as Message from "./SmartRobotMessage.ts"

/** What a smart robot posts to a `response_url`: markdown, or a card of any kind. */
export type SmartRobotResponse = Extract<
  Message.SmartRobotMessage,
  { readonly msgtype: "markdown" | "template_card" }
>

const SmartRobotResponse: Schema.Codec<SmartRobotResponse, unknown> = Schema.Union([Message.Markdown, Message.Card])

const endpoints = {
  /** 智能机器人主动回复. */
  respond: Endpoint.post("/cgi-bin/aibot/response", { doc: 101138, credential: "key" }, () => ({
    query: { response_code: Wire.secret },
    body: SmartRobotResponse
  }))
}

/** 智能机器人, answering when it is ready. It needs the `response_url` of a callback alone: no app, no token. */
export class SmartRobot extends Context.Service<SmartRobot, {
  /**
   * 主动回复消息. Answers a callback with markdown or a card, once, within an hour of it. In a group the answer quotes
   * what it answers.
   *
   * Fails with `RequestInvalid` where the URL is none of a callback.
   * @see https://developer.work.weixin.qq.com/document/path/101138
   */
  readonly respond: (
    response_url: string | Redacted.Redacted,
    message: SmartRobotResponse
  ) => Effect.Effect<void, WeComError>
}>()("effect-wecom/SmartRobot") {
  /** The endpoints as bare values, for tools. Their input has the `response_code` of the URL. */
  static readonly endpoints = endpoints
  /** Where the service is declared. */
  static readonly module = "robot/SmartRobot"
  /** The area of the official documentation. */
  static readonly area = "机器人webhook"

  static readonly layer: Layer.Layer<SmartRobot, never, HttpClient.HttpClient> = Layer.effect(
    SmartRobot,
    Effect.gen(function*() {
      const context = yield* Effect.context<HttpClient.HttpClient>()
      return SmartRobot.of({
        respond: (response_url, message) => {
          const target = parse(typeof response_url === "string" ? response_url : Redacted.value(response_url))
          if (target === undefined) {
            const { name } = Endpoint.describe(endpoints.respond)
            return Effect.fail(Failure.invalid(name, "response_url", "expected the response_url of a callback"))
          }
          const { baseUrl, response_code } = target
          return WeComClient.withoutApp({ baseUrl }).pipe(
            Effect.provideContext(context),
            Effect.flatMap(({ execute }) => execute(endpoints.respond)({ ...message, response_code }))
          )
        }
      })
    })
  )
}

const parse = (text: string) => {
  const { path } = Endpoint.describe(endpoints.respond)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const code = url?.searchParams.get("response_code")
  return url === undefined || !code || !url.pathname.endsWith(path)
    ? undefined
    : { baseUrl: url.origin + url.pathname.slice(0, -path.length), response_code: Redacted.make(code) }
}
