import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import * as Attribute from "../../src/contacts/Attribute.ts"
import { Departments } from "../../src/contacts/Departments.ts"
import { UserGender } from "../../src/contacts/UserGender.ts"
import { EmailType, User, Users } from "../../src/contacts/Users.ts"
import { UserStatus } from "../../src/contacts/UserStatus.ts"
import { Media } from "../../src/media/Media.ts"
import * as Upload from "../../src/media/Upload.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { WeComError } from "../../src/WeComError.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

const zhaoliu = { userid: "zhaoliu", name: "赵六", mobile: "13800000004" }

describe("a member", () => {
  it("belongs to departments: the parallel lists put together", () => {
    const user = new User({
      userid: "zhangsan",
      department: [1, 2],
      order: [10, 20],
      is_leader_in_dept: [true, false]
    })
    assert.deepStrictEqual(user.departments, [
      { id: 1, order: 10, isLeader: true },
      { id: 2, order: 20, isLeader: false }
    ])
  })

  it("belongs to departments also where the app sees only their ids", () => {
    assert.deepStrictEqual(new User({ userid: "zhangsan", department: [3] }).departments, [
      { id: 3, order: 0, isLeader: false }
    ])
  })

  it("has a status with a name and a label", () => {
    assert.strictEqual(UserStatus.Unactivated, 4)
    assert.strictEqual(UserStatus.label(5), "退出企业")
    assert.strictEqual(UserStatus.label(99), undefined)
  })

  it.effect("keeps attributes of a type that is not known, and a status that is not", () => {
    const { layer } = canned(() => ({
      errcode: 0,
      userid: "zhangsan",
      status: 9,
      gender: "2",
      extattr: { attrs: [{ type: 7, name: "坐标", place: { x: 1 } }, { type: 0, name: "工号", text: { value: "42" } }] }
    }))
    return Effect.gen(function*() {
      const user = yield* Users.use((users) => users.get({ userid: "zhangsan" }))
      assert.strictEqual(user.status, 9)
      assert.strictEqual(user.gender, UserGender.Female)
      assert.deepStrictEqual(user.extattr?.attrs, [
        { type: "Unknown", value: { type: 7, name: "坐标", place: { x: 1 } } },
        { type: 0, name: "工号", text: { value: "42" } }
      ])
    }).pipe(Effect.provide(layer))
  })
})

