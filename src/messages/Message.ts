/**
 * What an app says: one value per message, which can go to members, to a group chat, to linked corps or to a robot's
 * group, as far as the receiving side takes its type.
 *
 * @example
 * ```ts
 * const message = Message.text("上线了")
 * messages.send(message.to({ users: ["zhangsan"] }))
 * appChats.send(message.toChat("CHATID"))
 * linkedCorpMessages.send(message.toLinkedCorps({ users: ["ww1/lisi"] }))
 * robot.send(message)
 * ```
 *
 * Texts may hold links (`<a href>`) and, with `enable_id_trans`, names that WeCom fills in, such as
 * `$userName=zhangsan$`. What WeCom would cut, as it is too long, is refused.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90236
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"
import {
  type ButtonInteraction,
  type MultipleInteraction,
  type NewsNotice,
  TaskId,
  TemplateCard,
  type TextNotice,
  type VoteInteraction
} from "./TemplateCard.ts"

/** Every member who may see the app, as `users`. */
export const everyone = "@all"

/** 仅限在企业内分享. As `safe` of an {@link mpnews} message: it may be shared, but not outside the corp. */
export const withinCorp = 2

/** Whom a message of the app goes to: at least one, at most 1,000 members, 100 departments and 100 tags. */
export interface Recipients {
  /** Userids, or {@link everyone}, beside whom departments and tags are ignored. */
  readonly users?: ReadonlyArray<string> | typeof everyone | undefined
  /** Ids of departments. */
  readonly parties?: ReadonlyArray<number | string> | undefined
  /** Ids of tags. */
  readonly tags?: ReadonlyArray<number | string> | undefined
}

/** Recipients by name, for messages that cannot go to everyone. */
export interface NamedRecipients extends Recipients {
  readonly users?: ReadonlyArray<string> | undefined
}

/** Recipients of a {@link templateMessage}, who may also be members whom the app cannot see. */
export interface TicketedRecipients extends Recipients {
  /** The tickets of choosing members (选人), at most 10: they reach those chosen, not who chose them. */
  readonly tickets?: ReadonlyArray<string> | undefined
}

/** How a message of the app is sent. */
export interface SendOptions {
  /** The app that sends, where it is not the client's own. */
  readonly agentid?: number | undefined
  /** id转译. `$userName=...$` and the like are filled in. */
  readonly enable_id_trans?: boolean | undefined
  /** 重复消息检查. The same message is not received again within `duplicate_check_interval`. */
  readonly enable_duplicate_check?: boolean | undefined
  /** In seconds: at most 4 hours. Default: 1,800. */
  readonly duplicate_check_interval?: number | undefined
}

/** The same for texts, images, videos and files, which may be confidential. */
export interface ConfidentialOptions extends SendOptions {
  /** 保密消息. It cannot be shared and has a watermark. */
  readonly safe?: boolean | undefined
}

/** The same for {@link mpnews}, which may also be shared {@link withinCorp}. */
export interface MpNewsOptions extends SendOptions {
  /** 保密消息. It cannot be shared and has a watermark; {@link withinCorp} lets it be shared inside the corp. */
  readonly safe?: boolean | typeof withinCorp | undefined
}

/** The same for a {@link templateMessage}. */
export interface TicketedOptions extends SendOptions {
  /** Whether it goes to those of the tickets alone who have not authorized the app: other recipients are ignored. */
  readonly only_unauth?: boolean | undefined
}

interface Receivers {
  readonly touser?: ReadonlyArray<string> | undefined
  readonly toparty?: ReadonlyArray<string> | undefined
  readonly totag?: ReadonlyArray<string> | undefined
}

/** A message with its recipients: the input of `Messages.send`. */
export type Addressed<Body, Options = SendOptions> =
  & Body
  & Options
  & Wire.AnyOf<Receivers, "touser" | "toparty" | "totag">

interface TicketedReceivers extends Receivers {
  readonly selected_ticket_list?: ReadonlyArray<string> | undefined
}

/** A template message with its recipients: the input of `Messages.send`. */
export type AddressedTemplateMessage =
  & TemplateMessageBody
  & TicketedOptions
  & Wire.AnyOf<TicketedReceivers, "touser" | "toparty" | "totag" | "selected_ticket_list">

