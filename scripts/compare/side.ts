import { readFileSync } from "node:fs";
import path from "node:path";

import { PipelineError } from "../openapi/refuse.js";

/** One `generated/` folder, as text. */
export interface Side {
  /** How messages call it. */
  readonly label: string;
  /** The text of each file, by its name. */
  readonly files: ReadonlyMap<string, string>;
}

/** The files that the facade's types are made of; the examples are for tests and the demo only. */
export const fileNames = ["paths.ts", "spec.ts"] as const;

/** Reads a folder that `generate` wrote. */
export function readFolder(folder: string): Side {
  const files = new Map<string, string>();
  for (const name of fileNames) files.set(name, read(path.join(folder, name), folder));
  return { label: folder, files };
}

function read(file: string, folder: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    throw new PipelineError(
      isMissing
        ? `${folder}: has no ${path.basename(file)}, so it is no generated/`
        : `${file}: cannot be read (${code})`,
    );
  }
}