describe("creating a member", () => {
  it.effect("sends what the document says", () => {
    const { layer, sent } = canned(() => ({ errcode: 0, errmsg: "created" }))
    return Effect.gen(function*() {
      const users = yield* Users
      const answer = yield* users.create({
        ...zhaoliu,
        gender: UserGender.Male,
        enable: true,
        to_invite: false,
        ...Users.inDepartments([{ id: 2, isLeader: true }, { id: 3, order: 7 }]),
        extattr: {
          attrs: [Attribute.text("工号", "42"), Attribute.web("主页", { url: "https://a.b", title: "主页" })]
        },
        external_profile: {
          external_attr: [Attribute.miniprogram("名片", { appid: "wx1", pagepath: "/card", title: "名片" })]
        }
      })
      assert.strictEqual(answer.created_department_list, undefined)
      assert.deepStrictEqual(sent()[0]?.body, {
        ...zhaoliu,
        gender: "1",
        enable: 1,
        to_invite: false,
        department: [2, 3],
        order: [0, 7],
        is_leader_in_dept: [1, 0],
        extattr: {
          attrs: [
            { type: 0, name: "工号", text: { value: "42" } },
            { type: 1, name: "主页", web: { url: "https://a.b", title: "主页" } }
          ]
        },
        external_profile: {
          external_attr: [
            { type: 2, name: "名片", miniprogram: { appid: "wx1", pagepath: "/card", title: "名片" } }
          ]
        }
      })
    }).pipe(Effect.provide(layer))
  })

  it.effect("is refused, naming the field, before anything is sent", () => {
    const { layer, sent } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const users = yield* Users
      const create = (changes: Partial<Parameters<typeof users.create>[0]>) =>
        refusal(users.create({ ...zhaoliu, ...changes }))
      assert.deepStrictEqual(yield* refusal(users.create({ userid: "zhaoliu", name: "赵六" })), [
        "mobile: at least one of mobile, email is needed"
      ])
      assert.deepStrictEqual(yield* create({ userid: "-a" }), [
        "userid: expected 1 to 64 letters, digits, or any of _ - @ . after the first"
      ])
      assert.deepStrictEqual(yield* create({ name: "" }), ["name: must not be blank"])
      assert.deepStrictEqual(yield* create({ name: "六".repeat(65) }), [
        "name: at most 64 characters are allowed, got 65"
      ])
      assert.deepStrictEqual(yield* create({ gender: 3 }), ["gender: expected one of 0, 1, 2"])
      assert.deepStrictEqual(yield* create({ email: "a".repeat(65) }), [
        "email: at most 64 bytes of UTF-8 are allowed, got 65"
      ])
      assert.deepStrictEqual(yield* create({ external_position: "高级产品经理".repeat(2) + "级" }), [
        "external_position: at most 12 Chinese characters are allowed, got 13"
      ])
      assert.deepStrictEqual(
        yield* create({ extattr: { attrs: [Attribute.web("主页", { url: "https://a.b", title: "标".repeat(13) })] } }),
        ["extattr.attrs[0].web.title: at most 12 Chinese characters are allowed, got 13"]
      )
      assert.deepStrictEqual(yield* create({ telephone: "总机" }), [
        "telephone: only digits, '-', '+' and ',' are allowed"
      ])
      assert.deepStrictEqual(yield* create({ department: [1, 2], order: [1] }), [
        "order: as many items as in `department` are needed"
      ])
      assert.deepStrictEqual(yield* create({ is_leader_in_dept: [true] }), [
        "is_leader_in_dept: as many items as in `department` are needed"
      ])
      assert.deepStrictEqual(yield* create({ department: Array.from({ length: 101 }, (_, id) => id + 1) }), [
        "department: at most 100 items are allowed, got 101"
      ])
      assert.deepStrictEqual(yield* create({ extattr: { attrs: [Attribute.text("工号", "4".repeat(65))] } }), [
        "extattr.attrs[0].text.value: at most 64 characters are allowed, got 65"
      ])
      assert.deepStrictEqual(
        yield* create({ external_profile: { external_attr: [Attribute.text("简介", "好".repeat(33))] } }),
        ["external_profile.external_attr[0].text.value: at most 32 characters are allowed"]
      )
      assert.deepStrictEqual(
        yield* create({ extattr: { attrs: [Attribute.web("主页", { url: "a.b", title: "主页" })] } }),
        ["extattr.attrs[0].web.url: expected an http or https URL"]
      )
      assert.deepStrictEqual(
        yield* create({ extattr: { attrs: [Attribute.web("主页", { url: "", title: "主页" })] } }),
        ["extattr.attrs[0].web: `url` and `title` are both given, or both empty to clear the attribute"]
      )
      // What a program without types may pass.
      const misspelt = { ...zhaoliu, mobil: "1" }
      assert.deepStrictEqual(yield* refusal(users.create(misspelt)), ["mobil: the endpoint has no such field"])
      const { endpoint } = yield* Effect.flip(users.create({ userid: "zhaoliu", name: "赵六" }))
      assert.strictEqual(endpoint, "POST /cgi-bin/user/create")
      assert.deepStrictEqual(sent(), [])
    }).pipe(Effect.provide(layer))
  })
})

