/** The families of errcodes, and what is known of single codes beyond their labels: causes, and what to do. */
import { type Category, category } from "../src/ErrorCode.ts"

/** A text in both languages. */
export interface Text {
  readonly en: string
  readonly zh: string
}

export interface Family {
  readonly id: string
  readonly title: Text
  readonly about: Text
  /** The first family that takes a code has it. */
  readonly has: (code: number) => boolean
  /** What is known of single codes. */
  readonly notes: { readonly [code: number]: Text }
}

const is = (...categories: ReadonlyArray<Category>) => (code: number) => categories.includes(category(code))
const among = (...codes: ReadonlyArray<number>) => (code: number) => codes.includes(code)
/** By the thousands of a code. */
const thousands = (...heads: ReadonlyArray<number>) => (code: number) => heads.includes(Math.floor(code / 1000))
const between = (first: number, last: number) => (code: number) => code >= first && code <= last
const any = (...tests: ReadonlyArray<(code: number) => boolean>) => (code: number) => tests.some((test) => test(code))

export const families: ReadonlyArray<Family> = [
  {
    id: "busy",
    title: { en: "WeCom is busy", zh: "系统繁忙" },
    about: {
      en:
        "Nothing is wrong with the call. The reason is `ServiceBusy`, and the library retries up to three times before " +
        "the call fails. If such errors continue, wait, or put `CircuitBreaker` below the client.",
      zh:
        "调用本身没有问题。reason 为 `ServiceBusy`，库会先重试最多三次，仍不成功才失败。如果持续出现，请稍后再试，或在客户端下加上 `CircuitBreaker`。"
    },
    has: is("ServiceBusy"),
    notes: {
      [-1]: {
        en:
          "A fault inside WeCom. Retried by the library. If it lasts longer than a few minutes, give `hint` of the error to WeCom's support.",
        zh: "企业微信内部故障，库会自动重试。若持续数分钟，请把错误中的 `hint` 提供给企业微信客服。"
      },
      6000: {
        en:
          "Two writers changed the same data at once. Retried by the library; write the members and departments of one tree one after the other.",
        zh: "同一数据被同时写入。库会自动重试；同一组织架构下的成员与部门请依次写入。"
      },
      45033: {
        en: "Too many calls to this endpoint at the same time. Retried; lower `concurrency`, or use `RateLimits`.",
        zh: "同一接口的并发调用过多。库会自动重试；请降低 `concurrency`，或使用 `RateLimits`。"
      },
      45035: {
        en: "Too many concurrent calls for the same chat or document. Retried; send to one chat in sequence.",
        zh: "对同一会话或文档的并发调用过多。库会自动重试；对同一会话请依次发送。"
      },
      2090726: {
        en: "The document is still being loaded. Repeat the call in a few seconds.",
        zh: "文档仍在加载，几秒后重试。"
      }
    }
  },
  {
    id: "limits",
    title: { en: "Limits", zh: "频率限制" },
    about: {
      en:
        "Too many calls: the reason is `RateLimited`. WeCom keeps refusing for about as long as the limit's window: a minute " +
        "for limits by the minute, an hour for those by the hour. Retrying within the window makes the block longer, so the library " +
        "does not. `RateLimits` keeps you below the documented limits: see [Limits](../limits.md).",
      zh:
        "调用过多：reason 为 `RateLimited`。拦截时长一般与限制的窗口相同：分钟级限制约一分钟，小时级约一小时。窗口内重试只会延长拦截，因此库不会重试。" +
        "`RateLimits` 让调用始终低于官方限制，见[频率限制](../limits.zh-CN.md)。"
    },
    has: is("RateLimited"),
    notes: {
      45009: {
        en:
          "The limit of this endpoint, corp, app or IP. Cache what you read, send to many recipients in one call, and never call with `debug=1` " +
          "in production (5 calls a minute). `getuserid` by mobile is blocked for a day if more than 20 % of the numbers are wrong. " +
          "Some blocks can be lifted in the [official tool](https://open.work.weixin.qq.com/wwopen/devtool/checkCorpSpamBlock).",
        zh:
          "接口、企业、应用或 IP 的频率限制。请缓存读取的数据，一次调用发给多个接收人，正式环境不要带 `debug=1`（每分钟仅 5 次）。手机号换 userid 的错误次数" +
          "超过企业人数的 20% 会封禁一天。部分拦截可用[官方工具](https://open.work.weixin.qq.com/wwopen/devtool/checkCorpSpamBlock)自助解封。"
      },
      45036: {
        en: "Too many calls from this app in too short a time. Spread them: `RateLimits` does.",
        zh: "应用在短时间内调用过多。请分散调用，`RateLimits` 会自动处理。"
      }
    }
  },
  {
    id: "credentials",
    title: { en: "Secrets, tokens and codes", zh: "凭证与授权" },
    about: {
      en:
        "A secret, token, ticket or login code is wrong, expired or used up: the reason is `CredentialRejected`. If a token " +
        "expired (40014, 42001; of suites 40082, 42009), the library has already replaced it and repeated the call once: " +
        "seeing the error means that the new token was refused too. Check the app: `WeComClient.verify` does this at startup.",
      zh:
        "密钥、token、ticket 或登录 code 有误、过期或已被使用：reason 为 `CredentialRejected`。token 过期（40014、42001；第三方为 40082、42009）时，库已更换 " +
        "token 并重试过一次：仍看到该错误，说明新 token 也被拒绝。请检查应用参数，可在启动时用 `WeComClient.verify` 校验。"
    },
    has: is("CredentialRejected"),
    notes: {
      40001: {
        en:
          "The secret does not belong to the corp id, was reset, or its app is stopped. Never repeated by the library: too many wrong secrets " +
          "get the IP address banned for an hour.",
        zh: "secret 与 corpid 不匹配、已被重置，或应用已停用。库不会重试：错误次数过多会封禁该 IP 一小时。"
      },
      40013: {
        en: "The corp id is wrong: 我的企业 > 企业信息 > 企业ID.",
        zh: "corpid 有误：我的企业 > 企业信息 > 企业ID。"
      },
      40014: {
        en:
          "The token was revoked, or it is of another kind than the endpoint wants: app, suite or provider. Two programs that each fetch tokens " +
          "with the same secret get the same token, so that is not a cause; a changed secret is.",
        zh:
          "token 已失效，或种类与接口要求不符（应用、suite 或 provider）。两个程序用同一 secret 获取的是同一个 token，并不冲突；更换 secret 则会使其失效。"
      },
      40029: {
        en:
          "A login code works once and for 5 minutes. Do not exchange it twice: browsers that load the page again do.",
        zh: "登录 code 只能使用一次，5 分钟内有效。不要重复兑换：浏览器刷新页面时会发生。"
      },
      40082: {
        en: "The suite token is wrong; check the suite's id and secret, and that `suite_ticket` arrives.",
        zh: "suite_access_token 有误；请检查 suite 的 id 与 secret，以及是否收到 `suite_ticket`。"
      },
      40084: {
        en:
          "The permanent code is wrong, or the corp removed the app. Handle `InfoType/cancel_auth`, and delete the code then.",
        zh: "永久授权码有误，或企业已取消授权。请处理 `InfoType/cancel_auth` 事件并删除该授权码。"
      },
      40085: {
        en: "WeCom sends a new `suite_ticket` every 10 minutes; each is valid for 30. Store the newest.",
        zh: "`suite_ticket` 每 10 分钟推送一次，有效期 30 分钟。请保存最新的一个。"
      },
      40093: {
        en: "The signature covers the page's URL without `#` and what follows, and the time in seconds. `JsSdk` signs.",
        zh: "签名使用页面 URL（不含 `#` 及其后部分）和以秒为单位的时间戳，可用 `JsSdk` 生成。"
      },
      41001: {
        en: "The call carried no token: a proxy may cut the query string.",
        zh: "调用没有携带 token：代理可能截掉了查询参数。"
      },
      42001: {
        en: "The token expired. Seen only if its replacement was refused as well.",
        zh: "token 已过期。只有更换后的 token 也被拒绝时才会看到。"
      },
      84014: {
        en: "A `user_ticket` expired: let the member log in again.",
        zh: "`user_ticket` 已过期：请让成员重新登录。"
      },
      853000: {
        en: "The smart robot's id or secret is wrong.",
        zh: "智能机器人的 id 或 secret 有误。"
      }
    }
  },
  {
    id: "addresses",
    title: { en: "IP addresses and domains", zh: "可信 IP 与可信域名" },
    about: {
      en:
        "WeCom accepts calls only from known addresses, and logins only for known domains: see [Trusted IPs and proxies](../network.md). " +
        "The error contains the address that WeCom saw (`fromIp`).",
      zh:
        "企业微信只接受来自已登记 IP 的调用，登录只允许已登记的域名，见[可信 IP 与代理](../network.zh-CN.md)。错误中的 `fromIp` 是企业微信看到的来源 IP。"
    },
    has: among(48009, 50001, 60020, 80001, 85004, 85005, 85006, 85007, 90308, 301042, 840002),
    notes: {
      60020: {
        en:
          "Add `fromIp` of the error to 企业可信IP of the app; for third-party and 代开发 apps to IP白名单 of the provider. It takes effect after a minute.",
        zh:
          "把错误中的 `fromIp` 加到应用的「企业可信IP」；第三方应用与代开发应用则加到服务商后台的「IP白名单」。约一分钟后生效。"
      },
      48009: {
        en:
          "The endpoint is not available from IP addresses that were added after 2022-08-15. Use the ids (`listIds`) instead.",
        zh: "该接口不对 2022-08-15 之后新增的 IP 开放。请改用只返回 id 的接口（`listIds`）。"
      },
      50001: {
        en:
          "The domain of `redirect_uri` is not a 可信域名 of the app whose id is in the login URL. The full host name counts.",
        zh: "`redirect_uri` 的域名不是登录链接中该应用的可信域名，按完整域名匹配。"
      },
      80001: {
        en:
          "Trusted domains are full host names with an ICP filing, without port; a parent domain does not cover its children.",
        zh: "可信域名须为已备案的完整域名，不含端口；父域名不包含子域名。"
      },
      85005: {
        en: "Prove that the domain is yours: put the file that the console gives at its root.",
        zh: "请完成域名归属校验：把管理后台提供的文件放到域名根目录。"
      }
    }
  },
  {
    id: "permissions",
    title: { en: "Permissions and visible range", zh: "权限与可见范围" },
    about: {
      en:
        "The app, the member or the licence does not allow it: the reason is `PermissionDenied`. Three questions: does the " +
        "endpoint admit this kind of app (its document says so under 权限说明), has an administrator switched it on, and is the " +
        "member, department or tag within the app's visible range (可见范围)?",
      zh:
        "应用、成员或许可不允许：reason 为 `PermissionDenied`。依次确认：接口是否允许该类应用调用（见官方文档的「权限说明」）；管理员是否已开启；成员、部门或标签" +
        "是否在应用的可见范围内。"
    },
    has: is("PermissionDenied"),
    notes: {
      48001: {
        en: "The corp has not switched the feature on, is not verified, or has not authorised the provider.",
        zh: "企业未开通该功能、未认证，或未授权给服务商。"
      },
      48002: {
        en:
          "The token's app may not call this endpoint. Writing the address book needs the secret of 通讯录同步; customers, checkin and approvals " +
          "need the app among their 可调用应用; a third-party app must be published again after a change.",
        zh:
          "token 所属应用无权调用该接口。写通讯录需要「通讯录同步」的 secret；客户联系、打卡、审批需要把应用加入「可调用应用」；第三方应用变更权限后须重新发布。"
      },
      48007: {
        en: "The customer service account is not given to this app: 微信客服 > API.",
        zh: "客服账号未授权给该应用：管理后台「微信客服」中授权。"
      },
      50003: { en: "The app is stopped. Start it in 应用管理.", zh: "应用已停用，请在「应用管理」中启用。" },
      60011: {
        en: "The member, department or tag is outside the app's visible range, or the app may not do this with them.",
        zh: "成员、部门或标签不在应用可见范围内，或应用无权执行该操作。"
      },
      81011: {
        en: "A tag may be changed only by the app that made it; 通讯录同步 also by that of administrators.",
        zh: "标签只能由创建它的应用修改；通讯录同步还可修改管理员创建的标签。"
      },
      301002: {
        en: "`agentid` is of another app than the token. One secret belongs to one app.",
        zh: "`agentid` 与 token 不属于同一个应用。一个 secret 对应一个应用。"
      },
      92002: {
        en: "The object belongs to another corp.",
        zh: "对象属于其他企业。"
      },
      701008: {
        en: "The account has no licence for the API: activate one, see `effect-wecom/licences`.",
        zh: "账号没有接口调用许可，请激活，见 `effect-wecom/licences`。"
      }
    }
  },
  {
    id: "contacts",
    title: { en: "Address book", zh: "通讯录" },
    about: {
      en: "Members, departments, tags, imports and the school's address book.",
      zh: "成员、部门、标签、导入导出与家校通讯录。"
    },
    has: any(
      thousands(60, 65, 302),
      among(40003, 40031, 40032, 40066, 40068, 40070, 40071, 40072, 40092, 41019, 45024, 45029, 46004),
      between(81001, 81004)
    ),
    notes: {
      40031: {
        en: "The list names somebody who does not exist or is not visible.",
        zh: "列表中有不存在或不可见的成员。"
      },
      40032: {
        en: "At most 1,000 userids in a message, 200 in a batch that deletes.",
        zh: "发消息最多 1000 个 userid，批量删除最多 200 个。"
      },
      40070: {
        en: "No member or department of the list exists. Lists are arrays, not strings.",
        zh: "列表中没有有效的成员或部门。列表是数组，不是字符串。"
      },
      60004: {
        en: "Create departments from the root downwards, one after the other.",
        zh: "请从根部门开始，自上而下依次创建部门。"
      },
      60005: {
        en: "Move its members first; a department is deleted only when it is empty.",
        zh: "请先移走成员；部门为空时才能删除。"
      },
      60006: { en: "Delete from the bottom upwards.", zh: "请自下而上删除。" },
      60009: {
        en:
          "A name may not hold a backslash, colon, asterisk, question mark, quotation mark, angle bracket or vertical bar.",
        zh: "名称不能含有反斜杠、冒号、星号、问号、引号、尖括号和竖线。"
      },
      60010: {
        en: "`parentid` is the department itself or one below it.",
        zh: "`parentid` 是该部门自身或其下级部门。"
      },
      60103: {
        en: "Digits, plus and minus alone, at most 32 characters.",
        zh: "只能是数字、加号和减号，最长 32 个字符。"
      },
      60106: { en: "Another member has this address.", zh: "邮箱已被其他成员使用。" },
      60110: { en: "A member is in at most 20 departments.", zh: "一个成员最多属于 20 个部门。" },
      60123: {
        en: "The department does not exist in the address book: sync departments before members.",
        zh: "部门不在通讯录中：请先同步部门，再同步成员。"
      },
      81001: { en: "At most 30,000 nodes below one department.", zh: "一个部门下最多 3 万个节点。" },
      40003: {
        en:
          "The userid does not exist, or has characters that it may not have (letters, digits, `_-@.`, at most 64). Third-party apps use encrypted userids.",
        zh: "userid 不存在，或含有不允许的字符（字母、数字、`_-@.`，最长 64）。第三方应用须使用密文 userid。"
      },
      45024: {
        en: "The corp is full. Verify it or ask for more in the console.",
        zh: "企业人数已达上限，请认证或申请扩容。"
      },
      60003: { en: "No such department, or the app may not see it.", zh: "部门不存在，或不在应用可见范围内。" },
      60008: {
        en: "Names are unique among siblings. Read the tree, and use the department that is there.",
        zh: "同级部门不能重名。请先读取，使用已存在的部门。"
      },
      60102: { en: "The userid is taken: update the member instead.", zh: "userid 已存在，请改为更新成员。" },
      60104: { en: "Another member has this mobile number.", zh: "手机号已被其他成员使用。" },
      60111: {
        en:
          "The member left, was deleted, is outside of the visible range, or the id is a plain one where an encrypted one is expected.",
        zh: "成员已退出、被删除、不在可见范围内，或在要求密文 userid 时传入了明文。"
      },
      46004: {
        en: "No member has this mobile number or address, as far as the app may see.",
        zh: "应用可见范围内没有使用该手机号或邮箱的成员。"
      }
    }
  },
  {
    id: "messages",
    title: { en: "Messages, chats and robots", zh: "消息、群聊与机器人" },
    about: {
      en:
        "Messages of apps, group chats, and robots. Some of the recipients being wrong is no error: `unreached` of the answer lists them.",
      zh: "应用消息、群聊与机器人。部分接收人无效不是错误：返回值的 `unreached` 会列出它们。"
    },
    has: any(
      thousands(81, 82, 86, 93, 846, 853),
      between(42014, 42099),
      among(40008, 40056, 40074, 40094, 43004, 44004, 45002, 45004, 45008, 40050, 90208, 90201, 90206, 90207, 49008)
    ),
    notes: {
      86216: {
        en: "A new member of the chat is not in the address book, or one to remove is not in the chat.",
        zh: "要添加的成员不在通讯录中，或要移除的成员不在群聊中。"
      },
      90208: {
        en: "The mini program is not linked to the corp: 应用管理 > 小程序.",
        zh: "小程序未关联到企业：应用管理 > 小程序。"
      },
      93004: { en: "The robot was stopped by an administrator.", zh: "机器人已被管理员停用。" },
      40056: { en: "No such app: `WECOM_AGENT_ID`.", zh: "应用不存在，请检查 `WECOM_AGENT_ID`。" },
      45002: { en: "A text has at most 2,048 bytes.", zh: "文本最长 2048 字节。" },
      81013: {
        en: "No recipient is left: all are deleted or outside of the app's visible range.",
        zh: "没有有效的接收人：全部已被删除，或不在应用可见范围内。"
      },
      82001: { en: "No recipient was given.", zh: "未指定接收人。" },
      86003: { en: "No such chat, or another app made it.", zh: "群聊不存在，或由其他应用创建。" },
      93000: {
        en: "The robot's key is wrong, or the robot was removed from its group.",
        zh: "机器人的 key 有误，或机器人已被移出群聊。"
      },
      846605: { en: "`req_id` has been answered already, or is too old.", zh: "`req_id` 已被回复过，或已过期。" }
    }
  },
  {
    id: "customers",
    title: { en: "Customers and customer service", zh: "客户联系与微信客服" },
    about: {
      en: "External contacts, tags, mass messages, moments, acquisition links and 微信客服.",
      zh: "外部联系人、客户标签、群发、朋友圈、获客链接与微信客服。"
    },
    has: any(
      thousands(95, 511, 610, 810, 845),
      between(41030, 41999),
      between(84051, 84079),
      among(
        40096,
        40098,
        40123,
        90100,
        90101,
        90102,
        90103,
        90104,
        90105,
        90106,
        90500,
        90501,
        90502,
        90507,
        90508,
        90509
      )
    ),
    notes: {
      41048: {
        en: "No customer fits the choice, or all of them have had their mass messages of the month.",
        zh: "没有符合条件的客户，或客户当月的接收次数已用完。"
      },
      41050: {
        en: "A welcome code serves once, for 20 seconds after the event.",
        zh: "欢迎语 code 只能使用一次，事件发生后 20 秒内有效。"
      },
      41054: { en: "The member has never logged in to 企业微信.", zh: "成员尚未激活企业微信。" },
      95000: { en: "The account was deleted, or belongs to another corp.", zh: "客服账号已删除，或属于其他企业。" },
      95013: {
        en: "The session has ended: wait until the customer writes again.",
        zh: "会话已结束：请等待客户再次发消息。"
      },
      95014: {
        en: "Make the member a servicer of the account first: `KfServicers`.",
        zh: "请先把成员设为该账号的接待人员：`KfServicers`。"
      },
      95016: {
        en: "Read the state with `KfSessions.get` first: only some changes are possible from each state.",
        zh: "请先用 `KfSessions.get` 读取状态：每种状态只能变更为特定状态。"
      },
      40096: {
        en:
          "The `external_userid` is of another corp or provider, or the member who follows the customer is outside of the visible range.",
        zh: "`external_userid` 属于其他企业或服务商，或跟进成员不在应用可见范围内。"
      },
      84061: {
        en: "The member and the customer are not connected: the member deleted the customer, or never added them.",
        zh: "成员与客户不是好友：成员已删除客户，或从未添加。"
      },
      95001: {
        en: "At most 5 messages after each message of the customer.",
        zh: "客户每发一条消息后，最多回复 5 条。"
      },
      95002: {
        en: "48 hours after the customer's last message, nothing can be sent.",
        zh: "客户最后一条消息超过 48 小时后不能再发送。"
      }
    }
  },
  {
    id: "office",
    title: { en: "Office: approvals, calendars, meetings, documents", zh: "OA：审批、日程、会议、文档" },
    about: {
      en:
        "Approvals, checkin, journals, calendars, meetings and their rooms, documents, drive, mail, telephone, invoices.",
      zh: "审批、打卡、汇报、日程、会议与会议室、文档、微盘、邮件、电话、发票。"
    },
    has: any(
      thousands(
        72,
        301,
        400,
        640,
        680,
        730,
        751,
        770,
        830,
        844,
        851,
        2010,
        2020,
        2022,
        2040,
        2050,
        2090,
        2400,
        2505,
        2543,
        92
      ),
      between(90450, 90499),
      between(90602, 90602),
      between(90700, 90799),
      among(84057, 84065)
    ),
    notes: {
      301052: {
        en: "The archive's service has ended: renew it in the console.",
        zh: "会话存档服务已到期：请在后台续费。"
      },
      301053: { en: "The corp has never switched the archive on.", zh: "企业未开启会话存档。" },
      301036: {
        en: "The userid of this member was chosen by the member or changed once already.",
        zh: "该成员的 userid 已修改过，不能再改。"
      },
      640002: { en: "The file was deleted, or its id is of another space.", zh: "文件已删除，或 id 属于其他空间。" },
      640029: { en: "Folders and online documents cannot be downloaded.", zh: "文件夹和在线文档不能下载。" },
      301025: {
        en:
          "The values do not fit the approval's template. Read the template (`Approvals.getTemplate`) and build the controls with `ApprovalControl`.",
        zh: "数据与审批模板不符。请读取模板（`Approvals.getTemplate`），并用 `ApprovalControl` 构造控件。"
      },
      2050067: {
        en: "A smart sheet is read and written with `SmartSheets`, not as a document.",
        zh: "智能表格请用 `SmartSheets` 读写，而不是文档接口。"
      }
    }
  },
  {
    id: "third-party",
    title: { en: "Third-party apps, licences and payment", zh: "第三方应用、许可与支付" },
    about: {
      en: "Suites, 代开发, licences of accounts, orders, payment, partners and the data zone.",
      zh: "第三方应用、代开发、接口许可、订单、支付、上下游与数据专区。"
    },
    has: any(
      thousands(84, 85, 630, 660, 670, 701, 710, 790, 800, 842, 850),
      between(90300, 90449),
      among(43009, 43012, 49004, 49009)
    ),
    notes: {
      842002: { en: "Publish the template in the provider console first.", zh: "请先在服务商后台上线模板。" },
      85002: { en: "A text holds a word that WeCom does not allow.", zh: "文本包含企业微信不允许的词语。" },
      84024: {
        en: "The registration is not finished, or is older than 24 hours.",
        zh: "注册流程未完成，或已超过 24 小时。"
      }
    }
  },
  {
    id: "hardware",
    title: { en: "Hardware and other areas", zh: "智慧硬件与其他" },
    about: {
      en: "Devices, access control, printers, workbench, government and the security gateway.",
      zh: "设备、门禁、打印、工作台、政民沟通与安全网关。"
    },
    has: any(thousands(71, 90, 94, 600, 740, 2000)),
    notes: {
      600001: { en: "The serial number is not one of this model.", zh: "sn 不属于该型号。" },
      71047: { en: "The member does not exist, or is of another corp.", zh: "成员不存在，或属于其他企业。" }
    }
  },
  {
    id: "parameters",
    title: { en: "Parameters and files", zh: "参数与文件" },
    about: {
      en:
        "The input is wrong: the reason is `ApiFailed`. The library refuses what its schemas know to be wrong before anything is sent " +
        "(`RequestInvalid`); what is left are ids that do not exist and rules that only WeCom knows.",
      zh:
        "参数有误：reason 为 `ApiFailed`。schema 已知的错误在发送之前就会被拒绝（`RequestInvalid`）；剩下的是不存在的 id，以及只有企业微信知道的规则。"
    },
    has: () => true,
    notes: {
      40033: {
        en: "A text has characters that the endpoint does not take, such as control characters.",
        zh: "文本含有接口不接受的字符，例如控制字符。"
      },
      40035: {
        en: "Lists are arrays, with at most 1,000 members and 100 departments, and not all of them empty.",
        zh: "列表是数组，最多 1000 个成员、100 个部门，且不能全部为空。"
      },
      40146: {
        en: "Parts of encrypted files begin and end at multiples of 16 bytes. `Media` does so.",
        zh: "加密文件的分片须为 16 字节的倍数，`Media` 会自动处理。"
      },
      44001: {
        en: "The file has no bytes. A stream that was read before gives none the second time.",
        zh: "文件为空。已读取过的流第二次没有内容。"
      },
      91040: {
        en: "`type` is `agent_config` or `wx_card`; the ticket of the corp takes none.",
        zh: "`type` 为 `agent_config` 或 `wx_card`；企业的 ticket 不需要 `type`。"
      },
      40004: {
        en: "The file's kind does not fit `type`: image, voice, video or file.",
        zh: "文件类型与 `type` 不符：image、voice、video 或 file。"
      },
      40007: {
        en:
          "A `media_id` lives for three days and belongs to the kind of upload: temporary media, or an attachment of moments and product albums.",
        zh: "`media_id` 有效期三天，且与上传方式对应：临时素材，或朋友圈、商品图册的附件。"
      },
      40058: {
        en:
          "A value is too long, a list has too many items, or a field is missing that this kind of input needs. `errmsg` often names the field.",
        zh: "值过长、列表项过多，或缺少该类输入必填的字段。`errmsg` 通常会指出字段名。"
      },
      40063: { en: "A required parameter is missing or empty.", zh: "缺少必填参数，或参数为空。" },
      45001: {
        en: "Images 10 MB, voice 2 MB, video 10 MB, files 20 MB.",
        zh: "图片 10 MB、语音 2 MB、视频 10 MB、文件 20 MB。"
      }
    }
  }
]
