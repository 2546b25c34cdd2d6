/** Checks the package as it would be published, from what is built, and names every problem. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { inNewFolder, root, writeFiles } from "./install.js";

await inNewFolder(async (folder) => {
  const args = ["pack", "--ignore-scripts", "--pack-destination", folder];
  await promisify(execFile)("npm", args, { cwd: root });
  const [tarball = ""] = await readdir(folder);
  const packed = createPackageFromTarballData(await readFile(path.join(folder, tarball)));
  const above = `/node_modules/${packed.packageName}/`;
  const files = new Map(
    packed.listFiles().map((file) => [file.replace(above, ""), packed.readFile(file)]),
  );
  const pkgDir = path.join(folder, "unpacked");
  await writeFiles(pkgDir, files);
  console.log(`${files.size} files packed`);

  const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
  report(
    "publint, strict",
    messages.map(
      (message) => formatMessage(message, pkg, { color: false }) ?? `it says ${message.code}`,
    ),
  );
  const types = await checkPackage(packed);
  report(
    "are-the-types-wrong, without exceptions",
    types.types ? types.problems.map((problem) => JSON.stringify(problem)) : ["there are no types"],
  );
  const lost = [...files]
    .filter(([file]) => file.endsWith(".map"))
    .flatMap(([file, text]) => {
      const { sources } = JSON.parse(text) as { sources: string[] };
      const sourceFiles = sources.map((source) =>
        path.posix.join(path.posix.dirname(file), source),
      );
      return sourceFiles.filter((source) => !files.has(source)).map((at) => `${file}: no ${at}`);
    });
  report("maps lead to packed sources", lost);
});

function report(check: string, problems: readonly string[]): void {
  console.log(`${problems.length === 0 ? "ok" : "not ok"}: ${check}`);
  for (const problem of problems) console.error(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}