describe("members of a simulated corp", () => {
  it.effect("are created, read, changed and deleted", () =>
    Effect.gen(function*() {
      const users = yield* Users
      yield* users.create({
        ...zhaoliu,
        gender: UserGender.Female,
        ...Users.inDepartments([{ id: 2, order: 5, isLeader: true }]),
        extattr: { attrs: [Attribute.text("工号", "42")] }
      })
      const created = yield* users.get({ userid: "ZhaoLiu" })
      assert.strictEqual(created.name, "赵六")
      assert.strictEqual(created.status, UserStatus.Unactivated)
      assert.strictEqual(created.gender, UserGender.Female)
      assert.deepStrictEqual(created.departments, [{ id: 2, order: 5, isLeader: true }])
      assert.deepStrictEqual(created.extattr?.attrs, [Attribute.text("工号", "42")])
      assert.include((yield* users.list({ department_id: 2 })).map(({ userid }) => userid), "zhaoliu")
      const departments = yield* Departments
      assert.deepStrictEqual((yield* departments.get({ id: 2 })).department_leader, ["zhaoliu"])

      yield* users.update({ userid: "zhaoliu", position: "测试", ...Users.inDepartments([{ id: 3 }]), enable: false })
      const changed = yield* users.get({ userid: "zhaoliu" })
      assert.strictEqual(changed.position, "测试")
      assert.strictEqual(changed.name, "赵六")
      assert.strictEqual(changed.status, UserStatus.Deactivated)
      assert.deepStrictEqual(changed.departments, [{ id: 3, order: 0, isLeader: false }])
      assert.deepStrictEqual((yield* departments.get({ id: 2 })).department_leader, [])

      yield* users.delete({ userid: "zhaoliu" })
      const gone = yield* users.get({ userid: "zhaoliu" }).pipe(
        Effect.as("there"),
        WeComError.catchCode(60111, () => Effect.succeed("gone"))
      )
      assert.strictEqual(gone, "gone")
    }).pipe(simulated()))

  it.effect("are refused with the documented errcodes", () =>
    Effect.gen(function*() {
      const users = yield* Users
      yield* users.create({ ...zhaoliu, email: "a@b.c", biz_mail: "a@corp.c" })
      assert.strictEqual(yield* errcode(users.create({ ...zhaoliu, userid: "ZHAOLIU" })), 60102)
      assert.strictEqual(yield* errcode(users.create({ ...zhaoliu, userid: "q", mobile: "+86 13800000004" })), 60104)
      assert.strictEqual(yield* errcode(users.create({ userid: "q", name: "q", email: "a@b.c" })), 60106)
      assert.strictEqual(
        yield* errcode(users.create({ userid: "q", name: "q", mobile: "139", biz_mail: "a@corp.c" })),
        60145
      )
      assert.strictEqual(
        yield* errcode(users.create({ ...zhaoliu, userid: "q", mobile: "1", avatar_mediaid: "m" })),
        40007
      )
      assert.strictEqual(yield* errcode(users.update({ userid: "nobody", name: "q" })), 60111)
      assert.strictEqual(yield* errcode(users.update({ userid: "zhaoliu", department: [999] })), 60123)
      assert.strictEqual(yield* errcode(users.update({ userid: "zhaoliu", new_userid: "lisi" })), 60102)
      assert.strictEqual(yield* errcode(users.list({ department_id: 999 })), 60003)
      assert.strictEqual(yield* errcode(users.convertToOpenid({ userid: "nobody" })), 60111)
      assert.strictEqual(yield* errcode(users.convertToUserid({ openid: "nobody" })), 40073)
      assert.strictEqual(yield* errcode(users.getIdByMobile({ mobile: "10000000000" })), 46004)
      assert.strictEqual(yield* errcode(users.getIdByEmail({ email: "x@y.z" })), 46004)
      assert.strictEqual(yield* errcode(users.deleteMany({ useridlist: ["lisi", "nobody"] })), 40031)
      assert.strictEqual((yield* users.get({ userid: "lisi" })).userid, "lisi")
    }).pipe(simulated()))

  it.effect("who are put into unknown departments make them", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { created_department_list } = yield* users.create({ ...zhaoliu, department: [2, 77] })
      assert.deepStrictEqual(created_department_list?.department_info.map(({ id }) => id), [77])
      assert.deepStrictEqual((yield* users.get({ userid: "zhaoliu" })).department, [2, 77])
      yield* users.create({ userid: "nowhere", name: "无", email: "n@b.c" })
      const [department = 0] = (yield* users.get({ userid: "nowhere" })).department
      const departments = yield* Departments
      assert.strictEqual((yield* departments.get({ id: department })).name, "其他（待设置部门）")
      assert.strictEqual((yield* departments.get({ id: 77 })).parentid, department)
    }).pipe(simulated()))

  it.effect("change their own number once they are activated", () =>
    Effect.gen(function*() {
      const users = yield* Users
      yield* users.create(zhaoliu)
      yield* users.update({ userid: "zhaoliu", mobile: "13900000000" })
      assert.strictEqual((yield* users.get({ userid: "zhaoliu" })).mobile, "13900000000")
      yield* users.update({ userid: "zhangsan", mobile: "13900000001" })
      assert.strictEqual((yield* users.get({ userid: "zhangsan" })).mobile, undefined)
    }).pipe(simulated()))

  it.effect("are given a new userid, and an uploaded avatar", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const media = yield* Media
      const file = Upload.bytes(new Uint8Array(16).fill(1), { filename: "a.png", contentType: "image/png" })
      const { media_id } = yield* media.upload({ type: "image", media: file })
      yield* users.update({ userid: "lisi", new_userid: "lisi.new", avatar_mediaid: media_id })
      assert.strictEqual(yield* errcode(users.get({ userid: "lisi" })), 60111)
      assert.include((yield* users.get({ userid: "lisi.new" })).avatar, media_id)
    }).pipe(simulated()))

  it.effect("are found by number, address and openid, and counted", () =>
    Effect.gen(function*() {
      const users = yield* Users
      yield* users.create({ ...zhaoliu, email: "home@b.c", biz_mail: "work@b.c" })
      assert.strictEqual(yield* users.getIdByMobile({ mobile: "+86 13800000004" }), "zhaoliu")
      assert.strictEqual(yield* users.getIdByEmail({ email: "Work@b.c" }), "zhaoliu")
      assert.strictEqual(
        yield* users.getIdByEmail({ email: "home@b.c", email_type: EmailType.Personal }),
        "zhaoliu"
      )
      const { openid } = yield* users.convertToOpenid({ userid: "zhaoliu" })
      assert.strictEqual(yield* users.convertToUserid({ openid }), "zhaoliu")
      assert.strictEqual(yield* users.getActiveCount({ date: "2026-03-27" }), 3)
      assert.deepStrictEqual(yield* refusal(users.getActiveCount({ date: "27.3.2026" })), [
        "date: expected a day as 2026-03-27"
      ])
    }).pipe(simulated()))

  it.effect("are invited, but for those who are not there", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const invitation = users.invite({ user: ["zhangsan", "nobody"], party: [2, 99] })
      const { invalidparty, invalidtag, invaliduser } = yield* invitation
      assert.deepStrictEqual([invaliduser, invalidparty, invalidtag], [["nobody"], [99], []])
      const failure = yield* Effect.flip(invitation.pipe(PartialResult.failOnPartialBy(({ unreached }) => unreached)))
      if (failure._tag !== "PartialFailure") return assert.fail(failure._tag)
      assert.deepStrictEqual(failure.failed, [{ kind: "user", id: "nobody" }, { kind: "party", id: "99" }])
      assert.deepStrictEqual(yield* refusal(users.invite({ user: [] })), [
        "user: at least one of user, party, tag is needed"
      ])
    }).pipe(simulated()))
})

