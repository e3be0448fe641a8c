/**
 * 被动回复消息: what a handler may answer a message or an event with, in the same HTTP response.
 *
 * Element names are WeCom's. Whom the reply goes to, when it was made and its encryption are filled in by the
 * router. Only the card of the member who clicked is changed by the two updates.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90241
 */
import * as DateTime from "effect/DateTime"
import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { failure } from "../internal/callback/failure.ts"
import * as Json from "../internal/callback/json.ts"
import * as Xml from "../internal/callback/xml.ts"
import * as Wire from "../Wire.ts"
import { type CallbackError, MessageInvalid, ReplyInvalid } from "./CallbackError.ts"
import * as CallbackWire from "./CallbackWire.ts"

/** 文本消息. WeCom cuts what is longer than 2048 bytes. */
export const Text = Schema.Struct({ MsgType: Schema.Literal("text"), Content: Schema.String })

/** 图片消息. */
export const Image = Schema.Struct({
  MsgType: Schema.Literal("image"),
  Image: Schema.Struct({ MediaId: Schema.String })
})

/** 语音消息. */
export const Voice = Schema.Struct({
  MsgType: Schema.Literal("voice"),
  Voice: Schema.Struct({ MediaId: Schema.String })
})

/** The video of a {@link Video} reply. */
export const VideoContent = Schema.Struct({
  MediaId: Schema.String,
  ...Wire.optionals({
    /** At most 128 bytes; WeCom cuts what is longer. */
    Title: Schema.String,
    /** At most 512 bytes; WeCom cuts what is longer. */
    Description: Schema.String
  })
})

/** 视频消息. */
export const Video = Schema.Struct({ MsgType: Schema.Literal("video"), Video: VideoContent })

/** One article of a {@link News} reply. */
export const Article = Schema.Struct({
  /** At most 128 bytes. */
  Title: Schema.String,
  ...Wire.optionals({
    /** At most 512 bytes. */
    Description: Schema.String,
    /** The picture, 1068 x 455 for the first article and 150 x 150 for the others. */
    PicUrl: Schema.String,
    /** Where the article leads. */
    Url: Schema.String
  })
})

/** How many items a list may have. */
const between = (minimum: number, maximum: number) =>
  [Schema.isMinLength(minimum), Schema.isMaxLength(maximum)] as const

/** 图文消息: 1 to 8 articles. */
export const News = Schema.Struct({
  MsgType: Schema.Literal("news"),
  ArticleCount: Wire.int,
  Articles: CallbackWire.wrapped("item", Article).check(...between(1, 8))
})

/** 更新点击用户的按钮文案: the text that replaces the card's buttons. */
export const UpdateButton = Schema.Struct({
  MsgType: Schema.Literal("update_button"),
  Button: Schema.Struct({ ReplaceName: Schema.String })
})

/** 任务卡片更新消息: the text that replaces the buttons of a task card, the predecessor of template cards. */
export const UpdateTaskCard = Schema.Struct({
  MsgType: Schema.Literal("update_taskcard"),
  TaskCard: Schema.Struct({ ReplaceName: Schema.String })
})

/** `true` and `false`, spelt out. */
const bool = Schema.Union([Schema.Boolean, Schema.String]).pipe(
  Schema.decodeTo(
    Schema.Boolean,
    SchemaTransformation.transform<boolean, boolean | string>({
      decode: (wire) => wire === true || wire === "true" || wire === "1",
      encode: (value) => value
    })
  )
)

/** Where a part of a card leads: 0 nowhere, 1 a URL, 2 a mini program. */
const target = {
  Type: CallbackWire.optional(Wire.int),
  ...Wire.optionals({
    Url: Schema.String,
    AppId: Schema.String,
    PagePath: Schema.String
  })
}

const Titled = Schema.Struct({ Title: Wire.optional(Schema.String), Desc: Wire.optional(Schema.String) })

const Source = Schema.Struct({
  ...Wire.optionals({
    IconUrl: Schema.String,
    /** At most 13 characters. */
    Desc: Schema.String
  }),
  /** 0 grey, 1 black, 2 red, 3 green. */
  DescColor: CallbackWire.optional(Wire.int)
})

const ActionMenu = Schema.Struct({
  Desc: Wire.optional(Schema.String),
  /** 1 to 3 entries. */
  ActionList: CallbackWire.repeated(Schema.Struct({ Text: Schema.String, Key: Schema.String })).check(...between(1, 3))
})

const QuoteArea = Schema.Struct({
  ...target,
  ...Wire.optionals({
    Title: Schema.String,
    QuoteText: Schema.String
  })
})

