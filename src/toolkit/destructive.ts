/**
 * Which calls people are asked about before they happen: those that take away what no other call brings back. The verb of
 * the method says so; the table names what the verb does not tell.
 *
 * Not among them are changes that another call of the same endpoint undoes, such as `Users.update` or `Meetings.update`.
 */

/** Verbs of methods that delete, end, hand over or pay. */
const verbs: ReadonlySet<string> = new Set([
  "activate",
  "cancel",
  "claim",
  "clear",
  "close",
  "delete",
  "finish",
  "migrate",
  "recall",
  "reject",
  "release",
  "remove",
  "replace",
  "transfer"
])

/** Whether a call is destructive, where the verb of its method says otherwise: `Service.method`, and why. */
const exceptions: ReadonlyMap<string, boolean> = new Map([
  // A session that is ended is not opened again.
  ["KfSessions.changeState", true],
  // The secret before it serves no longer.
  ["DirectDevices.changeSecret", true],
  // An upgrade of ids is not taken back.
  ["IdConversion.scheduleChatIdUpgrade", true],
  // Codes that were given away cannot be used here any more.
  ["LicenceAccounts.shareMany", true],
  // These pay, or pay back.
  ["LicenceOrders.submitPayment", true],
  ["AdvancedApiOrders.submitPayment", true],
  ["MiniProgramPayments.createRefund", true],
  // An invoice whose reimbursement is complete leaves its owner's wallet.
  ["Invoices.setStatus", true],
  ["Invoices.setStatusMany", true],
  // Jobs that remove accounts.
  ["MeetingAccounts.submitRemove", true],
  // They may hold requests that delete rows, columns, sheets or text.
  ["DocumentContents.update", true],
  ["Spreadsheets.update", true],
  // It may remove people from the waiting room.
  ["MeetingControl.updateWaitingRoom", true],
  // It may overwrite files of the same name.
  ["DriveFiles.moveMany", true],
  // A synchronisation that is forbidden is not allowed again.
  ["SchoolUsers.setArchSyncMode", true],
  // Debugging can be begun again; an upload that is finished is a new file; a session is only fetched.
  ["DataZoneDebugging.finish", false],
  ["DriveFiles.finishUpload", false],
  ["CorpGroups.transferSession", false]
])

/** Whether a method is destructive. Only those that write can be. */
export const isDestructiveName = (name: string): boolean => {
  const [, verb = ""] = /\.([a-z]+)/.exec(name) ?? []
  return exceptions.get(name) ?? verbs.has(verb)
}

/** Every exception, for the test that reviews them. */
export const exceptionNames: ReadonlyArray<string> = [...exceptions.keys()]
