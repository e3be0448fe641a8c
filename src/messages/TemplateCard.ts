/**
 * 模板卡片: the five kinds of template card, as sent, as replacements of a sent card, and as robots send them.
 *
 * Lengths that the official document only recommends ("建议") are told in the field's description and not enforced:
 * longer texts are cut where they are shown.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90236
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** 来源文字的颜色. The colour of the source's text. */
export const SourceColor = Wire.oneOf({
  Grey: [0, "灰色"],
  Black: [1, "黑色"],
  Red: [2, "红色"],
  Green: [3, "绿色"]
})

/** 卡片来源. Where the card says that it comes from. */
export const Source = Schema.Struct({
  ...Wire.optionals({
    /** A picture of 72 x 72. */
    icon_url: Schema.String,
    /** Better no longer than 20 characters. */
    desc: Schema.String,
    /** Default: grey. */
    desc_color: SourceColor.schema
  })
})

/** A list whose items differ in `key`. */
const distinct = <S extends Schema.Constraint & { readonly Type: object }>(
  item: S,
  max: number,
  min: number,
  key: keyof S["Type"] & string
) =>
  Wire.items(item, max, min).check(
    Schema.makeFilter((items: ReadonlyArray<S["Type"]>) => {
      const values = items.map((item) => item[key]).filter((value) => value !== undefined)
      return new Set(values).size === values.length || `the items must differ in ${key}`
    })
  )

/** 右上角菜单. More operations, behind the card's upper right corner. Needs a `task_id`. */
export const ActionMenu = Schema.Struct({
  desc: Wire.optional(Schema.String),
  /** 1 to 3 entries; a click comes back as a `template_card_menu_event` with the entry's `key`. */
  action_list: distinct(Schema.Struct({ text: Schema.String, key: Wire.text(1024) }), 3, 1, "key")
})

/** 标题. */
const Title = Schema.Struct({
  /** Better no longer than 36 characters; 26 for a robot, 16 for a vote. */
  title: Schema.String,
  /** Better no longer than 44 characters; 30 for a robot, 160 for votes and choices. */
  desc: Wire.optional(Schema.String)
})

/**
 * The variants of a part that can be clicked, told apart by `type`. The target that a `type` does not use is ignored
 * by WeCom; its own examples carry it.
 */
const opensUrl = {
  type: Schema.Literal(1),
  url: Schema.String,
  ...Wire.optionals({
    appid: Schema.String,
    pagepath: Schema.String
  })
}
const opensMiniProgram = {
  type: Schema.Literal(2),
  /** A mini program that belongs to the app. */
  appid: Schema.String,
  ...Wire.optionals({
    pagepath: Schema.String,
    url: Schema.String
  })
}
const opensNothing = { type: Wire.optional(Schema.Literal(0)) }

const quoted = { title: Wire.optional(Schema.String), quote_text: Wire.optional(Schema.String) }

/** 引用文献样式. A quotation, which may open a page (`type` 1) or a mini program (`type` 2). */
export const QuoteArea = Schema.Union([
  Schema.Struct({ ...opensUrl, ...quoted }),
  Schema.Struct({ ...opensMiniProgram, ...quoted }),
  Schema.Struct({ ...opensNothing, ...quoted })
])

const row = {
  /** Better no longer than 5 characters. */
  keyname: Schema.String,
  /** Better no longer than 30 characters. */
  value: Wire.optional(Schema.String)
}

/** 二级标题+文本. One row: plain text, a page (`type` 1), a file (`type` 2) or a member (`type` 3). */
export const HorizontalContent = Schema.Union([
  Schema.Struct({ ...row, type: Schema.Literal(1), url: Schema.String }),
  Schema.Struct({ ...row, type: Schema.Literal(2), media_id: Schema.String }),
  Schema.Struct({ ...row, type: Schema.Literal(3), userid: Schema.String }),
  Schema.Struct({ ...row, ...opensNothing })
])

const guide = {
  /** Better no longer than 18 characters. */
  title: Schema.String
}

