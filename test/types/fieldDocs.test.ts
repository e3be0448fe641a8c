/**
 * What an editor on TypeScript 5.9 shows of the fields that methods take: the JSDoc beside their declaration. (TypeScript
 * 7.0 shows none of any mapped type: docs/upstream/typescript7-mapped-jsdoc.ts.)
 */
import { assert, describe, it } from "@effect/vitest"
import { getLibFiles, libFolderInMemoryPath, ts } from "@ts-morph/common"
import { fileURLToPath } from "node:url"
import { everyMethod, program } from "./everyMethod.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** The program of every method, checked by TypeScript 5.9, its own libraries included. */
const checked = () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolderInMemoryPath}/${fileName}`, text]))
  const file = `${root}test/types/everyMethod.sample.ts`
  const texts = new Map([...libraries, [file, program]])
  const host = ts.createCompilerHost(options)
  const created = ts.createProgram([file], { ...options, noEmit: true }, {
    ...host,
    getDefaultLibLocation: () => libFolderInMemoryPath,
    getDefaultLibFileName: (options) => `${libFolderInMemoryPath}/${ts.getDefaultLibFileName(options)}`,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name) ?? host.readFile(name),
    getSourceFile: (name, target, ...others) => {
      const text = texts.get(name)
      return text === undefined
        ? host.getSourceFile(name, target, ...others)
        : ts.createSourceFile(name, text, target, true)
    }
  })
  const source = created.getSourceFile(file)
  assert.isDefined(source)
  return { checker: created.getTypeChecker(), source }
}

/** Fields without a declaration: the file of an upload, and one of the attachments of which a template has one. */
const undeclared = /: media$|^WelcomeMessages\.(create|update)GroupTemplate: (image|link|miniprogram|video|file)$/

describe("the fields that methods take", () => {
  it("show their JSDoc under TypeScript 5.9", () => {
    assert.match(ts.version, /^5\.9\./)
    const { checker, source } = checked()
    const methods = source.statements.filter(ts.isVariableStatement).slice(-everyMethod.length)
    const lost: Array<string> = []
    let documented = 0
    methods.forEach((statement, index) => {
      const declaration = statement.declarationList.declarations[0]
      const { method, service } = everyMethod[index] ?? assert.fail()
      assert.isDefined(declaration)
      for (const signature of checker.getTypeAtLocation(declaration).getCallSignatures()) {
        const input = signature.parameters[0]
        if (input === undefined) continue
        for (const field of checker.getPropertiesOfType(checker.getTypeOfSymbolAtLocation(input, declaration))) {
          if (field.declarations === undefined) lost.push(`${service}.${method}: ${field.name}`)
          else if (field.getDocumentationComment(checker).length > 0) documented++
        }
      }
    })
    assert.deepStrictEqual(lost.filter((field) => !undeclared.test(field)), [])
    assert.isAbove(documented, 1000)
  })
})
