/** What is to go wrong: with pickers for endpoints and errcodes. */
import { useEffect, useState } from "preact/hooks"
import { Close, Dialog } from "./parts.tsx"
import { ask, attempt, catalogue, dialog, faultEndpoint, faults, loadCatalogue } from "./state.ts"
import { t } from "./text.ts"

/** The faults, what they are called, and what their value usually is. */
const kinds: ReadonlyArray<readonly [fault: string, name: string, usual?: string]> = [
  ["errcode", "An errcode|错误码", "45009"],
  ["status", "An HTTP error page|HTTP 错误页", "502"],
  ["truncated", "Truncated JSON|截断的 JSON"],
  ["reset", "Connection reset|连接重置"],
  ["resetDone", "Connection reset after the call|处理后连接重置"],
  ["stall", "Stall, in seconds|停顿（秒）", "3"]
]

export const FaultsDialog = () => (
  <Dialog name="faults" title={t("Faults|故障注入")}>
    <Form />
    <ul>
      {faults.value.map(({ endpoint, fault, id, probability, times }) => (
        <li key={id}>
          {fault}{" "}
          <small>
            {[
              endpoint ?? t("every endpoint|全部接口"),
              times === undefined ? t("always|始终") : `${times} ×`,
              ...(probability === undefined || probability === 1 ? [] : [`${Math.round(probability * 100)} %`])
            ].join(" · ")}
          </small>{" "}
          <button type="button" onClick={() => void attempt(() => ask(`faults/${id}`, undefined, "DELETE"))}>
            {t("Remove|移除")}
          </button>
        </li>
      ))}
    </ul>
  </Dialog>
)

const Form = () => {
  const [fault, setFault] = useState("errcode")
  const [value, setValue] = useState("45009")
  const [times, setTimes] = useState("1")
  const [share, setShare] = useState("1")
  useEffect(() => {
    void attempt(loadCatalogue)
  }, [])
  const usual = kinds.find(([one]) => one === fault)?.[2]
  const label = fault === "errcode"
    ? catalogue.value.errcodes.find(({ code }) => String(code) === value)?.label
    : undefined
  const add = () =>
    attempt(() =>
      ask("faults", {
        fault,
        ...(usual === undefined || value === "" ? {} : { value: Number(value) }),
        ...(faultEndpoint.value.trim() === "" ? {} : { endpoint: faultEndpoint.value.trim() }),
        ...(times === "" ? {} : { times: Number(times) }),
        ...(share === "" ? {} : { probability: Number(share) })
      })
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <label for="fault">{t("What happens|故障")}</label>
      <select
        id="fault"
        value={fault}
        onChange={({ currentTarget }) => {
          setFault(currentTarget.value)
          setValue(kinds.find(([one]) => one === currentTarget.value)?.[2] ?? "")
        }}
      >
        {kinds.map(([one, name]) => <option key={one} value={one}>{t(name)}</option>)}
      </select>
      <label for="faultValue">{t("Value|值")}</label>
      <div>
        <input
          id="faultValue"
          list={fault === "errcode" ? "errcodes" : undefined}
          inputMode="decimal"
          pattern="-?\d+(\.\d+)?"
          disabled={usual === undefined}
          value={value}
          onInput={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <datalist id="errcodes">
          {catalogue.value.errcodes.map(({ code, label }) => <option key={code} value={code}>{code} {label}</option>)}
        </datalist>
        {label === undefined ? null : <small class="line">{label}</small>}
      </div>
      <label for="faultEndpoint">{t("Endpoint|接口")}</label>
      <div>
        <input
          id="faultEndpoint"
          list="endpoints"
          placeholder={t("every endpoint|全部接口")}
          value={faultEndpoint.value}
          onInput={({ currentTarget }) => {
            faultEndpoint.value = currentTarget.value
          }}
        />
        <Endpoints />
        <small class="line">
          {catalogue.value.endpoints.find(({ path }) => path === faultEndpoint.value)?.title}
        </small>
      </div>
      <label for="faultTimes">{t("Times|次数")}</label>
      <input
        id="faultTimes"
        type="number"
        min="1"
        value={times}
        onInput={({ currentTarget }) => setTimes(currentTarget.value)}
      />
      <label for="faultShare">{t("Probability|概率")}</label>
      <input
        id="faultShare"
        type="number"
        min="0"
        max="1"
        step="0.05"
        value={share}
        onInput={({ currentTarget }) => setShare(currentTarget.value)}
      />
      <div class="end">
        <Close />
        <button type="button" onClick={() => void attempt(() => ask("faults", undefined, "DELETE"))}>
          {t("Remove all|清除全部")}
        </button>
        <button class="main">{t("Add|添加")}</button>
      </div>
    </form>
  )
}

/** The endpoints, for inputs to pick from. */
export const Endpoints = () => (
  <datalist id="endpoints">
    {catalogue.value.endpoints.map(({ method, path, title }) => (
      <option key={`${method} ${path}`} value={path}>{method} {path} {title}</option>
    ))}
  </datalist>
)

/** The button that opens it, with how many there are. */
export const FaultsButton = () => (
  <button
    type="button"
    onClick={() => {
      dialog.value = "faults"
    }}
  >
    {t("Faults|故障注入")}
    {faults.value.length === 0 ? "" : ` (${faults.value.length})`}
  </button>
)
