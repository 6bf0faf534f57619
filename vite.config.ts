import { defineConfig, type Plugin } from "vite";
import { lessonsPlugin } from "./src/node/lessons-plugin.ts";

/** So many chunks are not worth naming in the first script. */
const FEW = 3;

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
      // What is asked for by its import need not be named a second time, to be asked for ahead of
      // it; nor the one or two that it needs itself, which are mostly there.
      resolveDependencies: (file, needs, { hostType }) =>
        hostType === "html"
          ? needs
          : needs.filter((need) => need.endsWith(".css") || (need !== file && needs.length > FEW)),
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
