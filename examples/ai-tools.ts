import { Effect } from "effect"
import { WeComToolkit } from "effect-wecom/toolkit"
import { LanguageModel } from "effect/ai"

/** Lets a model look things up in the address book: what needs a `LanguageModel` and a `WeComClient`. */
export const ask = (prompt: string) =>
  LanguageModel.generateText({ prompt, toolkit: WeComToolkit.Discovery }).pipe(
    Effect.provide(WeComToolkit.layer({ only: ["contacts"] }))
  )
