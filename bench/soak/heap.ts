import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

setFlagsFromString("--expose-gc")
const collect: () => void = runInNewContext("gc")

/** Bytes in use after a full collection. */
export const heapUsed = (): number => {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