/** How a message to a group chat is sent. */
export interface ChatOptions {
  /** 保密消息. It cannot be shared and has a watermark. */
  readonly safe?: boolean | undefined
}

/** The same for messages that cannot be confidential. */
export interface OpenChatOptions {
  readonly safe?: never
}

/** A message with its group chat: the input of `AppChats.send`. */
export type ToChat<Body, Options = ChatOptions> = Body & Options & { readonly chatid: string }

/** Whom a message goes to among linked corps (互联企业): at most 1,000 members, 100 departments and 100 tags. */
export interface LinkedRecipients {
  /** `CorpId/UserId` for members of a linked corp, userids for the own corp's. */
  readonly users?: ReadonlyArray<string> | undefined
  /** `LinkedId/PartyId` for departments of a linked corp, ids for the own corp's. */
  readonly parties?: ReadonlyArray<number | string> | undefined
  /** Ids of the own corp's tags. */
  readonly tags?: ReadonlyArray<number> | undefined
  /** Everyone who may see the app, in linked corps too. */
  readonly all?: boolean | undefined
}

/** How a message to linked corps is sent. */
export interface LinkedOptions extends ChatOptions {
  /** The app that sends, where it is not the client's own. */
  readonly agentid?: number | undefined
}

/** The same for messages that cannot be confidential. */
export interface OpenLinkedOptions extends OpenChatOptions {
  /** The app that sends, where it is not the client's own. */
  readonly agentid?: number | undefined
}

interface LinkedReceivers {
  readonly touser?: ReadonlyArray<string> | undefined
  readonly toparty?: ReadonlyArray<string> | undefined
  readonly totag?: ReadonlyArray<number> | undefined
  readonly toall?: boolean | undefined
}

/** A message with its recipients: the input of `LinkedCorpMessages.send`. */
export type ToLinkedCorps<Body, Options = LinkedOptions> =
  & Body
  & Options
  & Wire.AnyOf<LinkedReceivers, "touser" | "toparty" | "totag" | "toall">

/** A message that can go to members of the corp. */
export interface ForMembers<Body, Options = SendOptions, To = Recipients> {
  /** 发送应用消息. The message with its recipients: the input of `Messages.send`. */
  to(recipients: To, options?: Options): Addressed<Body, Options>
}

/** A message that can go to a group chat. */
export interface ForChats<Body, Options = ChatOptions> {
  /** 应用推送消息. The message with its group chat: the input of `AppChats.send`. */
  toChat(chatid: string, options?: Options): ToChat<Body, Options>
}

/** A message that can go to linked corps. */
export interface ForLinkedCorps<Body, Options = LinkedOptions> {
  /** 互联企业消息推送. The message with its recipients: the input of `LinkedCorpMessages.send`. */
  toLinkedCorps(recipients: LinkedRecipients, options?: Options): ToLinkedCorps<Body, Options>
}

/** Whom a text in a group draws attention to. */
export interface Mentions {
  /** Userids in the group, or `@all`. */
  readonly mentioned_list?: ReadonlyArray<string> | undefined
  /** Mobile numbers of members in the group, or `@all`. */
  readonly mentioned_mobile_list?: ReadonlyArray<string> | undefined
}

/** 文本. At most 2,048 bytes. */
export const TextBody = Schema.Struct({
  msgtype: Schema.Literal("text"),
  text: Schema.Struct({ content: Wire.text(2048) })
})
export interface TextBody extends Schema.Schema.Type<typeof TextBody> {}

/** 文本, in a group: it may draw attention to members. */
export const MentioningBody = Schema.Struct({
  msgtype: Schema.Literal("text"),
  text: Schema.Struct({
    content: Wire.text(2048),
    ...Wire.optionals({
      mentioned_list: Schema.Array(Schema.String),
      mentioned_mobile_list: Schema.Array(Schema.String)
    })
  })
})
export interface MentioningBody extends Schema.Schema.Type<typeof MentioningBody> {}

const media = Schema.Struct({ media_id: Wire.filledText })

