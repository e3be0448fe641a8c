/** examples/approval-workflow.ts against the simulator: in memory, and in a database through restarts. */
import { NodeCrypto } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { type Duration, Effect, Layer, Logger } from "effect"
import { ClusterWorkflowEngine, SingleRunner } from "effect/cluster"
import { TestClock } from "effect/testing"
import { WorkflowEngine } from "effect/workflow"
import { approvalSteps, following } from "../../examples/approval-workflow.ts"
import { receiving } from "../../examples/callback-inbox.ts"
import { CallbackInbox } from "../../src/callback/CallbackInbox.ts"
import { Messages } from "../../src/messages/Messages.ts"
import * as ApprovalControl from "../../src/oa/approvals/ApprovalControl.ts"
import { Approvals } from "../../src/oa/approvals/Approvals.ts"
import { decide } from "../../src/simulator/areas/approvals/ApprovalActs.ts"
import { addTemplate } from "../../src/simulator/areas/approvals/Approvals.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import * as Sqlite from "../support/sqlite.ts"

/** The whole program, as it runs until the scope closes. */
const program = <A, E, R>(engine: Layer.Layer<WorkflowEngine.WorkflowEngine | A, E, R>) =>
  Effect.gen(function*() {
    const inbox = CallbackInbox.layerMemory()
    yield* serve(
      Layer.mergeAll(receiving(options), following, approvalSteps).pipe(
        Layer.provide([inbox, engine, Messages.layer]),
        Layer.fresh
      )
    )
  })

const inMemory = program(WorkflowEngine.layerMemory)

/** Every interval is long: two days of a test's clock are to have few of them. */
const inDatabase = (file: string) =>
  Effect.gen(function*() {
    const connection = yield* Effect.acquireRelease(
      Effect.sync(() => Sqlite.connect(file)),
      (connection) => Effect.sync(() => connection[Symbol.dispose]())
    )
    const engine = ClusterWorkflowEngine.layer.pipe(
      Layer.provideMerge(SingleRunner.layer({
        shardingConfig: {
          entityMessagePollInterval: "5 minutes",
          entityReplyPollInterval: "5 minutes",
          refreshAssignmentsInterval: "5 minutes",
          shardLockRefreshInterval: "5 minutes",
          shardLockExpiration: "1 hour",
          shardsPerGroup: 4
        }
      })),
      Layer.provide(connection.layer),
      Layer.provide(NodeCrypto.layer)
    )
    yield* program(engine)
  })

const submit = Effect.gen(function*() {
  const { world } = yield* Simulator
  const template_id = yield* addTemplate(world, {
    name: "请假",
    controls: [{
      property: {
        control: "Text",
        id: "Text-1",
        title: ApprovalControl.localized("事由"),
        placeholder: [],
        require: true
      }
    }]
  })
  const approvals = yield* Approvals
  return yield* approvals.submit({
    creator_userid: "zhangsan",
    template_id,
    use_template_approver: 0,
    process: { node_list: [{ type: 1, apv_rel: 2, userid: ["lisi"] }] },
    apply_data: { contents: [ApprovalControl.text("Text-1", "探亲")] },
    summary_list: [{ summary_info: ApprovalControl.localized("探亲") }]
  })
})

const told = Effect.gen(function*() {
  const { member } = yield* Simulator
  return (yield* (yield* member("zhangsan")).inbox).map(({ content }) => content)
})

/** Lets time pass in so many steps, each with a moment of real time: ids of workflows are digests, which take it. */
const pass = (time: Duration.Input, steps: number) =>
  Effect.forEach(
    Array.from({ length: steps }),
    () => Effect.andThen(TestClock.adjust(time), TestClock.withLive(Effect.sleep("5 millis"))),
    { discard: true }
  )

/** What the applicant has been told when there are so many messages, which takes a few steps. */
const toldAfter = (time: Duration.Input, count: number) =>
  Effect.repeat(Effect.andThen(pass(time, 1), told), { until: (messages) => messages.length >= count, times: 200 })

const simulated = <A, E>(effect: Effect.Effect<A, E, Layer.Success<typeof layerWeCom> | Approvals>) =>
  Effect.andThen(
    TestClock.setTime(1_728_014_400_000),
    effect.pipe(
      Effect.provide(Layer.provideMerge(Approvals.layer, layerWeCom)),
      Effect.provide(Logger.layer([]))
    )
  )

describe("examples/approval-workflow.ts", () => {
  it.effect("tells the applicant what was decided", () =>
    simulated(
      Effect.gen(function*() {
        yield* inMemory
        const sp_no = yield* submit
        yield* pass("1 second", 5)
        assert.deepStrictEqual(yield* told, [])
        yield* decide({ sp_no, userid: "lisi", approve: true })
        assert.deepStrictEqual(yield* toldAfter("1 second", 1), [{ content: `申请 ${sp_no} 已通过。` }])
        yield* pass("1 day", 3)
        assert.lengthOf(yield* told, 1)
      }).pipe(Effect.scoped)
    ))

  it.effect("tells the applicant that nobody decided for two days", () =>
    simulated(
      Effect.gen(function*() {
        yield* inMemory
        const sp_no = yield* submit
        // The two days begin once the workflow waits.
        yield* pass("1 second", 100)
        yield* pass("47 hours", 1)
        assert.deepStrictEqual(yield* told, [])
        yield* pass("30 minutes", 3)
        assert.deepStrictEqual(yield* toldAfter("1 second", 1), [{
          content: `申请 ${sp_no} 提交两天仍未处理，请联系审批人。`
        }])
        yield* decide({ sp_no, userid: "lisi", approve: false })
        yield* pass("1 second", 5)
        assert.lengthOf(yield* told, 1)
      }).pipe(Effect.scoped)
    ))

  it.effect("goes on after restarts", () =>
    Effect.acquireUseRelease(
      Effect.sync(() => Sqlite.create()),
      (database) =>
        simulated(Effect.gen(function*() {
          const running = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
            Effect.scoped(Effect.andThen(inDatabase(database.file), effect))
          const numbers = yield* running(Effect.gen(function*() {
            const numbers = [yield* submit, yield* submit] as const
            yield* pass("5 seconds", 100)
            return numbers
          }))
          yield* running(Effect.gen(function*() {
            yield* pass("1 hour", 20)
            assert.deepStrictEqual(yield* told, [])
            yield* decide({ sp_no: numbers[0], userid: "lisi", approve: true })
            assert.deepStrictEqual(yield* toldAfter("1 minute", 1), [{ content: `申请 ${numbers[0]} 已通过。` }])
          }))
          yield* running(Effect.gen(function*() {
            yield* pass("1 hour", 20)
            assert.lengthOf(yield* told, 1)
            assert.deepStrictEqual((yield* toldAfter("1 hour", 2)).slice(1), [
              { content: `申请 ${numbers[1]} 提交两天仍未处理，请联系审批人。` }
            ])
          }))
        })),
      (database) => Effect.sync(() => database[Symbol.dispose]())
    ))
})
