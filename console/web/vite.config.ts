import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** All that a browser may have to load, compressed. A Raspberry Pi serves it, perhaps over a slow line. */
const MAXIMUM_BYTES = 200_000;

/** Lays a compressed copy beside each file and fails the build when all together are too heavy. */
function weigh(): Plugin {
  let folder = "";
  return {
    name: "weigh",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      let total = 0;
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        const path = join(folder, name);
        if (!statSync(path).isFile() || path.endsWith(".gz")) continue;
        const compressed = gzipSync(readFileSync(path), { level: 9 });
        writeFileSync(`${path}.gz`, compressed);
        total += compressed.length;
      }
      const figure = `${(total / 1000).toFixed(1)} kB compressed, of ${MAXIMUM_BYTES / 1000} kB allowed`;
      if (total > MAXIMUM_BYTES) throw new Error(`The page is too heavy: ${figure}`);
      process.stdout.write(`The page: ${figure}\n`);
    },
  };
}

/** Where the API and the broker are while the page is developed: `NOCTULE_CONSOLE=http://127.0.0.1:8080 npm run dev`. */
const server = process.env.NOCTULE_CONSOLE ?? "http://127.0.0.1:8080";

export default defineConfig({
  // The console may stand under a path of another server.
  base: "./",
  plugins: [weigh()],
  build: {
    outDir: process.env.NOCTULE_PAGE_FOLDER ?? "dist",
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: {
      "/api": { target: server },
      "/mqtt": { target: server, ws: true },
    },
  },
});