/** 图片. */
export const ImageBody = Schema.Struct({ msgtype: Schema.Literal("image"), image: media })
export interface ImageBody extends Schema.Schema.Type<typeof ImageBody> {}

/** 语音. */
export const VoiceBody = Schema.Struct({ msgtype: Schema.Literal("voice"), voice: media })
export interface VoiceBody extends Schema.Schema.Type<typeof VoiceBody> {}

/** What is said beside a video. */
export interface VideoCaption {
  /** At most 128 bytes. */
  readonly title?: string | undefined
  /** At most 512 bytes. */
  readonly description?: string | undefined
}

/** 视频. */
export const VideoBody = Schema.Struct({
  msgtype: Schema.Literal("video"),
  video: Schema.Struct({
    media_id: Wire.filledText,
    ...Wire.optionals({
      /** At most 128 bytes. */
      title: Wire.text(128),
      /** At most 512 bytes. */
      description: Wire.text(512)
    })
  })
})
export interface VideoBody extends Schema.Schema.Type<typeof VideoBody> {}

/** 文件. */
export const FileBody = Schema.Struct({ msgtype: Schema.Literal("file"), file: media })
export interface FileBody extends Schema.Schema.Type<typeof FileBody> {}

/** 文本卡片. */
export const TextCardBody = Schema.Struct({
  msgtype: Schema.Literal("textcard"),
  textcard: Schema.Struct({
    /** At most 128 characters; 128 bytes in a group chat. */
    title: Wire.chars(128),
    /** At most 512 characters; 512 bytes in a group chat. `<div class="gray | highlight | normal">` colours. */
    description: Wire.chars(512),
    /** With its `https://`, at most 2,048 bytes. */
    url: Wire.text(2048),
    /** At most 4 Chinese characters. Default: 详情. */
    btntxt: Wire.optional(Wire.words(4))
  })
})
export interface TextCardBody extends Schema.Schema.Type<typeof TextCardBody> {}

const articleText = {
  /** At most 128 bytes. */
  title: Wire.text(128),
  ...Wire.optionals({
    /** At most 512 bytes. */
    description: Wire.text(512),
    /** JPG or PNG; 1068 x 455 looks best for the first article, 150 x 150 for the others. */
    picurl: Wire.text(2048)
  })
}

/** An article that opens a page. */
export const Article = Schema.Struct({
  ...articleText,
  /** With its `https://`, at most 2,048 bytes. */
  url: Wire.text(2048)
})
export interface Article extends Schema.Schema.Type<typeof Article> {}

/** 图文: 1 to 8 articles that open pages. */
export const NewsBody = Schema.Struct({
  msgtype: Schema.Literal("news"),
  news: Schema.Struct({ articles: Wire.items(Article, 8, 1) })
})
export interface NewsBody extends Schema.Schema.Type<typeof NewsBody> {}

/** An article that opens a page or a mini program, with a button. */
export type MiniProgramArticle =
  & Omit<Article, "url">
  & {
    /** The words of the button, where they are not 阅读全文. */
    readonly btntxt?: string | undefined
  }
  & ({ readonly url: string } | {
    /** A mini program that belongs to the app. */
    readonly appid: string
    /** At most 128 bytes. */
    readonly pagepath: string
    /** Ignored beside a mini program. */
    readonly url?: string | undefined
  })

const MiniProgramArticle = Wire.narrow<MiniProgramArticle>()(
  Schema.Struct({
    ...articleText,
    ...Wire.optionals({
      url: Wire.text(2048),
      appid: Schema.String,
      pagepath: Wire.text(128),
      btntxt: Schema.String
    })
  }).check(
    Schema.makeFilter(({ appid, pagepath, url }) =>
      appid === undefined && pagepath === undefined
        ? url !== undefined || { path: ["url"], issue: "a url, or an appid with its pagepath, is needed" }
        : (appid !== undefined && pagepath !== undefined) ||
          { path: [appid === undefined ? "appid" : "pagepath"], issue: "appid and pagepath go together" }
    )
  )
)

