/**
 * Which errcode a field gets that is missing or does not fit, where the documents name one; 40058 for all others.
 */
import * as Predicate from "effect/Predicate"

/**
 * Errcodes by the path of a field, such as `text.content`, the index of a list left out; the empty path is the body as
 * a whole. A function is given the value that does not fit: `undefined` where it is
 * missing.
 */
export interface Codes {
  readonly [field: string]: number | ((value: unknown) => number)
}

/** One code for a field that is missing, another for one that does not fit. */
export const missing = (absent: number, misfit: number) => (value: unknown): number =>
  value === undefined ? absent : misfit

/** The code for a field of an input, by its path with indexes. */
export const codeOf = (codes: Codes, field: string, input: unknown): number => {
  const path = field.replaceAll(/\[\d+\]/g, "")
  const value = field === "" ? input : valueAt(input, field)
  const name = path.slice(path.lastIndexOf(".") + 1)
  // A field may have any name, that of something which every object has included.
  const own = Object.hasOwn(codes, path) ? codes[path] : undefined
  if (typeof own === "function") return own(value)
  if (value === undefined && Object.hasOwn(absent, name)) return absent[name as keyof typeof absent] // one of its own
  return own ?? 40058
}

const valueAt = (input: unknown, field: string): unknown =>
  field.split(/[.[\]]+/).filter((part) => part !== "").reduce<unknown>(
    (value, part) => Predicate.hasProperty(value, part) && Object.hasOwn(value, part) ? value[part] : undefined,
    input
  )

/** 缺少参数. Fields that have a code of their own when they are missing, wherever that is. */
const absent = {
  chatid: 86201,
  code: 41008,
  config_id: 41043,
  external_userid: 41035,
  media_id: 41006,
  moment_id: 41059,
  open_kfid: 60251,
  tagname: 41018,
  userid: 41009,
  welcome_code: 41049
} as const

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

/** Of what messages contain. */
export const messageContent: Codes = {
  "": 40008,
  "text.content": missing(44004, 45002),
  "markdown.content": 45002,
  "news.articles": 45008,
  "news.articles.title": missing(41016, 40058),
  "mpnews.articles": 45008,
  "mpnews.articles.title": missing(41016, 40058),
  "mpnews.articles.author": 45032,
  "textcard.title": missing(41016, 40058),
  "textcard.description": missing(41033, 40058),
  "textcard.url": missing(41010, 40058),
  "miniprogram_notice.appid": missing(90200, 90207),
  "miniprogram_notice.page": 90204,
  "miniprogram_notice.content_item": 90201,
  "miniprogram_notice.content_item.key": 90202,
  "miniprogram_notice.content_item.value": 90203,
  ...templateCard
}

/** Of the buttons of a menu. */
export const menuButtons: Codes = {
  "button": 40016,
  "button.name": missing(41102, 40018),
  "button.type": 40017,
  "button.key": 40019,
  "button.url": 40020,
  "button.sub_button": 40023,
  "button.sub_button.name": missing(41102, 40025),
  "button.sub_button.type": 40024,
  "button.sub_button.key": 40026,
  "button.sub_button.url": 40027
}
