/**
 * What a schema wants on the wire.
 */
import * as SchemaAST from "effect/SchemaAST"

/** What is on the wire, with transformations further in left as they are. */
export const encoded = (ast: SchemaAST.AST): SchemaAST.AST => {
  let current = ast
  while (true) {
    if (current.encoding !== undefined) current = current.encoding[current.encoding.length - 1]?.to ?? current
    else if (current._tag === "Suspend") current = current.thunk()
    else return current
  }
}

/** Whether a field of this type may be absent on the wire. */
export const isOptional = (ast: SchemaAST.AST): boolean => SchemaAST.isOptional(ast.encoding?.at(-1)?.to ?? ast)

/** The literals by which the members of a union are told apart on the wire. */
export const tagsOf = (
  member: SchemaAST.AST
): ReadonlyArray<readonly [name: PropertyKey, literal: SchemaAST.LiteralValue]> =>
  member._tag === "Objects"
    ? member.propertySignatures.flatMap(({ name, type }) => {
      const wire = encoded(type)
      return wire._tag === "Literal" && !isOptional(type) ? [[name, wire.literal] as const] : []
    })
    : []