/** 图文: 1 to 8 articles that open pages or mini programs. */
export const MiniProgramNewsBody = Schema.Struct({
  msgtype: Schema.Literal("news"),
  news: Schema.Struct({ articles: Wire.items(MiniProgramArticle, 8, 1) })
})
export interface MiniProgramNewsBody extends Schema.Schema.Type<typeof MiniProgramNewsBody> {}

/** An article that WeCom keeps. */
export const MpArticle = Schema.Struct({
  /** At most 128 bytes. */
  title: Wire.text(128),
  /** The picture, uploaded as media. */
  thumb_media_id: Wire.filledText,
  ...Wire.optionals({
    /** At most 64 bytes. */
    author: Wire.text(64),
    /** Where 阅读原文 leads. */
    content_source_url: Schema.String
  }),
  /** HTML, at most 666 KiB. */
  content: Wire.text(666 * 1024),
  /** At most 512 bytes. */
  digest: Wire.optional(Wire.text(512))
})
export interface MpArticle extends Schema.Schema.Type<typeof MpArticle> {}

/** 图文（mpnews）: 1 to 8 articles that WeCom keeps, with statistics of reading. */
export const MpNewsBody = Schema.Struct({
  msgtype: Schema.Literal("mpnews"),
  mpnews: Schema.Struct({ articles: Wire.items(MpArticle, 8, 1) })
})
export interface MpNewsBody extends Schema.Schema.Type<typeof MpNewsBody> {}

/** markdown, of a subset of its syntax. At most 2,048 bytes; 4,096 for a robot. */
export const MarkdownBody = Schema.Struct({
  msgtype: Schema.Literal("markdown"),
  markdown: Schema.Struct({ content: Wire.text(2048) })
})
export interface MarkdownBody extends Schema.Schema.Type<typeof MarkdownBody> {}

const noticeTitle = Wire.words(12).check(
  Schema.makeFilter((value: string) => [...value].length >= 4 || "at least 4 characters are needed")
)

/** 小程序通知 from a mini program of the app. */
export const MiniProgramNotice = Schema.Struct({
  /** A mini program that belongs to the app. */
  appid: Schema.String,
  /** The page that opens, at most 1,024 bytes. Default: none. */
  page: Wire.optional(Wire.text(1024)),
  /** 4 to 12 Chinese characters. */
  title: noticeTitle,
  ...Wire.optionals({
    /** 4 to 12 Chinese characters. */
    description: noticeTitle,
    /** Whether the first item is enlarged. */
    emphasis_first_item: Schema.Boolean,
    /** At most 10 items: keys of at most 10 Chinese characters, values of at most 30. */
    content_item: Wire.items(
      Schema.Struct({ key: Wire.optional(Wire.words(10)), value: Wire.optional(Wire.words(30)) }),
      10
    )
  })
})
export interface MiniProgramNotice extends Schema.Schema.Type<typeof MiniProgramNotice> {}

/** 小程序通知. */
export const MiniProgramNoticeBody = Schema.Struct({
  msgtype: Schema.Literal("miniprogram_notice"),
  miniprogram_notice: MiniProgramNotice
})
export interface MiniProgramNoticeBody extends Schema.Schema.Type<typeof MiniProgramNoticeBody> {}

/** What goes to members of the corp as it goes to linked corps, and may be confidential. */
export const confidentialBodies = [TextBody, ImageBody, VideoBody, FileBody] as const
/** What goes to members of the corp as it goes to linked corps, and may be confidential. */
export type ConfidentialBody = TextBody | ImageBody | VideoBody | FileBody

/** What goes to members of the corp as it goes to linked corps, and cannot be confidential. */
export const openBodies = [VoiceBody, TextCardBody, MiniProgramNewsBody, MarkdownBody] as const
/** What goes to members of the corp as it goes to linked corps, and cannot be confidential. */
export type OpenBody = VoiceBody | TextCardBody | MiniProgramNewsBody | MarkdownBody

/** 模板卡片. */
export const TemplateCardBody = Schema.Struct({
  msgtype: Schema.Literal("template_card"),
  template_card: TemplateCard
})
export interface TemplateCardBody<Card = TemplateCard> {
  readonly msgtype: "template_card"
  readonly template_card: Card
}

