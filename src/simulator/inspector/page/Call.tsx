/** A call by hand: any endpoint, in the name of an app, whose token is added. */
import { useEffect, useState } from "preact/hooks"
import { Endpoints } from "./Faults.tsx"
import { base64, Close, Dialog } from "./parts.tsx"
import { ask, attempt, callByHand, catalogue, corp, corpId, dialog, draft, loadCatalogue, showEntry } from "./state.ts"
import { named, pretty, t } from "./text.ts"

export const CallDialog = () => (
  <Dialog name="call" title={t("Call the API|调用接口")}>
    <Form />
  </Dialog>
)

const Form = () => {
  const first = draft.value
  const [agent, setAgent] = useState(String(first.agentId ?? corp.value.apps[0]?.agentId ?? ""))
  const [method, setMethod] = useState(first.method)
  const [path, setPath] = useState(first.path)
  const [query, setQuery] = useState(new URLSearchParams(first.query).toString())
  const [body, setBody] = useState(first.body)
  const [answer, setAnswer] = useState("")
  const [entry, setEntry] = useState(0)
  useEffect(() => {
    void attempt(loadCatalogue)
  }, [])
  const send = () =>
    attempt(async () => {
      try {
        const called = await callByHand({
          ...(agent === "" ? {} : { agentId: Number(agent) }),
          method,
          path,
          query: Object.fromEntries(new URLSearchParams(query)),
          body
        })
        setAnswer(`HTTP ${called.status}\n${pretty(called.answer)}`)
        setEntry(called.entry)
      } catch (error) {
        setAnswer(error instanceof Error ? error.message : String(error))
      }
    })
  const upload = (file: File) =>
    attempt(async () => {
      const type = /^(image|video)\//.exec(file.type)?.[1] ?? (file.type.startsWith("audio/") ? "voice" : "file")
      const { media_id } = await ask<{ media_id: string }>("page/upload", {
        corp: corpId.value,
        type,
        filename: file.name,
        contentType: file.type,
        bytes: await base64(file)
      })
      setAnswer(`media_id: ${media_id}`)
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label for="callApp">{t("App|应用")}</label>
      <select id="callApp" value={agent} onChange={({ currentTarget }) => setAgent(currentTarget.value)}>
        {corp.value.apps.map(({ agentId, name }) => (
          <option key={agentId} value={String(agentId ?? "")}>{named(name, agentId)}</option>
        ))}
      </select>
      <label for="callPath">{t("Endpoint|接口")}</label>
      <div class="pair">
        <select
          aria-label={t("method|方法")}
          value={method}
          onChange={({ currentTarget }) => setMethod(currentTarget.value === "GET" ? "GET" : "POST")}
        >
          <option>GET</option>
          <option>POST</option>
        </select>
        <input
          id="callPath"
          list="endpoints"
          required
          value={path}
          onInput={({ currentTarget: { value } }) => {
            setPath(value)
            const known = catalogue.value.endpoints.find((endpoint) => endpoint.path === value)
            if (known !== undefined) setMethod(known.method === "GET" ? "GET" : "POST")
          }}
        />
      </div>
      <Endpoints />
      <label for="callQuery">{t("Query|查询参数")}</label>
      <input
        id="callQuery"
        placeholder="id=1"
        value={query}
        onInput={({ currentTarget }) => setQuery(currentTarget.value)}
      />
      {method === "GET" ? null : (
        <>
          <label for="callBody">{t("Body|请求体")}</label>
          <textarea
            id="callBody"
            rows={10}
            spellcheck={false}
            value={body}
            onInput={({ currentTarget }) => setBody(currentTarget.value)}
          />
        </>
      )}
      <label for="callFile">{t("A file for a media_id|上传文件得到 media_id")}</label>
      <input
        id="callFile"
        type="file"
        onChange={({ currentTarget: { files } }) => {
          const file = files?.[0]
          if (file !== undefined) void upload(file)
        }}
      />
      <div class="end">
        <Close />
        {entry === 0 ? null : (
          <button
            type="button"
            onClick={() => {
              dialog.value = ""
              showEntry(entry)
            }}
          >
            {t("Show it on the wire|在日志中查看")}
          </button>
        )}
        <button class="main">{t("Call|调用")}</button>
      </div>
      {answer === "" ? null : <pre class="wide" id="called" aria-live="polite">{answer}</pre>}
    </form>
  )
}
