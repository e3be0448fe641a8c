/** The simulator's page: conversations on the left, one of them in the middle, the wire on the right. */
import { effect, untracked } from "@preact/signals"
import { render } from "preact"
import { ActsDialog } from "./Acts.tsx"
import { CallDialog } from "./Call.tsx"
import { FaultsButton, FaultsDialog } from "./Faults.tsx"
import { List } from "./List.tsx"
import { StartDialog } from "./Start.tsx"
import {
  corp,
  corpId,
  corps,
  dialog,
  firstMessage,
  kind,
  type Pane,
  pane,
  poll,
  prepare,
  said,
  shown,
  shownId,
  target,
  wish
} from "./state.ts"
import { Talk } from "./Talk.tsx"
import { language, named, t, toggleLanguage } from "./text.ts"
import { Wire } from "./Wire.tsx"

const Header = () => (
  <header>
    <h1>{t("WeCom simulator|企业微信模拟器")}</h1>
    <select
      id="corp"
      aria-label={t("corp|企业")}
      value={corp.value.id}
      onChange={({ currentTarget }) => {
        corpId.value = currentTarget.value
        shownId.value = ""
        target.value = ""
        void poll()
      }}
    >
      {corps.value.map(({ id, name }) => <option key={id} value={id}>{named(name, id)}</option>)}
    </select>
    <span class="gap" />
    <button
      type="button"
      onClick={() => {
        dialog.value = "start"
      }}
    >
      {t("Start|开始使用")}
    </button>
    <button
      type="button"
      onClick={() => prepare(firstMessage(kind.value === "members" ? shown.value?.id ?? "" : ""))}
    >
      {t("Call the API|调用接口")}
    </button>
    <button
      type="button"
      onClick={() => {
        wish.value = undefined
        dialog.value = "acts"
      }}
    >
      {t("People|人员操作")}
    </button>
    <FaultsButton />
    <button type="button" class="quiet" lang={language.value === "zh" ? "en" : "zh"} onClick={toggleLanguage}>
      {language.value === "zh" ? "English" : "中文"}
    </button>
  </header>
)

const panes: ReadonlyArray<readonly [pane: Pane, name: string]> = [
  ["list", "Conversations|会话"],
  ["talk", "Messages|消息"],
  ["wire", "Wire|日志"]
]

/** On a phone: which pane is shown. */
const Panes = () => (
  <div class="panes" role="group" aria-label={t("panes|分栏")}>
    {panes.map(([one, name]) => (
      <button
        type="button"
        key={one}
        aria-pressed={pane.value === one}
        onClick={() => {
          pane.value = one
        }}
      >
        {t(name)}
      </button>
    ))}
  </div>
)

const Page = () => (
  <>
    <Header />
    <List />
    <Talk />
    <Wire />
    <Panes />
    <StartDialog />
    <CallDialog />
    <ActsDialog />
    <FaultsDialog />
    <div id="say" role="status" hidden={said.value === ""}>{said.value}</div>
  </>
)

effect(() => {
  document.documentElement.lang = language.value
  document.title = t("WeCom simulator|企业微信模拟器")
  untracked(() => void poll())
})
effect(() => {
  document.body.dataset["pane"] = pane.value
})

render(<Page />, document.body)

/** Looks again and again; the rarer, the longer the simulator takes for it. */
const watch = async (): Promise<void> => {
  const start = performance.now()
  if (!document.hidden) await poll()
  setTimeout(() => void watch(), Math.min(5000, Math.max(500, 3 * (performance.now() - start))))
}

void watch()
