import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Service } from "../packed/service.js";
import type { Places } from "./check.js";
import { peers, type Row } from "./rows.js";
import type { Setting } from "./settings.js";

/** The sources of services; what each shows is told at its top. */
const consumers = ["service", "wrong-uses", "default-import", "undici"];

/** What `import` alone cannot say: how CommonJS requires a module, in the words of TypeScript. */
const required = `import peaka = require("peaka-client");
export const client: peaka.PeakaClient = peaka.createPeakaClient({ zone: peaka.defaultZone });
`;

/** The files of a service that a row is about. */
export function sourcesOf({ undici }: Row, { extensions }: Setting): string[] {
  const names = undici ? ["undici"] : ["service", "wrong-uses"];
  const files = extensions.flatMap((extension) => names.map((name) => `${name}.${extension}`));
  if (undici || !extensions.includes("mts")) return files;
  // TypeScript lets CommonJS import a default that no declaration has.
  return [...files, "default-import.mts", "required.cts"];
}

/**
 * Writes the sources of services into one that has installed the package, and into a copy of it for
 * each undici, and gives each Node's types.
 */
export async function furnish(service: Service, tools: string): Promise<Places> {
  const folderOf = (undici: Row["undici"]) => path.join(service.folder, undici ?? "");
  for (const undici of peers) {
    const modules = path.join(folderOf(undici), "node_modules");
    await cp(path.join(service.folder, "node_modules"), modules, { recursive: true });
    await symlink(path.join(tools, undici), path.join(modules, "undici"), "dir");
    await writeFile(path.join(folderOf(undici), "package.json"), '{ "private": true }');
  }
  for (const folder of [undefined, ...peers].map(folderOf)) {
    await writeSources(folder);
    for (const types of ["node-20", "node-26"]) {
      await mkdir(path.join(folder, "types", types), { recursive: true });
      await symlink(path.join(tools, types), path.join(folder, "types", types, "node"), "dir");
    }
  }
  return { folderOf, tools };
}

async function writeSources(folder: string): Promise<void> {
  await writeFile(path.join(folder, "required.cts"), required);
  for (const name of consumers) {
    const file = fileURLToPath(new URL(`consumers/${name}.ts`, import.meta.url));
    // In the repository they import its sources, and are linted and type-checked with them.
    const source = (await readFile(file, "utf8"))
      .replaceAll('"../../../../src/index.js"', '"peaka-client"')
      .replaceAll('"../../../../src/undici.js"', '"peaka-client/undici"');
    for (const extension of ["ts", "mts", "cts"]) {
      await writeFile(path.join(folder, `${name}.${extension}`), source);
    }
  }
}
