import { defineConfig } from "vite";
import { lessonsPlugin } from "./src/node/lessons-plugin.ts";

/** The site: static files that work from any folder of any plain web server. */
export default defineConfig({
  base: "./",
  // Answers a missing file with 404, as a plain web server does, not with the page.
  appType: "mpa",
  plugins: [lessonsPlugin()],
  build: {
    target: "es2023",
    sourcemap: false,
    modulePreload: {
      polyfill: false,
      // What is asked for by its import need not be named a second time, to be asked for ahead of it.
      resolveDependencies: (file, needs) => needs.filter((need) => need !== file),
    },
    // The first script names every chunk that may follow: a hash is name enough.
    rolldownOptions: { output: { chunkFileNames: "assets/[hash].js" } },
  },
  // 127.0.0.1 is reached by both "localhost" and the number. A taken port moves on to the next.
  server: { host: "127.0.0.1", port: 8021 },
  preview: { host: "127.0.0.1", port: 8121 },
});