/** 跳转指引. One link below the card: a page (`type` 1), a mini program (`type` 2), or nothing. */
export const Jump = Schema.Union([
  Schema.Struct({ ...opensUrl, ...guide }),
  Schema.Struct({ ...opensMiniProgram, ...guide }),
  Schema.Struct({ ...opensNothing, ...guide })
])

/** 整体卡片的点击跳转. What a click on the card opens: a page (`type` 1) or a mini program (`type` 2). */
export const CardAction = Schema.Union([Schema.Struct(opensUrl), Schema.Struct(opensMiniProgram)])

/** The same for cards with buttons, which may also open nothing. */
const OptionalCardAction = Schema.Union([
  Schema.Struct(opensUrl),
  Schema.Struct(opensMiniProgram),
  Schema.Struct(opensNothing)
])

/** 图片样式. */
export const CardImage = Schema.Struct({
  url: Schema.String,
  /** Width to height: 1.3 to 2.25. Default: 1.3. */
  aspect_ratio: Wire.optional(Wire.between(1.3, 2.25))
})

const beside = {
  image_url: Schema.String,
  ...Wire.optionals({
    title: Schema.String,
    desc: Schema.String
  })
}

/** 左图右文样式. A picture with text beside it, which may open a page or a mini program. */
export const ImageTextArea = Schema.Union([
  Schema.Struct({ ...opensUrl, ...beside }),
  Schema.Struct({ ...opensMiniProgram, ...beside }),
  Schema.Struct({ ...opensNothing, ...beside })
])

/** 关键数据. The number or word that stands out. */
export const EmphasisContent = Schema.Struct({
  ...Wire.optionals({
    /** Better no longer than 14 characters; 10 for a robot. */
    title: Schema.String,
    /** Better no longer than 22 characters; 15 for a robot. */
    desc: Schema.String
  })
})

const callsBack = {
  type: Wire.optional(Schema.Literal(0)),
  /** Comes back as the `EventKey` of the click. */
  key: Wire.text(1024)
}
const label = {
  /** Better no longer than 10 characters. */
  text: Schema.String,
  /** 按钮样式. Default: 1. */
  style: Wire.optional(Wire.intBetween(1, 4))
}

/** 按钮. Calls back with its `key`, or opens a page (`type` 1). */
export const Button = Schema.Union([
  Schema.Struct({ ...label, type: Schema.Literal(1), url: Schema.String, key: Wire.optional(Wire.text(1024)) }),
  Schema.Struct({ ...label, ...callsBack })
])

const Choice = Schema.Struct({
  /** Comes back as the chosen option. */
  id: Wire.text(128),
  /** Better no longer than 16 characters. */
  text: Schema.String
})

/** 下拉式的选择器. A drop-down with its question. */
export const Selection = Schema.Struct({
  /** Comes back with the chosen option. */
  question_key: Wire.text(1024),
  title: Wire.optional(Schema.String),
  /** 1 to 10 options. */
  option_list: distinct(Choice, 10, 1, "id"),
  ...Wire.optionals({
    /** The option that is chosen at first. Default: the first. */
    selected_id: Schema.String,
    /** Whether the choice can no longer be changed. */
    disable: Schema.Boolean
  })
})

/** 选择题模式. */
export const VoteMode = Wire.oneOf({ Single: [0, "单选"], Multiple: [1, "多选"] })

/** 选择题. */
export const Checkbox = Schema.Struct({
  /** Comes back with the chosen options. */
  question_key: Wire.text(1024),
  /** Default: one option. */
  mode: Wire.optional(VoteMode.schema),
  /** 1 to 20 options. */
  option_list: distinct(
    Schema.Struct({
      id: Wire.text(128),
      /** Better no longer than 17 characters. */
      text: Schema.String,
      /** Whether it is chosen at first. */
      is_checked: Schema.Boolean
    }),
    20,
    1,
    "id"
  ),
  /** Whether the choice can no longer be changed. */
  disable: Wire.optional(Schema.Boolean)
})

