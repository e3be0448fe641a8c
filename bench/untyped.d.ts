declare module "xml2js" {
  export const parseStringPromise: (
    xml: string,
    options: { readonly explicitArray: boolean; readonly explicitRoot: boolean; readonly trim: boolean }
  ) => Promise<{ readonly [element: string]: string }>
  export class Builder {
    constructor(options: {
      readonly rootName: string
      readonly headless: boolean
      readonly cdata: boolean
      readonly renderOpts: { readonly pretty: boolean }
    })
    buildObject(value: object): string
  }
}
