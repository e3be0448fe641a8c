/** The texts of the endpoints of an area. */
export interface Texts {
  readonly endpoints: {
    readonly [name: string]: { readonly text: string; readonly fields?: { readonly [path: string]: string } }
  }
  readonly models: { readonly [name: string]: { readonly [path: string]: string } }
}
