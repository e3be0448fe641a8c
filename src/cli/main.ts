/**
 * The `wecom` command. Only the group of commands that the command line names is loaded.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Cause from "effect/Cause"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { CliFailure, ExitCode } from "./failure.ts"
import { say } from "./output.ts"
import { positionals } from "./positionals.ts"
import { settingFlags } from "./settings.ts"

type AnyCommand = Command.Command<string, unknown, {}, unknown, never>

/** A group of commands: what it is for, and how its code is loaded. */
interface Group {
  readonly about: string
  readonly load: (args: ReadonlyArray<string>) => Effect.Effect<AnyCommand, CliFailure>
}

/** Commands need what `NodeServices` gives and the settings of the root, no more. */
const asAny = (command: unknown): AnyCommand => command as AnyCommand

/** A group whose module exports it as `command`. */
const group = (about: string, load: () => Promise<{ readonly command: unknown }>): Group => ({
  about,
  load: () => Effect.map(Effect.promise(load), ({ command }) => asAny(command))
})

const groups: { readonly [name: string]: Group } = {
  api: {
    about: "Call any endpoint of the API",
    load: (args) =>
      Effect.flatMap(Effect.promise(() => import("./commands/api.ts")), ({ make }) => Effect.map(make(args), asAny))
  },
  user: group("Members: get, list, search, export", () => import("./commands/user.ts")),
  department: group("Departments: tree, list", () => import("./commands/department.ts")),
  message: group("Messages of the app: send, recall", () => import("./commands/message.ts")),
  robot: group("Group robots: send", () => import("./commands/robot.ts")),
  media: group("Files: upload, get", () => import("./commands/media.ts")),
  customer: group("Customers: list, export", () => import("./commands/customer.ts")),
  approval: group("Approvals: list, get", () => import("./commands/approval.ts")),
  jssdk: group("JS-SDK: sign a page", () => import("./commands/jssdk.ts")),
  errcode: group("Explain an errcode: cause, what to do", () => import("./commands/errcode.ts")),
  schema: group("Show endpoints, their fields, limits and documents", () => import("./commands/schema.ts")),
  callback: group("Callbacks: listen, decrypt", () => import("./commands/callback.ts")),
  simulator: group("Run a WeCom on this machine", () => import("./commands/simulator.ts")),
  doctor: group("Check credentials, trusted IP, clock and permissions", () => import("./commands/doctor.ts")),
  login: group("Keep an app's credentials in a profile", () => import("./commands/login.ts")),
  mcp: group("Serve the API to AI agents (Model Context Protocol)", () => import("./commands/mcp.ts"))
}

/** The group that the command line names: the first word that is one. */
const groupOf = (args: ReadonlyArray<string>): string | undefined => args.find((arg) => Object.hasOwn(groups, arg))

/** The whole tree where help or completions are asked for, else with the code of one group alone. */
const root = (args: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const chosen = groupOf(args)
    const everything = args.some((arg) => arg.startsWith("--completions"))
    const subcommands = yield* Effect.forEach(Object.entries(groups), ([name, { about, load }]) =>
      name === chosen || everything
        ? load(args)
        : Effect.succeed(asAny(Command.make(name).pipe(Command.withDescription(about)))))
    return Command.make("wecom").pipe(
      Command.withDescription("企业微信 (WeCom) from the terminal: every endpoint of its API."),
      Command.withSubcommands(subcommands as [AnyCommand, ...Array<AnyCommand>]), // there are groups
      Command.withGlobalFlags(settingFlags)
    )
  })

/** Runs the command line. */
export const run = (args: ReadonlyArray<string>, version: string): void => {
  const program = Effect.flatMap(root(args), (command) => Command.runWith(command, { version })(args)).pipe(
    Effect.tapError((error) => error instanceof CliFailure ? tell(error) : Effect.void)
  )
  NodeRuntime.runMain(Effect.provide(program as Effect.Effect<void, unknown>, surroundings(args)), {
    disableErrorReporting: true,
    teardown: (exit, onExit) => onExit(codeOf(exit))
  })
}

/** Mistakes are told in a few lines, without the whole help. */
const presenter = (args: ReadonlyArray<string>): CliOutput.Presenter => ({
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Effect.sync(() => {
        const { commandPath, errors } = event
        const told = errors.map((error) => `wecom: ${messageOf(error)}\n`)
        // The flags of `wecom api` are those of the endpoint that it names.
        const endpoint = commandPath.at(-1) === "api" ? positionals(args) : []
        const command = [...commandPath, ...endpoint].join(" ")
        process.stderr.write(`${told.join("")}\`${command} --help\` shows its arguments and flags.\n`)
      })
      : CliOutput.defaultPresenter.present(event)
})

const messageOf = (error: CliError.CliError): string => {
  // A flag of one letter is near to every short word.
  const near = error._tag === "UnrecognizedOption"
    ? new CliError.UnrecognizedOption({
      option: error.option,
      command: error.command,
      suggestions: error.suggestions.filter((name) => name.startsWith("--"))
    })
    : error
  return lowered(near.message.trim()).replace("Expected a string representing a finite number", "Expected a number")
}

const lowered = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`

/** What every command runs with. */
const surroundings = (args: ReadonlyArray<string>) =>
  Layer.mergeAll(
    NodeServices.layer,
    CliOutput.layerPresenter(presenter(args)),
    CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
    Layer.succeed(References.LogToStderr, true)
  )

const tell = ({ advice, what }: CliFailure) =>
  Effect.andThen(say(`wecom: ${what}`), advice === undefined ? Effect.void : say(advice))

const codeOf = (exit: Exit.Exit<unknown, unknown>): number => {
  if (Exit.isSuccess(exit)) return 0
  if (Cause.hasInterruptsOnly(exit.cause)) return ExitCode.interrupted
  const error = Cause.squash(exit.cause)
  if (error instanceof CliFailure) return error.code
  if (CliError.isCliError(error)) return ExitCode.usage
  process.stderr.write(`${Cause.pretty(exit.cause)}\n`)
  return ExitCode.refused
}
