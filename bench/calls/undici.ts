import { Agent, request } from "undici"
import { answer } from "../Process.ts"
import { body, listPath, type Question, rateOf, sendPath } from "./Contender.ts"

const dispatcher = new Agent()
const headers = { "content-type": "application/json" }

answer<Question, number>(({ atOnce, call, url }) =>
  rateOf(async () => {
    const response = call === "list"
      ? await request(`${url}${listPath}?access_token=token-1`, { dispatcher })
      : await request(`${url}${sendPath}?access_token=token-1`, {
        dispatcher,
        method: "POST",
        headers,
        body: JSON.stringify(body())
      })
    return await response.body.json()
  }, atOnce)
)
