/**
 * 客服账号管理: the accounts that WeChat users write to.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 客服账号. */
export class KfAccount extends Schema.Class<KfAccount>("effect-wecom/KfAccount")({
  open_kfid: Schema.String,
  ...Wire.optionals({
    name: Schema.String,
    /** The address of the picture. */
    avatar: Schema.String,
    /** Whether this app may change the account, assign its sessions and send its messages. Not told to 微信客服组件. */
    manage_privilege: Schema.Boolean
  })
}) {}

const pageSize = 100

const openKfid = Wire.text(64)

const name = Wire.chars(16)

const avatar = Wire.text(128)

/**
 * 客服账号管理: the accounts that WeChat users write to, at most 5000 of a corp.
 *
 * The app must be one that may call 微信客服, and changes accounts that it was given or that it made. Servicers must be
 * members whom it may see (60030).
 */
export class KfAccounts extends Domain.Service<KfAccounts>()("customer-service/KfAccounts", "微信客服", {
  /**
   * 添加客服账号. Adds an account, which this app may then manage; returns its id. The name has at most 16 characters.
   * Fails with 95005 where there are too many, with 95027 beyond 10 of a corp that is not verified.
   * @see https://developer.work.weixin.qq.com/document/path/94662
   */
  create: Endpoint.post("/cgi-bin/kf/account/add", 94662, () => ({
    body: {
      name,
      /** The picture, by the id that `media/upload` returned. */
      media_id: avatar
    },
    success: Endpoint.pluck("open_kfid", Schema.String)
  })),
  /**
   * 删除客服账号. Deletes an account.
   * @see https://developer.work.weixin.qq.com/document/path/94663
   */
  delete: Endpoint.post("/cgi-bin/kf/account/del", 94663, () => ({
    body: { open_kfid: openKfid }
  })),
  /**
   * 修改客服账号. What is left out stays.
   * @see https://developer.work.weixin.qq.com/document/path/94664
   */
  update: Endpoint.post("/cgi-bin/kf/account/update", 94664, () => ({
    body: {
      open_kfid: openKfid,
      ...Wire.optionals({
        name: name,
        media_id: avatar
      })
    }
  })),
  /**
   * 获取客服账号列表. The accounts of the corp; one page. One with fewer than `limit` is the last.
   * @see https://developer.work.weixin.qq.com/document/path/94661
   */
  list: Endpoint.query("/cgi-bin/kf/account/list", 94661, () => ({
    body: Wire.optionals({
      /** Default: 0. */
      offset: Wire.intBetween(0, 2 ** 32 - 1),
      /** Default: 100. */
      limit: Wire.intBetween(1, pageSize)
    }),
    success: Endpoint.pluck("account_list", Wire.list(KfAccount))
  })),
  /**
   * 获取客服账号链接. The address where WeChat users write to an account. With a `scene`, of at most 32 letters, digits, `_`
   * or `-`, it comes back in the `enter_session` event, and {@link withSceneParam} may add to it.
   * @see https://developer.work.weixin.qq.com/document/path/94665
   */
  getUrl: Endpoint.query("/cgi-bin/kf/add_contact_way", 94665, () => ({
    body: {
      open_kfid: Wire.filledText,
      scene: Wire.optional(
        Wire.text(32).check(Schema.isPattern(/^[0-9a-zA-Z_-]*$/, { message: "only letters, digits, _ and -" }))
      )
    },
    success: Endpoint.pluck("url", Schema.String)
  })),
  /**
   * 获取视频号绑定状态. Whether the corp has bound a 视频号. No longer described by its page.
   * @see https://developer.work.weixin.qq.com/document/path/95153
   */
  isChannelsBound: Endpoint.get("/cgi-bin/kf/get_corp_qualification", 95153, () => ({
    success: Endpoint.pluck("wechat_channels_binding", Schema.Boolean)
  }))
}, (endpoints) => ({
  /**
   * 获取客服账号列表. All accounts, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/94661
   */
  listAll: Paging.make(endpoints.list, {
    items: (accounts) => accounts,
    next: (accounts, input) => {
      const { limit = pageSize, offset = 0 } = input ?? {}
      return accounts.length < limit ? undefined : { offset: offset + accounts.length, limit }
    }
  })
})) {
  /**
   * The address of an account with a parameter that comes back as the `scene_param` of the `enter_session` event: at most 128
   * bytes. Only for addresses that were made with a `scene`.
   */
  static readonly withSceneParam = (url: string, sceneParam: string): string =>
    `${url}${url.includes("?") ? "&" : "?"}scene_param=${encodeURIComponent(sceneParam)}`
}
