/** Small pieces that all panes are made of. */
import type { ComponentChildren, TargetedKeyboardEvent } from "preact"
import { useEffect, useLayoutEffect, useRef } from "preact/hooks"
import { dialog } from "./state.ts"
import { t } from "./text.ts"

/** A URL that may be opened; anything that could run is none. */
export const safe = (url: string | undefined): string | undefined =>
  url !== undefined && (/^https?:/i.test(url) || url.startsWith("/_simulator/")) ? url : undefined

/** A link, or plain text where the URL is not one to be opened. */
export const Go = ({ children, url }: { readonly url: string | undefined; readonly children: ComponentChildren }) => {
  const href = safe(url)
  return href === undefined
    ? <span>{children}</span>
    : <a href={href} target="_blank" rel="noreferrer">{children}</a>
}

/** A picture; nothing where the URL is not one to be loaded, or does not load. */
export const Picture = ({ name, url }: { readonly url: string | undefined; readonly name?: string }) =>
  safe(url) === undefined
    ? null
    : (
      <img
        class={name}
        src={safe(url)}
        alt=""
        onError={({ currentTarget }) => {
          currentTarget.hidden = true
        }}
      />
    )

/** Where a file is served. */
export const mediaUrl = (id: string): string => `/_simulator/media/${encodeURIComponent(id)}`

const colours = 7

/** The picture of somebody who has none: the first character on a colour. */
export const Face = ({ name }: { readonly name: string }) => {
  const [first = "?"] = [...name]
  const sum = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0)
  return <div class={`face colour${sum % colours}`} aria-hidden="true">{first}</div>
}

/** Rows of which one is a stop of the Tab key; the arrow keys go through them. */
export const Rows = (
  { busy, children, id, label, row }: {
    readonly id: string
    readonly label: string
    /** Whether the rows are still to follow what was chosen. */
    readonly busy: boolean
    /** The selector of a row. */
    readonly row: string
    readonly children: ComponentChildren
  }
) => {
  const ref = useRef<HTMLDivElement>(null)
  const rows = () => [...(ref.current?.querySelectorAll<HTMLElement>(row) ?? [])]
  const settle = (stop: HTMLElement | undefined) => {
    for (const one of rows()) one.tabIndex = one === stop ? 0 : -1
  }
  // Before anything is painted, or each new row would be a stop for a moment.
  useLayoutEffect(() => {
    const all = rows()
    settle(
      all.find((one) => one === document.activeElement) ??
        all.find((one) => one.getAttribute("aria-current") === "true") ?? all[0]
    )
  })
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const all = rows()
    const from = all.findIndex((one) => one === document.activeElement)
    const to = from === -1
      ? undefined
      : event.key === "ArrowDown"
      ? all[from + 1]
      : event.key === "ArrowUp"
      ? all[from - 1]
      : event.key === "Home"
      ? all[0]
      : event.key === "End"
      ? all.at(-1)
      : undefined
    if (to === undefined) return
    event.preventDefault()
    to.focus()
  }
  return (
    <div
      id={id}
      aria-label={label}
      aria-busy={busy}
      role="group"
      ref={ref}
      onKeyDown={move}
      onFocusIn={({ target }) => {
        if (target instanceof HTMLElement && target.matches(row)) settle(target)
      }}
    >
      {children}
    </div>
  )
}

/** A dialog of the page, open while it is the one. */
export const Dialog = (
  { children, name, title }: {
    readonly name: "faults" | "acts" | "call" | "start"
    readonly title: string
    readonly children: ComponentChildren
  }
) => {
  const ref = useRef<HTMLDialogElement>(null)
  const isOpen = dialog.value === name
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    if (isOpen && !element.open) element.showModal()
    else if (!isOpen && element.open) element.close()
  }, [isOpen])
  return (
    <dialog
      id={name}
      aria-label={title}
      ref={ref}
      onClose={() => {
        if (dialog.value === name) dialog.value = ""
      }}
    >
      <h2>{title}</h2>
      {isOpen ? children : null}
    </dialog>
  )
}

/** The button that closes a dialog. */
export const Close = () => (
  <button
    type="button"
    onClick={() => {
      dialog.value = ""
    }}
  >
    {t("Close|关闭")}
  </button>
)

/** A file as Base64. */
export const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener("load", () => {
      const { result } = reader
      resolve(typeof result === "string" ? result.slice(result.indexOf(",") + 1) : "")
    })
    reader.addEventListener("error", () => reject(new Error(reader.error?.message ?? "")))
    reader.readAsDataURL(file)
  })

/** Copies a text, or shows it where the browser does not let it. */
export const copy = async (text: string, say: (message: string) => void): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    say(t("Copied|已复制"))
  } catch {
    say(text)
  }
}
