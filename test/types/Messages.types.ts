/**
 * What the types of messages allow, and what they refuse.
 */
import { type AppChats, type LinkedCorpMessages, Message, type Messages } from "effect-wecom/messages"
import { type GroupRobot, RobotMessage } from "effect-wecom/robot"

declare const messages: Messages["Service"]
declare const appChats: AppChats["Service"]
declare const linkedCorps: LinkedCorpMessages["Service"]
declare const robot: GroupRobot["Service"]

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const same = <_ extends true>(): void => {}

const open = { type: 1, url: "https://example.com" } as const
const text = Message.text("上线了")
const mention = Message.text("上线了", { mentioned_list: ["@all"] })
const news = Message.news([{ title: "周报", url: "https://example.com" }])
const miniNews = Message.miniProgramNews([{ title: "周报", appid: "wx1", pagepath: "index" }])
const mpnews = Message.mpnews([{ title: "周报", thumb_media_id: "M", content: "<p>好</p>" }])
const markdown = Message.markdown("**好**")
const notice = Message.miniProgramNotice({ appid: "wx1", title: "会议室预订" })
const card = Message.textNotice({ main_title: { title: "上线" }, card_action: open })
const buttons = Message.buttonInteraction({
  main_title: { title: "上线" },
  task_id: "release-7",
  button_list: [{ text: "好", key: "yes" }]
})

// The same value goes to every channel that takes it.
messages.send(text.to({ users: ["zhangsan"], parties: [2], tags: ["7"] }, { safe: true }))
messages.send(text.to({ users: Message.everyone }))
messages.send(buttons.to({ users: ["zhangsan"] }))
messages.send(mpnews.to({ users: ["zhangsan"] }, { safe: Message.withinCorp }))
messages.send(miniNews.to({ users: ["zhangsan"] }))
const template = Message.templateMessage({
  template_id: "T",
  url: "https://example.com",
  content_item: [{ key: "地点", value: "402" }]
})
messages.send(template.to({ tickets: ["K"] }, { only_unauth: true }))
appChats.send(text.toChat("CHATID", { safe: true }))
appChats.send(mention.toChat("CHATID"))
linkedCorps.send(notice.toLinkedCorps({ users: ["ww1/lisi"], all: true }))
linkedCorps.send(miniNews.toLinkedCorps({ parties: ["L1/2"] }))
robot.send(text)
robot.send(mention)
robot.send(news)
robot.send(markdown)
robot.send(card)
robot.send(Message.file("M"))
robot.send(RobotMessage.markdownV2("| a |"))
robot.send(RobotMessage.image(new Uint8Array()))

// A message needs recipients.
// @ts-expect-error
messages.send(text)
// @ts-expect-error
messages.send(template)
// @ts-expect-error
messages.send({ msgtype: "text", text: { content: "好" } })
// @ts-expect-error
linkedCorps.send(text)

// What a channel does not take has no way there.
// @ts-expect-error: cards do not go to group chats
buttons.toChat("CHATID")
// @ts-expect-error: nor to linked corps
card.toLinkedCorps({ users: ["lisi"] })
// @ts-expect-error: mentions are for groups
mention.to({ users: ["zhangsan"] })
// @ts-expect-error: mentions are for groups
mention.toLinkedCorps({ users: ["zhangsan"] })
// @ts-expect-error: mini programs do not go to group chats
notice.toChat("CHATID")
// @ts-expect-error: in articles neither
miniNews.toChat("CHATID")
// @ts-expect-error: a notice of a mini program does not go to everyone
notice.to({ users: Message.everyone })
// @ts-expect-error: markdown_v2 is for robots
RobotMessage.markdownV2("# a").to({ users: ["zhangsan"] })
// @ts-expect-error: only mpnews are shared within the corp
text.to({ users: ["zhangsan"] }, { safe: Message.withinCorp })
// @ts-expect-error: markdown cannot be confidential
markdown.to({ users: ["zhangsan"] }, { safe: true })
// @ts-expect-error: nor a card
card.to({ users: ["zhangsan"] }, { safe: true })
// @ts-expect-error: nor articles that open pages, but in a group chat
news.to({ users: ["zhangsan"] }, { safe: true })
appChats.send(news.toChat("CHATID", { safe: true }))
// @ts-expect-error: markdown in a group chat neither
markdown.toChat("CHATID", { safe: true })
// @ts-expect-error: nor among linked corps
markdown.toLinkedCorps({ all: true }, { safe: true })
linkedCorps.send(markdown.toLinkedCorps({ all: true }, { agentid: 7 }))
// @ts-expect-error: a template message opens something
Message.templateMessage({ template_id: "T", content_item: [] })
// @ts-expect-error: tickets are for template messages
text.to({ tickets: ["K"] })

