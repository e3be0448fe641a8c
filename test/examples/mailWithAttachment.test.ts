/** The example that sends a file by mail, and reads what is answered. */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { TestClock } from "effect/testing"
import { answers, send } from "../../examples/mail-with-attachment.ts"
import { AppMailAccount } from "../../src/oa/mail/AppMailAccount.ts"
import { AppMails } from "../../src/oa/mail/AppMails.ts"
import * as MailActs from "../../src/simulator/areas/mail/MailActs.ts"
import { hearing, monday } from "../support/hearing.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

describe("examples/mail-with-attachment.ts", () => {
  it.effect("sends a file to members and others, and reads their answers", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        yield* send({
          subject: "周报",
          content: "<p>请查收附件。</p>",
          readers: ["lisi"],
          copies: ["guest@example.com"],
          file: { name: "周报.csv", bytes: bytes("项,值\n") }
        })
        const [received] = yield* MailActs.inbox({ userid: "lisi" })
        const [copy] = yield* MailActs.sentTo({ address: "guest@example.com" })
        assert.strictEqual(copy?.id, received?.mail.id)
        assert.deepStrictEqual(received?.mail.attachments, [{ file_name: "周报.csv", content: bytes("项,值\n") }])

        const { email } = yield* Effect.flatMap(AppMailAccount, (account) => account.get())
        yield* TestClock.adjust("1 hour")
        for (const from of ["lisi", "guest@example.com"]) {
          yield* MailActs.write({
            from,
            to: [email],
            subject: "回复：周报",
            content: `收到，${from}`,
            attachments: [{ file_name: "批注.txt", content: bytes("好") }]
          })
        }
        const read = yield* Stream.runCollect(answers(DateTime.makeUnsafe(monday * 1000)))
        assert.deepStrictEqual(read.map(({ files, subject, text }) => [subject, text, files]), [
          ["回复：周报", "收到，lisi", ["批注.txt"]],
          ["回复：周报", "收到，guest@example.com", ["批注.txt"]]
        ])
        assert.strictEqual(read[1]?.from, "guest@example.com")
        assert.lengthOf(heard, 2)
      }).pipe(Effect.provide([AppMails.layer, AppMailAccount.layer]))
    ))
})
