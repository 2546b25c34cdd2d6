import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../packed/service.js";
import { installTools } from "../../tools/tools.js";

const manifests = fileURLToPath(new URL("tools", import.meta.url));
const folder = path.join(root, ".runtimes");

/** The file that runs a pinned runtime, below the folder of its package. */
export function toolOf(name: string, file: string): string {
  return path.join(folder, "node_modules", name, file);
}

/** Installs the runtimes that are pinned, unless they are there: more than a gigabyte. */
export async function installRuntimes(): Promise<void> {
  await installTools(manifests, folder);
}
