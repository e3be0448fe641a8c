export const script = ""
export const style = ""
