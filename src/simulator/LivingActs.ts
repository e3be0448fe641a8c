/** What members do in broadcasts (直播), and those who watch. */
export * from "./areas/living/LivingActs.ts"
