import { defineConfig } from "vitest/config"

const conditions = ["effect-wecom-source"]

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./scripts/LeftOutReporter.ts", ["json", { outputFile: "node_modules/.vitest/report.json" }]]
  }
})
