import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const execute = promisify(execFile);

/** An empty service that has installed this package, outside the repository. */
export interface Service {
  folder: string;
  /** Where the package was installed: the packed file, unpacked. */
  installed: string;
  /** The files in there, by path. */
  files: ReadonlyMap<string, string>;
  read: (file: string) => string;
  manifest: () => Manifest;
  /** Writes a file of the service and runs it; gives what it prints. */
  run: (file: string, source: string, env: NodeJS.ProcessEnv) => Promise<string>;
  write: (file: string, source: string) => Promise<string>;
  remove: () => Promise<void>;
}

interface Manifest {
  exports: unknown;
  main: string;
  module: string;
  types: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
}

/** Packs this package, which builds it first, and installs it as a service would. */
export async function createService(): Promise<Service> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "peaka-client-service-")));
  const packed = path.join(folder, "packed");
  await mkdir(packed);
  await npm(await copySources(folder), "pack", "--pack-destination", packed);
  const [tarball = ""] = await readdir(packed);

  const write = async (file: string, source: string) => {
    const target = path.join(folder, file);
    await writeFile(target, source);
    return target;
  };
  await write("package.json", '{ "private": true }');
  await npm(folder, "install", "--prefer-offline", path.join(packed, tarball));
  const installed = path.join(folder, "node_modules/peaka-client");
  const files = await readAll(installed);
  const read = (file: string) => {
    const text = files.get(file);
    if (text === undefined) throw new Error(`${file} is not packed`);
    return text;
  };
  return {
    folder,
    installed,
    files,
    read,
    manifest: () => JSON.parse(read("package.json")) as Manifest,
    async run(file, source, env) {
      const args = [await write(file, source)];
      const { stdout } = await execute(process.execPath, args, { cwd: folder, env });
      return stdout;
    },
    write,
    remove: () => rm(folder, { recursive: true }),
  };
}

/** What the packed file is made of and with; `dist/` is built anew. */
const sources = [
  ...["package.json", "tsconfig.json", "scripts", "src", "generated", "undici"],
  ...["README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md"],
];

/** Copies this package into a folder of a service, where no other build moves its `dist/` away. */
async function copySources(folder: string): Promise<string> {
  const copy = path.join(folder, "copy");
  for (const name of sources) {
    await cp(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  await symlink(path.join(root, "node_modules"), path.join(copy, "node_modules"), "dir");
  return copy;
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
  await execute("npm", [...args, "--no-audit", "--no-fund"], { cwd });
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).replaceAll(path.sep, "/");
    files.set(name, await readFile(file, "utf8"));
  }
  return files;
}
