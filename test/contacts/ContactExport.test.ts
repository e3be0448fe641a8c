import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { createCipheriv, createHash } from "node:crypto"
import { inspect } from "node:util"
import { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import { ContactExport, ExportedFile, ExportStatus } from "../../src/contacts/ContactExport.ts"
import * as ExportFile from "../../src/contacts/ExportFile.ts"
import { Tags } from "../../src/contacts/Tags.ts"
import { Users } from "../../src/contacts/Users.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

const key = Redacted.make("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")

/** The files of a job, when it is done. */
const filesOf = (jobid: string) =>
  Effect.gen(function*() {
    const contactExport = yield* ContactExport
    assert.strictEqual((yield* contactExport.getResult({ jobid })).status, ExportStatus.Running)
    yield* TestClock.adjust("2 seconds")
    const result = yield* contactExport.getResult({ jobid })
    assert.strictEqual(result.isFinished, true)
    return result.data_list
  })

/** What the server makes of a text: AES-256-CBC over PKCS#7 padding to 32 bytes, by node:crypto alone. */
const encrypted = (text: string): Uint8Array => {
  const secret = Buffer.from(`${Redacted.value(key)}=`, "base64")
  const plain = Buffer.from(text)
  const padding = 32 - plain.length % 32
  const cipher = createCipheriv("aes-256-cbc", secret, secret.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])), cipher.final()])
}

/** The same as a file behind a link. */
const linked = (bytes: Uint8Array, changes: Partial<ConstructorParameters<typeof ExportedFile>[0]> = {}) =>
  new ExportedFile({
    url: Redacted.make("https://files.example.com/data_0.json?authkey=hush"),
    size: bytes.length,
    md5: createHash("md5").update(bytes).digest("hex"),
    ...changes
  })

for (
  const [name, crypto] of [
    ["node:crypto", NodeCallbackCrypto.layer],
    ["Web Cryptography", CallbackCrypto.layerWebCrypto]
  ] as const
) {
  describe(`exporting with ${name}`, () => {
    it.effect("gives all members", () =>
      Effect.gen(function*() {
        const contactExport = yield* ContactExport
        const users = yield* Users
        const files = yield* filesOf(yield* contactExport.startUsers({ encoding_aeskey: key }))
        assert.lengthOf(files, 1)
        const exported = yield* ExportFile.users(files[0]!, key)
        assert.deepStrictEqual(exported, yield* users.list({ department_id: 1, fetch_child: true }))
        assert.deepStrictEqual(exported[1]?.departments.map(({ id }) => id), [2, 3])
        const namesOf = yield* filesOf(yield* contactExport.startUserNames({ encoding_aeskey: key }))
        assert.deepStrictEqual(
          (yield* ExportFile.userNames(namesOf[0]!, key)).map(({ name }) => name),
          ["张三", "李四", "王五"]
        )
      }).pipe(Effect.provide(crypto), simulated()))

    it.effect("gives departments, and who bears a tag", () =>
      Effect.gen(function*() {
        const contactExport = yield* ContactExport
        const tags = yield* Tags
        const [departments] = yield* filesOf(yield* contactExport.startDepartments({ encoding_aeskey: key }))
        assert.deepStrictEqual(
          (yield* ExportFile.departments(departments!, key)).map(({ id }) => id),
          [1, 2, 3]
        )
        const tagid = yield* tags.create({ tagname: "值班" })
        yield* tags.addMembers({ tagid, userlist: ["lisi"], partylist: [3] })
        const [members] = yield* filesOf(yield* contactExport.startTagMembers({ tagid, encoding_aeskey: key }))
        const { partylist, tagname, userlist } = yield* ExportFile.tagMembers(members!, key)
        assert.deepStrictEqual([tagname, userlist, partylist], ["值班", [{ userid: "lisi", name: "李四" }], [3]])
      }).pipe(Effect.provide(crypto), simulated()))

    it.effect("decrypts what others have encrypted, of every length", () =>
      Effect.gen(function*() {
        for (let length = 0; length < 70; length++) {
          const text = "x".repeat(length)
          const bytes = yield* ExportFile.decrypt(encrypted(text), key)
          assert.strictEqual(new TextDecoder().decode(bytes), text)
        }
      }).pipe(Effect.provide(crypto)))
  })
}

