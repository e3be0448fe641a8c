import { Agent, request } from "undici"
import { answer } from "../Process.ts"
import { path, type Question, rateOf } from "./Contender.ts"

const dispatcher = new Agent()
answer<Question, number>(({ url }) =>
  rateOf(async () => {
    const { body } = await request(`${url}${path}?access_token=token-1`, { dispatcher })
    return await body.json()
  })
)
