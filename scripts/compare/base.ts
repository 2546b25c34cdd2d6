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
  git(["rev-parse", "--git-dir"], repository, "name a folder to compare with");
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

/** Git's own variables, which in a hook lead to the hook's repository, whatever the folder is. */
const ofHooks = ["DIR", "WORK_TREE", "INDEX_FILE", "COMMON_DIR", "OBJECT_DIRECTORY", "PREFIX"];

/** What a git command prints; where git refuses it, undefined, or its own words with some advice. */
function git(args: readonly string[], folder: string, advice?: string): string | undefined {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of ofHooks) env[`GIT_${name}`] = undefined;
  try {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    return execFileSync("git", args, {
      cwd: folder,
      env,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      stdio: [...stdio],
    });
  } catch (error) {
    const { code, status, stderr } = error as { code?: unknown; status?: unknown; stderr: string };
    if (code === "ENOENT") throw new PipelineError("git is not installed: name a folder instead");
    if (typeof status !== "number") throw error;
    if (advice === undefined) return undefined;
    throw new PipelineError(`${stderr.trim().replace(/\s+/g, " ")}: ${advice}`);
  }
}
