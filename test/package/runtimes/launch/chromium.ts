import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Scene } from "../runtime.js";
import { suiteRuns } from "../suite.js";
import { entryOf } from "./entry.js";
import { launch, type Launched } from "./process.js";

const flags = [
  "--headless",
  // A container has no user but root, for whom there is no sandbox; the page is our own.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--no-proxy-server",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-extensions",
  "--disable-sync",
  // Whatever it would call home for, there is no host but loopback.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  // The page's console.
  "--enable-logging=stderr",
];

// A page that cannot load its modules would be waited for.
const failing = `addEventListener("error", ({ message }) => {
  const results = [{ name: "${suiteRuns}", problem: message ?? "a file does not load" }];
  void fetch("/results", { method: "POST", body: JSON.stringify(results) });
}, true);`;

/** Runs the suite in a page, which imports the installed files by an import map. */
export async function inChromium(scene: Scene): Promise<Launched> {
  const { command, folder, own, stage } = scene;
  const imports = {
    "peaka-client": "/node_modules/peaka-client/dist/index.js",
    "openapi-fetch": "/node_modules/openapi-fetch/dist/index.mjs",
  };
  const files = [...Object.values(imports), "/suite.mjs"].map(async (file) => {
    const text = await readFile(path.join(folder, file), "utf8");
    return [file, { type: "text/javascript", text }] as const;
  });
  const page = `<!doctype html>
    <link rel="icon" href="data:,">
    <script>${failing}</script>
    <script type="importmap">${JSON.stringify({ imports })}</script>
    <script type="module">${entryOf("esm", scene)}</script>`;
  stage.serve({
    ...Object.fromEntries(await Promise.all(files)),
    "/page": { type: "text/html; charset=utf-8", text: page },
  });
  const args = [...flags, `--user-data-dir=${own}`, `${stage.url}/page`];
  return launch(command, args, own);
}
