/** 学校通知. */
import { SchoolMessages, SentToSchool } from "../../../../school/SchoolMessages.ts"
import { refuse, route } from "../../../engine/Route.ts"
import { addressBook, key } from "../addressBook.ts"

export const messages = [
  route(SchoolMessages.endpoints.send, ({ corp, input }) => {
    const { departments, parents, students } = addressBook(corp)
    const { to_external_user = [], to_parent_userid = [], to_party = [], to_student_userid = [], toall } = input
    const sent = new SentToSchool({
      invalid_parent_userid: to_parent_userid.filter((userid) => !parents.has(key(userid))),
      invalid_student_userid: to_student_userid.filter((userid) => !students.has(key(userid))),
      invalid_party: to_party.map(String).filter((id) => !departments.has(Number(id))),
      invalid_external_user: to_external_user
    })
    const named = to_parent_userid.length + to_student_userid.length + to_party.length + to_external_user.length
    if (toall !== true && sent.unreached.length === named) refuse(81013, "all recipients are invalid")
    return sent
  })
]