/** 提交按钮. */
export const SubmitButton = Schema.Struct({
  /** Better no longer than 10 characters. */
  text: Schema.String,
  /** Comes back as the `EventKey` of the click. */
  key: Wire.text(1024)
})

/** 任务id, or a button's key in the cards before: of `0-9 A-Z a-z _ - @`, at most 128. */
export const TaskId = Schema.String.check(
  Schema.isPattern(/^[0-9A-Za-z_@-]{1,128}$/, { message: "expected at most 128 of the characters 0-9 A-Z a-z _ - @" })
)

/** What all cards may have. */
const common = { source: Wire.optional(Source) }

/** What all but votes and choices may have. */
const notice = {
  ...common,
  ...Wire.optionals({
    quote_area: QuoteArea,
    /** At most 6 rows. */
    horizontal_content_list: Wire.items(HorizontalContent, 6)
  })
}

const textNotice = {
  card_type: Schema.Literal("text_notice"),
  ...notice,
  ...Wire.optionals({
    /** It or `sub_title_text` is needed. */
    main_title: Title.mapFields((fields) => ({ ...fields, title: Wire.optional(Schema.String) })),
    emphasis_content: EmphasisContent,
    /** Better no longer than 160 characters; 112 for a robot. */
    sub_title_text: Schema.String,
    /** At most 3 links. */
    jump_list: Wire.items(Jump, 3)
  }),
  card_action: CardAction
}

const newsNotice = {
  card_type: Schema.Literal("news_notice"),
  ...notice,
  main_title: Title,
  ...Wire.optionals({
    /** It or `image_text_area` is needed. */
    card_image: CardImage,
    image_text_area: ImageTextArea,
    /** 卡片二级垂直内容: at most 4. Titles better no longer than 38 characters, texts than 160. */
    vertical_content_list: Wire.items(Schema.Struct({ title: Schema.String, desc: Wire.optional(Schema.String) }), 4),
    /** At most 3 links. */
    jump_list: Wire.items(Jump, 3)
  }),
  card_action: CardAction
}

const buttonInteraction = {
  card_type: Schema.Literal("button_interaction"),
  ...notice,
  action_menu: Wire.optional(ActionMenu),
  main_title: Title,
  ...Wire.optionals({
    /** Better no longer than 160 characters. */
    sub_title_text: Schema.String,
    card_action: OptionalCardAction,
    /** A drop-down above the buttons; its choice comes back with the click. */
    button_selection: Selection
  }),
  /** 1 to 6 buttons. */
  button_list: distinct(Button, 6, 1, "key")
}

const voteInteraction = {
  card_type: Schema.Literal("vote_interaction"),
  ...common,
  main_title: Title,
  checkbox: Checkbox
}

const multipleInteraction = {
  card_type: Schema.Literal("multiple_interaction"),
  ...common,
  main_title: Title,
  /** 1 to 3 questions. */
  select_list: distinct(Selection, 3, 1, "question_key")
}

/** Needed where there is a menu. */
const menu = { action_menu: Wire.optional(ActionMenu), task_id: Wire.optional(TaskId) }

const isFilled = (text: string | undefined): boolean => text !== undefined && text.trim() !== ""

const saysSomething = Schema.makeFilter(
  (card: {
    readonly main_title?: { readonly title?: string | undefined } | undefined
    readonly sub_title_text?: string | undefined
  }) =>
    isFilled(card.main_title?.title) || isFilled(card.sub_title_text) ||
    { path: ["main_title", "title"], issue: "a title or a sub_title_text is needed" }
)

const showsSomething = Schema.makeFilter((
  card: { readonly card_image?: unknown; readonly image_text_area?: unknown }
) =>
  card.card_image !== undefined || card.image_text_area !== undefined ||
  { path: ["card_image"], issue: "a card_image or an image_text_area is needed" }
)

const menuHasTask = Schema.makeFilter((card: { readonly action_menu?: unknown; readonly task_id?: unknown }) =>
  card.action_menu === undefined || card.task_id !== undefined ||
  { path: ["task_id"], issue: "a card with an action_menu needs one" }
)

