/**
 * What `wecom api` is asked to call.
 */

/** The words after `api`, as far as the first flag: an endpoint's name, or a verb and a path. */
export const positionals = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  const rest = args.slice(args.indexOf("api") + 1)
  const end = rest.findIndex((arg) => arg.startsWith("-"))
  return (end === -1 ? rest : rest.slice(0, end)).slice(0, 2)
}
