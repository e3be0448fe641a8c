/**
 * `wecom mcp` seen by a client that is not ours: the reference SDK, over stdio and HTTP.
 */
import { assert, describe, it } from "@effect/vitest"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js"
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js"
import { once } from "node:events"
import { request } from "node:http"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { environment, run, staged, start } from "./support.ts"

describe("wecom mcp", () => {
  const stage = staged()

  const connect = async (args: ReadonlyArray<string>, answer?: "accept" | "decline") => {
    const client = new Client({ name: "tests", version: "1" }, {
      capabilities: answer === undefined ? {} : { elicitation: {} }
    })
    if (answer !== undefined) {
      client.setRequestHandler(ElicitRequestSchema, () => ({
        action: answer,
        ...(answer === "accept" && { content: { confirm: true } })
      }))
    }
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [stage.built.bin, "mcp", ...args],
        env: environment(stage.built, stage.simulator.url),
        stderr: "ignore"
      })
    )
    return client
  }

  interface Result {
    readonly isError?: boolean
    readonly content: ReadonlyArray<{ readonly text: string }>
    readonly structuredContent?: { readonly [key: string]: unknown }
  }
  const call = async (client: Client, name: string, input: object): Promise<Result> =>
    await client.callTool({ name, arguments: { ...input } }) as unknown as Result // what the SDK leaves open

  it("lists few tools by default, which search, describe and call", async () => {
    const client = await connect([])
    const { tools } = await client.listTools()
    assert.deepStrictEqual(tools.map(({ name }) => name).toSorted(), [
      "call_endpoint",
      "describe_endpoint",
      "search_endpoints"
    ])
    const found = await call(client, "search_endpoints", { query: "读取成员" })
    assert.match(found.content[0]?.text ?? "", /"name":"Users.get"/)
    const described = await call(client, "describe_endpoint", { name: "Users.get" })
    assert.match(described.content[0]?.text ?? "", /userid/)
    const got = await call(client, "call_endpoint", { name: "Users.get", input: { userid: "zhangsan" } })
    assert.deepInclude((got.structuredContent?.["result"] ?? {}) as object, { userid: "zhangsan", name: "张三" })
    await client.close()
  })

  it("refuses writes that are not allowed, and does nothing", async () => {
    const client = await connect([])
    const refused = await call(client, "call_endpoint", { name: "Users.delete", input: { userid: "lisi" } })
    assert.isTrue(refused.isError)
    assert.match(refused.content[0]?.text ?? "", /not allowed/)
    assert.isEmpty(await stage.simulator.run(Simulator.use(({ calls }) => calls("/cgi-bin/user/delete"))))
    await client.close()
  })

  it("tells what is wrong with an input, and which endpoint was meant", async () => {
    const client = await connect([])
    const misspelt = await call(client, "call_endpoint", { name: "Users.gett" })
    assert.match(misspelt.content[0]?.text ?? "", /Users.get/)
    const wrong = await call(client, "call_endpoint", { name: "Users.get", input: { user: "x" } })
    assert.isTrue(wrong.isError)
    assert.match(wrong.content[0]?.text ?? "", /userid/)
    const none = await call(client, "call_endpoint", { name: "Users.get", input: { userid: "nobody" } })
    assert.match(none.content[0]?.text ?? "", /60111/)
    await client.close()
  })

  it("asks the user before what cannot be undone", async () => {
    const input = { name: "Users.delete", input: { userid: "lisi" } }
    const declining = await connect(["--allow-writes", "contacts"], "decline")
    const declined = await call(declining, "call_endpoint", input)
    assert.match(declined.content[0]?.text ?? "", /not confirmed/)
    await declining.close()
    const silent = await connect(["--allow-writes", "contacts"])
    assert.match((await call(silent, "call_endpoint", input)).content[0]?.text ?? "", /not confirmed/)
    await silent.close()
    assert.isEmpty(await stage.simulator.run(Simulator.use(({ calls }) => calls("/cgi-bin/user/delete"))))
    const accepting = await connect(["--allow-writes", "contacts"], "accept")
    const done = await call(accepting, "call_endpoint", input)
    assert.isNotTrue(done.isError, done.content[0]?.text)
    await accepting.close()
    assert.lengthOf(await stage.simulator.run(Simulator.use(({ calls }) => calls("/cgi-bin/user/delete"))), 1)
  })

  it("lists a tool for each endpoint where it is asked to, without those that write", async () => {
    const client = await connect(["--every-tool", "--only", "contacts"])
    const { tools } = await client.listTools()
    assert.isAbove(tools.length, 15)
    assert.isTrue(tools.every(({ annotations }) => annotations?.readOnlyHint === true))
    const tool = tools.find(({ name }) => name === "Users_get")
    assert.match(tool?.description ?? "", /^读取成员/)
    const got = await call(client, "Users_get", { userid: "zhangsan" })
    assert.match(got.content[0]?.text ?? "", /张三/)
    await client.close()
  })

  /** A server over HTTP that has said where it listens. */
  const serve = async (args: ReadonlyArray<string> = [], env: { readonly [name: string]: string } = {}) => {
    const child = start(stage.built, stage.simulator.url, ["mcp", "--http", "0", ...args], { env })
    const [line] = await once(child.stderr!, "data") as [Buffer] // the first thing that it says
    const address = /http:\S+/.exec(line.toString())?.[0]?.replace("0.0.0.0", "127.0.0.1") ?? ""
    return { address, [Symbol.dispose]: () => void child.kill("SIGINT") }
  }

  const connectTo = async (address: string, headers: { readonly [name: string]: string } = {}) => {
    const client = new Client({ name: "tests", version: "1" })
    const transport = new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers } })
    // The SDK's own types disagree about optional properties.
    await client.connect(transport as never)
    return client
  }

  it("serves HTTP, and keeps tokens and secrets to itself", async () => {
    using server = await serve()
    const client = await connectTo(server.address)
    const got = await call(client, "call_endpoint", { name: "Users.list", input: { department_id: 2 } })
    assert.match(JSON.stringify(got), /zhangsan/)
    const token = await call(client, "call_endpoint", {
      name: "Credential.getToken",
      input: { corpid: "ww0123456789abcdef", corpsecret: "the-secret-of-the-app" }
    })
    assert.deepInclude((token.structuredContent?.["result"] ?? {}) as object, { access_token: "<redacted>" })
    await client.close()
  })

  it("lets over HTTP only those in who show its token, where it has one", async () => {
    const token = "0123456789abcdef-of-the-tests"
    using server = await serve(["--host", "0.0.0.0"], { WECOM_MCP_TOKEN: token })
    const client = await connectTo(server.address, { authorization: `Bearer ${token}` })
    assert.lengthOf((await client.listTools()).tools, 3)
    await client.close()
    for (const headers of [{}, { authorization: "Bearer another-token-of-the-tests" }, { authorization: token }]) {
      const refused = await connectTo(server.address, headers).then(() => "let in", (error: unknown) => `${error}`)
      assert.match(refused, /401|bearer token|[Uu]nauthorized/)
    }
    const response = await fetch(server.address, { method: "POST", body: "{}" })
    assert.strictEqual(response.status, 401)
    assert.strictEqual(response.headers.get("www-authenticate"), "Bearer")
    assert.notInclude(await response.text(), token)
  })

  it("refuses pages in a browser, and names that another site may lead here", async () => {
    using server = await serve()
    const { hostname, port } = new URL(server.address)
    const status = (headers: { readonly [name: string]: string }) =>
      new Promise<number | undefined>((resolve, reject) => {
        const options = { hostname, port, path: "/mcp", method: "POST", headers }
        request(options, (response) => resolve(response.resume().statusCode)).on("error", reject).end("{}")
      })
    assert.strictEqual(await status({ host: `rebound.example.com:${port}` }), 403)
    assert.strictEqual(await status({ origin: "https://example.com" }), 403)
    assert.strictEqual(await status({ origin: `http://${hostname}:${port}` }), 403)
    assert.notInclude([401, 403], await status({ host: `localhost:${port}` }))
  })

  it("serves other machines with a token alone, and one that is not soon guessed", async () => {
    const open = await run(stage.built, stage.simulator.url, ["mcp", "--http", "0", "--host", "0.0.0.0"])
    assert.strictEqual(open.code, 3)
    assert.match(open.stderr, /WECOM_MCP_TOKEN/)
    const short = await run(stage.built, stage.simulator.url, ["mcp", "--http", "0"], {
      env: { WECOM_MCP_TOKEN: "short-token" }
    })
    assert.strictEqual(short.code, 3)
    assert.notInclude(short.stderr, "short-token")
  })
})
