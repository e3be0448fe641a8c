/** What was said, as a phone shows it: every type of message, and what people did. */
import type { ComponentChildren } from "preact"
import type { Turn } from "../View.ts"
import { Card } from "./Card.tsx"
import { inline, linked, Markdown, plain } from "./markdown.tsx"
import { Go, mediaUrl, Picture } from "./parts.tsx"
import { propose, shown } from "./state.ts"
import { list, obj, size, str, t } from "./text.ts"

const Bubble = ({ children, turn }: { readonly turn: Turn; readonly children: ComponentChildren }) => (
  <div class={turn.recalled === true ? "bubble recalled" : "bubble"}>{children}</div>
)

const Flat = ({ children, turn }: { readonly turn: Turn; readonly children: ComponentChildren }) => (
  <div class={turn.recalled === true ? "bubble flat recalled" : "bubble flat"}>{children}</div>
)

/** A message, or an act. */
export const Message = ({ turn }: { readonly turn: Turn }) => {
  const { content } = turn
  const id = str(content["media_id"]) || str(content["MediaId"])
  switch (turn.msgtype) {
    case "text":
    case "bot:text":
      return <Bubble turn={turn}>{linked(str(content["content"]) || str(content["Content"]))}</Bubble>
    case "markdown":
    case "markdown_v2":
      return (
        <Bubble turn={turn}>
          <Markdown text={str(content["content"])} />
        </Bubble>
      )
    case "stream":
      return (
        <Bubble turn={turn}>
          <Markdown text={str(content["content"])} />
          {content["finish"] === true ? null : <small>…</small>}
        </Bubble>
      )
    case "image":
      return (
        <Bubble turn={turn}>
          <img
            src={content["base64"] === undefined ? mediaUrl(id) : `data:image/png;base64,${str(content["base64"])}`}
            alt={t("picture|图片")}
          />
        </Bubble>
      )
    case "voice":
      return (
        <Bubble turn={turn}>
          {id === "" ? null : <audio controls preload="none" src={mediaUrl(id)} aria-label={t("voice|语音")} />}
          <FileLine content={content} id={id} word={t("voice|语音")} />
        </Bubble>
      )
    case "video":
      return (
        <Bubble turn={turn}>
          {str(content["title"]) === "" ? null : <div>{str(content["title"])}</div>}
          {id === "" ? null : <video controls preload="none" src={mediaUrl(id)} aria-label={t("video|视频")} />}
          <small>{str(content["description"])}</small>
          <FileLine content={content} id={id} word={t("video|视频")} />
        </Bubble>
      )
    case "file":
      return (
        <Bubble turn={turn}>
          <FileLine content={content} id={id} word={t("file|文件")} />
        </Bubble>
      )
    case "textcard":
      return (
        <Flat turn={turn}>
          <div class="card">
            <h3>{str(content["title"])}</h3>
            <div class="lines">{plain(str(content["description"]))}</div>
            <div class="links">
              <Go url={str(content["url"])}>{str(content["btntxt"]) || t("Details|详情")}</Go>
            </div>
          </div>
        </Flat>
      )
    case "news":
    case "mpnews":
      return (
        <Flat turn={turn}>
          <Articles articles={list(content["articles"]).map(obj)} />
        </Flat>
      )
    case "template_card":
      return (
        <Flat turn={turn}>
          <Card turn={turn} />
        </Flat>
      )
    case "miniprogram_notice":
      return (
        <Flat turn={turn}>
          <div class="card">
            <h3>{str(content["title"])}</h3>
            <small>{str(content["description"])}</small>
            <dl>
              {list(content["content_item"]).map(obj).map((item) => [
                <dt>{str(item["key"])}</dt>,
                <dd>{str(item["value"])}</dd>
              ])}
            </dl>
            <small>{t("mini program |小程序 ")}{str(content["appid"])}</small>
          </div>
        </Flat>
      )
    case "taskcard":
    case "interactive_taskcard":
      return (
        <Flat turn={turn}>
          <div class="card">
            <h3>{str(content["title"])}</h3>
            <div class="lines">{plain(str(content["description"]))}</div>
            <div class="buttons">
              {typeof content["replace_text"] === "string"
                ? <button type="button" disabled>{content["replace_text"]}</button>
                : list(content["btn"]).map(obj).map((button) => (
                  <button type="button" disabled>{str(button["name"])}</button>
                ))}
            </div>
          </div>
        </Flat>
      )
    case "link":
    case "event/link":
      return (
        <Flat turn={turn}>
          <div class="beside">
            <div>
              <Go url={str(content["url"]) || str(content["Url"])}>{str(content["title"]) || str(content["Title"])}</Go>
              <div class="soft">{str(content["desc"]) || str(content["Description"])}</div>
            </div>
            <Picture url={str(content["pic_url"]) || str(content["picurl"]) || str(content["PicUrl"])} />
          </div>
        </Flat>
      )
    case "miniprogram":
      return (
        <Flat turn={turn}>
          <div class="card">
            <h3>{str(content["title"])}</h3>
            <small>
              {t("mini program |小程序 ")}
              {str(content["appid"])} {str(content["page"]) || str(content["pagepath"])}
            </small>
          </div>
        </Flat>
      )
    case "msgmenu":
      return (
        <Flat turn={turn}>
          <div class="card">
            <div>{str(content["head_content"])}</div>
            {list(content["list"]).map(obj).map((item) => <MenuItem item={item} />)}
            <small>{str(content["tail_content"])}</small>
          </div>
        </Flat>
      )
    case "location":
      return (
        <Bubble turn={turn}>
          📍 {str(content["Label"]) || str(content["name"]) || str(content["address"])}
          <small class="line">
            {str(content["Location_X"]) || str(content["latitude"])},{" "}
            {str(content["Location_Y"]) || str(content["longitude"])}
          </small>
        </Bubble>
      )
    default:
      return <Bubble turn={turn}>{acted(turn)}</Bubble>
  }
}