describe("an export", () => {
  it.effect("takes a key of 43 letters and digits, and shows it nowhere", () => {
    const { layer, sent } = canned(() => ({ errcode: 0, jobid: "J" }))
    return Effect.gen(function*() {
      const contactExport = yield* ContactExport
      const short = contactExport.startUsers({ encoding_aeskey: Redacted.make("hush-hush") })
      assert.deepStrictEqual(yield* refusal(short), ["encoding_aeskey: expected 43 letters and digits"])
      assert.notInclude(inspect(yield* Effect.flip(short), { depth: 20 }), "hush")
      assert.lengthOf(yield* refusal(contactExport.startUsers({ encoding_aeskey: key, block_size: 9999 })), 1)
      assert.deepStrictEqual(sent(), [])
      yield* contactExport.startUsers({ encoding_aeskey: key, block_size: 10_000 })
      assert.deepStrictEqual(sent()[0]?.body, { encoding_aeskey: Redacted.value(key), block_size: 10_000 })
    }).pipe(Effect.provide(layer))
  })

  it.effect("belongs to the app that started it", () =>
    Effect.gen(function*() {
      const contactExport = yield* ContactExport
      assert.strictEqual(yield* errcode(contactExport.getResult({ jobid: "none" })), 40088)
      assert.strictEqual(
        yield* errcode(contactExport.startTagMembers({ tagid: 99, encoding_aeskey: key })),
        40068
      )
    }).pipe(simulated()))

  it.effect("has keys drawn at random", () =>
    Effect.gen(function*() {
      const keys = yield* Effect.replicateEffect(ExportFile.makeKey, 100)
      for (const key of keys) assert.match(Redacted.value(key), /^[A-Za-z0-9]{43}$/)
      assert.strictEqual(new Set(keys.map(Redacted.value)).size, 100)
    }))
})

describe("a file of an export", () => {
  const bytes = encrypted(JSON.stringify({ userlist: [{ userid: "zhangsan", name: "张三" }] }))

  const read = (
    file: ExportedFile,
    answer: () => unknown = () => new Response(bytes.slice()),
    secret: Redacted.Redacted = key
  ) =>
    ExportFile.userNames(file, secret).pipe(
      Effect.provide(NodeCallbackCrypto.layer),
      Effect.provide(canned(answer).layer),
      Effect.provideService(WeComClient.RetryPolicy, undefined)
    )

  it.effect("is fetched, checked, decrypted and decoded", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* read(linked(bytes))).map(({ name, userid }) => [userid, name]), [
        ["zhangsan", "张三"]
      ])
      const upper = linked(bytes, { md5: linked(bytes).md5.toUpperCase() })
      assert.lengthOf(yield* read(upper), 1)
    }))

  it.effect("is refused where it is not the one that was exported, without a word of what it holds", () =>
    Effect.gen(function*() {
      const says = (problem: Parameters<typeof read>) =>
        Effect.map(Effect.flip(read(...problem)), (error) => {
          assert.notInclude(inspect(error, { depth: 20 }), "hush")
          assert.notInclude(inspect(error, { depth: 20 }), "zhangsan")
          return `${error.reason._tag}: ${error.reason.message}`
        })
      const file = linked(bytes)
      assert.strictEqual(
        yield* says([linked(bytes, { size: 5 })]),
        "ResponseInvalid: HTTP 200: expected 5 bytes, got 64"
      )
      assert.strictEqual(
        yield* says([linked(bytes, { md5: "0".repeat(32) })]),
        "ResponseInvalid: HTTP 200: the MD5 is not that of the file"
      )
      const other = Redacted.make("A".repeat(43))
      assert.strictEqual(
        yield* says([file, undefined, other]),
        "ResponseInvalid: HTTP 200: not encrypted with this key"
      )
      assert.match(yield* says([file, undefined, Redacted.make("short")]), /^RequestInvalid: encoding_aeskey: /)
      assert.strictEqual(
        yield* says([file, () => new Response("<html>gone</html>", { status: 404 })]),
        "ResponseInvalid: HTTP 404, text/plain from files.example.com: the body is not JSON (17 characters); " +
          "is a gateway, proxy or login page in between?"
      )
      const garbage = encrypted("{\"userlist\":[{\"userid\":7,\"name\":\"zhangsan\"")
      assert.match(
        yield* says([linked(garbage), () => new Response(garbage.slice())]),
        /^ResponseInvalid: HTTP 200[^:]*: the body is not JSON/
      )
      const misfit = encrypted("{\"userlist\":[{\"userid\":{\"name\":\"zhangsan\"}}]}")
      assert.match(
        yield* says([linked(misfit), () => new Response(misfit.slice())]),
        /^ResponseInvalid: HTTP 200, from \S+: userlist\[0\]\.userid: /
      )
    }))
})
