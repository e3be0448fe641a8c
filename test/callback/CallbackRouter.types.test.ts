/**
 * What handlers see and may answer, checked by the compiler.
 */
import { Context, type DateTime, Effect, type Layer } from "effect"
import type { HttpRouter } from "effect/http"
import { describe, expectTypeOf, it } from "vitest"
import type { CallbackCrypto } from "../../src/callback/CallbackCrypto.ts"
import type { CallbackError } from "../../src/callback/CallbackError.ts"
import type * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as Sender from "./sender.ts"

class Database extends Context.Service<Database, { readonly save: (text: string) => Effect.Effect<void> }>()(
  "test/Database"
) {}
class Mailer extends Context.Service<Mailer, { readonly mail: (text: string) => Effect.Effect<void, "bounced"> }>()(
  "test/Mailer"
) {}

const url = { path: "/callback", accounts: Sender.account(Sender.corp) } as const

describe("CallbackRouter types", () => {
  it("a handler sees exactly its event, and the services of all handlers are required", () => {
    const layer = CallbackRouter.layer({
      ...url,
      handlers: {
        text: (event) => {
          expectTypeOf(event.Content).toEqualTypeOf<string>()
          expectTypeOf(event.CreateTime).toEqualTypeOf<DateTime.Utc>()
          expectTypeOf(event.AgentID).toEqualTypeOf<number | undefined>()
          expectTypeOf(event._tag).toEqualTypeOf<"text">()
          return Effect.flatMap(Database, (database) => database.save(event.Content))
        },
        "event/template_card_event": (event) => {
          expectTypeOf(event.SelectedItems).toEqualTypeOf<
            ReadonlyArray<{ readonly QuestionKey: string; readonly OptionIds: ReadonlyArray<string> }>
          >()
          return Effect.as(Effect.flatMap(Mailer, (mailer) => mailer.mail("x")), CallbackReply.updateButton("ok"))
        }
      },
      fallback: (event) => {
        expectTypeOf(event).toEqualTypeOf<CallbackEvent.CallbackEvent>()
        return Effect.void
      }
    })
    expectTypeOf(layer).toEqualTypeOf<
      Layer.Layer<never, CallbackError, HttpRouter.HttpRouter | CallbackCrypto | Database | Mailer>
    >()
  })

  it("a misspelt key, a missing fallback and an answer that is no reply do not compile", () => {
    const fallback = () => Effect.void
    expectTypeOf<"event/clik">().not.toExtend<CallbackEvent.Key>()
    // @ts-expect-error -- there is no such event
    CallbackRouter.layer({ ...url, handlers: { "event/clik": () => Effect.void }, fallback })
    // @ts-expect-error -- the fallback is mandatory
    CallbackRouter.layer({ ...url, handlers: {} })
    // @ts-expect-error -- a number is no reply
    CallbackRouter.layer({ ...url, handlers: { text: () => Effect.succeed(1) }, fallback })
    CallbackRouter.layer({
      ...url,
      // @ts-expect-error -- a click has no content
      handlers: { "event/click": (event) => Effect.log(event.Content) },
      fallback
    })
  })

  it("events are told apart by their tag", () => {
    const content = (event: CallbackEvent.CallbackEvent) => event._tag === "text" ? event.Content : undefined
    expectTypeOf(content).returns.toEqualTypeOf<string | undefined>()
    expectTypeOf<CallbackEvent.ByKey["event/click"]["key"]>().toEqualTypeOf<"event/click">()
    expectTypeOf<CallbackEvent.Key>().not.toBeAny()
  })
})
