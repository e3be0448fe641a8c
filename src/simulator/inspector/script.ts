/** What the simulator's page runs. Written for the browser; whatever comes from members or apps becomes text, never markup. */
export const script: string = `"use strict"
const chinese = navigator.language.toLowerCase().startsWith("zh")
const t = (both) => both.split("|")[chinese ? 1 : 0]
document.documentElement.lang = chinese ? "zh" : "en"
for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t)
for (const element of document.querySelectorAll("[data-placeholder]")) {
  element.placeholder = t(element.dataset.placeholder)
  element.setAttribute("aria-label", element.placeholder)
}

const $ = (id) => document.getElementById(id)
/** An element; text is always text, never markup. */
const h = (name, props, ...children) => {
  const [tag, ...classes] = name.split(".")
  const element = document.createElement(tag || "div")
  if (classes.length) element.className = classes.join(" ")
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined) continue
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value)
    else if (key in element) element[key] = value
    else element.setAttribute(key, value)
  }
  element.append(...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false))
  return element
}
/** Shows others in place of a pane's elements; what has the keyboard keeps it, by its data-key. */
const show = (pane, elements) => {
  const held = pane.contains(document.activeElement) ? document.activeElement.dataset.key : undefined
  pane.replaceChildren(...elements)
  if (held !== undefined) pane.querySelector('[data-key="' + CSS.escape(held) + '"]')?.focus({ preventScroll: true })
}
/** Makes a pane one stop of the Tab key: the arrow keys go through its rows. */
const walkable = (pane, row) => {
  const rows = () => [...pane.querySelectorAll(row)]
  pane.addEventListener("keydown", (event) => {
    const all = rows()
    const from = all.indexOf(document.activeElement)
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: all.length - 1 }[event.key]
    if (from < 0 || all[to] === undefined) return
    event.preventDefault()
    all[to].focus()
  })
  pane.addEventListener("focusin", (event) => { if (event.target.matches(row)) settle(event.target) })
  const settle = (stop) => { for (const one of rows()) one.tabIndex = one === stop ? 0 : -1 }
  return (preferred) => {
    const held = rows().includes(document.activeElement) ? document.activeElement : undefined
    settle(held || (preferred && pane.querySelector(preferred)) || pane.querySelector(row))
  }
}
const safe = (url) => /^https?:/i.test(url || "") || (url || "").startsWith("/_simulator/") ? url : undefined
const link = (url, ...children) => safe(url) ? h("a", { href: url, target: "_blank", rel: "noreferrer" }, ...children) : h("span", {}, ...children)
const picture = (url, name) => safe(url) ? h(name || "img", { src: url, alt: "", onerror: (event) => event.target.hidden = true }) : undefined
const mediaUrl = (id) => "/_simulator/media/" + encodeURIComponent(id)
const clock = (at) => new Date(at).toLocaleTimeString(undefined, { hour12: false })
const pretty = (text) => {
  try { return JSON.stringify(JSON.parse(text), null, 2) } catch {}
  const root = text.startsWith("<xml>") ? new DOMParser().parseFromString(text, "text/xml").documentElement : undefined
  return root && root.tagName === "xml" && !root.querySelector("parsererror") ? elements(root, "").join("\\n") : text
}
/** One element a line, whether its text was CDATA or not. */
const elements = (element, indent) => element.children.length === 0
  ? [indent + "<" + element.tagName + ">" + element.textContent + "</" + element.tagName + ">"]
  : [indent + "<" + element.tagName + ">", ...[...element.children].flatMap((child) => elements(child, indent + "  ")), indent + "</" + element.tagName + ">"]
const colours = ["#3b7ddd", "#2a9d8f", "#c8762c", "#8a5cc7", "#c2506f", "#4f7f3a", "#5a6b80"]
const face = (name) => h(".face", { style: "background:" + colours[[...name].reduce((sum, c) => sum + c.codePointAt(0), 0) % colours.length] }, [...name][0] || "?")

let sayTimer
const say = (message) => {
  $("say").textContent = message
  $("say").hidden = false
  clearTimeout(sayTimer)
  sayTimer = setTimeout(() => { $("say").hidden = true }, 4000)
}
const ask = async (path, body) => {
  const response = await fetch("/_simulator/api/" + path, body && {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body)
  })
  if (response.status === 204) return {}
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.problem || answer.message || response.statusText)
  return answer
}

const send = async (method, path, body) => {
  const response = await fetch("/_simulator/api/" + path, { method, ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }) })
  const text = await response.text()
  const answer = text === "" ? {} : JSON.parse(text)
  if (!response.ok) throw new Error(answer.message || answer.errmsg || response.statusText)
  return answer
}

// ------------------------------------------------------------------------------------------------ state
const at = { corp: "", agent: "", userid: "", robot: "", kind: "text" }
let state = { corps: [], talk: [], journal: [], faults: [], now: 0 }
const seen = {}
const changed = (pane, value) => {
  const text = JSON.stringify(value)
  if (seen[pane] === text) return false
  seen[pane] = text
  return true
}
const corpNow = () => state.corps.find((corp) => corp.id === at.corp) || state.corps[0]
const appNow = () => { const corp = corpNow(); return corp && !botNow() && (corp.apps.find((app) => String(app.agentId) === at.agent) || corp.apps[0]) }
const botNow = () => { const corp = corpNow(); return corp && corp.smartRobots.find((bot) => "bot:" + bot.id === at.agent) }
const memberNow = () => { const corp = corpNow(); return corp && corp.shown }

/** How many entries of the journal are shown. */
let entries = 200
let polling = false
const poll = async () => {
  if (polling) return
  polling = true
  try {
    const params = new URLSearchParams({ corp: at.corp, userid: at.userid, find: $("find").value, filter: $("filter").value, entries })
    if (at.robot !== "") params.set("robot", at.robot)
    state = await ask("now?" + params)
    const corp = corpNow()
    if (corp && !at.corp) {
      at.corp = corp.id
      const first = corp.apps.find((app) => app.callback) || corp.apps[0]
      at.agent = first ? String(first.agentId) : ""
    }
    if (corp && at.robot === "" && at.userid === "" && corp.members.length) {
      at.userid = corp.members[0].userid
      polling = false
      return poll()
    }
    draw()
  } catch (error) {
    say(t("The simulator does not answer|模拟器没有响应"))
  } finally {
    polling = false
  }
}

const draw = () => {
  const corp = corpNow()
  if (changed("head", [state.corps.map((corp) => [corp.id, corp.name, corp.apps.map((app) => [app.agentId, app.name, app.callback]), corp.smartRobots]), at])) drawHead(corp)
  drawToken()
  if (changed("people", [corp, at.userid, at.robot])) drawPeople(corp)
  if (changed("talk", [state.talk, at])) drawTalk()
  if (changed("journal", [state.journal, state.total])) drawLog()
  if (changed("faults", state.faults)) drawFaults()
}

// ------------------------------------------------------------------------------------------------ header
/** A name and the id beside it, where a name was given. */
const named = (name, id) => id === undefined || name === String(id) ? name : name + " " + id

const drawHead = (corp) => {
  $("corp").replaceChildren(...state.corps.map((one) => h("option", { value: one.id, selected: corp && one.id === corp.id }, named(one.name, one.id))))
  $("app").replaceChildren(
    ...(corp ? corp.apps : []).map((app) => h("option", { value: String(app.agentId), selected: String(app.agentId) === at.agent }, named(app.name, app.agentId))),
    ...(corp ? corp.smartRobots : []).map((bot) => h("option", { value: "bot:" + bot.id, selected: "bot:" + bot.id === at.agent }, bot.name + " " + t("(smart robot)|（智能机器人）"))))
  const app = botNow() || appNow()
  $("verify").disabled = !(app && app.callback) || Boolean(botNow())
  for (const button of document.querySelectorAll("#write .tools button")) button.hidden = Boolean(botNow()) && !["text", "enter"].includes(button.dataset.kind)
  $("target").textContent = app && app.callback
    ? t("calls back |回调 ") + app.callback
    : t("this app has no callback URL: nobody hears what members say|该应用未配置回调地址：成员的消息无人接收")
}
const drawToken = () => {
  const app = appNow()
  const left = app && app.tokenEndsAt ? Math.max(0, Math.round((app.tokenEndsAt - state.now) / 1000)) : undefined
  $("token").textContent = left === undefined
    ? t("no token|尚无令牌")
    : t("token for |令牌剩余 ") + Math.floor(left / 3600) + ":" + String(Math.floor(left / 60) % 60).padStart(2, "0") + ":" + String(left % 60).padStart(2, "0")
  $("expire").disabled = left === undefined
}
$("corp").onchange = () => { at.corp = $("corp").value; at.userid = ""; at.robot = ""; at.agent = ""; poll() }
$("app").onchange = () => { at.agent = $("app").value; draw() }
const which = () => { const app = appNow(); return { corpId: corpNow().id, ...(app.agentId === undefined ? {} : { agentId: app.agentId }) } }
$("expire").onclick = () => ask("control", { control: "expireTokens", ...which() }).then(() => { say(t("The next call with it gets 42001|下次使用该令牌将返回 42001")); poll() }, (error) => say(error.message))
$("verify").onclick = () => ask("control", { control: "verifyUrl", ...which() }).then(() => say(t("The URL answers as it should|回调地址校验通过")), (error) => say(error.message))

// ------------------------------------------------------------------------------------------------ members
const settlePeople = walkable($("people"), "button")
const drawPeople = (corp) => {
  if (!corp) return
  const row = (key, current, name, choose, about, count, title) => h("button", {
    "data-key": key, "aria-current": current ? "true" : "false", onclick: () => { choose(); poll() }
  }, face(name), h(".who", {}, about), h("span.count", { title }, count || ""))
  show($("people"), [
    h("h2", {}, t("Members|成员")),
    ...corp.members.map((member) => row("member " + member.userid, at.robot === "" && member.userid === at.userid, member.name,
      () => { at.userid = member.userid; at.robot = "" },
      [h("div", {}, member.name + " ", h("small", {}, member.userid)), h("div", {}, h("small", {}, member.departments.join(" · ")))],
      member.received, t("messages received|收到的消息数"))),
    ...(corp.found > corp.members.length ? [h("small.more", {}, t("The first |前 ") + corp.members.length + t(" of | / ") + corp.found)] : []),
    ...(corp.robots.length ? [h("h2", {}, t("Group robots|群机器人"))] : []),
    ...corp.robots.map((robot) => row("robot " + robot.index, at.robot === String(robot.index), robot.name,
      () => { at.robot = String(robot.index); at.userid = "" },
      h("div", {}, robot.name), robot.said, t("messages sent|发送的消息数")))
  ])
  settlePeople("[aria-current=true]")
}
$("find").oninput = () => poll()

// ------------------------------------------------------------------------------------------------ conversation
const picked = new Map()
/** Whether the newest is in sight: it stays so, whatever comes or changes its size. */
let atEnd = true
const showEnd = () => { if (atEnd) $("talk").scrollTop = $("talk").scrollHeight }
$("talk").onscroll = () => { const pane = $("talk"); atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 80 }
new ResizeObserver(showEnd).observe($("talk"))
for (const event of ["load", "error"]) $("talk").addEventListener(event, showEnd, true)
const drawTalk = () => {
  const pane = $("talk")
  if (changed("talker", [at.corp, at.userid, at.robot])) atEnd = true
  const corp = corpNow()
  const member = memberNow()
  $("write").hidden = at.robot !== ""
  if (!state.talk.length) {
    show(pane, [h(".none", {}, at.robot !== ""
      ? t("This robot has said nothing yet.|该机器人还没有发言。")
      : t("Nothing was said yet. Send a message to this member, or write one below.|还没有消息。向该成员发送应用消息，或在下方发言。"))])
    return
  }
  let last = 0
  const turns = state.talk.flatMap((turn) => {
    const app = corp.apps.find((app) => app.agentId === turn.agentId)
    const robot = at.robot !== "" && corp.robots.find((robot) => String(robot.index) === at.robot)
    const bot = corp.smartRobots.find((bot) => bot.id === turn.botId)
    const name = turn.side === "member" ? member ? member.name : "" : robot ? robot.name : bot ? bot.name : app ? app.name : String(turn.agentId)
    const when = turn.at - last > 60000 ? [h(".when", {}, clock(turn.at))] : []
    last = turn.at
    return [...when, h(".turn." + turn.side, { "data-key": turn.side + (turn.msgid || turn.at) }, face(name), h(".side", {},
      turn.side === "app" && (corp.apps.length + corp.smartRobots.length > 1 || turn.chatid) ? h("div", {}, h("small", {}, name + (turn.chatid ? " · " + t("group chat |群聊 ") + turn.chatid : ""))) : undefined,
      turn.side === "app" ? received(turn) : h(".bubble", {}, acted(turn)),
      turn.side === "member" ? outcome(turn) : undefined
    ))]
  })
  for (const turn of turns) {
    for (const [index, one] of turn.querySelectorAll("button, select, input, summary, a").entries()) one.dataset.key = turn.dataset.key + " " + index
  }
  show(pane, turns)
  showEnd()
}

const outcome = (turn) => {
  const value = turn.outcome
  if (value === undefined) return h(".outcome", {}, t("calling back…|回调中…"))
  if (value === "acknowledged") return h(".outcome", {}, t("acknowledged|已确认"))
  if (/^[a-z_]+$/.test(value)) return h(".outcome", {}, t("replied with |被动回复 ") + value)
  return h(".outcome.bad", {}, value)
}

const acted = ({ content, key }) => {
  switch (key) {
    case "text": case "bot:text": return content.Content
    case "bot:event/enter_chat": return t("[opened the chat]|［进入会话］")
    case "image": return h("img", { src: mediaUrl(content.MediaId), alt: t("picture|图片") })
    case "voice": return t("[voice] |［语音］") + content.Format
    case "video": return t("[video]|［视频］")
    case "location": return t("[place] |［位置］") + content.Label + " " + content.Location_X + ", " + content.Location_Y
    case "link": return [h("div", {}, link(content.Url, content.Title)), h("small", {}, content.Description)]
    case "event/enter_agent": return t("[opened the app]|［进入应用］")
    case "event/click": return t("[menu] |［菜单］") + content.EventKey
    case "event/view": return t("[menu] |［菜单］") + content.EventKey
    case "event/template_card_menu_event": return t("[menu of a card] |［卡片菜单］") + content.EventKey
    case "event/template_card_event": case "bot:event/template_card_event": return [t("[pressed] |［点击卡片］") + content.EventKey,
      ...content.SelectedItems.map((item) => h("div", {}, h("small", {}, item.QuestionKey + ": " + item.OptionIds.join(", "))))]
    default: return key + " " + JSON.stringify(content)
  }
}

/** Links of the one kind that texts may hold. */
const linked = (text) => {
  const parts = []
  const pattern = /<a\\s+href=["']([^"']*)["'][^>]*>(.*?)<\\/a>/gi
  let from = 0
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(from, match.index), link(match[1], match[2]))
    from = match.index + match[0].length
  }
  return [...parts, text.slice(from)]
}
const plain = (text) => (text || "").replace(/<br\\s*\\/?>/gi, "\\n").replace(/<\\/div>/gi, "\\n").replace(/<[^>]*>/g, "").trim()

/** As much of markdown as makes a message readable. */
const inline = (text) => {
  const parts = []
  const pattern = /\\*\\*(.+?)\\*\\*|\\[([^\\]]+)\\]\\(([^)]+)\\)|<font color=["'](\\w+)["']>(.*?)<\\/font>|<@([^>]+)>/g
  let from = 0
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(from, match.index))
    if (match[1] !== undefined) parts.push(h("b", {}, match[1]))
    else if (match[2] !== undefined) parts.push(link(match[3], match[2]))
    else if (match[4] !== undefined) parts.push(h("span", { style: "color:var(--" + ({ info: "ok", warning: "note", comment: "soft" }[match[4]] || "text") + ")" }, match[5]))
    else parts.push(h("b", {}, "@" + match[6]))
    from = match.index + match[0].length
  }
  return [...parts, text.slice(from)]
}
const markdown = (text) => text.split("\\n").map((line) => {
  const heading = /^#{1,6}\\s+(.*)/.exec(line)
  if (heading) return h("div", {}, h("b", {}, inline(heading[1])))
  if (line.startsWith(">")) return h(".quote", { style: "border-left:3px solid var(--line);padding-left:8px" }, inline(line.replace(/^>\\s?/, "")))
  return h("div", {}, line === "" ? "\\u00a0" : inline(line))
})

const articles = (list) => h(".bubble.flat", { style: "width:340px" }, list.map((article) => h(".article", {},
  picture(article.picurl || (article.thumb_media_id && mediaUrl(article.thumb_media_id))),
  h("div", {}, h("div", {}, link(article.url || article.content_source_url, article.title)), h("small", {}, plain(article.description || article.digest || ""))))))

const received = (turn) => {
  const content = turn.content
  const wrap = (...children) => h(".bubble" + (turn.recalled ? ".recalled" : ""), {}, ...children)
  switch (turn.msgtype) {
    case "text": return wrap(linked(content.content))
    case "markdown": case "markdown_v2": return wrap(markdown(content.content))
    case "stream": return wrap(markdown(content.content || ""), content.finish ? undefined : h("small", {}, "…"))
    case "image": return wrap(h("img", { src: content.base64 ? "data:image/png;base64," + content.base64 : mediaUrl(content.media_id), alt: t("picture|图片") }))
    case "voice": return wrap(t("[voice] |［语音］"), link(mediaUrl(content.media_id), content.media_id))
    case "video": return wrap(h("div", {}, content.title || t("[video]|［视频］")), link(mediaUrl(content.media_id), content.media_id), h("div", {}, h("small", {}, content.description || "")))
    case "file": return wrap(t("[file] |［文件］"), link(mediaUrl(content.media_id), content.media_id))
    case "textcard": return h(".bubble.flat", {}, h(".card", {}, h("h3", {}, content.title), h("div", { style: "white-space:pre-wrap" }, plain(content.description)), h(".links", {}, link(content.url, content.btntxt || "详情"))))
    case "news": case "mpnews": return articles(content.articles || [])
    case "template_card": return h(".bubble.flat" + (turn.recalled ? ".recalled" : ""), {}, card(turn))
    case "miniprogram_notice": return h(".bubble.flat", {}, h(".card", {}, h("h3", {}, content.title), content.description && h("small", {}, content.description), pairs((content.content_item || []).map((item) => [item.key, item.value]))))
    case "taskcard": case "interactive_taskcard": return h(".bubble.flat", {}, h(".card", {}, h("h3", {}, content.title), h("div", {}, plain(content.description)),
      h(".buttons", {}, content.replace_text ? h("button", { disabled: true }, content.replace_text) : (content.btn || []).map((button) => h("button", { disabled: true }, button.name)))))
    default: return wrap(h("b", {}, turn.msgtype), h("pre", {}, JSON.stringify(content, null, 2)))
  }
}
const pairs = (list) => list.length ? h("dl", {}, list.map(([key, value]) => [h("dt", {}, key), h("dd", {}, value)])) : undefined

const card = (turn) => {
  const c = turn.content
  const frozen = c.replace_text !== undefined || turn.recalled || at.robot !== ""
  const choices = picked.get(turn.msgid + c.card_type) || {}
  picked.set(turn.msgid + c.card_type, choices)
  const preset = (question) => question.selected_id !== undefined
    ? [question.selected_id]
    : question.option_list.some((option) => option.is_checked !== undefined)
      ? question.option_list.filter((option) => option.is_checked).map((option) => option.id)
      : question.option_list.slice(0, 1).map((option) => option.id)
  const value = (question) => choices[question.question_key] || preset(question)
  const dropdown = (question) => h("label", {}, h("span.soft", {}, question.title || ""), h("select", {
    disabled: frozen || question.disable === true,
    onchange: (event) => { choices[question.question_key] = [event.target.value] }
  }, question.option_list.map((option) => h("option", { value: option.id, selected: value(question)[0] === option.id }, option.text))))
  const boxes = (question) => h("fieldset", { disabled: frozen || question.disable === true }, question.option_list.map((option) => h("label", {}, h("input", {
    type: question.mode === 1 ? "checkbox" : "radio", name: turn.msgid + question.question_key, checked: value(question).includes(option.id),
    onchange: (event) => {
      const others = question.mode === 1 ? value(question).filter((id) => id !== option.id) : []
      choices[question.question_key] = event.target.checked ? [...others, option.id] : others
    }
  }), option.text)))
  const press = (key) => async () => {
    const questions = [c.button_selection, c.checkbox, ...(c.select_list || [])].filter(Boolean)
    await act({ act: "press", key, card: turn.msgid, ...(turn.botId === undefined ? {} : { botId: turn.botId }), selected: Object.fromEntries(questions.map((question) => [question.question_key, value(question)])) })
  }
  const button = (one) => one.type === 1
    ? h("button", { onclick: () => { if (safe(one.url)) open(one.url, "_blank", "noreferrer") } }, one.text + " ↗")
    : h("button.style" + (one.style || 1), { disabled: frozen, onclick: press(one.key) }, one.text)
  const menu = c.action_menu && at.robot === "" && turn.botId === undefined && !turn.recalled && h("details.menu", {},
    h("summary", { "aria-label": t("menu of the card|卡片菜单"), title: c.action_menu.desc || "" }, "⋯"),
    h("div", {}, c.action_menu.action_list.map((entry) => h("button", { onclick: () => act({ act: "menu", key: entry.key, card: turn.msgid }) }, entry.text))))
  const buttons = c.button_list || (c.submit_button ? [c.submit_button] : [])
  return h(".card", {},
    menu,
    c.source && h(".source", {}, picture(c.source.icon_url), c.source.desc || ""),
    c.main_title && h("div", {}, h("h3", {}, c.main_title.title || ""), c.main_title.desc && h("div.soft", {}, c.main_title.desc)),
    c.emphasis_content && h("div", {}, h(".big", {}, c.emphasis_content.title || ""), h("div.soft", { style: "text-align:center" }, c.emphasis_content.desc || "")),
    c.quote_area && h(".quote", {}, h("div", {}, link(c.quote_area.url, c.quote_area.title || "")), c.quote_area.quote_text || ""),
    c.card_image && picture(c.card_image.url, "img.wide"),
    c.image_text_area && h(".article", { style: "padding:0;border:0" }, picture(c.image_text_area.image_url), h("div", {}, link(c.image_text_area.url, c.image_text_area.title || ""), h("div.soft", {}, c.image_text_area.desc || ""))),
    c.sub_title_text && h("div", {}, c.sub_title_text),
    (c.vertical_content_list || []).map((item) => h("div", {}, h("b", {}, item.title), h("div.soft", {}, item.desc || ""))),
    pairs((c.horizontal_content_list || []).map((row) => [row.keyname, row.type === 1 ? link(row.url, row.value || row.url) : row.type === 2 ? link(mediaUrl(row.media_id), row.value || row.media_id) : row.value || row.userid || ""])),
    c.button_selection && dropdown(c.button_selection),
    c.checkbox && boxes(c.checkbox),
    (c.select_list || []).map(dropdown),
    buttons.length > 0 && h(".buttons" + (buttons.length > 2 ? ".many" : ""), {},
      c.replace_text !== undefined ? h("button", { disabled: true }, c.replace_text) : buttons.map(button)),
    (c.jump_list || (c.card_action && c.card_action.url)) && h(".links", {},
      (c.jump_list || []).map((jump) => link(jump.url, jump.title + (jump.appid ? " (" + jump.appid + ")" : ""))),
      c.card_action && c.card_action.url && h("small", {}, link(c.card_action.url, t("opens |打开 ") + c.card_action.url)))
  )
}

// ------------------------------------------------------------------------------------------------ writing
const act = async (what) => {
  const app = appNow()
  const bot = botNow()
  const to = what.act === "press" || what.act === "menu" ? {} : bot ? { botId: bot.id } : app.agentId === undefined ? {} : { agentId: app.agentId }
  try {
    const promise = ask("act", { corp: corpNow().id, userid: at.userid, ...to, ...what })
    setTimeout(poll, 60)
    const delivery = await promise
    if (delivery.problem) say(delivery.problem)
  } catch (error) {
    say(error.message)
  }
  poll()
}
const field = (id, label, props) => h("input", { id: "w_" + id, placeholder: t(label), "aria-label": t(label), ...props })
const labelled = (id, label, props) => h("label", {}, h("small", {}, t(label)), h("input", { id: "w_" + id, ...props }))
const submit = () => h("button.main", { type: "submit" }, t("Send|发送"))
const kinds = {
  text: () => [field("content", "Write as this member|以该成员身份发言", { required: true, autocomplete: "off" }), submit()],
  image: () => [field("file", "File|文件", { type: "file", accept: "image/*", required: true }), submit()],
  voice: () => [field("file", "File|文件", { type: "file", required: true }), submit()],
  video: () => [field("file", "File|文件", { type: "file", accept: "video/*", required: true }), submit()],
  location: () => [labelled("label", "Name|名称", {}), labelled("latitude", "Latitude|纬度", { type: "number", step: "any", required: true, value: "23.134" }), labelled("longitude", "Longitude|经度", { type: "number", step: "any", required: true, value: "113.358" }), submit()],
  link: () => [field("title", "Title|标题", { required: true }), field("description", "Description|描述", {}), field("url", "URL", { type: "url", required: true }), submit()],
  click: () => [field("key", "Key of the menu button|菜单按钮的 key", { required: true }), submit()],
  enter: () => [h("span.soft", {}, t("The app gets enter_agent.|应用将收到 enter_agent 事件。")), submit()]
}
const choose = (kind) => {
  at.kind = kind
  $("fields").replaceChildren(...kinds[kind]())
  for (const button of document.querySelectorAll("#write .tools button")) button.className = button.dataset.kind === kind ? "main" : ""
}
for (const button of document.querySelectorAll("#write .tools button")) button.onclick = () => {
  choose(button.dataset.kind)
  const first = $("fields").querySelector("input")
  if (first) first.focus()
}
const base64 = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader()
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1))
  reader.onerror = () => reject(reader.error)
  reader.readAsDataURL(file)
})
$("write").onsubmit = async (event) => {
  event.preventDefault()
  const value = (id) => $("w_" + id).value
  switch (at.kind) {
    case "image": case "voice": case "video": {
      const file = $("w_file").files[0]
      await act({ act: at.kind, filename: file.name, contentType: file.type || "application/octet-stream", bytes: await base64(file) })
      break
    }
    case "text": { const content = value("content"); $("w_content").value = ""; await act({ act: "text", content }); break }
    case "location": await act({ act: "location", label: value("label"), latitude: Number(value("latitude")), longitude: Number(value("longitude")) }); break
    case "link": await act({ act: "link", title: value("title"), description: value("description"), url: value("url") }); break
    case "click": await act({ act: "click", key: value("key") }); break
    case "enter": await act({ act: "enter" }); break
  }
}

// ------------------------------------------------------------------------------------------------ journal
const openEntries = new Set()
/** The details of open entries, as last shown. */
const details = new Map()
const settleLog = walkable($("log"), ".entry > button")
const drawLog = () => {
  const filtered = $("filter").value.trim() !== ""
  const log = $("log")
  const height = log.scrollHeight
  const rows = state.journal.toReversed().map((entry) => {
    const bad = entry.errcode || (entry.status !== undefined && entry.status >= 400)
    const result = entry.status === undefined
      ? h("span.tag.note", {}, entry.duration === undefined ? t("waiting|等待") : t("no answer|无响应"))
      : h("span.tag." + (bad ? "bad" : "ok"), {}, entry.errcode ? String(entry.errcode) : entry.status === 200 ? "ok" : "HTTP " + entry.status)
    const row = h(".entry." + entry.kind, {}, h("button", { "data-key": "entry " + entry.id, "aria-expanded": openEntries.has(entry.id) ? "true" : "false", onclick: () => toggle(entry.id, row) },
      h("span.soft", {}, clock(entry.at)),
      h("span.path", { title: entry.path }, entry.kind === "callback" ? "→ " + entry.query.event : entry.method + " " + entry.path.replace("/cgi-bin", "")),
      result,
      entry.about && entry.kind === "call" && h("span.sub", {}, entry.about),
      entry.label && h("span.sub", {}, entry.label),
      h("span.sub", {}, [
        entry.kind === "callback" ? entry.path : undefined,
        entry.agentId === undefined ? undefined : t("app |应用 ") + entry.agentId,
        entry.duration === undefined ? undefined : entry.duration + " ms",
        entry.fault === undefined ? undefined : t("fault |故障 ") + entry.fault
      ].filter(Boolean).join(" · ")),
      entry.warnings.map((warning) => h("span.sub.note", {}, t("overlooked: |已忽略：") + warning))))
    if (openEntries.has(entry.id)) {
      row.append(...details.has(entry.id) ? [details.get(entry.id)] : [])
      detail(entry.id, row)
    }
    return row
  })
  const more = () => { entries = Math.min(entries * 2, 2000); poll() }
  show(log, rows.length > 0
    ? [...rows, state.total > rows.length ? h(".none", {}, t("The last |最近 ") + rows.length + t(" of | / ") + state.total + " ",
      entries < 2000 ? h("button", { "data-key": "more", onclick: more }, t("More|更多")) : "") : ""]
    : [h(".none", {}, filtered ? t("Nothing fits the filter.|没有符合筛选的记录。") : t("No request has come yet.|还没有请求。"))])
  settleLog()
  // What is being read stays where it is, though new entries come above it.
  if (log.scrollTop > 0) log.scrollTop += log.scrollHeight - height
}
const toggle = (id, row) => {
  if (openEntries.delete(id)) { details.delete(id); const shown = row.querySelector(".detail"); if (shown) shown.remove() }
  else { openEntries.add(id); detail(id, row) }
  row.firstChild.setAttribute("aria-expanded", String(openEntries.has(id)))
}
const detail = async (id, row) => {
  try {
    const entry = await ask("journal/" + id)
    if (!openEntries.has(id)) return
    const old = row.querySelector(".detail")
    const part = (title, text) => text ? [h("small", {}, title), h("pre", {}, pretty(text))] : []
    const query = Object.entries(entry.query)
    const next = h(".detail", {},
      ...part(t("Query|查询参数"), query.length ? query.map(([name, value]) => name + "=" + value).join("\\n") : ""),
      ...part(t("Request|请求"), entry.body), ...part(t("Answer|应答"), entry.answer),
      entry.kind === "call" ? h("button", { "data-key": "curl " + id, onclick: () => copy(curlOf(entry)) }, t("Copy as curl|复制为 curl")) : undefined)
    details.set(id, next)
    if (old) old.replaceWith(next)
    else row.append(next)
  } catch { openEntries.delete(id); details.delete(id) }
}
/** The call again; what the journal hides stands for itself. */
const curlOf = ({ body, method, path, query }) => {
  // In single quotes, whatever was sent: a shell runs nothing of it.
  const escaped = "'" + String.fromCharCode(92) + "''"
  const quoted = (text) => "'" + text.replaceAll("'", escaped) + "'"
  const word = (text) => encodeURIComponent(text).replaceAll("'", "%27")
  const value = (name, text) => text === "<redacted>" ? "'" + '"$' + name.toUpperCase().replaceAll(/[^A-Z_]/g, "") + '"' + "'" : word(text)
  const url = Object.entries(query).map(([name, text], index) => (index === 0 ? "?" : "&") + word(name) + "=" + value(name, text)).join("")
  return "curl " + quoted(location.origin + path).slice(0, -1) + url + "'" + (method === "GET" ? "" : " --json " + quoted(body))
}
const copy = async (text) => {
  try { await navigator.clipboard.writeText(text); say(t("Copied|已复制")) } catch { say(text) }
}
$("filter").oninput = () => { entries = 200; poll() }
$("clear").onclick = () => ask("control", { control: "clearJournal" }).then(poll)

// ------------------------------------------------------------------------------------------------ faults
const drawFaults = () => {
  $("faultsOpen").textContent = t("Faults|故障注入") + (state.faults.length ? " (" + state.faults.length + ")" : "")
  $("faultList").replaceChildren(...state.faults.map((one) => h("li", {}, one.fault + " ", h("small", {}, [
    one.endpoint || t("every endpoint|全部接口"),
    one.times === undefined ? t("always|始终") : one.times + " ×",
    one.probability === undefined || one.probability === 1 ? undefined : Math.round(one.probability * 100) + " %"
  ].filter(Boolean).join(" · ")), " ", h("button", { onclick: () => send("DELETE", "faults/" + one.id).then(poll, (error) => say(error.message)) }, t("Remove|移除")))))
}
$("faultsOpen").onclick = () => $("faults").showModal()
$("fault").onchange = () => {
  const usual = { errcode: "45009", status: "502", stall: "3" }[$("fault").value]
  $("faultValue").disabled = usual === undefined
  $("faultValue").value = usual || ""
}
$("faultAdd").onclick = () => {
  const number = (id) => $(id).value === "" ? undefined : Number($(id).value)
  ask("control", { control: "inject", fault: $("fault").value, value: $("faultValue").disabled ? undefined : number("faultValue"),
    endpoint: $("faultEndpoint").value || undefined, times: number("faultTimes"), probability: number("faultShare") }).then(poll, (error) => say(error.message))
}
$("faultsClear").onclick = () => ask("control", { control: "clearFaults" }).then(poll)

// ------------------------------------------------------------------------------------------------ people who act
/** Forms for all that the control API can do, made of its description. */
let operations = []
let definitions = {}
const resolved = (schema) => schema && schema.$ref ? definitions[schema.$ref.split("/").at(-1)] : schema || {}
const openPeople = async () => {
  if (operations.length === 0) {
    const description = await (await fetch("/_simulator/openapi.json")).json()
    definitions = description.components.schemas
    operations = Object.entries(description.paths).flatMap(([path, methods]) => Object.entries(methods).flatMap(([method, operation]) =>
      method === "get" || path.endsWith("/await") ? [] : [{ path: path.replace("/_simulator/api/", ""), method: method.toUpperCase(), group: operation.tags[0],
        params: (operation.parameters || []).filter((one) => one.in === "path").map((one) => one.name),
        body: operation.requestBody && resolved(operation.requestBody.content["application/json"].schema) }]))
    const groups = Map.groupBy(operations, (one) => one.group)
    $("operation").replaceChildren(...[...groups].map(([group, all]) => h("optgroup", { label: group }, all.map((one) =>
      h("option", { value: String(operations.indexOf(one)) }, one.method === "DELETE" ? "DELETE " + one.path : one.path)))))
  }
  drawOperation()
  $("acts").showModal()
}
const operationNow = () => operations[Number($("operation").value)]
const variantsOf = (body) => body ? (body.anyOf || body.oneOf || [body]).map(resolved) : []
const nameOf = (schema) => { const act = resolved((schema.properties || {}).act); return act.const ?? (act.enum || []).join(", ") }
const drawOperation = () => {
  const { body } = operationNow()
  const all = variantsOf(body)
  $("variant").hidden = all.length < 2
  $("variant").replaceChildren(...all.map((one, index) => h("option", { value: String(index) }, nameOf(one))))
  drawInputs()
}
const drawInputs = () => {
  const { body, params } = operationNow()
  const variant = variantsOf(body)[Number($("variant").value) || 0] || { properties: {} }
  const fields = [...params.map((name) => [name, { type: "string" }, true]),
    ...Object.entries(variant.properties || {}).map(([name, schema]) => [name, schema, (variant.required || []).includes(name)])]
  $("inputs").replaceChildren(...fields.flatMap(([name, raw, needed]) => {
    const schema = resolved((raw.anyOf || []).find((one) => one.type !== "null") || raw)
    const options = schema.enum || (schema.const === undefined ? undefined : [schema.const])
    const id = "input " + name
    const input = options ? h("select", { id }, ...(needed ? [] : [h("option", { value: "" }, "")]), options.map((one) => h("option", { value: one }, String(one))))
      : schema.type === "boolean" ? h("select", { id }, ["", "true", "false"].map((one) => h("option", { value: one }, one)))
      : h("input", { id, required: needed, placeholder: schema.description || (schema.type === "string" ? "" : schema.type || "JSON") })
    if (name === "userid" && at.userid) input.value = at.userid
    input.dataset.name = name
    input.dataset.kind = schema.type || "json"
    return [h("label", { htmlFor: id }, name + (needed ? " *" : "")), input]
  }))
}
const valueOf = (text, kind) => kind === "string" ? text : kind === "boolean" ? text === "true" : kind === "integer" || kind === "number" ? Number(text)
  : kind === "array" && !text.trim().startsWith("[") ? text.split(/[,，]/).map((one) => one.trim()).filter(Boolean) : JSON.parse(text)
const perform = async () => {
  try {
    const { body, method, params, path } = operationNow()
    const values = Object.fromEntries([...$("inputs").querySelectorAll("[data-name]")].filter((input) => input.value !== "").map((input) => [input.dataset.name, valueOf(input.value, input.dataset.kind)]))
    const target = params.reduce((path, name) => path.replace("{" + name + "}", encodeURIComponent(values[name] ?? "")), path)
    for (const name of params) if (!(body && variantsOf(body).some((one) => name in (one.properties || {})))) delete values[name]
    $("acted").textContent = JSON.stringify(await send(method, target, body ? values : undefined), null, 2)
  } catch (error) {
    $("acted").textContent = error.message
  }
  poll()
}
$("actsOpen").onclick = () => openPeople().catch((error) => say(error.message))
$("operation").onchange = () => drawOperation()
$("variant").onchange = () => drawInputs()
$("actsForm").onsubmit = (event) => { event.preventDefault(); perform() }
$("actsClose").onclick = () => $("acts").close()

choose("text")
poll()
setInterval(() => { if (!document.hidden) poll() }, 1000)
`
