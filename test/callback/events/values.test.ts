/**
 * What the values of events mean: lists in their three layouts, flags, times, ids, both spellings, and what is left out.
 */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import * as CallbackEvent from "../../../src/callback/CallbackEvent.ts"
import * as ApprovalEvents from "../../../src/callback/events/ApprovalEvents.ts"
import { eventFixtures } from "../leaves.ts"

/** The event of a key, read from what follows the header. */
const read = <const Key extends CallbackEvent.Key>(key: Key, body: string) =>
  Effect.map(CallbackEvent.fromXml(`<xml>${header(key)}${body}</xml>`), (event) => {
    assert.strictEqual(event._tag, key, event._tag === "Unknown" ? event.decodeIssue?.message : undefined)
    return event as CallbackEvent.ByKey[Key] // as the line above asserts
  })

const header = (key: string): string => {
  const [kind, type, changeType, updateDetail] = key.split("/")
  const changes = (changeType === undefined ? "" : `<ChangeType>${changeType}</ChangeType>`) +
    (updateDetail === undefined ? "" : `<UpdateDetail>${updateDetail}</UpdateDetail>`)
  return kind === "event"
    ? `<ToUserName>ww1</ToUserName><FromUserName>sys</FromUserName><CreateTime>1700000000</CreateTime>` +
      `<MsgType>event</MsgType><Event>${type}</Event>${changes}`
    : `<SuiteId>wx1</SuiteId><AuthCorpId>ww1</AuthCorpId><InfoType>${type}</InfoType>` +
      `<TimeStamp>1700000000</TimeStamp>${changes}`
}

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

/** Read from what is written, an event is what it was. */
const same = (event: CallbackEvent.Known) =>
  Effect.map(
    CallbackEvent.fromXml(CallbackEvent.toXml(event)),
    (again) => assert.deepStrictEqual({ ...again }, { ...event })
  )

describe("members", () => {
  it.effect("comma strings are lists, and what has not changed is absent", () =>
    Effect.gen(function*() {
      const created = yield* read(
        "event/change_contact/create_user",
        "<UserID>lisi</UserID><Department>1,2,3</Department><IsLeaderInDept>1,0,0</IsLeaderInDept>" +
          "<MainDepartment>1</MainDepartment><DirectLeader>zhangsan,wangwu</DirectLeader><Gender>2</Gender><Status>4</Status>"
      )
      assert.deepStrictEqual(created.Department, [1, 2, 3])
      assert.deepStrictEqual(created.IsLeaderInDept, [true, false, false])
      assert.deepStrictEqual(created.DirectLeader, ["zhangsan", "wangwu"])
      assert.strictEqual(created.MainDepartment, 1)
      assert.strictEqual(created.Gender, 2)
      assert.strictEqual(created.Status, 4)
      yield* same(created)
      const updated = yield* read("event/change_contact/update_user", "<UserID>lisi</UserID><Department></Department>")
      assert.deepStrictEqual(updated.Department, [])
      assert.isUndefined(updated.IsLeaderInDept)
      assert.isUndefined(updated.MainDepartment)
      assert.deepStrictEqual(updated.ExtAttr, [])
      yield* same(updated)
    }))

  it.effect("attributes of all servers are read", () =>
    Effect.gen(function*() {
      const { ExtAttr } = yield* read(
        "InfoType/change_contact/update_user",
        "<UserID>lisi</UserID><ExtAttr>" +
          "<Item><Name>工位</Name><Type>0</Type><Text><Value>A1</Value></Text></Item>" +
          "<Item><Name>主页</Name><Type>1</Type><Web><Title>首页</Title><Url>https://example.com</Url></Web></Item>" +
          "<Item><Name>车牌</Name><Value>粤B</Value></Item>" +
          "<Item><Name>空</Name><Type>0</Type><Text></Text></Item></ExtAttr>"
      )
      assert.deepStrictEqual(ExtAttr, [
        { Name: "工位", Type: 0, Text: { Value: "A1" } },
        { Name: "主页", Type: 1, Web: { Title: "首页", Url: "https://example.com" } },
        { Name: "车牌", Value: "粤B" },
        { Name: "空", Type: 0 }
      ])
    }))

  it.effect("the members of tags are userids and department ids", () =>
    Effect.gen(function*() {
      const event = yield* read(
        "InfoType/change_contact/update_tag",
        "<TagId>7</TagId><AddUserItems>lisi,wangwu</AddUserItems><DelUserItems></DelUserItems><AddPartyItems>2</AddPartyItems>"
      )
      assert.strictEqual(event.TagId, 7)
      assert.deepStrictEqual(
        [event.AddUserItems, event.DelUserItems, event.AddPartyItems, event.DelPartyItems],
        [["lisi", "wangwu"], [], [2], []]
      )
      assert.strictEqual(event.AuthCorpId, "ww1")
      yield* same(event)
    }))
})

