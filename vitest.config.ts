import { defineConfig } from "vitest/config";
import { lessonsPlugin } from "./src/node/lessons-plugin.ts";

export default defineConfig({
  plugins: [lessonsPlugin()],
  test: {
    name: "unit",
    environment: "node",
    include: ["test/**/*.test.ts"],
    exclude: ["test/browser/**"],
    // A lesson is played some fifty times over; a machine may be busy.
    testTimeout: 30_000,
    reporters: ["default", "./test/report/vitest.ts"],
  },
});
