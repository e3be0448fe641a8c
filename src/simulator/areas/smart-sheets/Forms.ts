/**
 * What the simulator knows of 收集表: forms, each of the app that made it, and their answers.
 */
import type { NewFormQuestion } from "../../../oa/documents/FormQuestion.ts"
import { type FormAnswer, FormAudience, type NewFormSetting } from "../../../oa/documents/Forms.ts"
import type { Caller } from "../../engine/Collection.ts"
import { existing, refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import type { App, Corp } from "../../engine/World.ts"

/** A form. */
export interface FormState {
  readonly id: string
  readonly owner: App
  title: string
  description: string | undefined
  header: string | undefined
  questions: ReadonlyArray<NewFormQuestion>
  setting: NewFormSetting
  /** Of its only round. */
  readonly repeated_id: string
  readonly answers: Array<FormAnswer>
}

/** The forms of a corp, by their ids. */
export const formsOf: (corp: Corp) => Map<string, FormState> = State.make(
  "smart-sheets/forms",
  () => new Map<string, FormState>()
)

/** A form that the app has made. */
export const formOf = ({ app, corp }: Caller, formid: string): FormState => {
  const form = existing(formsOf(corp), formid, 40_058, "invalid formid")
  return form.owner === app ? form : refuse(2_022_048)
}

/** The form of a round, which the app has made. */
export const formOfRound = (call: Caller, repeated: string): FormState => {
  const form = [...formsOf(call.corp).values()].find(({ repeated_id }) => repeated_id === repeated)
  return form === undefined ? refuse(40_058, "invalid repeated_id") : formOf(call, form.id)
}

/** The members who are asked to fill in a form, by userid; nobody in particular if everybody may. */
export const askedOf = (corp: Corp, { setting: { fill_in_range, fill_out_auth } }: FormState): ReadonlyArray<string> =>
  fill_out_auth !== FormAudience.Chosen ?
    [] :
    [...corp.members.values()].map(({ user }) => user).filter((user) =>
      fill_in_range?.userids?.includes(user.userid) === true ||
      user.department.some((id) => fill_in_range?.departmentids?.includes(id) === true)
    ).map(({ userid }) => userid)
