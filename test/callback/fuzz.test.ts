/**
 * 100,000 mutated requests from a fixed seed: no crash, no hang, no handler called with what was not verified, and no
 * memory kept.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Logger } from "effect"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { fixtures } from "./leaves.ts"
import * as Sender from "./sender.ts"

/** mulberry32: the same numbers in every run. */
const numbers = (seed: number) => (below: number): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below
}

const splices = [
  "<",
  ">",
  "</",
  "<![CDATA[",
  "]]>",
  "&",
  "&amp;",
  "&#x0;",
  "<!--",
  "-->",
  "<?",
  "<!DOCTYPE a [",
  "<xml>",
  "</xml>",
  "\"",
  "\\",
  "{",
  "}",
  "[",
  "]",
  "\0",
  "\uFFFE",
  "\uD800",
  "<__proto__>",
  "</__proto__>",
  "9".repeat(400),
  "<a>".repeat(40),
  " "
]

/** Cuts, doubles, swaps or splices a text in one to three places. */
const mutate = (text: string, next: (below: number) => number): string => {
  let mutated = text
  for (let times = 1 + next(3); times > 0; times--) {
    const [from, length] = [next(mutated.length + 1), next(30)]
    const [head, part, tail] = [
      mutated.slice(0, from),
      mutated.slice(from, from + length),
      mutated.slice(from + length)
    ]
    const splice = splices[next(splices.length)] ?? ""
    mutated = [
      head + tail,
      head + part + part + tail,
      head + splice + tail,
      head + part + splice + tail,
      head + String.fromCharCode(next(0x10000)) + tail,
      tail + head
    ][next(6)] ?? text
  }
  return mutated
}

const texts = fixtures("").map(({ text }) => text)

const total = 100_000

setFlagsFromString("--expose-gc")
const collectGarbage: () => void = runInNewContext("gc")

/** Bytes that are held once nothing is left to be collected: what the collector has not got round to says nothing. */
const held = (): number => {
  collectGarbage()
  return process.memoryUsage().rss
}

/** Runs a step for each number, and asserts that memory does not grow after the first tenth. */
const flat = Effect.fnUntraced(function*(step: (i: number) => Effect.Effect<unknown, unknown>) {
  let early = 0
  for (let i = 0; i < total; i++) {
    yield* step(i)
    if (i === total / 10) early = held()
    // A collection now and then, as a server with idle moments has them.
    else if (i % (total / 10) === 0) collectGarbage()
  }
  const grown = (held() - early) / 1024 / 1024
  assert.isAtMost(grown, 64, `RSS grew by ${grown.toFixed(1)} MiB between 10 % and 100 %`)
})

describe("fuzz", () => {
  it.effect("mutated messages decode to an event or fail with MessageInvalid", () => {
    const next = numbers(20260101)
    const outcomes = { known: 0, unknown: 0, invalid: 0 }
    return flat((i) =>
      CallbackEvent.fromText(mutate(texts[i % texts.length] ?? "", next)).pipe(
        Effect.match({
          onFailure: ({ reason }) => {
            assert.strictEqual(reason._tag, "MessageInvalid")
            outcomes.invalid++
          },
          onSuccess: (event) => {
            outcomes[event._tag === "Unknown" ? "unknown" : "known"]++
            assert.isString(event.toString())
            assert.isString(event.dedupeKey)
          }
        })
      )
    ).pipe(Effect.andThen(Effect.sync(() => {
      for (const count of Object.values(outcomes)) assert.isAbove(count, total / 100)
    })))
  }, 120_000)

  it.effect("mutated requests are refused before any handler, or are what was signed", () =>
    Effect.gen(function*() {
      const next = numbers(20260202)
      let handled = 0
      const send = yield* Sender.serve(
        CallbackRouter.layer({
          path: "/callback",
          accounts: Sender.account(Sender.corp),
          handlers: {
            text: (event) => {
              handled++
              assert.strictEqual(event.Content, "signed")
              return Effect.succeed(CallbackReply.text("x"))
            }
          },
          fallback: () => Effect.die("an event that nobody signed"),
          onFailure: "retry"
        }).pipe(Layer.provide(NodeCallbackCrypto.layer))
      )
      const statuses = new Map<number, number>()
      yield* flat((i) => {
        const signed = Sender.post(Sender.textMessage("signed", i), {
          nonce: `${i}`,
          envelope: (encrypt) => mutate(Sender.xmlEnvelope(encrypt), next)
        })
        const query = signed.url.indexOf("?") + 1
        const request = next(4) === 0
          ? new Request(
            signed.url.slice(0, query) + encodeURI(mutate(signed.url.slice(query), next).toWellFormed()),
            signed
          )
          : signed
        return Effect.map(send(request), ({ status }) => statuses.set(status, (statuses.get(status) ?? 0) + 1))
      })
      assert.strictEqual(statuses.get(200) ?? 0, handled)
      assert.deepStrictEqual([...statuses.keys()].filter((status) => ![200, 400, 403].includes(status)), [])
      for (const count of statuses.values()) assert.isAbove(count, total / 1000)
    }).pipe(Effect.provide(Logger.layer([]))), 240_000)
})
