/**
 * A program that calls every method of every service, for tests of what an editor shows of them. It is made, never kept.
 */
import { dirname } from "node:path"
import { services } from "../../src/services.ts"

/** A method, and how the program names it. */
export interface Called {
  readonly service: string
  readonly method: string
  readonly expression: string
}

/** Every method of every service. */
export const everyMethod: ReadonlyArray<Called> = services.flatMap(({ endpoints, module }, index) =>
  Object.keys(endpoints).map((method) => ({
    service: module.slice(module.lastIndexOf("/") + 1),
    method,
    expression: `service${index}.${method}`
  }))
)

/** The text of the program: each expression stands on a line of its own. */
export const program: string = [
  ...services.map(({ module }, index) =>
    `import type { ${module.slice(module.lastIndexOf("/") + 1)} as Service${index} } from "effect-wecom/${
      dirname(module)
    }"`
  ),
  ...services.map((_, index) => `declare const service${index}: Service${index}["Service"]`),
  ...everyMethod.map(({ expression }) => `export const a${expression.replace(".", "_")} = ${expression}`)
].join("\n")
