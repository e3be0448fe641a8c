/**
 * Template cards in a member's hands: which of them has a button, and what is chosen in it.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { SimulatorError } from "../../engine/CallbackSender.ts"
import type * as Conversation from "../../engine/Conversation.ts"

const Choice = Schema.Struct({ id: Schema.String, text: Schema.String, is_checked: Schema.optional(Schema.Boolean) })

const Selection = Schema.Struct({
  question_key: Schema.String,
  option_list: Schema.Array(Choice),
  selected_id: Schema.optional(Schema.String),
  mode: Schema.optional(Schema.Number),
  disable: Schema.optional(Schema.Boolean)
})

/** The parts of a card that a member can act on. */
const Card = Schema.Struct({
  card_type: Schema.String,
  task_id: Schema.String,
  replace_text: Schema.optional(Schema.String),
  button_list: Schema.optional(Schema.Array(Schema.Struct({
    text: Schema.String,
    type: Schema.optional(Schema.Number),
    key: Schema.optional(Schema.String),
    url: Schema.optional(Schema.String)
  }))),
  submit_button: Schema.optional(Schema.Struct({ text: Schema.String, key: Schema.String })),
  button_selection: Schema.optional(Selection),
  checkbox: Schema.optional(Selection),
  select_list: Schema.optional(Schema.Array(Selection)),
  action_menu: Schema.optional(Schema.Struct({
    action_list: Schema.Array(Schema.Struct({ text: Schema.String, key: Schema.String }))
  }))
})
/** The parts of a card that a member can act on. */
export type Card = typeof Card.Type

const readCard = Schema.decodeUnknownOption(Card)

/** What is pressed: a button, with what is chosen in the card. */
export interface Press {
  /** The card's task id or message id. Default: the newest card with the button. */
  readonly card?: string | undefined
  /** What is chosen in each question, by its key. Default: what the card preselects. */
  readonly selected?: { readonly [questionKey: string]: string | ReadonlyArray<string> } | undefined
}

/** A card as a member received it. */
export interface Found {
  readonly card: Card
  readonly message: Conversation.Received
}

/** The cards that a member can act on, the newest first; of one task or message where an id is given. */
const cardsIn = (inbox: ReadonlyArray<Conversation.Received>, id: string | undefined): ReadonlyArray<Found> =>
  inbox.toReversed().flatMap((message) => {
    if (message.msgtype !== "template_card" || message.recalled) return []
    const card = Option.getOrUndefined(readCard(message.content))
    return card === undefined || (id !== undefined && id !== card.task_id && id !== message.msgid)
      ? []
      : [{ card, message }]
  })

/** The newest card whose menu has an entry with the key. */
export const findMenu = (
  inbox: ReadonlyArray<Conversation.Received>,
  key: string,
  id: string | undefined
): Effect.Effect<Found, SimulatorError> => {
  const found = cardsIn(inbox, id).find(({ card }) => card.action_menu?.action_list.some((entry) => entry.key === key))
  return found === undefined
    ? fail(`there is no card${id === undefined ? "" : ` ${id}`} whose menu has an entry ${key}`)
    : Effect.succeed(found)
}

/** The newest card that has a button with the key. */
export const findCard = (
  inbox: ReadonlyArray<Conversation.Received>,
  key: string,
  id: string | undefined
): Effect.Effect<Found, SimulatorError> => {
  for (const { card, message } of cardsIn(inbox, id)) {
    const button = [...card.button_list ?? [], ...card.submit_button === undefined ? [] : [card.submit_button]]
      .find((button) => button.key === key)
    if (button === undefined) continue
    if (card.replace_text !== undefined) {
      return fail(`the buttons of the card ${card.task_id} were replaced by "${card.replace_text}"`)
    }
    if ("type" in button && button.type === 1) return fail(`the button ${key} opens a page, and calls nobody back`)
    return Effect.succeed({ card, message })
  }
  return fail(`there is no card${id === undefined ? "" : ` ${id}`} with a button ${key}`)
}

/** What is chosen in each question of a card. */
export const chosen = (
  card: Card,
  selected: NonNullable<Press["selected"]>
): Effect.Effect<ReadonlyArray<{ QuestionKey: string; OptionIds: ReadonlyArray<string> }>, SimulatorError> =>
  Effect.forEach(
    [card.button_selection, card.checkbox, ...card.select_list ?? []].filter((question) => question !== undefined),
    ({ mode, option_list, question_key, selected_id }) => {
      const checked = option_list.filter((option) => option.is_checked === true).map((option) => option.id)
      // A drop-down always shows something: its first option where nothing is chosen. A check box may be empty.
      const initial = selected_id !== undefined
        ? [selected_id]
        : option_list.some((option) => option.is_checked !== undefined)
        ? checked
        : option_list.slice(0, 1).map((option) => option.id)
      const given = selected[question_key]
      const ids = given === undefined ? initial : typeof given === "string" ? [given] : given
      const unknown = ids.find((id) => !option_list.some((option) => option.id === id))
      if (unknown !== undefined) return fail(`the question ${question_key} has no option ${unknown}`)
      if (ids.length > 1 && mode !== 1) return fail(`the question ${question_key} takes one option`)
      return Effect.succeed({ QuestionKey: question_key, OptionIds: ids })
    }
  )

const fail = (message: string): Effect.Effect<never, SimulatorError> => Effect.fail(new SimulatorError({ message }))