describe("applications", () => {
  const info = (body: string) => `<ApprovalInfo>${body}</ApprovalInfo>`
  const details =
    "<Details><Approver><UserId>lisi</UserId></Approver><Speech></Speech><SpStatus>1</SpStatus><SpTime>0</SpTime></Details>"

  it.effect("siblings of one name are lists, be they one or many", () =>
    Effect.gen(function*() {
      const { ApprovalInfo } = yield* read(
        "event/sys_approval_change",
        info(
          "<SpNo>202311140001</SpNo><SpStatus>2</SpStatus><ApplyTime>1700000000</ApplyTime>" +
            "<Applyer><UserId>wangwu</UserId><Party>3</Party></Applyer>" +
            `<SpRecord><SpStatus>2</SpStatus><ApproverAttr>2</ApproverAttr>${details}${details}</SpRecord>` +
            `<SpRecord><SpStatus>1</SpStatus><ApproverAttr>1</ApproverAttr>${details}</SpRecord>` +
            "<Notifyer><UserId>zhaoliu</UserId></Notifyer>" +
            "<Comments><CommentUserInfo><UserId>lisi</UserId></CommentUserInfo><CommentTime>1700000001</CommentTime>" +
            "<CommentContent>请尽快</CommentContent><CommentId>6750538708562308220</CommentId>" +
            "<Attach>media-1</Attach><Attach>media-2</Attach></Comments><StatuChangeEvent>10</StatuChangeEvent>"
        )
      )
      assert.deepStrictEqual(ApprovalInfo.SpRecord.map(({ Details }) => Details.length), [2, 1])
      const [first] = ApprovalInfo.SpRecord
      assert.deepStrictEqual(first?.Details[0], {
        Approver: { UserId: "lisi" },
        Speech: "",
        SpStatus: 1,
        SpTime: undefined,
        Attach: []
      })
      assert.deepStrictEqual(ApprovalInfo.Notifyer, [{ UserId: "zhaoliu" }])
      assert.deepStrictEqual(ApprovalInfo.Comments, [{
        CommentUserInfo: { UserId: "lisi" },
        CommentTime: at(1700000001),
        CommentContent: "请尽快",
        CommentId: "6750538708562308220",
        Attach: ["media-1", "media-2"]
      }])
      assert.deepStrictEqual(ApprovalInfo.Applyer, { UserId: "wangwu", Party: 3 })
      assert.strictEqual(ApprovalInfo.StatuChangeEvent, ApprovalEvents.ApprovalChange.Commented)
      assert.strictEqual(ApprovalEvents.ApprovalChange.label(ApprovalInfo.StatuChangeEvent), "添加备注")
      assert.deepStrictEqual(ApprovalInfo.ProcessList, [])
    }))

  it.effect("nodes of the process: whoever is notified decides nothing, and nobody has decided at time 0", () =>
    Effect.gen(function*() {
      const event = yield* read(
        "event/sys_approval_change",
        info(
          "<SpStatus>1</SpStatus><StatuChangeEvent>1</StatuChangeEvent><ProcessList>" +
            "<NodeList><NodeType>1</NodeType><SpStatus>1</SpStatus><ApvRel>2</ApvRel>" +
            "<SubNodeList><UserInfo><UserId>a</UserId></UserInfo><Speech></Speech><SpYj>1</SpYj><Sptime>0</Sptime></SubNodeList>" +
            "<SubNodeList><UserInfo><UserId>b</UserId></UserInfo><SpYj>2</SpYj><Sptime>1700000000</Sptime></SubNodeList>" +
            "</NodeList><NodeList><NodeType>2</NodeType><SubNodeList><UserInfo><UserId>c</UserId></UserInfo></SubNodeList>" +
            "</NodeList></ProcessList>"
        )
      )
      const nodes = event.ApprovalInfo.ProcessList.flatMap(({ SubNodeList }) => SubNodeList)
      assert.deepStrictEqual(nodes.map(({ UserInfo }) => UserInfo?.UserId), ["a", "b", "c"])
      assert.deepStrictEqual(nodes.map((node) => ["Sptime" in node, node.Sptime]), [
        [true, undefined],
        [true, at(1700000000)],
        [false, undefined]
      ])
      yield* same(event)
    }))

  it.effect("both spellings of an embedded flow are one", () =>
    Effect.gen(function*() {
      const flow = (userid: string, step: string) =>
        info(
          "<ThirdNo>no-1</ThirdNo><OpenSpStatus>2</OpenSpStatus><ApprovalNodes><ApprovalNode><NodeStatus>2</NodeStatus>" +
            `<Items><Item><${userid}>lisi</${userid}><ItemStatus>2</ItemStatus><ItemOpTime>1700000000</ItemOpTime></Item></Items>` +
            `</ApprovalNode></ApprovalNodes><NotifyNodes><NotifyNode><${userid}>wangwu</${userid}></NotifyNode></NotifyNodes>` +
            `<${step}>1</${step}>`
        )
      const old = yield* read("event/open_approval_change", flow("ItemUserid", "approverstep"))
      const present = yield* read("event/open_approval_change", flow("ItemUserId", "ApproverStep"))
      assert.deepStrictEqual({ ...old }, { ...present })
      assert.strictEqual(old.ApprovalInfo.ApprovalNodes[0]?.Items[0]?.ItemUserId, "lisi")
      assert.strictEqual(old.ApprovalInfo.NotifyNodes[0]?.ItemUserId, "wangwu")
      assert.strictEqual(old.ApprovalInfo.ApproverStep, 1)
    }))
})

