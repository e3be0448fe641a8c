import * as ErrorCode from "effect-wecom/ErrorCode"

export const shown = [
  ErrorCode.label(60111)
]
