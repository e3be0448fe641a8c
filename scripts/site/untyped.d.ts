/** What is used of packages that bring no types. */

declare module "@11ty/eleventy-plugin-syntaxhighlight" {
  const plugin: object
  export default plugin
}

declare module "@11ty/eleventy" {
  interface Token {
    readonly type: string
    readonly content: string
    readonly children: ReadonlyArray<Token> | null
    readonly attrGet: (name: string) => string | null
    readonly attrSet: (name: string, value: string) => void
  }

  interface State {
    readonly env: { readonly source: string }
    readonly tokens: ReadonlyArray<Token>
  }

  interface Markdown {
    readonly set: (options: object) => void
    readonly use: (plugin: unknown, options: object) => void
    readonly utils: { readonly escapeHtml: (text: string) => string }
    readonly renderer: { readonly rules: { [type: string]: (tokens: ReadonlyArray<Token>, index: number) => string } }
    readonly core: { readonly ruler: { readonly push: (name: string, rule: (state: State) => void) => void } }
  }

  interface Config {
    readonly addPlugin: (plugin: object) => void
    readonly amendLibrary: (name: "md", amend: (library: Markdown) => void) => void
    readonly addTemplate: (path: string, text: string, data: object) => void
    readonly addFilter: <A extends ReadonlyArray<string>>(name: string, filter: (...args: A) => unknown) => void
  }

  export class Eleventy {
    constructor(input: string, output: string, options: {
      readonly quietMode: boolean
      readonly configPath: false
      readonly config: (config: Config) => void
    })
    write(): Promise<void>
  }
}
