/** Where the labels of errcodes are looked up: nowhere, until `src/labels` is imported. */

/** The label of a code. */
export type Lookup = (code: number) => string | undefined

let lookup: Lookup = () => undefined

/** Makes labels known to errors. */
export const register = (labels: Lookup): void => {
  lookup = labels
}

/** The label of a code, if labels are known. */
export const labelOf: Lookup = (code) => lookup(code)