const HorizontalContent = Schema.Struct({
  /** At most 5 characters. */
  KeyName: Schema.String,
  Value: Wire.optional(Schema.String),
  /** 0 text, 1 a URL, 2 a file, 3 a member. */
  Type: CallbackWire.optional(Wire.int),
  ...Wire.optionals({
    Url: Schema.String,
    MediaId: Schema.String,
    UserId: Schema.String
  })
})

const Jump = Schema.Struct({ Title: Schema.String, ...target })

const CardAction = Schema.Struct({ Title: Wire.optional(Schema.String), ...target })

const SelectOption = Schema.Struct({ Id: Schema.String, Text: Schema.String })

const Selection = Schema.Struct({
  QuestionKey: Schema.String,
  ...Wire.optionals({
    Title: Schema.String,
    /** The option that is chosen already. */
    SelectedId: Schema.String,
    /** Whether the choice can no longer be changed. */
    Disable: bool
  }),
  /** 1 to 10 options. */
  OptionList: CallbackWire.repeated(SelectOption).check(...between(1, 10))
})

const SubmitButton = Schema.Struct({ Text: Schema.String, Key: Schema.String })

const common = {
  ...Wire.optionals({
    Source: Source,
    /** The new text of the buttons once one was pressed; cards with buttons only. */
    ReplaceText: Schema.String
  })
}

const notice = {
  ...common,
  ...Wire.optionals({
    MainTitle: Titled,
    ActionMenu: ActionMenu,
    QuoteArea: QuoteArea,
    /** At most 6 rows. */
    HorizontalContentList: CallbackWire.siblings(HorizontalContent).check(...between(0, 6)),
    /** At most 3 links. */
    JumpList: CallbackWire.siblings(Jump).check(...between(0, 3))
  })
}

/** 文本通知型. */
export const TextNotice = Schema.Struct({
  CardType: Schema.Literal("text_notice"),
  ...notice,
  ...Wire.optionals({
    EmphasisContent: Titled,
    SubTitleText: Schema.String
  }),
  CardAction
})

/** 图文展示型. */
export const NewsNotice = Schema.Struct({
  CardType: Schema.Literal("news_notice"),
  ...notice,
  ...Wire.optionals({
    CardImage: Schema.Struct({
      Url: Schema.String,
      /** Width to height, between 1.3 and 2.25. */
      AspectRatio: CallbackWire.optional(Wire.number)
    }),
    ImageTextArea: Schema.Struct({
      ...target,
      ...Wire.optionals({
        Title: Schema.String,
        Desc: Schema.String
      }),
      ImageUrl: Schema.String
    }),
    /** At most 4 rows. */
    VerticalContentList: CallbackWire.siblings(
      Schema.Struct({ Title: Schema.String, Desc: Wire.optional(Schema.String) })
    )
      .check(...between(0, 4))
  }),
  CardAction
})

/** 按钮交互型. */
export const ButtonInteraction = Schema.Struct({
  CardType: Schema.Literal("button_interaction"),
  ...notice,
  ...Wire.optionals({
    SubTitleText: Schema.String,
    CardAction: CardAction,
    ButtonSelection: Selection
  }),
  /** 1 to 6 buttons. */
  ButtonList: CallbackWire.repeated(Schema.Struct({
    Text: Schema.String,
    /** 1 to 4. */
    Style: CallbackWire.optional(Wire.int),
    /** 0 calls back with `Key`, 1 opens `Url`. */
    Type: CallbackWire.optional(Wire.int),
    ...Wire.optionals({
      Key: Schema.String,
      Url: Schema.String
    })
  })).check(...between(1, 6))
})

/** 投票选择型. */
export const VoteInteraction = Schema.Struct({
  CardType: Schema.Literal("vote_interaction"),
  ...common,
  MainTitle: Titled,
  CheckBox: Schema.Struct({
    QuestionKey: Schema.String,
    /** 1 to 20 options. */
    OptionList: CallbackWire.repeated(Schema.Struct({ Id: Schema.String, Text: Schema.String, IsChecked: bool }))
      .check(...between(1, 20)),
    /** Whether the choice can no longer be changed. */
    Disable: Wire.optional(bool),
    /** 0 one option, 1 several. */
    Mode: CallbackWire.optional(Wire.int)
  }),
  SubmitButton: Wire.optional(SubmitButton)
})

/** 多项选择型. */
export const MultipleInteraction = Schema.Struct({
  CardType: Schema.Literal("multiple_interaction"),
  ...common,
  MainTitle: Titled,
  /** 1 to 3 questions. */
  SelectList: CallbackWire.repeated(Selection).check(...between(1, 3)),
  SubmitButton: Wire.optional(SubmitButton)
})