describe("pictures", () => {
  it.effect("are one list, whether there is one wrapper or many", () =>
    Effect.gen(function*() {
      const picture = (sum: string) => `<item><PicMd5Sum>${sum}</PicMd5Sum></item>`
      const sent = (list: string) => `<EventKey>6</EventKey><SendPicsInfo><Count>2</Count>${list}</SendPicsInfo>`
      const one = yield* read("event/pic_weixin", sent(`<PicList>${picture("a")}${picture("b")}</PicList>`))
      const many = yield* read(
        "event/pic_weixin",
        sent(`<PicList>${picture("a")}</PicList><PicList>${picture("b")}</PicList>`)
      )
      assert.deepStrictEqual(one.SendPicsInfo.PicList, [{ PicMd5Sum: "a" }, { PicMd5Sum: "b" }])
      assert.deepStrictEqual({ ...one }, { ...many })
      yield* same(many)
    }))
})

describe("customers", () => {
  it.effect("a group's members come in a wrapper, one or many", () =>
    Effect.gen(function*() {
      const changed = (items: string) =>
        `<ChatId>wr1</ChatId><JoinScene>3</JoinScene><MemChangeCnt>1</MemChangeCnt>${items}`
      for (
        const [items, members] of [
          ["<MemChangeList><Item>wm1</Item></MemChangeList>", ["wm1"]],
          ["<MemChangeList><Item>wm1</Item><Item>wm2</Item></MemChangeList>", ["wm1", "wm2"]],
          ["<MemChangeList></MemChangeList>", []],
          ["", []]
        ] as const
      ) {
        const event = yield* read("event/change_external_chat/update/add_member", changed(items))
        assert.deepStrictEqual(event.MemChangeList, members)
        assert.isUndefined(event.QuitScene)
        const suite = yield* read("InfoType/change_external_chat/update/del_member", changed(items))
        assert.deepStrictEqual(suite.MemChangeList, members)
        assert.strictEqual(suite.SuiteId, "wx1")
      }
    }))

  it.effect("a suite is told what an app is told", () =>
    Effect.gen(function*() {
      const body = "<UserID>lisi</UserID><ExternalUserID>wm1</ExternalUserID><FailReason>customer_refused</FailReason>"
      const app = yield* read("event/change_external_contact/transfer_fail", body)
      const suite = yield* read("InfoType/change_external_contact/transfer_fail", body)
      for (const event of [app, suite]) {
        assert.deepStrictEqual([event.UserID, event.ExternalUserID, event.FailReason], [
          "lisi",
          "wm1",
          "customer_refused"
        ])
        assert.strictEqual(event.header.corpId, "ww1")
        assert.deepStrictEqual(event.header.createTime, at(1700000000))
      }
      assert.strictEqual(suite.header.suiteId, "wx1")
    }))

  it.effect("an account of 微信客服 that an app gains or loses is a list of its own", () =>
    Effect.gen(function*() {
      const event = yield* read(
        "event/kf_account_auth_change",
        "<AuthAddOpenKfId>wk1</AuthAddOpenKfId><AuthAddOpenKfId>wk2</AuthAddOpenKfId>"
      )
      assert.deepStrictEqual([event.AuthAddOpenKfId, event.AuthDelOpenKfId], [["wk1", "wk2"], []])
      yield* same(event)
    }))
})

