/** Below a conversation: what a member writes and sends. */
import { useRef, useState } from "preact/hooks"
import { act } from "./acts.ts"
import { base64 } from "./parts.tsx"
import { app, bot, kind, shown } from "./state.ts"
import { t } from "./text.ts"

type Act = "text" | "image" | "voice" | "video" | "location" | "link" | "click" | "enter" | "file"

const names: ReadonlyArray<readonly [act: Act, name: string]> = [
  ["text", "Text|文本"],
  ["image", "Picture|图片"],
  ["voice", "Voice|语音"],
  ["video", "Video|视频"],
  ["location", "Place|位置"],
  ["link", "Link|链接"],
  ["click", "Menu key|菜单"],
  ["enter", "Open the app|进入应用"]
]

const botNames: ReadonlyArray<readonly [act: Act, name: string]> = [
  ["text", "Text|文本"],
  ["file", "File|文件"],
  ["enter", "Open the chat|进入会话"]
]

export const Write = () => {
  const [chosen, choose] = useState<Act>("text")
  const form = useRef<HTMLFormElement>(null)
  const botId = kind.value === "robots" ? shown.value?.known["botId"] : bot.value?.id
  const [who, setWho] = useState("")
  const offers = botId === undefined ? names : botNames
  const one = offers.some(([act]) => act === chosen) ? chosen : "text"
  const userid = kind.value === "members" ? shown.value?.id ?? "" : who

  const send = async () => {
    const { current } = form
    if (current === null) return
    const fields = new FormData(current)
    const field = (name: string) => {
      const value = fields.get(name)
      return typeof value === "string" ? value : ""
    }
    const to = botId === undefined
      ? app.value?.agentId === undefined ? {} : { agentId: app.value.agentId }
      : { botId }
    switch (one) {
      case "text": {
        const content = field("content")
        current.reset()
        return act({ act: "text", content, ...to }, userid)
      }
      case "image":
      case "voice":
      case "video":
      case "file": {
        const file = fields.get("file")
        if (!(file instanceof File)) return
        const sent = {
          filename: file.name,
          contentType: file.type === "" ? "application/octet-stream" : file.type,
          bytes: await base64(file)
        }
        return act(
          one === "file"
            ? { act: "file", kind: /^(image|video)\//.exec(file.type)?.[1] ?? "file", ...sent, ...to }
            : { act: one, ...sent, ...to },
          userid
        )
      }
      case "location":
        return act({
          act: "location",
          label: field("label"),
          latitude: Number(field("latitude")),
          longitude: Number(field("longitude")),
          ...to
        }, userid)
      case "link":
        return act({
          act: "link",
          title: field("title"),
          description: field("description"),
          url: field("url"),
          ...to
        }, userid)
      case "click":
        return act({ act: "menu", key: field("key"), ...to }, userid)
      case "enter":
        return act({ act: "enter", ...to }, userid)
    }
  }

  const field = (name: string, label: string, more: object = {}) => (
    <input name={name} placeholder={t(label)} aria-label={t(label)} {...more} />
  )
  const labelled = (name: string, label: string, more: object = {}) => (
    <label>
      <small>{t(label)}</small>
      <input name={name} {...more} />
    </label>
  )
  return (
    <form
      id="write"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div class="kindsOf">
        {offers.map(([act, name]) => (
          <button
            type="button"
            key={act}
            class={act === one ? "main" : undefined}
            aria-pressed={act === one}
            onClick={() => {
              choose(act)
              setTimeout(() => form.current?.querySelector<HTMLInputElement>(".line input")?.focus())
            }}
          >
            {t(name)}
          </button>
        ))}
        <small id="target">
          {botId !== undefined
            ? t("to the smart robot |发给智能机器人 ") + botId
            : app.value?.callback === undefined
            ? t(
              "this app has no callback URL: no program receives what members write|该应用未配置回调地址：成员的消息无人接收"
            )
            : t("calls back |回调 ") + app.value.callback}
        </small>
      </div>
      <div class="line" key={one}>
        {kind.value === "robots"
          ? (
            <input
              class="as"
              required
              aria-label={t("userid of the writer|发言成员的 userid")}
              placeholder="userid"
              value={who}
              onInput={({ currentTarget }) => setWho(currentTarget.value)}
            />
          )
          : null}
        {one === "text"
          ? field("content", "Write as this member|以该成员身份发言", { required: true, autocomplete: "off" })
          : one === "image" || one === "voice" || one === "video" || one === "file"
          ? field("file", "File|文件", {
            type: "file",
            required: true,
            ...(one === "file" ? {} : { accept: `${one === "voice" ? "audio" : one}/*,.amr` })
          })
          : one === "location"
          ? [
            labelled("label", "Name|名称"),
            labelled("latitude", "Latitude|纬度", { type: "number", step: "any", required: true, value: "23.134" }),
            labelled("longitude", "Longitude|经度", { type: "number", step: "any", required: true, value: "113.358" })
          ]
          : one === "link"
          ? [
            field("title", "Title|标题", { required: true }),
            field("description", "Description|描述"),
            field("url", "URL", { type: "url", required: true })
          ]
          : one === "click"
          ? field("key", "Key of the menu button|菜单按钮的 key", { required: true })
          : <span class="soft">{t("The app gets enter_agent.|应用将收到 enter_agent 事件。")}</span>}
        <button class="main" type="submit">{t("Send|发送")}</button>
      </div>
    </form>
  )
}
