/**
 * What the schemas of events and replies cover, and what importing them costs.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as SmartRobotReply from "../../src/callback/SmartRobotReply.ts"
import { untyped } from "../support/untyped.ts"

describe("schemas of callbacks", () => {
  it.each(Object.values(CallbackEvent.events).map((event) => [event.key, event] as const))(
    "%s is typed everywhere",
    (_, event) => assert.deepStrictEqual(untyped(event.schema), [])
  )

  it("replies are typed everywhere", () => {
    assert.deepStrictEqual(untyped(CallbackReply.CallbackReply), [])
    assert.deepStrictEqual(untyped(SmartRobotReply.SmartRobotReply), [])
  })

  it("no two events share a key", () => {
    const keys = Object.values(CallbackEvent.events).map((event) => event.key.toLowerCase())
    assert.strictEqual(new Set(keys).size, keys.length)
  })
})

describe("imports of callbacks", () => {
  const src = fileURLToPath(new URL("../../src/", import.meta.url))

  /** Every module that a source file loads when it runs. */
  const loaded = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(file)) return seen
    seen.add(file)
    const statement = /^(?:import|export)(?! type\b)(?:\s[^"';]*?\sfrom)?\s*"([^"]+)"/gm
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(statement)) {
      if (specifier.startsWith(".")) loaded(join(dirname(file), specifier), seen)
      else seen.add(specifier)
    }
    return seen
  }

  const portable = ["CallbackRouter", "CallbackReceiver", "CallbackCrypto", "SmartRobotStreams", "SmartRobotMedia"]

  it.each(portable)("%s runs where there is no Node", (module) => {
    const file = join(src, "callback", `${module}.ts`)
    assert.isAbove(loaded(file).size, 5)
    const modules = [...loaded(file)]
    assert.deepStrictEqual(modules.filter((name) => name.startsWith("node:") || name.includes("platform-node")), [])
  })

  it("only the fast cryptography is bound to Node", () => {
    assert.include([...loaded(join(src, "node/NodeCallbackCrypto.ts"))], "node:crypto")
  })
})