/** Unique among the app's cards, of `0-9 A-Z a-z _ - @`, at most 128: comes back with every click. */
const identified = { task_id: TaskId }

/** 文本通知型. Text that opens a page or a mini program. */
export const TextNotice = Schema.Struct({ ...textNotice, ...menu }).check(saysSomething, menuHasTask)
export interface TextNotice extends Schema.Schema.Type<typeof TextNotice> {}

/** 图文展示型. The same with a picture. */
export const NewsNotice = Schema.Struct({ ...newsNotice, ...menu }).check(showsSomething, menuHasTask)
export interface NewsNotice extends Schema.Schema.Type<typeof NewsNotice> {}

/** 按钮交互型. 1 to 6 buttons, each of which calls back or opens a page. */
export const ButtonInteraction = Schema.Struct({ ...buttonInteraction, ...identified })
export interface ButtonInteraction extends Schema.Schema.Type<typeof ButtonInteraction> {}

/** 投票选择型. One question with up to 20 options. */
export const VoteInteraction = Schema.Struct({ ...voteInteraction, ...identified, submit_button: SubmitButton })
export interface VoteInteraction extends Schema.Schema.Type<typeof VoteInteraction> {}

/** 多项选择型. Up to 3 questions, each with a drop-down. */
export const MultipleInteraction = Schema.Struct({ ...multipleInteraction, ...identified, submit_button: SubmitButton })
export interface MultipleInteraction extends Schema.Schema.Type<typeof MultipleInteraction> {}

/** A card to send. */
export const TemplateCard = Schema.Union([
  TextNotice,
  NewsNotice,
  ButtonInteraction,
  VoteInteraction,
  MultipleInteraction
])
export type TemplateCard = TextNotice | NewsNotice | ButtonInteraction | VoteInteraction | MultipleInteraction

const answered = {
  ...Wire.optionals({
    /** Not needed: a card that takes the place of a sent one keeps its task. */
    task_id: TaskId,
    /** Stands in place of the buttons, which can no longer be clicked. */
    replace_text: Schema.String
  })
}

const submitted = { ...answered, submit_button: Wire.optional(SubmitButton) }

/** A {@link TextNotice} in a card's place. */
const ReplacingTextNotice = Schema.Struct({ ...textNotice, ...menu }).check(saysSomething)

/** A {@link NewsNotice} in a card's place. */
const ReplacingNewsNotice = Schema.Struct({ ...newsNotice, ...menu }).check(showsSomething)

/** A {@link ButtonInteraction} in a card's place. */
const ReplacingButtonInteraction = Schema.Struct({ ...buttonInteraction, ...answered })
/** A {@link ButtonInteraction} in a card's place. */
export interface ReplacingButtonInteraction extends Schema.Schema.Type<typeof ReplacingButtonInteraction> {}

/** A {@link VoteInteraction} in a card's place. */
const ReplacingVoteInteraction = Schema.Struct({ ...voteInteraction, ...submitted })
/** A {@link VoteInteraction} in a card's place. */
export interface ReplacingVoteInteraction extends Schema.Schema.Type<typeof ReplacingVoteInteraction> {}

/** A {@link MultipleInteraction} in a card's place. */
const ReplacingMultipleInteraction = Schema.Struct({ ...multipleInteraction, ...submitted })
/** A {@link MultipleInteraction} in a card's place. */
export interface ReplacingMultipleInteraction extends Schema.Schema.Type<typeof ReplacingMultipleInteraction> {}

/** A card to replace a sent one with, of any kind: every {@link TemplateCard} is one. */
export type ReplacementCard =
  | TextNotice
  | NewsNotice
  | ReplacingButtonInteraction
  | ReplacingVoteInteraction
  | ReplacingMultipleInteraction

/** A card to replace a sent one with, of any kind: every {@link TemplateCard} is one. */
export const ReplacementCard: Schema.Codec<ReplacementCard, unknown> = Schema.Union([
  ReplacingTextNotice,
  ReplacingNewsNotice,
  ReplacingButtonInteraction,
  ReplacingVoteInteraction,
  ReplacingMultipleInteraction
])

