/**
 * Processes that share a Redis fetch one token between them, whatever happens to the Redis or to one of them.
 */
import { assert, describe, it } from "@effect/vitest"
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { createClient } from "redis"
import { needsRedis, startRedis } from "../support/redis.ts"

/** A vendor over HTTP: hands out T1, T2, ..., and answers 42001 to those that it has made invalid. */
const startVendor = async () => {
  const valid = new Set<string>()
  const state = { fetched: 0, stalled: 0, delay: 50, expire: () => valid.clear() }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://vendor")
    const send = (body: object) => {
      response.setHeader("content-type", "application/json")
      response.end(JSON.stringify({ errcode: 0, errmsg: "ok", ...body }))
    }
    if (url.pathname !== "/cgi-bin/gettoken") {
      send(
        valid.has(url.searchParams.get("access_token") ?? "")
          ? { department: [] }
          : { errcode: 42001, errmsg: "access_token expired" }
      )
    } else if (state.stalled > 0) {
      state.stalled--
    } else {
      const token = `T${++state.fetched}`
      valid.add(token)
      setTimeout(send, state.delay, { access_token: token, expires_in: 7200 })
    }
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}

interface Worker extends Disposable {
  readonly child: ChildProcessWithoutNullStreams
  /** Makes so many calls at once. */
  readonly call: (count: number) => Promise<{ readonly ok: number; readonly failures: ReadonlyArray<string> }>
}

const startWorker = async (vendor: string, redis: string, patience = 1): Promise<Worker> => {
  const script = fileURLToPath(new URL("../support/fleet-worker.ts", import.meta.url))
  const child = spawn(process.execPath, ["--conditions=effect-wecom-source", script, vendor, redis, `${patience}`])
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => {
    while (true) {
      const { done, value } = await lines.next()
      if (done) throw new Error("the worker ended")
      // Anything else is a log line.
      if (value === "ready" || value.startsWith("{\"ok\"")) return value
    }
  }
  child.stderr.pipe(process.stderr)
  assert.strictEqual(await next(), "ready")
  return {
    child,
    call: async (count) => {
      child.stdin.write(`${count}\n`)
      return JSON.parse(await next())
    },
    [Symbol.dispose]: () => child.kill("SIGKILL")
  }
}

describe("a fleet on one Redis", () => {
  it("of 8 processes with 1,000 callers each fetches one token, and one more when it ends", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    using vendor = await startVendor()
    using workers = new DisposableStack()
    const fleet = await Promise.all(
      Array.from({ length: 8 }, async () => workers.use(await startWorker(vendor.url, redis.url, 20)))
    )
    const all = async (count: number) => {
      const results = await Promise.all(fleet.map((worker) => worker.call(count)))
      assert.deepStrictEqual(results.flatMap(({ failures }) => failures), [])
      assert.strictEqual(results.reduce((sum, { ok }) => sum + ok, 0), 8 * count)
    }
    await all(1000)
    assert.strictEqual(vendor.state.fetched, 1)
    vendor.state.expire()
    await all(1000)
    assert.strictEqual(vendor.state.fetched, 2)
  }, 600_000)

  it("goes on when the process that holds the lease is killed", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    using vendor = await startVendor()
    using holder = await startWorker(vendor.url, redis.url)
    using other = await startWorker(vendor.url, redis.url)
    vendor.state.stalled = 1
    holder.call(1).catch(() => undefined)
    while (vendor.state.stalled > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const client = createClient({ url: redis.url })
    await client.connect()
    const [lease = "none"] = await client.keys("*:lease")
    assert.match(lease, /^wecom:v1:\{app:ww1:[0-9a-f]{16}\}:lease$/)
    // Nobody has to give it back, for it ends by itself.
    const left = await client.pTTL(lease)
    client.destroy()
    assert.isTrue(left > 0 && left <= 5000, `${left} ms left`)
    const answer = other.call(100)
    holder.child.kill("SIGKILL")
    assert.deepStrictEqual(await answer, { ok: 100, failures: [] })
    assert.strictEqual(vendor.state.fetched, 1)
  })

  it(
    "fails no call while Redis is away for 10 seconds, fetching once for each process, and shares again when it is back",
    async (context) => {
      needsRedis(context)
      await using redis = await startRedis()
      using vendor = await startVendor()
      using workers = new DisposableStack()
      const fleet = await Promise.all(
        Array.from({ length: 3 }, async () => workers.use(await startWorker(vendor.url, redis.url)))
      )
      const each = async () => {
        for (const worker of fleet) assert.deepStrictEqual((await worker.call(50)).failures, [])
      }
      await each()
      assert.strictEqual(vendor.state.fetched, 1)
      await redis.kill()
      // The token lives on without Redis; and when it ends, each process fetches for itself at most once.
      await each()
      assert.strictEqual(vendor.state.fetched, 1)
      vendor.state.expire()
      const back = performance.now() + 10_000
      do await each()
      while (performance.now() < back)
      const alone = vendor.state.fetched - 1
      assert.isTrue(alone >= 1 && alone <= 3, `${alone} fetched`)
      await redis.start()
      // From when all have reconnected, one fetches for all.
      const client = createClient({ url: redis.url })
      await client.connect()
      while ((await client.clientList()).length < 1 + fleet.length) {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      client.destroy()
      await each()
      const before = vendor.state.fetched
      vendor.state.expire()
      await Promise.all(fleet.map((worker) => worker.call(200)))
      assert.strictEqual(vendor.state.fetched, before + 1)
    },
    300_000
  )
})
