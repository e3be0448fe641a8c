/** The first screen: where the simulator is, with which secrets, and a first message. */
import { useState } from "preact/hooks"
import type { Secrets } from "../View.ts"
import { Close, copy, Dialog } from "./parts.tsx"
import {
  app,
  ask,
  attempt,
  callByHand,
  corp,
  corpId,
  dialog,
  firstMessage,
  items,
  kind,
  prepare,
  say,
  shown
} from "./state.ts"
import { t } from "./text.ts"

/** A line that can be copied. */
const Line = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>
      <code>{value}</code>{" "}
      <button
        type="button"
        class="quiet"
        aria-label={`${t("Copy |复制 ")}${name}`}
        onClick={() => void copy(value, say)}
      >
        {t("copy|复制")}
      </button>
    </dd>
  </>
)

export const Start = ({ compact = false }: { readonly compact?: boolean }) => {
  const [secrets, setSecrets] = useState<Secrets>([])
  const { agentId } = app.value ?? {}
  const secret = secrets.find(([name]) => name === "WECOM_CORP_SECRET")?.[1]
  const curl = `curl '${location.origin}/cgi-bin/gettoken?corpid=${corp.value.id}&corpsecret=${
    secret === undefined ? "'\"$WECOM_CORP_SECRET\"" : `${encodeURIComponent(secret)}'`
  }`
  const first = kind.value === "members" ? shown.value?.id ?? items.value[0]?.id : undefined
  const message = firstMessage(first ?? "zhangsan")
  return (
    <section class={compact ? "start compact" : "start"}>
      <h3>{t("A WeCom on this machine|运行在本机的企业微信")}</h3>
      <p class="soft">
        {t(
          "Use this base URL instead of https://qyapi.weixin.qq.com.|把程序的接口地址从 https://qyapi.weixin.qq.com 换成下面的地址。"
        )}
      </p>
      <dl>
        <Line name="WECOM_BASE_URL" value={location.origin} />
        <Line name="WECOM_CORP_ID" value={corp.value.id} />
        {agentId === undefined ? null : <Line name="WECOM_AGENT_ID" value={String(agentId)} />}
        {secrets.filter(([name]) => !shownAnyway.has(name)).map(([name, value]) => (
          <Line key={name} name={name} value={value} />
        ))}
      </dl>
      {secrets.length === 0
        ? (
          <button
            type="button"
            onClick={() =>
              void attempt(async () => {
                setSecrets(
                  await ask<Secrets>("page/secrets", {
                    corp: corpId.value,
                    ...(agentId === undefined ? {} : { agentId })
                  })
                )
              })}
          >
            {t("Show the secrets|显示密钥")}
          </button>
        )
        : null}
      <pre>{curl}</pre>
      <div class="buttonsRow">
        <button
          type="button"
          class="main"
          onClick={() =>
            void attempt(async () => {
              const { answer, status } = await callByHand(message)
              if (status !== 200 || !answer.includes("\"errcode\":0")) say(answer)
              dialog.value = ""
            })}
        >
          {t("Send the first message|发送第一条消息")}
        </button>
        <button type="button" onClick={() => prepare(message)}>{t("Edit it first|先编辑")}</button>
        {compact ? null : <Close />}
      </div>
    </section>
  )
}

const shownAnyway = new Set(["WECOM_BASE_URL", "WECOM_CORP_ID", "WECOM_AGENT_ID"])

export const StartDialog = () => (
  <Dialog name="start" title={t("Start|开始使用")}>
    <Start />
  </Dialog>
)
