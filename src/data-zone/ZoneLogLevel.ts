/**
 * 日志级别 of programs of the data zone.
 */
import * as Wire from "../Wire.ts"

/** 日志级别: what a program writes is kept up to this level. */
export const ZoneLogLevel = Wire.oneOf({ Error: [1, "ERR"], Info: [2, "INFO"], Debug: [3, "DBG"] })
