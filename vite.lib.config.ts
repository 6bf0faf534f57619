import { defineConfig } from "vite";

/** The Node package: one readable file in lib/, since Node 20 runs no TypeScript. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "lib",
    target: "node20",
    minify: false,
    lib: { entry: "src/node/index.ts", formats: ["es"], fileName: "index" },
    rolldownOptions: { external: [/^node:/] },
  },
});
