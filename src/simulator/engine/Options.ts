/**
 * What a simulator starts with.
 */
import type * as Duration from "effect/Duration"
import type * as Redacted from "effect/Redacted"
import type { User } from "../../contacts/Users.ts"
import type { Power } from "./Power.ts"

/** What a simulator starts with. Everything has a default: `{}` is one corp with one app, two departments and three members. */
export interface Options {
  readonly corps?: ReadonlyArray<CorpOptions> | undefined
  /** Third-party suites. */
  readonly suites?: ReadonlyArray<SuiteOptions> | undefined
  /** The service provider whose suites they are. */
  readonly provider?: ProviderOptions | undefined
  /** How long tokens and tickets live: 2 hours. */
  readonly tokenLife?: Duration.Input | undefined
  /**
   * Whether fetching a token ends the one before. The real server gives the same one until it ends, as it is done here
   * where this is not set; the documents do not promise it.
   */
  readonly rotateTokens?: boolean | undefined
  /**
   * How many calls of one endpoint a corp may make a minute before they get 45009. The real server takes 10,000; any
   * number is taken where this is not set, so that load can be tested.
   */
  readonly callsPerMinute?: number | undefined
  /**
   * Whether requests are refused for what the real server overlooks: unknown fields, empty values in fields that may be
   * absent, a limit beyond the largest, texts that it cuts. Default: `false`; `true` of `Simulator.layerTest`.
   */
  readonly strict?: boolean | undefined
  /**
   * Names by which the HTTP face is called, beside addresses, names without a dot, `localhost` and the vendor's own.
   * Requests under others are refused, for they may be those of another site.
   */
  readonly hosts?: ReadonlyArray<string> | undefined
  /** How many messages a group robot takes within which time before it gets 45009: 20 in any 60 seconds. */
  readonly robotLimit?: { readonly messages: number; readonly window: Duration.Input } | undefined
  /** Where random ids, tokens and faults come from: the same seed, the same run. */
  readonly seed?: string | number | undefined
  /**
   * How many requests, and messages per corp, are remembered: the last 10,000. Of files, the last 256 MiB of a corp are
   * kept.
   */
  readonly keep?: number | undefined
}

/** A corp. */
export interface CorpOptions {
  readonly corpId: string
  readonly name?: string | undefined
  readonly apps: ReadonlyArray<AppOptions>
  /** Beside the root, which has id 1. */
  readonly departments?: ReadonlyArray<DepartmentOptions> | undefined
  readonly members?: ReadonlyArray<MemberOptions> | undefined
  readonly robots?: ReadonlyArray<RobotOptions> | undefined
  /** 智能机器人. */
  readonly smartRobots?: ReadonlyArray<SmartRobotOptions> | undefined
  /** Keys of the webhooks of smart sheets (智能表格). */
  readonly sheetKeys?: ReadonlyArray<string | Redacted.Redacted> | undefined
}

/** A smart robot (智能机器人): called at a URL, or over the long connection that it opens with its secret. */
export interface SmartRobotOptions {
  readonly botId: string
  readonly name?: string | undefined
  readonly callback?: CallbackOptions | undefined
  /** The secret of its long connection, which it uses where it has no callback. */
  readonly secret?: string | Redacted.Redacted | undefined
}

/** A group robot. */
export interface RobotOptions {
  /** The `key` of its webhook URL. */
  readonly key: string | Redacted.Redacted
  readonly name?: string | undefined
}

/** An app of a corp. */
export interface AppOptions {
  /** Built-in apps such as contact sync have a secret and no agent id. */
  readonly agentId?: number | undefined
  readonly name?: string | undefined
  readonly secret: string | Redacted.Redacted
  /** Where its messages and events go (接收消息服务器配置). */
  readonly callback?: CallbackOptions | undefined
  /** 可见范围. Who and what the app may see. Default: the whole corp. */
  readonly visible?: VisibleRange | undefined
  /** 接口权限. The areas of the API that are open to it. Default: all. See `selfBuilt` and `contactSync`. */
  readonly powers?: ReadonlyArray<Power> | undefined
}

/** Who and what an app may see. */
export interface VisibleRange {
  readonly members?: ReadonlyArray<string> | undefined
  /** With all departments below them. */
  readonly departments?: ReadonlyArray<number> | undefined
  readonly tags?: ReadonlyArray<number> | undefined
}

/** Where callbacks go, and how they are encrypted. */
export interface CallbackOptions {
  readonly url: string
  readonly token: string | Redacted.Redacted
  readonly encodingAesKey: string | Redacted.Redacted
}

/** A third-party suite (第三方应用), and where it is installed. */
export interface SuiteOptions {
  readonly suiteId: string
  readonly secret: string | Redacted.Redacted
  /** Where its tickets and authorisation events go (指令回调). */
  readonly callback?: CallbackOptions | undefined
  readonly installations?: ReadonlyArray<InstallationOptions> | undefined
}

/** A corp that has installed a suite. */
export interface InstallationOptions {
  readonly corpId: string
  readonly permanentCode: string | Redacted.Redacted
  readonly agentId: number
  /** 可见范围. Default: the whole corp. */
  readonly visible?: VisibleRange | undefined
  /** 接口权限. Default: all. */
  readonly powers?: ReadonlyArray<Power> | undefined
  /** Where the corp's messages and events go (数据回调). */
  readonly callback?: CallbackOptions | undefined
}

/** A service provider. */
export interface ProviderOptions {
  readonly corpId: string
  readonly secret: string | Redacted.Redacted
  /** Where its events go that belong to no suite (系统事件接收URL). */
  readonly callback?: CallbackOptions | undefined
  /** 推广包. The ids of its promotion packages. */
  readonly packages?: ReadonlyArray<string> | undefined
}

/** A department. */
export interface DepartmentOptions {
  readonly id: number
  readonly name: string
  /** Default: the root. */
  readonly parentid?: number | undefined
  readonly order?: number | undefined
}

/** A member: any field of a `User`, of which only the userid is needed. He is activated, and in the root department. */
export type MemberOptions =
  & Partial<Omit<ConstructorParameters<typeof User>[0], "userid">>
  & { readonly userid: string }

/** The corp of a simulator that was given none. */
export const defaultCorp: CorpOptions = {
  corpId: "ww5a1d0e5c0ffee001",
  name: "示例企业",
  apps: [{ agentId: 1000002, name: "示例应用", secret: "simulated-app-secret-0123456789abcdefghijkl" }],
  departments: [{ id: 2, name: "研发部" }, { id: 3, name: "市场部" }],
  members: [
    { userid: "zhangsan", name: "张三", department: [2] },
    { userid: "lisi", name: "李四", department: [2, 3] },
    { userid: "wangwu", name: "王五", department: [3] }
  ],
  robots: [{ name: "示例机器人", key: "simulated-robot-key" }]
}