// @ts-expect-error: a robot takes no mpnews
robot.send(mpnews)
// @ts-expect-error: nor cards that call back
robot.send(buttons)
// @ts-expect-error: nor images by media id
robot.send(Message.image("M"))
// @ts-expect-error: nor videos
robot.send(Message.video("M"))
// @ts-expect-error: nor mini programs
robot.send(miniNews)
// @ts-expect-error: nor text cards
robot.send(Message.textCard({ title: "a", description: "b", url: "https://example.com" }))

// The same holds for values that are written out.
messages.send({ msgtype: "text", text: { content: "好" }, touser: ["zhangsan"] })
// @ts-expect-error: the content is under the key of its type
messages.send({ msgtype: "text", image: { media_id: "M" }, touser: ["zhangsan"] })
// @ts-expect-error: a wrong msgtype
messages.send({ msgtype: "texts", text: { content: "好" }, touser: ["zhangsan"] })
// @ts-expect-error: a misspelt field
messages.send({ msgtype: "text", text: { contents: "好" }, touser: ["zhangsan"] })
// @ts-expect-error: template cards do not go to group chats
appChats.send({ chatid: "C", msgtype: "template_card", template_card: { card_type: "text_notice" } })
// @ts-expect-error: a message needs its chat
appChats.send({ msgtype: "text", text: { content: "好" } })
// @ts-expect-error: an image of a robot has its content
robot.send({ msgtype: "image", image: { media_id: "M" } })

// Cards are closed unions.
// @ts-expect-error: type 1 needs a url
Message.textNotice({ sub_title_text: "上线", card_action: { type: 1 } })
// @ts-expect-error: type 2 needs an appid
Message.textNotice({ sub_title_text: "上线", card_action: { type: 2, url: "https://example.com" } })
// @ts-expect-error: there is no type 3
Message.textNotice({ sub_title_text: "上线", card_action: { type: 3 } })
// @ts-expect-error: a card that calls back needs a task
Message.buttonInteraction({ main_title: { title: "a" }, button_list: [{ text: "好", key: "yes" }] })
// @ts-expect-error: a button that calls back needs a key
Message.buttonInteraction({ main_title: { title: "a" }, task_id: "t", button_list: [{ text: "好" }] })
// @ts-expect-error: a vote has a checkbox
Message.voteInteraction({ main_title: { title: "a" }, task_id: "t", submit_button: { text: "a", key: "b" } })
// @ts-expect-error: an article opens a page or a mini program
Message.miniProgramNews([{ title: "周报", appid: "wx1" }])
Message.textNotice({
  card_action: open,
  horizontal_content_list: [
    { keyname: "文件", type: 2, media_id: "M" },
    // @ts-expect-error: a row of type 3 needs a userid
    { keyname: "成员", type: 3 }
  ]
})

// A sent card can be replaced by one of any kind, with words in place of the buttons.
messages.updateTemplateCard({ response_code: "R", atall: true, button: { replace_name: "已处理" } })
messages.updateTemplateCard({
  response_code: "R",
  userids: ["zhangsan"],
  template_card: { ...buttons.template_card, replace_text: "已处理" }
})
messages.updateTemplateCard({ response_code: "R", userids: ["zhangsan"], template_card: card.template_card })
// @ts-expect-error: one of the two is needed
messages.updateTemplateCard({ response_code: "R", userids: ["zhangsan"] })

// Nothing is `any`.
same<Equals<Parameters<typeof messages.send>[0]["msgtype"] & "x", never>>()
same<Equals<Parameters<typeof robot.send>[0]["msgtype"] & "x", never>>()
same<Equals<typeof text, Message.Text>>()