describe("the ids of all members", () => {
  const corps = [{
    ...defaultCorp,
    members: Array.from({ length: 5 }, (_, index) => ({ userid: `user${index}`, department: [1, 2] }))
  }]

  it.effect("are streamed page by page", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const simulator = yield* Simulator
      const entries = yield* Stream.runCollect(users.listAllIds({ limit: 4 }))
      assert.deepStrictEqual(
        entries.map(({ department, userid }) => `${userid}/${department}`),
        corps[0]!.members.flatMap(({ userid }) => [`${userid}/1`, `${userid}/2`])
      )
      assert.lengthOf(yield* simulator.calls("/cgi-bin/user/list_id"), 3)
    }).pipe(simulated({ corps })))

  it.effect("are not fetched beyond what is taken", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const simulator = yield* Simulator
      yield* Stream.runDrain(Stream.take(users.listAllIds({ limit: 4 }), 4))
      assert.lengthOf(yield* simulator.calls("/cgi-bin/user/list_id"), 1)
    }).pipe(simulated({ corps })))

  it.effect("are asked for 1 to 10,000 at a time", () =>
    Effect.gen(function*() {
      const users = yield* Users
      assert.lengthOf(yield* refusal(users.listIds({ limit: 0 })), 1)
      assert.lengthOf(yield* refusal(users.listIds({ limit: 10_001 })), 1)
    }).pipe(simulated()))
})
