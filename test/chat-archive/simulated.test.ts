/** The chat archive on the simulator, in raw JSON as any other client would. */
import { assert, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { ArchivedGroupChat, ArchivedRobot, ChatArchive } from "../../src/chat-archive/ChatArchive.ts"
import {
  addArchivedGroup,
  addArchivedRobot,
  agree,
  archiveMember
} from "../../src/simulator/areas/chat-archive/ChatArchive.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "../simulator/raw.ts"

const simulated = Effect.provide(Layer.provideMerge(ChatArchive.layer, Simulator.layerTest()))

const ok = { errcode: 0, errmsg: "ok" }

it.effect("who is archived", () =>
  Effect.gen(function*() {
    const { world } = yield* Simulator
    yield* archiveMember(world, { userid: "LiSi", edition: 3 })
    yield* archiveMember(world, { userid: "zhangsan", edition: 1 })
    const list = (body: object) => called.post("/cgi-bin/msgaudit/get_permit_user_list", body)
    assert.deepStrictEqual(yield* list({}), { ...ok, ids: ["lisi", "zhangsan"] })
    assert.deepStrictEqual(yield* list({ type: 1 }), { ...ok, ids: ["zhangsan"] })
    assert.strictEqual((yield* list({ type: 9 })).errcode, 40058)
    assert.deepStrictEqual(
      yield* ChatArchive.use((archive) => archive.listPermittedUsers({ type: 3 })),
      ["lisi"]
    )
  }).pipe(simulated))

it.effect("who has agreed, alone and in groups", () =>
  Effect.gen(function*() {
    const { world } = yield* Simulator
    yield* agree(world, { external_userid: "wm1", status: "Agree", with: { userid: "zhangsan" } })
    yield* agree(world, { external_userid: "wm2", status: "Disagree", with: { roomid: "wr1" } })
    const single = (exteranalopenid: string) =>
      called.post("/cgi-bin/msgaudit/check_single_agree", { info: [{ userid: "zhangsan", exteranalopenid }] })
    assert.deepStrictEqual(yield* single("wm1"), {
      ...ok,
      agreeinfo: [{ userid: "zhangsan", exteranalopenid: "wm1", agree_status: "Agree", status_change_time: 0 }]
    })
    assert.strictEqual((yield* single("wm2")).errcode, 301061)
    const room = (roomid: string) => called.post("/cgi-bin/msgaudit/check_room_agree", { roomid })
    assert.deepStrictEqual(yield* room("wr1"), {
      ...ok,
      agreeinfo: [{ exteranalopenid: "wm2", agree_status: "Disagree", status_change_time: 0 }]
    })
    assert.strictEqual((yield* room("wr2")).errcode, 40058)
    assert.strictEqual((yield* called.post("/cgi-bin/msgaudit/groupchat/get", { roomid: "wr1" })).errcode, 301059)
  }).pipe(simulated))

it.effect("the groups and robots of the archive", () =>
  Effect.gen(function*() {
    const { world } = yield* Simulator
    const at = DateTime.makeUnsafe(1_700_000_000_000)
    yield* addArchivedGroup(world, {
      roomid: "wr3",
      chat: new ArchivedGroupChat({
        roomname: "项目组",
        creator: "zhangsan",
        room_create_time: at,
        notice: "",
        members: [{ memberid: "zhangsan", jointime: at }]
      })
    })
    yield* addArchivedRobot(world, {
      robot: new ArchivedRobot({ robot_id: "wb1", name: "值班", creator_userid: "lisi" })
    })
    assert.deepStrictEqual(yield* called.post("/cgi-bin/msgaudit/groupchat/get", { roomid: "wr3" }), {
      ...ok,
      roomname: "项目组",
      creator: "zhangsan",
      room_create_time: 1_700_000_000,
      notice: "",
      members: [{ memberid: "zhangsan", jointime: 1_700_000_000 }]
    })
    assert.deepStrictEqual(yield* called.get("/cgi-bin/msgaudit/get_robot_info?robot_id=wb1"), {
      ...ok,
      data: { robot_id: "wb1", name: "值班", creator_userid: "lisi" }
    })
    assert.strictEqual((yield* called.get("/cgi-bin/msgaudit/get_robot_info?robot_id=wb2")).errcode, 40058)
  }).pipe(simulated))
