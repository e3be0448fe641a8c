/**
 * The error of a callback.
 */
import { CallbackError, type CallbackErrorReason } from "../../callback/CallbackError.ts"

/** Wraps a reason. */
export const failure = (reason: CallbackErrorReason): CallbackError =>
  new CallbackError({ reason }, { disableChecks: true })
