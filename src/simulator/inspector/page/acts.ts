/** What a member does, by the control API. */
import { ask, attempt, corpId, poll, say, shown } from "./state.ts"

/** What became of a callback. */
interface Delivered {
  readonly problem?: string
}

/** A member acts: whose conversation is shown, where nobody else is named. */
export const act = (what: { readonly [field: string]: unknown }, userid = shown.value?.id ?? ""): Promise<void> =>
  attempt(async () => {
    const done = ask<Delivered>(`members/${encodeURIComponent(userid)}/act`, { corpId: corpId.value, ...what })
    // The act shows before the backend has answered.
    setTimeout(() => void poll(), 60)
    const { problem } = await done
    if (problem !== undefined) say(problem)
  })
