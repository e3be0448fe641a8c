/** The right: the wire. Every call and callback, searched on the server, with what each was about. */
import { useEffect, useState } from "preact/hooks"
import type { EntryDetail, EntryView } from "../View.ts"
import { copy, Rows } from "./parts.tsx"
import {
  ask,
  attempt,
  before,
  detail,
  dialog,
  failed,
  faultEndpoint,
  follow,
  journal,
  listing,
  offset,
  only,
  open,
  poll,
  prepare,
  say,
  search,
  showEntry,
  showNewest,
  text,
  total
} from "./state.ts"
import { clock, pretty, t } from "./text.ts"

const pageSize = 100

const isOld = () => offset.value > 0 || before.value > 0

export const Wire = () => (
  <aside aria-label={t("journal|日志")}>
    <div class="bar">
      <input
        id="filter"
        type="search"
        placeholder={t("Search: path, errcode, app, bodies|搜索：路径、错误码、应用、请求与应答内容")}
        aria-label={t("Search: path, errcode, app, bodies|搜索：路径、错误码、应用、请求与应答内容")}
        value={text.value}
        onInput={({ currentTarget }) => search(currentTarget.value)}
      />
      <select
        aria-label={t("which|类型")}
        value={only.value}
        onChange={({ currentTarget: { value } }) => {
          only.value = value === "call" || value === "callback" ? value : ""
          showNewest()
        }}
      >
        <option value="">{t("All|全部")}</option>
        <option value="call">{t("Calls|调用")}</option>
        <option value="callback">{t("Callbacks|回调")}</option>
      </select>
      <select
        aria-label={t("outcome|结果")}
        value={failed.value}
        onChange={({ currentTarget: { value } }) => {
          failed.value = value === "true" || value === "false" ? value : ""
          showNewest()
        }}
      >
        <option value="">{t("All outcomes|全部结果")}</option>
        <option value="true">{t("Failed|失败")}</option>
        <option value="false">{t("Succeeded|成功")}</option>
      </select>
      <button
        type="button"
        onClick={() =>
          void attempt(async () => {
            await ask("journal", undefined, "DELETE")
            showNewest()
          })}
      >
        {t("Clear|清空")}
      </button>
    </div>
    <Rows id="log" label={t("journal|日志")} row=".entry > button" busy={listing.value}>
      {journal.value.map((entry) => <Entry key={entry.id} entry={entry} />)}
      {journal.value.length === 0
        ? (
          <div class="none">
            {text.value.trim() !== "" || only.value !== "" || failed.value !== ""
              ? t("Nothing fits the filter.|没有符合筛选的记录。")
              : t("No request has come yet.|还没有请求。")}
          </div>
        )
        : null}
    </Rows>
    {total.value > pageSize || isOld() ? <Pages /> : null}
  </aside>
)

const Pages = () => {
  const to = Math.min(offset.value + pageSize, total.value)
  return (
    <div class="bar pages">
      <button type="button" disabled={!isOld()} onClick={showNewest}>{t("Newest|最新")}</button>
      <button
        type="button"
        disabled={offset.value === 0}
        onClick={() => {
          offset.value = Math.max(0, offset.value - pageSize)
          void poll()
        }}
      >
        {t("Newer|较新")}
      </button>
      <span>
        {Math.min(offset.value + 1, total.value)}–{to} {t("of|/")} {total.value}
      </span>
      <button
        type="button"
        disabled={to >= total.value}
        onClick={() => {
          // What comes meanwhile does not push away what is read.
          if (before.value === 0) before.value = (journal.value[0]?.id ?? 0) + 1
          offset.value += pageSize
          void poll()
        }}
      >
        {t("Older|较旧")}
      </button>
      <button
        type="button"
        disabled={to >= total.value}
        onClick={() => {
          if (before.value === 0) before.value = (journal.value[0]?.id ?? 0) + 1
          offset.value = Math.floor((total.value - 1) / pageSize) * pageSize
          void poll()
        }}
      >
        {t("Oldest|最旧")}
      </button>
    </div>
  )
}

