import { Effect } from "effect"
import { AgreeStatus, ChatArchive } from "effect-wecom/chat-archive"

// #region agreed
/** The outsiders of a group chat whose messages may be archived. */
export const agreedIn = (roomid: string) =>
  Effect.gen(function*() {
    const archive = yield* ChatArchive
    const outsiders = yield* archive.checkRoomAgree({ roomid })
    return outsiders
      .filter(({ agree_status }) => agree_status === AgreeStatus.Agreed || agree_status === AgreeStatus.AgreedByDefault)
      .map(({ exteranalopenid }) => exteranalopenid)
  })
// #endregion

// #region archived
/** The members who are archived. Fails with 301053 if the corp has never switched the archive on. */
export const archived = ChatArchive.use((archive) => archive.listPermittedUsers({}))
// #endregion