/** A button of a customer's menu. */
const MenuItem = ({ item }: { readonly item: ReturnType<typeof obj> }) => {
  const type = str(item["type"])
  const part = obj(item[type])
  return type === "click"
    ? (
      <button
        type="button"
        onClick={() =>
          propose({ path: "kf/customer", act: "choose", values: { ...shown.value?.known, id: str(part["id"]) } })}
      >
        {str(part["content"])}
      </button>
    )
    : <Go url={str(part["url"])}>{str(part["content"])}</Go>
}

/** The name and size of a file, which can be fetched; its id where nothing is known of it. */
const FileLine = (
  { content, id, word }: {
    readonly content: Turn["content"]
    readonly id: string
    readonly word: string
  }
) => {
  const file = obj(content["file"])
  const bytes = file["size"]
  const name = str(file["name"]) || str(content["FileName"]) || id
  return (
    <div class="file">
      <span aria-hidden="true">📄</span>
      <div>
        {id === "" ? name : <a href={mediaUrl(id)} download={name}>{name}</a>}
        <small class="line">
          {[word, typeof bytes === "number" ? size(bytes) : str(content["Format"])].filter((text) => text !== "").join(
            " · "
          )}
        </small>
      </div>
    </div>
  )
}

/** Articles: the first one large, with its cover. */
const Articles = ({ articles }: { readonly articles: ReadonlyArray<ReturnType<typeof obj>> }) => (
  <div class="articles">
    {articles.map((article, index) => {
      const thumb = str(article["thumb_media_id"])
      const cover = str(article["picurl"]) || (thumb === "" ? undefined : mediaUrl(thumb))
      const about = plain(str(article["description"]) || str(article["digest"]))
      const title = <Go url={str(article["url"]) || str(article["content_source_url"])}>{str(article["title"])}</Go>
      return index === 0
        ? (
          <div class="cover">
            <Picture url={cover} name="wide" />
            <div class="title">{title}</div>
            {about === "" ? null : <div class="soft">{about}</div>}
            <Whole html={str(article["content"])} />
          </div>
        )
        : (
          <div class="beside">
            <div>
              {title}
              <Whole html={str(article["content"])} />
            </div>
            <Picture url={cover} />
          </div>
        )
    })}
  </div>
)

/** The text of an article that is kept here. */
const Whole = ({ html }: { readonly html: string }) =>
  html === "" ? null : (
    <details>
      <summary>{t("Read|阅读全文")}</summary>
      <div class="lines">{plain(html)}</div>
    </details>
  )

/** What a member did, in words. */
const acted = ({ content, msgtype }: Turn): ComponentChildren => {
  const key = str(content["EventKey"])
  switch (msgtype) {
    case "bot:event/enter_chat":
      return t("[opened the chat]|［进入会话］")
    case "bot:event/feedback_event":
      return `${t("[feedback] |［反馈］")}${str(content["type"])} ${str(content["content"])}`
    case "bot:voice":
      return `${t("[voice] |［语音］")}${str(content["Content"])}`
    case "bot:image":
    case "bot:file":
    case "bot:video":
      return `${t("[file] |［文件］")}${str(content["FileName"])}`
    case "event/enter_agent":
      return t("[opened the app]|［进入应用］")
    case "event/LOCATION":
    case "event/location":
      return `${t("[is at] |［上报位置］")}${str(content["Latitude"])}, ${str(content["Longitude"])}`
    case "event/click":
    case "event/view":
      return `${t("[menu] |［菜单］")}${key}`
    case "event/template_card_menu_event":
      return `${t("[menu of a card] |［卡片菜单］")}${key}`
    case "event/template_card_event":
    case "bot:event/template_card_event":
      return [
        `${t("[pressed] |［点击卡片］")}${key}`,
        ...list(content["SelectedItems"]).map(obj).map((item) => (
          <small class="line">
            {str(item["QuestionKey"])}: {list(item["OptionIds"]).map(str).join(", ")}
          </small>
        ))
      ]
    case "kf-event":
      return inline(`**${str(content["event_type"])}** ${str(content["scene"])}`)
    default:
      return [<b>{msgtype}</b>, <pre>{JSON.stringify(content, null, 2)}</pre>]
  }
}
