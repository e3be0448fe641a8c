/**
 * The official short Chinese labels of all errcodes (全局错误码), 110 kB: `import "effect-wecom/labels"` once, and every error of the
 * program tells its label.
 *
 * The command, the simulator and `createWeCom` on Node load them by themselves. Programs whose size matters leave them out: their
 * errors have errcode, errmsg, reason and help link all the same.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90313
 */
import { errorCodes } from "../internal/errorCodes.ts"
import { register } from "../internal/labels.ts"

/**
 * The label of a code, such as `系统繁忙` for -1; none for a code that the catalogue does not know. The texts are searched when they
 * are asked for, nothing is built at import.
 */
export const label = (code: number): string | undefined => {
  const head = `\n${code} `
  const start = errorCodes.indexOf(head)
  return start === -1 ? undefined : errorCodes.slice(start + head.length, errorCodes.indexOf("\n", start + 1))
}

register(label)