describe("who did it", () => {
  it.effect("an outsider in a meeting is no member", () =>
    Effect.gen(function*() {
      const event = yield* CallbackEvent.fromXml(
        "<xml><ToUserName>ww1</ToUserName><FromUserTmpOpenId>tmp</FromUserTmpOpenId><CreateTime>1700000000</CreateTime>" +
          "<MsgType>event</MsgType><Event>meeting_change</Event><ChangeType>role_change</ChangeType><MeetingId>m</MeetingId>" +
          "<OperatedUser><TmpOpenId>other</TmpOpenId><UserRole>6</UserRole></OperatedUser></xml>"
      )
      assert.strictEqual(event._tag, "event/meeting_change/role_change")
      if (event._tag !== "event/meeting_change/role_change") return
      assert.isUndefined(event.FromUserName)
      assert.isUndefined(event.header.userId)
      assert.strictEqual(event.FromUserTmpOpenId, "tmp")
      assert.deepStrictEqual(event.OperatedUser, { TmpOpenId: "other", UserRole: 6 })
      yield* same(event)
    }))

  it.effect("an order belongs to the corp that pays", () =>
    Effect.map(
      CallbackEvent.fromXml(
        "<xml><SuiteId>wx1</SuiteId><PaidCorpId>ww2</PaidCorpId><InfoType>refund</InfoType><TimeStamp>1700000000</TimeStamp>" +
          "<OrderId>no-1</OrderId></xml>"
      ),
      (event) => {
        assert.strictEqual(event._tag, "InfoType/refund")
        assert.strictEqual(event.header.corpId, "ww2")
      }
    ))

  it.effect("a device that reports has no CreateTime", () =>
    Effect.gen(function*() {
      const event = yield* CallbackEvent.fromXml(
        "<xml><ToUserName>ww1</ToUserName><FromUserName>sys</FromUserName><MsgType>event</MsgType>" +
          "<Event>device_accesscontrol_data_report</Event><TimeStamp>1700000000</TimeStamp><DeviceSn>sn</DeviceSn>" +
          "<AccessDataList><Item><OpenUserId>wo1</OpenUserId><UserType>0</UserType><TimeStamp>1700000001</TimeStamp>" +
          "<PassType>1</PassType><PassMethod>4</PassMethod></Item></AccessDataList></xml>"
      )
      assert.strictEqual(event._tag, "event/device_accesscontrol_data_report")
      if (event._tag !== "event/device_accesscontrol_data_report") return
      assert.isUndefined(event.CreateTime)
      assert.deepStrictEqual(event.header.createTime, at(1700000000))
      assert.deepStrictEqual(event.AccessDataList, [
        { OpenUserId: "wo1", UserType: 0, TimeStamp: at(1700000001), PassType: 1, PassMethod: 4 }
      ])
      yield* same(event)
    }))
})

describe("schools", () => {
  it.effect("departments are told in two spellings", () =>
    Effect.gen(function*() {
      const right = yield* read("event/change_school_contact/create_department", "<Id>7</Id>")
      const wrong = yield* read("event/change_school_contact/create_deparmtment", "<Id>7</Id>")
      assert.strictEqual(right.Id, 7)
      assert.strictEqual(wrong.Id, 7)
      assert.instanceOf(wrong, CallbackEvent.events.SchoolDeparmtmentCreated)
    }))

  it.effect("a batch is a list of changes", () =>
    Effect.gen(function*() {
      const { ChangeList } = yield* read(
        "InfoType/change_school_contact_batch",
        "<ChangeList><TimeStamp>1700000001</TimeStamp><ChangeType>update_parent</ChangeType><Id>mama</Id><NewId>ma</NewId></ChangeList>" +
          "<ChangeList><TimeStamp>1700000002</TimeStamp><ChangeType>delete_department</ChangeType><Id>3</Id></ChangeList>"
      )
      assert.deepStrictEqual(ChangeList, [
        { TimeStamp: at(1700000001), ChangeType: "update_parent", Id: "mama", NewId: "ma" },
        { TimeStamp: at(1700000002), ChangeType: "delete_department", Id: "3" }
      ])
    }))
})

