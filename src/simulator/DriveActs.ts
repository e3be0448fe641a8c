/** What administrators of spaces do in the drive (微盘) in the client. */
export * from "./areas/drive/DriveActs.ts"
