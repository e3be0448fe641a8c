/** A mail in the format of `.eml` files (RFC 5322), as other servers write it. */
import * as DateTime from "effect/DateTime"
import * as Base64 from "effect/encoding/Base64"

/** A file of a mail. */
export interface Attachment {
  readonly file_name: string
  readonly content: Uint8Array
}

/** What a mail is written from. */
export interface Written {
  readonly id: string
  readonly from: string
  readonly to: ReadonlyArray<string>
  readonly cc: ReadonlyArray<string>
  readonly subject: string
  readonly content: string
  readonly isHtml: boolean
  readonly attachments: ReadonlyArray<Attachment>
  /** Epoch milliseconds. */
  readonly at: number
  /** 日程, as an iCalendar text. */
  readonly calendar?: string | undefined
}

/** The mail as a text. */
export const eml = (mail: Written): string => {
  const boundary = `=_${mail.id}`
  const parts = [
    part(`text/${mail.isHtml ? "html" : "plain"}; charset=utf-8`, bytes(mail.content)),
    ...(mail.calendar === undefined ? [] : [part("text/calendar; charset=utf-8", bytes(mail.calendar))]),
    ...mail.attachments.map(({ content, file_name }) =>
      part("application/octet-stream", content, `attachment; filename*=UTF-8''${percent(file_name)}`)
    )
  ]
  return lines([
    `From: ${mail.from}`,
    `To: ${mail.to.join(", ")}`,
    ...(mail.cc.length === 0 ? [] : [`Cc: ${mail.cc.join(", ")}`]),
    `Subject: ${word(mail.subject)}`,
    `Date: ${DateTime.toDateUtc(DateTime.makeUnsafe(mail.at)).toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${mail.id}@${mail.from.split("@")[1] ?? ""}>`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    ...parts.flatMap((text) => [`--${boundary}`, text]),
    `--${boundary}--`,
    ""
  ])
}

/** A schedule as an iCalendar text (RFC 5545), whose `UID` is the id of the schedule. */
export const calendarText = (
  method: "CANCEL" | "REQUEST",
  event: {
    readonly id: string
    readonly from: number
    readonly to: number
    readonly subject: string
    readonly location: string | undefined
  }
): string => {
  const time = (at: number) => DateTime.formatIso(DateTime.makeUnsafe(at)).replaceAll(/[-:]|\.\d+/g, "")
  return lines([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//effect-wecom//simulator//ZH",
    `METHOD:${method}`,
    "BEGIN:VEVENT",
    `UID:${event.id}`,
    `DTSTAMP:${time(event.from)}`,
    `DTSTART:${time(event.from)}`,
    `DTEND:${time(event.to)}`,
    `SUMMARY:${escaped(event.subject)}`,
    ...(event.location === undefined ? [] : [`LOCATION:${escaped(event.location)}`]),
    "END:VEVENT",
    "END:VCALENDAR",
    ""
  ])
}

const lines = (all: ReadonlyArray<string>): string => all.join("\r\n")

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r?\n/g, "\\n")

const percent = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

const part = (type: string, content: Uint8Array, disposition?: string): string =>
  lines([
    `Content-Type: ${type}`,
    ...(disposition === undefined ? [] : [`Content-Disposition: ${disposition}`]),
    "Content-Transfer-Encoding: base64",
    "",
    ...(Base64.encode(content).match(/.{1,76}/g) ?? [])
  ])

/** A text of a header: as encoded words (RFC 2047), each of at most 10 characters, unless it is printable ASCII. */
const word = (text: string): string =>
  /^[ -~]*$/.test(text)
    ? text
    : (text.match(/.{1,10}/gsu) ?? []).map((piece) => `=?UTF-8?B?${Base64.encode(bytes(piece))}?=`).join("\r\n ")
