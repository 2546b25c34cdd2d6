import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * Installs the tools that a folder's package.json and package-lock.json name into another, ignored
 * one, unless they are there already. Gives the folder that holds them by name. What they would run
 * on installation is not run.
 */
export async function installTools(manifests: string, target: string): Promise<string> {
  const installed = path.join(target, "node_modules");
  // In here, npm removes it before it installs anything: half an installation has none.
  const stamp = path.join(installed, ".installed");
  const lock = await readFile(path.join(manifests, "package-lock.json"), "utf8");
  if ((await readFile(stamp, "utf8").catch(() => "")) === lock) return installed;
  await mkdir(target, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    await cp(path.join(manifests, file), path.join(target, file));
  }
  const args = ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  await execute("npm", args, { cwd: target });
  await writeFile(stamp, lock);
  return installed;
}
