import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { interleave } from "./apart.js";
import { inNewFolder, install, writeFiles } from "../package/install.js";
import { median } from "./median.js";

// How long a service waits for the package, as built and installed, next to its dependency alone.
const rounds = 41;
const execute = promisify(execFile);

interface Format {
  readonly name: string;
  /** Loads what its argument names, and prints how many milliseconds that took: Node is running. */
  readonly file: string;
  readonly code: string;
  /** What the package may take, in terms of its dependency alone. */
  readonly most: number;
}

const formats: Format[] = [
  { name: "import()", file: "main.mjs", code: timed("await import(name)"), most: 1.5 },
  { name: "require()", file: "main.cjs", code: timed("require(name)"), most: 1.8 },
];
const pairs = [
  { entry: "peaka-client", dependency: "openapi-fetch", isLimited: true },
  { entry: "peaka-client/undici", dependency: "undici", isLimited: false },
];
const packages = pairs.flatMap(({ entry, dependency }) => [dependency, entry]);

await inNewFolder(async (folder) => {
  await install(folder, ["openapi-fetch", "undici", "peaka-client"]);
  await writeFiles(
    folder,
    formats.map(({ file, code }) => [file, code]),
  );
  for (const { name, file, most } of formats) {
    const times = await interleave(packages, rounds, async (loaded) => {
      const { stdout } = await execute(process.execPath, [file, loaded], { cwd: folder });
      return Number(stdout);
    });
    console.log(`\n${name}, medians of ${rounds} processes each`);
    for (const { entry, dependency, isLimited } of pairs) {
      const [whole, alone] = [median(times.get(entry) ?? []), median(times.get(dependency) ?? [])];
      const ratio = whole / alone;
      const limit = isLimited ? `, at most ${most}` : "";
      console.log(`  ${dependency.padEnd(22)}${alone.toFixed(2).padStart(7)} ms`);
      console.log(
        `  ${entry.padEnd(22)}${whole.toFixed(2).padStart(7)} ms   ${ratio.toFixed(2)}x${limit}`,
      );
      if (isLimited && !(ratio <= most)) process.exitCode = 1;
    }
  }
});

function timed(load: string): string {
  return `const name = process.argv[2];
    const startedAt = performance.now();
    ${load};
    const took = performance.now() - startedAt;
    process.stdout.write(String(took));`;
}
