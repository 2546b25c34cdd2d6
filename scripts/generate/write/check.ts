import { readdirSync } from "node:fs";
import path from "node:path";

import { contentOf } from "./write.js";

/** Compares a folder with what the spec gives, and has a line on each file that differs. */
export function check(folder: string, files: ReadonlyMap<string, string>): string[] {
  const findings: string[] = [];
  for (const [name, code] of files) {
    const file = path.join(folder, name);
    const content = contentOf(file);
    if (content === undefined) findings.push(`${file} is missing`);
    else if (content !== code) findings.push(`${file} is stale or edited: generate gives another`);
  }
  for (const name of namesIn(folder).filter((name) => !files.has(name))) {
    findings.push(`${path.join(folder, name)} is extra: generate does not write it`);
  }
  return findings;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
