/**
 * TypeScript 7.0.2, language server: hovering a property of a mapped type shows no JSDoc. TypeScript 5.9 and 6.0 show that
 * of the property it comes from. The fields of every `Schema.Struct` and `Schema.Class` are properties of mapped types.
 *
 * Open this file in an editor and hover `a` in the last line: 5.9 says "How many.", 7.0 says nothing.
 */
interface Source {
  /** How many. */
  readonly a: number
}

declare const mapped: { readonly [K in keyof Source]: Source[K] }

export const hovered = mapped.a
