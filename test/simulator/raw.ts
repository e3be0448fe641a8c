/** Requests to the simulator as any HTTP client would send them: no schema of ours on this side. */
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import { Simulator } from "../../src/simulator/Simulator.ts"

export interface Answer {
  readonly errcode: number
  readonly errmsg: string
  readonly [field: string]: unknown
}

const base = "https://qyapi.weixin.qq.com"

/** GET, its JSON answer parsed. */
export const get = (path: string): Effect.Effect<Answer, unknown, HttpClient.HttpClient> =>
  Effect.flatMap(HttpClient.get(base + path), (response) => response.json) as never

/** POST of a JSON value or of a text as it is, the JSON answer parsed. */
export const post = (path: string, body: unknown): Effect.Effect<Answer, unknown, HttpClient.HttpClient> =>
  Effect.flatMap(
    HttpClient.execute(
      HttpClientRequest.post(base + path).pipe(
        HttpClientRequest.bodyText(typeof body === "string" ? body : JSON.stringify(body), "application/json")
      )
    ),
    (response) => response.json
  ) as never

/** A token of the simulator's first app, fetched as the documents say. */
export const token: Effect.Effect<string, unknown, HttpClient.HttpClient | Simulator> = Effect.gen(function*() {
  const { world } = yield* Simulator
  const corp = [...world.corps.values()][0]!
  const answer = yield* get(
    `/cgi-bin/gettoken?corpid=${corp.id}&corpsecret=simulated-app-secret-0123456789abcdefghijkl`
  )
  return answer.access_token as string
})

/** The same with the token of the first app. */
export const called = {
  get: (path: string) =>
    Effect.flatMap(token, (token) => get(`${path}${path.includes("?") ? "&" : "?"}access_token=${token}`)),
  post: (path: string, body: unknown) =>
    Effect.flatMap(token, (token) => post(`${path}${path.includes("?") ? "&" : "?"}access_token=${token}`, body))
}

/** A multipart body as other libraries write it: raw UTF-8 in the file name. */
const multipart = (content: Uint8Array, disposition: string) => {
  const head = new TextEncoder().encode(
    `--b0undary\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\n`
  )
  const tail = new TextEncoder().encode("\r\n--b0undary--\r\n")
  const body = new Uint8Array(head.length + content.length + tail.length)
  body.set(head)
  body.set(content, head.length)
  body.set(tail, head.length + content.length)
  return body
}

/** A file in a multipart body, by any HTTP client. */
export const upload = (
  type: string,
  content: Uint8Array,
  disposition = `name="media";filename="wework.txt"; filelength=${content.length}`,
  path = "/cgi-bin/media/upload"
): Effect.Effect<Answer, unknown, HttpClient.HttpClient | Simulator> =>
  Effect.gen(function*() {
    const value = yield* token
    const response = yield* HttpClient.execute(
      HttpClientRequest.post(`${base}${path}?access_token=${value}${type === "" ? "" : `&type=${type}`}`).pipe(
        HttpClientRequest.bodyUint8Array(multipart(content, disposition), "multipart/form-data; boundary=b0undary")
      )
    )
    return (yield* response.json) as never
  })
