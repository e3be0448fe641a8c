import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted, Stream } from "effect"
import { DeviceCredentials } from "../../src/hardware/DeviceCredentials.ts"
import { DeviceData, DeviceDataFilter } from "../../src/hardware/DeviceData.ts"
import { DeviceOnlineStatus, Devices } from "../../src/hardware/Devices.ts"
import { PassMethod, PassType } from "../../src/hardware/DeviceUserType.ts"
import { DirectDevices } from "../../src/hardware/DirectDevices.ts"
import { PrintDevices, ReportedJobStatus } from "../../src/hardware/PrintDevices.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { canned, refusal } from "../oa/support.ts"
import { type Answer, cannedClient, json } from "../support/canned.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const model = WeComApp.model({
  modelId: "m1",
  modelSecret: Redacted.make("model-secret"),
  modelTicket: Effect.succeed(Redacted.make("ticket-1"))
})
const device = WeComApp.device(model, { deviceSn: "SN1", deviceSecret: Redacted.make("device-secret") })

/** An answer as it is. */
const text = (body: string) => new Response(body, { headers: { "content-type": "application/json" } })

const serving = (app: WeComApp, answer: Answer) => {
  let models = 0
  let devices = 0
  const client = cannedClient((call) => {
    if (call.path === "/cgi-bin/openhw/get_model_token") {
      return json({ model_access_token: `M${++models}`, expires_in: 7200 })
    }
    if (call.path === "/cgi-bin/openhw/get_device_token") {
      return call.query.get("model_access_token") === "M1" && models === 1 && devices === 1
        ? { errcode: 710401, errmsg: "model_access_token expired" }
        : json({ device_access_token: `D${++devices}`, expires_in: 7200 })
    }
    return answer(call)
  })
  const layer = Layer.mergeAll(
    Devices.layer,
    DeviceCredentials.layer,
    PrintDevices.layer,
    DirectDevices.layer
  ).pipe(
    Layer.provide(WeComClient.layer(app)),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(client.layer)
  )
  return { client, run: Effect.provide(layer) }
}

