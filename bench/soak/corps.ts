/**
 * Who calls what in a soak.
 */
import type { CorpOptions } from "../../src/simulator/Options.ts"

export const agentId = 1000002

/** Four corps, each with 125 members in 25 departments, the first of which has id 2. */
export const corps: ReadonlyArray<CorpOptions & { readonly secret: string; readonly users: ReadonlyArray<string> }> =
  Array.from({ length: 4 }, (_, corp) => {
    const secret = `secret-of-corp-${corp}`
    const users = Array.from({ length: 125 }, (_, user) => `user${user}`)
    return {
      corpId: `ww00000000000000${corp}`,
      secret,
      users,
      apps: [{ agentId, secret }],
      departments: Array.from({ length: 25 }, (_, id) => ({ id: id + 2, name: `部门${id}` })),
      members: users.map((userid, index) => ({ userid, department: [2 + index % 25] }))
    }
  })

/** Group robots of the first corp, by their keys. */
export const robots: ReadonlyArray<string> = Array.from({ length: 100 }, (_, index) => `robot-key-${index}`)

/** What is called, by verb and path: all of these may go wrong. */
export const endpoints: ReadonlyArray<string> = [
  "GET /cgi-bin/department/list",
  "GET /cgi-bin/department/get",
  "GET /cgi-bin/user/get",
  "GET /cgi-bin/user/simplelist",
  "GET /cgi-bin/tag/list",
  "POST /cgi-bin/message/send",
  "POST /cgi-bin/media/upload",
  "GET /cgi-bin/media/get",
  "POST /cgi-bin/webhook/send"
]