/** 任务卡片, which template cards have replaced. */
export const TaskCard = Schema.Struct({
  /** At most 128 bytes. */
  title: Wire.text(128),
  ...Wire.optionals({
    /** At most 512 bytes. */
    description: Wire.text(512),
    url: Wire.text(2048)
  }),
  /** Unique among the app's cards, of `0-9 A-Z a-z _ - @`, at most 128. */
  task_id: TaskId,
  /** 1 or 2 buttons. */
  btn: Wire.items(
    Schema.Struct({
      /** Comes back with the click; of `0-9 A-Z a-z _ - @`, at most 128. */
      key: TaskId,
      /** At most 18 bytes. */
      name: Wire.text(18),
      ...Wire.optionals({
        /** The words after the click, of a `taskcard` alone. */
        replace_name: Schema.String,
        /** Default: blue. */
        color: Schema.Literals(["red", "blue"]),
        is_bold: Schema.Boolean
      })
    }),
    2,
    1
  )
})
export interface TaskCard extends Schema.Schema.Type<typeof TaskCard> {}

/** 任务卡片, old form. */
export const TaskCardBody = Schema.Struct({ msgtype: Schema.Literal("taskcard"), taskcard: TaskCard })
export interface TaskCardBody extends Schema.Schema.Type<typeof TaskCardBody> {}

/** 任务卡片, later form. */
export const InteractiveTaskCardBody = Schema.Struct({
  msgtype: Schema.Literal("interactive_taskcard"),
  interactive_taskcard: TaskCard
})
export interface InteractiveTaskCardBody extends Schema.Schema.Type<typeof InteractiveTaskCardBody> {}

/** What a template message opens. */
type TemplateTarget = { readonly url: string } | {
  /** A mini program that belongs to the app, and one of its pages. */
  readonly miniprogram: { readonly appid: string; readonly pagepath: string }
  /** Ignored beside a mini program. */
  readonly url?: string | undefined
}

const TemplateFields = Schema.Struct({
  /** At most 64 bytes. */
  template_id: Wire.text(64),
  /** What the template's places are filled with: 1 to 5 items, keys of 1 to 20 characters, values of 1 to 40. */
  content_item: Wire.items(
    Schema.Struct({
      key: Wire.chars(20),
      value: Wire.chars(40)
    }),
    5,
    1
  )
})

/** 模版消息 of a third-party app, which opens a page or a mini program. */
export type TemplateMessage = typeof TemplateFields.Type & TemplateTarget

/** 模版消息 of a third-party app, which opens a page or a mini program. */
export const TemplateMessage = Wire.narrow<TemplateMessage>()(
  Schema.Struct({
    ...TemplateFields.fields,
    ...Wire.optionals({
      url: Wire.text(2048),
      miniprogram: Schema.Struct({ appid: Schema.String, pagepath: Schema.String })
    })
  }).check(Wire.anyOf("url", "miniprogram"))
)

/** 模版消息. */
export const TemplateMessageBody = Schema.Struct({
  msgtype: Schema.Literal("template_msg"),
  template_msg: TemplateMessage
})
export interface TemplateMessageBody {
  readonly msgtype: "template_msg"
  readonly template_msg: TemplateMessage
}

/** A message that goes everywhere, and may be confidential. */
type Everywhere<Body> = ForMembers<Body, ConfidentialOptions> & ForChats<Body> & ForLinkedCorps<Body>

/** A message that goes everywhere, and cannot be confidential. */
type OpenlyEverywhere<Body> =
  & ForMembers<Body>
  & ForChats<Body, OpenChatOptions>
  & ForLinkedCorps<Body, OpenLinkedOptions>

/** A message that goes everywhere, and may be confidential in a group chat. */
type CloselyInChats<Body> = ForMembers<Body> & ForChats<Body> & ForLinkedCorps<Body, OpenLinkedOptions>

