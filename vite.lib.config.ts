import { defineConfig } from "vite";
import { lessonsPlugin } from "./src/node/lessons-plugin.ts";

/** The Node package: readable files in lib/, since Node 20 runs no TypeScript. */
export default defineConfig({
  publicDir: false,
  plugins: [lessonsPlugin()],
  build: {
    outDir: "lib",
    target: "node20",
    minify: false,
    lib: {
      entry: { index: "src/node/index.ts", serve: "src/node/serve.ts" },
      formats: ["es"],
    },
    rolldownOptions: {
      external: [/^node:/, "node-forge"],
      output: { chunkFileNames: "[name].js" },
    },
  },
});
