// Apart from vite.config.ts, since ./noctule builds the page without the tools that check it.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/**/*.test.ts"] } });
