export const texts: { readonly [act: string]: string } = {}
