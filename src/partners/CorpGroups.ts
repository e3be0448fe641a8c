/**
 * 企业互联 and 上下游: calls of a corp on behalf of those that it shares an app with.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** How the corps belong together. */
export const CorpGroupType = Wire.oneOf({
  CorpGroup: [0, "企业互联/局校互联"],
  Chain: [1, "上下游"]
})

/** 应用共享信息: a corp that an app is shared with. */
export class SharedApp extends Schema.Class<SharedApp>("effect-wecom/SharedApp")({
  corpid: Schema.String,
  ...Wire.optionals({
    corp_name: Schema.String,
    /** The app's id in that corp. */
    agentid: Wire.int
  })
}) {}

/** A page of corps that an app is shared with. */
export class SharedAppsPage extends Schema.Class<SharedAppsPage>("effect-wecom/SharedAppsPage")({
  corp_list: Wire.list(SharedApp),
  ...Wire.optionals({
    /** Whether it is the last page. */
    ending: Wire.flag,
    next_cursor: Schema.String
  })
}) {}

/** 下级/下游企业的access_token. */
export class MemberCorpToken extends Schema.Class<MemberCorpToken>("effect-wecom/MemberCorpToken")({
  access_token: Wire.secret,
  /** In seconds. */
  expires_in: Wire.optional(Wire.int)
}) {}

/** 下级/下游企业小程序session. */
export class MemberCorpSession extends Schema.Class<MemberCorpSession>("effect-wecom/MemberCorpSession")({
  userid: Schema.String,
  session_key: Wire.secret
}) {}

/** 企业互联 and 上下游: calls of a corp on behalf of those that it shares an app with. */
export class CorpGroups extends Domain.Service<CorpGroups>()("partners/CorpGroups", "上下游corpgroup", {
  /**
   * 获取应用共享信息. The corps that an app is shared with, and have agreed where that is needed.
   * @see https://developer.work.weixin.qq.com/document/path/93403
   */
  listSharedApps: Endpoint.query("/cgi-bin/corpgroup/corp/list_app_share_info", { doc: 93403, agent: true }, () => ({
    body: Wire.optionals({
      /** Default: the app that calls. */
      agentid: Wire.int,
      /** Default: `CorpGroup`. */
      business_type: CorpGroupType.schema,
      /** Only what is shared with this corp. */
      corpid: Schema.String,
      /** At most 100. Default: 0, all at once. */
      limit: Wire.intBetween(0, 100),
      cursor: Schema.String
    }),
    success: SharedAppsPage
  })),
  /**
   * 获取下级/下游企业的access_token. A token to read the address book of a corp that the app is shared with. To call with it,
   * `MemberCorp.app` makes an app of it.
   * @see https://developer.work.weixin.qq.com/document/path/93359
   */
  getToken: Endpoint.query("/cgi-bin/corpgroup/corp/gettoken", 93359, () => ({
    body: {
      corpid: Wire.filledText,
      /** The app's id in that corp: see `listSharedApps`. */
      agentid: Wire.int,
      /** Default: `CorpGroup`. */
      business_type: Wire.optional(CorpGroupType.schema)
    },
    success: MemberCorpToken
  })),
  /**
   * 获取下级/下游企业小程序session. The session of a visitor of the mini program in their own corp, from the one that a code
   * gave the corp that shares it. Called with the token of `getToken`.
   * @see https://developer.work.weixin.qq.com/document/path/95817
   */
  transferSession: Endpoint.post("/cgi-bin/miniprogram/transfer_session", 95817, () => ({
    body: {
      /** Encrypted, at most 64 bytes. */
      userid: Wire.text(64),
      /** At most 64 bytes. */
      session_key: Wire.secret
    },
    success: MemberCorpSession
  }))
}, (endpoints) => ({
  /**
   * 获取应用共享信息. All items of `listSharedApps`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93403
   */
  listAllSharedApps: Paging.make(endpoints.listSharedApps, {
    items: ({ corp_list }) => corp_list,
    next: (page, input) => page.ending === true ? undefined : Paging.followCursor()(page, input ?? {})
  })
})) {}