/** A template card, as replies write it. */
export const TemplateCard = Schema.Union([
  TextNotice,
  NewsNotice,
  ButtonInteraction,
  VoteInteraction,
  MultipleInteraction
])

/** A template card, as replies write it. */
export type TemplateCard = typeof TemplateCard.Type

/** 更新点击用户的整张卡片. */
export const UpdateTemplateCard = Schema.Struct({ MsgType: Schema.Literal("update_template_card"), TemplateCard })

/** Every passive reply, told apart by `MsgType`. */
export const CallbackReply = Schema.Union([
  Text,
  Image,
  Voice,
  Video,
  News,
  UpdateButton,
  UpdateTemplateCard,
  UpdateTaskCard
])

/** A passive reply, told apart by `MsgType`. */
export type CallbackReply = typeof CallbackReply.Type

/** 文本消息. WeCom cuts what is longer than 2048 bytes. */
export const text = (content: string): CallbackReply => ({ MsgType: "text", Content: content })

/** 图片消息, of an uploaded picture. */
export const image = (mediaId: string): CallbackReply => ({ MsgType: "image", Image: { MediaId: mediaId } })

/** 语音消息, of an uploaded recording. */
export const voice = (mediaId: string): CallbackReply => ({ MsgType: "voice", Voice: { MediaId: mediaId } })

/** 视频消息, of an uploaded video. */
export const video = (content: typeof VideoContent.Type): CallbackReply => ({ MsgType: "video", Video: content })

/** 图文消息: 1 to 8 articles. */
export const news = (articles: ReadonlyArray<typeof Article.Type>): CallbackReply => ({
  MsgType: "news",
  ArticleCount: articles.length,
  Articles: articles
})

/** 更新点击用户的按钮文案: replaces the buttons of the card that was clicked, for the member who clicked. */
export const updateButton = (replaceName: string): CallbackReply => ({
  MsgType: "update_button",
  Button: { ReplaceName: replaceName }
})

/** 更新点击用户的整张卡片: replaces the card that was clicked, for the member who clicked. */
export const updateTemplateCard = (card: TemplateCard): CallbackReply => ({
  MsgType: "update_template_card",
  TemplateCard: card
})

/** 任务卡片更新消息: replaces the buttons of the task card that was clicked. */
export const updateTaskCard = (replaceName: string): CallbackReply => ({
  MsgType: "update_taskcard",
  TaskCard: { ReplaceName: replaceName }
})

/** From whom to whom a reply goes, and when it was made. */
export const Address = Schema.Struct({
  /** The member's userid. */
  ToUserName: Schema.String,
  /** The corp id. */
  FromUserName: Schema.String,
  CreateTime: Wire.time
})

/** From whom to whom a reply goes, and when it was made. */
export type Address = typeof Address.Type

/** Writes a reply as the text to encrypt; `ReplyInvalid` when it does not fit its schema. */
export const toText = (
  reply: CallbackReply,
  address: Address,
  format: "xml" | "json" = "xml"
): Effect.Effect<string, CallbackError> =>
  Result.match(encode(reply), {
    onFailure: (error) => Exit.fail(failure(new ReplyInvalid({ problem: `passive reply: ${error.message}` }))),
    onSuccess: (encoded) => {
      const fields = {
        ToUserName: address.ToUserName,
        FromUserName: address.FromUserName,
        CreateTime: Math.floor(DateTime.toEpochMillis(address.CreateTime) / 1000),
        ...encoded
      }
      // What the schema encodes to is text, numbers, booleans and elements.
      return Exit.succeed(format === "json" ? Json.stringify(fields) : Xml.stringify(fields as Xml.XmlRecord))
    }
  })

/** Reads a decrypted reply, as a simulated WeCom does; `MessageInvalid` when it is none. */
export const fromXml = (
  text: string
): Effect.Effect<{ readonly address: Address; readonly reply: CallbackReply }, CallbackError> =>
  Result.match(
    Result.gen(function*() {
      const fields = yield* Xml.parse(text)
      return {
        address: yield* Result.mapError(decodeAddress(fields), (error) => error.message),
        reply: yield* Result.mapError(decode(fields), (error) => error.message)
      }
    }),
    {
      onFailure: (problem) => Exit.fail(failure(new MessageInvalid({ format: "xml", problem }))),
      onSuccess: Exit.succeed
    }
  )

const encode = Schema.encodeUnknownResult(CallbackReply, { onExcessProperty: "error" })
const decode = Schema.decodeUnknownResult(CallbackReply)
const decodeAddress = Schema.decodeUnknownResult(Address)
