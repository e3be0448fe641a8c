/**
 * 停止接待的子类型.
 */
import * as Wire from "../Wire.ts"

/** 停止接待的子类型: for how long a servicer takes no sessions. */
export const KfStopType = Wire.oneOf({
  Stopped: [0, "停止接待"],
  Suspended: [1, "暂时挂起"]
})
