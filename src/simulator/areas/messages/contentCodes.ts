/** The errcodes of what messages contain. */
import { blank, type Codes, cut, missing } from "../../engine/FieldCodes.ts"

const option = { "option_list": 42037, "option_list.id": 42040, "option_list.text": 42041, "question_key": 42043 }

const under = (prefix: string, codes: { readonly [field: string]: number }): { readonly [field: string]: number } =>
  Object.fromEntries(Object.entries(codes).map(([field, code]) => [`${prefix}.${field}`, code]))

const card = {
  "action_menu.action_list.key": 42051,
  "button_list.key": 42039,
  "button_list.text": 42038,
  ...under("button_selection", option),
  "card_action": 42045,
  "card_action.appid": 42030,
  "card_action.url": 42028,
  "card_image.url": 42044,
  ...under("checkbox", option),
  "horizontal_content_list": 42035,
  "horizontal_content_list.keyname": 42027,
  "horizontal_content_list.media_id": 42029,
  "horizontal_content_list.url": 42028,
  "horizontal_content_list.userid": 42050,
  "jump_list": 42042,
  "jump_list.appid": 42030,
  "jump_list.title": 42033,
  "jump_list.url": 42028,
  "select_list": 42047,
  ...under("select_list", option),
  "submit_button.key": 42046,
  "submit_button.text": 42049,
  "task_id": 42014,
  "vertical_content_list": 42036,
  "vertical_content_list.title": 42033
}

/** Of a template card under its key. */
export const templateCard: Codes = {
  template_card: 42031,
  ...Object.fromEntries(Object.entries(under("template_card", card)).map(([field, code]) => [field, () => code]))
}

const taskCard = (name: string): Codes => ({
  [`${name}.title`]: cut(),
  [`${name}.description`]: cut(),
  [`${name}.btn.name`]: cut()
})

/** Of what messages contain. */
export const messageContent: Codes = {
  "": 40008,
  "text.content": cut(blank(44004, 45002)),
  "markdown.content": blank(44004, 45002),
  "news.articles": 45008,
  "news.articles.title": cut(blank(41016, 40058)),
  "news.articles.description": cut(),
  "news.articles.btntxt": cut(),
  "mpnews.articles": 45008,
  "mpnews.articles.title": cut(blank(41016, 40058)),
  "mpnews.articles.author": 45032,
  "mpnews.articles.digest": cut(),
  "textcard.title": cut(blank(41016, 40058)),
  "textcard.description": cut(blank(41033, 40058)),
  "textcard.url": blank(41010, 40058),
  "textcard.btntxt": cut(),
  "video.title": cut(),
  "video.description": cut(),
  ...taskCard("taskcard"),
  ...taskCard("interactive_taskcard"),
  "miniprogram_notice.appid": missing(90200, 90207),
  "miniprogram_notice.page": 90204,
  "miniprogram_notice.content_item": 90201,
  "miniprogram_notice.content_item.key": 90202,
  "miniprogram_notice.content_item.value": 90203,
  ...templateCard
}
