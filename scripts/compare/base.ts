import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
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
  return { label: folder, files: new Map(fileNames.map((name) => [name, read(folder, name)])) };
}

function read(folder: string, name: string): string {
  const file = path.join(folder, name);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const isMissing = code === "ENOENT" || code === "ENOTDIR";
    throw new PipelineError(
      isMissing
        ? `${folder}: has no ${name}, so it is no generated/`
        : `${file}: cannot be read (${code})`,
    );
  }
}

/**
 * The old side: the folder of that name, where it is one that `generate` wrote, or else the `generated/`
 * of a revision of the repository, which is read without checking it out.
 */
export function readBase(base: string, repository: string): Side {
  if (existsSync(path.join(base, "spec.ts"))) return readFolder(base);
  try {
    return readRevision(base, repository);
  } catch (error) {
    if (statSync(base, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    return readFolder(base);
  }
}

function readRevision(revision: string, repository: string): Side {
  if (git(["rev-parse", "--git-dir"], repository) === undefined) {
    throw new PipelineError("not in a git repository: name a folder to compare with");
  }
  // Whatever it looks like, it is taken for a revision, and never for an option.
  const named = ["--end-of-options", `${revision}^{commit}`];
  const commit = git(["rev-parse", "--verify", "--quiet", ...named], repository)?.trim();
  if (commit === undefined) throw new PipelineError(`${revision}: no such revision or folder`);
  const files = fileNames.map((name) => {
    const text = git(["show", `${commit}:./generated/${name}`], repository);
    if (text === undefined) throw new PipelineError(`${revision}: has no generated/${name}`);
    return [name, text] as const;
  });
  return { label: `${revision}:generated`, files: new Map(files) };
}

/** What a git command prints; undefined where git refuses it. */
function git(args: readonly string[], folder: string): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    const { code, status } = error as { code?: unknown; status?: unknown };
    if (code === "ENOENT") throw new PipelineError("git is not installed: name a folder instead");
    if (typeof status === "number") return undefined;
    throw error;
  }
}
