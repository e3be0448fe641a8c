import { assert, describe, it } from "@effect/vitest"
import { ErrorCode } from "effect-wecom"
import "effect-wecom/labels"
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { needsShared, sharedText } from "./support/shared.ts"

describe("ErrorCode", () => {
  describe("label", () => {
    it("is the official short label", () => {
      assert.strictEqual(ErrorCode.label(-1), "系统繁忙")
      assert.strictEqual(ErrorCode.label(0), "请求成功")
      assert.strictEqual(ErrorCode.label(40014), "不合法的access_token")
    })

    it("is found at the end of the catalogue, and undone of the escapes of HTML", () => {
      assert.isString(ErrorCode.label(2543337))
      assert.strictEqual(ErrorCode.label(90503)?.slice(0, 4), "满人 &")
      assert.notInclude(ErrorCode.label(90503) ?? "", "&amp;")
    })

    it("is missing where none is known", () => {
      for (const code of [1, 4001, 400140, 846699, -2, Number.NaN, 1.5, Number.MAX_SAFE_INTEGER]) {
        assert.isUndefined(ErrorCode.label(code), String(code))
      }
    })

    it("is there once `effect-wecom/labels` is imported", () => {
      const script = `
        import { ErrorCode } from "effect-wecom"
        const before = ErrorCode.label(-1)
        await import("effect-wecom/labels")
        console.log(before, ErrorCode.label(-1))`
      const args = ["--conditions=effect-wecom-source", "--input-type=module", "--eval", script]
      const cwd = fileURLToPath(new URL("..", import.meta.url))
      assert.strictEqual(execFileSync(process.execPath, args, { cwd, encoding: "utf8" }), "undefined 系统繁忙\n")
    })

    it("is that of the reference data, for each of its codes", (context) => {
      needsShared(context)
      const entries: ReadonlyArray<{ code: number; label: string | null }> = JSON.parse(
        sharedText("wecom/errcodes.json")
      )
      assert.isAbove(entries.length, 1600)
      for (const { code, label } of entries) {
        assert.strictEqual(ErrorCode.label(code), label?.replaceAll("&amp;", "&"), String(code))
      }
    })
  })

  describe("category", () => {
    const expected: ReadonlyArray<readonly [ErrorCode.Category, ReadonlyArray<number>]> = [
      ["CredentialRejected", [
        40001,
        40013,
        40014,
        42001,
        40082,
        42009,
        40084,
        40085,
        42007,
        40029,
        42003,
        42022,
        41001
      ]],
      ["PermissionDenied", [60020, 301042, 840002, 48001, 48002, 48004, 50001, 50003, 60011, 301002, 701008, 84074]],
      ["RateLimited", [45009, 45036, 2023032, 640019, 640035]],
      ["ServiceBusy", [-1, 6000, 45033, 45035, 41063, 302005, 302008, 2000111, 2010003, 2543337]],
      ["ApiFailed", [0, 40003, 40058, 60111, 84061, 40007, 48010, 45001, 123456789]]
    ]

    it.each(expected)("%s", (category, codes) => {
      for (const code of codes) assert.strictEqual(ErrorCode.category(code), category, String(code))
    })

    it("is ServiceBusy exactly where repeating may help", () => {
      for (const [category, codes] of expected) {
        for (const code of codes) assert.strictEqual(ErrorCode.isRetryable(code), category === "ServiceBusy")
      }
    })
  })

  describe("isTokenExpired", () => {
    it("holds for the invalid and expired tokens of apps and suites", () => {
      for (const code of [40014, 42001, 40082, 42009]) assert.isTrue(ErrorCode.isTokenExpired(code), String(code))
    })

    it("does not hold for a wrong secret, a login code or a pre_auth_code", () => {
      for (const code of [40001, 42003, 42007, 41001, 40029, 0]) {
        assert.isFalse(ErrorCode.isTokenExpired(code), String(code))
      }
    })
  })

  it("helpLink points to the official page about the code", () => {
    assert.strictEqual(ErrorCode.helpLink(-1), "https://open.work.weixin.qq.com/devtool/query?e=-1")
  })

  describe("parseErrmsg", () => {
    const hint = "1700000000_7_0123456789abcdef0123456789abcdef"
    const link = ErrorCode.helpLink(42001)

    it.each<readonly [shape: string, errmsg: string, parsed: ErrorCode.Errmsg]>([
      [
        "all parts",
        `token expired, hint: [${hint}], from ip: 203.0.113.7, more info at ${link}`,
        { message: "token expired", hint, fromIp: "203.0.113.7", helpLink: link }
      ],
      [
        "no address, and a full stop before the comma",
        `not this agent., hint: [${hint}], more info at ${link}`,
        { message: "not this agent.", hint, helpLink: link }
      ],
      ["a hint alone", `nothing uploaded, hint: [${hint}]`, { message: "nothing uploaded", hint }],
      ["a text alone", "wrong corp", { message: "wrong corp" }],
      [
        "an IPv6 address, parts in another order, no commas",
        `refused from ip: 2001:db8::7 hint:[${hint}]`,
        { message: "refused", hint, fromIp: "2001:db8::7" }
      ],
      ["nothing", "", { message: "" }],
      ["words that only look alike", "a hint: none, from ip: unknown", { message: "a hint: none, from ip: unknown" }]
    ])("%s", (_shape, errmsg, parsed) => {
      assert.deepStrictEqual(ErrorCode.parseErrmsg(errmsg), parsed)
    })
  })
})