const RobotTextNotice = Schema.Struct(textNotice).check(saysSomething)
/** 文本通知型 of a robot: a {@link TextNotice} without a menu. */
export interface RobotTextNotice extends Schema.Schema.Type<typeof RobotTextNotice> {}

const RobotNewsNotice = Schema.Struct(newsNotice).check(showsSomething)
/** 图文展示型 of a robot: a {@link NewsNotice} without a menu. */
export interface RobotNewsNotice extends Schema.Schema.Type<typeof RobotNewsNotice> {}

/** A card that a robot sends: a notice without a menu, as nothing calls back. */
export const RobotCard = Schema.Union([RobotTextNotice, RobotNewsNotice])
export type RobotCard = RobotTextNotice | RobotNewsNotice

const question = {
  ...guide,
  /** 智能回复: asks the robot `question`, of at most 200 bytes. */
  type: Schema.Literal(3),
  question: Wire.text(200)
}

/** What a smart robot's cards may have besides. */
const answerable = {
  /** Comes back when a member says what he thinks of the answer; of at most 256 bytes. */
  feedback: Wire.optional(Schema.Struct({ id: Wire.text(256) }))
}

const asking = {
  ...answerable,
  /** At most 3 links. */
  jump_list: Wire.optional(Wire.items(Schema.Union([...Jump.members, Schema.Struct(question)]), 3))
}

const SmartRobotTextNotice = Schema.Struct({ ...textNotice, ...menu, ...asking }).check(saysSomething, menuHasTask)
/** 文本通知型 of a smart robot: a {@link TextNotice} whose links may ask the robot a question. */
export interface SmartRobotTextNotice extends Schema.Schema.Type<typeof SmartRobotTextNotice> {}

const SmartRobotNewsNotice = Schema.Struct({ ...newsNotice, ...menu, ...asking }).check(showsSomething, menuHasTask)
/** 图文展示型 of a smart robot: a {@link NewsNotice} whose links may ask the robot a question. */
export interface SmartRobotNewsNotice extends Schema.Schema.Type<typeof SmartRobotNewsNotice> {}

const SmartRobotButtonInteraction = Schema.Struct({ ...buttonInteraction, ...identified, ...answerable })
/** 按钮交互型 of a smart robot. */
export interface SmartRobotButtonInteraction extends Schema.Schema.Type<typeof SmartRobotButtonInteraction> {}

const SmartRobotVoteInteraction = Schema.Struct({
  ...VoteInteraction.fields,
  ...answerable,
  checkbox: Schema.Struct({
    ...Checkbox.fields,
    /** 1 to 20 options. */
    option_list: distinct(
      Schema.Struct({ ...Choice.fields, is_checked: Wire.optional(Schema.Boolean) }),
      20,
      1,
      "id"
    )
  })
})
/** 投票选择型 of a smart robot. */
export interface SmartRobotVoteInteraction extends Schema.Schema.Type<typeof SmartRobotVoteInteraction> {}

const SmartRobotMultipleInteraction = Schema.Struct({
  ...MultipleInteraction.fields,
  ...answerable,
  task_id: Wire.optional(TaskId)
})
/** 多项选择型 of a smart robot. */
export interface SmartRobotMultipleInteraction extends Schema.Schema.Type<typeof SmartRobotMultipleInteraction> {}

/**
 * A card of a smart robot (智能机器人), of any kind.
 * @see https://developer.work.weixin.qq.com/document/path/101032
 */
export type SmartRobotCard =
  | SmartRobotTextNotice
  | SmartRobotNewsNotice
  | SmartRobotButtonInteraction
  | SmartRobotVoteInteraction
  | SmartRobotMultipleInteraction

/** A card of a smart robot (智能机器人), of any kind. */
export const SmartRobotCard: Schema.Codec<SmartRobotCard, unknown> = Schema.Union([
  SmartRobotTextNotice,
  SmartRobotNewsNotice,
  SmartRobotButtonInteraction,
  SmartRobotVoteInteraction,
  SmartRobotMultipleInteraction
])
