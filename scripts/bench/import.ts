import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { inNewFolder, install, writeFiles } from "../package/install.js";
import { interleave } from "./interleave.js";
import { median, printTable, type Row } from "./report.js";

const execute = promisify(execFile);
const rounds = 41;

interface Format {
  readonly name: string;
  /** Loads the package that its argument names, and prints how many milliseconds that took. */
  readonly main: readonly [file: string, code: string];
  /** A package that does nothing but re-export openapi-fetch: what any package over it costs. */
  readonly reexport: readonly [file: string, code: string];
  readonly accept: number;
}

const formats: readonly Format[] = [
  {
    name: "import()",
    main: ["main.mjs", timed("await import(name)")],
    reexport: ["index.mjs", 'export { default } from "openapi-fetch";'],
    accept: 1.45,
  },
  {
    name: "require()",
    main: ["main.cjs", timed("require(name)")],
    reexport: ["index.cjs", 'module.exports = require("openapi-fetch");'],
    accept: 1.45,
  },
];
const packages = ["openapi-fetch", "re-export", "peaka-client"];

/** How long a service waits for the package, as built and installed, while Node is running. */
export async function benchImport(): Promise<Row[]> {
  return inNewFolder(async (folder) => {
    await install(folder, ["openapi-fetch", "peaka-client"]);
    const exports = { import: "./index.mjs", require: "./index.cjs" };
    const reexport = path.join(folder, "node_modules/re-export");
    await writeFiles(
      folder,
      formats.map(({ main }) => main),
    );
    await writeFiles(reexport, [
      ["package.json", JSON.stringify({ name: "re-export", exports })],
      ...formats.map(({ reexport }) => reexport),
    ]);
    const rows: Row[] = [];
    for (const { name, main, accept } of formats) {
      const times = await interleave(packages, rounds, async (loaded) => {
        const { stdout } = await execute(process.execPath, [main[0], loaded], { cwd: folder });
        return Number(stdout);
      });
      const figure = (loaded: string) => median(times.get(loaded) ?? []);
      printTable(
        [name, "wall"],
        packages.map((loaded) => [loaded, `${figure(loaded).toFixed(2)} ms`]),
      );
      const ratio = figure("peaka-client") / figure("re-export");
      rows.push({ what: `${name} over a re-export of openapi-fetch`, ratio, accept });
    }
    return rows;
  });
}

function timed(load: string): string {
  return `const name = process.argv[2];
    const startedAt = performance.now();
    ${load};
    const took = performance.now() - startedAt;
    process.stdout.write(String(took));`;
}
