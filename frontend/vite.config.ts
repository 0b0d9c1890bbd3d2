import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Chromium 86 is the floor (UX U53); the manifest is read by django-vite.
export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  build: {
    target: "chrome86",
    outDir: at("../banjie/desk/static/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { input: ["desk", "plain", "print", "design", "figures", "reports", "map"].map((name) => at(`src/${name}.ts`)) },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"], css: { include: /\.css/ } },
});
