/** The page that shows the simulator at work: this document and one script, nothing loaded from elsewhere. */
export const page: string = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WeCom simulator</title>
<link rel="icon" href="data:,">
<style>
:root {
  color-scheme: light dark;
  --ground: #eef0f3; --pane: #ffffff; --chat: #f4f5f7; --line: #e1e4e8; --text: #1d2329; --soft: #6b7480;
  --mine: #cfe4ff; --theirs: #ffffff; --accent: #1b6fd6; --accent-text: #ffffff;
  --ok: #1a7f4b; --bad: #c02b2b; --note: #9a6300; --shadow: 0 1px 2px rgba(20, 30, 40, .08);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --pane: #1d2126; --chat: #171a1f; --line: #31373e; --text: #e3e7ec; --soft: #929ca8;
    --mine: #17406e; --theirs: #272c33; --accent: #4b95ea; --accent-text: #08131f;
    --ok: #4cc38a; --bad: #ff7b72; --note: #e0a94a; --shadow: none;
  }
}
* { box-sizing: border-box }
[hidden] { display: none !important }
html, body { height: 100%; margin: 0 }
body {
  display: grid; grid-template: auto minmax(0, 1fr) / 250px minmax(320px, 1fr) minmax(360px, 33vw);
  background: var(--ground); color: var(--text);
  font: 14px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
button, input, select, textarea { font: inherit; color: inherit }
button, select, input, textarea {
  border: 1px solid var(--line); border-radius: 6px; background: var(--pane); padding: 4px 10px; min-width: 0;
}
button { cursor: pointer }
button:hover:not(:disabled) { border-color: var(--accent) }
button:disabled { cursor: default; color: var(--soft) }
button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-text) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
a { color: var(--accent) }
small, .soft { color: var(--soft); font-size: 12px }
code, pre, .mono { font: 12px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace }
header {
  grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 8px 14px;
  background: var(--pane); border-bottom: 1px solid var(--line);
}
header h1 { font-size: 15px; margin: 0 8px 0 0; white-space: nowrap }
header .gap { flex: 1 }
nav, main, aside { display: flex; flex-direction: column; min-height: 0; min-width: 0 }
nav { background: var(--pane); border-right: 1px solid var(--line); overflow-y: auto; padding: 6px }
nav input { width: 100%; margin: 2px 0 0 }
nav small.more { display: block; padding: 4px 8px }
nav h2 { font-size: 12px; font-weight: 600; color: var(--soft); margin: 12px 8px 4px }
nav button { display: flex; gap: 10px; align-items: center; width: 100%; border: 0; background: none; padding: 7px 8px; text-align: left }
nav button:hover { background: var(--chat) }
nav button[aria-current=true] { background: var(--ground) }
nav .who { flex: 1; min-width: 0 }
nav .who div { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.face {
  width: 34px; height: 34px; border-radius: 7px; flex: none; display: grid; place-items: center; color: #fff; font-size: 15px;
}
.count { font-size: 12px; color: var(--soft); font-variant-numeric: tabular-nums }
#talk { flex: 1; overflow-y: auto; padding: 16px 18px; background: var(--chat) }
#talk .none { height: 100%; display: grid; place-items: center; color: var(--soft); text-align: center }
#log .none { padding: 24px 14px; color: var(--soft); text-align: center }
.when { text-align: center; color: var(--soft); font-size: 12px; margin: 10px 0 6px }
.turn { display: flex; gap: 10px; margin: 8px 0; align-items: flex-start }
.turn.member { flex-direction: row-reverse }
.turn .side { max-width: min(420px, 82%); min-width: 0 }
.turn.member .side { text-align: right }
.bubble {
  display: inline-block; text-align: left; background: var(--theirs); border-radius: 8px; padding: 8px 12px; box-shadow: var(--shadow);
  overflow-wrap: anywhere; white-space: pre-wrap; max-width: 100%;
}
.member .bubble { background: var(--mine) }
.bubble img { display: block; max-width: 240px; max-height: 240px; border-radius: 4px }
.bubble.flat { padding: 0; overflow: hidden; white-space: normal }
.bubble.flat:has(.menu) { overflow: visible }
.outcome { font-size: 12px; color: var(--soft); margin-top: 2px }
.outcome.bad { color: var(--bad) }
.recalled { opacity: .5; text-decoration: line-through }
.card { position: relative; width: 340px; max-width: 100%; padding: 12px 14px; display: grid; gap: 8px }
.card > * { min-width: 0 }
.card .menu { position: absolute; top: 8px; right: 8px }
.card .menu summary { list-style: none; cursor: pointer; padding: 0 6px; border-radius: 6px; color: var(--soft) }
.card .menu summary::-webkit-details-marker { display: none }
.card .menu div { position: absolute; right: 0; z-index: 2; display: grid; min-width: 120px; padding: 4px; border: 1px solid var(--line); border-radius: 8px; background: var(--pane) }
.card .menu button { border: 0; background: none; text-align: left; white-space: nowrap }
.card .source { display: flex; gap: 6px; align-items: center; font-size: 12px; color: var(--soft) }
.card .source img { width: 16px; height: 16px }
.card h3 { margin: 0; font-size: 15px }
.card .big { text-align: center; font-size: 26px; line-height: 1.2 }
.card .quote { border-left: 3px solid var(--line); padding: 2px 10px; color: var(--soft); font-size: 13px }
.card dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; margin: 0 }
.card dt { color: var(--soft) }
.card dd { margin: 0; overflow-wrap: anywhere }
.card .wide { width: 100%; max-height: 160px; object-fit: cover; border-radius: 4px; background: var(--chat) }
.card .buttons { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 8px }
.card .buttons.many { grid-auto-flow: row }
.card .style2 { color: var(--bad) } .card .style3 { color: var(--ok) } .card .style4 { color: var(--note) }
.card .links { border-top: 1px solid var(--line); padding-top: 6px; display: grid; gap: 2px }
.card label { display: flex; gap: 8px; align-items: center }
.card fieldset { border: 0; padding: 0; margin: 0; display: grid; gap: 4px }
.card legend { padding: 0; font-size: 13px; color: var(--soft) }
.article { display: flex; gap: 10px; padding: 10px 12px; border-top: 1px solid var(--line) }
.article:first-child { border-top: 0 }
.article img { width: 56px; height: 56px; object-fit: cover; order: 2; border-radius: 4px }
.article div { flex: 1; min-width: 0 }
form#write { background: var(--pane); border-top: 1px solid var(--line); padding: 10px 14px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px }
form#write .tools { display: flex; flex-wrap: wrap; gap: 6px; align-items: center }
form#write .tools button { padding: 2px 10px; font-size: 13px }
form#write .line { display: flex; flex-wrap: wrap; gap: 8px; align-items: end }
form#write .line > * { flex: 1 1 90px }
form#write .line > button { flex: none }
form#write .line label { display: grid }
aside { background: var(--pane); border-left: 1px solid var(--line) }
aside .bar { display: flex; gap: 8px; padding: 8px 10px; border-bottom: 1px solid var(--line) }
aside .bar input { flex: 1 }
#log { overflow-y: auto; flex: 1; font-variant-numeric: tabular-nums }
.entry { border-bottom: 1px solid var(--line) }
.entry > button {
  display: grid; grid-template-columns: 62px minmax(0, 1fr) auto; gap: 2px 8px; width: 100%; border: 0; border-radius: 0;
  background: none; text-align: left; padding: 5px 10px; font-size: 13px;
}
.entry > button:hover { background: var(--chat) }
.entry .path { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.entry .sub { grid-column: 2 / -1; color: var(--soft); font-size: 12px }
.entry.callback .path { color: var(--accent) }
.tag { border-radius: 4px; padding: 0 6px; font-size: 12px; background: var(--chat); white-space: nowrap }
.tag.ok { color: var(--ok) } .tag.bad { color: var(--bad) } .tag.note { color: var(--note) }
.detail { padding: 4px 10px 10px; background: var(--chat) }
.detail pre { margin: 2px 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 320px; overflow-y: auto }
dialog { border: 1px solid var(--line); border-radius: 10px; background: var(--pane); color: var(--text); width: 440px; max-width: 94vw; padding: 16px }
dialog::backdrop { background: rgba(0, 0, 0, .35) }
dialog h2 { margin: 0 0 10px; font-size: 16px }
dialog form { display: grid; grid-template-columns: auto 1fr; gap: 8px 12px; align-items: center }
dialog .end { grid-column: 1 / -1; display: flex; gap: 8px; justify-content: flex-end; margin-top: 4px }
#inputs { grid-column: 1 / -1; display: grid; grid-template-columns: auto 1fr; gap: 8px 12px; align-items: center }
#acts { width: 560px; max-height: 90vh; overflow-y: auto }
#acts select, #inputs input { width: 100% }
#acted { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 240px; overflow-y: auto }
.entry .sub.note { color: var(--note) }
dialog ul { margin: 12px 0 0; padding: 0; list-style: none }
dialog li { border-top: 1px solid var(--line); padding: 4px 0 }
#say { position: fixed; left: 50%; bottom: 24px; translate: -50% 0; background: var(--text); color: var(--pane); padding: 8px 16px; border-radius: 8px; max-width: 90vw; z-index: 9 }
@media (max-width: 1000px) {
  body { grid-template: auto minmax(0, 3fr) minmax(0, 2fr) / 190px minmax(0, 1fr) }
  aside { grid-column: 1 / -1; border-left: 0; border-top: 1px solid var(--line) }
}
@media (max-width: 620px) {
  body { grid-template-columns: 96px minmax(0, 1fr) }
  header { gap: 6px 8px; padding: 8px 10px }
  header h1, header .gap, #token, nav .face, nav small { display: none }
  header select { flex: 1 1 40% }
  header button { flex: 1 1 auto; padding: 4px 6px; font-size: 13px }
  form#write { padding: 8px 10px }
  form#write .tools { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none }
  form#write .tools > * { flex: none }
  #talk { padding: 10px }
}
</style>
</head>
<body>
<header>
  <h1 data-t="WeCom simulator|企业微信模拟器"></h1>
  <select id="corp" aria-label="corp"></select>
  <select id="app" aria-label="app"></select>
  <span id="token" class="soft"></span>
  <button id="expire" data-t="End its token|使令牌失效"></button>
  <button id="verify" data-t="Check its callback URL|校验回调地址"></button>
  <span class="gap"></span>
  <button id="actsOpen" data-t="People|人员操作"></button>
  <button id="faultsOpen"></button>
</header>
<nav aria-label="members">
  <input id="find" type="search" data-placeholder="Find|查找">
  <div id="people"></div>
</nav>
<main>
  <div id="talk" aria-live="polite"></div>
  <form id="write">
    <div class="tools">
      <button type="button" data-kind="text" data-t="Text|文本"></button>
      <button type="button" data-kind="image" data-t="Picture|图片"></button>
      <button type="button" data-kind="voice" data-t="Voice|语音"></button>
      <button type="button" data-kind="video" data-t="Video|视频"></button>
      <button type="button" data-kind="location" data-t="Place|位置"></button>
      <button type="button" data-kind="link" data-t="Link|链接"></button>
      <button type="button" data-kind="click" data-t="Menu key|菜单"></button>
      <button type="button" data-kind="enter" data-t="Open the app|进入应用"></button>
      <small id="target"></small>
    </div>
    <div class="line" id="fields"></div>
  </form>
</main>
<aside aria-label="journal">
  <div class="bar">
    <input id="filter" type="search" data-placeholder="Search: path, errcode, app, bodies|搜索：路径、错误码、应用、请求与应答内容">
    <button id="clear" data-t="Clear|清空"></button>
  </div>
  <div id="log"></div>
</aside>
<dialog id="faults">
  <h2 data-t="Faults|故障注入"></h2>
  <form method="dialog">
    <label for="fault" data-t="What happens|故障"></label>
    <select id="fault">
      <option value="errcode" data-t="An errcode|错误码"></option>
      <option value="status" data-t="An HTTP error page|HTTP 错误页"></option>
      <option value="truncated" data-t="Truncated JSON|截断的 JSON"></option>
      <option value="reset" data-t="Connection reset|连接重置"></option>
      <option value="resetDone" data-t="Connection reset after the call|处理后连接重置"></option>
      <option value="stall" data-t="Stall, in seconds|停顿（秒）"></option>
    </select>
    <label for="faultValue" data-t="Value|值"></label>
    <input id="faultValue" type="number" value="45009" step="any">
    <label for="faultEndpoint" data-t="Endpoint|接口"></label>
    <input id="faultEndpoint" placeholder="/cgi-bin/message/send">
    <label for="faultTimes" data-t="Times|次数"></label>
    <input id="faultTimes" type="number" min="1" value="1">
    <label for="faultShare" data-t="Probability|概率"></label>
    <input id="faultShare" type="number" min="0" max="1" step="0.05" value="1">
    <div class="end">
      <button value="close" data-t="Close|关闭"></button>
      <button type="button" id="faultsClear" data-t="No more faults|清除全部"></button>
      <button type="button" id="faultAdd" class="main" data-t="Add|添加"></button>
    </div>
  </form>
  <ul id="faultList"></ul>
</dialog>
<dialog id="acts">
  <h2 data-t="What people do|人员操作"></h2>
  <form id="actsForm">
    <label for="operation" data-t="What|操作"></label>
    <div><select id="operation"></select> <select id="variant" aria-label="kind"></select></div>
    <div id="inputs"></div>
    <div class="end">
      <button type="button" id="actsClose" data-t="Close|关闭"></button>
      <button id="actsDo" class="main" data-t="Do it|执行"></button>
    </div>
  </form>
  <pre id="acted" aria-live="polite"></pre>
</dialog>
<div id="say" role="status" hidden></div>
<script src="/_simulator/page.js"></script>
</body>
</html>
`
