/** The long connection of smart robots, as the vendor's side of it: who is subscribed, what was called back, and faults. */
export * from "./areas/robot/BotSocket.ts"
