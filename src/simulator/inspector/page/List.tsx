/** The left: conversations by kind. */
import type { Kind } from "../View.ts"
import { Face, Rows } from "./parts.tsx"
import { choose, counts, find, found, items, kind, listing, opening, poll, shownId } from "./state.ts"
import { t } from "./text.ts"

/** The kinds, and what they are called. */
export const kinds: ReadonlyArray<readonly [kind: Kind, name: string]> = [
  ["members", "Members|成员"],
  ["groups", "Groups|群聊"],
  ["customers", "Customers|客户"],
  ["kf", "Service|客服"],
  ["robots", "Robots|机器人"],
  ["approvals", "Approvals|审批"],
  ["meetings", "Meetings|会议日程"],
  ["documents", "Documents|文档"],
  ["suites", "Suites|第三方应用"]
]

export const List = () => (
  <nav aria-label={t("conversations|会话")}>
    <div class="kinds" role="group" aria-label={t("kinds|类别")}>
      {kinds.map(([one, name]) => (
        <button
          type="button"
          key={one}
          aria-pressed={kind.value === one}
          onClick={() => {
            find.value = ""
            kind.value = one
            shownId.value = ""
            void poll()
          }}
        >
          {t(name)} <span class="count">{counts.value[one]}</span>
        </button>
      ))}
    </div>
    <input
      id="find"
      type="search"
      placeholder={t("Find|查找")}
      aria-label={t("Find|查找")}
      value={find.value}
      onInput={({ currentTarget }) => {
        find.value = currentTarget.value
        void poll()
      }}
    />
    <Rows
      id="people"
      label={t(kinds.find(([one]) => one === kind.value)?.[1] ?? "")}
      row="button"
      busy={listing.value}
    >
      {items.value.map(({ about, count, id, title }) => (
        <button
          type="button"
          key={id}
          aria-current={shownId.value === id ? "true" : "false"}
          onClick={() => choose(kind.value, id)}
        >
          <Face name={title} />
          <div class="who">
            <div>{title}</div>
            <div>
              <small>{about}</small>
            </div>
          </div>
          <span class="count">{count === 0 ? "" : count}</span>
        </button>
      ))}
    </Rows>
    {items.value.length === 0
      ? opening.value ? null : <small class="more">{t("Nothing here yet.|这里还没有内容。")}</small>
      : found.value > items.value.length
      ? <small class="more">{t("The first |前 ")}{items.value.length}{t(" of | / ")}{found.value}</small>
      : null}
  </nav>
)
