/** What happens to devices (智慧硬件), and what they record. */
export * from "./areas/hardware/HardwareActs.ts"