describe("a device", () => {
  it.effect("calls with its own token, which its model's gives", () => {
    const { client, run } = serving(
      device,
      ({ query }) => query.get("device_access_token") === "D1" ? { errcode: 42021, errmsg: "expired" } : { errcode: 0 }
    )
    return Effect.gen(function*() {
      const devices = yield* Devices
      yield* devices.reportStatus({ online_status: DeviceOnlineStatus.Online, cur_version: "1" })
      assert.deepStrictEqual(
        client.calls.map(({ body, path, query }) => [
          path.slice("/cgi-bin/openhw/".length),
          Object.fromEntries(query),
          body
        ]),
        [
          ["get_model_token", {}, { model_id: "m1", model_secret: "model-secret", model_ticket: "ticket-1" }],
          ["get_device_token", { model_access_token: "M1" }, { device_sn: "SN1", device_secret: "device-secret" }],
          ["device/report_device_status", { device_access_token: "D1" }, { online_status: 1, cur_version: "1" }],
          // Both tokens have ended: each is fetched once more.
          ["get_device_token", { model_access_token: "M1" }, { device_sn: "SN1", device_secret: "device-secret" }],
          ["get_model_token", {}, { model_id: "m1", model_secret: "model-secret", model_ticket: "ticket-1" }],
          ["get_device_token", { model_access_token: "M2" }, { device_sn: "SN1", device_secret: "device-secret" }],
          ["device/report_device_status", { device_access_token: "D2" }, { online_status: 1, cur_version: "1" }]
        ]
      )
    }).pipe(run)
  })

  it.effect("is found with the token of its model", () => {
    const { client, run } = serving(device, () => ({
      errcode: 0,
      device_detail: { bind_status: 1, bind_corpinfo: { open_corpid: "wp1" } }
    }))
    return Effect.gen(function*() {
      const found = yield* (yield* Devices).get({ device_sn: "SN1" })
      assert.strictEqual(found.corp?.open_corpid, "wp1")
      assert.strictEqual(client.calls.at(-1)?.query.get("model_access_token"), "M1")
    }).pipe(run)
  })

  it.effect("has no token for a model alone, nor a corp's app one for it", () => {
    const { run } = serving(model, () => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const devices = yield* Devices
      const status = { online_status: DeviceOnlineStatus.Online, cur_version: "1" }
      assert.deepStrictEqual(yield* refusal(devices.reportStatus(status)), [
        "app: a Model app has no device_access_token: call as WeComApp.device, or pass the token in `tokens`"
      ])
      const corp = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush") })
      const [said] = yield* refusal(WeComApp.use(corp)(devices.get({ device_sn: "SN1" })))
      assert.match(said ?? "", /a Secret app has no model_access_token/)
    }).pipe(run)
  })

  it.effect("gives its secret away once, redacted", () => {
    const { client, run } = serving(model, () => ({ errcode: 0, device_secret: "S", device_access_token: "T" }))
    return Effect.gen(function*() {
      const secret = yield* (yield* DeviceCredentials).getSecret({ auth_code: Redacted.make("code") })
      assert.strictEqual(Redacted.value(secret.device_secret), "S")
      assert.notInclude(JSON.stringify(secret), "\"S\"")
      assert.deepStrictEqual(client.calls.at(-1)?.body, { auth_code: "code" })
    }).pipe(run)
  })

  it.effect("knows people, with 64-bit rules, as a stream", () => {
    const page = (id: string, cursor: string) =>
      text(
        `{"errcode":0,"next_cursor":"${cursor}","userinfo":{"useritems":[{"open_userid":"u${id}","user_type":9,` +
          `"pass_rule":{"rule_list":[{"id":900719925474099${id},"rule":"x"}]}}]}}`
      )
    const { run } = serving(
      device,
      ({ body }) => (body as { readonly cursor?: string }).cursor === undefined ? page("31", "C") : page("33", "")
    )
    return Effect.gen(function*() {
      const users = yield* Stream.runCollect((yield* Devices).listAllUsers())
      assert.deepStrictEqual(
        users.map(({ open_userid, pass_rule, user_type }) => [open_userid, user_type, pass_rule?.rule_list[0]?.id]),
        [["u31", 9, "90071992547409931"], ["u33", 9, "90071992547409933"]]
      )
    }).pipe(run)
  })

  it.effect("reports up to 100 records, and is told which were not taken", () => {
    const { run } = serving(device, () => ({ errcode: 0, fail_list: [{ open_userid: "u", timestamp: 1 }] }))
    return Effect.gen(function*() {
      const devices = yield* Devices
      const pass = {
        open_userid: "u",
        user_type: 0,
        timestamp: at(1),
        pass_type: PassType.In,
        pass_method: PassMethod.Face
      }
      const { fail_list } = yield* devices.reportPasses({ access_data: [pass] })
      assert.deepStrictEqual(fail_list.map(({ open_userid }) => open_userid), ["u"])
      assert.deepStrictEqual(
        yield* refusal(devices.reportPasses({ access_data: Array.from({ length: 101 }, () => pass) })),
        [
          "access_data: at most 100 items are allowed, got 101"
        ]
      )
      assert.deepStrictEqual(yield* refusal(devices.reportBioInfo({ errcode: 0 })), [
        "open_userid: is needed without an oper_id"
      ])
      assert.deepStrictEqual(
        yield* refusal(devices.reportStatus({ online_status: 1, cur_version: "1", upgradable_version: "2" })),
        ["upgradable_version_desc: is needed with upgradable_version, or WeCom ignores that"]
      )
    }).pipe(run)
  })

  it.effect("prints: a failure says why, and the file's key is a secret", () => {
    const { run } = serving(device, () => ({ errcode: 0, download_url: "https://x/y", encoding_aeskey: "K" }))
    return Effect.gen(function*() {
      const printers = yield* PrintDevices
      const file = yield* printers.getFile({ jobid: "j" })
      assert.notInclude(JSON.stringify(file), "\"K\"")
      assert.deepStrictEqual(yield* refusal(printers.reportJob({ jobid: "j", status: ReportedJobStatus.Failed })), [
        "errcode: is needed of a failure"
      ])
      assert.deepStrictEqual(
        yield* refusal(
          printers.sendScan({ open_userid: "u", filename: "a.pdf", auth_code: Redacted.make("c") })
        ),
        ["media_id: at least one of media_id, download_url is needed"]
      )
    }).pipe(run)
  })
})

describe("what devices have recorded", () => {
  it.effect("is asked for by device or by member, and a page may be empty and not the last", () => {
    const { run, sent } = canned(
      DeviceData.layer,
      ({ body }) =>
        (body as { readonly cursor?: string }).cursor === undefined
          ? { errcode: 0, next_cursor: "C" }
          : { errcode: 0, checkindata: { items: [{ open_userid: "u", checkin_time: 5 }] }, next_cursor: "" }
    )
    return Effect.gen(function*() {
      const data = yield* DeviceData
      const asked = { user_type: 0, begin_time: at(0), end_time: at(9), data_filter_type: DeviceDataFilter.Device }
      const found = yield* Stream.runCollect(data.listAllCheckins({ ...asked, device_sn_list: ["SN1"] }))
      assert.deepStrictEqual(found.map(({ open_userid }) => open_userid), ["u"])
      assert.strictEqual(sent().length, 2)
      assert.deepStrictEqual(yield* refusal(data.listCheckins(asked)), [
        "device_sn_list: is needed with data_filter_type 1"
      ])
      assert.deepStrictEqual(
        yield* refusal(data.addAccessRule({ device_sn_list: ["SN1"], rule_name: "r" })),
        ["pass_rule: at least one of pass_rule, remote_pass_rule is needed"]
      )
    }).pipe(run)
  })
})
