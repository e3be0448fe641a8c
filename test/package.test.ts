/**
 * The package as its users get it: packed, unpacked into another project, imported by name.
 */
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core"
import { afterAll, assert, beforeAll, describe, it, vi } from "@effect/vitest"
import { Effect, ManagedRuntime } from "effect"
import { Simulator } from "effect-wecom/simulator"
import { SimulatorServer } from "effect-wecom/simulator/server"
import { HttpServer } from "effect/http"
import { build } from "esbuild"
import { Miniflare } from "miniflare"
import { execFileSync, spawn } from "node:child_process"
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { publint } from "publint"
import { ceilings, type Program, sizeOf } from "../bench/bundle.ts"
import { catalogue } from "../src/catalogue.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

describe("the packed package", () => {
  const scratch = mkdtempSync(join(tmpdir(), "effect-wecom-"))
  const user = join(scratch, "user")
  const installed = join(user, "node_modules", "effect-wecom")

  /** A project that has what the README says to install. */
  const whole = join(scratch, "whole")
  let tarball = ""

  const run = (command: string, ...args: ReadonlyArray<string>): string => {
    return runIn(user, command, ...args)
  }
  const runIn = (cwd: string, command: string, ...args: ReadonlyArray<string>): string => {
    try {
      return execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" })
    } catch (error) {
      // The compiler complains on standard output, Node on standard error.
      const { stderr, stdout } = error as { stdout: string; stderr: string } // what execFileSync throws
      throw new Error(`${stdout}\n${stderr}`, { cause: error })
    }
  }

  beforeAll(() => {
    const copy = join(scratch, "package")
    const manifest: { readonly files: ReadonlyArray<string> } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8")
    )
    const shipped = manifest.files.filter((name) => name !== "dist")
    for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json", "LICENSE", "README.md", ...shipped]) {
      cpSync(join(root, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"))
    mkdirSync(installed, { recursive: true })
    for (const name of ["effect", "fast-xml-parser", "@noble", "@types"]) {
      symlinkSync(join(root, "node_modules", name), join(user, "node_modules", name))
    }
    writeFileSync(join(user, "package.json"), "{ \"type\": \"module\" }")
    run("npm", "pack", copy, "--silent", "--pack-destination", scratch)
    const [packed = ""] = readdirSync(scratch).filter((name) => name.endsWith(".tgz"))
    tarball = join(scratch, packed)
    run("tar", "-xzf", tarball, "-C", installed, "--strip-components=1")
    mkdirSync(join(whole, "node_modules/effect-wecom"), { recursive: true })
    run("tar", "-xzf", tarball, "-C", join(whole, "node_modules/effect-wecom"), "--strip-components=1")
    for (const name of ["effect", "fast-xml-parser", "@noble", "@types", "@effect"]) {
      symlinkSync(join(root, "node_modules", name), join(whole, "node_modules", name))
    }
    writeFileSync(join(whole, "package.json"), "{ \"type\": \"module\" }")
  })
  afterAll(() => rmSync(scratch, { recursive: true }))

  /** Every barrel, as it is imported. */
  const barrels = () =>
    globSync("**/index.js", { cwd: join(installed, "dist") }).toSorted()
      .filter((name) => name !== "simulator/areas/index.js")
      .map((name) => join("effect-wecom", dirname(name)))

  it("is imported by name, compiled, without any package but those it needs", () => {
    assert.isAbove(barrels().length, 18)
    const script = `
      for (const name of [...${JSON.stringify(barrels())}, "effect-wecom/catalogue"]) {
        await import(name).catch((error) => console.log(name, error.code))
      }
      const { Departments } = await import("effect-wecom/contacts")
      console.log(typeof Departments.layer, import.meta.resolve("effect-wecom/contacts"))`
    assert.match(
      run(process.execPath, "--input-type=module", "--eval", script),
      /^effect-wecom\/node ERR_MODULE_NOT_FOUND\neffect-wecom\/oa\/smart-documents\/markdown ERR_MODULE_NOT_FOUND\neffect-wecom\/simulator\/server ERR_MODULE_NOT_FOUND\nobject file:.*\/dist\/contacts\/index\.js\n$/
    )
  })

  it("has a command, which says what it lacks", () => {
    const { bin, version }: { readonly bin: { readonly wecom: string }; readonly version: string } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8")
    )
    const command = join(installed, bin.wecom)
    assert.isTrue(readFileSync(command, "utf8").startsWith("#!/usr/bin/env node\n"))
    assert.strictEqual(run(process.execPath, command, "--version"), `${version}\n`)
    assert.throws(() => run(process.execPath, command, "user", "list"), /npm install @effect\/platform-node/)
    assert.isTrue(existsSync(join(installed, "openapi/wecom.json")))
  })

  it("has the program of the simulator's page, bundled", () => {
    const served = readFileSync(join(installed, "dist/simulator/inspector/bundle.js"), "utf8")
    assert.include(served, "WeCom simulator|企业微信模拟器")
    assert.isFalse(existsSync(join(installed, "dist/simulator/inspector/page")))
  })

  it("is reached through its barrels alone", () => {
    const script = `
      const closed = ["internal/callback/xml", "contacts/Users", "WeComClient", "simulator/World", "simulator/areas"]
      for (const name of closed) {
        await import("effect-wecom/" + name).then(() => console.log(name, "loaded"), (error) => console.log(error.code))
      }`
    assert.deepStrictEqual(
      run(process.execPath, "--input-type=module", "--eval", script).trim().split("\n"),
      [
        "ERR_PACKAGE_PATH_NOT_EXPORTED",
        "ERR_MODULE_NOT_FOUND",
        "ERR_MODULE_NOT_FOUND",
        "ERR_PACKAGE_PATH_NOT_EXPORTED",
        "ERR_PACKAGE_PATH_NOT_EXPORTED"
      ]
    )
  })

  it("is type-checked by name, also by a project that has no Node's types and checks the declarations", () => {
    writeFileSync(
      join(user, "all.ts"),
      // What is for Node has the types of `@effect/platform-node`, which this project has not.
      barrels().filter((name) => name !== "effect-wecom/node").map((name, index) =>
        `export * as m${index} from "${name}"\n`
      ).join("")
    )
    writeFileSync(
      join(user, "main.ts"),
      `import { TokenCache, WeComApp, WeComClient, type SecretApp } from "effect-wecom"
       import { Departments } from "effect-wecom/contacts"
       // @ts-expect-error: internal modules are not exported
       import * as xml from "effect-wecom/internal/callback/xml"
       export const layer = Departments.layer
       export const app: WeComApp = WeComApp.secret({} as Omit<SecretApp, "_tag">)
       export const statics = [WeComClient.withOptions, WeComClient.RetryPolicy, TokenCache.renewals, TokenCache.layer]
       // @ts-expect-error: a value has a type, so the declarations were found
       export const wrong: string = Departments.layer
       void xml`
    )
    writeFileSync(
      join(user, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          module: "nodenext",
          target: "es2023",
          noEmit: true,
          types: [],
          skipLibCheck: false
        },
        files: ["main.ts", "all.ts"]
      })
    )
    assert.strictEqual(run(process.execPath, join(root, "node_modules/typescript/bin/tsc")), "")
  })

  it("has declarations that an editor reads at once", () => {
    const sizes = globSync("**/*.d.ts", { cwd: join(installed, "dist") })
      .map((name) => [readFileSync(join(installed, "dist", name)).length, name] as const)
    assert.deepStrictEqual(sizes.filter(([size]) => size > 256_000), [])
    const sumOf = (sizes: ReadonlyArray<readonly [size: number, name: string]>) =>
      sizes.reduce((sum, [size]) => sum + size, 0)
    // The facade declares no endpoint: it has a size of its own.
    const isFacade = ([, name]: readonly [size: number, name: string]) => name.startsWith("promise/")
    assert.isBelow(sumOf(sizes.filter(isFacade)), 40_000)
    // What an editor has to read: 4 kB for an endpoint, with its models and texts.
    assert.isBelow(sumOf(sizes.filter((size) => !isFacade(size))), 4100 * catalogue.length)
  })

  it("has no any in its declarations", () => {
    const found = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".d.ts"))
      .flatMap((name) => {
        const code = readFileSync(join(installed, "dist", name), "utf8")
          .replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g, "")
        return code.split("\n").flatMap((line) => /\bany\b/.test(line) ? [`${name}: ${line.trim().slice(0, 200)}`] : [])
      })
    assert.deepStrictEqual(found, [])
  })

  it("holds what it needs, and no more", () => {
    const names = new Set(readdirSync(installed))
    for (const name of ["LICENSE", "dist", "package.json", "src"]) assert.isTrue(names.has(name), name)
    for (const name of ["test", "bench", "scripts", "node_modules"]) assert.isFalse(names.has(name), name)
  })

  it("holds whatever its documents link to", () => {
    const documents = globSync("{*,docs/*}.md", { cwd: installed })
    assert.includeMembers(documents, ["README.md", "README.zh-CN.md", "API.md", "docs/testing.md"])
    const links = documents.flatMap((document) =>
      [...readFileSync(join(installed, document), "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, path = ""]) => join(dirname(document), path))
    )
    assert.isAbove(links.length, 15)
    assert.deepStrictEqual(links.filter((path) => !existsSync(join(installed, path))), [])
  })

  it("is a package in order: publint", async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true })
    assert.deepStrictEqual(messages, [])
  })

  it("has types wherever it is resolved: are-the-types-wrong", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)), {
      entrypoints: [
        ".",
        "catalogue",
        "promise",
        "contacts",
        "messages",
        "callback",
        "node",
        "labels",
        "simulator",
        "simulator/server"
      ]
    })
    assert(analysis.types !== false)
    assert.deepStrictEqual(
      analysis.problems.filter((problem) =>
        // The package is made of ECMAScript modules, which every Node that it supports can `require`.
        problem.kind !== "CJSResolvesToESM" &&
        // The resolution of old Node knows no `exports`.
        !("resolutionKind" in problem && problem.resolutionKind === "node10")
      ),
      []
    )
  })

  describe("sends a message, reads pages and takes a callback", () => {
    const program = join(whole, "program.mjs")
    const said = "sent to all, 3 members, 60111, answered: zhangsan\n"

    /** What every runtime runs: the simulator, and the facade on its socketless face. */
    const writeProgram = () =>
      writeFileSync(
        program,
        `import { Effect, Layer } from "effect"
         import { HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http"
         import { CallbackReply } from "effect-wecom/callback"
         import { Message } from "effect-wecom/messages"
         import { createWeCom } from "effect-wecom/promise"
         import { Simulator } from "effect-wecom/simulator"

         const callback = { url: "http://localhost/wecom", token: "aToken", encodingAesKey: "${"a".repeat(43)}" }
         const corps = [{
           corpId: "ww1",
           apps: [{ agentId: 1, secret: "one", callback }],
           members: ["zhangsan", "lisi", "wangwu"].map((userid) => ({ userid, name: userid, department: [1] }))
         }]

         export const main = () => Effect.runPromise(Effect.gen(function*() {
           const simulator = yield* Simulator
           const http = Layer.succeed(HttpClient.HttpClient, yield* HttpClient.HttpClient)
           const wecom = createWeCom({ corpId: "ww1", secret: "one", agentId: 1, http })
           const { handled, ...words } = yield* Effect.promise(async () => {
             const { unreached } = await wecom.messages.send(Message.text("hi").to({ users: ["zhangsan"] }))
             let count = 0
             for await (const _ of wecom.users.listAllIds({ limit: 1 })) count++
             const errcode = await wecom.users.get({ userid: "nobody" }).catch((error) => error.errcode)
             const handled = wecom.callbacks({
               token: callback.token,
               encodingAesKey: callback.encodingAesKey,
               handlers: { text: ({ FromUserName }) => CallbackReply.text("answered: " + FromUserName) },
               fallback: () => {}
             })
             return { handled, unreached, count, errcode }
           })
           yield* simulator.connect(HttpClient.make((request) =>
             HttpClientRequest.toWeb(request).pipe(
               Effect.flatMap((web) => Effect.promise(() => handled.fetch(web))),
               Effect.map((response) => HttpClientResponse.fromWeb(request, response))
             )))
           const { reply } = yield* (yield* simulator.member("zhangsan")).sendText("hello")
           yield* Effect.promise(() => wecom.close())
           return (words.unreached.length === 0 ? "sent to all" : "lost") + ", " + words.count + " members, " +
             words.errcode + ", " + reply.Content
         }).pipe(
           Effect.provide(Simulator.layerHttpClient.pipe(Layer.provideMerge(Simulator.layer({ corps })))),
           Effect.scoped
         ))
        `
      )

    const runtimes: ReadonlyArray<readonly [name: string, command: string, ...args: ReadonlyArray<string>]> = [
      ["Node 24", process.execPath],
      ["Node 22", join(root, "test/runtimes/node_modules/node/bin/node")],
      ["Bun", join(root, "node_modules/.bin/bun")],
      ["Deno", join(root, "node_modules/.bin/deno"), "run", "--allow-all", "--node-modules-dir=manual"]
    ]
    beforeAll(() => {
      writeProgram()
      writeFileSync(join(whole, "main.mjs"), `import { main } from "./program.mjs"\nconsole.log(await main())\n`)
      writeFileSync(join(whole, "main.cjs"), `require("./program.mjs").main().then(console.log)\n`)
    })

    it.each(runtimes)(
      "on %s",
      (_, command, ...args) => assert.strictEqual(runIn(whole, command, ...args, "main.mjs"), said)
    )

    it.each(runtimes.slice(0, 3))(
      "on %s, from CommonJS",
      (_, command, ...args) => assert.strictEqual(runIn(whole, command, ...args, "main.cjs"), said)
    )

    it("on workerd", async () => {
      const { outputFiles: [file] } = await build({
        stdin: {
          contents: `import { main } from "./program.mjs"
            export default { fetch: async () => new Response(await main() + "\\n") }`,
          resolveDir: whole
        },
        write: false,
        bundle: true,
        format: "esm",
        platform: "neutral",
        mainFields: ["module", "main"],
        conditions: ["workerd", "worker", "browser"],
        logLevel: "error"
      })
      const worker = new Miniflare({ modules: true, script: file?.text ?? "", compatibilityDate: "2026-07-01" })
      try {
        const response = await worker.dispatchFetch("http://localhost/")
        assert.strictEqual(await response.text(), said)
      } finally {
        await worker.dispose()
      }
    })
  })

  it("is type-checked from CommonJS and for bundlers", () => {
    const source = `
      import { Message } from "effect-wecom/messages"
      import { createWeCom } from "effect-wecom/promise"
      export const main = async (): Promise<ReadonlyArray<string>> => {
        const wecom = createWeCom({ corpId: "ww1", secret: "one" })
        const { unreached } = await wecom.messages.send(Message.text("hi").to({ users: ["zhangsan"] }))
        for await (const { userid } of wecom.users.listAllIds()) console.log(userid satisfies string | undefined)
        // @ts-expect-error: there is no such field
        await wecom.users.get({ userId: "zhangsan" })
        return unreached.map(({ id }) => id)
      }`
    const lazily = `
      export const main = async (): Promise<void> => {
        const { createWeCom } = await import("effect-wecom/promise")
        const { name } = await createWeCom().users.get({ userid: "zhangsan" })
        console.log(name satisfies string | undefined)
      }`
    const ways = [
      ["common.cts", source, { module: "nodenext" }],
      ["lazy.cts", lazily, { module: "node16" }],
      ["bundled.ts", source, { module: "esnext", moduleResolution: "bundler" }]
    ] as const
    for (const [file, text, how] of ways) {
      writeFileSync(join(whole, file), text)
      const compilerOptions = {
        ...how,
        strict: true,
        target: "es2023",
        noEmit: true,
        types: ["node"],
        skipLibCheck: true
      }
      writeFileSync(join(whole, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }))
      assert.strictEqual(runIn(whole, process.execPath, join(root, "node_modules/typescript/bin/tsc")), "", file)
    }
  })

  it.each(Object.keys(ceilings) as ReadonlyArray<Program>)("makes a bundle below its ceiling, %s", async (program) => {
    assert.isBelow(await sizeOf(whole, program), ceilings[program])
  })

  describe("templates", () => {
    const callback = { token: "aToken", encodingAesKey: "a".repeat(43) }
    const freePort = async (): Promise<number> => {
      const server = createServer()
      await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
      const { port } = server.address() as AddressInfo // it listens on a port
      await new Promise((resolve) => server.close(resolve))
      return port
    }

    /** The template outside the repository, with its dependencies and the packed package in place of its file. */
    const copy = (name: string): string => {
      const project = join(scratch, name)
      cpSync(join(installed, "templates", name), project, { recursive: true })
      const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
        readFileSync(join(project, "package.json"), "utf8")
      )
      const missing = Object.keys(dependencies).filter((name) =>
        name !== "effect-wecom" && !name.startsWith("@effect/")
      )
        .map((name) => name.startsWith("@") ? dirname(name) : name)
      mkdirSync(join(project, "node_modules"))
      for (const name of new Set([...missing, "@types", "fast-xml-parser", "@noble", "@effect"])) {
        symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name))
      }
      cpSync(join(whole, "node_modules/effect-wecom"), join(project, "node_modules/effect-wecom"), { recursive: true })
      runIn(project, process.execPath, join(root, "node_modules/typescript/bin/tsc"))
      return project
    }

    /** A backend that is started with a simulated WeCom, sends a text and answers one. */
    const talk = async (start: (env: Readonly<Record<string, string>>) => Promise<() => Promise<void>>) => {
      const port = await freePort()
      const backend = `http://127.0.0.1:${port}`
      const runtime = ManagedRuntime.make(SimulatorServer.layer({
        corps: [{
          corpId: "ww1",
          apps: [{ agentId: 1000002, secret: "one", callback: { ...callback, url: `${backend}/wecom/callback` } }],
          members: [{ userid: "zhangsan", name: "张三", department: [1] }]
        }]
      }))
      try {
        const url = await runtime.runPromise(HttpServer.addressFormattedWith(Effect.succeed))
        const stop = await start({
          PORT: String(port),
          WECOM_BASE_URL: url,
          WECOM_CORP_ID: "ww1",
          WECOM_CORP_SECRET: "one",
          WECOM_AGENT_ID: "1000002",
          WECOM_CALLBACK_TOKEN: callback.token,
          WECOM_CALLBACK_AES_KEY: callback.encodingAesKey
        })
        try {
          const send = () =>
            fetch(`${backend}/notify/zhangsan`, {
              method: "POST",
              headers: { "content-type": "text/plain" },
              body: "上线了"
            })
          const response = await vi.waitFor(send, { timeout: 100_000, interval: 100 })
          assert.isTrue(response.ok, await response.clone().text())
          assert.match(await response.text(), /"msgid":"/)
          return await runtime.runPromise(Effect.gen(function*() {
            const member = yield* (yield* Simulator).member("zhangsan")
            const { replyText } = yield* member.sendText("在吗")
            return { replyText, inbox: yield* member.inbox }
          }))
        } finally {
          await stop()
        }
      } finally {
        await runtime.dispose()
      }
    }

    it.each(["effect-service", "nest"])("%s is built, sends a text and answers one", async (name) => {
      const project = copy(name)
      const { inbox, replyText } = await talk(async (env) => {
        const child = spawn(process.execPath, ["dist/main.js"], {
          cwd: project,
          env,
          stdio: ["ignore", "pipe", "pipe"]
        })
        const ended = new Promise((resolve) => child.once("exit", resolve))
        return async () => {
          child.kill("SIGTERM")
          await ended
        }
      })
      assert.include(JSON.stringify(inbox), "上线了")
      assert.include(replyText, "收到：在吗")
    })

    it("hono-worker is built, sends a text and answers one", async () => {
      const project = copy("hono-worker")
      const { scripts }: { readonly scripts: { readonly build: string } } = JSON.parse(
        readFileSync(join(project, "package.json"), "utf8")
      )
      const [, arguments_ = ""] = scripts.build.split(" && esbuild ")
      runIn(project, join(root, "node_modules/.bin/esbuild"), ...arguments_.split(" "))
      const files = readdirSync(join(project, "dist")).toSorted((a) => a === "main.js" ? -1 : 1)
      const { inbox, replyText } = await talk(async ({ PORT, ...bindings }) => {
        const worker = new Miniflare({
          modules: files.map((file) => ({ type: "ESModule" as const, path: join(project, "dist", file) })),
          modulesRoot: join(project, "dist"),
          compatibilityDate: "2026-07-01",
          host: "127.0.0.1",
          port: Number(PORT),
          bindings
        })
        await worker.ready
        return () => worker.dispose()
      })
      assert.include(JSON.stringify(inbox), "上线了")
      assert.include(replyText, "收到：在吗")
    })
  })
})
