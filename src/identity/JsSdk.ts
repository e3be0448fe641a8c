/**
 * JS-SDK: tickets, and the signatures that a page needs for `wx.config`, `wx.agentConfig` and `ww.register`.
 */
import { sha1 } from "@noble/hashes/legacy.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Hex from "effect/encoding/Hex"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Endpoint from "../Endpoint.ts"
import * as Failure from "../internal/kernel/failure.ts"
import { nonce } from "../internal/kernel/nonce.ts"
import * as Credential from "../token/Credential.ts"
import { TokenCache, type TokenSource } from "../token/TokenCache.ts"
import { type TokenProvider, WeComApp } from "../WeComApp.ts"
import { WeComClient } from "../WeComClient.ts"
import type { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"

/** 票据类型. */
export const TicketType = Wire.oneOf({
  AgentConfig: ["agent_config", "应用的jsapi_ticket"],
  WxCard: ["wx_card", "电子发票的ticket"]
})

/** A ticket, as WeCom returns it. */
export class Ticket extends Schema.Class<Ticket>("effect-wecom/Ticket")({
  ticket: Wire.secret,
  /** Its life in seconds, normally 7,200. */
  expires_in: Wire.optional(Wire.number)
}) {}

/** What a page passes to `wx.config`, or returns from `getConfigSignature` of `ww.register`. */
export interface SignedConfig {
  /** The corp id. */
  readonly appId: string
  /** In seconds. */
  readonly timestamp: number
  readonly nonceStr: string
  readonly signature: string
}

/** What a page passes to `wx.agentConfig`, or returns from `getAgentConfigSignature` of `ww.register`. */
export interface SignedAgentConfig {
  readonly corpid: string
  readonly agentid: number
  /** In seconds. */
  readonly timestamp: number
  readonly nonceStr: string
  readonly signature: string
}

const endpoints = {
  /**
   * 获取企业的jsapi_ticket. A new ticket of the corp; 400 an hour for a corp and 100 for an app, so it is to be kept:
   * `signConfig` does.
   * @see https://developer.work.weixin.qq.com/document/path/90506
   */
  getJsapiTicket: Endpoint.get("/cgi-bin/get_jsapi_ticket", 90506, () => ({ success: Ticket })),

  /**
   * 获取应用的jsapi_ticket. A new ticket of the app, with the same limits: `signAgentConfig` keeps it. The invoice
   * ticket is another `type`, `wx_card`.
   * @see https://developer.work.weixin.qq.com/document/path/90506
   */
  getTicket: Endpoint.get("/cgi-bin/ticket/get", 90506, () => ({
    query: { type: TicketType.schema },
    success: Ticket
  })),

  /**
   * 获取launch_code. A code for `wxwork://launch?launch_code=`, with which a page in an outside browser opens the chat
   * with a member (Windows and macOS). For `operator_userid` alone, once, within 5 minutes; both are visible to the app.
   * @see https://developer.work.weixin.qq.com/document/path/94345
   */
  getLaunchCode: Endpoint.post("/cgi-bin/get_launch_code", 94345, () => ({
    body: {
      /** Who opens the page. */
      operator_userid: Wire.filledText,
      /** A member of the corp to chat with. */
      single_chat: Schema.Struct({ userid: Wire.filledText })
    },
    success: Endpoint.pluck("launch_code", Schema.String)
  }))
}

/**
 * JS-SDK: tickets, and the signatures that a page needs for `wx.config`, `wx.agentConfig` and `ww.register`.
 *
 * Tickets are kept in the {@link TokenCache} as tokens are: fetched once under any number of callers, renewed ahead of
 * their end, shared by all processes of the store; an app's `tokens.jsapiTicket` and `tokens.agentTicket` take its place.
 */
export class JsSdk extends Context.Service<
  JsSdk,
  & typeof endpoints
  & {
    /**
     * Signs a page for `wx.config` with the corp's ticket. `url` is the page's own, as the browser shows it: what stands
     * after `#` is left out, everything before counts.
     * @see https://developer.work.weixin.qq.com/document/path/90506
     */
    readonly signConfig: (url: string | URL) => Effect.Effect<SignedConfig, WeComError>
    /**
     * Signs a page for `wx.agentConfig` with the app's ticket. `RequestInvalid` where neither the app nor `options` has
     * an agent id.
     * @see https://developer.work.weixin.qq.com/document/path/90514
     */
    readonly signAgentConfig: (
      url: string | URL,
      options?: { readonly agentid?: number | undefined }
    ) => Effect.Effect<SignedAgentConfig, WeComError>
    /**
     * For a signature that the page saw refused (42012, 40093): throws away the ticket it was made with, so that the
     * next signature is made with a fresh one. Does nothing when another ticket has taken its place already.
     */
    readonly refused: (
      url: string | URL,
      signed: SignedConfig | SignedAgentConfig
    ) => Effect.Effect<void, WeComError>
  }
>()("effect-wecom/JsSdk") {
  /** The endpoints as bare values, for tools. */
  static readonly endpoints = endpoints
  /** Where the service is declared. */
  static readonly module = "identity/JsSdk"
  /** The area of the official documentation. */
  static readonly area = "基础·JS-SDK"

  /** The service over a client and the tickets of the process. A fresh layer at every access. */
  static get layer(): Layer.Layer<JsSdk, never, WeComClient | TokenCache> {
    return Layer.effect(this, make)
  }

  /**
   * JS-SDK签名算法. The signature of a page with a ticket of your own: `signConfig` and `signAgentConfig` do this with the
   * tickets of the app.
   * @see https://developer.work.weixin.qq.com/document/path/90506
   */
  static readonly signature = (options: {
    readonly ticket: Redacted.Redacted
    /** The part after `#` is left out. */
    readonly url: string | URL
    /** In seconds. */
    readonly timestamp: number
    readonly nonceStr: string
  }): string => {
    const { nonceStr, ticket, timestamp } = options
    const [url = ""] = String(options.url).split("#")
    const text = `jsapi_ticket=${Redacted.value(ticket)}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`
    return Hex.encode(sha1(utf8ToBytes(text)))
  }
}

/** A ticket that can be had again and thrown away. */
interface TicketHolder {
  readonly get: Effect.Effect<Redacted.Redacted, WeComError>
  readonly invalidate: (refused: Redacted.Redacted) => Effect.Effect<void>
}

const make = Effect.gen(function*() {
  const client = yield* WeComClient
  const cache = yield* TokenCache
  const sources = new WeakMap<WeComApp, Map<string, TokenSource>>()
  const getJsapiTicket = client.execute(endpoints.getJsapiTicket)
  const getTicket = client.execute(endpoints.getTicket)

  const held = (
    app: WeComApp,
    kind: string,
    provider: TokenProvider | undefined,
    fetch: Effect.Effect<Ticket, WeComError>
  ): TicketHolder => {
    if (provider !== undefined) {
      return { get: provider.get, invalidate: (refused) => provider.invalidate?.(refused) ?? Effect.void }
    }
    const holder = (source: TokenSource): TicketHolder => ({
      get: cache.get(source),
      invalidate: (refused) => cache.invalidate(source, refused)
    })
    const known = sources.get(app)?.get(kind)
    if (known !== undefined) return holder(known)
    const fetched = Effect.map(
      WeComApp.use(app)(fetch),
      ({ expires_in, ticket }) => ({ value: ticket, expiresIn: expires_in })
    )
    const source = Credential.sourceOf(app, kind, fetched)
    sources.set(app, new Map(sources.get(app)).set(kind, source))
    return holder(source)
  }

  const corpTicket = (app: WeComApp) => held(app, "jsapi_ticket", app.tokens?.jsapiTicket, getJsapiTicket())

  const agentTicket = (app: WeComApp, agentid: number) =>
    held(app, `agent_ticket@${agentid}`, app.tokens?.agentTicket, getTicket({ type: TicketType.AgentConfig }))

  const sign = Effect.fnUntraced(function*(holder: TicketHolder, url: string | URL) {
    yield* isPage(String(url))
      ? Effect.void
      : Failure.invalid(
        Endpoint.describe(endpoints.getJsapiTicket).name,
        "url",
        "expected an absolute http or https URL as the browser shows it, without &amp; or other escapes of HTML"
      )
    const ticket = yield* holder.get
    const timestamp = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    const nonceStr = yield* nonce
    return { timestamp, nonceStr, signature: JsSdk.signature({ ticket, url, timestamp, nonceStr }) }
  })

  return JsSdk.of({
    getJsapiTicket,
    getTicket,
    getLaunchCode: client.execute(endpoints.getLaunchCode),

    signConfig: Effect.fnUntraced(function*(url) {
      const app = yield* client.app
      const appId = yield* corpOf(app, endpoints.getJsapiTicket)
      return { appId, ...(yield* sign(corpTicket(app), url)) }
    }),

    signAgentConfig: Effect.fnUntraced(function*(url, options) {
      const app = yield* client.app
      const agentid = options?.agentid ?? app.agentId
      if (agentid === undefined) {
        return yield* Failure.invalid(
          Endpoint.describe(endpoints.getTicket).name,
          "agentid",
          "the app has no agent id: set WECOM_AGENT_ID, or pass `agentid`"
        )
      }
      const corpid = yield* corpOf(app, endpoints.getTicket)
      return { corpid, agentid, ...(yield* sign(agentTicket(app, agentid), url)) }
    }),

    refused: Effect.fnUntraced(function*(url, signed) {
      const app = yield* client.app
      const holder = "agentid" in signed ? agentTicket(app, signed.agentid) : corpTicket(app)
      const ticket = yield* holder.get
      const current = JsSdk.signature({ ...signed, ticket, url })
      if (current === signed.signature) yield* holder.invalidate(ticket)
    })
  })
})

/** Whether a text is the address of a page as a browser has it. */
const isPage = (url: string): boolean => /^https?:\/\/[^/]/i.test(url) && URL.canParse(url) && !/&amp;|\s/.test(url)

/** The corp whose pages are signed: a suite by itself has none. */
const corpOf = (
  app: WeComApp,
  endpoint: Endpoint.Endpoint<never, unknown>
): Effect.Effect<string, WeComError> =>
  app.corpId === undefined
    ? Effect.fail(
      Failure.invalid(Endpoint.describe(endpoint).name, "corpId", "a suite has no corp: use WeComApp.authorised")
    )
    : Effect.succeed(app.corpId)
