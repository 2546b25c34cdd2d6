import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";

import { PipelineError } from "../openapi/refuse.js";
import { fileNames, readFolder, type Side } from "./side.js";

/** What git said against a command. */
class GitRefusal extends Error {}

/**
 * The old side: the folder of that name, where it is one that `generate` wrote, or else the `generated/`
 * of a revision of the repository, which is read without checking it out.
 */
export function readBase(base: string, repository: string): Side {
  if (existsSync(path.join(base, "spec.ts"))) return readFolder(base);
  try {
    return readRevision(base, repository);
  } catch (error) {
    if (!isFolder(base)) throw error;
    return readFolder(base);
  }
}

function isFolder(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readRevision(revision: string, repository: string): Side {
  checkRepository(repository);
  const commit = commitOf(revision, repository);
  const files = new Map<string, string>();
  for (const name of fileNames) {
    try {
      files.set(name, git(["show", `${commit}:./generated/${name}`], repository));
    } catch (error) {
      if (!(error instanceof GitRefusal)) throw error;
      throw new PipelineError(`${revision}: has no generated/${name}`);
    }
  }
  return { label: `${revision}:generated`, files };
}

function checkRepository(folder: string): void {
  try {
    git(["rev-parse", "--git-dir"], folder);
  } catch (error) {
    if (!(error instanceof GitRefusal)) throw error;
    throw new PipelineError("not in a git repository: name a folder to compare with");
  }
}

function commitOf(revision: string, repository: string): string {
  try {
    // Whatever it looks like, it is taken for a revision, and never for an option.
    const named = ["--end-of-options", `${revision}^{commit}`];
    return git(["rev-parse", "--verify", "--quiet", ...named], repository).trim();
  } catch (error) {
    if (!(error instanceof GitRefusal)) throw error;
    throw new PipelineError(`${revision}: no such revision or folder`);
  }
}

function git(options: readonly string[], folder: string): string {
  try {
    return execFileSync("git", options, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 30,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    const { code, status } = error as { code?: unknown; status?: unknown };
    if (code === "ENOENT") throw new PipelineError("git is not installed: name a folder instead");
    if (typeof status === "number") throw new GitRefusal();
    throw error;
  }
}