/** 文本. */
export interface Text extends TextBody, Everywhere<TextBody> {}
/** 文本 with mentions. */
export interface MentioningText extends MentioningBody, ForChats<MentioningBody> {}
/** 图片. */
export interface Image extends ImageBody, Everywhere<ImageBody> {}
/** 语音. */
export interface Voice extends VoiceBody, OpenlyEverywhere<VoiceBody> {}
/** 视频. */
export interface Video extends VideoBody, Everywhere<VideoBody> {}
/** 文件. */
export interface File extends FileBody, Everywhere<FileBody> {}
/** 文本卡片. */
export interface TextCard extends TextCardBody, CloselyInChats<TextCardBody> {}
/** 图文. */
export interface News extends NewsBody, CloselyInChats<NewsBody> {}
/** 图文 with mini programs. */
export interface MiniProgramNews
  extends MiniProgramNewsBody, ForMembers<MiniProgramNewsBody>, ForLinkedCorps<MiniProgramNewsBody, OpenLinkedOptions>
{}
/** 图文（mpnews）. */
export interface MpNews
  extends MpNewsBody, ForMembers<MpNewsBody, MpNewsOptions>, ForChats<MpNewsBody>, ForLinkedCorps<MpNewsBody>
{}
/** markdown. */
export interface Markdown extends MarkdownBody, OpenlyEverywhere<MarkdownBody> {}
/** 小程序通知. */
export interface MiniProgramNoticeMessage
  extends
    MiniProgramNoticeBody,
    ForMembers<MiniProgramNoticeBody, SendOptions, NamedRecipients>,
    ForLinkedCorps<MiniProgramNoticeBody, OpenLinkedOptions>
{}
/** 模板卡片. */
export interface TemplateCardMessage<Card> extends TemplateCardBody<Card>, ForMembers<TemplateCardBody<Card>> {}
/** 任务卡片, old form. */
export interface TaskCardMessage extends TaskCardBody, ForMembers<TaskCardBody> {}
/** 任务卡片, later form. */
export interface InteractiveTaskCardMessage extends InteractiveTaskCardBody, ForMembers<InteractiveTaskCardBody> {}
/** 模版消息. */
export interface TemplateMessageMessage extends TemplateMessageBody {
  /** 发送应用消息. The message with its recipients: the input of `Messages.send`. */
  to(recipients: TicketedRecipients, options?: TicketedOptions): AddressedTemplateMessage
}

/**
 * 文本消息. At most 2,048 bytes.
 *
 * With mentions it is for a group: an app's group chat, or a robot's.
 */
export function text(content: string): Text
export function text(content: string, mentions: Mentions): MentioningText
export function text(content: string, mentions?: Mentions): Text | MentioningText {
  return make({ msgtype: "text", text: { content, ...mentions } })
}

/** 图片消息, uploaded as media. A robot takes `GroupRobot.image` instead. */
export const image = (media_id: string): Image => make({ msgtype: "image", image: { media_id } })

/** 语音消息, uploaded as media. */
export const voice = (media_id: string): Voice => make({ msgtype: "voice", voice: { media_id } })

/** 视频消息, uploaded as media. */
export const video = (media_id: string, caption?: VideoCaption): Video =>
  make({ msgtype: "video", video: { media_id, ...caption } })

/** 文件消息, uploaded as media. */
export const file = (media_id: string): File => make({ msgtype: "file", file: { media_id } })

/** 文本卡片消息: a title, a text and a button that opens a page. */
export const textCard = (textcard: TextCardBody["textcard"]): TextCard => make({ msgtype: "textcard", textcard })

/** 图文消息: 1 to 8 articles that open pages. */
export const news = (articles: ReadonlyArray<Article>): News => make({ msgtype: "news", news: { articles } })

/** 图文消息: 1 to 8 articles that open mini programs, or pages. Not for group chats. */
export const miniProgramNews = (articles: ReadonlyArray<MiniProgramArticle>): MiniProgramNews =>
  make({ msgtype: "news", news: { articles } })

/** 图文消息（mpnews）: 1 to 8 articles that WeCom keeps. */
export const mpnews = (articles: ReadonlyArray<MpArticle>): MpNews => make({ msgtype: "mpnews", mpnews: { articles } })

/** markdown消息, of a subset of its syntax: headings, bold, links, code, quotes and three colours. At most 2,048 bytes. */
export const markdown = (content: string): Markdown => make({ msgtype: "markdown", markdown: { content } })

