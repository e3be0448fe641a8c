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
