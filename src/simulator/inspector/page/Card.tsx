/** A template card, as the one who received it sees it: with buttons to press and choices to make. */
import { useState } from "preact/hooks"
import type { Turn } from "../View.ts"
import { act } from "./acts.ts"
import { Go, mediaUrl, Picture, safe } from "./parts.tsx"
import { ask, attempt, corpId, prepare, shown } from "./state.ts"
import { list, obj, str, t } from "./text.ts"

/** What is chosen, by the key of the question. */
interface Choices {
  readonly [question: string]: ReadonlyArray<string>
}

type Fields = ReturnType<typeof obj>

/** The options that are chosen before anybody chooses. */
const preset = (question: Fields): ReadonlyArray<string> => {
  if (question["selected_id"] !== undefined) return [str(question["selected_id"])]
  const options = list(question["option_list"]).map(obj)
  return options.some((option) => option["is_checked"] !== undefined)
    ? options.filter((option) => option["is_checked"] === true).map((option) => str(option["id"]))
    : options.slice(0, 1).map((option) => str(option["id"]))
}

export const Card = ({ turn }: { readonly turn: Turn }) => {
  const [choices, setChoices] = useState<Choices>({})
  const card = turn.content
  const part = (name: string) => obj(card[name])
  const has = (name: string) => card[name] !== undefined && card[name] !== null
  const isMine = shown.value?.kind === "members"
  const replaced = typeof card["replace_text"] === "string" ? card["replace_text"] : undefined
  const frozen = replaced !== undefined || turn.recalled === true || turn.dropped === true || !isMine
  const keyOf = (question: Fields) => str(question["question_key"])
  const valueOf = (question: Fields) => choices[keyOf(question)] ?? preset(question)
  const choose = (question: Fields, chosen: ReadonlyArray<string>) =>
    setChoices({ ...choices, [keyOf(question)]: chosen })

  const dropdown = (question: Fields) => (
    <label>
      <span class="soft">{str(question["title"])}</span>
      <select
        disabled={frozen || question["disable"] === true}
        value={valueOf(question)[0]}
        onChange={({ currentTarget }) => choose(question, [currentTarget.value])}
      >
        {list(question["option_list"]).map(obj).map((option) => (
          <option value={str(option["id"])}>{str(option["text"])}</option>
        ))}
      </select>
    </label>
  )
  const boxes = (question: Fields) => {
    const several = question["mode"] === 1
    return (
      <fieldset disabled={frozen || question["disable"] === true}>
        {list(question["option_list"]).map(obj).map((option) => {
          const id = str(option["id"])
          return (
            <label>
              <input
                type={several ? "checkbox" : "radio"}
                name={`${turn.key} ${keyOf(question)}`}
                checked={valueOf(question).includes(id)}
                onChange={({ currentTarget }) => {
                  const others = several ? valueOf(question).filter((other) => other !== id) : []
                  choose(question, currentTarget.checked ? [...others, id] : others)
                }}
              />
              {str(option["text"])}
            </label>
          )
        })}
      </fieldset>
    )
  }
  const questions = [
    ...["button_selection", "checkbox"].filter(has).map(part),
    ...list(card["select_list"]).map(obj)
  ]
  const press = (key: string) =>
    act({
      act: "press",
      key,
      card: turn.msgid,
      ...(turn.botId === undefined ? {} : { botId: turn.botId }),
      ...(turn.chatid === undefined || turn.botId === undefined ? {} : { chatid: turn.chatid }),
      selected: Object.fromEntries(questions.map((question) => [keyOf(question), valueOf(question)]))
    })
  const button = (one: Fields) =>
    one["type"] === 1
      ? <Go url={str(one["url"])}>{str(one["text"])} ↗</Go>
      : (
        <button
          type="button"
          class={`style${str(one["style"]) || "1"}`}
          disabled={frozen}
          onClick={() => void press(str(one["key"]))}
        >
          {str(one["text"])}
        </button>
      )
  const buttons = has("submit_button") && !has("button_list")
    ? [part("submit_button")]
    : list(card["button_list"]).map(obj)
  const jumps = list(card["jump_list"]).map(obj)
  const action = part("card_action")
  const row = (one: Fields) =>
    one["type"] === 1
      ? <Go url={str(one["url"])}>{str(one["value"]) || str(one["url"])}</Go>
      : one["type"] === 2
      ? <Go url={mediaUrl(str(one["media_id"]))}>{str(one["value"]) || str(one["media_id"])}</Go>
      : str(one["value"]) || str(one["userid"])
  const rows = list(card["horizontal_content_list"]).map(obj)

  return (
    <div class="card">
      {has("action_menu") && isMine && turn.botId === undefined && turn.recalled !== true
        ? (
          <details class="menu">
            <summary aria-label={t("menu of the card|卡片菜单")} title={str(part("action_menu")["desc"])}>⋯</summary>
            <div>
              {list(part("action_menu")["action_list"]).map(obj).map((entry) => (
                <button
                  type="button"
                  onClick={() => void act({ act: "cardMenu", key: str(entry["key"]), card: turn.msgid })}
                >
                  {str(entry["text"])}
                </button>
              ))}
            </div>
          </details>
        )
        : null}
      {has("source")
        ? (
          <div class="source">
            <Picture url={str(part("source")["icon_url"])} />
            {str(part("source")["desc"])}
          </div>
        )
        : null}
      {has("main_title")
        ? (
          <div>
            <h3>{str(part("main_title")["title"])}</h3>
            <div class="soft">{str(part("main_title")["desc"])}</div>
          </div>
        )
        : null}
      {has("emphasis_content")
        ? (
          <div class="emphasis">
            <div class="big">{str(part("emphasis_content")["title"])}</div>
            <div class="soft">{str(part("emphasis_content")["desc"])}</div>
          </div>
        )
        : null}
      {has("quote_area")
        ? (
          <blockquote>
            <div>
              <Go url={str(part("quote_area")["url"])}>{str(part("quote_area")["title"])}</Go>
            </div>
            {str(part("quote_area")["quote_text"])}
          </blockquote>
        )
        : null}
      {has("card_image") ? <Picture url={str(part("card_image")["url"])} name="wide" /> : null}
      {has("image_text_area")
        ? (
          <div class="beside">
            <div>
              <Go url={str(part("image_text_area")["url"])}>{str(part("image_text_area")["title"])}</Go>
              <div class="soft">{str(part("image_text_area")["desc"])}</div>
            </div>
            <Picture url={str(part("image_text_area")["image_url"])} />
          </div>
        )
        : null}
      {has("sub_title_text") ? <div>{str(card["sub_title_text"])}</div> : null}
      {list(card["vertical_content_list"]).map(obj).map((item) => (
        <div>
          <b>{str(item["title"])}</b>
          <div class="soft">{str(item["desc"])}</div>
        </div>
      ))}
      {rows.length > 0
        ? <dl>{rows.map((one) => [<dt>{str(one["keyname"])}</dt>, <dd>{row(one)}</dd>])}</dl>
        : null}
      {has("button_selection") ? dropdown(part("button_selection")) : null}
      {has("checkbox") ? boxes(part("checkbox")) : null}
      {list(card["select_list"]).map(obj).map(dropdown)}
      {buttons.length > 0
        ? (
          <div class={buttons.length > 2 ? "buttons many" : "buttons"}>
            {replaced === undefined ? buttons.map(button) : <button type="button" disabled>{replaced}</button>}
          </div>
        )
        : null}
      {jumps.length > 0 || safe(str(action["url"])) !== undefined
        ? (
          <div class="links">
            {jumps.map((jump) => (
              <Go url={str(jump["url"])}>
                {str(jump["title"])} {str(jump["appid"])}
              </Go>
            ))}
            {safe(str(action["url"])) === undefined
              ? null
              : (
                <small>
                  <Go url={str(action["url"])}>{t("opens |打开 ")}{str(action["url"])}</Go>
                </small>
              )}
          </div>
        )
        : null}
    </div>
  )
}

/** Takes the card's code, and a call that changes the card with it, to be sent by hand. */
export const changeByHand = (turn: Turn): Promise<void> =>
  attempt(async () => {
    const { response_code } = await ask<{ response_code: string }>("page/code", {
      corp: corpId.value,
      msgid: turn.msgid
    })
    prepare({
      agentId: turn.agentId,
      method: "POST",
      path: "/cgi-bin/message/update_template_card",
      query: {},
      body: JSON.stringify(
        { userids: [shown.value?.id], agentid: turn.agentId, response_code, button: { replace_name: "✓" } },
        null,
        2
      )
    })
  })