/** 小程序通知消息. Not to everyone at once, and not for group chats. */
export const miniProgramNotice = (notice: MiniProgramNotice): MiniProgramNoticeMessage =>
  make({ msgtype: "miniprogram_notice", miniprogram_notice: notice })

/** 文本通知型模板卡片. Text that opens a page or a mini program. */
export const textNotice = (card: Omit<TextNotice, "card_type">): TemplateCardMessage<TextNotice> =>
  templateCard({ card_type: "text_notice", ...card })

/** 图文展示型模板卡片. The same with a picture. */
export const newsNotice = (card: Omit<NewsNotice, "card_type">): TemplateCardMessage<NewsNotice> =>
  templateCard({ card_type: "news_notice", ...card })

/** 按钮交互型模板卡片. 1 to 6 buttons; a click comes back as a `template_card_event`. */
export const buttonInteraction = (
  card: Omit<ButtonInteraction, "card_type">
): TemplateCardMessage<ButtonInteraction> => templateCard({ card_type: "button_interaction", ...card })

/** 投票选择型模板卡片. One question with up to 20 options; the choice comes back as a `template_card_event`. */
export const voteInteraction = (card: Omit<VoteInteraction, "card_type">): TemplateCardMessage<VoteInteraction> =>
  templateCard({ card_type: "vote_interaction", ...card })

/** 多项选择型模板卡片. Up to 3 questions; the choices come back as a `template_card_event`. */
export const multipleInteraction = (
  card: Omit<MultipleInteraction, "card_type">
): TemplateCardMessage<MultipleInteraction> => templateCard({ card_type: "multiple_interaction", ...card })

/**
 * 任务卡片消息 of WeCom before 3.1.6, which template cards have replaced.
 * @see https://developer.work.weixin.qq.com/document/path/91579
 */
export const taskCard = (card: TaskCard): TaskCardMessage => make({ msgtype: "taskcard", taskcard: card })

/** 任务卡片消息 in its later form, the one that `Messages.updateTaskCardLegacy` changes. */
export const interactiveTaskCard = (card: TaskCard): InteractiveTaskCardMessage =>
  make({ msgtype: "interactive_taskcard", interactive_taskcard: card })

/**
 * 模版消息 of a third-party app, made after a template that WeCom has approved; also to members whom the app cannot see.
 * @see https://developer.work.weixin.qq.com/document/path/94515
 */
export const templateMessage = (message: TemplateMessage): TemplateMessageMessage =>
  make({ msgtype: "template_msg", template_msg: message })

const templateCard = <Card>(card: Card): TemplateCardMessage<Card> =>
  make({ msgtype: "template_card", template_card: card })

const texts = (ids: ReadonlyArray<number | string>): ReadonlyArray<string> => ids.map(String)

/** The ways that messages go. Which of them a message has is for its type to say. */
const ways = {
  to(this: object, { parties, tags, tickets, users }: Recipients & TicketedRecipients, options?: SendOptions) {
    return {
      ...this,
      ...(users === undefined ? {} : { touser: typeof users === "string" ? [users] : users }),
      ...(parties === undefined ? {} : { toparty: texts(parties) }),
      ...(tags === undefined ? {} : { totag: texts(tags) }),
      ...(tickets === undefined ? {} : { selected_ticket_list: tickets }),
      ...options
    }
  },
  toChat(this: object, chatid: string, options?: ChatOptions) {
    return { ...this, chatid, ...options }
  },
  toLinkedCorps(this: object, { all, parties, tags, users }: LinkedRecipients, options?: LinkedOptions) {
    return {
      ...this,
      ...(users === undefined ? {} : { touser: users }),
      ...(parties === undefined ? {} : { toparty: texts(parties) }),
      ...(tags === undefined ? {} : { totag: tags }),
      ...(all === undefined ? {} : { toall: all }),
      ...options
    }
  }
}

/** The ways are inherited, so that the message itself is its content alone. */
const make = <Body extends object, Message extends Body>(body: Body): Message =>
  Object.assign(Object.create(ways), body)
