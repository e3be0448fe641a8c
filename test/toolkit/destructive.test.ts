/**
 * Which calls people are asked about: reviewed over the whole catalogue, so that a new endpoint that deletes does not pass
 * for one that only adds.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Endpoints from "../../src/internal/reflect/endpoints.ts"
import { exceptionNames } from "../../src/toolkit/destructive.ts"
import { isDestructive } from "../../src/toolkit/WeComToolkit.ts"

const endpoints = Endpoints.endpoints()
const writing = endpoints.filter(({ writes }) => writes)

/** Verbs of methods that add, change or send. A verb that is not here is to be reviewed, here or in `destructive.ts`. */
const harmless = new Set(
  [
    "add apply approve book call change copy correct create get import invite mark move pass prolong publish remark",
    "remind rename report respond schedule send set share start submit sync translate update upgrade upload write"
  ].join(" ").split(" ")
)

/** What sounds destructive, and is not, or is undone by another call. */
const reviewed = new Set([
  // Ends a mode of the caller's own, or an upload.
  "DataZoneDebugging.finish",
  "DriveFiles.finishUpload",
  // Both directions are calls of the same endpoint: 禁用/启用, 关闭或开启.
  "MemberMailboxes.setState",
  "MeetingControl.setVideo",
  // Fetches a session.
  "CorpGroups.transferSession"
])

describe("destructive endpoints", () => {
  it("are asked about whatever of verb, path and official name says so", () => {
    const sounding = writing.filter(({ name, official, request }) =>
      /删除|移除|移出|清空|解散|取消|撤回|解绑|覆盖|停用|停止|禁用|退出|解除|注销|结束|关闭|挂断|释放|驳回|重置|继承|迁移|退款|支付订单|分配离职/
        .test(official) ||
      /(?:^|_)(?:del|delete|remove|clear|dismiss|cancel|recall|unbind|unregister|replace|disable|stop|kickout|close|finish|dissolve|reset|revoke|refund|hangup|release|reject|transfer|migrate)/
        .test(request.slice(request.lastIndexOf("/") + 1)) ||
      /\.(?:delete|remove|clear|dismiss|cancel|recall|close|finish|replace|transfer|release|reject|reset|revoke)/.test(
        name
      )
    )
    assert.isAbove(sounding.length, 100)
    const missed = sounding.filter((endpoint) => !isDestructive(endpoint) && !reviewed.has(endpoint.name))
    assert.deepStrictEqual(missed.map(({ name, official }) => `${name} ${official}`), [])
    for (const name of reviewed) {
      assert.isTrue(sounding.some((endpoint) => endpoint.name === name), `${name} is no more`)
    }
  })

  it.effect("are asked about where their description says that they cannot be undone", () =>
    Effect.gen(function*() {
      const pages = yield* Effect.forEach(writing, (entry) => Endpoints.page(entry, "people"))
      const final = pages.filter(({ text }) => /cannot be (?:undone|switched on again|taken back|restored)/.test(text))
      assert.isAtLeast(final.length, 2)
      assert.deepStrictEqual(
        final.filter(({ endpoint }) => !isDestructive(endpoint)).map(({ endpoint }) => endpoint.name),
        []
      )
    }))

  it("are told from the others by verbs that were all reviewed", () => {
    const unknown = writing.filter((endpoint) => !isDestructive(endpoint) && !reviewed.has(endpoint.name)).filter(
      ({ method }) => !harmless.has(/^[a-z]+/.exec(method)?.[0] ?? "")
    )
    assert.deepStrictEqual(unknown.map(({ name }) => name), [])
  })

  it("are all endpoints that exist and write", () => {
    const names = new Set(writing.map(({ name }) => name))
    assert.deepStrictEqual(exceptionNames.filter((name) => !names.has(name)), [])
    assert.isEmpty(endpoints.filter(({ official, writes }) => !writes && /删除|解散|撤回/.test(official)))
  })
})
