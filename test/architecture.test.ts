/**
 * How the library is built: floors that stand only on those below them. Imports of types count as well. The rooms of the
 * simulator have a test of their own.
 */
import { assert, describe, it } from "@effect/vitest"
import { dirname, matchesGlob } from "node:path"
import { circling, importsBelow, importsOfRooms, upward } from "./support/imports.ts"

const areas = "areas of the API"

/**
 * The floors, the lowest first, and the files on each. A file stands on the first floor that names it; the folders that none
 * names are areas of the API.
 */
const floors: ReadonlyArray<readonly [floor: string, ...files: ReadonlyArray<string>]> = [
  ["shapes on the wire", "Wire.ts", "internal/wire/**", "internal/kernel/json.ts"],
  [
    "errors",
    "ErrorCode.ts",
    "WeComError.ts",
    "PartialResult.ts",
    "StoreError.ts",
    "labels/**",
    "internal/{errorCodes,labels,links}.ts"
  ],
  ["stores", "internal/store/{agenda,onRedis,redisFailure,storeBudget}.ts"],
  [
    "cryptography of callbacks",
    "callback/{CallbackError,CallbackCipher,CallbackCrypto}.ts",
    "internal/callback/{cipher,failure,frame,json,xml}.ts"
  ],
  ["what a call is", "WeComApp.ts", "Endpoint.ts", "Paging.ts", "media/{Upload,Download}.ts"],
  ["the kernel", "internal/kernel/**"],
  ["tokens", "token/**"],
  ["the client", "WeComClient.ts"],
  ["what all calls pass", "limits/**"],
  ["how endpoints become a service", "Domain.ts"],
  [areas, "robot/{GroupRobot,RobotMessage,SmartRobot,SmartRobotMessage,SmartSheetWebhook}.ts"],
  ["callbacks", "callback/**", "robot/**", "internal/{callback,robot,store}/**"],
  ["tenants, conversations", "tenants/**", "conversation/**"],
  ["Node, suites for tests", "node/**", "testing/**"],
  ["lists of everything", "services.ts", "catalogue.ts", "index.ts", "internal/reflect/**"],
  ["the API with promises", "promise/**"],
  ["the simulator", "simulator/**"],
  ["tools", "toolkit/**", "cli/**"]
]

const files = importsBelow("src")

const named = (file: string): number =>
  floors.findIndex(([, ...patterns]) => patterns.some((pattern) => matchesGlob(file, pattern)))

const floorOf = (file: string): number =>
  named(file) === -1 && file.includes("/") ? floors.findIndex(([name]) => name === areas) : named(file)

describe("the house", () => {
  it("has a floor for every file, and files on every floor that is not still empty", () => {
    assert.isAbove(files.size, 150)
    assert.deepStrictEqual([...files.keys()].filter((file) => floorOf(file) === -1), [])
    const tools = floors.length - 1
    assert.sameMembers(
      [...new Set([...files.keys()].map(floorOf)), tools].filter((floor, index, all) => all.indexOf(floor) === index),
      floors.map((_, index) => index)
    )
  })

  it("has no circle of files, and none of areas", () => {
    assert.deepStrictEqual(circling(files), [])
    // What lies beside areas, such as `oa/filled.ts`, is part of none.
    const isArea = (file: string) => floors[floorOf(file)]?.[0] === areas && files.has(`${dirname(file)}/index.ts`)
    const inAreas = new Map([...files].filter(([file]) => isArea(file)))
    const graph = importsOfRooms(inAreas, dirname)
    assert.isAbove(graph.size, 9)
    assert.deepStrictEqual(circling(graph), [])
  })

  it("has no arrow from a lower floor to a higher one", () => assert.deepStrictEqual(upward(files, floorOf), []))
})

describe("what refuses circles and arrows", () => {
  const graph = (edges: ReadonlyArray<readonly [string, string]>) =>
    new Map([...Map.groupBy(edges, ([from]) => from)].map(([from, to]) => [from, new Set(to.map(([, to]) => to))]))

  it("finds a circle, and who lies on it alone", () =>
    assert.deepStrictEqual(circling(graph([["a", "b"], ["b", "c"], ["c", "b"]])), ["b", "c"]))

  it("finds an arrow upwards", () =>
    assert.deepStrictEqual(
      upward(graph([["WeComError.ts", "WeComClient.ts"], ["Domain.ts", "WeComClient.ts"]]), floorOf),
      ["WeComError.ts -> WeComClient.ts"]
    ))
})
