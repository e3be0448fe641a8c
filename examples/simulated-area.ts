import { Effect, Schema } from "effect"
import { Domain, Endpoint, Wire } from "effect-wecom"
import { AppEvents } from "effect-wecom/callback/events"
import { Act, type Area, Audience, Collection, Route } from "effect-wecom/simulator"

/** 图书: a book that the corp lends. */
export class Book extends Schema.Class<Book>("example/Book")({
  book_id: Wire.int,
  title: Schema.String,
  copies: Wire.int
}) {}

/** 图书借阅, which WeCom does not have: as a provider's own endpoints would be. */
export class Books extends Domain.Service<Books>()("example/Books", "OA·图书", {
  add: Endpoint.post("/cgi-bin/example/book/add", 1, () => ({
    body: { title: Wire.words(30), copies: Wire.intBetween(1, 10_000) },
    success: Endpoint.pluck("book_id", Wire.int)
  })),
  list: Endpoint.query("/cgi-bin/example/book/list", 1, () => ({
    body: Wire.optionals({ author: Schema.String }),
    success: Endpoint.pluck("book_list", Wire.list(Book))
  })),
  delete: Endpoint.post("/cgi-bin/example/book/del", 1, () => ({ body: { book_id: Wire.int } }))
}) {}

const { endpoints } = Books

// #region act
/** 借阅. A member borrows a book with a button of the app's menu: the apps that may see the member are told. */
export const borrow = Act.make({
  input: Act.input({ userid: Schema.String, book_id: Schema.Int }),
  run: Effect.fn(function*(act) {
    const corp = yield* Act.corpOf(act)
    const member = yield* Act.memberOf(corp, act.userid)
    if (shelf.find(corp, act.book_id)._tag === "None") return yield* Act.fail(`there is no book ${act.book_id}`)
    const notice = Audience.event(AppEvents.MenuClicked, { EventKey: `borrow:${act.book_id}` }, member.user.userid)
    return yield* Act.tell(corp, Audience.seeing(corp, member, notice))
  })
})
// #endregion

// #region area
/** What the area keeps of each corp. */
const shelf = Collection.make<Book, number>("books/books", {
  id: (world) => world.next(),
  missing: 40058,
  message: "invalid book_id"
})

export const books: Area = {
  name: "books",
  services: [Books],
  acts: { borrow },
  routes: [
    Route.route(endpoints.add, (call) => {
      const made = shelf.add(call, (book_id) => new Book({ ...call.input, book_id }))
      return made.book_id
    }, { title: 40058 }),
    Route.route(endpoints.list, (call) => shelf.list(call)),
    Route.route(endpoints.delete, (call) => void shelf.remove(call, call.input.book_id))
  ],
  access: { "example/Books": { powers: ["books"] } }
}
// #endregion
