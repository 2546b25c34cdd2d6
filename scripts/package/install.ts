import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder outside the repository, which is gone after `run`. */
export async function inNewFolder<Result>(
  run: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "peaka-client-")));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Copies packages to where a service in a folder has them installed; this one as it was built. */
export async function install(folder: string, packages: readonly string[]): Promise<void> {
  for (const name of packages) {
    const target = path.join(folder, "node_modules", name);
    await mkdir(target, { recursive: true });
    if (name === "peaka-client") {
      for (const part of ["package.json", "dist"]) {
        await cp(path.join(root, part), path.join(target, part), { recursive: true });
      }
    } else {
      await cp(path.join(root, "node_modules", name), target, {
        recursive: true,
        dereference: true,
      });
    }
  }
}

/** Writes files into a folder, by path, and the folders that they stand in. */
export async function writeFiles(
  folder: string,
  files: Iterable<readonly [name: string, text: string]>,
): Promise<void> {
  for (const [name, text] of files) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
