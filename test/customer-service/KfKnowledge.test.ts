import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema, Stream } from "effect"
import { KfKnowledge, type KnowledgeAttachment, KnowledgeIntent } from "../../src/customer-service/KfKnowledge.ts"
import { errcode, refusal } from "../customers/support.ts"
import { simulated, uploaded } from "./support.ts"

const say = (content: string) => ({ text: { content } })

describe("groups of questions", () => {
  it.effect("are made, renamed, listed and deleted, but for the default one", () =>
    Effect.gen(function*() {
      const knowledge = yield* KfKnowledge
      const group_id = yield* knowledge.createGroup({ name: "物流" })
      yield* knowledge.updateGroup({ group_id, name: "配送" })
      const groups = yield* Stream.runCollect(knowledge.listAllGroups({ limit: 1 }))
      assert.deepStrictEqual(groups.map(({ is_default, name }) => [name, is_default]), [
        ["默认分组", true],
        ["配送", false]
      ])
      assert.strictEqual(yield* errcode(knowledge.createGroup({ name: "配送" })), 40058)
      assert.strictEqual(yield* errcode(knowledge.deleteGroup({ group_id: groups[0]!.group_id })), 40058)
      yield* knowledge.deleteGroup({ group_id })
      assert.lengthOf(yield* Stream.runCollect(knowledge.listAllGroups()), 1)
      assert.strictEqual(
        yield* refusal(knowledge.createGroup({ name: "长".repeat(13) })),
        "POST /cgi-bin/kf/knowledge/add_group | name: at most 12 characters are allowed, got 13"
      )
    }).pipe(simulated))
})

describe("questions", () => {
  it.effect("are made, changed part by part, listed and deleted", () =>
    Effect.gen(function*() {
      const knowledge = yield* KfKnowledge
      const group_id = yield* knowledge.createGroup({ name: "物流" })
      const attachments: ReadonlyArray<KnowledgeAttachment> = [
        { msgtype: "image", image: { media_id: yield* uploaded("路线.png") } },
        { msgtype: "link", link: { title: "手册", url: "https://example.com" } },
        {
          msgtype: "miniprogram",
          miniprogram: { thumb_media_id: yield* uploaded("封面.png"), appid: "wx1", pagepath: "index.html" }
        }
      ]
      const intent_id = yield* knowledge.createIntent({
        group_id,
        question: say("几天到？"),
        similar_questions: { items: [say("多久到？")] },
        answers: [{ ...say("三天"), attachments }]
      })
      yield* knowledge.updateIntent({ intent_id, question: say("几天能到？") })
      const [intent] = yield* Stream.runCollect(knowledge.listAllIntents({ group_id }))
      assert.strictEqual(intent?.question.text?.content, "几天能到？")
      assert.deepStrictEqual(intent?.similarQuestions, ["多久到？"])
      assert.deepStrictEqual(intent?.answerList[0]?.attachments, [
        { msgtype: "image", image: { name: "路线.png" } },
        { msgtype: "link", link: { title: "手册", url: "https://example.com" } },
        { msgtype: "miniprogram", miniprogram: { appid: "wx1", pagepath: "index.html" } }
      ])
      const again = knowledge.createIntent({ group_id, question: say("几天能到？"), answers: [say("三天")] })
      assert.strictEqual(yield* errcode(again), 40058)
      yield* knowledge.deleteIntent({ intent_id })
      assert.deepStrictEqual(yield* Stream.runCollect(knowledge.listAllIntents()), [])
    }).pipe(simulated))

  it.effect("have one answer", () =>
    Effect.gen(function*() {
      const knowledge = yield* KfKnowledge
      const says = (answers: ReadonlyArray<ReturnType<typeof say>>) =>
        refusal(knowledge.createIntent({ group_id: "G", question: say("问"), answers }))
      const endpoint = "POST /cgi-bin/kf/knowledge/add_intent"
      assert.strictEqual(yield* says([]), `${endpoint} | answers: at least 1 item is needed`)
      assert.strictEqual(
        yield* says([say("一"), say("二")]),
        `${endpoint} | answers: at most 1 items are allowed, got 2`
      )
      assert.strictEqual(
        yield* says([say("长".repeat(501))]),
        `${endpoint} | answers[0].text.content: at most 500 characters are allowed, got 501`
      )
    }).pipe(simulated))

  it("are read in both layouts that the documents show", () => {
    const read = Schema.decodeUnknownSync(KnowledgeIntent)
    const parts = { similar_questions: { items: [say("又")] }, answers: [say("答")] }
    const flat = read({ intent_id: "I", question: say("问"), ...parts })
    const nested = read({ intent_id: "I", question: { ...say("问"), ...parts } })
    for (const intent of [flat, nested]) {
      assert.deepStrictEqual(intent.similarQuestions, ["又"])
      assert.deepStrictEqual(intent.answerList.map(({ text }) => text?.content), ["答"])
    }
  })
})
