import { writeFile } from "node:fs/promises";
import path from "node:path";
import { apiKey } from "../check.js";
import type { Scene } from "../runtime.js";
import { entryOf } from "./entry.js";
import { launch, type Launched } from "./process.js";

/** Runs the suite in a runtime that takes a file, after these arguments. */
export function onCommandLine(...args: string[]) {
  return async (scene: Scene): Promise<Launched> => {
    const { command, folder, own, format } = scene;
    // In the service's folder, from where the package is found, and of a name that no other run has.
    const file = path.join(folder, `${path.basename(own)}.${format === "cjs" ? "cjs" : "mjs"}`);
    await writeFile(file, entryOf(format, scene));
    const env = { PEAKA_API_KEY: apiKey, DENO_DIR: own, DENO_NO_UPDATE_CHECK: "1" };
    return launch(command, [...args, file], folder, env);
  };
}
