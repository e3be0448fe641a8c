/** The middle: one conversation as a phone shows it, or what there is to know of an application, a meeting, a table. */
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { MenuButton, Shown, Table, Turn } from "../View.ts"
import { act } from "./acts.ts"
import { changeByHand } from "./Card.tsx"
import { Message } from "./Message.tsx"
import { offered } from "./offered.ts"
import { copy, Face } from "./parts.tsx"
import { Start } from "./Start.tsx"
import {
  app,
  ask,
  attempt,
  bot,
  corp,
  corpId,
  journal,
  kind,
  marked,
  opening,
  poll,
  prepare,
  propose,
  ready,
  say,
  showCallOf,
  showEntry,
  shown,
  target,
  text,
  time
} from "./state.ts"
import { clock, named, str, t } from "./text.ts"
import { Write } from "./Write.tsx"

export const Talk = () => {
  const conversation = shown.value
  return (
    <main aria-label={t("conversation|会话内容")}>
      <Bar />
      {kind.value === "members" ? <Menu /> : null}
      {conversation === undefined
        ? <div id="talk" aria-busy={opening.value}>{ready.value && !opening.value ? <Start compact /> : null}</div>
        : <Thread conversation={conversation} />}
      {conversation === undefined ? null : <Acts conversation={conversation} />}
      {conversation !== undefined && (kind.value === "members" || conversation.id.startsWith("bot:"))
        ? <Write key={`${kind.value} ${conversation.id}`} />
        : null}
    </main>
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// Above
// ---------------------------------------------------------------------------------------------------------------------

const Bar = () => {
  const conversation = shown.value
  return (
    <div class="bar title">
      <div class="who">
        <div>
          <b>{conversation?.title ?? ""}</b>
        </div>
        <small>{conversation?.about ?? ""}</small>
      </div>
      {kind.value === "members" ? <Target /> : null}
    </div>
  )
}

const which = () => ({
  corpId: corpId.value,
  ...(app.value?.agentId === undefined ? {} : { agentId: app.value.agentId })
})

/** Which app's conversation it is, and how its token and its callback are. */
const Target = () => {
  const { apps, bots } = corp.value
  const end = bot.value === undefined ? app.value?.tokenEndsAt : undefined
  const left = end === undefined ? undefined : Math.max(0, Math.round((end - time.value) / 1000))
  const two = (value: number) => String(value).padStart(2, "0")
  return (
    <>
      <select
        id="app"
        aria-label={t("app|应用")}
        value={target.value}
        onChange={({ currentTarget }) => {
          target.value = currentTarget.value
        }}
      >
        <option value="">{t("All apps|全部应用")}</option>
        {apps.map(({ agentId, name }) => <option value={String(agentId ?? "")}>{named(name, agentId)}</option>)}
        {bots.map(({ id, name }) => <option value={`bot:${id}`}>{name} {t("(smart robot)|（智能机器人）")}</option>)}
      </select>
      <span id="token" class="soft">
        {left === undefined
          ? t("no token|尚无令牌")
          : `${t("token: |令牌剩余 ")}${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`}
      </span>
      <button
        type="button"
        disabled={left === undefined}
        onClick={() =>
          void attempt(async () => {
            await ask("tokens/expire", which())
            say(t("The next call with it gets 42001|下次使用该令牌将返回 42001"))
          })}
      >
        {t("Expire token|使令牌失效")}
      </button>
      <button
        type="button"
        disabled={app.value?.callback === undefined || bot.value !== undefined}
        onClick={() =>
          void attempt(async () => {
            await ask("verify-url", which())
            say(t("The callback URL passed the check|回调地址校验通过"))
          })}
      >
        {t("Check callback|校验回调地址")}
      </button>
    </>
  )
}

/** The menu that the app has made, below the title as a phone has it below the chat. */
const Menu = () => {
  const menu = bot.value === undefined ? app.value?.menu ?? [] : []
  const choose = (button: MenuButton) => {
    const to = { agentId: app.value?.agentId }
    if (button.type === "view") {
      void act({ act: "menuLink", url: button.url, ...to })
      return
    }
    void act({ act: "menu", key: button.key ?? button.name, ...to })
  }
  return menu.length === 0 ? null : (
    <div class="appmenu" role="group" aria-label={t("menu of the app|应用菜单")}>
      {menu.map((button) =>
        button.sub_button !== undefined && button.sub_button.length > 0
          ? (
            <details class="menu" key={button.name}>
              <summary>{button.name} ▾</summary>
              <div>
                {button.sub_button.map((one) => (
                  <button type="button" key={one.name} onClick={() => choose(one)}>{one.name}</button>
                ))}
              </div>
            </details>
          )
          : <button type="button" key={button.name} onClick={() => choose(button)}>{button.name}</button>
      )}
    </div>
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// The conversation
// ---------------------------------------------------------------------------------------------------------------------

/** Whether a turn belongs to the app that was chosen. */
const isMeant = (turn: Turn): boolean =>
  kind.value !== "members" || target.value === "" ||
  (target.value.startsWith("bot:")
    ? turn.botId === target.value.slice(4)
    : turn.botId === undefined && String(turn.agentId ?? "") === target.value)

const Thread = ({ conversation }: { readonly conversation: Shown }) => {
  const pane = useRef<HTMLDivElement>(null)
  /** Whether the newest is in sight: it stays so, whatever comes or changes its size. */
  const atEnd = useRef(true)
  const showEnd = () => {
    const { current } = pane
    if (current !== null && atEnd.current) current.scrollTop = current.scrollHeight
  }
  const turns = conversation.turns.filter(isMeant)
  const mark = marked.value
  useLayoutEffect(() => {
    atEnd.current = true
  }, [conversation.kind, conversation.id])
  useLayoutEffect(() => {
    if (mark !== undefined) {
      const found = [...(pane.current?.querySelectorAll<HTMLElement>("[data-turn]") ?? [])]
        .find((element) => element.dataset["turn"] === mark)
      if (found !== undefined) {
        atEnd.current = false
        found.scrollIntoView({ block: "center" })
        return
      }
    }
    showEnd()
  })
  useLayoutEffect(() => {
    const { current } = pane
    if (current === null) return undefined
    const observer = new ResizeObserver(showEnd)
    observer.observe(current)
    current.addEventListener("load", showEnd, true)
    current.addEventListener("error", showEnd, true)
    return () => observer.disconnect()
  }, [])
  let last = 0
  return (
    <div
      id="talk"
      ref={pane}
      aria-live="polite"
      tabIndex={-1}
      onScroll={({ currentTarget: { clientHeight, scrollHeight, scrollTop } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 80
      }}
    >
      {conversation.facts.length > 0 || conversation.people.length > 0 ? <Sheet conversation={conversation} /> : null}
      {conversation.tables.map((table) => <Grid key={table.id} table={table} known={conversation.known} />)}
      {turns.map((turn) => {
        const isLater = turn.at - last > 60_000
        last = turn.at
        return [
          isLater ? <div class="when" key={`at ${turn.key}`}>{clock(turn.at)}</div> : null,
          <Line key={turn.key} turn={turn} />
        ]
      })}
      {turns.length === 0 && conversation.tables.length === 0 && conversation.facts.length === 0
        ? <Nothing kind={conversation.kind} />
        : null}
    </div>
  )
}

const Nothing = ({ kind }: { readonly kind: Shown["kind"] }) =>
  kind === "members" && text.value === "" && journal.value.every((entry) => entry.kind === "callback")
    ? <Start compact />
    : (
      <div class="none">
        {kind === "robots"
          ? t("This robot has said nothing yet.|该机器人还没有发言。")
          : kind === "members"
          ? t(
            "Nothing was said yet. Send a message to this member, or write one below.|还没有消息。向该成员发送应用消息，或在下方发言。"
          )
          : t("Nothing was said yet.|还没有消息。")}
      </div>
    )

const Line = ({ turn }: { readonly turn: Turn }) => (
  <div
    class={`turn ${turn.side}${turn.dropped === true ? " dropped" : ""}${marked.value === turn.key ? " marked" : ""}`}
    data-turn={turn.key}
  >
    <Face name={turn.by} />
    <div class="side">
      {turn.side === "app"
        ? (
          <small class="line">
            {turn.by}
            {turn.chatid === undefined ? "" : ` · ${t("group chat |群聊 ")}${turn.chatid}`}
          </small>
        )
        : null}
      <Message turn={turn} />
      {turn.dropped === true
        ? (
          <div class="outcome bad">
            {t(
              "dropped: more than 30 a minute, or 1,000 an hour, from one app to one member|未送达：同一应用对同一成员每分钟超过 30 条或每小时超过 1000 条"
            )}
          </div>
        )
        : null}
      {turn.recalled === true ? <div class="outcome">{t("recalled|已撤回")}</div> : null}
      {turn.called === true ? <Outcome turn={turn} /> : null}
      <Tools turn={turn} />
    </div>
  </div>
)

/** What became of the callback. */
const Outcome = ({ turn: { outcome } }: { readonly turn: Turn }) =>
  outcome === undefined
    ? <div class="outcome">{t("calling back…|回调中…")}</div>
    : outcome === "acknowledged"
    ? <div class="outcome">{t("acknowledged|已确认")}</div>
    : /^[a-z_]+$/.test(outcome)
    ? <div class="outcome">{t("replied with |被动回复 ")}{outcome}</div>
    : <div class="outcome bad">{outcome}</div>

/** Where a turn leads to: its call, its callback, its ids. */
const Tools = ({ turn }: { readonly turn: Turn }) => {
  const { content, entry, msgid, msgtype } = turn
  const media = str(content["media_id"]) || str(content["MediaId"])
  return (
    <div class="tools">
      {turn.side === "app" && msgid !== undefined && msgid !== ""
        ? <button type="button" class="quiet" onClick={() => void showCallOf(msgid)}>{t("its call|对应的调用")}</button>
        : null}
      {entry === undefined
        ? null
        : <button type="button" class="quiet" onClick={() => showEntry(entry)}>{t("its callback|对应的回调")}</button>}
      {media === ""
        ? null
        : (
          <button type="button" class="quiet" onClick={() => void copy(media, say)}>
            {t("copy media_id|复制 media_id")}
          </button>
        )}
      {turn.side === "app" && msgtype === "template_card" && turn.agentId !== undefined && turn.dropped !== true
        ? (
          <button type="button" class="quiet" onClick={() => void changeByHand(turn)}>
            {t("use response_code|使用 response_code")}
          </button>
        )
        : null}
      {turn.side === "app" && turn.agentId !== undefined && msgid !== undefined && turn.dropped !== true &&
          turn.recalled !== true
        ? (
          <button
            type="button"
            class="quiet"
            onClick={() =>
              prepare({
                agentId: turn.agentId,
                method: "POST",
                path: "/cgi-bin/message/recall",
                query: {},
                body: JSON.stringify({ msgid }, null, 2)
              })}
          >
            {t("recall|撤回")}
          </button>
        )
        : null}
    </div>
  )
}

// ---------------------------------------------------------------------------------------------------------------------
// What is no conversation
// ---------------------------------------------------------------------------------------------------------------------

const Sheet = ({ conversation: { facts, people } }: { readonly conversation: Shown }) => (
  <div class="sheet">
    {facts.length === 0 ? null : <dl>{facts.map(([name, value]) => [<dt>{name}</dt>, <dd>{value}</dd>])}</dl>}
    {people.length === 0 ? null : (
      <ul class="people">
        {people.map(({ id, name, state }) => (
          <li key={`${id} ${state}`}>
            <Face name={name} />
            <div class="who">
              <div>
                {name} {name === id ? null : <small>{id}</small>}
              </div>
            </div>
            <span class="tag">{state}</span>
          </li>
        ))}
      </ul>
    )}
  </div>
)

const Grid = ({ known, table }: { readonly table: Table; readonly known: Shown["known"] }) => {
  const isSmart = known["sheet_id"] !== undefined && known["sheet_id"] !== "" && (table.fields[0]?.type ?? "") !== ""
  const edit = (row: string, field: Table["fields"][number], before: string) =>
    propose({
      path: "documents/update-record",
      values: { ...known, sheet_id: table.id, record_id: row, values: { [field.title]: sample(field.type, before) } }
    })
  return (
    <section class="grid">
      <h3>
        {table.title} <small>{table.total}</small>
        {isSmart
          ? (
            <button
              type="button"
              class="quiet"
              onClick={() =>
                propose({
                  path: "documents/add-record",
                  values: {
                    ...known,
                    sheet_id: table.id,
                    values: Object.fromEntries(
                      table.fields.slice(0, 1).map(({ title, type }) => [title, sample(type, "")])
                    )
                  }
                })}
            >
              {t("Add a record|新增记录")}
            </button>
          )
          : null}
      </h3>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {table.fields.map(({ title, type }) => (
                <th key={title}>
                  {title}
                  {type === "" ? null : <small class="line">{type.replace("FIELD_TYPE_", "").toLowerCase()}</small>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ cells, id }) => (
              <tr key={id}>
                {cells.map((cell, index) => {
                  const field = table.fields[index]
                  return (
                    <td key={index}>
                      {isSmart && field !== undefined
                        ? (
                          <button
                            type="button"
                            class="cell"
                            aria-label={`${t("Change |修改 ")}${field.title}: ${cell}`}
                            onClick={() => edit(id, field, cell)}
                          >
                            {cell === "" ? " " : cell}
                          </button>
                        )
                        : cell}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {table.rows.length < table.total
        ? <small class="more">{t("The first |前 ")}{table.rows.length}{t(" of | / ")}{table.total}</small>
        : null}
    </section>
  )
}

/** A value as a cell of a type has it. */
const sample = (type: string, value: string): unknown =>
  /_(?:TEXT|EMAIL|PHONE_NUMBER|BARCODE)$/.test(type)
    ? type === "FIELD_TYPE_TEXT" ? [{ type: "text", text: value }] : value
    : /_(?:NUMBER|PROGRESS|CURRENCY|PERCENTAGE)$/.test(type)
    ? Number(value) || 0
    : type === "FIELD_TYPE_CHECKBOX"
    ? value !== "true"
    : type.endsWith("SELECT")
    ? [{ text: value }]
    : value

/** What people can do here, and forms for it. */
const Acts = ({ conversation }: { readonly conversation: Shown }) => {
  const [all, showAll] = useState(false)
  const { id, known, kind } = conversation
  const offers = offered(kind, id)
  /** Below a member there is a form to write with as well. */
  const most = kind === "members" ? 3 : Infinity
  if (offers.length === 0 && kind !== "robots") return null
  return (
    <div class="acts" role="group" aria-label={t("what people do|人员操作")}>
      {(all ? offers : offers.slice(0, most)).map((offer) => (
        <button
          type="button"
          key={offer.title}
          onClick={() => propose({ ...offer, values: { ...known, ...offer.values } })}
        >
          {t(offer.title)}
        </button>
      ))}
      {offers.length > most
        ? (
          <button type="button" class="quiet" aria-expanded={all} onClick={() => showAll(!all)}>
            {all ? "−" : "⋯"}
          </button>
        )
        : null}
      {kind === "suites" || id.startsWith("robot:") || id.startsWith("bot:")
        ? <Secret id={id} kind={kind} />
        : null}
    </div>
  )
}

/** The secret of a suite or a robot, shown when somebody asks. */
const Secret = ({ id, kind }: { readonly kind: Shown["kind"]; readonly id: string }) => (
  <button
    type="button"
    class="quiet"
    onClick={() =>
      void attempt(async () => {
        const [, name = ""] = id.split(/:(.*)/s)
        const facts = await ask<ReadonlyArray<readonly [string, string]>>(
          "page/secrets",
          kind === "suites"
            ? { suite: id }
            : id.startsWith("bot:")
            ? { corp: corpId.value, bot: name }
            : { robot: Number(name) }
        )
        await copy(facts.map(([name, value]) => `${name}=${value}`).join("\n"), say)
        void poll()
      })}
  >
    {t("Copy its secret|复制密钥")}
  </button>
)
