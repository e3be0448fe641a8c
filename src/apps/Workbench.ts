/**
 * 工作台自定义展示: what an app shows of itself on the workbench, for everyone and for each member.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 模版类型. */
export const WorkbenchType = Wire.oneOf({
  KeyData: ["keydata", "关键数据型"],
  Image: ["image", "图片型"],
  List: ["list", "列表型"],
  WebView: ["webview", "webview型"],
  Normal: ["normal", "普通展示模式"]
})

/** webview的高度. */
export const WebViewHeight = Wire.oneOf({
  SingleRow: ["single_row", "106px，隐藏标题则为147px"],
  DoubleRow: ["double_row", "171px，隐藏标题则为212px"]
})

/** Where a tap goes: the app's home page where neither is said. */
const target = {
  ...Wire.optionals({
    /** Where the app's home page is a web page: at most 1,024 characters. */
    jump_url: Wire.chars(1024),
    /** Where the app's home page is a mini program: at most 1,024 characters. */
    pagepath: Wire.chars(1024)
  })
}

/** 关键数据型: up to four numbers with their names. */
const KeyData = Schema.Struct({
  items: Wire.items(
    Schema.Struct({
      /** At most 64 characters. Given in the template, it can be left out for a member. */
      key: Wire.optional(Wire.chars(64)),
      /** At most 64 characters. */
      data: Wire.chars(64),
      ...target
    }),
    4
  )
})

/** 图片型: best 3.35 times as wide as high. */
const Image = Schema.Struct({ url: Wire.filledText, ...target })

/** 列表型: up to three lines. */
const List = Schema.Struct({
  items: Wire.items(
    Schema.Struct({
      /** At most 128 bytes. */
      title: Wire.text(128),
      ...target
    }),
    3
  )
})

/** webview型: a page. */
const WebView = Schema.Struct({
  url: Wire.filledText,
  ...target,
  ...Wire.optionals({
    /** Default: two rows. */
    height: WebViewHeight.schema,
    /** Whether the line with the app's name is hidden. */
    hide_title: Schema.Boolean,
    /** Whether links of the page (`wxwork://openurl?url=`) can be followed; a tap then goes nowhere else. */
    enable_webview_click: Schema.Boolean
  })
})

/** 用户数据: what a member sees, told apart by `type`. */
const data = <const Fields extends Schema.Struct.Fields>(fields: Fields) =>
  [
    Schema.Struct({ ...fields, type: Schema.Literal("keydata"), keydata: KeyData }),
    Schema.Struct({ ...fields, type: Schema.Literal("image"), image: Image }),
    Schema.Struct({ ...fields, type: Schema.Literal("list"), list: List }),
    Schema.Struct({ ...fields, type: Schema.Literal("webview"), webview: WebView })
  ] as const

/** 模版: what those see who have no data of their own; without any, the type alone is set. */
const template = <const Fields extends Schema.Struct.Fields>(fields: Fields) =>
  [
    Schema.Struct({ ...fields, type: Schema.Literal("keydata"), keydata: Wire.optional(KeyData) }),
    Schema.Struct({ ...fields, type: Schema.Literal("image"), image: Wire.optional(Image) }),
    Schema.Struct({ ...fields, type: Schema.Literal("list"), list: Wire.optional(List) }),
    Schema.Struct({ ...fields, type: Schema.Literal("webview"), webview: Wire.optional(WebView) }),
    Schema.Struct({ ...fields, type: Schema.Literal("normal") })
  ] as const

const agentid = Wire.optional(Wire.int)

/** Whether what members have of their own is replaced. Default: no. */
const replace_user_data = Wire.optional(Schema.Boolean)

const workbenchData = Schema.Union(data({}))

/** What a member sees on the workbench. */
export type WorkbenchData = Exclude<typeof workbenchData.Type, never> // named, so that an editor shows the name

/** What a member sees on the workbench. */
export const WorkbenchData: Schema.Codec<WorkbenchData, typeof workbenchData.Encoded> = workbenchData