describe("flags", () => {
  it.effect("true and false in words are written in words", () =>
    Effect.gen(function*() {
      const uploaded = (all: string) =>
        `<MeetingId>m</MeetingId><AllUploadStatus>${all}</AllUploadStatus><UploadInfo><MediumUrl>https://example.com</MediumUrl>` +
        "<MediumType>2</MediumType><UploadStatus>0</UploadStatus><ErrorMsg>太小</ErrorMsg></UploadInfo>"
      for (const all of [true, false]) {
        const event = yield* read("event/meeting_change/medium_upload", uploaded(`${all}`))
        assert.strictEqual(event.AllUploadStatus, all)
        assert.isFalse(event.UploadInfo[0]?.UploadStatus)
        assert.include(CallbackEvent.toXml(event), `<AllUploadStatus>${all}</AllUploadStatus>`)
      }
    }))
})

describe("payments", () => {
  it.effect("refunds of every kind are one event, and stay what they are", () =>
    Effect.gen(function*() {
      const text =
        "<xml><id>1</id><create_time>2023-11-14T22:13:20+08:00</create_time><event_type>REFUND.ABNORMAL</event_type>" +
        "<resource><algorithm>AEAD_AES_256_GCM</algorithm><ciphertext>YQ==</ciphertext><nonce>n</nonce></resource></xml>"
      const event = yield* CallbackEvent.fromXml(text)
      assert.strictEqual(event._tag, "resource/REFUND.*")
      assert.strictEqual(event._tag === "resource/REFUND.*" ? event.event_type : "", "REFUND.ABNORMAL")
      assert.include(CallbackEvent.toXml(event), "REFUND.ABNORMAL")
    }))
})

describe("JSON", () => {
  it.effect("an event reads the same from JSON, numbers or not, as from XML", () =>
    Effect.gen(function*() {
      const json = yield* CallbackEvent.fromJson(JSON.stringify({
        ToUserName: "ww1",
        FromUserName: "sys",
        CreateTime: 1700000000,
        MsgType: "event",
        Event: "change_contact",
        ChangeType: "create_party",
        Id: 2,
        Name: "研发",
        ParentId: "1",
        Order: null
      }))
      const xml = yield* read("event/change_contact/create_party", "<Id>2</Id><Name>研发</Name><ParentId>1</ParentId>")
      assert.deepStrictEqual({ ...json }, { ...xml })
    }))
})

describe("what is not declared", () => {
  const families = ["change_contact", "change_external_contact", "change_external_chat", "change_external_tag"] as const

  it.effect("a new change type is unknown, with everything it came with", () =>
    Effect.gen(function*() {
      for (const family of [...families, "change_school_contact"]) {
        for (const key of [`event/${family}/brand_new`, `InfoType/${family}/brand_new`]) {
          const event = yield* CallbackEvent.fromXml(`<xml>${header(key)}<Novelty>1</Novelty></xml>`)
          assert.strictEqual(event._tag, "Unknown")
          assert.strictEqual(event.key, key)
          assert.strictEqual(event._tag === "Unknown" ? event.fields["Novelty"] : undefined, "1")
          assert.isUndefined(event._tag === "Unknown" ? event.decodeIssue : "decoded")
        }
      }
    }))

  it.effect("a family without a change type is declared", () =>
    Effect.gen(function*() {
      for (const family of families) {
        const event = yield* CallbackEvent.fromXml(`<xml>${header(`InfoType/${family}`)}</xml>`)
        assert.strictEqual(event._tag, `InfoType/${family}`)
      }
    }))

  it.effect("a change type beside an event that has none does not hide the event", () =>
    Effect.gen(function*() {
      const event = yield* CallbackEvent.fromXml(
        `<xml>${header("event/living_status_change/brand_new")}<LivingId>lv1</LivingId><Status>1</Status></xml>`
      )
      assert.strictEqual(event._tag, "event/living_status_change")
    }))

  it.effect("a value that is not declared is read, and refused when it is sent", () =>
    Effect.gen(function*() {
      const event = yield* read("event/living_status_change", "<LivingId>lv1</LivingId><Status>9</Status>")
      assert.strictEqual(event.Status, 9)
      assert.throws(() => CallbackEvent.toXml(event), /Status/)
    }))
})

describe("printing", () => {
  it.effect("no event prints more than its header", () =>
    Effect.gen(function*() {
      for (const { text } of eventFixtures) {
        const event = yield* CallbackEvent.fromText(text)
        assert.sameMembers(
          Object.keys(JSON.parse(`${event}`)).filter((name) =>
            !["_id", "key", "corpId", "suiteId", "agentId", "botId", "userId", "createTime", "messageId"].includes(name)
          ),
          []
        )
      }
    }))
})
