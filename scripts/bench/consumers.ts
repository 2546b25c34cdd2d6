import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { install, root, writeFiles } from "../package/install.js";
import { declareLarge } from "./large-package.js";

type Files = (readonly [name: string, text: string])[];

const installed = "node_modules/peaka-client";
const helpers = ["openapi-fetch", "openapi-typescript-helpers"];

/** Writes services that make the same calls; gives the main file of each, by what it makes them with. */
export async function writeConsumers(
  folder: string,
  operations: number,
): Promise<Map<string, string>> {
  const aside = path.join(folder, "large");
  await mkdir(aside);
  const large = await declareLarge(aside, operations);
  const declarations = [...large.declarations].map(
    ([name, text]) => [`${installed}/dist/types/esm/${name}`, text] as const,
  );
  const manifest = await readFile(path.join(root, "package.json"), "utf8");
  const paths = await readFile(path.join(root, "generated/paths.ts"), "utf8");

  const ours = await consumer("peaka-client.ts");
  const direct = await consumer("openapi-fetch.ts");
  const byHand: Files = [
    [`${installed}/package.json`, '{ "type": "module", "exports": "./index.js" }'],
    [`${installed}/index.d.ts`, await consumer("hand-written.d.ts")],
  ];
  const services: [name: string, main: string, files: Files, packages: string[]][] = [
    ["no client at all", "export {};", [], []],
    ["hand-written types", ours, byHand, []],
    ["peaka-client", ours, [], ["peaka-client"]],
    ["openapi-fetch", direct, [["paths.ts", paths]], helpers],
    [
      `peaka-client, ${operations} more`,
      ours,
      [...declarations, [`${installed}/package.json`, manifest]],
      [],
    ],
    [`openapi-fetch, ${operations} more`, direct, [["paths.ts", large.paths]], helpers],
  ];
  const mains = new Map<string, string>();
  for (const [name, main, files, packages] of services) {
    const place = path.join(folder, name.replaceAll(/\W+/g, "-"));
    const own: Files = [
      ["package.json", '{ "type": "module" }'],
      ["main.ts", main],
    ];
    await writeFiles(place, [...own, ...files]);
    await install(place, packages);
    mains.set(name, path.join(place, "main.ts"));
  }
  return mains;
}

/** A service of this repository, with the imports that it has outside of it. */
async function consumer(name: string): Promise<string> {
  const text = await readFile(new URL(`consumers/${name}`, import.meta.url), "utf8");
  return text
    .replaceAll("../../../src/index.js", "peaka-client")
    .replaceAll("../../../generated/paths.js", "./paths.js");
}
