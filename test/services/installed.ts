import { execFile } from "node:child_process";
import { cp, mkdir, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createService, root, type Service } from "../package/service.js";

export const serviceNames = ["nest", "fastify", "worker"] as const;
export type ServiceName = (typeof serviceNames)[number];

const frameworks = ["@nestjs", "@types/node", "fastify", "reflect-metadata", "rxjs"];
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** The example services, with the packed file installed, each compiled as its own tsconfig says. */
export async function installServices(): Promise<Service> {
  const service = await createService();
  const modules = path.join(service.folder, "node_modules");
  await mkdir(path.join(modules, "@types"));
  for (const name of frameworks) {
    await symlink(path.join(root, "node_modules", name), path.join(modules, name), "dir");
  }
  await Promise.all(serviceNames.map((name) => compile(name, path.join(service.folder, name))));
  return service;
}

/** Fails with what TypeScript says, which checks the service against the packed declarations. */
async function compile(name: ServiceName, folder: string): Promise<void> {
  await cp(fileURLToPath(new URL(name, import.meta.url)), folder, { recursive: true });
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--paths", "null"]);
  } catch (error) {
    throw new Error(`${name}: ${(error as { stdout: string }).stdout}`, { cause: error });
  }
}