const newTemplate = Schema.Union(template({ agentid, replace_user_data }))

/** 模版, as it is set. Told apart by `type`. */
export type NewWorkbenchTemplate = Exclude<typeof newTemplate.Type, never> // named, so that an editor shows the name

/** 模版, as it is set. Told apart by `type`. */
export const NewWorkbenchTemplate: Schema.Codec<NewWorkbenchTemplate, typeof newTemplate.Encoded> = newTemplate

const workbenchTemplate = Wire.variants("type", template({ replace_user_data }))

/** 模版. Told apart by `type`. */
export type WorkbenchTemplate = Exclude<typeof workbenchTemplate.Type, never>

/** 模版. Told apart by `type`. */
export const WorkbenchTemplate: Schema.Codec<WorkbenchTemplate, typeof workbenchTemplate.Encoded> = workbenchTemplate

const memberData = Schema.Union(data({ agentid, userid: Wire.filledText }))

/** What one member is to see. Told apart by `type`. */
export type MemberWorkbenchData = Exclude<typeof memberData.Type, never>

/** What one member is to see. Told apart by `type`. */
export const MemberWorkbenchData: Schema.Codec<MemberWorkbenchData, typeof memberData.Encoded> = memberData

const shownData = Wire.variants("type", template({}))

/** What a member sees on the workbench, as WeCom shows it. */
export type ShownWorkbenchData = Exclude<typeof shownData.Type, never>

/** What a member sees on the workbench, as WeCom shows it. */
export const ShownWorkbenchData: Schema.Codec<ShownWorkbenchData, typeof shownData.Encoded> = shownData

/** 工作台自定义展示: what an app shows of itself on the workbench, for everyone and for each member. */
export class Workbench extends Domain.Service<Workbench>()("apps/Workbench", "应用管理·工作台", {
  /**
   * 设置应用在工作台展示的模版. What kind of thing the app shows, and what those see who have no data of their own;
   * `normal` ends it. An administrator has switched it on before (启用自定义展示).
   * @see https://developer.work.weixin.qq.com/document/path/92535
   */
  setTemplate: Endpoint.post(
    "/cgi-bin/agent/set_workbench_template",
    { doc: 92535, agent: true, idempotent: true },
    () => ({ body: NewWorkbenchTemplate })
  ),

  /**
   * 获取应用在工作台展示的模版.
   * @see https://developer.work.weixin.qq.com/document/path/92535
   */
  getTemplate: Endpoint.query(
    "/cgi-bin/agent/get_workbench_template",
    { doc: 92535, agent: true },
    () => ({ body: { agentid }, success: WorkbenchTemplate })
  ),

  /**
   * 设置应用在用户工作台展示的数据. What one member sees: 10 times a minute for each.
   * @see https://developer.work.weixin.qq.com/document/path/92535
   */
  setData: Endpoint.post(
    "/cgi-bin/agent/set_workbench_data",
    { doc: 92535, agent: true, idempotent: true },
    () => ({ body: MemberWorkbenchData })
  ),

  /**
   * 批量设置应用在用户工作台展示的数据. The same for up to 1,000 members, 100,000 a minute.
   * @see https://developer.work.weixin.qq.com/document/path/92535
   */
  setDataMany: Endpoint.post(
    "/cgi-bin/agent/batch_set_workbench_data",
    { doc: 92535, agent: true, idempotent: true },
    () => ({ body: { agentid, userid_list: Wire.items(Wire.filledText, 1000, 1), data: WorkbenchData } })
  ),

  /**
   * 获取应用在用户工作台展示的数据. What one member sees: the template's, where it has replaced their own.
   * @see https://developer.work.weixin.qq.com/document/path/92535
   */
  getData: Endpoint.query("/cgi-bin/agent/get_workbench_data", { doc: 92535, agent: true }, () => ({
    body: { agentid, userid: Wire.filledText },
    success: Endpoint.pluck("data", ShownWorkbenchData)
  }))
}) {}