const Entry = ({ entry }: { readonly entry: EntryView }) => {
  const isOpen = open.value.has(entry.id)
  const bad = (entry.errcode ?? 0) !== 0 || (entry.status ?? 0) >= 400
  const toggle = () => {
    const next = new Set(open.value)
    if (!next.delete(entry.id)) next.add(entry.id)
    open.value = next
  }
  const about = [
    entry.kind === "callback" ? entry.path : undefined,
    entry.agentId === undefined ? undefined : `${t("app |应用 ")}${entry.agentId}`,
    entry.duration === undefined ? undefined : `${entry.duration} ms`,
    entry.fault === undefined ? undefined : `${t("fault |故障 ")}${entry.fault}`,
    entry.source === "sample" ? t("sample answer|样例应答") : undefined
  ].filter((part) => part !== undefined).join(" · ")
  return (
    <div class={`entry ${entry.kind}`}>
      <button type="button" aria-expanded={isOpen} onClick={toggle}>
        <span class="soft">{clock(entry.at)}</span>
        <span class="path" title={entry.path}>
          {entry.kind === "callback"
            ? `→ ${entry.query["event"] ?? ""}`
            : `${entry.method} ${entry.path.replace("/cgi-bin", "")}`}
        </span>
        {entry.status === undefined
          ? (
            <span class="tag note">
              {entry.duration === undefined && entry.fault === undefined ? t("waiting|等待") : t("no answer|无响应")}
            </span>
          )
          : (
            <span class={bad ? "tag bad" : "tag ok"}>
              {(entry.errcode ?? 0) !== 0 ? entry.errcode : entry.status === 200 ? "ok" : `HTTP ${entry.status}`}
            </span>
          )}
        {entry.about === undefined ? null : <span class="sub about">{entry.about}</span>}
        {entry.label === undefined ? null : <span class="sub">{entry.label}</span>}
        <span class="sub">{about}</span>
        {entry.warnings.map((warning) => <span class="sub note" key={warning}>{t("ignored: |已忽略：")}{warning}
        </span>)}
      </button>
      {isOpen ? <Detail entry={entry} /> : null}
    </div>
  )
}

const Detail = ({ entry: { duration, id } }: { readonly entry: EntryView }) => {
  const [entry, setEntry] = useState<EntryDetail | undefined>(undefined)
  const [problem, setProblem] = useState("")
  useEffect(() => {
    let live = true
    detail(id).then(
      (found) => {
        if (live) setEntry(found)
      },
      (error: unknown) => {
        if (live) setProblem(String(error))
      }
    )
    return () => {
      live = false
    }
  }, [id, duration])
  if (entry === undefined) return <div class="detail">{problem}</div>
  const pairs = (values: { readonly [name: string]: string }, between: string) =>
    Object.entries(values).map(([name, value]) => `${name}${between}${value}`).join("\n")
  return (
    <div class="detail">
      {entry.links.length === 0 ? null : (
        <div class="tools">
          {entry.links.map((link) => (
            <button
              type="button"
              class="quiet"
              key={`${link.kind} ${link.id}`}
              onClick={() => follow(link)}
            >
              ↩ {link.title}
            </button>
          ))}
        </div>
      )}
      {entry.kind === "call" ? <Tools entry={entry} /> : null}
      <Part title={t("Query|查询参数")} text={pairs(entry.query, "=")} />
      <Part title={t("Request|请求")} text={pretty(entry.body)} />
      <Part title={t("Answer|应答")} text={pretty(entry.answer)} />
      <Part title={t("Headers|请求头")} text={entry.headers === undefined ? "" : pairs(entry.headers, ": ")} />
    </div>
  )
}

const Part = ({ text, title }: { readonly title: string; readonly text: string }) =>
  text === "" ? null : (
    <>
      <small>{title}</small>
      <pre>{text}</pre>
    </>
  )

const Tools = ({ entry }: { readonly entry: EntryDetail }) => {
  const { access_token: _, corpid: __, corpsecret: ___, ...query } = entry.query
  return (
    <div class="buttonsRow">
      <button type="button" onClick={() => void copy(curlOf(entry), say)}>{t("Copy as curl|复制为 curl")}</button>
      <button
        type="button"
        disabled={entry.final !== undefined}
        title={entry.final}
        onClick={() =>
          void attempt(async () => {
            const { entry: made } = await ask<{ entry: number }>("page/replay", { id: entry.id })
            say(t("Called again|已重放"))
            showEntry(made)
          })}
      >
        {t("Replay|重放")}
      </button>
      <button
        type="button"
        onClick={() =>
          prepare({
            agentId: entry.agentId,
            method: entry.method === "GET" ? "GET" : "POST",
            path: entry.path,
            query,
            body: entry.method === "GET" ? "" : pretty(entry.body)
          })}
      >
        {t("Edit and call|编辑后调用")}
      </button>
      <button
        type="button"
        onClick={() => {
          faultEndpoint.value = entry.path
          dialog.value = "faults"
        }}
      >
        {t("Make it fail|注入故障")}
      </button>
      <button type="button" onClick={() => search(entry.path)}>{t("Only this endpoint|只看此接口")}</button>
    </div>
  )
}

/** The call again; what the journal hides stands for itself. */
const curlOf = ({ body, method, path, query }: EntryDetail): string => {
  // In single quotes, whatever was sent: a shell runs nothing of it.
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const word = (text: string) => encodeURIComponent(text).replaceAll("'", "%27")
  const value = (name: string, text: string) =>
    text === "<redacted>" ? `'"$${name.toUpperCase().replaceAll(/[^A-Z_]/g, "")}"'` : word(text)
  const params = Object.entries(query).map(([name, text], index) =>
    `${index === 0 ? "?" : "&"}${word(name)}=${value(name, text)}`
  ).join("")
  return `curl ${quoted(location.origin + path).slice(0, -1)}${params}'${
    method === "GET" ? "" : ` --json ${quoted(body)}`
  }`
}
