/**
 * A walk over the wire side of a schema.
 */
import { Schema, type SchemaAST } from "effect"

/** Paths of the places of a schema's wire side that are typed by nothing. */
export const untyped = (schema: Schema.Constraint): ReadonlyArray<string> => {
  const found: Array<string> = []
  const above = new Set<SchemaAST.AST>()
  const walk = (ast: SchemaAST.AST, path: string): void => {
    if (above.has(ast)) return
    above.add(ast)
    visit(ast, path)
    above.delete(ast)
  }
  const visit = (ast: SchemaAST.AST, path: string): void => {
    switch (ast._tag) {
      case "Unknown":
      case "Any":
      case "ObjectKeyword":
        found.push(path)
        break
      case "Declaration":
        if ((ast.annotations?.["representation"] as { readonly id: string } | undefined)?.id.endsWith("Json")) {
          found.push(path)
        }
        break
      case "Objects":
        if (ast.annotations?.["identifier"] === "UnknownVariant") break
        for (const { name, type } of ast.propertySignatures) walk(type, `${path}/${String(name)}`)
        for (const { type } of ast.indexSignatures) {
          found.push(`${path}/*`)
          walk(type, `${path}/*`)
        }
        break
      case "Arrays":
        for (const item of [...ast.elements, ...ast.rest]) walk(item, `${path}/-`)
        break
      case "Union":
        for (const member of ast.types) walk(member, path)
        break
      case "Suspend":
        walk(ast.thunk(), path)
        break
    }
  }
  walk(Schema.toEncoded(schema).ast, "")
  return [...new Set(found)]
}
