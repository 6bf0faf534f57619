import { defineConfig, type Plugin } from "vite";
import { lessonsPlugin } from "./src/node/lessons-plugin.ts";

/** The site: static files that work from any folder of any plain web server. */
export default defineConfig({
  base: "./",
  // Answers a missing file with 404, as a plain web server does, not with the page.
  appType: "mpa",
  plugins: [lessonsPlugin(), plainIndent()],
  build: {
    target: "es2023",
    sourcemap: false,
    modulePreload: {
      polyfill: false,
      // What a chunk needs is found when it comes. To name it all in the first script, to be asked
      // for ahead, weighs more there than it is worth; styles are not found otherwise.
      resolveDependencies: (_file, needs, { hostType }) =>
        hostType === "html" ? needs : needs.filter((need) => need.endsWith(".css")),
    },
    // The first script names every chunk that may follow: a hash is name enough.
    rolldownOptions: { output: { chunkFileNames: "assets/[hash:7].js" } },
  },
  // 127.0.0.1 is reached by both "localhost" and the number. A taken port moves on to the next.
  server: { host: "127.0.0.1", port: 8021 },
  preview: { host: "127.0.0.1", port: 8121 },
});

/** Tags stand at the beginning of their lines; what is inside a script is under its hash. */
function plainIndent(): Plugin {
  const handler = (html: string): string => html.replace(/\n\s+(?=<(?!\/script))/g, "\n");
  return { name: "port21-indent", apply: "build", transformIndexHtml: { order: "post", handler } };
}
