/**
 * A program that calls every method of every service, for tests of what an editor shows of them. It is made, never kept.
 */
import { dirname } from "node:path"
import { services } from "../../src/services.ts"

/** A method, and the line of the program that names it last. */
export interface Called {
  readonly service: string
  readonly method: string
  readonly line: string
}

/** Every method of every service. */
export const everyMethod: ReadonlyArray<Called> = services.flatMap(({ endpoints, module }, index) =>
  Object.keys(endpoints).map((method) => ({
    service: module.slice(module.lastIndexOf("/") + 1),
    method,
    line: `export const method${index}_${method} = service${index}.${method}`
  }))
)

/** The text of the program. */
export const program: string = [
  ...services.map(({ module }, index) =>
    `import type { ${module.slice(module.lastIndexOf("/") + 1)} as Service${index} } from "effect-wecom/${
      dirname(module)
    }"`
  ),
  ...services.map((_, index) => `declare const service${index}: Service${index}["Service"]`),
  ...everyMethod.map(({ line }) => line)
].join("\n") + "\n"
