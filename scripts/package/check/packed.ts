import { execFile } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { createPackageFromTarballData, type Package } from "@arethetypeswrong/core";
import { install, root, writeFiles } from "../install.js";

/** This package as it would be published. */
export interface Packed {
  /** The files in it, by path. */
  files: ReadonlyMap<string, string>;
  /** The same, as are-the-types-wrong wants them. */
  parsed: Package;
  /** Where a service has it installed, with its dependency. */
  service: string;
  /** The package in there. */
  installed: string;
}

/** Packs this package, which builds it first, and installs it into a service in a folder. */
export async function pack(folder: string): Promise<Packed> {
  const packed = path.join(folder, "packed");
  const service = path.join(folder, "service");
  await mkdir(packed);
  await promisify(execFile)("npm", ["pack", "--pack-destination", packed], { cwd: root });
  const [tarball = ""] = await readdir(packed);
  const parsed = createPackageFromTarballData(
    new Uint8Array(await readFile(path.join(packed, tarball))),
  );
  const installed = path.join(service, "node_modules", parsed.packageName);
  const above = `/node_modules/${parsed.packageName}/`;
  const files = new Map(
    parsed.listFiles().map((file) => [file.replace(above, ""), parsed.readFile(file)]),
  );
  await writeFiles(installed, files);
  await install(service, ["openapi-fetch"]);
  return { files, parsed, service, installed };
}
